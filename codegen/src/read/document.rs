//! JSON → [`Document`]: the OpenAPI objects, typed, each with its place.
//!
//! Knows which keys exist and of what kind their values are; what they mean is decided later.

use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Member};
use crate::read::reader::{Reader, array, check_form, expected, is_object, string};
use crate::read::schema::{self, Elsewhere, Schema, schema};
use crate::source::{FileId, Origin, Spanned};

/// `openapi.json`. The default stands for one that could not be read, beside its diagnostics.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) title: Spanned<String>,
    pub(crate) version: Spanned<String>,
    pub(crate) product: Spanned<String>,
    /// The name of the package, when it is not made from the product.
    pub(crate) package: Option<Spanned<String>>,
    pub(crate) description: Option<Spanned<String>>,
    /// Parameters that were left out on purpose.
    pub(crate) omitted: Vec<OmittedItem>,
    pub(crate) servers: Vec<Server>,
    /// Path → path item file.
    pub(crate) paths: Vec<PathEntry>,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            title: unread(),
            version: unread(),
            product: unread(),
            package: None,
            description: None,
            omitted: Vec::new(),
            servers: Vec::new(),
            paths: Vec::new(),
        }
    }
}

/// Stands for a text that could not be read, beside its diagnostic.
fn unread() -> Spanned<String> {
    Spanned { value: "Unread".to_owned(), origin: Origin::new(FileId::new(0), 0, 0) }
}

/// A parameter that the service has and the specs leave out.
#[derive(Debug)]
pub(crate) struct OmittedItem {
    pub(crate) name: String,
    /// Why.
    pub(crate) note: String,
}

/// A line of the path index.
#[derive(Debug)]
pub(crate) struct PathEntry {
    pub(crate) path: Spanned<String>,
    pub(crate) reference: Spanned<String>,
}

/// A host.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) url: Spanned<String>,
    /// The internet, when nothing is said.
    pub(crate) network: Option<Spanned<String>>,
    pub(crate) regions: Vec<Spanned<String>>,
    /// What `x-document` says of it.
    pub(crate) note: Option<String>,
}

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
    pub(crate) errors: Vec<ErrorItem>,
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

/// The page that an operation was transcribed from.
#[derive(Debug, Clone)]
pub(crate) struct DocumentPage {
    pub(crate) url: String,
    /// The date on the page, where it has one.
    pub(crate) last_updated: Option<String>,
}

/// What RAM has to allow.
#[derive(Debug, Clone)]
pub(crate) struct Ram {
    pub(crate) action: String,
    pub(crate) access_level: String,
    pub(crate) resources: Vec<RamResource>,
}

/// A resource that a RAM policy names.
#[derive(Debug, Clone)]
pub(crate) struct RamResource {
    pub(crate) kind: String,
    pub(crate) required: bool,
    pub(crate) arn: String,
}

/// The response of success.
#[derive(Debug, Default)]
pub(crate) struct ResponseItem {
    pub(crate) schema: Schema,
    pub(crate) example: Option<Json>,
}

/// A documented error code.
#[derive(Debug, Clone)]
pub(crate) struct ErrorItem {
    pub(crate) status: String,
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Reads `openapi.json`.
pub(crate) fn document(json: &Json, sink: &mut Sink) -> Option<Document> {
    let mut root = Reader::open(json, "OpenAPI document", sink)?;
    if let Some(version) = root.required_string("openapi", sink)
        && version.value != "3.2.0"
    {
        let message = format!("OpenAPI {} is not supported", version.value);
        sink.error_with_help(Code::InvalidValue, version.origin, message, "write `3.2.0`");
    }
    let info = root.required("info", sink).and_then(|info| Reader::open(info, "info", sink));
    let mut title = None;
    let mut version = None;
    let mut product = None;
    let mut package = None;
    let mut description = None;
    let mut omitted = Vec::new();
    if let Some(mut info) = info {
        title = info.required_text("title", sink);
        version = info.required_string("version", sink);
        if let Some(version) = &version {
            let plain = |found: char| found.is_ascii_alphanumeric() || ".-_".contains(found);
            let form = "a version, such as `2019-03-06`";
            check_form(version, |text| !text.is_empty() && text.chars().all(plain), form, sink);
        }
        product = info.required_string("x-product", sink);
        package = package_name(&mut info, sink);
        style(&mut info, sink);
        description = info.text("description", sink);
        let items = info.array("x-omitted-parameters", sink).unwrap_or_default();
        omitted = items.iter().filter_map(|json| omitted_item(json, sink)).collect();
        for key in ["summary", "termsOfService"] {
            info.string(key, sink);
        }
        for key in ["contact", "license"] {
            info.map(key, sink);
        }
        info.finish(sink);
    }
    let servers = root.array("servers", sink).unwrap_or_default();
    let servers = servers.iter().filter_map(|json| server(json, sink)).collect();
    let paths = match root.required("paths", sink) {
        Some(_) => root.map("paths", sink).unwrap_or_default(),
        None => &[],
    };
    let paths: Vec<PathEntry> =
        paths.iter().filter_map(|member| path_entry(member, sink)).collect();
    if let Some(json) = root.value("paths").filter(|_| paths.is_empty()) {
        sink.error(Code::InvalidValue, json.origin, "there is no operation in this index");
    }
    security(&mut root, sink);
    root.finish(sink);
    Some(Document {
        title: title.unwrap_or_else(unread),
        version: version.unwrap_or_else(unread),
        product: product.unwrap_or_else(unread),
        package,
        description,
        omitted,
        servers,
        paths,
    })
}

/// What the package is called, where that is not left to the product.
fn package_name(info: &mut Reader<'_>, sink: &mut Sink) -> Option<Spanned<String>> {
    let package = info.string("x-package", sink)?;
    let plain = |found: char| found.is_ascii_lowercase() || found.is_ascii_digit() || found == '-';
    let is_name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.ends_with(|last: char| last != '-')
            && text.chars().all(plain)
    };
    check_form(&package, is_name, "a package, such as `alibabacloud-dbs`", sink);
    Some(package)
}

/// The one style of services whose requests the runtime sends.
const STYLE: &str = "RPC";

fn style(info: &mut Reader<'_>, sink: &mut Sink) {
    if let Some(style) = info.string("x-style", sink)
        && style.value != STYLE
    {
        let message = format!("the style {} has no code", crate::english::code(&style.value));
        let help = format!("write `{STYLE}`, or leave the key out");
        sink.error_with_help(Code::InvalidValue, style.origin, message, help);
    }
}

/// The one scheme that the runtime signs with.
const SCHEME: &str = "ACS3-HMAC-SHA256";

fn security(root: &mut Reader<'_>, sink: &mut Sink) {
    for requirement in root.array("security", sink).unwrap_or_default() {
        if let Some(mut reader) = Reader::open(requirement, "security requirement", sink) {
            reader.array(SCHEME, sink);
            reader.finish(sink);
        }
    }
    let Some(components) = root.value("components") else { return };
    let Some(mut components) = Reader::open(components, "components object", sink) else { return };
    if let Some(schemes) = components.value("securitySchemes")
        && let Some(mut schemes) = Reader::open(schemes, "securitySchemes object", sink)
    {
        if let Some(scheme) = schemes.value(SCHEME)
            && let Some(mut scheme) = Reader::open(scheme, "security scheme", sink)
        {
            for key in ["type", "scheme", "description"] {
                scheme.string(key, sink);
            }
            scheme.finish(sink);
        }
        schemes.finish(sink);
    }
    components.finish(sink);
}

fn server(json: &Json, sink: &mut Sink) -> Option<Server> {
    let mut reader = Reader::open(json, "server", sink)?;
    let url = reader.required_string("url", sink);
    let network = reader.string("x-network", sink);
    let regions = reader.filled("x-regions", sink).unwrap_or_default();
    let regions: Vec<Spanned<String>> =
        regions.iter().filter_map(|region| string(region, sink)).collect();
    for region in &regions {
        let plain =
            |found: char| found.is_ascii_lowercase() || found.is_ascii_digit() || found == '-';
        let form = "a region, such as `cn-hangzhou`";
        check_form(region, |text| !text.is_empty() && text.chars().all(plain), form, sink);
    }
    reader.string("description", sink);
    let note = x_document(&mut reader, sink).map(|(note, _)| note);
    reader.finish(sink);
    Some(Server { url: url?, network, regions, note })
}

fn omitted_item(json: &Json, sink: &mut Sink) -> Option<OmittedItem> {
    let mut reader = Reader::open(json, "omitted parameter", sink)?;
    let name = reader.required_text("name", sink);
    let note = reader.required_text("note", sink);
    reader.finish(sink);
    Some(OmittedItem { name: name?.value, note: note?.value })
}

fn path_entry(member: &Member, sink: &mut Sink) -> Option<PathEntry> {
    let mut reader = Reader::open(&member.value, "path index entry", sink)?;
    let reference = reader.required_string("$ref", sink);
    reader.finish(sink);
    let path = Spanned { value: member.key.clone(), origin: member.key_origin };
    Some(PathEntry { path, reference: reference? })
}

/// Reads `x-document`, which records what a document says besides: the note, for people, and what
/// programs can compare.
pub(crate) fn x_document(reader: &mut Reader<'_>, sink: &mut Sink) -> Option<(String, Elsewhere)> {
    let json = reader.value("x-document")?;
    let mut record = Reader::open(json, "x-document object", sink)?;
    let required = record.boolean("required", sink).map(|required| required.value);
    let values = record.strings("values", sink);
    let values = values.map(|values| values.into_iter().map(|value| value.value).collect());
    let note = record.required_text("note", sink);
    record.finish(sink);
    note.map(|note| (note.value, Elsewhere { required, values }))
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
    let document = post.value("externalDocs").and_then(|json| document_page(json, sink));
    let access = post.string("x-access", sink);
    let ram = post.value("x-ram").and_then(|json| ram(json, sink));
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

/// Whether the text can be an operation's name, and with it the name of files.
pub(crate) fn is_operation_id(text: &str) -> bool {
    text.starts_with(|found: char| found.is_ascii_alphabetic())
        && text.chars().all(|found| found.is_ascii_alphanumeric())
}

fn document_page(json: &Json, sink: &mut Sink) -> Option<DocumentPage> {
    let mut reader = Reader::open(json, "externalDocs object", sink)?;
    let url = reader.required_string("url", sink);
    let last_updated = reader.string("x-last-updated", sink);
    reader.string("description", sink);
    reader.finish(sink);
    let url = url?;
    let plain = |found: char| found.is_ascii_graphic() && !"<>\"\\`{}|^".contains(found);
    let is_url = |text: &str| text.starts_with("https://") && text.chars().all(plain);
    check_form(&url, is_url, "the URL of a page, which starts with `https://`", sink);
    if let Some(date) = &last_updated {
        check_form(date, is_date, "a date, such as `2026-03-30`", sink);
    }
    Some(DocumentPage { url: url.value, last_updated: last_updated.map(|date| date.value) })
}

fn is_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>, allowed: std::ops::RangeInclusive<u16>| {
        let digits = text.get(range).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|text| text.parse().ok()).is_some_and(|number| allowed.contains(&number))
    };
    text.len() == 10
        && (text.get(4..5), text.get(7..8)) == (Some("-"), Some("-"))
        && number(0..4, 2000..=9999)
        && number(5..7, 1..=12)
        && number(8..10, 1..=31)
}

/// The access levels that the service's documents know.
const ACCESS_LEVELS: [&str; 5] = ["create", "list", "get", "update", "delete"];

fn ram(json: &Json, sink: &mut Sink) -> Option<Ram> {
    let mut reader = Reader::open(json, "x-ram object", sink)?;
    let action = reader.required_text("action", sink);
    let access_level = reader.required_string("accessLevel", sink);
    if let Some(level) = &access_level {
        let form = "an access level: `create`, `list`, `get`, `update` or `delete`";
        check_form(level, |text| ACCESS_LEVELS.contains(&text), form, sink);
    }
    let resources = reader.filled("resources", sink);
    let resources =
        resources.unwrap_or_default().iter().filter_map(|json| ram_resource(json, sink)).collect();
    reader.finish(sink);
    Some(Ram { action: action?.value, access_level: access_level?.value, resources })
}

fn ram_resource(json: &Json, sink: &mut Sink) -> Option<RamResource> {
    let mut reader = Reader::open(json, "RAM resource", sink)?;
    let kind = reader.required_text("type", sink);
    reader.required("required", sink);
    let required = reader.boolean("required", sink);
    let arn = reader.required_text("arn", sink);
    reader.finish(sink);
    Some(RamResource { kind: kind?.value, required: required?.value, arn: arn?.value })
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
fn media_type(
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

fn responses(json: &Json, sink: &mut Sink) -> Option<(ResponseItem, Vec<ErrorItem>)> {
    let mut success = None;
    let mut errors = Vec::new();
    let crate::json::Kind::Object(members) = &json.kind else {
        return expected(json, "an object", sink);
    };
    for member in members {
        let mut reader = Reader::open(&member.value, "response", sink)?;
        reader.text("description", sink);
        if member.key == "200" {
            success = reader
                .required("content", sink)
                .and_then(|content| media_type(content, "application/json", sink));
        } else if is_error_status(&member.key) {
            for error in error_codes(&mut reader, sink) {
                errors.extend(error_item(&member.key, error, sink));
            }
        } else {
            let message = format!("`{}` is not a status that a response can have here", member.key);
            let help = "write `200` for success, `4xx` and `5xx` numbers for errors";
            sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
        }
        reader.finish(sink);
    }
    if !members.iter().any(|member| member.key == "200") {
        sink.error(Code::MissingKey, json.origin, "the responses have no `200`");
    }
    success.map(|(schema, example)| (ResponseItem { schema, example }, errors))
}

/// The documented error codes of a status, when there are any.
fn error_codes<'j>(reader: &mut Reader<'j>, sink: &mut Sink) -> &'j [Json] {
    match reader.value("x-error-codes") {
        Some(_) => reader.filled("x-error-codes", sink).unwrap_or_default(),
        None => &[],
    }
}

fn is_error_status(key: &str) -> bool {
    key.len() == 3
        && key.bytes().all(|byte| byte.is_ascii_digit())
        && key.parse::<u16>().is_ok_and(|status| (400..600).contains(&status))
}

fn error_item(status: &str, json: &Json, sink: &mut Sink) -> Option<ErrorItem> {
    let mut reader = Reader::open(json, "error code", sink)?;
    let code = reader.required_text("code", sink);
    let message = reader.required_string("message", sink);
    reader.finish(sink);
    Some(ErrorItem { status: status.to_owned(), code: code?.value, message: message?.value })
}
