//! Structs that are sent: definition, constructor, setters, and the walk over the fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{argument, converts, owned};
use super::{docs, limits};
use crate::model::{Field, Model, Role, Type, TypeId};
use crate::naming::Names;

/// ```text
/// /// docs
/// #[cfg_attr(feature = "serde", serde(rename = "BackupPlanId"))]
/// pub backup_plan_id: String,
/// ```
pub(super) fn definitions(model: &Model, id: TypeId) -> TokenStream {
    let definitions = model.api.fields(id).iter().enumerate().map(|(index, field)| {
        let rules = match model.api.type_(id).role {
            Role::Request(operation) => docs::rules_of(model, operation, index),
            Role::Response(_) | Role::Shared => Vec::new(),
        };
        let docs = docs::attributes(&docs::field(field, &rules, true));
        let ident = &model.names.type_(id).members[index];
        let wire = &field.wire.value;
        let type_ = owned(model, &field.type_);
        let type_ = if field.required {
            type_
        } else {
            quote! { Option<#type_> }
        };

        let reader = match (&field.type_, field.required) {
            (Type::Secret, true) => quote! {
                , deserialize_with = "alibabacloud_runtime::secret::required"
            },
            (Type::Secret, false) => quote! {
                , default, deserialize_with = "alibabacloud_runtime::secret::optional"
            },
            _ => TokenStream::new(),
        };
        let serde = kept_in_files(model, id)
            .then(|| quote! { #[cfg_attr(feature = "serde", serde(rename = #wire #reader))] });
        quote! {
            #docs
            #serde
            pub #ident: #type_,
        }
    });
    quote! { #(#definitions)* }
}

/// The derives of a struct that is sent; one that holds a secret cannot be compared.
pub(super) fn derives(model: &Model, id: TypeId) -> TokenStream {
    let default = model.api.fields(id).iter().all(|field| !field.required);
    let default = default.then(|| quote! { , Default });
    let comparable = (!model.api.holds_secret(&Type::Named(id))).then(|| quote! { , PartialEq });
    let serde = kept_in_files(model, id).then(|| {
        quote! {
            #[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
        }
    });
    quote! {
        #[derive(Debug, Clone #comparable #default)]
        #[non_exhaustive]
        #serde
    }
}

/// Whether the feature `serde` is for this struct: requests and what stands in them.
fn kept_in_files(model: &Model, id: TypeId) -> bool {
    model.api.type_(id).usage.in_requests
}

/// ```text
/// pub fn new(backup_plan_id: impl Into<String>, …) -> Self { Self { … } }
/// pub fn source_endpoint_port(mut self, source_endpoint_port: i32) -> Self { … }
/// ```
pub(super) fn builders(model: &Model, id: TypeId) -> TokenStream {
    let fields = || model.api.fields(id).iter().zip(&model.names.type_(id).members);
    let required = fields().filter(|(field, _)| field.required);
    let arguments = required.map(|(field, ident)| {
        let type_ = argument(model, &field.type_);
        quote! { #ident: #type_ }
    });
    let members = fields().map(|(field, ident)| {
        if !field.required {
            quote! { #ident: None }
        } else if converts(&field.type_) {
            quote! { #ident: #ident.into() }
        } else {
            quote! { #ident }
        }
    });
    let doc = if fields().any(|(field, _)| field.required) {
        "Starts with the parameters that are always required."
    } else {
        "Starts with nothing given."
    };
    let doc = docs::attributes(&[doc.to_owned()]);
    let setters = fields().filter(|(field, _)| !field.required).map(|(field, ident)| {
        let type_ = argument(model, &field.type_);
        let value = if converts(&field.type_) {
            quote! { #ident.into() }
        } else {
            quote! { #ident }
        };
        // A link names a raw identifier without its `r#`.
        let link = Names::file_stem(ident);
        let doc = format!("Sets [`{}`](Self::{link}).", field.wire.value);
        let doc = docs::attributes(&[doc]);
        quote! {
            #doc
            #[must_use]
            pub fn #ident(mut self, #ident: #type_) -> Self {
                self.#ident = Some(#value);
                self
            }
        }
    });
    let many = (fields().filter(|(field, _)| field.required).count() > 7).then(|| {
        quote! {
            #[allow(clippy::too_many_arguments, reason = "the service requires them all")]
        }
    });
    quote! {
        #doc
        #[must_use]
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#members),* }
        }
        #(#setters)*
    }
}

/// ```text
/// impl field::Fields for X {
///     fn walk<W: field::Walk + ?Sized>(&self, walk: &mut W) {
///         walk.field("A", &[], field::value(&self.a));
///     }
/// }
///
/// #[cfg(feature = "serde")]
/// alibabacloud_runtime::serialize!(X);
/// ```
pub(super) fn walk(model: &Model, id: TypeId) -> TokenStream {
    let names = model.names.type_(id);
    let ident = &names.ident;
    let calls = model.api.fields(id).iter().zip(&names.members).map(|(field, ident)| {
        let value = if let Type::JsonText(_) = field.type_ {
            quote! { field::json_text(&self.#ident) }
        } else {
            quote! { field::value(&self.#ident) }
        };
        let name = &field.wire.value;
        let limits = field.limits.iter().map(limits::limit);
        if limits::need_static(&field.limits) {
            quote! {{
                static LIMITS: &[field::Limit] = &[#(#limits),*];
                walk.field(#name, LIMITS, #value);
            }}
        } else if field.limits.is_empty() && is_limited_inside(model, field) {
            quote! { walk.field(#name, field::INSIDE, #value); }
        } else {
            quote! { walk.field(#name, &[#(#limits),*], #value); }
        }
    });
    let walk = if names.members.is_empty() {
        quote! { _ }
    } else {
        quote! { walk }
    };
    quote! {
        impl field::Fields for #ident {
            fn walk<W: field::Walk + ?Sized>(&self, #walk: &mut W) {
                #(#calls)*
            }
        }

        #[cfg(feature = "serde")]
        alibabacloud_runtime::serialize!(#ident);
    }
}

fn is_limited_inside(model: &Model, field: &Field) -> bool {
    field.type_.named().is_some_and(|id| model.api.is_limited(id))
}
