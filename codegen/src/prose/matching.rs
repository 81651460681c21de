//! Templates and the tokens of a sentence → what fills the slots, in all ways that fit.
//!
//! Knows what names and values look like, and leaves to `names` and `values` which they are. A sentence has a
//! budget of steps: what would take more fits nothing.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Kind;
use super::compose;
use super::joined::Join;
use super::meaning::{Condition, Id, Need, THIS};
use super::names::Names;
use super::present::{is_word, may_start};
use super::table::{Column, Filler, Item, Likely, Part, Shape, Table};
use super::token::Token;
use super::values::{self, Raw, Stands};

/// What fills a slot.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filled {
    Names(Vec<Id>),
    Groups(Vec<Vec<Id>>),
    Values(Vec<Raw>),
    Number(i64),
    Condition(Condition),
    Needs(Vec<Need>),
    Nothing,
}

/// The slots of a shape.
pub(super) type Slots = Vec<(char, Filled)>;

/// How far a shape fits, and with what.
#[derive(Debug, Clone, PartialEq)]
struct State {
    at: usize,
    slots: Slots,
}

/// A part of a list, and where it ends.
pub(super) type Found<T> = Vec<(usize, T)>;

/// As many steps may be made for a sentence.
const STEPS: usize = 120_000;
/// As many ways may be open at once.
pub(super) const WIDEST: usize = 200;

/// A sentence that is compared with the table.
pub(super) struct Matcher<'a> {
    pub(super) table: &'a Table,
    pub(super) column: Column,
    pub(super) names: &'a Names<'a>,
    /// The words that the description starts with, without an article.
    pub(super) subject: &'a [String],
    /// The words behind "whether to" that the description starts with.
    pub(super) purpose: &'a [String],
    /// The values that the description lists.
    pub(super) listed: &'a [String],
    pub(super) surroundings: Surroundings<'a>,
    /// Whether names, values and conditions that nobody knows fit, too.
    pub(super) is_lax: bool,
    pub(super) tokens: &'a [Token],
    pub(super) left: Cell<usize>,
    pub(super) conditions: Memo<Condition>,
    pub(super) needs: Memo<Vec<Need>>,
    pub(super) found: Memo<Id>,
    pub(super) likely: OnceCell<Likely<'a>>,
}

/// What stands around a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings<'a> {
    /// The value that the item speaks of that the sentence stands in.
    pub(super) label: Option<&'a str>,
    /// The case that the sentence before tells, if it tells one.
    pub(super) before: Option<&'a Condition>,
    /// Whether each item has a pair of values.
    pub(super) is_paired: bool,
}

/// What was found at a place.
pub(super) type Memo<T> = RefCell<BTreeMap<usize, Rc<Found<T>>>>;

impl<'a> Matcher<'a> {
    /// The budget of a sentence.
    pub(super) fn budget() -> Cell<usize> {
        Cell::new(STEPS)
    }

    /// The shapes of a part that may fit.
    pub(super) fn shapes(&self, part: Part) -> &[&'a Shape] {
        self.likely.get_or_init(|| self.table.likely(self.column, self.tokens)).of(part)
    }

    /// All ways in which items fit, each with where it ends.
    pub(super) fn fit(&self, items: &[Item], at: usize) -> Vec<(usize, Slots)> {
        let found = self.run(items, State { at, slots: Vec::new() });
        found.into_iter().map(|state| (state.at, state.slots)).collect()
    }

    /// The case that "in this case" means.
    pub(super) fn case(&self) -> Option<Condition> {
        match self.surroundings.before {
            Some(_) => self.case_before(),
            None => compose::label(self),
        }
    }

    /// The case that the sentence before tells.
    pub(super) fn case_before(&self) -> Option<Condition> {
        let before = self.surroundings.before?;
        (self.is_lax || !matches!(before, Condition::Unclear(_))).then(|| before.clone())
    }

    fn run(&self, items: &[Item], start: State) -> Vec<State> {
        let mut states = vec![start];
        for item in items {
            let mut next = Vec::new();
            for state in &states {
                self.step(item, state, &mut next);
            }
            next.truncate(WIDEST);
            states = next;
            if states.is_empty() {
                break;
            }
        }
        states
    }

    fn step(&self, item: &Item, state: &State, next: &mut Vec<State>) {
        let Some(left) = self.left.get().checked_sub(1) else { return };
        self.left.set(left);
        let mut push = |state: State| {
            if !next.contains(&state) {
                next.push(state);
            }
        };
        match item {
            Item::Word(word) => {
                if self.tokens.get(state.at).is_some_and(|token| is_word(token, word)) {
                    push(State { at: state.at + 1, slots: state.slots.clone() });
                }
            }
            Item::Either(choices) => {
                let token = self.tokens.get(state.at);
                for choice in choices.iter().filter(|choice| may_start(choice, token)) {
                    self.run(choice, state.clone()).into_iter().for_each(&mut push);
                }
            }
            Item::Slot(_, Filler::Range) => {
                for (at, (least, most)) in self.range(state.at) {
                    let mut slots = state.slots.clone();
                    slots.push(('n', Filled::Number(least)));
                    slots.push(('m', Filled::Number(most)));
                    push(State { at, slots });
                }
            }
            Item::Slot(letter, filler) => {
                for (at, filled) in self.fill(*filler, state.at) {
                    let mut slots = state.slots.clone();
                    slots.push((*letter, filled));
                    push(State { at, slots });
                }
            }
        }
    }

    fn fill(&self, filler: Filler, at: usize) -> Found<Filled> {
        match filler {
            Filler::Name => self
                .names_at(at)
                .into_iter()
                .map(|(end, id)| (end, Filled::Names(vec![id])))
                .collect(),
            Filler::Names => self.name_list(at, |_| true),
            Filler::NamesAnd => self.name_list(at, |join| join != Join::Or),
            Filler::NamesOr => self.name_list(at, |join| join == Join::Or),
            Filler::Groups => {
                let lists = self.list(at, |at| self.group_at(at)).into_iter();
                let several = lists
                    .filter(|(_, list, _)| list.len() > 1 && list.iter().any(|one| one.len() > 1));
                several.map(|(end, list, _)| (end, Filled::Groups(list))).collect()
            }
            Filler::NamesAndThis => self.names_and_this(at),
            Filler::Values => self.value_list(at, Stands::Alone),
            Filler::LikelyValues => self.value_list(at, Stands::InCondition),
            Filler::PlainValues => self.value_list(at, Stands::AsAdjective),
            Filler::SureValues => self.value_list(at, Stands::AsTold),
            Filler::Number => {
                let found = self.number(at).into_iter();
                found.map(|(end, number)| (end, Filled::Number(number))).collect()
            }
            // It fills two slots, which `step` does.
            Filler::Range => Vec::new(),
            Filler::Condition => {
                let found = self.conditions_at(at);
                found.iter().map(|(end, one)| (*end, Filled::Condition(one.clone()))).collect()
            }
            Filler::Needs => {
                let found = self.needs_at(at);
                found.iter().map(|(end, one)| (*end, Filled::Needs(one.clone()))).collect()
            }
            Filler::Harmless => match self.harmless_end(at) {
                end if end == self.tokens.len()
                    && end > at
                    && self.without("default", at..end, end) =>
                {
                    vec![(end, Filled::Nothing)]
                }
                _ => Vec::new(),
            },
            Filler::Aside => {
                (at + 1..=self.harmless_end(at)).map(|end| (end, Filled::Nothing)).collect()
            }
            Filler::Purpose => {
                self.purpose_end(at).into_iter().map(|end| (end, Filled::Nothing)).collect()
            }
            Filler::Anything => {
                let last = self.tokens.len().min(at + 40);
                (at + 1..=last).map(|end| (end, Filled::Nothing)).collect()
            }
        }
    }

    /// Where each of the choices of a word of the table ends.
    pub(super) fn word(&self, name: &str, at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let (choices, token) = (self.table.words(name, self.column), self.tokens.get(at));
        for choice in choices.iter().filter(|choice| may_start(choice, token)) {
            for (end, _) in self.fit(choice, at) {
                if !ends.contains(&end) {
                    ends.push(end);
                }
            }
        }
        ends
    }

    /// Whether there is no word in a part that restricts what stands beside it.
    pub(super) fn is_harmless(&self, part: std::ops::Range<usize>) -> bool {
        let end = part.end;
        self.without("doubt", part, end)
    }

    /// Whether no word of a kind stands in a part, but for those that are only written like one.
    pub(super) fn without(&self, kind: &str, part: std::ops::Range<usize>, end: usize) -> bool {
        let mut at = part.start;
        while at < part.end {
            if let Some(after) = self.word("plain", at).into_iter().max() {
                at = after;
            } else if self.word(kind, at).iter().any(|after| *after <= end) {
                return false;
            } else {
                at += 1;
            }
        }
        true
    }

    /// Where words end that restrict nothing. A number at their start belongs to what stands before.
    fn harmless_end(&self, at: usize) -> usize {
        let is_number =
            self.tokens.get(at).is_some_and(|token| values::number(&token.text).is_some());
        let mut end = at;
        while end < self.tokens.len() && !is_number {
            match self.word("plain", end).into_iter().max() {
                Some(after) => end = after,
                None if !self.word("doubt", end).is_empty() => break,
                None => end += 1,
            }
        }
        end
    }

    pub(super) fn single_conditions(&self, at: usize) -> Found<Condition> {
        let mut found = Vec::new();
        for shape in self.shapes(Part::Condition) {
            for (end, slots) in self.fit(&shape.items, at) {
                let told = compose::condition(self, &shape.formula, &slots);
                let Some(told) = told else { continue };
                // "当A不为空(表示…)时"
                let glossed = self.behind_harmless_gloss(end);
                for end in [end, glossed] {
                    if !found.contains(&(end, told.clone())) {
                        found.push((end, told.clone()));
                    }
                }
            }
        }
        found
    }

    fn needs_at(&self, at: usize) -> Rc<Found<Vec<Need>>> {
        if let Some(known) = self.needs.borrow().get(&at) {
            return Rc::clone(known);
        }
        let mut found = Vec::new();
        for shape in self.shapes(Part::Need) {
            for (end, slots) in self.fit(&shape.items, at) {
                let asked = compose::needs(self, &shape.formula, &slots);
                let asked = asked.map(|asked| (end, asked)).filter(|asked| !found.contains(asked));
                found.extend(asked);
            }
        }
        let found = Rc::new(found);
        self.needs.borrow_mut().insert(at, Rc::clone(&found));
        found
    }

    /// Whether the described parameter tells whether something is so.
    pub(super) fn is_truth(&self) -> bool {
        self.names.parameter(THIS).kind == Kind::Truth
    }
}
