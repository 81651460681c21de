//! JSON → [`RequestItem`]: what an operation sends, by the places where it stands.

use crate::diagnostic::{Code, Sink};
use crate::idl::tree::Dependency;
use crate::json::{Json, Member};
use crate::read::reader::{Reader, array};
use crate::read::schema::{Property, Schema, schema};
use crate::source::{Origin, Spanned};
use crate::travel::{Encoding, FORM, Media, Place};

/// What an operation sends.
#[derive(Debug, Default)]
pub(crate) struct RequestItem {
    /// In the order of the text: the parameters, then the body.
    pub(crate) parts: Vec<Part>,
    /// The parameter that is the path, as it stands.
    pub(crate) whole_path: Option<Spanned<String>>,
    /// What is asked of all of them together.
    pub(crate) requirements: Option<Schema>,
    /// The same, as dependencies; the list stands here even where a text in it is none.
    pub(crate) dependencies: Option<Spanned<Vec<Dependency>>>,
}

/// What stands in one place of a request.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) place: Place,
    /// What the text calls the place.
    pub(crate) origin: Origin,
    /// An object whose members are the parameters; what the body is when it is one value.
    pub(crate) schema: Schema,
    /// Whether it is always there; of objects each member says so.
    pub(crate) required: bool,
    pub(crate) encodings: Vec<(Spanned<String>, Encoding)>,
}

impl RequestItem {
    /// The schemas of all parts, and what is asked of them.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.parts.iter().map(|part| &part.schema).chain(&self.requirements)
    }

    /// The one schema that says something of the whole request.
    pub(crate) fn root(&self) -> Option<&Schema> {
        match (&self.requirements, self.parts.as_slice()) {
            (Some(requirements), _) => Some(requirements),
            (None, [part]) if part.place == Place::Query => Some(&part.schema),
            (None, _) => None,
        }
    }

    /// Whether rules call parameters by their names in Rust, where they have some. Rules in the very
    /// schema that has the names on the wire know these alone.
    pub(crate) fn is_named_apart(&self) -> bool {
        match (&self.requirements, self.parts.as_slice()) {
            (None, [part]) => part.place != Place::Query,
            (Some(_), _) | (None, _) => true,
        }
    }
}

/// Advice for what has to stand in the query.
const QUERYSTRING: &str =
    "write one parameter with `\"in\": \"querystring\"` whose schema holds all members";

/// Reads the parameters of an operation.
pub(super) fn parameters(json: &Json, sink: &mut Sink) -> Vec<Part> {
    let items = array(json, sink).unwrap_or_default();
    let mut parts: Vec<Part> = Vec::new();
    for item in items {
        let Some(part) = parameter(item, sink) else { continue };
        if part.place == Place::Query && parts.iter().any(|other| other.place == Place::Query) {
            let message = "an operation has one parameter for the whole query";
            sink.error_with_help(Code::InvalidValue, part.origin, message, QUERYSTRING);
            continue;
        }
        parts.push(part);
    }
    parts
}

fn parameter(json: &Json, sink: &mut Sink) -> Option<Part> {
    let mut reader = Reader::open(json, "parameter", sink)?;
    let name = reader.required_string("name", sink);
    let place = reader.required_string("in", sink);
    match place.as_ref().map(|place| place.value.as_str()) {
        Some("path") => lone(reader, name?, Place::Path, json.opening(), sink),
        Some("header") => lone(reader, name?, Place::Header, json.opening(), sink),
        Some("querystring") | None => query(reader, json.opening(), sink),
        Some(other) => {
            let message = format!("a request cannot stand in `{other}`");
            let help = match other {
                "query" => QUERYSTRING,
                "body" => "write the `requestBody` of the operation",
                "formData" => {
                    "write them in the schema of `application/x-www-form-urlencoded` of a \
                     `requestBody`"
                }
                _ => "write `querystring`, `path` or `header`",
            };
            sink.error_with_help(Code::InvalidValue, place?.origin, message, help);
            None
        }
    }
}

/// All parameters of the query: an object.
fn query(mut reader: Reader<'_>, origin: Origin, sink: &mut Sink) -> Option<Part> {
    reader.string("description", sink);
    reader.required("required", sink);
    if let Some(required) = reader.boolean("required", sink)
        && !required.value
    {
        let message = "a request is always `required`: write `true`";
        sink.error(Code::InvalidValue, required.origin, message);
    }
    let content = reader.required("content", sink);
    reader.finish(sink);
    let mut content = Reader::open(content?, "content map", sink)?;
    let json = content.required(FORM, sink);
    content.finish(sink);
    let content = media_type(json?, true, sink)?;
    Some(content.into_part(Place::Query, true, origin))
}

/// A parameter of the path or of a header, as an object that has it as its one member.
fn lone(
    mut reader: Reader<'_>,
    name: Spanned<String>,
    place: Place,
    origin: Origin,
    sink: &mut Sink,
) -> Option<Part> {
    let description = reader.text("description", sink);
    let required = reader.boolean("required", sink);
    if place == Place::Path && !required.as_ref().is_some_and(|required| required.value) {
        let message = "a parameter of the path is always there";
        let help = "write `\"required\": true`";
        sink.error_with_help(Code::InvalidValue, origin, message, help);
    }
    let json = reader.required("schema", sink);
    reader.finish(sink);
    let mut own = schema(json?, sink)?;
    if own.description.is_none() {
        own.description = description;
    }
    let is_required = required.is_some_and(|required| required.value);
    let schema = Schema {
        origin: Some(origin),
        required: is_required.then(|| name.clone()).into_iter().collect(),
        properties: vec![Property { name, schema: own }],
        ..Schema::default()
    };
    Some(Part { place, origin, schema, required: is_required, encodings: Vec::new() })
}

/// The media types of bodies, and what stands in them.
const BODIES: [(&str, Place); 4] = [
    (FORM, Place::Form),
    (Media::Json.type_(), Place::Member),
    (Media::Text.type_(), Place::Body(Media::Text)),
    (Media::Bytes.type_(), Place::Body(Media::Bytes)),
];

/// Reads the body of an operation.
pub(super) fn body(member: &Member, sink: &mut Sink) -> Option<Part> {
    let origin = member.key_origin;
    let mut reader = Reader::open(&member.value, "request body", sink)?;
    let description = reader.text("description", sink);
    let required = reader.boolean("required", sink).is_some_and(|required| required.value);
    let content = reader.required("content", sink);
    reader.finish(sink);
    let mut content = Reader::open(content?, "content map", sink)?;
    let mut found = Vec::new();
    for (name, place) in BODIES {
        found.extend(content.member(name).map(|member| (member, place)));
    }
    let (json, place) = match found.as_slice() {
        [(member, place)] => (&member.value, *place),
        [] => {
            let names = BODIES.map(|(name, _)| name.to_owned());
            let message = "the body has no media type that can be sent";
            let help = format!("write {}", crate::english::any_of(&names));
            sink.error_with_help(Code::MissingKey, origin, message, help);
            return None;
        }
        [_, (second, _), ..] => {
            let message = "a body has one media type";
            let help = "keep the one that the service documents";
            sink.error_with_help(Code::InvalidValue, second.key_origin, message, help);
            return None;
        }
    };
    content.finish(sink);
    let mut content = media_type(json, place == Place::Form, sink)?;
    if content.schema.description.is_none() {
        content.schema.description = description;
    }
    let place = match place {
        Place::Member if !content.is_object() => Place::Body(Media::Json),
        place => place,
    };
    Some(content.into_part(place, required, origin))
}

/// What stands in a request or in a response: a schema, an example, and how members are written.
pub(super) struct Content {
    pub(super) schema: Schema,
    pub(super) example: Option<Json>,
    encodings: Vec<(Spanned<String>, Encoding)>,
}

impl Content {
    /// Whether it is an object with members that are known.
    pub(super) fn is_object(&self) -> bool {
        self.schema.type_.as_ref().is_some_and(|type_| type_.value == "object")
            && self.schema.keyword("properties").is_some()
            && self.schema.entries.is_none()
    }

    fn into_part(self, place: Place, required: bool, origin: Origin) -> Part {
        Part { place, origin, schema: self.schema, required, encodings: self.encodings }
    }
}

/// Reads a media type; `is_form` says whether its members are written in ways that may differ.
pub(super) fn media_type(json: &Json, is_form: bool, sink: &mut Sink) -> Option<Content> {
    let mut reader = Reader::open(json, "media type", sink)?;
    let object = reader.required("schema", sink);
    let object = object.filter(|json| crate::read::reader::is_object(json, sink));
    let schema = object.and_then(|json| schema(json, sink));
    let example = reader.value("example").cloned();
    let members = if is_form { reader.map("encoding", sink) } else { None };
    let members = members.unwrap_or_default();
    let encodings = members.iter().filter_map(|member| encoding(member, sink)).collect();
    for member in reader.refused(&["examples"]) {
        let message = "`examples` is not a key of a media type";
        let help = "write `example`, with the value of one of them";
        sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
    }
    reader.finish(sink);
    Some(Content { schema: schema?, example, encodings })
}

/// How one member is written.
fn encoding(member: &Member, sink: &mut Sink) -> Option<(Spanned<String>, Encoding)> {
    let name = Spanned { value: member.key.clone(), origin: member.key_origin };
    let mut reader = Reader::open(&member.value, "encoding object", sink)?;
    let content_type = reader.string("contentType", sink);
    let style = reader.string("style", sink);
    let explode = reader.boolean("explode", sink);
    reader.finish(sink);
    let encoding = match (&content_type, &style, &explode) {
        (Some(media), None, None) if media.value == Media::Json.type_() => Encoding::Json,
        (None, Some(style), Some(explode)) if style.value == "form" && !explode.value => {
            Encoding::Comma
        }
        _ => {
            let message = format!("the encoding of `{}` has no code", name.value);
            let help = "write `{ \"contentType\": \"application/json\" }` for JSON, \
                        `{ \"style\": \"form\", \"explode\": false }` for commas, and nothing for \
                        names with indexes";
            sink.error_with_help(Code::InvalidValue, member.value.origin, message, help);
            return None;
        }
    };
    Some((name, encoding))
}
