//! What is wrong with rules although each of them can be read.
//!
//! Named passes over the rules of an operation, each exact: they ask whether a formula can hold at
//! all, and the answer comes from trying every combination of states that the formula can tell apart.
//! Knows no JSON Schema.

mod choices;
pub(crate) mod groups;
mod repeated;
mod together;
mod vacuous;

use rayon::prelude::*;

use crate::bound::Subject;
use crate::diagnostic::{Code, Sink};
use crate::model::{Api, TypeId};
use crate::rules::logic::formula::Formula;
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::report_exhausted;
use crate::rules::rule::{Condition, ObjectRules, Rule};

/// Reports what is wrong with the rules of every request, and of every object inside one, of which
/// everything could be read.
pub(crate) fn analyze(
    api: &Api,
    all: &[ObjectRules],
    is_sound: &(dyn Fn(TypeId) -> bool + Sync),
    sink: &mut Sink,
) {
    sink.each(all.par_iter().enumerate(), |(index, rules), sink| {
        let id = TypeId(index);
        if !is_sound(id) {
            return;
        }
        let space = Space::of_struct(api, id).closed(all);
        let accidental = vacuous::report(&space, rules, sink);
        idle_conditions(&space, rules, sink);
        unknown_facts(&space, rules, sink);
        repeated::report(&space, rules, sink);
        choices::report(&space, rules, &accidental, sink);
        report_exhausted(&space, api, id, sink);
    });
}

/// A condition that nothing or everything meets is not one.
fn idle_conditions(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) {
    for condition in &rules.conditions {
        match constant(space, condition) {
            Some(false) => {
                sink.error(Code::NeverHolds, condition.origin, "this condition never holds");
            }
            Some(true) => sink.error_with_help(
                Code::AlwaysHolds,
                condition.origin,
                "this condition always holds",
                "leave the condition out, and keep what hangs on it",
            ),
            None => {}
        }
    }
}

/// Whether every request meets a condition, or none, when that is so.
fn constant(space: &Space<'_>, condition: &Condition) -> Option<bool> {
    let space = &condition.space(space);
    let can_be = |formula: Formula| space.is_satisfiable(&condition.outer.clone().and(formula));
    if !can_be(condition.formula.clone()) {
        return Some(false);
    }
    (!can_be(condition.formula.negated())).then_some(true)
}

/// Learning less must never add a violation: where a rule is broken while a fact is unknown, it has
/// to be broken whatever the fact is.
fn unknown_facts(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) {
    for rule in &rules.rules {
        let facts = rule.broken.subjects();
        let facts = facts.into_iter().filter(|subject| subject.is_context());
        for fact in facts.filter(|fact| reports_unknown(space, rule, *fact)) {
            let name = space.name(fact);
            sink.error_with_help(
                Code::UnknownFact,
                rule.origin,
                format!("this asks for something because `{name}` is unknown"),
                format!("let it hang on an `if` that holds only with `\"required\": [\"{name}\"]`"),
            );
        }
    }
}

fn reports_unknown(space: &Space<'_>, rule: &Rule, fact: Subject) -> bool {
    let unknown = assume(&rule.broken, fact, &States::absent()).into_owned();
    let kept = rule.broken.negated().and(Formula::present(fact));
    space.is_satisfiable(&unknown.and(kept))
}
