//! What a body says at its root of how the call went, whatever else stands in it.
//!
//! Which members say it, each operation tells; besides, this file knows the names that the gateway in
//! front of all services gives them, and no product's. Knows neither the type of a response nor what is
//! secret in it.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::field::{self, Walk};
use crate::meta::{EnvelopeMembers, Marker};
use crate::response::{Envelope, Failure};
use crate::shown;

/// What errors of the gateway say besides an envelope's members, in the spelling with a large letter.
const HTTP_STATUS: &[&str] = &["HttpStatusCode"];
const HOST_ID: &[&str] = &["HostId"];
const RECOMMEND: &[&str] = &["Recommend"];
const ACCESS_DENIED_DETAIL: &[&str] = &["AccessDeniedDetail"];
const BESIDE: [&[&str]; 4] = [HTTP_STATUS, HOST_ID, RECOMMEND, ACCESS_DENIED_DETAIL];

/// The gateway's own names, which count after those of a service: it may answer in its place.
const USUAL: EnvelopeMembers = EnvelopeMembers::USUAL;

/// The member of `AccessDeniedDetail` that names what was denied.
const DENIED_ACTION: &str = "AuthAction";

/// In how much of the beginning and of the end of a body that is no JSON an id is looked for.
const SEARCHED: usize = 64 << 10;

/// The longest text that is taken for an id.
const LONGEST_ID: usize = 128;

/// The members of a body that say how the call went.
#[derive(Debug)]
pub(crate) struct Said<'e> {
    envelope: &'e EnvelopeMembers,
    members: Map<String, Value>,
    /// Whether the whole body is JSON with an object at its root.
    is_whole: bool,
}

impl<'e> Said<'e> {
    /// Nothing yet.
    pub(crate) fn of(envelope: &'e EnvelopeMembers) -> Self {
        Self { envelope, members: Map::new(), is_whole: false }
    }

    /// Reads a body as far as it is JSON; members that are something else do no harm.
    pub(crate) fn read(envelope: &'e EnvelopeMembers, body: &[u8]) -> Self {
        let mut said = Self::of(envelope);
        let mut json = serde_json::Deserializer::from_slice(body);
        let read = json.deserialize_map(Root(&mut said)).and_then(|()| json.end());
        said.is_whole = read.is_ok();
        said
    }

    /// Whether a member of the root may say how the call went.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let EnvelopeMembers { request_id, code, message, success } = self.envelope;
        [*request_id, *code, *message, USUAL.request_id, USUAL.code, USUAL.message]
            .iter()
            .chain(&BESIDE)
            .flat_map(|names| names.iter())
            .chain(success.iter().map(|marker| &marker.member))
            .any(|known| is_spelled(name, known))
    }

    /// Adds what a member says that it [knows](Self::knows).
    pub(crate) fn add(&mut self, name: &str, value: Value) {
        match value {
            // It says nothing, not even that an earlier one is wrong.
            Value::Null => {}
            Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => {
                self.members.insert(name.to_owned(), value);
            }
        }
    }

    /// Says that the whole body has been read, and was JSON.
    pub(crate) fn whole(self) -> Self {
        Self { is_whole: true, ..self }
    }

    /// Whether a body that came with an HTTP status of success tells of a failure all the same. Of a
    /// body that breaks off nobody knows what would have followed.
    pub(crate) fn is_failure(&self) -> bool {
        self.is_whole && self.success() == Some(false)
    }

    /// What the first marker says that says something: a scalar that is not empty.
    fn success(&self) -> Option<bool> {
        self.envelope.success.iter().find_map(|marker| {
            let said = self.named(marker.member).find_map(scalar)?;
            Some(is_good(marker, &said))
        })
    }

    /// The codes, those that are not good first; only texts and numbers are codes.
    fn codes(&self) -> impl Iterator<Item = String> {
        let mut codes: Vec<(bool, String)> = Vec::new();
        for name in self.envelope.code.iter().chain(USUAL.code) {
            let mut markers = self.envelope.success.iter();
            let marker = markers.find(|marker| is_spelled(marker.member, name));
            let is_code = |value: &&Value| matches!(value, Value::String(_) | Value::Number(_));
            for code in self.named(name).filter(is_code).filter_map(text) {
                let is_good = marker.is_some_and(|marker| is_good(marker, &code));
                if codes.iter().all(|(_, known)| *known != code) {
                    codes.push((is_good, code));
                }
            }
        }
        codes.sort_by_key(|(is_good, _)| *is_good);
        codes.into_iter().map(|(_, code)| code)
    }

    fn http_status(&self) -> Option<u16> {
        let status = |value: &Value| text(value)?.trim().parse().ok();
        self.find(HTTP_STATUS, status).filter(|status| (100..600).contains(status))
    }

    /// The id of the request.
    pub(crate) fn request_id(&self) -> Option<String> {
        self.find_usual(self.envelope.request_id, USUAL.request_id)
    }

    fn message(&self) -> Option<String> {
        self.find_usual(self.envelope.message, USUAL.message)
    }

    /// What it says of a call that was made.
    pub(crate) fn envelope(&self) -> Envelope {
        Envelope {
            success: self.success(),
            code: self.codes().next(),
            message: self.message(),
            request_id: self.request_id(),
        }
    }

    /// What it says of a call that failed.
    pub(crate) fn failure(&self) -> Failure {
        let text_of = |names| self.find(names, text).map(shown::bounded);
        let mut codes = self.codes().map(shown::bounded);
        Failure {
            // What is no scalar is better than nothing.
            code: codes
                .next()
                .or_else(|| self.find_usual(self.envelope.code, USUAL.code).map(shown::bounded)),
            other_codes: codes.collect(),
            message: self.message().map(shown::bounded),
            request_id: self.request_id().map(shown::bounded),
            http_status: self.http_status(),
            host_id: text_of(HOST_ID),
            recommend: text_of(RECOMMEND),
            denied_action: self.find(ACCESS_DENIED_DETAIL, denied_action).map(shown::bounded),
            access_denied_detail: text_of(ACCESS_DENIED_DETAIL),
        }
    }

    /// The text of the first member of an envelope that has one, or of the gateway's.
    fn find_usual(&self, names: &[&str], usual: &[&str]) -> Option<String> {
        self.find(names, text).or_else(|| self.find(usual, text))
    }

    /// The first member of these names that `read` makes something of.
    fn find<T>(&self, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        names.iter().flat_map(|name| self.named(name)).find_map(read)
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Value> {
        spelled(&self.members, name)
    }
}

/// What a response says that has been read.
impl Walk for Said<'_> {
    fn field(&mut self, name: &'static str, value: field::Value<'_>) {
        self.note(name, value);
    }
}

impl Said<'_> {
    /// Adds what the members of an object say, whatever it is made of.
    pub(crate) fn note_inside(&mut self, object: field::Value<'_>) {
        match object {
            field::Value::Object(fields) => fields.walk(self),
            field::Value::Map(map) => {
                map.entries().for_each(|(name, value)| self.note(name, value));
            }
            field::Value::Any(Value::Object(members)) => {
                let members = members.iter();
                members.for_each(|(name, value)| self.note(name, field::Value::Any(value)));
            }
            field::Value::Absent
            | field::Value::Text(_)
            | field::Value::Integer(_)
            | field::Value::Number(_)
            | field::Value::Boolean(_)
            | field::Value::Secret(_)
            | field::Value::Enum { .. }
            | field::Value::List(_)
            | field::Value::Bytes(_)
            | field::Value::Any(_)
            | field::Value::JsonText(_) => {}
        }
    }

    fn note(&mut self, name: &str, value: field::Value<'_>) {
        if !self.knows(name) {
            return;
        }
        let value = match value {
            field::Value::Text(text) | field::Value::Enum { text, .. } => text.into(),
            field::Value::Integer(number) => number.into(),
            field::Value::Number(number) => number.into(),
            field::Value::Boolean(boolean) => boolean.into(),
            field::Value::Any(value) => value.clone(),
            // What these hold says nothing.
            field::Value::Absent
            | field::Value::Secret(_)
            | field::Value::Bytes(_)
            | field::Value::List(_)
            | field::Value::Map(_)
            | field::Value::Object(_)
            | field::Value::JsonText(_) => Value::Null,
        };
        self.add(name, value);
    }
}

/// Reads the members of a root that say how the call went, and passes over the others.
struct Root<'s, 'e>(&'s mut Said<'e>);

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if self.0.knows(&name) {
                self.0.add(&name, members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Whether two names are one: their first letters may differ in case.
fn is_spelled(name: &str, known: &str) -> bool {
    let (mut letters, mut others) = (name.chars(), known.chars());
    let first = (letters.next(), others.next());
    matches!(first, (Some(one), Some(other)) if one.eq_ignore_ascii_case(&other))
        && letters.as_str() == others.as_str()
}

/// The members of this name, the one that is spelled exactly so first.
fn spelled<'m>(members: &'m Map<String, Value>, name: &str) -> impl Iterator<Item = &'m Value> {
    let other = members.iter().find(|(member, _)| *member != name && is_spelled(member, name));
    members.get(name).into_iter().chain(other.map(|(_, value)| value))
}

fn is_good(marker: &Marker, said: &str) -> bool {
    marker.good.iter().any(|good| good.eq_ignore_ascii_case(said.trim()))
}

/// A scalar as text; what is no scalar, or is empty, says nothing.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Bool(_) | Value::Number(_) | Value::String(_) => text(value),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as text; what is no scalar is JSON text, and what is empty is not there.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        // `200.0` is 200.
        Value::Number(number) if number.is_f64() => number.as_f64()?.to_string(),
        Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The action that was denied, by an object or by the JSON text of one.
fn denied_action(detail: &Value) -> Option<String> {
    match detail {
        Value::Object(members) => spelled(members, DENIED_ACTION).find_map(text),
        Value::String(text) => match serde_json::from_str(text) {
            Ok(detail @ Value::Object(_)) => denied_action(&detail),
            Ok(_) | Err(_) => None,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// Looks for the id of a request in a body that is broken, or is no JSON at all: what follows the
/// name that the member has.
pub(crate) fn search_request_id(envelope: &EnvelopeMembers, body: &[u8]) -> Option<String> {
    let (beginning, rest) = body.split_at(body.len().min(SEARCHED));
    let end = &rest[rest.len().saturating_sub(SEARCHED)..];
    let names = || envelope.request_id.iter().chain(USUAL.request_id);
    [beginning, end].into_iter().find_map(|text| {
        (0..text.len()).find_map(|start| {
            let inside = start > 0 && text[start - 1].is_ascii_alphanumeric();
            let after = if inside { None } else { after_name(&text[start..], names()) };
            id_after_name(after?)
        })
    })
}

/// What follows the first of the names with which a text starts.
fn after_name(
    text: &[u8],
    mut names: impl Iterator<Item = &'static &'static str>,
) -> Option<&[u8]> {
    names.find_map(|name| {
        let (start, after) = text.split_at_checked(name.len())?;
        std::str::from_utf8(start).is_ok_and(|start| is_spelled(start, name)).then_some(after)
    })
}

fn id_after_name(text: &[u8]) -> Option<String> {
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || b"\"'\\:=>".contains(byte);
    let is_of_id = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.*".contains(byte);
    let start = text.iter().position(|byte| !is_between(byte)).filter(|start| *start > 0)?;
    let text = &text[start..];
    // One that nothing ends may be the beginning of another.
    let end = text.iter().take(LONGEST_ID + 1).position(|byte| !is_of_id(byte))?;
    let is_ended = text[end].is_ascii_whitespace() || b"\"'\\<,}&".contains(&text[end]);
    let id = std::str::from_utf8(&text[..end]).ok()?;
    (is_ended && !id.is_empty() && id != "null").then(|| id.to_owned())
}
