//! What is wrong with rules although each of them can be read.
//!
//! Named passes over the rules of an operation, each exact: they ask whether a formula can hold at
//! all, and the answer comes from trying every combination of states that the formula can tell apart.
//! Knows no JSON Schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Sink};
use crate::model::{Api, OperationId};
use crate::rules::formula::Formula;
use crate::rules::simplify::assume;
use crate::rules::solve::suppose;
use crate::rules::space::{Space, Subject};
use crate::rules::states::States;
use crate::rules::{OperationRules, Rule, report_exhausted};

/// The passes, in the order in which they run.
const PASSES: &[fn(&Space<'_>, &OperationRules, &mut Sink)] =
    &[vacuous_conditions, idle_conditions, unknown_facts, impossible_requests];

/// Reports what is wrong with the rules of every operation of which everything could be read.
pub(crate) fn analyze(
    api: &Api,
    rules: &[OperationRules],
    is_sound: &dyn Fn(OperationId) -> bool,
    sink: &mut Sink,
) {
    for (index, rules) in rules.iter().enumerate() {
        let id = OperationId(index);
        if !is_sound(id) {
            continue;
        }
        let space = Space::of(api, id);
        for pass in PASSES {
            pass(&space, rules, sink);
        }
        report_exhausted(&space, api, id, sink);
    }
}

/// `if` on `properties` alone holds, too, when the property is absent, which is seldom meant.
///
/// The condition is read twice, once as it stands and once as if `properties` asked for its members.
/// Where the two readings differ, absence decides, and the author has to say which is meant.
fn vacuous_conditions(space: &Space<'_>, rules: &OperationRules, sink: &mut Sink) {
    for condition in &rules.conditions {
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
        let Some(subject) = condition.formula.subjects().into_iter().find(absent_matters) else {
            continue;
        };
        let name = space.name(subject);
        let holds = assume(&condition.formula, subject, &States::absent());
        let verb = if space.is_satisfiable(&holds.and(condition.outer.clone())) {
            "can hold"
        } else {
            "does not hold"
        };
        sink.error_with_help(
            Code::VacuousCondition,
            condition.origin,
            format!("`properties` says nothing of an absent `{name}`: then this condition {verb}"),
            format!("write `\"required\": [\"{name}\"]` beside `properties`"),
        );
    }
}

/// A condition that nothing or everything meets is not one.
fn idle_conditions(space: &Space<'_>, rules: &OperationRules, sink: &mut Sink) {
    for condition in &rules.conditions {
        let holds = condition.outer.clone().and(condition.formula.clone());
        let fails = condition.outer.clone().and(condition.formula.negated());
        if !space.is_satisfiable(&holds) {
            sink.error(Code::NeverHolds, condition.origin, "this condition never holds");
        } else if !space.is_satisfiable(&fails) {
            sink.error_with_help(
                Code::AlwaysHolds,
                condition.origin,
                "this condition always holds",
                "write what `then` asks for without a condition",
            );
        }
    }
}

/// Learning less must never add a violation: where a rule is broken while a fact is unknown, it has
/// to be broken whatever the fact is.
fn unknown_facts(space: &Space<'_>, rules: &OperationRules, sink: &mut Sink) {
    for rule in &rules.rules {
        let facts = rule.broken.subjects();
        let facts = facts.into_iter().filter(|subject| matches!(subject, Subject::Context(_)));
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
    let unknown = assume(&rule.broken, fact, &States::absent());
    space.situations(&rule.broken, fact).iter().filter(|known| !known.states.absent).any(|known| {
        let known = suppose(&rule.broken, fact, known);
        space.is_satisfiable(&unknown.clone().and(known.negated()))
    })
}

/// Taken together, the rules must leave every parameter a choice.
///
/// Rules that share no parameter cannot contradict each other, so each group of those that do is
/// judged alone; all at once would take the cube of their number.
fn impossible_requests(space: &Space<'_>, rules: &OperationRules, sink: &mut Sink) {
    let mut choices = BTreeMap::new();
    for group in groups(&rules.rules) {
        let valid = group.valid(space);
        if !space.is_satisfiable(&valid) {
            let message = "no request can meet the rules from here on";
            let first = group.rules.first().map(|rule| rule.origin);
            first.into_iter().for_each(|origin| sink.error(Code::Unsatisfiable, origin, message));
            return;
        }
        choices.extend(group.subjects.into_iter().map(|subject| (subject, valid.clone())));
    }
    for subject in space.request().filter(|subject| !space.is_required(*subject)) {
        let Some(valid) = choices.get(&subject) else { continue };
        let name = space.name(subject);
        let valid_with =
            |states| space.is_satisfiable(&valid.clone().and(Formula::Is(subject, states)));
        if !valid_with(States::present()) {
            let message = format!("no valid request can have `{name}`");
            sink.error(Code::NeverGiven, space.origin(subject), message);
        } else if !valid_with(States::absent()) {
            sink.error_with_help(
                Code::AlwaysRequired,
                space.origin(subject),
                format!("every valid request has `{name}`"),
                "add it to `required`",
            );
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
        space.simplified(&Formula::All(kept.collect()))
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
