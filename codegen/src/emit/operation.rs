//! The file of an operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, forms, imports, names, pages, request, response};
use crate::model::{Model, OperationId, TypeId};

/// ```text
/// //! Changes where a backup plan reads its data from.
/// use …;
///
/// pub const META: meta::OperationMeta = meta::OperationMeta { … };
///
/// pub struct XRequest { … }
/// pub mod when { … }
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
    let forms = forms::forms(model, id);
    let response = response::response(model, id);
    let call = call(model, id);
    let pages = pages::pages(model, id);
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
        #forms
        #response
        #call
        #pages
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
    let mut used = names::of_struct(model, operation.request, operation.context);
    let response = model.api.fields(operation.response);
    used.extend(response.iter().filter_map(|field| field.type_.named()));
    used.extend(operation.pagination.as_ref().and_then(|pagination| pagination.item.named()));
    used
}
