//! Which state an answer tells of.
//!
//! Knows no calls.

use std::borrow::Cow;

use super::goal::{Goal, Take, Test};
use crate::field::{Fields, Value};

/// How far things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Succeeded,
    Failed,
}

/// The state that an answer tells of.
pub(super) fn state(goal: &Goal, answer: &dyn Fields) -> State {
    let Some((take, path)) = goal.items else { return of_value(goal, Value::Object(answer)) };
    let mut states = Vec::new();
    with_items(path, answer, &mut |item| states.push(of_value(goal, item)));
    let are_all = |state: State| !states.is_empty() && states.iter().all(|found| *found == state);
    match take {
        Take::All if states.contains(&State::Failed) => State::Failed,
        Take::All if are_all(State::Succeeded) => State::Succeeded,
        Take::Any if states.contains(&State::Succeeded) => State::Succeeded,
        Take::Any if are_all(State::Failed) => State::Failed,
        Take::All | Take::Any => State::Open,
        Take::First => states.first().copied().unwrap_or(State::Open),
    }
}

/// The values by which the answer was judged, each with the name of its member: those alone that the
/// documents list, for whatever else a service writes may be somebody's secret.
pub(super) fn seen(goal: &Goal, answer: &dyn Fields) -> Vec<(&'static str, String)> {
    let tests: Vec<&Test> = goal.success.iter().chain(goal.failure).collect();
    let mut seen: Vec<(&'static str, String)> = Vec::new();
    let mut note = |item: Value<'_>| {
        for test in &tests {
            let name = test.path.last().copied().unwrap_or("state");
            with_value(item, test.path, &mut |value| {
                let listed = |text: &str| tests.iter().any(|test| test.values.contains(&text));
                let text = match value {
                    Value::Enum { text, documented: true, .. } => Some(Cow::Borrowed(text)),
                    _ => text_of(value).filter(|text| listed(text)),
                };
                let found = text.map(|text| (name, text.into_owned()));
                seen.extend(found.filter(|found| !seen.contains(found)));
            });
        }
    };
    match goal.items {
        Some((Take::First, path)) => {
            let mut is_first = true;
            with_items(path, answer, &mut |item| {
                if std::mem::take(&mut is_first) {
                    note(item);
                }
            });
        }
        Some((Take::All | Take::Any, path)) => with_items(path, answer, &mut note),
        None => note(Value::Object(answer)),
    }
    seen
}

/// Shows the elements of the list at the end of a path.
fn with_items(path: &[&str], answer: &dyn Fields, show: &mut dyn FnMut(Value<'_>)) {
    with_value(Value::Object(answer), path, &mut |value| {
        if let Value::List(list) = value {
            list.iter().for_each(&mut *show);
        }
    });
}

fn of_value(goal: &Goal, value: Value<'_>) -> State {
    let holds = |tests: &[Test]| tests.iter().all(|test| holds(test, value));
    if !goal.failure.is_empty() && holds(goal.failure) {
        State::Failed
    } else if holds(goal.success) {
        State::Succeeded
    } else {
        State::Open
    }
}

fn holds(test: &Test, value: Value<'_>) -> bool {
    let mut holds = false;
    with_value(value, test.path, &mut |value| {
        holds = if test.values.is_empty() {
            is_given(value)
        } else {
            text_of(value).is_some_and(|text| test.values.contains(&&*text))
        };
    });
    holds
}

/// Shows the value at the end of a path; nothing when there is none.
fn with_value(value: Value<'_>, path: &[&str], show: &mut dyn FnMut(Value<'_>)) {
    let Some((name, rest)) = path.split_first() else { return show(value) };
    let Value::Object(object) = value else { return };
    object.show(&mut |names, values| {
        let found = names.iter().zip(values).find(|(known, _)| *known == name);
        if let Some((_, value)) = found {
            with_value(value.as_value(), rest, show);
        }
    });
}

/// What a value is compared as; nothing where it is compared with nothing.
fn text_of(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) | Value::Enum { text, .. } => Some(text.into()),
        Value::Integer(number) => Some(number.to_string().into()),
        Value::Boolean(boolean) => Some(boolean.to_string().into()),
        Value::Absent
        | Value::Number(_)
        | Value::Secret(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Object(_)
        | Value::Bytes(_)
        | Value::Any(_)
        | Value::JsonText(_) => None,
    }
}

fn is_given(value: Value<'_>) -> bool {
    match value {
        Value::Absent | Value::Any(serde_json::Value::Null) => false,
        Value::Text(text) | Value::Enum { text, .. } => !text.is_empty(),
        Value::List(list) => list.item(0).is_some(),
        Value::Map(map) => map.entries().next().is_some(),
        Value::Bytes(bytes) => !bytes.is_empty(),
        Value::Integer(_)
        | Value::Number(_)
        | Value::Boolean(_)
        | Value::Secret(_)
        | Value::Object(_)
        | Value::Any(_)
        | Value::JsonText(_) => true,
    }
}
