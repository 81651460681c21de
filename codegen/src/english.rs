//! Small pieces of English, for sentences that stand in docs and in messages alike.

use std::borrow::Cow;

/// A name or value as `code`.
///
/// A text with backticks in it gets a longer fence, as CommonMark wants it; line breaks and other
/// control characters are escaped, so that a sentence stays one line.
pub(crate) fn code(text: &str) -> String {
    let text = shown(text, |hidden, shown| shown.extend(hidden.escape_default()));
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|found| found != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Whether a character does not show as itself: control characters, and those that change the
/// direction of text or take no room.
pub(crate) fn is_hidden(found: char) -> bool {
    found.is_control()
        || matches!(
            found,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// A line without what the compiler, an editor or a terminal would not show as it is.
pub(crate) fn visible(line: &str) -> Cow<'_, str> {
    shown(line, |hidden, shown| shown.extend(hidden.escape_unicode()))
}

/// A text with something else in the place of each character that does not show as itself.
fn shown(text: &str, instead: impl Fn(char, &mut String)) -> Cow<'_, str> {
    // Most text is printable ASCII, which is told byte by byte, many at a time.
    let is_plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    if is_plain || !text.contains(is_hidden) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for found in text.chars() {
        if is_hidden(found) {
            instead(found, &mut shown);
        } else {
            shown.push(found);
        }
    }
    shown.into()
}

/// Joins words: `a`, `a or b`, `a, b or c`.
pub(crate) fn joined(words: &[String], conjunction: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

/// "a schema", "an operation".
pub(crate) fn with_article(thing: &str) -> String {
    let vowel = thing.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    // Spoken, "x-ram" starts with a vowel.
    let article = if vowel || thing.starts_with("x-") { "an" } else { "a" };
    format!("{article} {thing}")
}

/// The first sentence of a text: to the first full stop after which another one may start, or to the end of the line.
pub(crate) fn first_sentence(text: &str) -> &str {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut in_code = false;
    for (at, found) in line.char_indices() {
        let after = &line[at + found.len_utf8()..];
        match found {
            '`' => in_code = !in_code,
            '。' => return &line[..at + found.len_utf8()],
            '.' if !in_code && after.starts_with(' ') => {
                let next = after.trim_start().chars().next();
                if next.is_some_and(|next| !next.is_lowercase()) {
                    return &line[..=at];
                }
            }
            _ => {}
        }
    }
    line
}

/// A number of things: `1 item`, `2 items`.
pub(crate) fn counted(count: u64, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// Names or values, one of which is meant.
pub(crate) fn any_of(texts: &[String]) -> String {
    joined(&texts.iter().map(|text| code(text)).collect::<Vec<_>>(), "or")
}

/// The candidate that `text` most likely was meant to be; letters of another case are the least
/// difference.
pub(crate) fn nearest<'c>(
    text: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if text.len() > MAX_NAME {
        return None;
    }
    let small = text.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_NAME)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&small, &candidate.to_lowercase());
            (distance, strsim::damerau_levenshtein(text, candidate), candidate)
        })
        .filter(|(distance, _, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, _, candidate)| candidate)
}

/// Names longer than this are not compared, which would take long.
const MAX_NAME: usize = 200;

/// Names in one line: `a`, `b` and `c`.
pub(crate) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => "no keys".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// How a verb is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// "`A` has …"
    States,
    /// "`A` must have …"
    Demands,
}

/// At least so many things, or fewer.
pub(crate) fn at_least(limit: u64, thing: &str, negated: bool) -> String {
    let quantity = if negated { "fewer than" } else { "at least" };
    format!("{quantity} {}", counted(limit, thing))
}

/// At most so many things, or more.
pub(crate) fn at_most(limit: u64, thing: &str, negated: bool) -> String {
    if limit == 0 {
        return if negated { format!("at least 1 {thing}") } else { format!("no {thing}s") };
    }
    let quantity = if negated { "more than" } else { "at most" };
    format!("{quantity} {}", counted(limit, thing))
}
