//! Requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::{docs, doctest, sent_struct};
use crate::model::{Model, OperationId};

/// ```text
/// /// docs, with the requirement table
/// #[must_use]
/// #[non_exhaustive]
/// pub struct XRequest { … }
/// ```
pub(super) fn request(model: &Model, id: OperationId, comments: &Comments) -> TokenStream {
    let operation = model.api.operation(id);
    let ident = &model.names.type_(operation.request).ident;
    let docs = comments.outer(docs::request(model, id, doctest::request(model, id)));
    let derives = sent_struct::derives(model, operation.request);
    let definitions = sent_struct::definitions(model, operation.request, comments);
    let action = &operation.id.value;
    let alias =
        (!ident.to_string().starts_with(action)).then(|| quote! { #[doc(alias = #action)] });
    quote! {
        #docs
        #alias
        #derives
        pub struct #ident { #definitions }
    }
}
