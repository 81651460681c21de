//! What a parameter says whether it is so: "Specifies whether to …" → where a sentence says the same words.
//!
//! Knows no language: the words before are those of the table.

use super::matching::{Matcher, Surroundings};
use super::outline::Sentence;
use super::reading::Reader;
use super::table::Item;
use super::token::{Sort, Token};

/// Fewer words may be those of anything.
const FEWEST: usize = 2;

impl Reader<'_> {
    /// The words that the first sentence of a description has behind "whether to", as far as nothing restricts them.
    pub(super) fn purpose_of(&self, first: &Sentence) -> Vec<String> {
        let tokens = &first.tokens;
        let matcher = self.matcher(tokens, Surroundings::default(), false);
        let behind = matcher.word("whether-to", 0).into_iter().max();
        let Some(start) = behind.filter(|_| matcher.is_truth()) else { return Vec::new() };
        let is_plain = tokens[start..].iter().all(|token| token.sort == Sort::Word);
        if !is_plain || !matcher.is_harmless(start..tokens.len()) {
            return Vec::new();
        }
        let words = tokens[start..].iter().filter(|token| !matcher.is_article(token));
        let words: Vec<String> = words.map(|token| token.lower.clone()).collect();
        if words.len() < FEWEST { Vec::new() } else { words }
    }
}

impl Matcher<'_> {
    /// Where the words end that say what the described parameter says whether it is so.
    pub(super) fn purpose_end(&self, at: usize) -> Option<usize> {
        let mut left = self.purpose;
        let mut end = at;
        while let Some((next, others)) = left.split_first() {
            let token = self.tokens.get(end)?;
            if token.lower == *next {
                left = others;
            } else if !self.is_article(token) {
                return None;
            }
            end += 1;
        }
        (end > at).then_some(end)
    }

    fn is_article(&self, token: &Token) -> bool {
        let articles = self.table.words("article", self.column);
        articles
            .iter()
            .any(|one| matches!(one.as_slice(), [Item::Word(word)] if *word == token.lower))
    }
}
