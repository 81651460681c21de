//! Schema files → enums and shared objects.

use super::references::Resolved;
use super::{members, usual};
use crate::bound::{EnumItem, Shape, TypeItem};
use crate::diagnostic::{Code, Sink};
use crate::dialect::{Holder, Place};
use crate::json::{Json, Kind};
use crate::model::{Role, Usage};
use crate::read::NamedSchema;
use crate::read::schema::Schema;
use crate::source::Spanned;

/// Maps a schema file; what it cannot be is reported.
pub(super) fn bind(resolved: &Resolved, named: &NamedSchema, sink: &mut Sink) -> TypeItem {
    let schema = &named.schema;
    let is_object = schema.type_.as_ref().is_some_and(|type_| type_.value == "object");
    let shape = if let (true, Some(origin)) = (is_object, schema.keyword("additionalProperties")) {
        let message = "a schema file is an object, an enum of strings or a scalar";
        let help = "a map has no file: write `type`, `additionalProperties` and what is in `properties` where \
                    something refers to it";
        sink.error_with_help(Code::UnknownType, origin, message, help);
        Shape::Object(Vec::new())
    } else if is_object {
        schema.check_keywords(Place::SharedObject, "a shared object", sink);
        Shape::Object(members::bind(resolved, schema, Holder::Shared, sink))
    } else if let Some(first) = schema.types.first() {
        let message = "a schema file can have one type only";
        usual::report_types(&schema.types, first.origin, message, sink);
        Shape::Object(Vec::new())
    } else if schema.type_.is_none() && schema.keyword("type").is_some() {
        // Its type could not be read, which has been reported.
        Shape::Object(Vec::new())
    } else {
        // Of what is no enum, that alone is said.
        if schema.type_.as_ref().is_none_or(|type_| type_.value == "string") {
            let place = if schema.is_open_enum() { Place::OpenEnum } else { Place::Enum };
            schema.check_keywords(place, "an enum", sink);
        }
        Shape::Enum(values(named, sink))
    };
    TypeItem {
        name: named.name.clone(),
        rust_name: schema.rust_name.as_deref().cloned(),
        path: format!("schemas/{}.json", named.name.value),
        role: Role::Shared,
        title: schema.title.as_ref().map(|text| text.value.clone()),
        description: schema.description.as_ref().map(|text| text.value.clone()),
        shape,
        is_open: schema.is_open_enum(),
        usage: Usage::default(),
        files: resolved.files_of_schema(named),
        requirements: None,
    }
}

fn values(named: &NamedSchema, sink: &mut Sink) -> Vec<EnumItem> {
    let schema = &named.schema;
    let is_string = schema.type_.as_ref().is_some_and(|type_| type_.value == "string");
    if let (true, Some(origin)) = (schema.keyword("oneOf").is_some(), schema.keyword("enum")) {
        let message = "an enum has its values either in `oneOf` or in `enum`";
        let explained = || schema.explained().iter().filter_map(constant).map(Json::to_value);
        let is_listed = |value| schema.enumeration.iter().any(|json| json.to_value() == value);
        let help = if explained().all(is_listed) {
            "leave `enum` out; `oneOf` has a meaning for each value"
        } else {
            "keep in `oneOf` what `enum` lists, too: only that has both; then leave `enum` out"
        };
        sink.error_with_help(Code::InvalidValue, origin, message, help);
        return Vec::new();
    }
    if !is_string || (schema.enumeration.is_empty() && schema.explained().is_empty()) {
        report_no_type(named, sink);
        return Vec::new();
    }
    let mut values: Vec<EnumItem> = Vec::new();
    let plain = schema.enumeration.iter().map(|json| (Ok(json), None, None, false));
    let explained = schema.explained().iter().map(|value| {
        value.check_keywords(Place::EnumValue, "an enum value", sink);
        (
            constant(value).ok_or(value.origin),
            value.rust_name.as_deref().cloned(),
            value.description.as_ref().map(|text| text.value.clone()),
            value.note.is_some(),
        )
    });
    let found: Vec<_> = plain.chain(explained).collect();
    for (json, rust_name, meaning, is_noted) in found {
        match json {
            Ok(Json { kind: Kind::String(text), origin }) => {
                if !schema.explained().is_empty()
                    && values.iter().any(|value| value.wire.value == *text)
                {
                    let message = format!("the value `{text}` stands twice in this enum");
                    sink.error(Code::InvalidValue, *origin, message);
                    continue;
                }
                let wire = Spanned { value: text.clone(), origin: *origin };
                values.push(EnumItem { wire, rust_name, meaning, is_noted });
            }
            Ok(other) => {
                let message = format!("an enum value is a string, not {}", other.kind_name());
                let help = match other.kind {
                    Kind::Null => "leave it out: what is `null` is taken for absent",
                    _ => "write it as a string, or leave it out: no string is equal to it",
                };
                sink.error_with_help(Code::InvalidValue, other.origin, message, help);
            }
            Err(origin) => {
                let message = "a value of this enum has no `const`";
                let help = "write `{ \"const\": \"…\", \"description\": \"…\" }`";
                let origin = origin.unwrap_or(named.name.origin);
                sink.error_with_help(Code::MissingKey, origin, message, help);
            }
        }
    }
    values
}

/// Reports a file that is none of what files can be.
fn report_no_type(named: &NamedSchema, sink: &mut Sink) {
    let schema = &named.schema;
    let message = "a schema file is an object, an enum of strings or a scalar";
    let Some(type_) = &schema.type_ else {
        let help = if schema.properties.is_empty() {
            "add `\"type\": \"string\"`, or the type that it is of"
        } else {
            "add `\"type\": \"object\"`"
        };
        sink.error_with_help(Code::UnknownType, named.name.origin, message, help);
        return;
    };
    let help = match type_.value.as_str() {
        "integer" | "number" | "boolean" => {
            "an enum of these has no file: write `type`, `format` and `enum` where a request refers to \
             it, and in a response `type` and `format`, with the values in the `description`"
        }
        "array" => "a list has no file: write `type` and `items` where something refers to it",
        "string" => "an enum has values: write `enum`, or `oneOf` with a `const` for each",
        _ => {
            usual::report_type(type_, schema.format.is_some(), sink);
            return;
        }
    };
    sink.error_with_help(Code::UnknownType, type_.origin, message, help);
}

fn constant(schema: &Schema) -> Option<&Json> {
    schema.constant.as_deref()
}
