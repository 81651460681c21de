//! Enums that survive values newer than the crate.

use quote::quote;

use super::comments::Comments;
use super::markdown::paragraphs;
use super::{Part, call, docs, literal};
use crate::blueprint::enumeration::EnumerationFile;

/// ```text
/// #[derive(…)]
/// #[non_exhaustive]
/// pub enum X { A, Unknown(UnknownValue) }
///
/// alibabacloud_runtime::private::open_enum! {
///     X:
///     A = "a",
/// }
/// ```
pub(super) fn enumeration(file: &EnumerationFile<'_>, comments: &Comments) -> Vec<Part> {
    let ident = file.ident;
    let what = match file.description {
        Some(description) => paragraphs(description),
        None => vec![format!("The values of `{}`.", file.name)],
    };
    let others = file.is_open.then(|| {
        format!("These are known; requests may have others, too: `{ident}::from(\"…\")`, or just the text.")
    });
    let docs = comments.outer(docs::sections([what, others.into_iter().collect()]));
    let variants = file.variants.iter().map(|variant| {
        let docs = comments.outer(docs::value(variant));
        let ident = variant.ident;
        quote! { #docs #ident, }
    });
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that the documents did not list when this crate was generated.
            Unknown(alibabacloud_runtime::UnknownValue),
        }
    };
    let list = file.variants.iter();
    let list = list.map(|variant| format!("{} = {},", variant.ident, literal(variant.wire)));
    let list = call("open_enum", std::iter::once(format!("{ident}:")).chain(list));
    vec![Part::Items(definition), list]
}
