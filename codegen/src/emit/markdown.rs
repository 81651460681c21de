//! Text of a spec → Markdown that shows just that text.
//!
//! Descriptions are plain text with `code` spans; whatever else Markdown or rustdoc would read into
//! them is escaped. No text of a spec can end a comment, open a code block or become a link.

use crate::english::is_hidden;

/// How wide a line of a description becomes, without the comment's own marks.
const WIDTH: usize = 92;

/// The text as lines of Markdown, wrapped.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let mut lines = Vec::new();
    for paragraph in text.split('\n').map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrapped(&escaped(paragraph)));
    }
    lines
}

/// The text as one line of Markdown, for a table cell or a list item.
pub(super) fn inline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    escaped(&words.join(" "))
}

/// A line without what the compiler or an editor would not show as it is.
pub(crate) fn visible(line: &str) -> String {
    let mut visible = String::with_capacity(line.len());
    for found in line.chars() {
        if is_hidden(found) {
            visible.extend(found.escape_unicode());
        } else {
            visible.push(found);
        }
    }
    visible
}

fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.chars().next() {
        if found == '`' {
            let run = rest.len() - rest.trim_start_matches('`').len();
            let span = code_span(rest, run).unwrap_or(0);
            if span > 0 {
                result.push_str(&rest[..span]);
                rest = &rest[span..];
            } else {
                result.push_str(&"\\`".repeat(run));
                rest = &rest[run..];
            }
            continue;
        }
        if let Some(length) = url(rest) {
            result.push_str(&format!("<{}>", &rest[..length]));
            rest = &rest[length..];
            continue;
        }
        if "\\*_[]<>|~#&!".contains(found) {
            result.push('\\');
        }
        result.push(found);
        rest = &rest[found.len_utf8()..];
    }
    result
}

/// The length of a code span that starts with `run` backticks, when it is closed.
fn code_span(text: &str, run: usize) -> Option<usize> {
    let mut from = run;
    while let Some(start) = text[from..].find('`') {
        let start = from + start;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        if length == run {
            return Some(start + length);
        }
        from = start + length;
    }
    None
}

/// The length of the URL that the text starts with.
fn url(text: &str) -> Option<usize> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let end = text.find(|found: char| found.is_whitespace() || "<>`\"'()".contains(found));
    let url = &text[..end.unwrap_or(text.len())];
    Some(url.trim_end_matches(['.', ',', ';', ':']).len())
}

/// Breaks lines between words; no line starts with what Markdown would take for a list or heading.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(first_word(word)),
        }
    }
    lines
}

fn first_word(word: &str) -> String {
    let digits = word.trim_start_matches(|found: char| found.is_ascii_digit());
    if digits.len() < word.len() && digits.starts_with(['.', ')']) {
        return format!("{}\\{digits}", &word[..word.len() - digits.len()]);
    }
    if word.starts_with(['-', '+', '=', ':']) { format!("\\{word}") } else { word.to_owned() }
}
