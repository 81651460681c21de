//! Places of a sentence → lists of names, of values and of conditions that start there, and numbers.
//!
//! Knows by what the parts of a list are joined, and nothing of the shapes that lists stand in.

use std::rc::Rc;

use super::matching::{Filled, Found, Matcher, WIDEST};
use super::meaning::{Condition, Id, THIS};
use super::values::{self, Stands};

/// By what the parts of a list are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    Neither,
    And,
    Or,
}

/// As many names or values may a list have.
const LONGEST_LIST: usize = 24;
/// As many conditions may be joined.
const MOST_CONDITIONS: usize = 6;

impl Matcher<'_> {
    pub(super) fn name_list(&self, at: usize, fits: impl Fn(Join) -> bool) -> Found<Filled> {
        let lists = self.list(at, |at| self.names_at(at));
        let is_one_each = |names: &[Id]| {
            names.iter().enumerate().all(|(index, name)| !names[..index].contains(name))
        };
        lists
            .into_iter()
            .filter(|(_, names, join)| fits(*join) && (is_one_each(names) || self.is_lax))
            .map(|(end, names, _)| (end, Filled::Names(names)))
            .collect()
    }

    /// Names that the described parameter, which is none of them, is put before.
    pub(super) fn names_and_this(&self, at: usize) -> Found<Filled> {
        let mut found = self.name_list(at, |join| join != Join::Or);
        found.retain_mut(|(_, filled)| match filled {
            Filled::Names(names) if !names.contains(&THIS) => {
                names.insert(0, THIS);
                true
            }
            _ => false,
        });
        found
    }

    pub(super) fn value_list(&self, at: usize, stands: Stands) -> Found<Filled> {
        let lists = self.list(at, |at| self.value_at(at, stands));
        lists.into_iter().map(|(end, values, _)| (end, Filled::Values(values))).collect()
    }

    /// A number, with its unit and without.
    pub(super) fn number(&self, at: usize) -> Found<i64> {
        let number = self.tokens.get(at).and_then(|token| values::number(&token.text));
        number.map(|number| self.with_unit(at, number)).unwrap_or_default()
    }

    /// What a token says, with the unit behind it and without.
    fn with_unit<T: Copy>(&self, at: usize, said: T) -> Found<T> {
        let mut ends = self.word("unit", at + 1);
        ends.push(at + 1);
        ends.into_iter().map(|end| (end, said)).collect()
    }

    /// Two numbers with what says that all between them are meant: `1~9`, `1-9`, `[1,9]`.
    pub(super) fn range(&self, at: usize) -> Found<(i64, i64)> {
        let is = |at: usize, signs: &[&str]| {
            self.tokens.get(at).is_some_and(|token| signs.contains(&token.text.as_str()))
        };
        let word = self.tokens.get(at).and_then(|token| values::range(&token.text));
        if let Some(range) = word {
            return self.with_unit(at, range);
        }
        let is_bracketed = is(at, &["["]);
        let signs: &[&str] = if is_bracketed { &[",", "~"] } else { &["~", "至", "到", "–"] };
        let start = at + usize::from(is_bracketed);
        let mut found = Vec::new();
        for (middle, least) in
            self.number(start).into_iter().filter(|(middle, _)| is(*middle, signs))
        {
            let ends = self.number(middle + 1).into_iter().filter(|(_, most)| *most > least);
            found.extend(ends.map(|(end, most)| (end, (least, most))));
        }
        if is_bracketed {
            found.retain(|(end, _)| is(*end, &["]"]));
            found.iter_mut().for_each(|(end, _)| *end += 1);
        }
        found
    }

    /// Lists that start here, each as far as it goes.
    pub(super) fn list<T: Clone + PartialEq>(
        &self,
        at: usize,
        part: impl Fn(usize) -> Found<T>,
    ) -> Vec<(usize, Vec<T>, Join)> {
        let mut open: Vec<(usize, Vec<T>, Join)> = Vec::new();
        open.extend(part(at).into_iter().map(|(end, one)| (end, vec![one], Join::Neither)));
        let mut done = 0;
        while done < open.len() && open.len() < WIDEST {
            let (end, list, join) = open[done].clone();
            done += 1;
            if list.len() >= LONGEST_LIST {
                continue;
            }
            for (start, joined) in self.separators(end) {
                let join = match (join, joined) {
                    (known, Join::Neither) => known,
                    (Join::Neither, new) => new,
                    (known, new) if known == new => known,
                    _ => continue,
                };
                for (end, one) in part(start) {
                    let mut list = list.clone();
                    list.push(one);
                    let longer = (end, list, join);
                    if !open.contains(&longer) {
                        open.push(longer);
                    }
                }
            }
        }
        open
    }

    /// What may stand between the parts of a list.
    fn separators(&self, at: usize) -> Vec<(usize, Join)> {
        let mut found = Vec::new();
        let is_sign = self
            .tokens
            .get(at)
            .is_some_and(|token| token.is(",") || token.is("、") || token.is("/") || token.is("|"));
        let starts = if is_sign { vec![at, at + 1] } else { vec![at] };
        if is_sign {
            found.push((at + 1, Join::Neither));
        }
        for start in starts {
            found.extend(self.word("and", start).into_iter().map(|end| (end, Join::And)));
            found.extend(self.word("or", start).into_iter().map(|end| (end, Join::Or)));
        }
        found
    }

    /// Conditions that start here: single ones, and several that are joined.
    pub(super) fn conditions_at(&self, at: usize) -> Rc<Found<Condition>> {
        if let Some(known) = self.conditions.borrow().get(&at) {
            return Rc::clone(known);
        }
        let mut found: Found<Condition> = Vec::new();
        for (end, cases, _) in self.joined(at) {
            let cases = cases.into_iter().filter_map(Condition::all).collect();
            let whole = Condition::any(cases);
            let whole = whole.map(|whole| (end, whole)).filter(|whole| !found.contains(whole));
            found.extend(whole);
        }
        if found.is_empty() && self.is_lax {
            let last = self.tokens.len().min(at + 40);
            let unclear = |end| (end, Condition::Unclear(super::Reason::FactOutside));
            found.extend((at + 1..=last).map(unclear));
        }
        let found = Rc::new(found);
        self.conditions.borrow_mut().insert(at, Rc::clone(&found));
        found
    }

    /// Conditions that are joined: cases of which each has conditions that all hold. Both words in one sentence
    /// are understood only where a comma stands before the "or".
    fn joined(&self, at: usize) -> Vec<(usize, Vec<Vec<Condition>>, Join)> {
        let mut open: Vec<(usize, Vec<Vec<Condition>>, Join)> = Vec::new();
        let single = self.single_conditions(at);
        open.extend(single.into_iter().map(|(end, one)| (end, vec![vec![one]], Join::Neither)));
        let mut done = 0;
        while done < open.len() && open.len() < WIDEST {
            let (end, cases, join) = open[done].clone();
            done += 1;
            if cases.iter().map(Vec::len).sum::<usize>() >= MOST_CONDITIONS {
                continue;
            }
            let is_apart = self.tokens.get(end).is_some_and(|token| token.is(","));
            for (start, joined) in self.separators(end) {
                // What a plain "or" joins is neither joined by "and", nor after it.
                let is_mixed = match (join, joined) {
                    (Join::Or, Join::And) => true,
                    (Join::And, Join::Or) => !is_apart,
                    _ => false,
                };
                if joined == Join::Neither || is_mixed {
                    continue;
                }
                let next = if joined == Join::Or && is_apart { Join::Neither } else { joined };
                let mut starts = self.word("if", start);
                starts.push(start);
                for (end, one) in starts.into_iter().flat_map(|start| self.single_conditions(start))
                {
                    let mut cases = cases.clone();
                    match cases.last_mut().filter(|_| joined == Join::And) {
                        Some(last) => last.push(one),
                        None => cases.push(vec![one]),
                    }
                    open.push((end, cases, next));
                }
            }
        }
        open
    }
}
