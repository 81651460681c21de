//! Which keywords say something about which kind of value, and which values they have themselves.

use crate::load::json::{Json, Kind};

/// About any value, by combining or naming.
pub(crate) const ANY: &[&str] = &[
    "$ref", "$defs", "type", "const", "enum", "if", "then", "else", "not", "allOf", "anyOf",
    "oneOf",
];

/// About text.
pub(crate) const TEXT: &[&str] = &["minLength", "maxLength", "pattern"];

/// About numbers.
pub(crate) const BOUNDS: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// About numbers, too, but rules where bounds are limits.
pub(crate) const NUMBER: &[&str] = &["multipleOf"];

/// About lists.
pub(crate) const LIST: &[&str] =
    &["items", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains"];

/// About objects.
pub(crate) const OBJECT: &[&str] = &[
    "properties",
    "required",
    "dependentRequired",
    "dependentSchemas",
    "minProperties",
    "maxProperties",
    "propertyNames",
];

/// Whether a keyword could have such a value.
pub(crate) fn takes(keyword: &str, value: &Json) -> bool {
    let (is_boolean, is_number) = match value.kind {
        Kind::Boolean(_) => (true, false),
        Kind::Number(_) => (false, true),
        Kind::Null | Kind::String(_) | Kind::Array(_) | Kind::Object(_) => (false, false),
    };
    let is_object = matches!(value.kind, Kind::Object(_));
    let is_array = matches!(value.kind, Kind::Array(_));
    let is_string = matches!(value.kind, Kind::String(_));
    match keyword {
        "const" | "default" => true,
        "type" => is_string || is_array,
        "enum" | "examples" | "required" | "allOf" | "anyOf" | "oneOf" | "x-relations" => is_array,
        "properties" | "dependentRequired" | "dependentSchemas" | "$defs" | "x-document"
        | "x-context" => is_object,
        "items" | "contains" | "propertyNames" | "if" | "then" | "else" | "not"
        | "contentSchema" | "x-effective-when" => is_object || is_boolean,
        "$ref" | "$comment" | "title" | "description" | "format" | "pattern"
        | "contentMediaType" => is_string,
        "uniqueItems" | "x-idempotency-token" => is_boolean,
        // Lengths, counts and bounds.
        _ => is_number,
    }
}
