//! `properties` → members, and the one place where the types of schemas are mapped.

use serde_json::Value;

use super::references::Resolved;
use super::{limits, usual};
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::dialect::{self, Group, Holder, Place, Sort};
use crate::english::{code, nearest};
use crate::facts::KnownName;
use crate::json::Json;
use crate::model::{Type, TypeId};
use crate::moment::TimeFormat;
use crate::read::schema::{Property, Schema};
use crate::source::{Origin, Spanned};
use crate::travel::Media;

/// The members of an object schema, in its order.
pub(super) fn bind(
    resolved: &Resolved,
    schema: &Schema,
    holder: Holder,
    sink: &mut Sink,
) -> Vec<Member> {
    for required in &schema.required {
        let names = schema.properties.iter().map(|property| property.name.value.as_str());
        if !names.clone().any(|name| name == required.value) {
            let message = format!("`{}` is not one of the properties", required.value);
            let nearest = nearest(&required.value, names);
            sink.error_with_nearest(Code::UnknownParameter, required.origin, message, nearest);
        }
    }
    schema
        .properties
        .iter()
        .filter_map(|property| {
            let required = schema.required.iter().any(|name| name.value == property.name.value);
            bind_one(resolved, property, required, holder, sink)
        })
        .collect()
}

fn bind_one(
    resolved: &Resolved,
    property: &Property,
    required: bool,
    holder: Holder,
    sink: &mut Sink,
) -> Option<Member> {
    bind_as(resolved, property, required, (holder, Stands::Member), sink)
}

/// The member that a whole body is; `media` says what it is written as, and whether it is required.
pub(super) fn bind_body(
    resolved: &Resolved,
    property: &Property,
    media: (Media, bool),
    holder: Holder,
    sink: &mut Sink,
) -> Option<Member> {
    let stands = match media.0 {
        Media::Json | Media::Text => Stands::Member,
        Media::Bytes => Stands::Bytes,
    };
    bind_as(resolved, property, media.1, (holder, stands), sink)
}

fn bind_as(
    resolved: &Resolved,
    property: &Property,
    required: bool,
    (holder, stands): (Holder, Stands),
    sink: &mut Sink,
) -> Option<Member> {
    let schema = &property.schema;
    if schema.whole.is_some_and(|whole| sink.has_gap_in(whole)) {
        // What is left of it would be judged wrongly; its problem has been reported.
        return None;
    }
    let type_ = type_of(resolved, &property.name, schema, (holder, stands), sink)?;
    Some(Member {
        name: property.name.clone(),
        rust_name: schema.rust_name.as_deref().cloned(),
        label: None,
        limits: limits::bind(resolved, schema, &type_, sink),
        known_names: known_names(schema),
        time_format: time_format(schema, &type_),
        type_,
        required: required && holder != Holder::Response,
        description: schema.description.as_ref().map(|text| text.value.clone()),
        examples: schema.examples.iter().map(shown).collect(),
        default: schema.default.as_deref().map(shown),
        travel: None,
        is_deprecated: is_deprecated(schema, sink),
        elsewhere: schema.note.as_ref().map(|_| schema.elsewhere.clone().unwrap_or_default()),
    })
}

/// What a text is, when it is a date or a time.
fn time_format(schema: &Schema, type_: &Type) -> Option<TimeFormat> {
    let format = schema.format.as_ref().filter(|_| *type_ == Type::String)?;
    TimeFormat::of(&format.value)
}

fn is_deprecated(schema: &Schema, sink: &mut Sink) -> bool {
    let Some(mark) = &schema.deprecated else { return false };
    if !mark.value {
        let message = "only `true` says something here";
        sink.error_with_help(Code::InvalidValue, mark.origin, message, "leave the key out");
    }
    mark.value
}

fn shown(json: &Json) -> Spanned<Value> {
    Spanned { value: json.to_value(), origin: json.origin }
}

/// Where a schema stands in its property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// It is the property's own.
    Member,
    /// It is that of a body that is no JSON and no text.
    Bytes,
    /// Inside a list.
    Inside,
    /// What a JSON text holds, or inside of that.
    Content,
    /// In a map, or inside what is in one.
    Entry,
}

impl Stands {
    /// Where what is inside stands.
    fn inside(self) -> Self {
        match self {
            Self::Member | Self::Bytes | Self::Inside => Self::Inside,
            Self::Content => Self::Content,
            Self::Entry => Self::Entry,
        }
    }
}

fn type_of(
    resolved: &Resolved,
    name: &Spanned<String>,
    schema: &Schema,
    (holder, stands): (Holder, Stands),
    sink: &mut Sink,
) -> Option<Type> {
    let what = match holder {
        _ if stands == Stands::Entry => "a value of a map",
        _ if stands == Stands::Content => "what JSON text holds",
        Holder::Request => "a request property of this type",
        Holder::Response => "a response property of this type",
        Holder::Shared => "a property of this type",
    };
    let check = |sort: Sort, sink: &mut Sink| {
        let place = match stands {
            Stands::Member | Stands::Bytes => Place::Property { holder, sort, is_inside: false },
            Stands::Inside => Place::Property { holder, sort, is_inside: true },
            Stands::Content => Place::Content(sort),
            Stands::Entry => Place::Entry { holder, sort },
        };
        schema.check_keywords(place, what, sink);
    };
    if stands == Stands::Bytes {
        return bytes(schema, sink).then(|| {
            check(Sort::Bytes, sink);
            Type::Bytes
        });
    }
    if let Some(reference) = &schema.reference {
        check(Sort::Referred, sink);
        if reference.value.starts_with('#') {
            let message = "the type of a property cannot be a part of a file";
            let help = "move the schema into `schemas/<Name>.json`";
            sink.error_with_help(Code::InvalidRef, reference.origin, message, help);
        }
        return resolved.type_(reference).map(|schema| Type::Named(TypeId(schema.0)));
    }
    let Some(type_) = &schema.type_ else {
        if says_nothing_of_type(schema, stands) {
            check(Sort::Any, sink);
            return Some(Type::Any);
        }
        report_untyped(name, schema, sink);
        return None;
    };
    let format = schema.format.as_ref();
    let mut plain = |sort: Sort, type_: Type| {
        check(sort, sink);
        Some(type_)
    };
    match (type_.value.as_str(), format.map(|format| format.value.as_str())) {
        ("string", None) if schema.content_media_type.is_some() => {
            check(Sort::Json, sink);
            json_text(resolved, name, schema, sink)
        }
        ("string", None) => plain(Sort::Text, Type::String),
        ("string", Some("password")) => plain(Sort::Secret, Type::Secret),
        ("string", Some(format))
            if stands == Stands::Member && TimeFormat::of(format).is_some() =>
        {
            plain(Sort::Text, Type::String)
        }
        ("boolean", None) => plain(Sort::Boolean, Type::Boolean),
        ("integer", Some("int32")) => plain(Sort::Number, Type::Int32),
        ("integer", Some("int64")) => plain(Sort::Number, Type::Int64),
        ("number", None | Some("double")) => plain(Sort::Number, Type::Double),
        ("number", Some("float")) => plain(Sort::Number, Type::Float),
        ("array", None) => {
            check(Sort::List, sink);
            list(resolved, name, schema, (holder, stands), sink)
        }
        ("object", None) if schema.keyword("additionalProperties").is_some() => {
            check(Sort::Map, sink);
            let entries = schema.entries.as_ref()?;
            let type_ = type_of(resolved, name, entries, (holder, Stands::Entry), sink)?;
            report_others(resolved, schema, &type_, sink);
            Some(Type::Map(Box::new(type_)))
        }
        ("object", None) if schema.keyword("properties").is_none() => plain(Sort::Any, Type::Any),
        (_, _) => {
            report_unknown_type(type_, format, holder != Holder::Response, sink);
            None
        }
    }
}

/// Whether a schema leaves open what bytes are; reports one that does not.
fn bytes(schema: &Schema, sink: &mut Sink) -> bool {
    let typing = ["type", "format", "contentMediaType", "$ref"];
    let Some(origin) = typing.iter().find_map(|keyword| schema.keyword(keyword)) else {
        return true;
    };
    let message = "bytes have no type, as OpenAPI writes them since 3.1";
    let help = "leave all but `description` out: `\"schema\": {}`";
    sink.error_with_help(Code::UnknownType, origin, message, help);
    false
}

/// Reports members of a map that are of another type than the rest, or that say more of their values.
fn report_others(resolved: &Resolved, schema: &Schema, entry: &Type, sink: &mut Sink) {
    for property in &schema.properties {
        // What is asked of all values stands in `additionalProperties`.
        let stands = (Holder::Response, Stands::Entry);
        let Some(type_) = type_of(resolved, &property.name, &property.schema, stands, sink) else {
            continue;
        };
        if type_ != *entry {
            let message = format!(
                "{} is of another type than the map's other values",
                code(&property.name.value)
            );
            let help = "a map has values of one type: where all names are known, write an object in \
                        `schemas/` without `additionalProperties`; otherwise a map of any values, `{}`, \
                        without `properties`";
            sink.error_with_help(Code::UnknownType, property.name.origin, message, help);
        }
    }
}

/// The names that a map is known to have, with what is said of each, those of maps inside included.
fn known_names(schema: &Schema) -> Vec<KnownName> {
    let mut known = Vec::new();
    if schema.entries.is_some() {
        known.extend(schema.properties.iter().map(|property| KnownName {
            name: property.name.value.clone(),
            description: property.schema.description.as_ref().map(|text| text.value.clone()),
        }));
    }
    let inner = [&schema.items, &schema.entries, &schema.content_schema];
    known.extend(inner.into_iter().flatten().flat_map(|inner| known_names(inner)));
    known
}

/// Whether a schema without a type leaves it open on purpose: it has words at most. `true` and `{}` are
/// the same, but only in a map the former is usual.
fn says_nothing_of_type(schema: &Schema, stands: Stands) -> bool {
    let is_open = |(keyword, _): &(&str, Origin)| {
        matches!(
            dialect::group(keyword),
            Some(
                Group::Words
                    | Group::Examples
                    | Group::Deprecation
                    | Group::Effect
                    | Group::Definitions
                    | Group::Name
            )
        )
    };
    match schema.boolean {
        Some(holds) => holds && stands == Stands::Entry,
        None => schema.types.is_empty() && schema.keywords.iter().all(is_open),
    }
}

fn list(
    resolved: &Resolved,
    name: &Spanned<String>,
    schema: &Schema,
    (holder, stands): (Holder, Stands),
    sink: &mut Sink,
) -> Option<Type> {
    let Some(items) = &schema.items else {
        let origin = schema.keyword("type").unwrap_or(name.origin);
        sink.error_with_help(
            Code::MissingKey,
            origin,
            format!("the list `{}` does not say what it holds", name.value),
            "add `items`",
        );
        return None;
    };
    let item = type_of(resolved, name, items, (holder, stands.inside()), sink)?;
    Some(Type::List(Box::new(item)))
}

fn json_text(
    resolved: &Resolved,
    name: &Spanned<String>,
    schema: &Schema,
    sink: &mut Sink,
) -> Option<Type> {
    let media_type = schema.content_media_type.as_ref()?;
    if media_type.value != "application/json" {
        let message = format!("text that holds `{}` has no code here", media_type.value);
        let name = media_type.value.split(';').next().unwrap_or_default().trim();
        let help = match nearest(name, ["application/json", "text/json"]) {
            Some(_) => "write `application/json`",
            None => {
                "leave `contentMediaType` and `contentSchema` out, and say in the `description` what \
                 the text holds"
            }
        };
        sink.error_with_help(Code::UnknownType, media_type.origin, message, help);
    }
    let Some(content) = &schema.content_schema else {
        sink.error_with_help(
            Code::MissingKey,
            media_type.origin,
            format!("`{}` does not say what its JSON text holds", name.value),
            "add `contentSchema`",
        );
        return None;
    };
    let inner = type_of(resolved, name, content, (Holder::Shared, Stands::Content), sink)?;
    Some(Type::JsonText(Box::new(inner)))
}

fn report_untyped(name: &Spanned<String>, schema: &Schema, sink: &mut Sink) {
    if let Some(origin) = schema.keyword("type") {
        let message = format!("`{}` can have one type only", name.value);
        usual::report_types(&schema.types, origin, message, sink);
        return;
    }
    let message = format!("`{}` has no `type`", name.value);
    if !schema.enumeration.is_empty() || !schema.explained().is_empty() {
        let help = format!(
            "move its values into `schemas/{}.json` and refer to it with `$ref`",
            name.value
        );
        sink.error_with_help(Code::MissingKey, name.origin, message, help);
    } else {
        let help = "write `type`, or `$ref` to a schema file";
        sink.error_with_help(Code::MissingKey, name.origin, message, help);
    }
}

/// `is_limited` says whether bounds can stand where the type does.
fn report_unknown_type(
    type_: &Spanned<String>,
    format: Option<&Spanned<String>>,
    is_limited: bool,
    sink: &mut Sink,
) {
    match (type_.value.as_str(), format) {
        ("object", _) => {
            let message = "an object cannot stand inside another schema";
            let help = "move it into `schemas/<Name>.json` and refer to it with `$ref`";
            sink.error_with_help(Code::UnknownType, type_.origin, message, help);
        }
        (known @ ("string" | "integer" | "number" | "boolean" | "array"), Some(format)) => {
            usual::report_format(known, format, is_limited, sink);
        }
        ("integer", None) => usual::report_missing_format(type_, sink),
        (_, format) => usual::report_type(type_, format.is_some(), sink),
    }
}
