//! Types of fields and of the arguments that set them.

use proc_macro2::TokenStream;
use quote::quote;

use super::deprecated;
use crate::blueprint::field_type::{EnumType, FieldType};
use crate::naming::Name;

/// `Vec<BackupObject>`
pub(super) fn owned(type_: &FieldType<'_>) -> TokenStream {
    match type_ {
        FieldType::Text => quote! { String },
        FieldType::Secret => quote! { alibabacloud_runtime::SecretString },
        FieldType::Boolean => quote! { bool },
        FieldType::Int32 => quote! { i32 },
        FieldType::Int64 => quote! { i64 },
        FieldType::Float => quote! { f32 },
        FieldType::Double => quote! { f64 },
        FieldType::Enum(type_) => {
            let ident = type_.ident;
            quote! { #ident }
        }
        FieldType::Struct(ident) => quote! { #ident },
        FieldType::List(item) => {
            let item = owned(item);
            quote! { Vec<#item> }
        }
        FieldType::Map(inner) => {
            let inner = owned(inner);
            quote! { std::collections::BTreeMap<String, #inner> }
        }
        FieldType::Bytes => quote! { alibabacloud_runtime::Bytes },
        FieldType::Any => quote! { alibabacloud_runtime::serde_json::Value },
    }
}

/// `pub task_id: Option<i64>,`
pub(super) fn declared(
    docs: Option<TokenStream>,
    ident: &Name,
    type_: &FieldType<'_>,
    (is_option, is_boxed): (bool, bool),
    is_deprecated: bool,
) -> TokenStream {
    let deprecated = deprecated(is_deprecated);
    let type_ = owned(type_);
    let type_ = if is_boxed {
        quote! { Box<#type_> }
    } else {
        type_
    };
    let type_ = if is_option {
        quote! { Option<#type_> }
    } else {
        type_
    };
    quote! {
        #docs
        #deprecated
        pub #ident: #type_,
    }
}

/// `DatabaseType::Redis`
pub(super) fn variant(type_: &EnumType<'_>, wire: &str) -> TokenStream {
    let ident = type_.ident;
    match type_.variant(wire) {
        Some(variant) => quote! { #ident::#variant },
        None => quote! { #ident::from(#wire) },
    }
}

/// `impl Into<Vec<BackupObject>>`; a plain type where nothing else converts to it.
pub(super) fn argument(type_: &FieldType<'_>) -> TokenStream {
    let owned = owned(type_);
    if converts(type_) {
        quote! { impl Into<#owned> }
    } else {
        owned
    }
}

/// A type or a path as people write it.
pub(super) fn text(tokens: &TokenStream) -> String {
    tokens
        .to_string()
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" :: ", "::")
        .replace(" ,", ",")
}

/// Whether an argument is converted with `.into()`.
pub(super) fn converts(type_: &FieldType<'_>) -> bool {
    match type_ {
        FieldType::Text
        | FieldType::Secret
        | FieldType::List(_)
        | FieldType::Map(_)
        | FieldType::Bytes
        | FieldType::Any => true,
        FieldType::Boolean
        | FieldType::Int32
        | FieldType::Int64
        | FieldType::Float
        | FieldType::Double
        | FieldType::Enum(_)
        | FieldType::Struct(_) => false,
    }
}
