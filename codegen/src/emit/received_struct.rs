//! Structs that are read from answers: their definition, and the list of their fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::field_type::{argument, declared, text};
use super::{Part, call, docs, list_head, literal};
use crate::blueprint::received_struct::{ReceivedField, ReceivedStruct};

/// ```text
/// /// docs
/// #[derive(Default)]
/// #[non_exhaustive]
/// pub struct X {
///     /// docs
///     pub task_id: Option<i64>,
/// }
/// ```
pub(super) fn definition(
    structure: &ReceivedStruct<'_>,
    docs: Vec<String>,
    comments: &Comments<'_>,
) -> TokenStream {
    let ident = structure.ident;
    let docs = comments.outer(docs);
    let fields = structure.fields.iter().map(|field| {
        let docs = comments.outer(docs::received(field, comments.links));
        let stands = (field.is_option, field.is_boxed);
        declared(docs, field.ident, &field.type_, stands, field.is_deprecated)
    });
    quote! {
        #docs
        #[derive(Default)]
        #[non_exhaustive]
        pub struct #ident { #(#fields)* }
    }
}

/// ```text
/// alibabacloud_runtime::private::whole! {
///     XResponse + PartialEq: body: impl Into<String>
/// }
/// ```
pub(super) fn whole(structure: &ReceivedStruct<'_>) -> Part {
    let head = list_head(structure.ident, structure.is_comparable);
    let field = structure.fields.iter().map(|field| format!(" {}", typed(field)));
    call("whole", [std::iter::once(head).chain(field).collect::<String>()])
}

/// ```text
/// alibabacloud_runtime::private::receive! {
///     X + PartialEq:
///     task_id: i64 = "TaskId",
/// }
/// ```
pub(super) fn list(structure: &ReceivedStruct<'_>, name: &str) -> Part {
    let head = list_head(structure.ident, structure.is_comparable);
    call(name, std::iter::once(head).chain(structure.fields.iter().map(line)))
}

fn line(field: &ReceivedField<'_>) -> String {
    format!("{} = {},", typed(field), literal(field.wire))
}

/// A field and what its setter takes.
fn typed(field: &ReceivedField<'_>) -> String {
    format!("{}: {}", field.ident, text(&argument(&field.type_)))
}
