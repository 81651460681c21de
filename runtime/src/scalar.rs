//! Single values as the text that carries them, where there is one text for a value.

use std::fmt;
use std::io::Write as _;

use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::base64_text;
use crate::field::Value;
use crate::json::{Json, Purpose};
use crate::wiped::{self, Writer};

/// Appends a value: nothing if it is absent, and JSON if it is more than a scalar.
pub(crate) fn write(value: Value<'_>, memory: &mut Zeroizing<Vec<u8>>) {
    match value {
        Value::Absent => {}
        Value::Text(text) | Value::Enum { text, .. } => wiped::push(memory, text.as_bytes()),
        Value::Integer(number) => plain(&number, memory),
        Value::Number(number) => plain(&number, memory),
        Value::Boolean(boolean) => plain(&boolean, memory),
        Value::Secret(secret) => wiped::push(memory, secret.expose_secret().as_bytes()),
        Value::JsonText(inner) => json(inner.as_value(), memory),
        Value::Bytes(bytes) => wiped::push(memory, base64_text::encode(bytes).as_bytes()),
        Value::List(_) | Value::Object(_) | Value::Map(_) => json(value, memory),
        Value::Any(serde_json::Value::Null) => {}
        Value::Any(serde_json::Value::String(text)) => wiped::push(memory, text.as_bytes()),
        Value::Any(
            serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::Array(_)
            | serde_json::Value::Object(_),
        ) => json(value, memory),
    }
}

/// Appends a value as JSON.
pub(crate) fn json(value: Value<'_>, memory: &mut Zeroizing<Vec<u8>>) {
    Json { value, purpose: Purpose::Wire }.write(memory);
}

/// Appends a value as the whole body: JSON, and a text of no declared type as it is, which services
/// that take anything are sent by the official SDKs.
pub(crate) fn body(value: Value<'_>, memory: &mut Zeroizing<Vec<u8>>) {
    match value {
        Value::Any(serde_json::Value::String(text)) => wiped::push(memory, text.as_bytes()),
        value => json(value, memory),
    }
}

/// Appends bytes as they are.
pub(crate) fn bytes(value: Value<'_>, memory: &mut Zeroizing<Vec<u8>>) {
    match value {
        Value::Bytes(bytes) => wiped::push(memory, bytes),
        value => write(value, memory),
    }
}

/// Appends the items of a list with commas between them.
pub(crate) fn with_commas(value: Value<'_>, memory: &mut Zeroizing<Vec<u8>>) {
    let Value::List(list) = value else { return write(value, memory) };
    for (position, item) in list.iter().enumerate() {
        if position > 0 {
            wiped::push(memory, b",");
        }
        write(item, memory);
    }
}

/// The text of a value.
pub(crate) fn text(value: Value<'_>) -> Zeroizing<String> {
    let mut memory = Zeroizing::new(Vec::with_capacity(64));
    write(value, &mut memory);
    let bytes = std::mem::take(&mut *memory);
    Zeroizing::new(String::from_utf8(bytes).expect("values are texts"))
}

/// Appends a number or a boolean.
fn plain(value: &dyn fmt::Display, memory: &mut Zeroizing<Vec<u8>>) {
    write!(Writer(memory), "{value}").expect("writing to memory cannot fail");
}
