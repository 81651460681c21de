//! What metadata says in Markdown and HTML → plain text, with `code` where it was code.
//!
//! Links lead to pages by numbers that only the site knows, so their words alone are left.

use std::sync::LazyLock;

use regex::Regex;

/// What is replaced, in this order, and by what.
static MARKS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let marks = [
        // `[DescribeRegions](~~25609~~)`
        (r"!?\[([^\[\]]*)\]\([^()\s]*\)", "$1"),
        (r"(?i)<br\s*/?>", "\n"),
        // `<props="china">`, `</notice>`, `<b>`
        (r"</?[A-Za-z][^<>\n]{0,200}>", ""),
        (r"\*\*([^*\n]+)\*\*", "$1"),
        // Headings, quotations, and what indents code.
        (r"(?m)^[ \t]*(?:#{1,6}|>)+[ \t]*", ""),
        (r"(?m)^[ \t]+", ""),
        (r"&nbsp;", " "),
        (r"&lt;", "<"),
        (r"&gt;", ">"),
        (r"&amp;", "&"),
        (r"[ \t]+", " "),
        (r"\s*\n\s*", "\n"),
    ];
    let read =
        |(pattern, instead): (&str, &'static str)| Some((Regex::new(pattern).ok()?, instead));
    marks.into_iter().filter_map(read).collect()
});

/// The text without marks; nothing where there is none.
pub(super) fn plain(text: &str) -> Option<String> {
    let mut plain = text.to_owned();
    for (mark, instead) in MARKS.iter() {
        plain = mark.replace_all(&plain, *instead).into_owned();
    }
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

/// The first line of a text.
pub(super) fn line(text: &str) -> Option<String> {
    plain(text)?.lines().next().map(str::to_owned)
}

/// Whether a text has Chinese characters.
pub(super) fn is_chinese(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}'))
}
