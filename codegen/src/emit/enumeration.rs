//! Enums that survive values newer than the crate, and those that have names for values of a text.

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
///
/// What only has names for values of a text has no `Unknown`, and `text_names!` makes text of it.
pub(super) fn enumeration(file: &EnumerationFile<'_>, comments: &Comments<'_>) -> Vec<Part> {
    let ident = file.ident;
    let what = match file.description {
        Some(description) => paragraphs(description, comments.links),
        None => vec![format!("The values of `{}`.", file.name)],
    };
    let others = "Names for values of a text, which may be any other text, too.";
    let others = file.is_open.then(|| others.to_owned()).into_iter().collect();
    let docs = comments.outer(docs::sections([what, others]));
    let variants = file.variants.iter().map(|variant| {
        let docs = comments.outer(docs::value(variant, comments.links));
        let ident = variant.ident;
        quote! { #docs #ident, }
    });
    let (derives, unknown, macro_) = if file.is_open {
        (quote! { Debug, Clone, Copy, PartialEq, Eq }, None, "text_names")
    } else {
        let unknown = quote! {
            /// A value that the documents did not list when this crate was generated.
            Unknown(alibabacloud_runtime::UnknownValue),
        };
        (quote! { Debug, Clone, PartialEq, Eq, Hash }, Some(unknown), "open_enum")
    };
    let definition = quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #unknown
        }
    };
    let list = file.variants.iter();
    let list = list.map(|variant| format!("{} = {},", variant.ident, literal(variant.wire)));
    let list = call(macro_, std::iter::once(format!("{ident}:")).chain(list));
    vec![Part::Items(definition), list]
}
