//! Structs that are sent: their definition, and the list of their fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::types::{argument, owned, text};
use super::{Part, call, docs, literal};
use crate::model::{Model, Type, TypeId};

/// ```text
/// /// docs
/// pub backup_plan_id: String,
/// ```
pub(super) fn definitions(model: &Model, id: TypeId, comments: &Comments) -> TokenStream {
    let definitions = model.api.fields(id).iter().enumerate().map(|(index, field)| {
        let rules = docs::rules_of(model, id, index);
        let effects = docs::effects_of(model, id, index);
        let docs = comments.outer(docs::field(field, &rules, &effects));
        let ident = &model.names.type_(id).members[index];
        let type_ = owned(model, &field.type_);
        let type_ = if field.required {
            type_
        } else {
            quote! { Option<#type_> }
        };
        quote! {
            #docs
            pub #ident: #type_,
        }
    });
    definitions.collect()
}

/// The derives of a struct that is sent or a context.
pub(super) fn derives(model: &Model, id: TypeId) -> TokenStream {
    let default = model.api.fields(id).iter().all(|field| !field.required);
    let default = default.then(|| quote! { Default, });
    // A context is not sent; for whatever is, `fields!` does the rest.
    let is_context = !model.api.type_(id).usage.in_requests;
    let plain = is_context.then(|| quote! { Debug, Clone, });
    let comparable = (is_context && is_comparable(model, id)).then(|| quote! { PartialEq, });
    let derives = quote! { #plain #comparable #default };
    let derives = (!derives.is_empty()).then(|| quote! { #[derive(#derives)] });
    quote! {
        #derives
        #[must_use]
        #[non_exhaustive]
    }
}

/// ```text
/// alibabacloud_runtime::private::fields! {
///     X + PartialEq:
///     required id: impl Into<String> = "Id",
///     optional objects: impl Into<Vec<Object>> = json_text "Objects",
/// }
/// ```
pub(super) fn list(model: &Model, id: TypeId) -> Part {
    let names = model.names.type_(id);
    // A context is not sent: it can be made, and no more.
    let (name, head) = if model.api.type_(id).usage.in_requests {
        ("fields", head(model, id))
    } else {
        ("builder", format!("{}:", names.ident))
    };
    let fields = model.api.fields(id).iter().zip(&names.members).map(|(field, ident)| {
        let given = if field.required { "required" } else { "optional" };
        let type_ = text(&argument(model, &field.type_));
        let travels = if let Type::JsonText(_) = field.type_ { "json_text " } else { "" };
        format!("{given} {ident}: {type_} = {travels}{},", literal(&field.wire.value))
    });
    call(name, std::iter::once(head).chain(fields))
}

/// `X + PartialEq:`; a struct that holds a secret cannot be compared.
pub(super) fn head(model: &Model, id: TypeId) -> String {
    let comparable = if is_comparable(model, id) { " + PartialEq" } else { "" };
    format!("{}{comparable}:", model.names.type_(id).ident)
}

fn is_comparable(model: &Model, id: TypeId) -> bool {
    !model.api.holds_secret(&Type::Named(id))
}

/// `field::value(&self.a)`
pub(super) fn value(model: &Model, id: TypeId, index: usize) -> TokenStream {
    let ident = &model.names.type_(id).members[index];
    match model.api.fields(id)[index].type_ {
        Type::JsonText(_) => {
            quote! { alibabacloud_runtime::private::field::value::json_text(&self.#ident) }
        }
        _ => quote! { alibabacloud_runtime::private::field::value(&self.#ident) },
    }
}
