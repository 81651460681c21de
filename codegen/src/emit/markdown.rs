//! Text of a spec → Markdown that shows just that text.
//!
//! Descriptions are plain text with `code` spans; whatever else Markdown or rustdoc would read into
//! them is escaped. No text of a spec can end a comment, open a code block or become a link.
//!
//! Most of what is emitted is such text, so it is searched byte by byte: all marks are ASCII.

use std::iter;

/// How wide a line of a description becomes, without the comment's own marks.
const WIDTH: usize = 92;

/// The text as lines of Markdown, wrapped.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    // A line break of two characters leaves an empty paragraph between, which is none.
    let is_break = |found| matches!(found, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    for paragraph in text.split(is_break).map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
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

fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(length) = rest.bytes().position(|found| is_mark(found) || found == b'h') {
        let (plain, marked) = rest.split_at(length);
        result.push_str(plain);
        rest = marked;
        if rest.starts_with('`') {
            let run = rest.len() - rest.trim_start_matches('`').len();
            // Three at the start of a line would open a block, so they are no span.
            let span = if run < 3 { code_span(rest, run).unwrap_or(0) } else { 0 };
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
        if !rest.starts_with('h') {
            result.push('\\');
        }
        result.push_str(&rest[..1]);
        rest = &rest[1..];
    }
    result.push_str(rest);
    result
}

/// Whether Markdown or rustdoc may read something into a character.
fn is_mark(found: u8) -> bool {
    matches!(
        found,
        b'`' | b'\\' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'|' | b'~' | b'#' | b'&' | b'!'
    )
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
    let mut width = 0;
    for word in words(text) {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if width + 1 + length <= WIDTH => {
                line.push(' ');
                line.push_str(word);
                width += 1 + length;
            }
            _ => {
                let mut line = String::with_capacity(WIDTH);
                push_first(word, &mut line);
                width = line.chars().count();
                lines.push(line);
            }
        }
    }
    lines
}

/// What stays on one line: words, and code spans whole, in which nothing is escaped.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let start = rest.trim_start_matches(' ');
        let (word, after) = start.split_at(word_end(start));
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// The length of the word that the text starts with.
fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(length) =
        bytes[end..].iter().position(|byte| matches!(byte, b' ' | b'\\' | b'`'))
    {
        end += length;
        match bytes[end] {
            b' ' => return end,
            b'\\' => end += 1 + text[end + 1..].chars().next().map_or(0, char::len_utf8),
            _ => {
                let run = text[end..].len() - text[end..].trim_start_matches('`').len();
                end += code_span(&text[end..], run).unwrap_or(run);
            }
        }
    }
    text.len()
}

/// Adds the first word of a line.
fn push_first(word: &str, line: &mut String) {
    let digits = word.trim_start_matches(|found: char| found.is_ascii_digit());
    let (number, rest) = word.split_at(word.len() - digits.len());
    let is_item = !number.is_empty() && rest.starts_with(['.', ')']);
    line.push_str(number);
    if is_item || word.starts_with(['-', '+', '=', ':']) {
        line.push('\\');
    }
    line.push_str(rest);
}
