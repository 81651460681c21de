//! The crate's root and its two index modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::docs;
use super::front::{self, Page};
use super::markdown::{paragraphs, unlinked};
use crate::blueprint::root::{Library, OperationModule, TypeModule};

/// ```text
/// //! docs
/// #[cfg(feature = "blocking")]
/// pub mod blocking;
/// mod client;
/// pub mod endpoints;
/// pub mod envelope;
/// pub mod operations;
/// pub mod types;
/// pub use alibabacloud_runtime::…;
/// pub const API_VERSION: &str = "2019-03-06";
/// ```
pub(super) fn library(library: &Library<'_>, comments: &Comments<'_>) -> TokenStream {
    let title = unlinked(library.title);
    let head = vec![format!("{title}, version {}: requests that know the rules.", library.version)];
    let description =
        library.description.map(|text| paragraphs(text, comments.links)).unwrap_or_default();
    let client = vec!["[`Client`] has a method for each operation.".to_owned()];
    let front = front::sections(&library.front, Page::Root);
    let docs = comments.inner(docs::sections([head, description, client].into_iter().chain(front)));
    let deprecated = library.has_deprecated.then(|| {
        quote! { #![allow(deprecated, reason = "what is not to be used any more is still sent and read")] }
    });
    let bytes = library.has_bytes.then(|| quote! { pub use alibabacloud_runtime::Bytes; });
    let version = library.version;
    quote! {
        #docs
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![deny(missing_docs)]
        #deprecated
        #![allow(
            clippy::absurd_extreme_comparisons,
            clippy::manual_contains,
            clippy::manual_is_ascii_check,
            clippy::manual_range_patterns,
            clippy::nonminimal_bool,
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
        pub mod envelope;
        pub mod operations;
        pub mod types;

        pub use client::Client;
        pub use alibabacloud_runtime::call::Call;
        pub use alibabacloud_runtime::client::Builder as ClientBuilder;
        pub use alibabacloud_runtime::credentials::Credentials;
        pub use alibabacloud_runtime::error::{Error, ErrorKind};
        pub use alibabacloud_runtime::meta::{Access, Endpoint, Method, Network, OperationMeta, Security};
        pub use alibabacloud_runtime::operation::{ContextOf, Operation};
        pub use alibabacloud_runtime::query::Query;
        pub use alibabacloud_runtime::response::{Failure, Malformed, Response, ResponseError};
        pub use alibabacloud_runtime::session::Session;
        pub use alibabacloud_runtime::validation::{Violation, ViolationKind, Violations};
        pub use alibabacloud_runtime::view::to_value;
        pub use alibabacloud_runtime::wait::{Wait, WaitEnd, WaitError};
        pub use alibabacloud_runtime::{BoxFuture, ExposeSecret, Fields, SecretString};
        #[cfg(feature = "test-util")]
        pub use alibabacloud_runtime::mock;
        pub use alibabacloud_runtime::{credentials, error, generic, observer, raw, retry, serde_json, transport};
        #bytes

        /// The version of the API.
        pub const API_VERSION: &str = #version;

        // What it shows of mocks needs the feature.
        #[cfg(all(doctest, feature = "test-util"))]
        #[doc = include_str!("../README.md")]
        struct Readme;
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
pub(super) fn operations(modules: &[OperationModule<'_>]) -> TokenStream {
    let modules = modules.iter().map(|names| {
        let OperationModule { module, feature, action, request, response } = names;
        quote! {
            #[cfg(feature = #feature)]
            #[doc(alias = #action)]
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
/// #[cfg_attr(docsrs, doc(auto_cfg = false))]
/// mod database_type;
///
/// #[cfg(any(feature = "…", feature = "…"))]
/// #[cfg_attr(docsrs, doc(auto_cfg = false))]
/// pub use self::database_type::DatabaseType;
/// ```
pub(super) fn types(modules: &[TypeModule<'_>]) -> TokenStream {
    let modules = modules.iter().map(|TypeModule { module, ident, features }| {
        let condition = match features.as_slice() {
            [feature] => quote! { #[cfg(feature = #feature)] },
            // A badge with the names of all of them would be longer than the page.
            features => quote! {
                #[cfg(any(#(feature = #features),*))]
                #[cfg_attr(docsrs, doc(auto_cfg = false))]
            },
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
