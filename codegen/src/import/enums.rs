//! Texts whose values have names → enums in `schemas/`.
//!
//! `enum` has all values, and requests are checked for them. Titles, and lists in descriptions, name some: such
//! an enum is open in requests, too. It is for the names, so what is a number or says true or false has none.
//! A text whose example is a date and time is said to be one, which asks nothing of it and lets rules compare it.

use std::borrow::Cow;

use super::ledger::Fate;
use super::limits;
use super::lists;
use super::names;
use super::node::Node;
use super::pages;
use super::published::Schema;
use super::reasons::{LeftOut, Repair, Thing};
use super::report::Report;
use super::secrets::is_secret;
use super::texts;
use super::types::{At, Members, Side, Stands, Types, referring, typed};
use crate::moment::TimeFormat;

/// A value, and what it means.
struct Value<'p> {
    wire: Cow<'p, str>,
    meaning: Option<String>,
}

impl<'p> Types<'p> {
    /// The schema of a text: that of an enum's file, if it has values.
    pub(super) fn text(
        &mut self,
        wire: &str,
        schema: &'p Schema,
        at: &At,
        report: &mut Report,
    ) -> Members {
        let mut members = typed("string");
        if is_secret(wire) {
            report.repair(Repair::Secret, schema.spot.own);
            members.push(("format".to_owned(), Node::text("password")));
            report.mark_members(schema.values_spot, Thing::Value, Fate::LeftOut(LeftOut::Secret));
            report.mark_members(
                schema.titles_spot,
                Thing::ValueTitle,
                Fate::LeftOut(LeftOut::Secret),
            );
            members.extend(limits::text(schema, at, report));
            return members;
        }
        let is_open = schema.values.is_empty();
        let values = match () {
            // A whole body is the text itself.
            () if at.stands == Stands::Whole => Vec::new(),
            () if is_open => open(wire, schema, at, report),
            () => closed(schema, report),
        };
        if values.is_empty() {
            if is_moment(schema, at) {
                report.repair(Repair::Moment, schema.spot.own);
                members.push(("format".to_owned(), Node::text(TimeFormat::DateTime.wire())));
            }
            members.extend(limits::text(schema, at, report));
            return members;
        }
        limits::leave_out(&limits::OF_TEXTS, schema, LeftOut::BesideValues, report);
        let name = self.claim(&at.name);
        let spelled = names::values(values.iter().map(|value| &*value.wire));
        let values = values.into_iter().zip(spelled).map(|(value, name)| {
            let mut members = vec![("const".to_owned(), Node::text(value.wire))];
            members.extend(name.map(|name| ("x-name".to_owned(), Node::Text(name))));
            let meaning = value.meaning.filter(|_| self.has_texts);
            members.extend(meaning.map(|meaning| ("description".to_owned(), Node::Text(meaning))));
            Node::Object(members)
        });
        let any = is_open.then(|| Node::Object(typed("string")));
        let values = Node::List(values.chain(any).collect());
        members.push((if is_open { "anyOf" } else { "oneOf" }.to_owned(), values));
        self.made.insert(name.clone(), Node::Object(members));
        referring(&name)
    }
}

/// Whether an example shows that a text that is sent is a date and time.
fn is_moment(schema: &Schema, at: &At) -> bool {
    let example = schema.example.as_deref().unwrap_or_default();
    at.side == Side::Sent
        && at.stands == Stands::Member
        && TimeFormat::DateTime.read(example.trim()).is_some()
}

/// The values that `enum` has, with what is said of them there or elsewhere.
fn closed<'p>(schema: &'p Schema, report: &mut Report) -> Vec<Value<'p>> {
    let listed = lists::values(schema.description.as_deref().unwrap_or_default());
    let mut values: Vec<Value<'p>> = Vec::new();
    for (index, value) in schema.values.iter().enumerate() {
        let own = schema.values_spot.at(index);
        let (wire, gloss) = glossed(value);
        if gloss.is_some() {
            report.repair(Repair::Gloss, own);
        }
        if values.iter().any(|known| known.wire == wire) {
            report.merge(own, Repair::ValueTwice);
            continue;
        }
        report.carry(own);
        let title = schema.titles.iter().position(|(known, _)| known == wire);
        let title = title.and_then(|index| {
            report.carry(schema.titles_spot.at(index));
            meaning(&schema.titles[index])
        });
        let listed = listed.iter().find(|listed| listed.value == wire);
        let meaning = gloss.and_then(texts::plain).or(title);
        let meaning = meaning.or_else(|| listed.and_then(|listed| listed.meaning.clone()));
        values.push(Value { wire: wire.into(), meaning });
    }
    values
}

/// The values that titles or else a list in the description name, where these are for names and nothing is
/// asked of the text besides.
fn open<'p>(wire: &str, schema: &'p Schema, at: &At, report: &mut Report) -> Vec<Value<'p>> {
    if !can_be_open(wire, schema, at.side) {
        return Vec::new();
    }
    if has_named_titles(wire, schema, at.side) {
        let titles = schema.titles.iter().enumerate().map(|(index, title)| {
            report.carry(schema.titles_spot.at(index));
            Value { wire: title.0.as_str().into(), meaning: meaning(title) }
        });
        return titles.collect();
    }
    let listed = lists::values(schema.description.as_deref().unwrap_or_default());
    if !are_words(listed.iter().map(|listed| listed.value.as_str())) {
        return Vec::new();
    }
    let named = listed.into_iter().map(|listed| {
        report.repair(Repair::NamedByList, schema.spot.own);
        Value { wire: listed.value.into(), meaning: listed.meaning }
    });
    named.collect()
}

/// What a title says, unless it repeats the value.
pub(super) fn meaning((value, title): &(String, String)) -> Option<String> {
    texts::plain(title).filter(|title| title != value)
}

/// A value and what it means, where the list says that beside it: `FE_FAILED：发布失败`.
pub(super) fn glossed(value: &str) -> (&str, Option<&str>) {
    let parts = value.split_once('：').or_else(|| value.split_once(": "));
    let is_plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|found| found.is_ascii_alphanumeric() || "_-.".contains(found))
    };
    match parts {
        Some((own, gloss)) if is_plain(own.trim()) => (own.trim(), Some(gloss.trim())),
        _ => (value, None),
    }
}

/// Whether the titles of a text give its values names.
pub(super) fn has_named_titles(wire: &str, schema: &Schema, side: Side) -> bool {
    can_be_open(wire, schema, side)
        && are_words(schema.titles.iter().map(|(value, _)| value.as_str()))
}

/// Whether an open enum can stand for a text: nothing else is asked of it when it is sent, and it is no token.
fn can_be_open(wire: &str, schema: &Schema, side: Side) -> bool {
    let is_limited =
        schema.min_length.is_some() || schema.max_length.is_some() || schema.pattern.is_some();
    !(pages::is_token(wire) || is_limited && side == Side::Sent)
}

/// Whether some of the values are words of which a name can be made that says more than the value: no
/// numbers, and not true and false.
fn are_words<'v>(values: impl Iterator<Item = &'v str> + Clone) -> bool {
    let is_word = |value: &str| {
        let small = value.trim().to_ascii_lowercase();
        small.contains(|found: char| found.is_ascii_alphabetic())
            && small != "true"
            && small != "false"
    };
    values.clone().count() > 0 && values.clone().any(is_word)
}
