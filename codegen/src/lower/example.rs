//! Examples against their own schemas.

use rayon::prelude::*;
use serde_json::Value;

use crate::diagnostic::{Code, Sink};
use crate::json::{self, Json, Kind};
use crate::read::schema::Schema;
use crate::model::limit::Check;
use crate::model::{Api, Field, Type, TypeId};
use crate::resolve::Resolved;
use crate::source::Origin;

/// Reports every example that its schema refuses.
pub(super) fn check(resolved: &Resolved, api: &Api, sink: &mut Sink) {
    sink.each(resolved.types().par_iter().enumerate(), |(index, named), sink| {
        check_struct(api, TypeId(index), &named.schema, sink);
    });
    sink.each(
        resolved.operations.par_iter().zip(&api.operations),
        |((_, item), operation), sink| {
            check_struct(api, operation.request, &item.request, sink);
            check_struct(api, operation.response, &item.response.schema, sink);
            if let Some(example) = &item.response.example {
                check_response(api, operation.response, example, sink);
            }
        },
    );
}

fn check_struct(api: &Api, id: TypeId, schema: &Schema, sink: &mut Sink) {
    let side = if api.type_(id).usage.in_responses { Side::Received } else { Side::Sent };
    for field in api.fields(id) {
        let property =
            schema.properties.iter().find(|property| property.name.value == field.wire.value);
        for (what, shown) in property.into_iter().flat_map(|property| shown(&property.schema)) {
            if let Err(reason) = matches(api, field, &shown.to_value(), side) {
                report(shown.origin, what, field, &reason, sink);
            }
        }
    }
}

/// The values that a schema shows, with what they are.
pub(crate) fn shown(schema: &Schema) -> impl Iterator<Item = (&'static str, &Json)> {
    let examples = schema.examples.iter().map(|example| ("example", example));
    examples.chain(schema.default.as_deref().map(|default| ("default", default)))
}

/// An example response has to show known members only, each of its own type.
fn check_response(api: &Api, id: TypeId, example: &Json, sink: &mut Sink) {
    let Kind::Object(members) = &example.kind else {
        sink.error(Code::InvalidExample, example.origin, "the example is not an object");
        return;
    };
    for member in members {
        match api.fields(id).iter().find(|field| field.wire.value == member.key) {
            None => {
                let message = format!("the response has no member `{}`", member.key);
                sink.error(Code::InvalidExample, member.key_origin, message);
            }
            Some(field) => {
                let value = member.value.to_value();
                if let Err(reason) = matches(api, field, &value, Side::Received) {
                    report(member.value.origin, "example", field, &reason, sink);
                }
            }
        }
    }
}

pub(crate) fn report(origin: Origin, what: &str, field: &Field, reason: &str, sink: &mut Sink) {
    let name = &field.wire.value;
    let message = format!("the {what} of `{name}` does not satisfy its schema: {reason}");
    sink.error(Code::InvalidExample, origin, message);
}

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Sent,
    Received,
}

/// Checks the type and the limits of a value that is sent, those inside it included; the error says
/// what is wrong.
pub(crate) fn matches_field(api: &Api, field: &Field, value: &Value) -> Result<(), String> {
    matches(api, field, value, Side::Sent)
}

fn matches(api: &Api, field: &Field, value: &Value, side: Side) -> Result<(), String> {
    let scalars = matches_type(api, &field.type_, value, side)?;
    for scalar in scalars {
        if let Some(limit) = field.limits.iter().find(|limit| !holds(&limit.check, &scalar, side)) {
            return Err(limit.sentence.clone());
        }
    }
    Ok(())
}

/// Values of enums are received in letters of either case.
fn holds(check: &Check, scalar: &Value, side: Side) -> bool {
    match (check, scalar.as_str()) {
        (Check::Documented(values), Some(text)) if side == Side::Received => {
            values.iter().any(|value| value.eq_ignore_ascii_case(text))
        }
        _ => check.holds(scalar),
    }
}

/// Checks the type and returns the scalars to which the field's limits apply.
fn matches_type(api: &Api, type_: &Type, value: &Value, side: Side) -> Result<Vec<Value>, String> {
    let (fits, expected) = match type_ {
        Type::String | Type::Secret => (value.is_string(), "a string"),
        Type::Boolean => (value.is_boolean(), "a boolean"),
        Type::Int32 => (value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()), "an int32"),
        Type::Int64 => (value.as_i64().is_some(), "an int64"),
        Type::Double => (value.is_number(), "a number"),
        Type::Named(id) if api.is_enum(*id) => (value.is_string(), "a string"),
        Type::Named(id) => return matches_object(api, *id, value, side).map(|()| Vec::new()),
        Type::List(item) => {
            let items = value.as_array().ok_or("it is not an array")?;
            let scalars: Result<Vec<_>, _> =
                items.iter().map(|value| matches_type(api, item, value, side)).collect();
            return scalars.map(|scalars| scalars.concat());
        }
        Type::JsonText(inner) => {
            let text = value.as_str().ok_or("it is not a string")?;
            let value = json::value_of_text(text)
                .map_err(|error| format!("its text is not JSON: {error}"))?;
            return matches_type(api, inner, &value, side);
        }
    };
    if fits { Ok(vec![value.clone()]) } else { Err(format!("it is not {expected}")) }
}

fn matches_object(api: &Api, id: TypeId, value: &Value, side: Side) -> Result<(), String> {
    let members = value.as_object().ok_or("it is not an object")?;
    for (key, value) in members {
        let field = api.fields(id).iter().find(|field| field.wire.value == *key);
        let field = field.ok_or_else(|| format!("it has an unknown member `{key}`"))?;
        matches(api, field, value, side)?;
    }
    for field in api.fields(id).iter().filter(|field| field.required) {
        if !members.contains_key(&field.wire.value) {
            return Err(format!("it has no `{}`", field.wire.value));
        }
    }
    Ok(())
}
