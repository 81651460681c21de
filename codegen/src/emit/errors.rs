//! Documented error codes: what the docs of a request say of them, and a constant for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::docs::titled;
use super::markdown::inline;
use crate::blueprint::errors::{Constant, Errors};
use crate::blueprint::links::Links;
use crate::english::code;
use crate::facts::ErrorCode;

/// ```text
/// /// Error codes that documents list, …
/// pub mod errors {
///     /// HTTP 403: You are not allowed to …
///     pub const REQUEST_FORBIDDEN: &str = "Request.Forbidden";
/// }
/// ```
pub(super) fn module(errors: &Errors<'_>, comments: &Comments<'_>) -> Option<TokenStream> {
    let constants = errors.constants.iter().map(|Constant { ident, code, told }| {
        let docs = comments.outer(match told.as_slice() {
            [error] => vec![sentence(error, comments.links)],
            errors => errors
                .iter()
                .map(|error| format!("- {}", sentence(error, comments.links)))
                .collect(),
        });
        quote! { #docs pub const #ident: &str = #code; }
    });
    let docs = comments.outer(vec![
        "Error codes that documents list, each with their words.".to_owned(),
        String::new(),
        "[`Error::code`](alibabacloud_runtime::error::Error::code) is compared with them."
            .to_owned(),
    ]);
    let is_there = !errors.constants.is_empty();
    is_there.then(|| quote! { #docs pub mod errors { #(#constants)* } })
}

fn sentence(error: &ErrorCode, links: Links<'_>) -> String {
    match inline(&error.message, links) {
        said if said.is_empty() => format!("HTTP {}.", error.status),
        said => format!("HTTP {}: {said}", error.status),
    }
}

/// The codes by their statuses, which say more where the constants are; and what can be no constant.
pub(super) fn docs(errors: &Errors<'_>, links: Links<'_>) -> Vec<String> {
    let mut statuses: Vec<(&str, Vec<String>)> = Vec::new();
    for Constant { ident, code: found, told } in &errors.constants {
        for error in told {
            let link = format!("[{}](errors::{ident})", code(found));
            match statuses.iter_mut().find(|(status, _)| *status == error.status) {
                Some((_, links)) if links.contains(&link) => {}
                Some((_, links)) => links.push(link),
                None => statuses.push((&error.status, vec![link])),
            }
        }
    }
    let lines = statuses.iter().map(|(status, links)| format!("- {status}: {}", links.join(", ")));
    let unnamed = errors.unnamed.iter().map(|error| {
        let said = Some(inline(&error.message, links)).filter(|said| !said.is_empty());
        let said = said.map(|said| format!(": {said}")).unwrap_or_default();
        format!("- {} {}{said}", error.status, code(&error.code))
    });
    titled("Error codes", lines.chain(unnamed).collect())
}
