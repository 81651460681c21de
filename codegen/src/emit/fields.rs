//! Structs that are sent: definition, constructor, setters, and the walk over the fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::{argument, converts, owned};
use crate::model::{Model, Type, TypeId};
use crate::naming::Names;

/// ```text
/// /// docs
/// #[cfg_attr(feature = "serde", serde(rename = "BackupPlanId"))]
/// pub backup_plan_id: String,
/// ```
pub(super) fn definitions(model: &Model, id: TypeId) -> TokenStream {
    let definitions = model.api.fields(id).iter().enumerate().map(|(index, field)| {
        let rules = docs::rules_of(model, id, index);
        let effects = docs::effects_of(model, id, index);
        let docs = docs::attributes(&docs::field(field, &rules, &effects, true));
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
///         walk.field("A", field::value(&self.a));
///     }
/// }
///
/// #[cfg(feature = "serde")]
/// alibabacloud_runtime::serialize!(X);
/// ```
pub(super) fn walk(model: &Model, id: TypeId) -> TokenStream {
    let names = model.names.type_(id);
    let ident = &names.ident;
    let calls = model.api.fields(id).iter().enumerate().map(|(index, field)| {
        let name = &field.wire.value;
        let value = value(model, id, index);
        quote! { walk.field(#name, #value); }
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

/// `field::value(&self.a)`
pub(super) fn value(model: &Model, id: TypeId, index: usize) -> TokenStream {
    let ident = &model.names.type_(id).members[index];
    match model.api.fields(id)[index].type_ {
        Type::JsonText(_) => quote! { field::json_text(&self.#ident) },
        _ => quote! { field::value(&self.#ident) },
    }
}
