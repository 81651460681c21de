//! Names and values as the query string that carries them, and forms, which are written alike.
//!
//! Knows no places: whoever takes a request apart says what is added.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use zeroize::Zeroizing;

use crate::field::{Value, Walk};
use crate::scalar;
use crate::travel::Encoding;

/// All but what RFC 3986 calls unreserved.
pub(crate) const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

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
    /// Where its value stands: in the text, escaped, once it is written.
    value: Range<usize>,
}

impl Query {
    /// No parameters.
    pub(crate) fn none() -> Self {
        Self { text: Zeroizing::default(), parameters: Vec::new() }
    }

    /// The query string with every value in it, passwords included: for the wire and nothing else.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether there is a parameter of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == name)
    }

    /// The parameters of both.
    pub(crate) fn and(self, other: Self) -> Self {
        if other.parameters.is_empty() {
            return self;
        }
        let of = |query: Self| {
            let Self { text, parameters } = query;
            let value = move |value: Range<usize>| Zeroizing::new(text[value].to_owned());
            parameters.into_iter().map(move |found| (found.name, value(found.value)))
        };
        // With room for all of it, no copy is left behind unwiped.
        let mut text =
            Zeroizing::new(String::with_capacity(self.text.len() + other.text.len() + 1));
        let mut all: Vec<_> = of(self).chain(of(other)).collect();
        all.sort_by(|(left, _), (right, _)| left.cmp(right));
        let mut parameters = Vec::with_capacity(all.len());
        for (name, value) in all {
            start_parameter(&mut text, &name);
            let start = text.len();
            text.push_str(&value);
            parameters.push(Parameter { name, value: start..text.len() });
        }
        Self { text, parameters }
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

/// Names and values on their way into a query or a form.
pub(crate) struct Pairs {
    /// What stands before the names of an object's members.
    prefix: String,
    parameters: Vec<Parameter>,
    /// The values as they are, one after the other.
    values: Zeroizing<Vec<u8>>,
}

impl Pairs {
    /// None yet, with room for so many of them and for so many bytes of values.
    pub(crate) fn with_room(parameters: usize, values: usize) -> Self {
        Self {
            prefix: String::new(),
            parameters: Vec::with_capacity(parameters),
            values: Zeroizing::new(Vec::with_capacity(values)),
        }
    }

    /// Adds what a value becomes, unless it is absent.
    pub(crate) fn add(&mut self, name: Cow<'static, str>, value: Value<'_>, encoding: Encoding) {
        if matches!(value, Value::Absent) {
            return;
        }
        let start = self.values.len();
        match encoding {
            Encoding::Indexed => return self.add_indexed(name, value),
            Encoding::Json => scalar::json(value, &mut self.values),
            Encoding::Comma => scalar::with_commas(value, &mut self.values),
        }
        self.note(name, start);
    }

    fn add_indexed(&mut self, name: Cow<'static, str>, value: Value<'_>) {
        match value {
            Value::Absent => {}
            Value::List(list) => {
                for (position, item) in list.iter().enumerate() {
                    self.add_indexed(format!("{name}.{}", position + 1).into(), item);
                }
            }
            Value::Map(map) => {
                for (key, value) in map.entries() {
                    self.add_indexed(format!("{name}.{key}").into(), value);
                }
            }
            Value::Any(value) => self.add_any(name, value),
            Value::Object(object) => {
                let outer = std::mem::replace(&mut self.prefix, format!("{name}."));
                object.walk(self);
                self.prefix = outer;
            }
            Value::Text(_)
            | Value::Enum { .. }
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Boolean(_)
            | Value::Secret(_)
            | Value::Bytes(_)
            | Value::JsonText(_) => {
                let start = self.values.len();
                scalar::write(value, &mut self.values);
                self.note(name, start);
            }
        }
    }

    /// Takes a value of no type apart as typed ones are.
    fn add_any(&mut self, name: Cow<'static, str>, value: &serde_json::Value) {
        match value {
            serde_json::Value::Null => {}
            serde_json::Value::Bool(boolean) => {
                self.add_indexed(name, Value::Boolean(*boolean));
            }
            serde_json::Value::String(text) => self.add_indexed(name, Value::Text(text)),
            serde_json::Value::Number(number) => match number.as_f64() {
                Some(floating) if number.is_f64() => {
                    self.add_indexed(name, Value::Number(floating));
                }
                Some(_) | None => {
                    let start = self.values.len();
                    scalar::json(Value::Any(value), &mut self.values);
                    self.note(name, start);
                }
            },
            serde_json::Value::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.add_any(format!("{name}.{}", position + 1).into(), item);
                }
            }
            serde_json::Value::Object(members) => {
                for (key, value) in members {
                    self.add_any(format!("{name}.{key}").into(), value);
                }
            }
        }
    }

    /// Takes note of a parameter whose value was written from there on.
    fn note(&mut self, name: Cow<'static, str>, start: usize) {
        let value = start..self.values.len();
        self.parameters.push(Parameter { name, value });
    }

    /// The query that they are.
    pub(crate) fn finish(mut self) -> Query {
        let text = self.write();
        Query { text, parameters: self.parameters }
    }

    /// Sorts the parameters and writes them down one after the other.
    pub(crate) fn write(&mut self) -> Zeroizing<String> {
        self.parameters.sort_unstable_by(|left, right| left.name.cmp(&right.name));
        let names: usize = self.parameters.iter().map(|found| 3 * found.name.len() + 2).sum();
        // With room for everything, whatever is escaped, no copy is left behind unwiped.
        let mut text = Zeroizing::new(String::with_capacity(names + 3 * self.values.len()));
        for parameter in &mut self.parameters {
            start_parameter(&mut text, &parameter.name);
            let start = text.len();
            text.extend(percent_encode(&self.values[parameter.value.clone()], ESCAPED));
            parameter.value = start..text.len();
        }
        text
    }
}

/// Writes what stands before the value of a parameter.
fn start_parameter(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('&');
    }
    push_name(text, name);
    text.push('=');
}

/// Names of members are plain; keys of maps are whatever callers write.
fn push_name(text: &mut String, name: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if name.bytes().all(plain) {
        text.push_str(name);
    } else {
        text.extend(percent_encode(name.as_bytes(), ESCAPED));
    }
}

/// The members of an object inside.
impl Walk for Pairs {
    fn field(&mut self, name: &'static str, value: Value<'_>) {
        self.add_indexed(format!("{}{name}", self.prefix).into(), value);
    }
}
