//! Requests as the query string that carries them.

use std::borrow::Cow;
use std::fmt;
use std::io::Write as _;
use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use crate::field::{Fields, Value, Walk};
use crate::json::{Json, Purpose};
use crate::wiped::{self, Writer};

/// All but what RFC 3986 calls unreserved.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The canonical query string of a request.
///
/// Names are in code point order, every byte outside `A-Za-z0-9-_.~` is `%XX`, parameters that are
/// not given are left out and empty ones are `Name=`. Lists and nested objects that do not travel as
/// JSON text become `Name.1`, `Name.2` and `Name.Member`, as in the official SDKs.
///
/// It carries passwords, so `Debug` shows the names only, and its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Query {
    text: Zeroizing<String>,
    parameters: Vec<Parameter>,
}

#[derive(Clone)]
struct Parameter {
    name: Cow<'static, str>,
    /// Where its value stands: in the query, escaped.
    value: Range<usize>,
}

impl Query {
    /// Encodes every given field of `request`.
    pub fn encode(request: &impl Fields) -> Self {
        Self::encode_with(request, None)
    }

    /// Encodes every given field of `request`, and the parameter of that name and value unless the
    /// request gives it.
    pub(crate) fn encode_with(
        request: &impl Fields,
        default: Option<(&'static str, &str)>,
    ) -> Self {
        let mut pairs = Pairs {
            prefix: String::new(),
            parameters: Vec::with_capacity(20),
            values: Zeroizing::new(Vec::with_capacity(512)),
        };
        request.walk(&mut pairs);
        if let Some((name, value)) = default
            && !pairs.parameters.iter().any(|parameter| parameter.name == name)
        {
            pairs.add(name.into(), Value::Text(value));
        }
        pairs.finish()
    }

    /// The query string with every value in it, passwords included: for the wire and nothing else.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether the parameter is there and not empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parameters.iter().any(|found| found.name == name && !found.value.is_empty())
    }

    /// The parameter that takes most room, and how many bytes its escaped value has.
    pub(crate) fn largest(&self) -> Option<(&str, usize)> {
        let largest = self.parameters.iter().max_by_key(|parameter| parameter.value.len())?;
        Some((&largest.name, largest.value.len()))
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.parameters.iter().map(|found| &*found.name).collect();
        formatter.debug_struct("Query").field("names", &names).finish_non_exhaustive()
    }
}

struct Pairs {
    prefix: String,
    parameters: Vec<Parameter>,
    /// The values as they are, one after the other.
    values: Zeroizing<Vec<u8>>,
}

impl Pairs {
    fn add(&mut self, name: Cow<'static, str>, value: Value<'_>) {
        let start = self.values.len();
        match value {
            Value::Absent => return,
            Value::Text(text) | Value::Enum { text, .. } => self.push(text),
            Value::Integer(number) => self.push_plain(&number),
            Value::Number(number) => self.push_plain(&number),
            Value::Boolean(boolean) => self.push_plain(&boolean),
            Value::Secret(secret) => self.push(secret.expose_secret()),
            Value::JsonText(inner) => {
                let json = Json { value: inner.as_value(), purpose: Purpose::Wire };
                json.write(&mut self.values);
            }
            Value::List(list) => {
                for (position, item) in list.iter().enumerate() {
                    self.add(format!("{name}.{}", position + 1).into(), item);
                }
                return;
            }
            Value::Object(object) => {
                let outer = std::mem::replace(&mut self.prefix, format!("{name}."));
                object.walk(self);
                self.prefix = outer;
                return;
            }
        }
        // The generator takes only names of which nothing has to be escaped.
        debug_assert_eq!(percent_encode(name.as_bytes(), ESCAPED).to_string(), name);
        self.parameters.push(Parameter { name, value: start..self.values.len() });
    }

    fn push(&mut self, text: &str) {
        wiped::push(&mut self.values, text.as_bytes());
    }

    fn push_plain(&mut self, value: &dyn fmt::Display) {
        write!(Writer(&mut self.values), "{value}").expect("writing to memory cannot fail");
    }

    /// Sorts the parameters and writes them down one after the other.
    fn finish(mut self) -> Query {
        self.parameters.sort_unstable_by(|left, right| left.name.cmp(&right.name));
        let names: usize = self.parameters.iter().map(|found| found.name.len() + 2).sum();
        // With room for everything, whatever is escaped, no copy is left behind unwiped.
        let mut text = Zeroizing::new(String::with_capacity(names + 3 * self.values.len()));
        for parameter in &mut self.parameters {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(&parameter.name);
            text.push('=');
            let start = text.len();
            text.extend(percent_encode(&self.values[parameter.value.clone()], ESCAPED));
            parameter.value = start..text.len();
        }
        Query { text, parameters: self.parameters }
    }
}

impl Walk for Pairs {
    fn field(&mut self, name: &'static str, value: Value<'_>) {
        if self.prefix.is_empty() {
            self.add(name.into(), value);
        } else {
            self.add(format!("{}{name}", self.prefix).into(), value);
        }
    }
}
