//! What is wrong with rules although each of them can be read.
//!
//! Named passes over the rules of an operation, each exact: they ask whether a formula can hold at
//! all, and the answer comes from trying every combination of states that the formula can tell apart.
//! Knows no JSON Schema.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diagnostic::{Code, Sink};
use crate::model::{Api, TypeId};
use crate::rules::formula::{Atom, Formula};
use crate::rules::simplify::assume;
use crate::rules::solve::{Chosen, suppose};
use crate::rules::space::{Space, Subject};
use crate::rules::states::States;
use crate::rules::{ObjectRules, Rule, report_exhausted};

/// The passes, in the order in which they run.
const PASSES: &[fn(&Space<'_>, &ObjectRules, &mut Sink)] =
    &[vacuous_conditions, idle_conditions, unknown_facts, impossible_requests];

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
        for pass in PASSES {
            pass(&space, rules, sink);
        }
        report_exhausted(&space, api, id, sink);
    });
}

/// `if` on `properties` alone holds, too, when the property is absent, which is seldom meant.
///
/// The condition is read twice, once as it stands and once as if `properties` asked for its members.
/// Where the two readings differ, absence decides, and the author has to say which is meant.
fn vacuous_conditions(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) {
    for condition in &rules.conditions {
        let space = &condition.space(space);
        if space.are_equivalent(&condition.formula, &condition.strict, &condition.outer) {
            continue;
        }
        let absent_matters = |subject: &Subject| {
            let when_absent = |formula| assume(formula, *subject, &States::absent());
            !space.is_required(*subject)
                && !space.are_equivalent(
                    &when_absent(&condition.formula),
                    &when_absent(&condition.strict),
                    &condition.outer,
                )
        };
        let subject = condition.formula.subjects().into_iter().find(absent_matters);
        let (name, can_hold) = match subject {
            Some(subject) => {
                let holds = assume(&condition.formula, subject, &States::absent());
                let can_hold =
                    space.is_satisfiable(&holds.into_owned().and(condition.outer.clone()));
                (space.name(subject).to_owned(), can_hold)
            }
            None => match absent_inside(space, &condition.formula) {
                Some(name) => (name, true),
                None => continue,
            },
        };
        let verb = if can_hold { "can hold" } else { "does not hold" };
        sink.error_with_help(
            Code::VacuousCondition,
            condition.origin,
            format!("`properties` says nothing of an absent `{name}`: then this condition {verb}"),
            format!("write `\"required\": [\"{name}\"]` beside `properties`"),
        );
    }
}

/// A member of an object inside a value that may be absent where the condition is met.
fn absent_inside(space: &Space<'_>, formula: &Formula) -> Option<String> {
    let mut found = None;
    formula.for_each_atom(&mut |_, atom| {
        let Atom::Test(test) = atom else { return };
        for inner in test.predicate.inner() {
            let space = space.inner(&inner.type_);
            let may_lack = |subject: &Subject| {
                let absent = assume(&inner.formula, *subject, &States::absent());
                !space.is_required(*subject) && space.is_satisfiable(&absent)
            };
            let subject = inner.formula.subjects().into_iter().find(may_lack);
            let name = subject.map(|subject| space.name(subject).to_owned());
            found = found.take().or(name).or_else(|| absent_inside(&space, &inner.formula));
        }
    });
    found
}

/// A condition that nothing or everything meets is not one.
fn idle_conditions(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) {
    for condition in &rules.conditions {
        let space = &condition.space(space);
        let holds = condition.outer.clone().and(condition.formula.clone());
        let fails = condition.outer.clone().and(condition.formula.negated());
        if !space.is_satisfiable(&holds) {
            sink.error(Code::NeverHolds, condition.origin, "this condition never holds");
        } else if !space.is_satisfiable(&fails) {
            sink.error_with_help(
                Code::AlwaysHolds,
                condition.origin,
                "this condition always holds",
                "leave the condition out, and keep what hangs on it",
            );
        }
    }
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
    space.situations(&rule.broken, fact).iter().filter(|known| !known.states.absent).any(|known| {
        let known = suppose(&rule.broken, fact, known);
        space.is_satisfiable(&unknown.clone().and(known.negated()))
    })
}

/// Taken together, the rules must leave every parameter a choice.
///
/// Rules that share no parameter cannot contradict each other, so each group of those that do is
/// judged alone; all at once would take the cube of their number. Every valid request that is found
/// answers for all parameters at once.
fn impossible_requests(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) {
    let mut choices = Vec::new();
    for group in groups(&rules.rules) {
        let valid = group.valid(space);
        let Some(request) = space.witness(&valid) else {
            let message = "no request can meet the rules from here on";
            let first = group.rules.first().map(|rule| rule.origin);
            first.into_iter().for_each(|origin| sink.error(Code::Unsatisfiable, origin, message));
            return;
        };
        let mut choice = Choices { subjects: group.subjects, valid, seen: BTreeSet::new() };
        choice.note(&request);
        choices.push(choice);
    }
    for subject in space.request().filter(|subject| !space.is_required(*subject)) {
        let choice = choices.iter_mut().find(|choice| choice.subjects.contains(&subject));
        let Some(choice) = choice else { continue };
        let name = space.name(subject);
        if !choice.allows(space, subject, Presence::Given) {
            let message = format!("no valid request can have `{name}`");
            sink.error(Code::NeverGiven, space.origin(subject), message);
        } else if !choice.allows(space, subject, Presence::Absent) {
            sink.error_with_help(
                Code::AlwaysRequired,
                space.origin(subject),
                format!("every valid request has `{name}`"),
                "add it to `required`",
            );
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Presence {
    Given,
    Absent,
}

/// What the rules of a group leave to its parameters.
struct Choices {
    subjects: BTreeSet<Subject>,
    valid: Formula,
    /// What valid requests have been seen to do.
    seen: BTreeSet<(Subject, Presence)>,
}

impl Choices {
    /// Whether a valid request gives the parameter, or leaves it out.
    fn allows(&mut self, space: &Space<'_>, subject: Subject, presence: Presence) -> bool {
        if self.seen.contains(&(subject, presence)) {
            return true;
        }
        let states = match presence {
            Presence::Given => States::present(),
            Presence::Absent => States::absent(),
        };
        let wanted = self.valid.clone().and(Formula::Is(subject, states));
        let request = space.witness(&wanted);
        request.iter().for_each(|request| self.note(request));
        request.is_some()
    }

    fn note(&mut self, request: &Chosen) {
        for subject in &self.subjects {
            let chosen = request.iter().find(|(known, _)| known == subject);
            let absent = chosen.map(|(_, situation)| situation.states.absent);
            // A parameter that was not looked at may be there or not.
            if absent != Some(true) {
                self.seen.insert((*subject, Presence::Given));
            }
            if absent != Some(false) {
                self.seen.insert((*subject, Presence::Absent));
            }
        }
    }
}

/// Rules that share parameters, directly or through others.
struct Group<'r> {
    subjects: BTreeSet<Subject>,
    rules: Vec<&'r Rule>,
}

impl Group<'_> {
    /// Holds when no rule of the group is broken.
    fn valid(&self, space: &Space<'_>) -> Formula {
        let kept = self.rules.iter().map(|rule| rule.broken.negated());
        space.simplified(&Formula::All(kept.collect())).into_owned()
    }
}

fn groups(rules: &[Rule]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for rule in rules {
        let mut joined = Group { subjects: rule.broken.subjects(), rules: Vec::new() };
        let subjects = joined.subjects.clone();
        let touched = |group: &mut Group<'_>| !group.subjects.is_disjoint(&subjects);
        for group in groups.extract_if(.., touched) {
            joined.subjects.extend(group.subjects);
            joined.rules.extend(group.rules);
        }
        joined.rules.push(rule);
        groups.push(joined);
    }
    groups
}
