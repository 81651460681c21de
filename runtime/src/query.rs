//! Requests as the query string that carries them.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use crate::field::{Fields, Value, Walk};
use crate::json::{Json, Purpose};

/// Everything but `A-Z a-z 0-9 - _ . ~`, which signature V3 leaves as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The canonical query string of a request.
///
/// Names are in code point order, every byte outside `A-Za-z0-9-_.~` is `%XX`, parameters that are
/// not given are left out and empty ones are `Name=`. Lists and nested objects that do not travel as
/// JSON text become `Name.1`, `Name.2` and `Name.Member`, as in the official SDKs.
///
/// It carries passwords, so `Debug` shows the names only.
#[derive(Clone)]
pub struct Query {
    text: SecretString,
    names: Vec<String>,
}

impl Query {
    /// Encodes every given field of `request`.
    pub fn encode(request: &impl Fields) -> Self {
        let mut pairs = Pairs { prefix: String::new(), pairs: Vec::new() };
        request.walk(&mut pairs);
        let mut pairs = pairs.pairs;
        pairs.sort_by(|left, right| left.0.cmp(&right.0));
        let mut text = String::new();
        for (name, value) in &pairs {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend(utf8_percent_encode(name, ESCAPED));
            text.push('=');
            text.extend(utf8_percent_encode(value.expose_secret(), ESCAPED));
        }
        Self { text: text.into(), names: pairs.into_iter().map(|(name, _)| name).collect() }
    }

    /// The query string with every value in it, passwords included: for the wire and nothing else.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Query").field("names", &self.names).finish_non_exhaustive()
    }
}

struct Pairs {
    prefix: String,
    pairs: Vec<(String, SecretString)>,
}

impl Pairs {
    fn add(&mut self, name: String, value: Value<'_>) {
        let text: SecretString = match value {
            Value::Absent => return,
            Value::Text(text) | Value::Enum { text, .. } => text.into(),
            Value::Integer(number) => number.to_string().into(),
            Value::Number(number) => number.to_string().into(),
            Value::Boolean(boolean) => boolean.to_string().into(),
            Value::Secret(secret) => secret.clone(),
            Value::JsonText(inner) => {
                Json { value: inner.as_value(), purpose: Purpose::Wire }.text().into()
            }
            Value::List(list) => {
                list.each(&mut |position, item| self.add(format!("{name}.{}", position + 1), item));
                return;
            }
            Value::Object(object) => {
                let outer = std::mem::replace(&mut self.prefix, format!("{name}."));
                object.walk_object(self);
                self.prefix = outer;
                return;
            }
        };
        self.pairs.push((name, text));
    }
}

impl Walk for Pairs {
    fn field(&mut self, name: &'static str, value: Value<'_>) {
        self.add(format!("{}{name}", self.prefix), value);
    }
}
