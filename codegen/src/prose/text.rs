//! A description in Markdown and HTML → lines, each with how deep it stands, and whether it is an item.
//!
//! Knows no language.

use std::sync::LazyLock;

use regex::Regex;

/// A line without its marks at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// How many columns stand before it.
    pub(super) indent: usize,
    /// Whether it stands in a quotation: a note.
    pub(super) is_quoted: bool,
    /// Whether it is an item of a list.
    pub(super) is_item: bool,
    /// Whether it is shown on one of the sites only.
    pub(super) is_of_site: bool,
    pub(super) body: String,
}

/// Where a part starts that is shown on one of the sites, and where it ends. Texts have no such signs: they
/// are taken out of them before.
const SITE: (char, char) = ('\u{1}', '\u{2}');

/// What is replaced, in this order, and by what.
static MARKS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let marks = [
        ("[\u{1}\u{2}\r]", ""),
        (r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{0,400}\)", "$1"),
        (r"(?i)<br\s{0,4}/?>", "\n"),
        (r"(?i)<li>", "\n- "),
        (r"(?i)<props[^<>\n]{0,80}>", "\u{1}"),
        (r"(?i)</props>", "\u{2}"),
        (r"<!-[^<>\n]{0,80}>", ""),
        (r"</?[A-Za-z][^<>\n]{0,80}>", ""),
        (r"&nbsp;|\u{a0}|\u{3000}", " "),
        (r"&lt;", "<"),
        (r"&gt;", ">"),
        (r"&amp;", "&"),
    ];
    let read =
        |(pattern, instead): (&str, &'static str)| Some((Regex::new(pattern).ok()?, instead));
    marks.into_iter().filter_map(read).collect()
});

/// What an item starts with: a sign, or a number, and a space. A sign may also stand right before a mark.
static ITEM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[-+•·](?:\s+|\*\*|`)|[-•·]|\*\s+|\d{1,2}[.)、]\s+)").ok());

/// The lines of a description, empty ones included: they end what stands above.
pub(super) fn lines(description: &str) -> Vec<Line> {
    let mut plain = description.to_owned();
    for (mark, instead) in MARKS.iter() {
        plain = mark.replace_all(&plain, *instead).into_owned();
    }
    let mut is_of_site = false;
    plain.lines().map(|line| read(line, &mut is_of_site)).collect()
}

fn read(line: &str, is_of_site: &mut bool) -> Line {
    let starts_in_site = *is_of_site || line.contains(SITE.0);
    if let Some(last) = line.rfind([SITE.0, SITE.1]) {
        *is_of_site = line[last..].starts_with(SITE.0);
    }
    let line = line.replace([SITE.0, SITE.1], "");
    let mut rest = line.as_str();
    let mut is_quoted = false;
    loop {
        let inner = rest.trim_start();
        let Some(quoted) = inner.strip_prefix('>') else { break };
        is_quoted = true;
        rest = quoted;
    }
    let body = rest.trim_start();
    let indent = rest.len() - body.len();
    let body = body.trim_start_matches('#');
    let start = ITEM.as_ref().and_then(|item| item.find(body)).filter(|_| !is_number(body));
    let inner = start.map_or(body, |start| after(body, start.as_str()));
    Line {
        indent,
        is_quoted,
        is_item: start.is_some(),
        is_of_site: starts_in_site,
        body: inner.trim().to_owned(),
    }
}

/// Whether a line starts with a number that is below zero: `-1：…`.
fn is_number(body: &str) -> bool {
    body.strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// What stands behind the sign of an item, its own mark included.
fn after<'b>(body: &'b str, start: &str) -> &'b str {
    let sign = start.trim_end_matches(['*', '`']);
    let sign = if sign.is_empty() { start } else { sign };
    &body[sign.len()..]
}
