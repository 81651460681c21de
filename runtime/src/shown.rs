//! Texts of others as people are shown them: of a bounded length, on one line, and without characters
//! that change how the rest of the line is read.
//!
//! Knows no secret: whoever may have been told one strikes it out before.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// How many bytes of a text are kept.
pub(crate) const LIMIT: usize = 8 << 10;

/// Stands where the rest of a text is left out.
pub(crate) const MORE: char = '…';

/// The text, or as much of its beginning as is kept, with a mark.
pub(crate) fn bounded(text: impl Into<String>) -> String {
    let mut text = text.into();
    if text.len() > LIMIT {
        text.truncate(beginning(&text).len());
        text.push(MORE);
    }
    text
}

/// As much of a text that is too long as leaves room for the mark.
fn beginning(text: &str) -> &str {
    let room = 0..=LIMIT - MORE.len_utf8();
    &text[..room.rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)]
}

/// A text on one line, bounded.
pub(crate) fn line(text: &str) -> String {
    Line(text).to_string()
}

/// Shows a text on one line, bounded.
pub(crate) struct Line<'t>(pub(crate) &'t str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text =
            if self.0.len() > LIMIT { Cow::Owned(bounded(self.0)) } else { Cow::Borrowed(self.0) };
        text.chars().try_for_each(|found| formatter.write_char(clean(found)))
    }
}

/// The character, or a space for one that is not seen where it stands but in what it does: ends a
/// line, moves the cursor, turns the direction of what follows, or takes no room.
pub(crate) fn clean(found: char) -> char {
    let is_invisible = matches!(
        found,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    if found.is_control() || is_invisible { ' ' } else { found }
}
