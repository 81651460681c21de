//! JSON → [`WaitItem`]: what callers wait for by asking an operation again and again.

use crate::diagnostic::{Code, Sink};
use crate::english::code;
use crate::json::{Json, Kind, Member};
use crate::read::reader::{Reader, array, expected};
use crate::read::schema::whole_number;
use crate::source::Spanned;

/// What an operation tells of that callers wait for. Places in the answer stand as JSON pointers.
#[derive(Debug)]
pub(crate) struct WaitItem {
    pub(crate) name: Spanned<String>,
    /// What holds once it is over.
    pub(crate) description: Spanned<String>,
    /// The list of whose elements the states tell.
    pub(crate) items: Option<Spanned<String>>,
    /// Which of the elements count.
    pub(crate) take: Option<Spanned<String>>,
    pub(crate) success: Vec<TestItem>,
    pub(crate) failure: Vec<TestItem>,
    /// Seconds.
    pub(crate) pause: Option<Spanned<i64>>,
    pub(crate) timeout: Option<Spanned<i64>>,
}

/// A member, and what is asked of it.
#[derive(Debug)]
pub(crate) struct TestItem {
    pub(crate) pointer: Spanned<String>,
    pub(crate) asks: Asks,
}

/// What is asked of a member.
#[derive(Debug)]
pub(crate) enum Asks {
    /// That there is a value.
    Given,
    /// That it has one of these values.
    OneOf(Vec<Spanned<Literal>>),
}

/// A value as a text, and of which kind it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) text: String,
    pub(crate) kind: LiteralKind,
}

/// What a value is in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LiteralKind {
    Boolean,
    Integer,
    Text,
}

/// What stands for any value.
const GIVEN: &str = "given";

/// Reads the value of `x-wait`.
pub(super) fn waits(json: &Json, sink: &mut Sink) -> Vec<WaitItem> {
    let Some(items) = array(json, sink) else { return Vec::new() };
    if items.is_empty() {
        let help = "say what is waited for, or leave the key out";
        sink.error_with_help(Code::InvalidValue, json.origin, "this list is empty", help);
    }
    items.iter().filter_map(|item| wait(item, sink)).collect()
}

fn wait(json: &Json, sink: &mut Sink) -> Option<WaitItem> {
    let mut reader = Reader::open(json, "x-wait object", sink)?;
    let name = reader.required_string("name", sink);
    let description = reader.required_text("description", sink);
    let items = reader.string("items", sink);
    let take = reader.string("take", sink);
    let success = reader.required("success", sink).and_then(|json| tests(json, sink));
    let failure = reader.value("failure").map(|json| tests(json, sink));
    let mut seconds = |key| reader.value(key).map(|json| seconds(json, sink));
    let (pause, timeout) = (seconds("pause"), seconds("timeout"));
    reader.finish(sink);
    Some(WaitItem {
        name: name?,
        description: description?,
        items,
        take,
        success: success?,
        // What was reported is as good as left out.
        failure: failure.flatten().unwrap_or_default(),
        pause: pause.flatten(),
        timeout: timeout.flatten(),
    })
}

fn seconds(json: &Json, sink: &mut Sink) -> Option<Spanned<i64>> {
    whole_number(json, sink).map(|value| Spanned { value, origin: json.origin })
}

/// What is asked of members.
fn tests(json: &Json, sink: &mut Sink) -> Option<Vec<TestItem>> {
    let Kind::Object(members) = &json.kind else { return expected(json, "an object", sink) };
    if members.is_empty() {
        let message = "nothing is asked of the answer";
        let help = "write a JSON pointer with the values that tell of the state";
        sink.error_with_help(Code::InvalidValue, json.origin, message, help);
        return None;
    }
    members.iter().map(|member| test(member, sink)).collect()
}

fn test(member: &Member, sink: &mut Sink) -> Option<TestItem> {
    let pointer = Spanned { value: member.key.clone(), origin: member.key_origin };
    match &member.value.kind {
        Kind::String(text) if text == GIVEN => Some(TestItem { pointer, asks: Asks::Given }),
        Kind::Array(values) => {
            if values.is_empty() {
                let message = format!("no value of {} is this state", code(&member.key));
                let help = "write the values that are, or `\"given\"` if any is";
                sink.error_with_help(Code::InvalidValue, member.value.origin, message, help);
                return None;
            }
            let mut found: Vec<Spanned<Literal>> = Vec::new();
            for json in values {
                let value = literal(json, sink)?;
                if found.iter().any(|other| other.value == value) {
                    let message = format!("{} stands there twice", code(&value.text));
                    sink.error(Code::InvalidValue, json.origin, message);
                }
                found.push(Spanned { value, origin: json.origin });
            }
            Some(TestItem { pointer, asks: Asks::OneOf(found) })
        }
        Kind::Null | Kind::Boolean(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) => {
            let message = format!("expected a list of values, found {}", member.value.kind_name());
            let help =
                "write `[…]` with the values that tell of the state, or `\"given\"` if any does";
            sink.error_with_help(Code::InvalidValue, member.value.origin, message, help);
            None
        }
    }
}

fn literal(json: &Json, sink: &mut Sink) -> Option<Literal> {
    match &json.kind {
        Kind::Boolean(value) => {
            Some(Literal { text: value.to_string(), kind: LiteralKind::Boolean })
        }
        Kind::Number(_) => whole_number(json, sink)
            .map(|value| Literal { text: value.to_string(), kind: LiteralKind::Integer }),
        Kind::String(text) => Some(Literal { text: text.clone(), kind: LiteralKind::Text }),
        Kind::Null | Kind::Array(_) | Kind::Object(_) => {
            expected(json, "a boolean, a whole number or a string", sink)
        }
    }
}
