//! Text → JSON with positions. Knows no OpenAPI.

use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::diagnostic::{Code, Sink};
use crate::source::{FileId, Origin};

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

/// Parses a file; reports what is not JSON and every key that stands twice in one object.
pub(crate) fn parse(file: FileId, text: &str, sink: &mut Sink) -> Option<Json> {
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(result) => match result.value {
            Some(_) if report_lenience(file, text, sink) => None,
            Some(value) => Some(convert(file, value, sink)),
            None => {
                sink.error(Code::Syntax, Origin::new(file, 0, text.len()), "the file is empty");
                None
            }
        },
        Err(error) => {
            let range = error.range();
            let origin = Origin::new(file, range.start, range.end);
            sink.error(Code::Syntax, origin, format!("not JSON: {}", error.kind()));
            None
        }
    }
}

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
    sink.error(Code::Syntax, origin, format!("not JSON: {what}"));
    true
}

fn convert(file: FileId, value: ast::Value<'_>, sink: &mut Sink) -> Json {
    let range = value.range();
    let origin = Origin::new(file, range.start, range.end);
    let kind = match value {
        ast::Value::NullKeyword(_) => Kind::Null,
        ast::Value::BooleanLit(literal) => Kind::Boolean(literal.value),
        ast::Value::NumberLit(literal) => Kind::Number(literal.value.to_owned()),
        ast::Value::StringLit(literal) => Kind::String(literal.value.into_owned()),
        ast::Value::Array(array) => Kind::Array(
            array.elements.into_iter().map(|element| convert(file, element, sink)).collect(),
        ),
        ast::Value::Object(object) => Kind::Object(members(file, object, sink)),
    };
    Json { origin, kind }
}

fn members(file: FileId, object: ast::Object<'_>, sink: &mut Sink) -> Vec<Member> {
    let mut seen = std::collections::BTreeSet::new();
    object
        .properties
        .into_iter()
        .filter_map(|property| {
            let range = property.name.range();
            let key_origin = Origin::new(file, range.start, range.end);
            let key = property.name.into_string();
            let value = convert(file, property.value, sink);
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

/// The JSON pointer of the innermost value or key that covers `range`; empty for the whole text and
/// for text that is not JSON.
pub(crate) fn pointer_at(text: &str, range: Range<usize>) -> String {
    let Ok(result) = parse_to_ast(text, &CollectOptions::default(), &STRICT) else {
        return String::new();
    };
    let mut pointer = String::new();
    let mut next = result.value.as_ref();
    while let Some(value) = next {
        let covers = |found: jsonc_parser::common::Range| {
            found.start <= range.start && range.end <= found.end
        };
        next = None;
        match value {
            ast::Value::Object(object) => {
                if let Some(property) =
                    object.properties.iter().find(|property| covers(property.range()))
                {
                    let key = property.name.as_str().replace('~', "~0").replace('/', "~1");
                    pointer.push('/');
                    pointer.push_str(&key);
                    next = Some(&property.value).filter(|value| covers(value.range()));
                }
            }
            ast::Value::Array(array) => {
                if let Some((index, element)) =
                    array.elements.iter().enumerate().find(|(_, element)| covers(element.range()))
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

    /// The value without its positions.
    pub(crate) fn to_value(&self) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Boolean(boolean) => (*boolean).into(),
            Kind::Number(digits) => digits
                .parse::<serde_json::Number>()
                .map_or(serde_json::Value::Null, serde_json::Value::Number),
            Kind::String(text) => text.clone().into(),
            Kind::Array(items) => items.iter().map(Self::to_value).collect(),
            Kind::Object(members) => {
                members.iter().map(|member| (member.key.clone(), member.value.to_value())).collect()
            }
        }
    }
}
