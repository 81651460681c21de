//! The words of a sentence → which templates can fit it at all: most cannot, and are not tried.
//!
//! Knows no order of words.

use std::collections::BTreeMap;

use super::table::Item;
use super::token::Token;

/// The words of all templates, each with a number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: BTreeMap<String, usize>,
}

/// What has to be there for a template to fit.
#[derive(Debug)]
pub(super) enum Needed {
    Word(usize),
    /// All of one of these.
    Either(Vec<Vec<Needed>>),
}

/// Which words are there, by their numbers.
pub(super) struct Present(Vec<bool>);

impl Vocabulary {
    /// What a template needs.
    pub(super) fn needed(&mut self, items: &[Item]) -> Vec<Needed> {
        let mut needed = Vec::new();
        for item in items {
            match item {
                Item::Word(word) => needed.push(Needed::Word(self.number(word))),
                Item::Either(choices) => {
                    let choices: Vec<_> = choices.iter().map(|one| self.needed(one)).collect();
                    if !choices.iter().any(Vec::is_empty) {
                        needed.push(Needed::Either(choices));
                    }
                }
                Item::Slot(..) => {}
            }
        }
        needed
    }

    fn number(&mut self, word: &str) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(word.to_owned()).or_insert(next)
    }

    /// Which of the words stand in a sentence.
    pub(super) fn present(&self, tokens: &[Token]) -> Present {
        let mut present = vec![false; self.numbers.len()];
        for token in tokens {
            if let Some(number) = self.numbers.get(&token.lower) {
                present[*number] = true;
            }
        }
        Present(present)
    }
}

impl Present {
    /// Whether all that is needed is there.
    pub(super) fn has(&self, needed: &[Needed]) -> bool {
        needed.iter().all(|one| match one {
            Needed::Word(number) => self.0[*number],
            Needed::Either(choices) => choices.iter().any(|choice| self.has(choice)),
        })
    }
}

/// Whether a token is this word. The last byte tells most words apart, and this is asked more often than all else.
pub(super) fn is_word(token: &Token, word: &str) -> bool {
    token.lower.as_bytes().last() == word.as_bytes().last() && token.lower == word
}

/// Whether items can fit where this token is next, as far as their first one tells.
pub(super) fn may_start(items: &[Item], token: Option<&Token>) -> bool {
    match items.first() {
        Some(Item::Word(word)) => token.is_some_and(|token| is_word(token, word)),
        Some(Item::Either(choices)) => {
            choices.iter().any(|choice| choice.is_empty() || may_start(choice, token))
        }
        Some(Item::Slot(..)) | None => true,
    }
}
