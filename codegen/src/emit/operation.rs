//! The file of an operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, imports, request, response};
use crate::model::{Model, OperationId, Type, TypeId};
use crate::rules::formula::{Atom, Formula};
use crate::rules::space::Subject;

/// ```text
/// //! Changes where a backup plan reads its data from.
/// use …;
///
/// pub const META: meta::OperationMeta = meta::OperationMeta { … };
///
/// pub struct XRequest { … }
/// pub struct XResponse { … }
///
/// alibabacloud_runtime::operation!(x, XRequest, XResponse, "Changes where …");
/// ```
pub(super) fn operation(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let module = docs::inner_attributes(&super::markdown::paragraphs(&operation.summary));
    let from = quote! { super::super::types };
    let imports = imports(model, used(model, id), from);
    let action = &operation.id.value;
    let version = &model.api.version;
    let ram_action = &operation.ram.action;
    let access_level = &operation.ram.access_level;
    let idempotency = match &operation.idempotency_parameter {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    let request = request::request(model, id);
    let response = response::response(model, id);
    let call = call(model, id);
    quote! {
        #module
        use alibabacloud_runtime::{field, meta, response, validation};
        #imports

        /// What a caller has to know of the operation besides its parameters.
        pub const META: meta::OperationMeta = meta::OperationMeta {
            action: #action,
            version: #version,
            ram_action: #ram_action,
            access_level: #access_level,
            idempotency_parameter: #idempotency,
        };

        #request
        #response
        #call
    }
}

/// What makes the request callable.
fn call(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let method = &model.names.operation(id).module;
    let request = &model.names.type_(operation.request).ident;
    let response = &model.names.type_(operation.response).ident;
    let context = operation.context.map(|id| {
        let context = &model.names.type_(id).ident;
        quote! { #context, }
    });
    let summary = docs::text(&operation.summary);
    quote! {
        alibabacloud_runtime::operation!(#method, #request, #response, #context #summary);
    }
}

/// The shared types that the operation's file names.
fn used(model: &Model, id: OperationId) -> BTreeSet<TypeId> {
    let operation = model.api.operation(id);
    let structs = [operation.request, operation.response];
    let fields = structs.into_iter().flat_map(|id| model.api.fields(id));
    let mut used: BTreeSet<TypeId> = fields.filter_map(|field| field.type_.named()).collect();
    used.extend(operation.context);
    for rule in &model.rules[id.0].rules {
        named_values(model, id, &rule.broken, &mut used);
    }
    used
}

/// The enums whose variants a condition names.
fn named_values(model: &Model, id: OperationId, formula: &Formula, used: &mut BTreeSet<TypeId>) {
    let operation = model.api.operation(id);
    let request = Owner::Struct(operation.request);
    let context = operation.context.map(Owner::Struct);
    named_in(model, request, context, formula, used);
}

#[derive(Clone, Copy)]
enum Owner<'m> {
    Struct(TypeId),
    Lone(&'m Type),
}

fn named_in(
    model: &Model,
    owner: Owner<'_>,
    context: Option<Owner<'_>>,
    formula: &Formula,
    used: &mut BTreeSet<TypeId>,
) {
    formula.for_each_atom(&mut |subject, atom| {
        let owner = match (subject, context) {
            (Subject::Context(_), Some(context)) => context,
            _ => owner,
        };
        let type_ = match owner {
            Owner::Struct(id) => &model.api.fields(id)[subject.index()].type_,
            Owner::Lone(type_) => type_,
        };
        match atom {
            Atom::Is(states) if !states.named().is_empty() => used.extend(type_.named()),
            Atom::Is(_) => {}
            Atom::Test(test) => {
                for inner in test.predicate.inner() {
                    let owner = match &inner.type_ {
                        Type::Named(id) if !model.api.is_enum(*id) => Owner::Struct(*id),
                        type_ => Owner::Lone(type_),
                    };
                    named_in(model, owner, None, &inner.formula, used);
                }
            }
        }
    });
}
