//! What a refused value is, in words that may stand in a message: never what a secret is.

use std::fmt;

use super::ViolationKind;
use super::words::is_hidden;
use crate::field::Value;

/// How many characters of a wrong value a message shows.
const SHOWN: usize = 64;

/// A value that a rule refused.
pub(super) struct Found<'a> {
    pub(super) kind: &'a ViolationKind,
    pub(super) value: Value<'a>,
}

impl Found<'_> {
    /// What the value is instead of what it ought to be; nothing for secrets and for whatever would
    /// not fit into a line.
    pub(super) fn text(&self) -> Option<String> {
        match (self.kind, self.value) {
            (ViolationKind::MinLength(_) | ViolationKind::MaxLength(_), Value::Text(text)) => {
                Some(format!("has {}", text.chars().count()))
            }
            (ViolationKind::Enum(values), Value::Text(text) | Value::Enum { text, .. }) => {
                let meant = values.iter().find(|value| value.eq_ignore_ascii_case(text));
                let hint = meant.map(|value| format!("; did you mean `{value}`?"));
                Some(format!("is {}{}", Shown(text), hint.unwrap_or_default()))
            }
            (_, Value::Text(text) | Value::Enum { text, .. }) => {
                Some(format!("is {}", Shown(text)))
            }
            (_, Value::Integer(number)) => Some(format!("is {number}")),
            (_, Value::Number(number)) => Some(format!("is {number}")),
            (_, Value::Boolean(boolean)) => Some(format!("is {boolean}")),
            (ViolationKind::MinItems(_) | ViolationKind::MaxItems(_), Value::List(list)) => {
                Some(format!("has {}", list.iter().count()))
            }
            _ => None,
        }
    }
}

/// A value as a message shows it: one line, escaped, of bounded length.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.char_indices().nth(SHOWN).map_or(self.0.len(), |(index, _)| index);
        let dots = if end < self.0.len() { "…" } else { "" };
        formatter.write_str("`")?;
        for found in self.0[..end].chars() {
            // Neither control characters nor those that turn the direction of text.
            if is_hidden(found) {
                write!(formatter, "{}", found.escape_default())?;
            } else {
                write!(formatter, "{found}")?;
            }
        }
        write!(formatter, "{dots}`")
    }
}
