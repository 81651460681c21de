//! Whether a value fits its member: its type and its limits. Examples have to.

use serde_json::Value;

use crate::bound::{Bound, Member, Operation};
use crate::decimal::as_float;
use crate::diagnostic::{Code, Sink};
use crate::json::{self, Json, Kind};
use crate::model::limit::Check;
use crate::model::{Api, Direction, Field, Type, TypeId};
use crate::source::{Origin, Spanned};
use crate::travel::{Answer, Media};

/// Reports every example that its own member refuses.
pub(super) fn check(bound: &Bound, api: &Api, sink: &mut Sink) {
    sink.each(bound.types.ids().collect::<Vec<_>>(), |id, sink| {
        check_struct(api, id, bound.types.members(id), sink);
    });
    sink.each(&bound.operations, |operation, sink| {
        if let Some(example) = &operation.response_example {
            check_response(api, operation, example, sink);
        }
    });
}

fn check_struct(api: &Api, id: TypeId, members: &[Member], sink: &mut Sink) {
    let usage = &api.type_(id).usage;
    let direction =
        if usage.is(Direction::Received) { Direction::Received } else { Direction::Sent };
    for (field, member) in api.fields(id).iter().zip(members) {
        for (what, shown) in shown(member) {
            if let Err(reason) = matches(api, field, &shown.value, direction) {
                report(shown.origin, what, field, &reason, sink);
            }
        }
    }
}

/// The values that a spec shows of a member, with what they are.
pub(crate) fn shown(member: &Member) -> impl Iterator<Item = (&'static str, &Spanned<Value>)> {
    let examples = member.examples.iter().map(|example| ("example", example));
    examples.chain(member.default.as_ref().map(|default| ("default", default)))
}

/// An example response has to show known members only, each of its own type, or the value that it is.
fn check_response(api: &Api, operation: &Operation, example: &Json, sink: &mut Sink) {
    match operation.answer {
        Answer::Object => check_members(api, operation.response, example, sink),
        Answer::Whole(Media::Json | Media::Text) | Answer::Nothing => {
            for field in api.fields(operation.response) {
                check_member(api, field, example, sink);
            }
        }
        Answer::Whole(Media::Bytes) => {
            let message = "an answer of bytes has no example: JSON has no bytes";
            sink.error_with_help(Code::InvalidExample, example.origin, message, "leave it out");
        }
    }
}

fn check_members(api: &Api, id: TypeId, example: &Json, sink: &mut Sink) {
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
            Some(field) => check_member(api, field, &member.value, sink),
        }
    }
}

fn check_member(api: &Api, field: &Field, example: &Json, sink: &mut Sink) {
    if let Err(reason) = matches(api, field, &example.to_value(), Direction::Received) {
        report(example.origin, "example", field, &reason, sink);
    }
}

pub(crate) fn report(origin: Origin, what: &str, field: &Field, reason: &str, sink: &mut Sink) {
    let name = field.label();
    let message = format!("the {what} of `{name}` does not satisfy its schema: {reason}");
    sink.error(Code::InvalidExample, origin, message);
}

/// Checks the type and the limits of a value that is sent, those inside it included; the error says
/// what is wrong.
pub(crate) fn matches_field(api: &Api, field: &Field, value: &Value) -> Result<(), String> {
    matches(api, field, value, Direction::Sent)
}

fn matches(api: &Api, field: &Field, value: &Value, direction: Direction) -> Result<(), String> {
    let broken = |value: &Value| {
        let mut limits = field.limits.iter();
        let broken = limits.find(|limit| !holds(&limit.check, value, direction));
        broken.map(|limit| limit.sentence.clone())
    };
    // A limit says more of a number than that its type does not hold it.
    let is_number = value.is_number() && matches!(field.type_, Type::Int32 | Type::Int64);
    let scalars = matches_type(api, &field.type_, value, direction)
        .map_err(|reason| broken(value).filter(|_| is_number).unwrap_or(reason))?;
    scalars.iter().find_map(broken).map_or(Ok(()), Err)
}

/// Values of enums are received in letters of either case.
fn holds(check: &Check, scalar: &Value, direction: Direction) -> bool {
    match (check, scalar.as_str()) {
        (Check::Documented(values), Some(text)) if direction == Direction::Received => {
            values.iter().any(|value| value.eq_ignore_ascii_case(text))
        }
        _ => check.holds(scalar),
    }
}

/// Checks the type and returns the scalars to which the field's limits apply.
fn matches_type(
    api: &Api,
    type_: &Type,
    value: &Value,
    direction: Direction,
) -> Result<Vec<Value>, String> {
    let (fits, expected) = match type_ {
        Type::String | Type::Secret => (value.is_string(), "a string"),
        Type::Boolean => (value.is_boolean(), "a boolean"),
        Type::Int32 => (value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()), "an int32"),
        Type::Int64 => (value.as_i64().is_some(), "an int64"),
        Type::Float => {
            (value.as_f64().and_then(as_float).is_some(), "a number that a `float` holds")
        }
        Type::Double => (value.is_number(), "a number"),
        Type::Named(id) if api.is_enum(*id) => (value.is_string(), "a string"),
        Type::Named(id) => return matches_object(api, *id, value, direction).map(|()| Vec::new()),
        Type::List(item) => {
            let items = value.as_array().ok_or("it is not an array")?;
            let scalars: Result<Vec<_>, _> =
                items.iter().map(|value| matches_type(api, item, value, direction)).collect();
            return scalars.map(|scalars| scalars.concat());
        }
        Type::Map(inner) => {
            let members = value.as_object().ok_or("it is not an object")?;
            let scalars: Result<Vec<_>, _> =
                members.values().map(|value| matches_type(api, inner, value, direction)).collect();
            return scalars.map(|scalars| scalars.concat());
        }
        // That bytes have examples at all is refused before.
        Type::Bytes | Type::Any => return Ok(Vec::new()),
        Type::JsonText(inner) => {
            let text = value.as_str().ok_or("it is not a string")?;
            let value = json::value_of_text(text)
                .map_err(|error| format!("its text is not JSON: {error}"))?;
            return matches_type(api, inner, &value, direction);
        }
    };
    if fits { Ok(vec![value.clone()]) } else { Err(format!("it is not {expected}")) }
}

fn matches_object(
    api: &Api,
    id: TypeId,
    value: &Value,
    direction: Direction,
) -> Result<(), String> {
    let members = value.as_object().ok_or("it is not an object")?;
    for (key, value) in members {
        let field = api.fields(id).iter().find(|field| field.wire.value == *key);
        let field = field.ok_or_else(|| format!("it has an unknown member `{key}`"))?;
        matches(api, field, value, direction)?;
    }
    for field in api.fields(id).iter().filter(|field| field.required) {
        if !members.contains_key(&field.wire.value) {
            return Err(format!("it has no `{}`", field.wire.value));
        }
    }
    Ok(())
}
