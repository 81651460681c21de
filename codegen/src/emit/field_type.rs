//! Types of fields and of the arguments that set them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Type};

/// `Vec<BackupObject>`
pub(super) fn owned(model: &Model, type_: &Type) -> TokenStream {
    match type_ {
        Type::String => quote! { String },
        Type::Secret => quote! { alibabacloud_runtime::SecretString },
        Type::Boolean => quote! { bool },
        Type::Int32 => quote! { i32 },
        Type::Int64 => quote! { i64 },
        Type::Double => quote! { f64 },
        Type::Named(id) => {
            let ident = &model.names.type_(*id).ident;
            quote! { #ident }
        }
        Type::List(item) => {
            let item = owned(model, item);
            quote! { Vec<#item> }
        }
        Type::JsonText(inner) => owned(model, inner),
    }
}

/// `impl Into<Vec<BackupObject>>`; a plain type where nothing else converts to it.
pub(super) fn argument(model: &Model, type_: &Type) -> TokenStream {
    let owned = owned(model, type_);
    if converts(type_) {
        quote! { impl Into<#owned> }
    } else {
        owned
    }
}

/// A type as people write it.
pub(super) fn text(type_: &TokenStream) -> String {
    type_.to_string().replace(" < ", "<").replace(" >", ">").replace(" :: ", "::")
}

/// Whether an argument is converted with `.into()`.
pub(super) fn converts(type_: &Type) -> bool {
    match type_ {
        Type::String | Type::Secret | Type::List(_) => true,
        Type::JsonText(inner) => converts(inner),
        Type::Boolean | Type::Int32 | Type::Int64 | Type::Double | Type::Named(_) => false,
    }
}
