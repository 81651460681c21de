//! The file of an operation.

use std::collections::BTreeSet;

use quote::quote;

use super::comments::Comments;
use super::{
    Part, call, docs, fields, forms, imports, literal, names, pages, request, response, validator,
};
use crate::model::{Access, Model, OperationId, TypeId};

/// ```text
/// //! Changes where a backup plan reads its data from.
/// use …;
///
/// pub struct XRequest { … }
///
/// alibabacloud_runtime::private::fields! { … }
///
/// impl validation::Checked for XRequest { … }
/// pub mod when { … }
/// pub struct XResponse { … }
///
/// alibabacloud_runtime::private::receive! { … }
///
/// alibabacloud_runtime::private::operation! { … }
/// ```
pub(super) fn operation(model: &Model, id: OperationId, comments: &Comments) -> Vec<Part> {
    let operation = model.api.operation(id);
    let module = comments.inner(super::markdown::paragraphs(&operation.summary));
    let from = quote! { super::super::types };
    let imports = imports(model, used(model, id), from);
    let request = request::request(model, id, comments);
    let runtime = validator::imports();
    let head = quote! {
        #module
        #runtime
        #imports

        #request
    };
    let checked = validator::checked(model, operation.request, operation.context);
    let forms = forms::forms(model, id, comments);
    let mut parts = vec![
        Part::Items(head),
        fields::list(model, operation.request),
        Part::Items(quote! { #checked #forms }),
    ];
    parts.extend(response::response(model, id, comments));
    parts.push(callable(model, id));
    parts.extend(pages::pages(model, id));
    parts
}

/// What makes the request callable.
///
/// ```text
/// alibabacloud_runtime::private::operation! {
///     fn x(XRequest, XContext) -> XResponse;
///     summary: "Changes where a backup plan reads its data from.",
///     action: "X", version: "2019-03-06",
///     …
/// }
/// ```
fn callable(model: &Model, id: OperationId) -> Part {
    let operation = model.api.operation(id);
    let method = &model.names.operation(id).method;
    let request = &model.names.type_(operation.request).ident;
    let response = &model.names.type_(operation.response).ident;
    let context = operation.context.map(|id| format!(", {}", model.names.type_(id).ident));
    let idempotency = match &operation.idempotency_parameter {
        Some(name) => format!("Some({})", literal(name)),
        None => "None".to_owned(),
    };
    let facts = |facts: &[(&str, &str)]| {
        let facts: Vec<String> =
            facts.iter().map(|(name, value)| format!("{name}: {},", literal(value))).collect();
        facts.join(" ")
    };
    let version = &model.api.version;
    let ram = match &operation.ram {
        Some(ram) => format!("Some({})", literal(&ram.action)),
        None => "None".to_owned(),
    };
    let access = match operation.access {
        Access::Read => "Read",
        Access::Write => "Write",
    };
    let lines = [
        format!("fn {method}({request}{}) -> {response};", context.unwrap_or_default()),
        facts(&[("summary", &docs::text(&operation.summary))]),
        facts(&[("action", &operation.id.value), ("version", version)]),
        format!("ram_action: {ram}, access: alibabacloud_runtime::meta::Access::{access},"),
        format!("idempotency_parameter: {idempotency},"),
    ];
    call("operation", lines)
}

/// The shared types that the operation's file names.
fn used(model: &Model, id: OperationId) -> BTreeSet<TypeId> {
    let operation = model.api.operation(id);
    let mut used = names::of_struct(model, operation.request, operation.context);
    let response = model.api.fields(operation.response);
    used.extend(response.iter().filter_map(|field| field.type_.named()));
    used.extend(operation.pagination.as_ref().and_then(|pagination| pagination.item.named()));
    used
}
