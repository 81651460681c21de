//! Every key of the metadata that is known: what it counts as, and why it is left out unless the importer
//! does something with it.
//!
//! Knows nothing of values but what kind of JSON they are.

use super::ledger::{Fate, Line};
use super::reasons::{LeftOut, Thing};
use crate::json::{Json, Kind, Member};

/// A key.
pub(super) struct Key {
    name: &'static str,
    is: Is,
    /// Why it is left out, unless something is done with it.
    unless: Option<LeftOut>,
}

/// What a key counts as.
enum Is {
    /// Nothing of its own: it is part of what it stands in.
    Part,
    One(Thing),
    /// This where it is `true`; `false` says what is so anyway.
    Flag(Thing),
    /// What stands in it counts, if it is an object.
    Object,
    /// What stands in it counts, if it is a list.
    List,
    /// An object that counts by its parts, or a boolean.
    Schema,
}

const fn key(name: &'static str, is: Is) -> Key {
    Key { name, is, unless: None }
}

const fn unless(name: &'static str, is: Is, reason: LeftOut) -> Key {
    Key { name, is, unless: Some(reason) }
}

const MEMBER: Is = Is::One(Thing::Member);
const TEXT: Is = Is::One(Thing::Text);
const LIMIT: Is = Is::One(Thing::Constraint);

pub(super) const DOCUMENT: &[Key] = &[
    unless("version", MEMBER, LeftOut::Publishing),
    key("info", Is::Object),
    unless("directories", MEMBER, LeftOut::Publishing),
    key("components", Is::Object),
    key("apis", Is::Object),
    key("endpoints", Is::List),
];

pub(super) const INFO: &[Key] =
    &[key("style", MEMBER), key("product", MEMBER), key("version", MEMBER)];

pub(super) const COMPONENTS: &[Key] = &[key("schemas", Is::Object)];

pub(super) const OPERATION: &[Key] = &[
    unless("title", TEXT, LeftOut::SecondText),
    unless("summary", TEXT, LeftOut::SecondText),
    unless("description", TEXT, LeftOut::SecondText),
    unless("requestParamsDescription", TEXT, LeftOut::SecondText),
    unless("responseParamsDescription", TEXT, LeftOut::SecondText),
    unless("extraInfo", TEXT, LeftOut::SecondText),
    key("methods", MEMBER),
    key("path", MEMBER),
    key("security", MEMBER),
    key("operationType", MEMBER),
    key("deprecated", Is::Flag(Thing::Member)),
    unless("schemes", MEMBER, LeftOut::Schemes),
    unless("consumes", MEMBER, LeftOut::ContentTypes),
    unless("produces", MEMBER, LeftOut::ContentTypes),
    unless("tags", MEMBER, LeftOut::Publishing),
    key("systemTags", Is::Object),
    key("staticInfo", Is::Object),
    key("errorCodes", Is::Object),
    unless("responseDemo", Is::One(Thing::Example), LeftOut::AnswerExample),
    key("parameters", Is::List),
    key("responses", Is::Object),
];

pub(super) const SYSTEM_TAGS: &[Key] = &[
    key("operationType", MEMBER),
    unless("abilityTreeCode", MEMBER, LeftOut::Publishing),
    unless("abilityTreeNodes", MEMBER, LeftOut::Publishing),
    unless("chargeType", MEMBER, LeftOut::Charge),
    unless("riskType", MEMBER, LeftOut::Risk),
];

pub(super) const STATIC_INFO: &[Key] = &[
    unless("returnType", MEMBER, LeftOut::Task),
    unless("callback", MEMBER, LeftOut::Nameless),
    unless("callbackInterval", MEMBER, LeftOut::Task),
    unless("maxCallbackTimes", MEMBER, LeftOut::Task),
    unless("substitutions", MEMBER, LeftOut::Nameless),
    unless("noSubstitutionReason", MEMBER, LeftOut::SecondText),
];

pub(super) const PARAMETER: &[Key] = &[
    key("name", Is::Part),
    key("in", MEMBER),
    key("style", MEMBER),
    unless("allowEmptyValue", Is::Flag(Thing::Member), LeftOut::EmptyAllowed),
    key("examples", Is::List),
    key("schema", Is::Object),
];

pub(super) const RESPONSE: &[Key] = &[
    unless("description", TEXT, LeftOut::NotOfMember),
    key("headers", Is::Object),
    key("examples", Is::List),
    unless("schema", Is::Object, LeftOut::Inside),
];

pub(super) const SCHEMA: &[Key] = &[
    key("type", MEMBER),
    unless("format", MEMBER, LeftOut::Format),
    key("$ref", MEMBER),
    unless("title", TEXT, LeftOut::NotOfMember),
    unless("description", TEXT, LeftOut::NotOfMember),
    unless("required", Is::Flag(Thing::Constraint), LeftOut::NotOfMember),
    unless("docRequired", Is::Flag(Thing::Constraint), LeftOut::NotOfMember),
    unless("deprecated", Is::Flag(Thing::Member), LeftOut::NotOfMember),
    unless("readOnly", Is::Flag(Thing::Member), LeftOut::ReadOnly),
    unless("isFileTransferUrl", Is::Flag(Thing::Member), LeftOut::FileTransfer),
    unless("index", MEMBER, LeftOut::Publishing),
    unless("itemName", MEMBER, LeftOut::Publishing),
    key("properties", Is::Object),
    unless("items", Is::Object, LeftOut::Inside),
    unless("additionalProperties", Is::Schema, LeftOut::Inside),
    key("enum", Is::List),
    key("enumValueTitles", Is::Object),
    unless("example", Is::One(Thing::Example), LeftOut::NotOfMember),
    unless("default", Is::One(Thing::Default), LeftOut::NotOfMember),
    unless("minimum", LIMIT, LeftOut::Misplaced),
    unless("maximum", LIMIT, LeftOut::Misplaced),
    unless("exclusiveMinimum", Is::Flag(Thing::Constraint), LeftOut::Misplaced),
    unless("exclusiveMaximum", Is::Flag(Thing::Constraint), LeftOut::Misplaced),
    unless("minLength", LIMIT, LeftOut::Misplaced),
    unless("maxLength", LIMIT, LeftOut::Misplaced),
    unless("minItems", LIMIT, LeftOut::Misplaced),
    unless("maxItems", LIMIT, LeftOut::Misplaced),
    unless("pattern", LIMIT, LeftOut::Misplaced),
];

pub(super) const ENDPOINT: &[Key] = &[
    key("regionId", Is::Part),
    key("endpoint", Is::Part),
    key("public", Is::Part),
    unless("vpc", MEMBER, LeftOut::VpcHost),
    unless("regionName", MEMBER, LeftOut::Publishing),
    unless("areaId", MEMBER, LeftOut::Publishing),
    unless("areaName", MEMBER, LeftOut::Publishing),
];

/// What a member counts as in an object that has these keys.
pub(super) fn line(keys: &[Key], member: &Member) -> Line {
    let step = member.key.clone();
    let Some(key) = keys.iter().find(|key| key.name == step) else {
        let fate = Fate::Unless(LeftOut::UnknownKey);
        return Line { step, thing: Some(Thing::Member), fate };
    };
    let (thing, fate) = match (&key.is, &member.value.kind) {
        (Is::Part, _) => (None, Fate::Unknown),
        (Is::One(thing), Kind::Null) => (Some(*thing), Fate::Unless(LeftOut::Empty)),
        (Is::One(thing), _) => (Some(*thing), start(key)),
        (Is::Flag(thing), _) if is_true(&member.value) => (Some(*thing), start(key)),
        // It says what is so anyway.
        (Is::Flag(_), _) => (Some(Thing::Member), Fate::Carried),
        (Is::Object | Is::Schema, Kind::Object(_)) | (Is::List, Kind::Array(_)) => {
            (None, key.unless.map_or(Fate::Unknown, Fate::Unless))
        }
        (Is::Schema, Kind::Boolean(_)) => (Some(Thing::Member), Fate::Along),
        (Is::Object | Is::List | Is::Schema, _) => {
            (Some(Thing::Member), Fate::LeftOut(LeftOut::Malformed))
        }
    };
    Line { step, thing, fate }
}

fn start(key: &Key) -> Fate {
    key.unless.map_or(Fate::Along, Fate::Unless)
}

/// Whether a flag is set, be it as a text.
pub(super) fn is_true(json: &Json) -> bool {
    match &json.kind {
        Kind::Boolean(is_set) => *is_set,
        Kind::String(text) => text == "true",
        Kind::Null | Kind::Number(_) | Kind::Array(_) | Kind::Object(_) => false,
    }
}
