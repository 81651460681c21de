//! JSON → [`EnvelopeItem`]: which members of answers say how a call went.

use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Kind, Member};
use crate::read::reader::{Reader, array, expected, strings};
use crate::read::schema::whole_number;
use crate::source::Spanned;

/// What `x-envelope` says of a service or of an operation; what it does not say is as usual.
#[derive(Debug)]
pub(crate) struct EnvelopeItem {
    /// Members by their names, in the order in which they count.
    pub(crate) request_id: Option<Vec<Spanned<String>>>,
    pub(crate) code: Option<Vec<Spanned<String>>>,
    pub(crate) message: Option<Vec<Spanned<String>>>,
    /// Members, each with the values that say success, as texts.
    pub(crate) success: Vec<(Spanned<String>, Vec<String>)>,
}

/// Reads an `x-envelope`.
pub(super) fn envelope(json: &Json, sink: &mut Sink) -> Option<EnvelopeItem> {
    let mut reader = Reader::open(json, "x-envelope object", sink)?;
    let mut names = |key| reader.value(key).and_then(|json| names(json, sink));
    let (request_id, code, message) = (names("requestId"), names("code"), names("message"));
    let success = reader.map("success", sink).unwrap_or_default();
    let success = success.iter().filter_map(|member| marker(member, sink)).collect();
    reader.finish(sink);
    Some(EnvelopeItem { request_id, code, message, success })
}

/// A name, or a list of them.
fn names(json: &Json, sink: &mut Sink) -> Option<Vec<Spanned<String>>> {
    match &json.kind {
        Kind::String(name) => Some(vec![Spanned { value: name.clone(), origin: json.origin }]),
        Kind::Array(items) => {
            if items.is_empty() {
                let help = "write the name of a member, or leave the key out";
                sink.error_with_help(Code::InvalidValue, json.origin, "this list is empty", help);
            }
            strings(json, sink)
        }
        Kind::Null | Kind::Boolean(_) | Kind::Number(_) | Kind::Object(_) => {
            expected(json, "a string or an array of strings", sink)
        }
    }
}

/// A member that says whether a call succeeded, with its good values.
fn marker(member: &Member, sink: &mut Sink) -> Option<(Spanned<String>, Vec<String>)> {
    let items = array(&member.value, sink)?;
    if items.is_empty() {
        let message = format!("no value of `{}` says success", member.key);
        let help = "write the values that do, or leave the member out";
        sink.error_with_help(Code::InvalidValue, member.value.origin, message, help);
    }
    let mut good: Vec<String> = Vec::new();
    for item in items {
        good.extend(value(item, sink).filter(|text| !good.contains(text)));
    }
    Some((Spanned { value: member.key.clone(), origin: member.key_origin }, good))
}

/// The text of a good value.
fn value(json: &Json, sink: &mut Sink) -> Option<String> {
    match &json.kind {
        Kind::Boolean(boolean) => Some(boolean.to_string()),
        Kind::Number(_) => whole_number(json, sink).map(|number| number.to_string()),
        Kind::String(text) if text.trim().is_empty() => {
            let help = "leave it out: the next member of the list decides then";
            sink.error_with_help(
                Code::InvalidValue,
                json.origin,
                "an empty text says nothing",
                help,
            );
            None
        }
        Kind::String(text) => Some(text.trim().to_owned()),
        Kind::Null | Kind::Array(_) | Kind::Object(_) => {
            expected(json, "a boolean, a whole number or a string", sink)
        }
    }
}
