//! Which keywords say something about which kind of value.

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
