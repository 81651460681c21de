//! Field values as JSON: one conversion for the wire, for people, and for files.

use secrecy::ExposeSecret;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use zeroize::Zeroizing;

use crate::base64_text;
use crate::field::{Fields, Value, Walk};
use crate::redact;
use crate::wiped::Writer;

/// What the JSON is for, which decides what becomes of secrets and of JSON text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// JSON text that is sent: secrets are written out.
    Wire,
    /// For people, and for files with answers: secrets are hidden, JSON text is text.
    View,
    /// For files with requests, which are read again: secrets are left out, JSON text is the value that it holds.
    File,
}

/// A value as JSON for a purpose. Members come in the order of the fields.
pub(crate) struct Json<'v> {
    pub(crate) value: Value<'v>,
    pub(crate) purpose: Purpose,
}

impl Json<'_> {
    /// Appends the value as JSON text, which holds secrets when it is for the wire.
    pub(crate) fn write(&self, memory: &mut Zeroizing<Vec<u8>>) {
        serde_json::to_writer(Writer(memory), self)
            .expect("values have text keys, and writing to memory cannot fail");
    }

    /// The value as JSON text by itself.
    pub(crate) fn text(&self) -> Zeroizing<Vec<u8>> {
        let mut text = Zeroizing::new(Vec::with_capacity(256));
        self.write(&mut text);
        text
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let purpose = self.purpose;
        match self.value {
            Value::Absent => serializer.serialize_none(),
            Value::Text(text) | Value::Enum { text, .. } => serializer.serialize_str(text),
            Value::Integer(number) => serializer.serialize_i64(number),
            Value::Number(number) => serializer.serialize_f64(number),
            Value::Boolean(boolean) => serializer.serialize_bool(boolean),
            Value::Secret(secret) if purpose == Purpose::Wire => {
                serializer.serialize_str(secret.expose_secret())
            }
            Value::Secret(_) => serializer.serialize_str(redact::MARK),
            Value::List(list) => {
                let mut items = serializer.serialize_seq(None)?;
                for value in list.iter() {
                    items.serialize_element(&Json { value, purpose })?;
                }
                items.end()
            }
            Value::Map(map) => {
                let mut members = serializer.serialize_map(None)?;
                for (name, value) in map.entries() {
                    if !is_left_out(value, purpose) {
                        members.serialize_entry(name, &Json { value, purpose })?;
                    }
                }
                members.end()
            }
            Value::Object(object) => self::serialize(object, purpose, serializer),
            Value::Bytes(bytes) => serializer.serialize_str(&base64_text::encode(bytes)),
            Value::Any(value) => value.serialize(serializer),
            Value::JsonText(inner) => {
                let inner = Json { value: inner.as_value(), purpose };
                match purpose {
                    Purpose::Wire | Purpose::View => {
                        let text = inner.text();
                        serializer.serialize_str(str::from_utf8(&text).expect("JSON is text"))
                    }
                    Purpose::File => inner.serialize(serializer),
                }
            }
        }
    }
}

/// Whether an object is written without a member of this value.
fn is_left_out(value: Value<'_>, purpose: Purpose) -> bool {
    match value {
        Value::Absent => true,
        Value::Secret(_) => purpose == Purpose::File,
        Value::Text(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Boolean(_)
        | Value::Enum { .. }
        | Value::List(_)
        | Value::Map(_)
        | Value::Object(_)
        | Value::Bytes(_)
        | Value::Any(_)
        | Value::JsonText(_) => false,
    }
}

/// Writes the given fields as a JSON object.
pub(crate) fn serialize<S: Serializer>(
    fields: &dyn Fields,
    purpose: Purpose,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let members = serializer.serialize_map(None)?;
    let mut members = Members { members, outcome: Ok(()), purpose };
    fields.walk(&mut members);
    members.end()
}

struct Members<M: SerializeMap> {
    members: M,
    outcome: Result<(), M::Error>,
    purpose: Purpose,
}

impl<M: SerializeMap> Members<M> {
    fn end(self) -> Result<M::Ok, M::Error> {
        self.outcome?;
        self.members.end()
    }
}

impl<M: SerializeMap> Walk for Members<M> {
    fn field(&mut self, name: &'static str, value: Value<'_>) {
        let purpose = self.purpose;
        if self.outcome.is_ok() && !is_left_out(value, purpose) {
            self.outcome = self.members.serialize_entry(name, &Json { value, purpose });
        }
    }
}
