//! Responses, and shared objects that only stand in responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::types::owned;
use super::{Part, call, docs, fields, literal};
use crate::model::{EnvelopePart, Model, OperationId, Type, TypeId};

/// ```text
/// /// docs
/// pub struct XResponse { … }
///
/// alibabacloud_runtime::private::response! {
///     XResponse + PartialEq:
///     err_code = "ErrCode" as Code,
///     task_id = "TaskId",
/// }
/// ```
pub(super) fn response(model: &Model, id: OperationId, comments: &Comments) -> [Part; 2] {
    let operation = model.api.operation(id);
    let request = &model.names.type_(operation.request).ident;
    let mut lines = vec![format!("What the service answers to a [`{request}`].")];
    if let Some(description) = &model.api.type_(operation.response).description {
        lines.push(String::new());
        lines.extend(super::markdown::paragraphs(description));
    }
    let part = |index: usize| operation.envelope.iter().find(|(member, _)| *member == index);
    let list = list(model, operation.response, "response", |index| match part(index) {
        Some((_, EnvelopePart::Success)) => " as Success".to_owned(),
        Some((_, EnvelopePart::Code)) => " as Code".to_owned(),
        Some((_, EnvelopePart::Message)) => " as Message".to_owned(),
        Some((_, EnvelopePart::RequestId)) => " as RequestId".to_owned(),
        None => String::new(),
    });
    [definition(model, operation.response, lines, comments), list]
}

/// ```text
/// #[derive(Default)]
/// #[non_exhaustive]
/// pub struct X {
///     /// docs
///     pub task_id: Option<i64>,
/// }
///
/// alibabacloud_runtime::private::receive! {
///     X + PartialEq:
///     task_id = "TaskId",
/// }
/// ```
pub(super) fn structure(
    model: &Model,
    id: TypeId,
    lines: Vec<String>,
    comments: &Comments,
) -> [Part; 2] {
    let list = list(model, id, "receive", |_| String::new());
    [definition(model, id, lines, comments), list]
}

/// A line for each field: `task_id = "TaskId",`.
fn list(model: &Model, id: TypeId, name: &str, mark: impl Fn(usize) -> String) -> Part {
    let names = model.names.type_(id);
    let fields = model.api.fields(id).iter().zip(&names.members).enumerate();
    let fields = fields.map(|(index, (field, ident))| {
        format!("{ident} = {}{},", literal(&field.wire.value), mark(index))
    });
    call(name, std::iter::once(fields::head(model, id)).chain(fields))
}

fn definition(model: &Model, id: TypeId, lines: Vec<String>, comments: &Comments) -> Part {
    let names = model.names.type_(id);
    let ident = &names.ident;
    let docs = comments.outer(lines);
    let fields = model.api.fields(id).iter().zip(&names.members);
    let definitions = fields.map(|(field, ident)| {
        let docs = comments.outer(docs::received(field));
        let type_ = received(model, &field.type_);
        quote! {
            #docs
            pub #ident: #type_,
        }
    });
    let structure = quote! {
        #docs
        #[derive(Default)]
        #[non_exhaustive]
        pub struct #ident { #(#definitions)* }
    };
    Part::Items(structure)
}

/// `Option<i64>`; a list that is not there is an empty one.
fn received(model: &Model, type_: &Type) -> TokenStream {
    let owned = owned(model, type_);
    match type_ {
        Type::List(_) => owned,
        _ => quote! { Option<#owned> },
    }
}
