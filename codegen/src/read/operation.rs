//! JSON → [`OperationItem`]: a path item with its one operation.

use crate::diagnostic::{Code, Sink};
use crate::facts::{DocumentPage, ErrorCode, Ram};
use crate::json::Json;
use crate::read::document::unread;
use crate::read::reader::{Reader, array, is_object};
use crate::read::record;
use crate::read::responses::{ResponseItem, responses};
use crate::read::schema::{self, Schema, schema};
use crate::source::{Spanned, is_operation_id};

/// The operation of a path item.
#[derive(Debug)]
pub(crate) struct OperationItem {
    pub(crate) id: Spanned<String>,
    /// Its file below the folder.
    pub(crate) path: String,
    pub(crate) summary: Spanned<String>,
    pub(crate) description: Option<Spanned<String>>,
    pub(crate) document: Option<DocumentPage>,
    pub(crate) access: Option<Spanned<String>>,
    pub(crate) ram: Option<Ram>,
    pub(crate) pagination: Option<PaginationItem>,
    pub(crate) request: Schema,
    pub(crate) response: ResponseItem,
    pub(crate) errors: Vec<ErrorCode>,
}

/// How an operation that lists things hands them out in pages.
#[derive(Debug)]
pub(crate) struct PaginationItem {
    /// The request's members, by their names.
    pub(crate) page_number: Spanned<String>,
    pub(crate) page_size: Spanned<String>,
    pub(crate) first_page: i64,
    /// The response's members, as JSON pointers.
    pub(crate) items: Spanned<String>,
    pub(crate) total_items: Option<Spanned<String>>,
    pub(crate) total_pages: Option<Spanned<String>>,
}

/// Methods that OpenAPI has besides.
const METHODS: &[&str] = &["delete", "get", "head", "options", "patch", "put", "query", "trace"];

/// Reads the path item that stands in the file `path`.
pub(crate) fn path_item(json: &Json, path: String, sink: &mut Sink) -> Option<OperationItem> {
    let mut item = Reader::open(json, "path item", sink)?;
    let post = item.required("post", sink);
    for member in item.refused(METHODS) {
        let message = format!("the generator has no code for the method `{}`", member.key);
        let help = "every call travels as a `POST`: its operation stands under `post`";
        sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
    }
    item.finish(sink);
    let mut post = Reader::open(post?, "operation", sink)?;
    let id = post.required_string("operationId", sink);
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
    let summary = post.required_text("summary", sink);
    let description = post.text("description", sink);
    let document = post.value("externalDocs").and_then(|json| record::document_page(json, sink));
    let access = post.string("x-access", sink);
    let ram = post.value("x-ram").and_then(|json| record::ram(json, sink));
    let pagination = post.value("x-pagination").and_then(|json| pagination(json, sink));
    let request = post.required("parameters", sink).and_then(|json| parameters(json, sink));
    let responses = post.required("responses", sink).and_then(|json| responses(json, sink));
    post.finish(sink);
    let (response, errors) = responses.unwrap_or_default();
    Some(OperationItem {
        // Without a name there is nothing that other problems could be told of.
        id: id?,
        path,
        summary: summary.unwrap_or_else(unread),
        description,
        document,
        access,
        ram,
        pagination,
        request: request.unwrap_or_default(),
        response,
        errors,
    })
}

fn pagination(json: &Json, sink: &mut Sink) -> Option<PaginationItem> {
    let mut reader = Reader::open(json, "x-pagination object", sink)?;
    let page_number = reader.required_string("pageNumber", sink);
    let page_size = reader.required_string("pageSize", sink);
    let first_page =
        reader.required("firstPage", sink).and_then(|json| schema::whole_number(json, sink));
    let items = reader.required_string("items", sink);
    let total_items = reader.string("totalItems", sink);
    let total_pages = reader.string("totalPages", sink);
    reader.finish(sink);
    Some(PaginationItem {
        page_number: page_number?,
        page_size: page_size?,
        first_page: first_page?,
        items: items?,
        total_items,
        total_pages,
    })
}

/// The one form of parameters that RPC-style requests have: an object in the query string.
fn parameters(json: &Json, sink: &mut Sink) -> Option<Schema> {
    let [parameter] = array(json, sink)? else {
        sink.error_with_help(
            Code::InvalidValue,
            json.origin,
            "an operation has exactly one parameter, the request",
            "write one parameter with `\"in\": \"querystring\"` whose schema holds all members",
        );
        return None;
    };
    let mut reader = Reader::open(parameter, "parameter", sink)?;
    reader.required_string("name", sink);
    reader.string("description", sink);
    reader.required("required", sink);
    if let Some(required) = reader.boolean("required", sink)
        && !required.value
    {
        sink.error(
            Code::InvalidValue,
            required.origin,
            "a request is always `required`: write `true`",
        );
    }
    if let Some(place) = reader.required_string("in", sink)
        && place.value != "querystring"
    {
        let message = format!("a request cannot stand in `{}`", place.value);
        let help = match place.value.as_str() {
            "query" => {
                "write one parameter with `\"in\": \"querystring\"` whose schema holds all members"
            }
            "header" | "path" | "cookie" | "body" | "formData" => {
                "the generator sends parameters in the query string only"
            }
            _ => "write `querystring`",
        };
        sink.error_with_help(Code::InvalidValue, place.origin, message, help);
    }
    let content = reader.required("content", sink);
    reader.finish(sink);
    media_type(content?, "application/x-www-form-urlencoded", sink).map(|(schema, _)| schema)
}

/// The schema and the example of the one media type that a content map has.
pub(super) fn media_type(
    content: &Json,
    name: &'static str,
    sink: &mut Sink,
) -> Option<(Schema, Option<Json>)> {
    let mut content = Reader::open(content, "content map", sink)?;
    let json = content.required(name, sink);
    content.finish(sink);
    let mut reader = Reader::open(json?, "media type", sink)?;
    let object = reader.required("schema", sink).filter(|json| is_object(json, sink));
    let schema = object.and_then(|json| schema(json, sink));
    let example = reader.value("example").cloned();
    for member in reader.refused(&["examples"]) {
        let message = "`examples` is not a key of a media type";
        let help = "write `example`, with the value of one of them";
        sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
    }
    reader.finish(sink);
    Some((schema?, example))
}
