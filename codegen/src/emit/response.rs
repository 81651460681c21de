//! Responses, and shared objects that only stand in responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::owned;
use crate::model::{Field, Model, OperationId, Type, TypeId};

/// ```text
/// /// docs
/// pub struct XResponse { … }
///
/// impl response::Response for XResponse {
///     fn envelope(&self) -> response::Envelope<'_> { … }
/// }
/// ```
pub(super) fn response(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let names = model.names.type_(operation.response);
    let ident = &names.ident;
    let request = &model.names.type_(operation.request).ident;
    let mut lines = vec![format!("What the service answers to a [`{request}`].")];
    if let Some(description) = &model.api.type_(operation.response).description {
        lines.push(String::new());
        lines.extend(super::markdown::paragraphs(description));
    }
    let structure = structure(model, operation.response, &lines);
    let envelope = &operation.envelope;
    let text = |member: Option<usize>| match member.map(|index| &names.members[index]) {
        Some(ident) => quote! { self.#ident.as_deref() },
        None => quote! { None },
    };
    let fields = model.api.fields(operation.response);
    let success = match envelope.success.map(|index| (&fields[index], &names.members[index])) {
        Some((Field { type_: Type::Boolean, .. }, ident)) => quote! { self.#ident },
        Some((_, ident)) => quote! { response::truth(self.#ident.as_deref()) },
        None => quote! { None },
    };
    let code = text(envelope.code);
    let message = text(envelope.message);
    let request_id = text(envelope.request_id);
    quote! {
        #structure

        impl response::Response for #ident {
            fn envelope(&self) -> response::Envelope<'_> {
                response::Envelope {
                    success: #success,
                    code: #code,
                    message: #message,
                    request_id: #request_id,
                }
            }
        }
    }
}

/// ```text
/// #[derive(Debug, Clone, PartialEq, Default, serde::Deserialize)]
/// #[non_exhaustive]
/// #[serde(default)]
/// pub struct X {
///     /// docs
///     #[serde(rename = "TaskId", deserialize_with = "alibabacloud_runtime::lenient::scalar")]
///     pub task_id: Option<i64>,
/// }
/// ```
pub(super) fn structure(model: &Model, id: TypeId, lines: &[String]) -> TokenStream {
    let names = model.names.type_(id);
    let ident = &names.ident;
    let docs = docs::attributes(lines);
    let comparable = (!model.api.holds_secret(&Type::Named(id))).then(|| quote! { , PartialEq });
    let definitions = model
        .api
        .fields(id)
        .iter()
        .zip(&names.members)
        .map(|(field, ident)| definition(model, field, ident));
    quote! {
        #docs
        #[derive(Debug, Clone #comparable, Default, serde::Deserialize)]
        #[non_exhaustive]
        #[serde(default)]
        pub struct #ident { #(#definitions)* }
    }
}

fn definition(model: &Model, field: &Field, ident: &proc_macro2::Ident) -> TokenStream {
    let docs = docs::attributes(&docs::field(field, &[], &[], false));
    let wire = &field.wire.value;
    let type_ = owned(model, &field.type_);
    let (reader, type_) = match &field.type_ {
        list @ Type::List(_) if list.named().is_some_and(|id| model.api.is_enum(id)) => {
            (Some("alibabacloud_runtime::open_enum::received"), type_)
        }
        Type::List(_) => (Some("alibabacloud_runtime::lenient::or_default"), type_),
        Type::Named(id) if model.api.is_enum(*id) => {
            (Some("alibabacloud_runtime::open_enum::received"), quote! { Option<#type_> })
        }
        Type::Secret => (Some("alibabacloud_runtime::secret::optional"), quote! { Option<#type_> }),
        Type::Named(_) | Type::JsonText(_) => (None, quote! { Option<#type_> }),
        _ => (Some("alibabacloud_runtime::lenient::scalar"), quote! { Option<#type_> }),
    };
    let reader = reader.map(|reader| quote! { , deserialize_with = #reader });
    quote! {
        #docs
        #[serde(rename = #wire #reader)]
        pub #ident: #type_,
    }
}
