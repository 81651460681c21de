//! Where in a sentence names and values stand: words, marks, and phrases that stand for them.
//!
//! Which parameters and values they are is decided in `names` and `values`.

use std::rc::Rc;

use super::compose;
use super::matching::{Found, Matcher};
use super::meaning::{Id, THIS};
use super::outline::behind_gloss;
use super::token::{self, Sort, Token};
use super::values::{self, Raw, Stands};

/// As many words may a phrase have.
const LONGEST_PHRASE: usize = 8;

impl Matcher<'_> {
    /// Whether the name of another parameter starts at a place.
    pub(super) fn names_another(&self, at: usize) -> bool {
        self.core(at).iter().any(|(_, id)| *id != THIS)
    }

    pub(super) fn names_at(&self, at: usize) -> Found<Id> {
        if let Some(known) = self.found.borrow().get(&at) {
            return known.to_vec();
        }
        let found = self.names_from(at);
        self.found.borrow_mut().insert(at, Rc::new(found.clone()));
        found
    }

    fn names_from(&self, at: usize) -> Found<Id> {
        let mut found: Found<Id> = Vec::new();
        let mut starts = self.word("the", at);
        starts.insert(0, at);
        for start in starts {
            for (end, id) in self.core(start) {
                let glossed = self.behind_harmless_gloss(end);
                for end in [end, glossed] {
                    let mut ends = self.word("parameter", end);
                    ends.push(end);
                    let more = ends.into_iter().map(|end| (end, id));
                    found.extend(more);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A name without what stands around it.
    fn core(&self, at: usize) -> Found<Id> {
        let mut found: Found<Id> = Vec::new();
        found.extend(self.word("this", at).into_iter().map(|end| (end, THIS)));
        let Some(first) = self.tokens.get(at) else { return found };
        if let Some(end) = self.dotted_end(at) {
            let text = self.tokens[at..end].iter().map(|token| token.text.as_str());
            found.extend(self.names.named(&text.collect::<String>()).map(|id| (end, id)));
            return found;
        }
        if first.mark > 0 {
            let end = self.mark_end(at);
            found.extend(self.names.named(&token::text(&self.tokens[at..end])).map(|id| (end, id)));
        }
        if first.sort == Sort::Word {
            found.extend(self.single(first).map(|id| (at + 1, id)));
        }
        if !found.is_empty() {
            return found;
        }
        found.extend(self.subject(at).map(|end| (end, THIS)));
        found.extend(
            self.word("end", at).into_iter().filter_map(|end| Some((end, self.names.end()?))),
        );
        found.extend(
            self.word("start", at).into_iter().filter_map(|end| Some((end, self.names.start()?))),
        );
        if found.is_empty() || found.iter().any(|(end, _)| !self.word("by", *end).is_empty()) {
            found.extend(self.phrase(at));
        }
        if found.is_empty() && self.is_lax {
            found.extend(self.unknown(at));
        }
        found
    }

    /// Where a name ends whose parts are marked one by one: `**A**.**B**`.
    fn dotted_end(&self, at: usize) -> Option<usize> {
        let parts = self.tokens[at..].chunks(2);
        let dots = parts.take_while(|part| match part {
            [word, dot] => word.sort == Sort::Word && dot.is(".") && dot.is_glued,
            _ => false,
        });
        let end = at + 2 * dots.count();
        let is_word =
            self.tokens.get(end).is_some_and(|last| last.sort == Sort::Word && last.is_glued);
        (end > at && is_word).then_some(end + 1)
    }

    /// Where the words end that the description starts with: "the expected number".
    fn subject(&self, at: usize) -> Option<usize> {
        let same = self.tokens[at..].iter().zip(self.subject);
        let length = same.take_while(|(token, word)| token.lower == **word).count();
        (length >= 2).then_some(at + length)
    }

    /// One word that is a name. A word of everyday language needs to be the name exactly.
    fn single(&self, token: &Token) -> Option<Id> {
        let is_everyday = token.mark == 0 && !token.text.contains(is_of_names);
        if is_everyday {
            let is_common = self.table.is_everyday(self.column, &token.lower);
            let is_name = self.names.is_exact(&token.text) && !is_common;
            return if is_name { self.names.named(&token.text) } else { None };
        }
        self.names.named(&token.text)
    }

    /// Several words that stand for a name.
    fn phrase(&self, at: usize) -> Found<Id> {
        let is_plain = |token: &&Token| token.sort != Sort::Sign;
        let run = self.tokens[at..].iter().take_while(is_plain).take(LONGEST_PHRASE).count();
        let mut found = Vec::new();
        for length in 1..=run {
            let end = at + length;
            let part = &self.tokens[at..end];
            if length > 1 && part.iter().all(|token| token.sort == Sort::Word) {
                let words: Vec<String> = part.iter().map(|token| token.lower.clone()).collect();
                let is_tail = || (at > 0 && self.names.is_tail(&words)).then_some(THIS);
                found.extend(self.names.spelled(&words).or_else(is_tail).map(|id| (end, id)));
            }
            found.extend(self.names.titled(&token::text(part)).map(|id| (end, id)));
            found.extend(self.behind_noun(at, end));
            // "the start time that is specified by the StartTime parameter"
            for after in self.word("by", end) {
                let named = self.word("the", after).into_iter().chain([after]);
                found.extend(named.flat_map(|start| self.named_at(start)));
            }
        }
        found
    }

    /// A name behind a noun that says what it is: "防护模式Mode", "the start time (StartTime)".
    fn behind_noun(&self, at: usize, end: usize) -> Option<(usize, Id)> {
        let next = self.tokens.get(end)?;
        let is_example = !self.word("example", at).is_empty();
        if is_example || !self.without("verb", at..end, end) {
            return None;
        }
        if next.is("(") {
            let close = behind_gloss(self.tokens, end);
            let mut found =
                self.named_at(end + 1).into_iter().filter(|(stop, _)| stop + 1 == close);
            return found.next().map(|(_, id)| (close, id));
        }
        let is_noun = self.tokens[at..end].iter().all(|token| token.sort == Sort::Han);
        if !is_noun || next.sort != Sort::Word {
            return None;
        }
        let stop = if next.mark > 0 { self.mark_end(end) } else { end + 1 };
        let id = self.names.named(&token::text(&self.tokens[end..stop]))?;
        Some((stop, id))
    }

    /// A name, or names in parentheses behind a noun that says what they are: "the pair (A and B)".
    pub(super) fn group_at(&self, at: usize) -> Found<Vec<Id>> {
        let mut found: Found<Vec<Id>> =
            self.names_at(at).into_iter().map(|(end, id)| (end, vec![id])).collect();
        if !found.is_empty() {
            return found;
        }
        let is_plain = |token: &&Token| token.sort != Sort::Sign;
        let run = self.tokens[at..].iter().take_while(is_plain).take(LONGEST_PHRASE).count();
        let close = behind_gloss(self.tokens, at + run);
        if close > at + run && self.without("verb", at..at + run, at + run) {
            let lists = self.list(at + run + 1, |at| self.names_at(at));
            let whole = lists.into_iter().filter(|(end, _, _)| end + 1 == close);
            let mut ends = self.word("parameter", close);
            ends.push(close);
            found.extend(whole.flat_map(|(_, names, _)| {
                ends.iter().map(|end| (*end, names.clone())).collect::<Vec<_>>()
            }));
        }
        found
    }

    /// A plain name, with or without a word for parameters behind it.
    pub(super) fn named_at(&self, at: usize) -> Found<Id> {
        let Some(first) = self.tokens.get(at) else { return Vec::new() };
        let end = if first.mark > 0 { self.mark_end(at) } else { at + 1 };
        let Some(id) = self.names.named(&token::text(&self.tokens[at..end])) else {
            return Vec::new();
        };
        let mut ends = self.word("parameter", end);
        ends.push(end);
        ends.into_iter().map(|end| (end, id)).collect()
    }

    /// Words that may be a name that nobody knows.
    fn unknown(&self, at: usize) -> Found<Id> {
        let is_plain = |token: &&Token| token.sort != Sort::Sign;
        let run = self.tokens[at..].iter().take_while(is_plain).take(LONGEST_PHRASE).count();
        (1..=run).map(|length| (at + length, compose::UNKNOWN)).collect()
    }

    /// Where a mark ends.
    fn mark_end(&self, at: usize) -> usize {
        let mark = self.tokens[at].mark;
        at + self.tokens[at..].iter().take_while(|token| token.mark == mark).count()
    }

    /// Where what stands in parentheses ends, if it restricts nothing.
    pub(super) fn behind_harmless_gloss(&self, at: usize) -> usize {
        let end = behind_gloss(self.tokens, at);
        if self.is_harmless(at..end) { end } else { at }
    }

    /// A value: what stands in one mark, or one word.
    pub(super) fn value_at(&self, at: usize, stands: Stands) -> Found<Raw> {
        let Some(first) = self.tokens.get(at) else { return Vec::new() };
        let (end, text) = match first.mark {
            0 if first.sort != Sort::Word => return Vec::new(),
            0 => (at + 1, first.text.clone()),
            // One mark around a list is none around a value.
            _ if self.is_marked_list(at) => (at + 1, first.text.clone()),
            _ => {
                let end = self.mark_end(at);
                (end, token::text(&self.tokens[at..end]))
            }
        };
        let is_marked = first.mark > 0;
        let is_single = is_marked && !self.is_marked_list(at);
        if !is_single && self.table.is_common(self.column, &first.lower) {
            return Vec::new();
        }
        let raw = Raw { text, is_marked, stands };
        let is_number = values::number(&raw.text).is_some();
        let unit = if is_number { self.word("unit", end).into_iter().max() } else { None };
        let end = unit.unwrap_or(end);
        let glossed = self.behind_harmless_gloss(end);
        let mut found = vec![(end, raw.clone())];
        if glossed > end {
            found.push((glossed, raw));
        }
        found
    }

    fn is_marked_list(&self, at: usize) -> bool {
        let mark = self.tokens[at].mark;
        let before = self.tokens[..at].iter().rev().take_while(|token| token.mark == mark);
        before
            .chain(&self.tokens[at..self.mark_end(at)])
            .any(|token| token.is(",") || token.is("、"))
    }
}

/// What makes a word look like a name.
fn is_of_names(letter: char) -> bool {
    letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_' || letter == '.'
}
