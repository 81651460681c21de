//! Names and values as the language writes them.

use super::lexer::{Kind, tokens};
use crate::bound::condition::Operator;
use crate::english::is_hidden;

/// The name of a parameter, in brackets where it has to be; nothing where the language cannot write it.
pub(crate) fn name(name: &str) -> Option<String> {
    let is_read = |text: &str| match tokens(text).as_deref() {
        Ok([token]) => token.kind == Kind::Name(name.to_owned()),
        Ok(_) | Err(_) => false,
    };
    let bracketed = format!("[{name}]");
    if is_read(name) && !name.starts_with(['[', '^']) {
        Some(name.to_owned())
    } else {
        // The published grammar has no digit behind the bracket.
        is_read(&bracketed)
            .then_some(bracketed)
            .filter(|_| !name.starts_with(|first: char| first.is_ascii_digit()))
    }
}

/// A text between quotes, on one line.
pub(crate) fn text(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        match character {
            '\\' | '\'' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            hidden if is_hidden(hidden) => {
                let mut units = [0; 2];
                for unit in hidden.encode_utf16(&mut units) {
                    quoted.push_str(&format!("\\u{unit:04x}"));
                }
            }
            plain => quoted.push(plain),
        }
    }
    quoted.push('\'');
    quoted
}

/// How the language writes a comparison.
pub(crate) fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => "<",
        Operator::AtMost => "<=",
        Operator::Equal => "==",
        Operator::NotEqual => "!=",
        Operator::AtLeast => ">=",
        Operator::More => ">",
    }
}
