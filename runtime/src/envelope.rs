//! What a body says at its root of how the call went, whatever else stands in it.
//!
//! Knows the names that services give to these members, and neither the type of a response nor what
//! is secret in it.

use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::response::Failure;
use crate::shown;

/// The codes with which services say that nothing is wrong, in any case of their letters. An empty
/// one says nothing, and so nothing bad.
const GOOD_CODES: [&str; 3] = ["200", "OK", "Success"];

/// The members' names. The first letter may have either case; of several, those that stand first
/// here count first.
const SUCCESS: &[&str] = &["Success"];
const CODE: &[&str] = &["ErrCode", "ErrorCode", "Code"];
const MESSAGE: &[&str] = &["ErrMessage", "ErrorMessage", "Message"];
const REQUEST_ID: &[&str] = &["RequestId"];
const HTTP_STATUS: &[&str] = &["HttpStatusCode"];
const HOST_ID: &[&str] = &["HostId"];
const RECOMMEND: &[&str] = &["Recommend"];
const ACCESS_DENIED_DETAIL: &[&str] = &["AccessDeniedDetail"];
const ALL: [&[&str]; 8] =
    [SUCCESS, CODE, MESSAGE, REQUEST_ID, HTTP_STATUS, HOST_ID, RECOMMEND, ACCESS_DENIED_DETAIL];

/// The member of `AccessDeniedDetail` that names what was denied.
const DENIED_ACTION: &[&str] = &["AuthAction"];

/// In how much of the beginning and of the end of a body that is no JSON an id is looked for.
const SEARCHED: usize = 64 << 10;

/// The longest text that is taken for an id.
const LONGEST_ID: usize = 128;

/// A part of an [`Envelope`](crate::response::Envelope).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Whether the service says that it did what was asked.
    Success,
    /// The error code.
    Code,
    /// The error message.
    Message,
    /// The id of the request.
    RequestId,
}

/// The members of a body that say how the call went.
#[derive(Debug, Default)]
pub(crate) struct Said {
    members: Map<String, Value>,
    /// Whether the whole body is JSON with an object at its root.
    is_whole: bool,
}

impl Said {
    /// Reads a body as far as it is JSON; members that are something else do no harm.
    pub(crate) fn read(body: &[u8]) -> Self {
        let mut said = Self::default();
        let mut json = serde_json::Deserializer::from_slice(body);
        let read = json.deserialize_map(Root(&mut said)).and_then(|()| json.end());
        said.is_whole = read.is_ok();
        said
    }

    /// Whether a member of the root may say how the call went.
    pub(crate) fn knows(name: &str) -> bool {
        ALL.iter().flat_map(|names| names.iter()).any(|known| {
            // All names start with a letter of one byte.
            name.eq_ignore_ascii_case(known) && name.get(1..) == known.get(1..)
        })
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

    /// Forgets a member that would decide how the call went: the response has it for something else.
    pub(crate) fn forget(&mut self, name: &str) {
        let mut deciding = spellings(SUCCESS).chain(spellings(CODE));
        if deciding.any(|deciding| deciding == name) {
            self.members.remove(name);
        }
    }

    /// Whether a body that came with an HTTP status of success tells of a failure all the same.
    ///
    /// What says outright whether the call succeeded decides. Where nothing does, a code decides
    /// that is not a good one, and last the status, if the service `has_marker`, a member that
    /// should have said it. Of a body that breaks off nobody knows what would have followed.
    pub(crate) fn is_failure(&self, has_marker: bool) -> bool {
        if !self.is_whole {
            return false;
        }
        match (self.success(), self.codes().next()) {
            (Some(success), _) => !success,
            (None, Some(code)) => !is_good(&code),
            (None, None) => has_marker && self.http_status().is_some_and(|status| status >= 400),
        }
    }

    fn success(&self) -> Option<bool> {
        self.find(SUCCESS, |value| match value {
            Value::Bool(success) => Some(*success),
            Value::String(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
            Value::Null
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        })
    }

    /// The codes, those that are not good first; only texts and numbers are codes.
    fn codes(&self) -> impl Iterator<Item = String> {
        let mut codes: Vec<String> = self
            .named(CODE)
            .filter(|value| matches!(value, Value::String(_) | Value::Number(_)))
            .filter_map(text)
            .collect();
        codes.sort_by_key(|code| is_good(code));
        codes.into_iter()
    }

    fn http_status(&self) -> Option<u16> {
        let status = |value: &Value| text(value)?.trim().parse().ok();
        self.find(HTTP_STATUS, status).filter(|status| (100..600).contains(status))
    }

    /// The id of the request.
    pub(crate) fn request_id(&self) -> Option<String> {
        self.find(REQUEST_ID, text)
    }

    /// What it says of a call that failed.
    pub(crate) fn failure(&self) -> Failure {
        let text_of = |names| self.find(names, text).map(shown::bounded);
        let mut codes = self.codes().map(shown::bounded);
        Failure {
            // What is no scalar is better than nothing.
            code: codes.next().or_else(|| text_of(CODE)),
            other_codes: codes.collect(),
            message: text_of(MESSAGE),
            request_id: text_of(REQUEST_ID),
            http_status: self.http_status(),
            host_id: text_of(HOST_ID),
            recommend: text_of(RECOMMEND),
            denied_action: self.find(ACCESS_DENIED_DETAIL, denied_action).map(shown::bounded),
            access_denied_detail: text_of(ACCESS_DENIED_DETAIL),
        }
    }

    /// The first member of these names that `read` makes something of.
    fn find<T>(&self, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        self.named(names).find_map(read)
    }

    fn named(&self, names: &[&str]) -> impl Iterator<Item = &Value> {
        spellings(names).filter_map(|name| self.members.get(&name))
    }
}

/// Reads the members of a root that say how the call went, and passes over the others.
struct Root<'s>(&'s mut Said);

impl<'de> Visitor<'de> for Root<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if Said::knows(&name) {
                self.0.add(&name, members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The names as they are, each followed by the spelling that starts with a small letter.
fn spellings(names: &[&str]) -> impl Iterator<Item = String> {
    names.iter().flat_map(|name| {
        let small = name[..1].to_ascii_lowercase() + &name[1..];
        [(*name).to_owned(), small]
    })
}

fn is_good(code: &str) -> bool {
    GOOD_CODES.iter().any(|good| good.eq_ignore_ascii_case(code.trim()))
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
        Value::Object(members) => {
            spellings(DENIED_ACTION).find_map(|name| members.get(&name).and_then(text))
        }
        Value::String(text) => match serde_json::from_str(text) {
            Ok(detail @ Value::Object(_)) => denied_action(&detail),
            Ok(_) | Err(_) => None,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// Looks for the id of a request in a body that is broken, or is no JSON at all: what follows the
/// name that the member has.
pub(crate) fn search_request_id(body: &[u8]) -> Option<String> {
    let (beginning, rest) = body.split_at(body.len().min(SEARCHED));
    let end = &rest[rest.len().saturating_sub(SEARCHED)..];
    [beginning, end].into_iter().find_map(|text| {
        (0..text.len()).find_map(|start| {
            let after = text[start..].strip_prefix(b"RequestId");
            let after = after.or_else(|| text[start..].strip_prefix(b"requestId"))?;
            let inside = start > 0 && text[start - 1].is_ascii_alphanumeric();
            if inside { None } else { id_after_name(after) }
        })
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
