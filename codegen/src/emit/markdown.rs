//! Text of a spec → Markdown that shows just that text.
//!
//! Descriptions are plain text with `code` spans; whatever else Markdown or rustdoc would read into
//! them is escaped. No text of a spec can end a comment, open a code block or become a link.
//!
//! Most of what is emitted is such text, so it is searched byte by byte: all marks are ASCII.

use std::borrow::Cow;
use std::iter;

use crate::blueprint::links::Links;

/// How wide a line of a description becomes, without the comment's own marks.
const WIDTH: usize = 92;

/// The text as lines of Markdown, wrapped, with links to the operations that it names.
pub(super) fn paragraphs(text: &str, links: Links<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    // A line break of two characters leaves an empty paragraph between, which is none.
    let is_break = |found| matches!(found, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    for paragraph in text.split(is_break).map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrapped(&escaped(paragraph, Some(links))));
    }
    lines
}

/// The text as one line of Markdown, for a list item.
pub(super) fn inline(text: &str, links: Links<'_>) -> String {
    escaped(&one_line(text), Some(links))
}

/// The same for what stands outside of docs, where nothing can be linked to.
pub(super) fn unlinked(text: &str) -> String {
    escaped(&one_line(text), None)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn escaped(text: &str, links: Option<Links<'_>>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    let stops = |at: &usize| {
        let found = text.as_bytes()[*at];
        is_mark(found) || found == b'h' || (links.is_some() && starts_word(text, *at))
    };
    while let Some(stop) = (at..text.len()).find(stops) {
        result.push_str(&text[at..stop]);
        let (shown, length) = shown(text, stop, links);
        result.push_str(&shown);
        at = stop + length;
    }
    result.push_str(&text[at..]);
    result
}

/// What is written for what stands at a place that may mean something, and how long that is.
fn shown<'t>(text: &'t str, at: usize, links: Option<Links<'_>>) -> (Cow<'t, str>, usize) {
    let rest = &text[at..];
    if rest.starts_with('`') {
        let run = rest.len() - rest.trim_start_matches('`').len();
        // Three at the start of a line would open a block, so they are no span.
        return match code_span(rest, run).filter(|_| run < 3) {
            Some(length) => {
                let name = rest[run..length - run].trim();
                (linked(&rest[..length], name, links), length)
            }
            None => (Cow::Owned("\\`".repeat(run)), run),
        };
    }
    if let Some(length) = url(rest) {
        return (Cow::Owned(format!("<{}>", &rest[..length])), length);
    }
    if let Some(name) = name_at(text, at)
        && let Cow::Owned(link) = linked(name, name, links)
    {
        return (Cow::Owned(link), name.len());
    }
    let first = &rest[..1];
    let is_mark = first.bytes().any(is_mark);
    (if is_mark { Cow::Owned(format!("\\{first}")) } else { Cow::Borrowed(first) }, 1)
}

/// The text as a link, where it is the name of an operation.
fn linked<'t>(text: &'t str, name: &str, links: Option<Links<'_>>) -> Cow<'t, str> {
    match links.and_then(|links| links.find(name)) {
        Some(docs) => Cow::Owned(format!("[`{name}`]({docs})")),
        None => Cow::Borrowed(text),
    }
}

fn is_of_word(found: u8) -> bool {
    found.is_ascii_alphanumeric() || found == b'_'
}

/// Whether a word starts there. Scripts without spaces stand between names, so a word is ASCII.
fn starts_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    bytes[at].is_ascii_alphabetic() && (at == 0 || !is_of_word(bytes[at - 1]))
}

/// The word that starts there, unless it is part of a path, a URL, or the like.
fn name_at(text: &str, at: usize) -> Option<&str> {
    if !starts_word(text, at) || text[..at].ends_with([':', '/', '.', '-', '=']) {
        return None;
    }
    let rest = &text[at..];
    let end = rest.bytes().position(|found| !is_of_word(found)).unwrap_or(rest.len());
    (!rest[end..].starts_with(['/', '='])).then_some(&rest[..end])
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

/// Lines of Markdown that is ours, broken as texts are.
pub(super) fn written(markdown: &str) -> Vec<String> {
    wrapped(markdown)
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
