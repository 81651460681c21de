//! Reading the members of a JSON object, so that no key is passed over.
//!
//! Whoever opens an object asks for the keys it knows; [`Reader::finish`] reports all others. The
//! keys that were asked for are also the candidates for "did you mean".

use crate::diagnostic::{Code, Sink};
use crate::english::{listed, nearest, with_article};
use crate::json::{Json, Kind, Member};
use crate::source::{Origin, Spanned};

/// More keys than this are looked up rather than read in a message.
const MAX_LISTED: usize = 12;

/// As many keys as the objects are asked for that there are most of, which are schemas.
const MANY_KEYS: usize = 64;

/// A JSON object that is being read.
pub(crate) struct Reader<'j> {
    what: &'static str,
    opening: Origin,
    members: &'j [Member],
    asked: Vec<&'static str>,
    /// The key that was asked for, or refused, by the position of its member.
    read: Vec<Option<&'static str>>,
}

impl<'j> Reader<'j> {
    /// Opens an object; reports anything else. `what` is what the format calls the object.
    pub(crate) fn open(json: &'j Json, what: &'static str, sink: &mut Sink) -> Option<Self> {
        match &json.kind {
            Kind::Object(members) => Some(Self {
                what,
                opening: json.opening(),
                members,
                asked: Vec::with_capacity(MANY_KEYS),
                read: vec![None; members.len()],
            }),
            _ => expected(json, "an object", sink),
        }
    }

    /// The member itself, when it is there.
    pub(crate) fn member(&mut self, key: &'static str) -> Option<&'j Member> {
        self.asked.push(key);
        let position = self.members.iter().position(|member| member.key == key)?;
        self.read[position] = Some(key);
        Some(&self.members[position])
    }

    /// The value, when it is there.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'j Json> {
        self.member(key).map(|member| &member.value)
    }

    /// The value; reports that it is missing.
    pub(crate) fn required(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'j Json> {
        let value = self.value(key);
        if value.is_none() {
            let message = format!("this {} has no `{key}`", self.what);
            let help = format!("add `\"{key}\": …`");
            sink.error_with_help(Code::MissingKey, self.opening, message, help);
        }
        value
    }

    /// A string, when it is there.
    pub(crate) fn string(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<String>> {
        self.value(key).and_then(|json| string(json, sink))
    }

    /// A string that must be there.
    pub(crate) fn required_string(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        self.required(key, sink).and_then(|json| string(json, sink))
    }

    /// Text for people, when it is there; blank text is reported.
    pub(crate) fn text(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<String>> {
        let text = self.string(key, sink)?;
        report_blank(&text, "write a sentence, or leave the key out", sink);
        Some(text)
    }

    /// Text for people that must be there.
    pub(crate) fn required_text(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        let text = self.required_string(key, sink)?;
        report_blank(&text, "fill it in from the document page", sink);
        Some(text)
    }

    /// The elements of an array that must be there and have some.
    pub(crate) fn filled(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'j [Json]> {
        let json = self.required(key, sink)?;
        let items = array(json, sink)?;
        if items.is_empty() {
            let message = format!("`{key}` needs at least one element");
            sink.error(Code::InvalidValue, json.origin, message);
        }
        Some(items)
    }

    /// A boolean, when it is there.
    pub(crate) fn boolean(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<bool>> {
        let json = self.value(key)?;
        match json.kind {
            Kind::Boolean(value) => Some(Spanned { value, origin: json.origin }),
            _ => expected(json, "a boolean", sink),
        }
    }

    /// The elements of an array, when it is there.
    pub(crate) fn array(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'j [Json]> {
        self.value(key).and_then(|json| array(json, sink))
    }

    /// The members of an object whose keys are free, when it is there.
    pub(crate) fn map(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'j [Member]> {
        let json = self.value(key)?;
        match &json.kind {
            Kind::Object(members) => Some(members),
            _ => expected(json, "an object", sink),
        }
    }

    /// Strings in an array, when it is there.
    pub(crate) fn strings(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<Vec<Spanned<String>>> {
        self.value(key).and_then(|json| strings(json, sink))
    }

    /// The members of the object, whoever asks for them.
    pub(crate) fn members(&self) -> &'j [Member] {
        self.members
    }

    /// Reports every member that nobody asked for.
    pub(crate) fn finish(self, sink: &mut Sink) {
        self.finish_by(|_, _| true, sink);
    }

    /// Reports every member that nobody asked for. A key that was asked for is taken for what was
    /// meant when it could have the value, and is not there itself.
    pub(crate) fn finish_by(self, takes: impl Fn(&str, &Json) -> bool, sink: &mut Sink) {
        let unread = self.members.iter().zip(&self.read).filter(|(_, read)| read.is_none());
        for (member, _) in unread {
            let key = member.key.as_str();
            let message = format!("`{key}` is not a key of {}", with_article(self.what));
            let is_free = |known: &str| self.members.iter().all(|member| member.key != known);
            let known = self.asked.iter().copied();
            let known = known.filter(|known| is_free(known) && takes(known, &member.value));
            let help = match nearest(key, known) {
                Some(known) => format!("did you mean `{known}`?"),
                None => {
                    let mut known = self.asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    if known.len() > MAX_LISTED {
                        format!("specs/README.md lists the keys of {}", with_article(self.what))
                    } else {
                        format!("{} has {}", with_article(self.what), listed(&known))
                    }
                }
            };
            sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
        }
    }

    /// The keys that were asked for and are there, in the order of the text.
    pub(crate) fn present(&self) -> Vec<(&'static str, Origin)> {
        let read = self.members.iter().zip(&self.read);
        let read = read.filter_map(|(member, key)| key.map(|key| (key, member.key_origin)));
        let mut present = Vec::with_capacity(self.members.len());
        present.extend(read);
        present
    }

    /// The members with one of these keys, which whoever reads them refuses. Such a key is neither
    /// reported by [`Self::finish`] nor suggested or listed for another.
    pub(crate) fn refused(&mut self, keys: &[&'static str]) -> Vec<&'j Member> {
        let mut refused = Vec::new();
        for (member, read) in self.members.iter().zip(&mut self.read) {
            if let Some(key) = keys.iter().find(|key| **key == member.key) {
                *read = Some(key);
                refused.push(member);
            }
        }
        refused
    }
}

/// Whether it is an object; reports anything else.
pub(crate) fn is_object(json: &Json, sink: &mut Sink) -> bool {
    matches!(json.kind, Kind::Object(_)) || expected::<()>(json, "an object", sink).is_some()
}

/// The text of a string; reports anything else.
pub(crate) fn string(json: &Json, sink: &mut Sink) -> Option<Spanned<String>> {
    match &json.kind {
        Kind::String(text) => Some(Spanned { value: text.clone(), origin: json.origin }),
        _ => expected(json, "a string", sink),
    }
}

/// The elements of an array; reports anything else.
pub(crate) fn array<'j>(json: &'j Json, sink: &mut Sink) -> Option<&'j [Json]> {
    match &json.kind {
        Kind::Array(items) => Some(items),
        _ => expected(json, "an array", sink),
    }
}

/// The strings of an array; reports anything else.
pub(crate) fn strings(json: &Json, sink: &mut Sink) -> Option<Vec<Spanned<String>>> {
    let items = array(json, sink)?;
    Some(items.iter().filter_map(|item| string(item, sink)).collect())
}

/// Reports text that is not in the form that its key has.
pub(crate) fn check_form(
    text: &Spanned<String>,
    holds: impl FnOnce(&str) -> bool,
    form: &str,
    sink: &mut Sink,
) {
    if !holds(&text.value) {
        let message = format!("{} is not {form}", crate::english::code(&text.value));
        sink.error(Code::InvalidValue, text.origin, message);
    }
}

/// Reports that a value is of another kind than the one expected.
pub(crate) fn expected<T>(json: &Json, kind: &str, sink: &mut Sink) -> Option<T> {
    let message = format!("expected {kind}, found {}", json.kind_name());
    sink.error(Code::InvalidValue, json.origin, message);
    None
}

fn report_blank(text: &Spanned<String>, help: &str, sink: &mut Sink) {
    if text.value.trim().is_empty() {
        sink.error_with_help(Code::InvalidValue, text.origin, "this text says nothing", help);
    }
}
