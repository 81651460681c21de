//! What a limit says, in the words that the generator puts into docs.

use super::ViolationKind;
use crate::field::Bound;

/// The sentence of a limit of a field, or of `each` value in it.
pub(super) fn limit(field: &str, each: &str, kind: &ViolationKind) -> String {
    let must = match kind {
        ViolationKind::Enum(values) => format!("be {}", any_of(values)),
        ViolationKind::MinLength(limit) => format!("have at least {}", characters(*limit)),
        ViolationKind::MaxLength(0) => "have no characters".to_owned(),
        ViolationKind::MaxLength(limit) => format!("have at most {}", characters(*limit)),
        ViolationKind::Pattern(pattern) => format!("match {}", code(pattern)),
        ViolationKind::Minimum(bound) => format!("be at least {}", number(bound)),
        ViolationKind::Maximum(bound) => format!("be at most {}", number(bound)),
        ViolationKind::ExclusiveMinimum(bound) => format!("be more than {}", number(bound)),
        ViolationKind::ExclusiveMaximum(bound) => format!("be less than {}", number(bound)),
        _ => "be as documented".to_owned(),
    };
    format!("{each}{} must {must}", code(field))
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

fn number(bound: &Bound) -> String {
    match bound {
        Bound::Integer(number) => number.to_string(),
        Bound::Number(number) => number.to_string(),
    }
}

fn any_of(values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| code(value)).collect();
    match values.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => values.concat(),
    }
}

/// A name or value as `code`: on one line, with a fence that is longer than any inside.
pub(crate) fn code(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for found in text.chars() {
        if is_hidden(found) {
            line.extend(found.escape_default());
        } else {
            line.push(found);
        }
    }
    if line.is_empty() {
        return "`\"\"`".to_owned();
    }
    if !line.contains('`') {
        return format!("`{line}`");
    }
    let longest = line.split(|found| found != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    format!("{fence} {line} {fence}")
}

/// Whether a character does not show as itself: control characters, and those that change the
/// direction of text or take no room.
pub(super) fn is_hidden(found: char) -> bool {
    found.is_control()
        || matches!(
            found,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}
