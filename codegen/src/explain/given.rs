//! What is left to decide of a request once some of it is given.
//!
//! Decides as validators do: a parameter is required when no valid request that has what is given
//! lacks it, and not allowed when none has it. Knows no text.

use crate::analyze::groups::{Group, groups};
use crate::bound::Subject;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::{Kind, Rule};

/// A parameter, or a fact of the context, that is given.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) subject: Subject,
    /// What is known of it, as far as states tell.
    pub(super) states: States,
    /// All that is known of it.
    pub(super) formula: Formula,
}

impl Fact {
    /// Given, with whatever value.
    pub(super) fn present(subject: Subject) -> Self {
        Self::in_states(subject, States::present())
    }

    pub(super) fn in_states(subject: Subject, states: States) -> Self {
        Self { subject, formula: Formula::Is(subject, states.clone()), states }
    }

    fn has_value(&self) -> bool {
        matches!(&self.states.values, Values::Only(_))
    }
}

/// What can be said of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Required,
    Optional,
    NotAllowed,
    /// It depends on these.
    Open(Vec<Subject>),
}

/// What is left to decide.
pub(super) struct Decided<'r> {
    /// The parameters that are not given, and those that are and must not be, in the order of the
    /// fields.
    pub(super) verdicts: Vec<(Subject, Verdict)>,
    /// The rules that what is given breaks, whatever else is given.
    pub(super) broken: Vec<&'r Rule>,
    /// The rules that no verdict shows and that can still be broken.
    pub(super) others: Vec<&'r Rule>,
}

/// Decides what can be decided.
pub(super) fn decide<'r>(space: &Space<'_>, rules: &'r [Rule], facts: &[Fact]) -> Decided<'r> {
    let groups: Vec<Judged<'_>> =
        groups(rules).into_iter().map(|group| Judged::new(space, group, facts)).collect();
    let verdict = |subject: Subject| {
        let judged = groups.iter().find(|judged| judged.group.subjects.contains(&subject));
        let is_given = facts.iter().any(|fact| fact.subject == subject);
        match judged {
            Some(judged) if is_given => {
                judged.refused.contains(&subject).then_some(Verdict::NotAllowed)
            }
            Some(judged) => Some(judged.verdict(space, rules, subject)),
            None if is_given => None,
            None if space.is_required(subject) => Some(Verdict::Required),
            None => Some(Verdict::Optional),
        }
    };
    let verdicts = space.request().filter_map(|subject| Some((subject, verdict(subject)?)));
    let verdicts = verdicts.collect();
    let broken: Vec<&Rule> =
        groups.iter().flat_map(|judged| judged.broken.iter().copied()).collect();
    let is_told = |rule: &Rule| broken.iter().any(|told| std::ptr::eq(*told, rule));
    let given = all(facts);
    let others = rules.iter().filter(|rule| rule.kind.is_shown_apart() && !is_told(rule));
    let others =
        others.filter(|rule| space.is_satisfiable(&given.clone().and(rule.broken.clone())));
    let others = others.collect();
    Decided { verdicts, broken, others }
}

fn all(facts: &[Fact]) -> Formula {
    Formula::All(facts.iter().map(|fact| fact.formula.clone()).collect())
}

/// Rules that share parameters, beside what is given.
struct Judged<'r> {
    group: Group<'r>,
    valid: Formula,
    /// What is given, as much of it as a valid request can have.
    facts: Vec<Fact>,
    /// Parameters that are given and that no valid request has which has the rest of what is given.
    refused: Vec<Subject>,
    broken: Vec<&'r Rule>,
}

impl<'r> Judged<'r> {
    fn new(space: &Space<'_>, group: Group<'r>, facts: &[Fact]) -> Self {
        let mut facts: Vec<Fact> =
            facts.iter().filter(|fact| group.subjects.contains(&fact.subject)).cloned().collect();
        // A request is at fault before what it is about.
        facts.sort_by_key(|fact| !fact.subject.is_context());
        let valid = group.valid(space);
        let mut judged = Self { group, valid, facts, refused: Vec::new(), broken: Vec::new() };
        let given = all(&judged.facts);
        if !judged.is_possible(space, &judged.facts) {
            let is_broken =
                |rule: &&&Rule| !space.is_satisfiable(&given.clone().and(rule.broken.negated()));
            judged.broken = judged.group.rules.iter().filter(is_broken).copied().collect();
            if judged.broken.is_empty() {
                judged.broken = judged.group.contradiction(space, &given);
            }
            judged.leave_out_one(space);
            judged.leave_out(space);
        }
        judged
    }

    /// Whether a valid request has all of it.
    fn is_possible(&self, space: &Space<'_>, facts: &[Fact]) -> bool {
        space.is_satisfiable(&self.valid.clone().and(all(facts)))
    }

    /// Leaves out the last parameter without which all is well and with which, whatever its value,
    /// nothing is.
    fn leave_out_one(&mut self, space: &Space<'_>) {
        for index in (0..self.facts.len()).rev() {
            let mut facts = self.facts.clone();
            let fact = facts.remove(index);
            if fact.subject.is_context() || !self.is_possible(space, &facts) {
                continue;
            }
            facts.push(Fact::present(fact.subject));
            if !self.is_possible(space, &facts) {
                facts.pop();
                self.facts = facts;
                self.refused.push(fact.subject);
                return;
            }
        }
    }

    /// Leaves out what a valid request cannot have beside what is given before it.
    fn leave_out(&mut self, space: &Space<'_>) {
        let mut kept: Vec<Fact> = Vec::new();
        for fact in std::mem::take(&mut self.facts) {
            let subject = fact.subject;
            for fact in [fact, Fact::present(subject)] {
                kept.push(fact);
                if self.is_possible(space, &kept) {
                    break;
                }
                kept.pop();
            }
            let is_kept = kept.last().is_some_and(|last| last.subject == subject);
            if !is_kept && !subject.is_context() {
                self.refused.push(subject);
            }
        }
        self.facts = kept;
    }

    /// What can be said of a parameter that is not given.
    fn verdict(&self, space: &Space<'_>, rules: &[Rule], subject: Subject) -> Verdict {
        let valid = self.valid.clone().and(all(&self.facts));
        let can_be = |formula: Formula| space.is_satisfiable(&valid.clone().and(formula));
        if space.is_required(subject) || !can_be(Formula::absent(subject)) {
            return Verdict::Required;
        }
        if !can_be(Formula::present(subject)) {
            return Verdict::NotAllowed;
        }
        let asks = |rule: &&Rule| {
            rule.target == subject && matches!(rule.kind, Kind::Required | Kind::NotAllowed)
        };
        let asked: Vec<Formula> = rules.iter().filter(asks).map(|rule| rule.when.clone()).collect();
        let asked = Formula::Any(asked);
        if !can_be(asked.clone()) {
            return Verdict::Optional;
        }
        let left = self
            .facts
            .iter()
            .fold(asked, |formula, fact| assume(&formula, fact.subject, &fact.states).into_owned());
        let is_open = |subject: &Subject| {
            !self.facts.iter().any(|fact| fact.subject == *subject && fact.has_value())
        };
        let open: Vec<Subject> =
            space.minimal(&left).subjects().into_iter().filter(is_open).collect();
        if open.is_empty() { Verdict::Optional } else { Verdict::Open(open) }
    }
}
