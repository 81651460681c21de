//! JSON → [`OperationItem`]: the operations of a path item.

use crate::diagnostic::{Code, Sink};
use crate::facts::{DocumentPage, ErrorCode, Ram};
use crate::json::{Json, Member};
use crate::read::document::unread;
use crate::read::envelope::{EnvelopeItem, envelope};
use crate::read::pagination::{PaginationItem, pagination};
use crate::read::reader::{Reader, is_object};
use crate::read::record;
use crate::read::request::{self, RequestItem};
use crate::read::responses::{ResponseItem, responses};
use crate::read::schema::{Schema, schema};
use crate::read::security::{SecurityItem, security};
use crate::read::wait::{WaitItem, waits};
use crate::source::{Spanned, is_operation_id};
use crate::travel::Method;

/// An operation of a path item.
#[derive(Debug)]
pub(crate) struct OperationItem {
    pub(crate) id: Spanned<String>,
    /// What it is called in Rust, when not after its id.
    pub(crate) rust_name: Option<Spanned<String>>,
    /// Its file below the folder.
    pub(crate) path: String,
    /// The key of its path item in the index, once that is known.
    pub(crate) url: Option<Spanned<String>>,
    /// The key under which it stands in its path item.
    pub(crate) method: Spanned<Method>,
    pub(crate) summary: Spanned<String>,
    pub(crate) description: Option<Spanned<String>>,
    pub(crate) document: Option<DocumentPage>,
    pub(crate) deprecated: Option<Spanned<bool>>,
    /// The operations that do instead what this one does.
    pub(crate) replaced_by: Vec<Spanned<String>>,
    /// The operation that tells how far the task is which this one starts.
    pub(crate) progress: Option<Spanned<String>>,
    pub(crate) access: Option<Spanned<String>>,
    /// In the place of the service's.
    pub(crate) envelope: Option<EnvelopeItem>,
    pub(crate) ram: Option<Ram>,
    /// By what a call may be proven, where it is not by what the document says.
    pub(crate) security: Option<SecurityItem>,
    pub(crate) pagination: Option<PaginationItem>,
    /// What callers wait for by asking it again and again.
    pub(crate) waits: Vec<WaitItem>,
    pub(crate) request: RequestItem,
    pub(crate) response: ResponseItem,
    pub(crate) errors: Vec<ErrorCode>,
}

impl OperationItem {
    /// The schemas of all that is sent and received.
    pub(crate) fn schemas(&self) -> Vec<&Schema> {
        self.request.schemas().chain([&self.response.schema]).collect()
    }
}

/// Methods that OpenAPI has besides.
const UNKNOWN: &[&str] = &["options", "query", "trace"];

/// Reads the path item that stands in the file `path`: its operations, in the order of the text.
pub(crate) fn path_item(json: &Json, path: &str, sink: &mut Sink) -> Vec<OperationItem> {
    let Some(mut item) = Reader::open(json, "path item", sink) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, method) in Method::ALL {
        found.extend(item.member(name).map(|member| (member, method)));
    }
    found.sort_by_key(|(member, _)| member.key_origin);
    for member in item.refused(UNKNOWN) {
        let message = format!("the generator has no code for the method `{}`", member.key);
        let help = "a call is a `post`, `get`, `put`, `delete`, `patch` or `head`";
        sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
    }
    if found.is_empty() {
        item.required("post", sink);
    }
    item.finish(sink);
    let operations = found.into_iter();
    operations.filter_map(|(member, method)| operation(member, method, path, sink)).collect()
}

fn operation(
    member: &Member,
    method: Method,
    path: &str,
    sink: &mut Sink,
) -> Option<OperationItem> {
    let mut reader = Reader::open(&member.value, "operation", sink)?;
    let id = reader.required_string("operationId", sink);
    if let Some(id) = &id
        && !is_operation_id(&id.value)
    {
        sink.error_with_help(
            Code::InvalidName,
            id.origin,
            format!("{} cannot be the name of an operation", crate::english::code(&id.value)),
            "an `operationId` has ASCII letters and digits and starts with a letter",
        );
    }
    let rust_name = reader.string("x-name", sink);
    let summary = reader.required_text("summary", sink);
    let description = reader.text("description", sink);
    let document = reader.value("externalDocs").and_then(|json| record::document_page(json, sink));
    let deprecated = reader.boolean("deprecated", sink);
    let replaced_by = reader.strings("x-replaced-by", sink).unwrap_or_default();
    let progress = reader.string("x-progress", sink);
    let access = reader.string("x-access", sink);
    let envelope = reader.value("x-envelope").and_then(|json| envelope(json, sink));
    let security = reader.value("security").and_then(|json| security(json, sink));
    let ram = reader.value("x-ram").and_then(|json| record::ram(json, sink));
    let pagination = reader.value("x-pagination").and_then(|json| pagination(json, sink));
    let waits = reader.value("x-wait").map(|json| waits(json, sink)).unwrap_or_default();
    let parameters = reader.required("parameters", sink);
    let mut parts = parameters.map_or_else(Vec::new, |json| request::parameters(json, sink));
    if let Some(body) = reader.member("requestBody") {
        if method.has_body() {
            parts.extend(request::body(body, sink));
        } else {
            let message = format!("a call by `{}` has no body", member.key);
            let help =
                "write its parameters in the query, or the method that the service documents";
            sink.error_with_help(Code::InvalidValue, body.key_origin, message, help);
        }
    }
    let whole_path = reader.string("x-whole-path", sink);
    let requirements = reader.value("x-requirements").filter(|json| is_object(json, sink));
    let requirements = requirements.and_then(|json| schema(json, sink));
    let responses = reader.required("responses", sink).and_then(|json| responses(json, sink));
    reader.finish(sink);
    let (response, errors) = responses.unwrap_or_default();
    Some(OperationItem {
        // Without a name there is nothing that other problems could be told of.
        id: id?,
        rust_name,
        path: path.to_owned(),
        url: None,
        method: Spanned { value: method, origin: member.key_origin },
        summary: summary.unwrap_or_else(unread),
        description,
        document,
        deprecated,
        replaced_by,
        progress,
        access,
        envelope,
        ram,
        security,
        pagination,
        waits,
        request: RequestItem { parts, whole_path, requirements },
        response,
        errors,
    })
}
