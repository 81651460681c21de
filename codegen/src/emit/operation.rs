//! The file of an operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, imports, request, response};
use crate::model::{Model, OperationId, TypeId};
use crate::rules::space::Subject;

/// ```text
/// //! Changes where a backup plan reads its data from.
/// use …;
///
/// pub const META: meta::OperationMeta = meta::OperationMeta { … };
///
/// pub struct XRequest { … }
/// pub struct XResponse { … }
/// ```
pub(super) fn operation(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let module = docs::inner_attributes(&super::markdown::paragraphs(&operation.summary));
    let from = quote! { super::super::types };
    let imports = imports(model, used(model, id), from);
    let action = &operation.id.value;
    let version = &model.api.version;
    let ram_action = &operation.ram.action;
    let idempotency = match &operation.idempotency_parameter {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    let request = request::request(model, id);
    let response = response::response(model, id);
    quote! {
        #module
        use alibabacloud_runtime::{field, meta, response, validation};
        #imports

        /// What a caller has to know of the operation besides its parameters.
        pub const META: meta::OperationMeta = meta::OperationMeta {
            action: #action,
            version: #version,
            ram_action: #ram_action,
            idempotency_parameter: #idempotency,
        };

        #request
        #response
    }
}

/// The shared types that the operation's file names.
fn used(model: &Model, id: OperationId) -> BTreeSet<TypeId> {
    let operation = model.api.operation(id);
    let structs = [operation.request, operation.response];
    let fields = structs.into_iter().flat_map(|id| model.api.fields(id));
    let mut used: BTreeSet<TypeId> = fields.filter_map(|field| field.type_.named()).collect();
    if let Some(context) = operation.context {
        used.insert(context);
        for rule in &model.rules[id.0].rules {
            rule.broken.for_each_atom(&mut |subject, states| {
                let field = match subject {
                    Subject::Context(index) => &model.api.fields(context)[index],
                    Subject::Request(_) => return,
                };
                if !states.named().is_empty() {
                    used.extend(field.type_.named());
                }
            });
        }
    }
    used
}
