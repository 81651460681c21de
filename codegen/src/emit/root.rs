//! The crate's root and its two index modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::docs;
use super::markdown::paragraphs;
use crate::model::{Model, Role};

/// ```text
/// //! docs
/// #[cfg(feature = "blocking")]
/// pub mod blocking;
/// mod client;
/// pub mod endpoints;
/// pub mod operations;
/// pub mod types;
/// pub use alibabacloud_runtime::…;
/// ```
pub(super) fn library(model: &Model, comments: &Comments) -> TokenStream {
    let title = super::markdown::inline(&model.api.title);
    let head =
        vec![format!("{title}, version {}: requests that know the rules.", model.api.version)];
    let description = model.api.description.as_deref().map(paragraphs).unwrap_or_default();
    let features = vec![
        "[`Client`] has a method for each operation. Each operation is a Cargo feature; all are on by"
            .to_owned(),
        "default, as is `reqwest`, the built-in transport. The feature `blocking` adds a client for"
            .to_owned(),
        "programs without `async`. The feature `serde` lets requests be kept in files; passwords are"
            .to_owned(),
        "read from them but never written.".to_owned(),
    ];
    let docs = comments.inner(docs::sections([head, description, features]));
    quote! {
        #docs
        #![deny(missing_docs)]
        #![allow(
            clippy::absurd_extreme_comparisons,
            clippy::manual_contains,
            clippy::manual_is_ascii_check,
            clippy::manual_range_patterns,
            reason = "conditions are written down as the specs state them"
        )]
        #![allow(
            clippy::large_enum_variant,
            reason = "what a value requires is made where it is taken apart"
        )]
        #![allow(
            clippy::too_many_arguments,
            reason = "`new` takes whatever the service requires"
        )]

        #[cfg(feature = "blocking")]
        pub mod blocking;
        mod client;
        pub mod endpoints;
        pub mod operations;
        pub mod types;

        pub use client::Client;
        pub use alibabacloud_runtime::call::Call;
        pub use alibabacloud_runtime::client::Builder as ClientBuilder;
        pub use alibabacloud_runtime::credentials::Credentials;
        pub use alibabacloud_runtime::error::Error;
        pub use alibabacloud_runtime::meta::{Access, Endpoint, Network, OperationMeta};
        pub use alibabacloud_runtime::operation::{ContextOf, Operation};
        pub use alibabacloud_runtime::query::Query;
        pub use alibabacloud_runtime::response::{Failure, Malformed, Response, ResponseError};
        pub use alibabacloud_runtime::session::Session;
        pub use alibabacloud_runtime::validation::{Violation, ViolationKind, Violations};
        pub use alibabacloud_runtime::view::to_value;
        pub use alibabacloud_runtime::{BoxFuture, ExposeSecret, Fields, SecretString};
        pub use alibabacloud_runtime::{credentials, error, transport};
    }
}

/// ```text
/// #[cfg(feature = "modify-backup-source-endpoint")]
/// pub mod modify_backup_source_endpoint;
///
/// #[cfg(feature = "modify-backup-source-endpoint")]
/// pub use self::modify_backup_source_endpoint::{XRequest, XResponse};
/// ```
///
/// `self`, because a module may have the name of a crate, such as `core`.
pub(super) fn operations(model: &Model) -> TokenStream {
    let modules = model.api.operation_ids().map(|id| {
        let operation = model.api.operation(id);
        let names = model.names.operation(id);
        let (module, feature) = (&names.module, &names.feature);
        let wire = &operation.id.value;
        let request = &model.names.type_(operation.request).ident;
        let response = &model.names.type_(operation.response).ident;
        quote! {
            #[cfg(feature = #feature)]
            #[doc(alias = #wire)]
            pub mod #module;

            #[cfg(feature = #feature)]
            pub use self::#module::{#request, #response};
        }
    });
    quote! {
        //! The operations, one module each.
        #(#modules)*
    }
}

/// ```text
/// #[cfg(any(feature = "…", feature = "…"))]
/// mod database_type;
///
/// #[cfg(any(feature = "…", feature = "…"))]
/// pub use self::database_type::DatabaseType;
/// ```
pub(super) fn types(model: &Model) -> TokenStream {
    let modules =
        model.api.type_ids().filter(|id| model.api.type_(*id).role == Role::Shared).map(|id| {
            let names = model.names.type_(id);
            let (module, ident) = (&names.module, &names.ident);
            let operations = model.api.type_(id).usage.operations.iter();
            let features: Vec<&String> =
                operations.map(|id| &model.names.operation(*id).feature).collect();
            let condition = match features.as_slice() {
                [feature] => quote! { #[cfg(feature = #feature)] },
                features => quote! { #[cfg(any(#(feature = #features),*))] },
            };
            quote! {
                #condition
                mod #module;

                #condition
                pub use self::#module::#ident;
            }
        });
    quote! {
        //! The types that operations share.
        #(#modules)*
    }
}
