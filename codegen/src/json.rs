//! Text → JSON with positions. Knows no OpenAPI.

pub(crate) mod size;
mod syntax;

use std::collections::BTreeSet;
use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::decimal;
use crate::diagnostic::{Code, Sink};
use crate::source::{FileId, Origin, Specs};
use size::Bounds;

/// A JSON value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Json {
    pub(crate) origin: Origin,
    pub(crate) kind: Kind,
}

/// What kind of JSON value it is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Null,
    Boolean(bool),
    /// The digits as they are written.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<Member>),
}

/// A member of an object, in the order of the text.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) key_origin: Origin,
    pub(crate) value: Json,
}

/// RFC 8259 and nothing more.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Parses a file; reports what is not JSON, what is beyond the bounds, and every key that stands twice
/// in one object.
pub(crate) fn parse(specs: &Specs, file: FileId, bounds: Bounds, sink: &mut Sink) -> Option<Json> {
    let text = specs.text(file);
    // What is too long was not read to its end, which may be inside a character.
    if size::report_text(file, text, bounds, sink) || report_bytes(specs, file, sink) {
        return None;
    }
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(result) => match result.value {
            Some(_) if report_lenience(file, text, sink) => None,
            Some(value) => Some(convert(file, value, bounds.members, sink)),
            None => {
                let help = "write a JSON object, or delete the file";
                let origin = Origin::new(file, 0, text.len());
                sink.error_with_help(Code::Syntax, origin, "the file is empty", help);
                None
            }
        },
        Err(error) => {
            syntax::report(file, text, &error, sink);
            None
        }
    }
}

/// Reports bytes that no text has: what is not UTF-8, and a byte order mark, which JSON forbids.
fn report_bytes(specs: &Specs, file: FileId, sink: &mut Sink) -> bool {
    if let Some(start) = specs.broken_at(file) {
        let origin = Origin::new(file, start, start + char::REPLACEMENT_CHARACTER.len_utf8());
        let help = "save the file as UTF-8";
        sink.error_with_help(Code::Syntax, origin, "this byte is not UTF-8", help);
        return true;
    }
    if specs.text(file).starts_with(MARK) {
        let origin = Origin::new(file, 0, MARK.len_utf8());
        let help = "save the file as UTF-8 without a byte order mark";
        sink.error_with_help(Code::Syntax, origin, "the file starts with a byte order mark", help);
        return true;
    }
    false
}

/// The byte order mark.
const MARK: char = '\u{feff}';

/// Reports what jsonc-parser takes and RFC 8259 does not, such as a line break inside a string.
fn report_lenience(file: FileId, text: &str, sink: &mut Sink) -> bool {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) else { return false };
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let mut start = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    let origin = Origin::new(file, start, start + length);
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    let message = format!("not JSON: {what}");
    let help = "in a string, write a line break as `\\n` and other control characters as `\\u00XX`";
    sink.error_with_help(Code::Syntax, origin, message, help);
    true
}

fn convert(file: FileId, value: ast::Value<'_>, most: usize, sink: &mut Sink) -> Json {
    let origin = place(file, value.range());
    let kind = match value {
        ast::Value::NullKeyword(_) => Kind::Null,
        ast::Value::BooleanLit(literal) => Kind::Boolean(literal.value),
        ast::Value::NumberLit(literal) => Kind::Number(literal.value.to_owned()),
        ast::Value::StringLit(literal) => Kind::String(literal.value.into_owned()),
        ast::Value::Array(array) => Kind::Array(elements(file, array, most, sink)),
        ast::Value::Object(object) => Kind::Object(members(file, object, most, sink)),
    };
    Json { origin, kind }
}

fn elements(file: FileId, array: ast::Array<'_>, most: usize, sink: &mut Sink) -> Vec<Json> {
    let mut elements = array.elements;
    size::cut(&mut elements, most, |element| place(file, element.range()), sink);
    elements.into_iter().map(|element| convert(file, element, most, sink)).collect()
}

fn place(file: FileId, range: jsonc_parser::common::Range) -> Origin {
    Origin::new(file, range.start, range.end)
}

fn members(file: FileId, object: ast::Object<'_>, most: usize, sink: &mut Sink) -> Vec<Member> {
    let mut properties = object.properties;
    size::cut(&mut properties, most, |property| place(file, property.name.range()), sink);
    let mut seen = BTreeSet::new();
    properties
        .into_iter()
        .filter_map(|property| {
            let key_origin = place(file, property.name.range());
            let key = property.name.into_string();
            let value = convert(file, property.value, most, sink);
            if seen.insert(key.clone()) {
                return Some(Member { key, key_origin, value });
            }
            sink.error_with_help(
                Code::DuplicateKey,
                key_origin,
                format!("`{key}` stands twice in this object"),
                "keep one of the two",
            );
            None
        })
        .collect()
}

/// The value of a JSON text that stands in a string; whole numbers are exact.
///
/// # Errors
///
/// What the parser says when it is not JSON.
pub(crate) fn value_of_text(text: &str) -> Result<serde_json::Value, String> {
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT);
    // The other parser has rounded; it alone says what is wrong.
    Ok(parsed.ok().and_then(|parsed| parsed.value).map_or(value, exact))
}

fn exact(value: ast::Value<'_>) -> serde_json::Value {
    match value {
        ast::Value::NullKeyword(_) => serde_json::Value::Null,
        ast::Value::BooleanLit(literal) => literal.value.into(),
        ast::Value::NumberLit(literal) => decimal::value(literal.value),
        ast::Value::StringLit(literal) => literal.value.into_owned().into(),
        ast::Value::Array(array) => array.elements.into_iter().map(exact).collect(),
        ast::Value::Object(object) => {
            let members = object.properties.into_iter();
            members.map(|member| (member.name.into_string(), exact(member.value))).collect()
        }
    }
}

/// A text that is asked for the JSON pointers of its parts.
pub(crate) struct Pointers<'t> {
    /// Nothing for a text that is not JSON, or more than is parsed.
    root: Option<ast::Value<'t>>,
}

impl<'t> Pointers<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let is_readable = size::is_readable(text);
        let parsed = is_readable.then(|| parse_to_ast(text, &CollectOptions::default(), &STRICT));
        Self { root: parsed.and_then(Result::ok).and_then(|parsed| parsed.value) }
    }

    /// The pointer of the innermost value or key that covers `range`; empty for the whole text and
    /// for text that is not JSON.
    pub(crate) fn at(&self, range: Range<usize>) -> String {
        let covers = |found: jsonc_parser::common::Range| {
            found.start <= range.start && range.end <= found.end
        };
        let mut pointer = String::new();
        let mut next = self.root.as_ref();
        while let Some(value) = next {
            next = None;
            match value {
                ast::Value::Object(object) => {
                    let mut properties = object.properties.iter();
                    if let Some(property) = properties.find(|property| covers(property.range())) {
                        pointer.push('/');
                        pointer.push_str(&escaped(property.name.as_str()));
                        next = Some(&property.value).filter(|value| covers(value.range()));
                    }
                }
                ast::Value::Array(array) => {
                    let mut elements = array.elements.iter().enumerate();
                    if let Some((index, element)) =
                        elements.find(|(_, element)| covers(element.range()))
                    {
                        pointer.push_str(&format!("/{index}"));
                        next = Some(element);
                    }
                }
                _ => {}
            }
        }
        pointer
    }
}

impl Json {
    /// What a message calls the value's kind.
    pub(crate) fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Boolean(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }

    /// The first character of the value, for what is wrong with all of it.
    pub(crate) fn opening(&self) -> Origin {
        Origin { end: self.origin.start + 1, ..self.origin }
    }

    /// Whether a `$ref` in it leads to a part of it.
    pub(crate) fn refers_to_itself(&self) -> bool {
        match &self.kind {
            Kind::Object(members) => members.iter().any(|member| match &member.value.kind {
                Kind::String(text) => member.key == "$ref" && text.starts_with('#'),
                _ => member.value.refers_to_itself(),
            }),
            Kind::Array(items) => items.iter().any(Self::refers_to_itself),
            Kind::Null | Kind::Boolean(_) | Kind::Number(_) | Kind::String(_) => false,
        }
    }

    /// The value that a JSON pointer (RFC 6901) leads to.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        let mut value = self;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            value = match &value.kind {
                Kind::Object(members) => &members.iter().find(|member| member.key == token)?.value,
                Kind::Array(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        (pointer.is_empty() || pointer.starts_with('/')).then_some(value)
    }

    /// The value without its positions; whole numbers are exact.
    pub(crate) fn to_value(&self) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Boolean(boolean) => (*boolean).into(),
            Kind::Number(digits) => decimal::value(digits),
            Kind::String(text) => text.clone().into(),
            Kind::Array(items) => items.iter().map(Self::to_value).collect(),
            Kind::Object(members) => {
                members.iter().map(|member| (member.key.clone(), member.value.to_value())).collect()
            }
        }
    }
}

/// A name as a part of a JSON pointer (RFC 6901).
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
