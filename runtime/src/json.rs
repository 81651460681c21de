//! Field values as JSON values: one conversion for the wire, for people, and for files.

use secrecy::ExposeSecret;

use crate::field::{Fields, Limit, Value, Walk};

/// What the JSON is for, which decides what becomes of secrets and of JSON text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// JSON text that is sent: secrets are written out.
    Wire,
    /// For people: secrets are hidden, JSON text is text.
    View,
    /// For files that are read again: secrets are left out, JSON text is the value that it holds.
    File,
}

/// The given fields as a JSON object.
pub(crate) fn object(fields: &impl Fields, purpose: Purpose) -> serde_json::Value {
    let mut members = Members { members: serde_json::Map::new(), purpose };
    fields.walk(&mut members);
    members.members.into()
}

/// The value as JSON text.
pub(crate) fn text(value: Value<'_>, purpose: Purpose) -> String {
    from_value(value, purpose).unwrap_or_default().to_string()
}

/// The value as JSON; `None` when it is absent or must not be shown.
fn from_value(value: Value<'_>, purpose: Purpose) -> Option<serde_json::Value> {
    Some(match value {
        Value::Absent => return None,
        Value::Text(text) | Value::Enum { text, .. } => text.into(),
        Value::Integer(number) => number.into(),
        Value::Number(number) => number.into(),
        Value::Boolean(boolean) => boolean.into(),
        Value::Secret(secret) => match purpose {
            Purpose::Wire => secret.expose_secret().into(),
            Purpose::View => "[REDACTED]".into(),
            Purpose::File => return None,
        },
        Value::List(list) => {
            let mut items = Vec::new();
            list.each(&mut |_, item| items.extend(from_value(item, purpose)));
            items.into()
        }
        Value::Object(object) => {
            let mut members = Members { members: serde_json::Map::new(), purpose };
            object.walk_object(&mut members);
            members.members.into()
        }
        Value::JsonText(inner) => match purpose {
            Purpose::Wire | Purpose::View => text(inner.as_value(), purpose).into(),
            Purpose::File => return from_value(inner.as_value(), purpose),
        },
    })
}

struct Members {
    members: serde_json::Map<String, serde_json::Value>,
    purpose: Purpose,
}

impl Walk for Members {
    fn field(&mut self, name: &'static str, _: &'static [Limit], value: Value<'_>) {
        if let Some(value) = from_value(value, self.purpose) {
            self.members.insert(name.to_owned(), value);
        }
    }
}
