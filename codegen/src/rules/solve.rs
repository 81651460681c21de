//! Whether a formula can hold at all.
//!
//! Tries every combination of situations that the formula can tell apart, one parameter after the
//! other; comparisons of several parameters are decided last, together. In a space that is closed, which
//! is the one that analysis asks, the answer is exact. In an open one, which serves to simplify what
//! people read, parameters may have any value, and what a pattern matches and what stands inside a
//! list or an object is taken to be free: an answer of "never" is always right there, too.

mod insides;
mod moments;
pub(crate) mod numbers;
mod relations;
pub(crate) mod situations;
mod sums;
pub(crate) mod texts;

use std::borrow::Cow;

use crate::bound::Subject;
use crate::rules::logic::formula::{Atom, Formula, Relation};
use crate::rules::logic::simplify::uncompared;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::solve::relations::can_compare;
use crate::rules::solve::situations::Situation;

/// The situations that have been chosen for parameters.
pub(crate) type Chosen = Vec<(Subject, Situation)>;

impl Space<'_> {
    /// Whether some request with some context makes the formula hold.
    pub(crate) fn is_satisfiable(&self, formula: &Formula) -> bool {
        self.witness(formula).is_some()
    }

    /// Situations that make the formula hold; a parameter that is not among them may be in any.
    pub(crate) fn witness(&self, formula: &Formula) -> Option<Chosen> {
        self.witness_by(formula, &mut |_| ())
    }

    /// Situations that make the formula hold, those of each parameter tried as `order` has them.
    pub(crate) fn witness_by(
        &self,
        formula: &Formula,
        order: &mut dyn FnMut(&mut Vec<Situation>),
    ) -> Option<Chosen> {
        let mut chosen = Vec::new();
        self.search(&self.with_own_limits(formula), &mut chosen, order).then_some(chosen)
    }

    /// Leaves in `chosen` what makes the formula hold, if anything does.
    fn search(
        &self,
        formula: &Formula,
        chosen: &mut Chosen,
        order: &mut dyn FnMut(&mut Vec<Situation>),
    ) -> bool {
        let formula = self.simplified(formula);
        let Some(subject) = next_subject(&formula, chosen) else {
            return self.holds_for_some_numbers(&formula, chosen, &mut Vec::new());
        };
        let mut atoms = 0;
        formula.for_each_atom(&mut |_, _| atoms += 1);
        if !self.take_split(atoms) {
            // Left open; whoever asks reports that the rules are too many to judge.
            return true;
        }
        let mut situations = self.situations(&formula, subject);
        order(&mut situations);
        situations.into_iter().any(|situation| {
            let supposed = suppose(&formula, subject, &situation);
            let before = chosen.len();
            chosen.push((subject, situation));
            let found = self.search(&supposed, chosen, order);
            if !found {
                chosen.truncate(before);
            }
            found
        })
    }

    /// Of formulas that only compare parameters with each other: each comparison is tried both ways.
    fn holds_for_some_numbers(
        &self,
        formula: &Formula,
        chosen: &Chosen,
        decided: &mut Vec<Relation>,
    ) -> bool {
        let mut first = None;
        formula.for_each_relation(&mut |relation| first = first.or(Some(relation)));
        let Some(relation) = first else {
            return *formula == Formula::True
                && (self.compares_freely() || can_compare(self, chosen, decided));
        };
        if !self.take_split(1) {
            return true;
        }
        [true, false].into_iter().any(|held| {
            let rest = decide(formula, relation, held);
            let simpler = self.simplified(&rest);
            decided.push(Relation { negated: relation.negated == held, ..relation.clone() });
            let found = self.holds_for_some_numbers(&simpler, chosen, decided);
            decided.pop();
            found
        })
    }

    /// Whether every request with every context makes the formula hold.
    pub(crate) fn is_tautology(&self, formula: &Formula) -> bool {
        !self.is_satisfiable(&formula.negated())
    }

    /// Whether two formulas hold for the same requests, wherever `within` holds.
    pub(crate) fn are_equivalent(&self, left: &Formula, right: &Formula, within: &Formula) -> bool {
        let differ = Formula::exactly_one(vec![left.clone(), right.clone()]);
        !self.is_satisfiable(&differ.and(within.clone()))
    }

    /// Every combination of truth values that some object can give the formulas at once.
    pub(crate) fn outcomes(&self, formulas: &[Formula]) -> Vec<Vec<bool>> {
        let mut outcomes = vec![(Formula::True, Vec::new())];
        for formula in formulas {
            outcomes = outcomes
                .into_iter()
                .flat_map(|(known, truths): (Formula, Vec<bool>)| {
                    [true, false].map(|holds| {
                        let part = if holds { formula.clone() } else { formula.negated() };
                        let truths = [truths.as_slice(), &[holds]].concat();
                        (self.simplified(&known.clone().and(part)).into_owned(), truths)
                    })
                })
                .filter(|(known, _)| self.is_satisfiable(known))
                .collect();
        }
        outcomes.into_iter().map(|(_, truths)| truths).collect()
    }
}

/// A parameter whose situation is still open.
fn next_subject(formula: &Formula, chosen: &Chosen) -> Option<Subject> {
    let mut first = None;
    formula.for_each_atom(&mut |subject, _| first = first.or(Some(subject)));
    formula.for_each_relation(&mut |relation| {
        let open = |subject: &Subject| !chosen.iter().any(|(known, _)| known == subject);
        first = first.or_else(|| relation.compared.subjects().find(open));
    });
    first
}

/// What a formula comes to once a comparison is known to hold or not.
fn decide<'f>(formula: &'f Formula, known: &Relation, held: bool) -> Cow<'f, Formula> {
    formula.map_relations(&|relation| {
        let is_known = relation.compared == known.compared;
        is_known.then(|| Formula::constant(held == (relation.negated == known.negated)))
    })
}

/// What a formula comes to in a situation.
pub(crate) fn suppose<'f>(
    formula: &'f Formula,
    subject: Subject,
    situation: &Situation,
) -> Cow<'f, Formula> {
    let supposed = formula.map_atoms(&|found, atom| {
        if found != subject {
            return None;
        }
        Some(Formula::constant(match atom {
            Atom::Is(states) => situation.states.is_subset(states),
            Atom::Test(test) if situation.states == States::absent() => test.absent,
            Atom::Test(test) => situation.holding.contains(&test.predicate) != test.negated,
        }))
    });
    if situation.states == States::absent() { uncompared(supposed, subject) } else { supposed }
}
