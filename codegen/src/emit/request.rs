//! Requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::{docs, sent_struct};
use crate::blueprint::operation::Request;

/// ```text
/// /// docs, with the requirement table
/// #[must_use]
/// #[non_exhaustive]
/// pub struct XRequest { … }
/// ```
pub(super) fn request(request: &Request<'_>, comments: &Comments<'_>) -> TokenStream {
    let docs = comments.outer(docs::request(&request.docs, comments.links));
    let alias = request.alias.map(|action| quote! { #[doc(alias = #action)] });
    let definition = sent_struct::definition(&request.structure, comments);
    quote! {
        #docs
        #alias
        #definition
    }
}
