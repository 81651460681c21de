//! What came out of an answer that was read, compared with what went in.
//!
//! Knows the ways in which answers are read leniently, each by its name, and neither types nor crates.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::declared::Declared;
use crate::json::escaped;

/// A way to read a value that is not written as it is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lenience {
    Null,
    EmptyText,
    EmptyCompound,
    NumberInText,
    TextFromNumber,
    BooleanInText,
    TextFromBoolean,
    Fraction,
    Case,
    Secret,
}

impl Lenience {
    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Null => "null for what is absent",
            Self::EmptyText => "an empty text for what is absent",
            Self::EmptyCompound => "an empty list or object for one of the other kind",
            Self::NumberInText => "a number in a text",
            Self::TextFromNumber => "a number for a text",
            Self::BooleanInText => "a boolean in a text",
            Self::TextFromBoolean => "a boolean for a text",
            Self::Fraction => "a whole number with a fraction of zero",
            Self::Case => "a value of an enum in letters of another case",
            Self::Secret => "a secret, which is there and not shown",
        }
    }
}

/// What became of an element that is not there any more, or not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Where it stands in the example, as a JSON pointer.
    pub(super) pointer: String,
    pub(super) went_in: Value,
    /// Nothing when it is lost.
    pub(super) came_out: Option<Value>,
}

/// The comparison of one answer.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    way: Vec<String>,
    /// How many elements went in.
    pub(super) elements: usize,
    /// How many of them the schema does not declare.
    pub(super) undeclared: usize,
    pub(super) lenient: BTreeMap<Lenience, usize>,
    /// The first element that was lost or changed.
    pub(super) difference: Option<Difference>,
}

impl Comparison {
    /// Compares a value of which this is declared; nothing is declared of one that is not in the schema.
    pub(super) fn compare(
        &mut self,
        went_in: &Value,
        came_out: Option<&Value>,
        declared: Option<Declared<'_>>,
    ) {
        let Some(declared) = declared else {
            let count = elements(went_in);
            self.elements += count;
            self.undeclared += count;
            return;
        };
        self.elements += 1;
        match (went_in, came_out) {
            (Value::Object(went), Some(Value::Object(came))) => {
                for (name, value) in went {
                    let came = came.get(name);
                    let declared = declared.member(name);
                    self.inside(escaped(name), |inner| inner.compare(value, came, declared));
                }
                let made_up = |(name, value): &(&String, &Value)| {
                    !went.contains_key(name.as_str()) && !is_empty(value)
                };
                if let Some((name, value)) = came.iter().find(made_up) {
                    self.inside(escaped(name), |inner| inner.differs(&Value::Null, Some(value)));
                }
            }
            (Value::Array(went), Some(Value::Array(came))) => {
                for (index, value) in went.iter().enumerate() {
                    let came = came.get(index);
                    let item = Some(declared.item());
                    self.inside(index.to_string(), |inner| inner.compare(value, came, item));
                }
                if let Some(value) = came.get(went.len()) {
                    let index = went.len().to_string();
                    self.inside(index, |inner| inner.differs(&Value::Null, Some(value)));
                }
            }
            (went, Some(came)) if went == came => {}
            (went, came) => match lenience(went, came, declared) {
                Some(Reading::Lenient(lenience)) => *self.lenient.entry(lenience).or_default() += 1,
                Some(Reading::Exact) => {}
                None => self.differs(went, came),
            },
        }
    }

    fn inside(&mut self, step: String, compare: impl FnOnce(&mut Self)) {
        self.way.push(step);
        compare(self);
        self.way.pop();
    }

    fn differs(&mut self, went_in: &Value, came_out: Option<&Value>) {
        let pointer = || self.way.iter().map(|step| format!("/{step}")).collect();
        self.difference.get_or_insert_with(|| Difference {
            pointer: pointer(),
            went_in: went_in.clone(),
            came_out: came_out.cloned(),
        });
    }
}

/// How a value was read that came out in another form.
enum Reading {
    Exact,
    Lenient(Lenience),
}

fn lenience(went: &Value, came: Option<&Value>, declared: Declared<'_>) -> Option<Reading> {
    let is_absent = came.is_none_or(is_empty);
    let lenience = match (went, came) {
        (Value::Null, _) if is_absent => Lenience::Null,
        (Value::String(text), _) if text.is_empty() && is_absent => Lenience::EmptyText,
        (Value::Array(_) | Value::Object(_), _) if is_empty(went) && is_absent => {
            Lenience::EmptyCompound
        }
        (_, Some(Value::String(came))) if came == "[REDACTED]" && !is_compound(went) => {
            Lenience::Secret
        }
        (Value::String(went), Some(Value::String(came)))
            if declared.has_values() && went.eq_ignore_ascii_case(came) =>
        {
            Lenience::Case
        }
        (Value::Number(went), Some(Value::Number(came))) if is_same(went, came) => {
            // Numbers that have fractions are written with one.
            let is_cut = went.is_f64() && !came.is_f64();
            return Some(if is_cut {
                Reading::Lenient(Lenience::Fraction)
            } else {
                Reading::Exact
            });
        }
        (Value::String(went), Some(Value::Number(came))) => {
            let number = went.parse::<Number>().ok()?;
            is_same(&number, came).then_some(Lenience::NumberInText)?
        }
        (Value::Number(went), Some(Value::String(came))) => {
            let number = came.parse::<Number>().ok()?;
            is_same(went, &number).then_some(Lenience::TextFromNumber)?
        }
        (Value::String(went), Some(Value::Bool(came))) => {
            let is_it = went.eq_ignore_ascii_case(&came.to_string());
            is_it.then_some(Lenience::BooleanInText)?
        }
        (Value::Bool(went), Some(Value::String(came))) if *came == went.to_string() => {
            Lenience::TextFromBoolean
        }
        _ => return None,
    };
    Some(Reading::Lenient(lenience))
}

/// Whether two numbers are one, however it is written.
fn is_same(one: &Number, other: &Number) -> bool {
    let names = |number: &Number, wanted: i128| {
        number.as_f64().is_some_and(|number| number.fract() == 0.0 && number as i128 == wanted)
    };
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one == other,
        (Some(whole), None) => names(other, whole),
        (None, Some(whole)) => names(one, whole),
        (None, None) => one.as_f64() == other.as_f64(),
    }
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

fn is_compound(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

/// Whether it is a list or an object with nothing in it, or `null`.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// How many values there are, those inside others included.
fn elements(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(elements).sum(),
        Value::Object(members) => members.values().map(elements).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
