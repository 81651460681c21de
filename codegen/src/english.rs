//! Small pieces of English, for sentences that stand in docs and in messages alike.

/// A name or value as `code`.
///
/// A text with backticks in it gets a longer fence, as CommonMark wants it; line breaks and other
/// control characters are escaped, so that a sentence stays one line.
pub(crate) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|found| match found {
            found if found.is_control() => found.escape_default().to_string(),
            found => found.to_string(),
        })
        .collect();
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

/// Joins words: `a`, `a or b`, `a, b or c`.
pub(crate) fn joined(words: &[String], conjunction: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

/// A number of things: `1 item`, `2 items`.
pub(crate) fn counted(count: u64, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// Names or values, one of which is meant.
pub(crate) fn any_of(texts: &[String]) -> String {
    joined(&texts.iter().map(|text| code(text)).collect::<Vec<_>>(), "or")
}
