//! Where in a file a part of a JSON string stands.

use std::ops::Range;

use crate::source::{Origin, Spanned};

/// The places of a text that stands in a JSON string.
pub(super) struct Places {
    whole: Origin,
    /// How many bytes longer the file is up to each of these bytes of the text; nothing where it is not
    /// known how the string is written.
    escapes: Option<Vec<(usize, usize)>>,
}

impl Places {
    pub(super) fn of(text: &Spanned<String>) -> Self {
        let mut escapes = Vec::new();
        let mut longer = 0;
        for (start, character) in text.value.char_indices() {
            let extra = escape(character);
            if extra > 0 {
                longer += extra;
                escapes.push((start + character.len_utf8(), longer));
            }
        }
        // What need not be escaped may be; then the whole string is the place.
        let is_plain = text.origin.range().len() == text.value.len() + longer + 2;
        Self { whole: text.origin, escapes: is_plain.then_some(escapes) }
    }

    /// The place of a range of bytes of the text.
    pub(super) fn origin(&self, range: Range<usize>) -> Origin {
        let Some(escapes) = &self.escapes else { return self.whole };
        let at = |byte: usize| {
            let before = escapes.partition_point(|(end, _)| *end <= byte);
            let longer = before.checked_sub(1).map_or(0, |last| escapes[last].1);
            self.whole.range().start + 1 + byte + longer
        };
        Origin::new(self.whole.file, at(range.start), at(range.end))
    }

    /// All of the text, with its quotes.
    pub(super) fn whole(&self) -> Origin {
        self.whole
    }
}

/// How many bytes more JSON needs for a character that has to be escaped.
fn escape(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 1,
        character if character < ' ' => 5,
        _ => 0,
    }
}
