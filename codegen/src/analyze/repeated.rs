//! Rules that ask for nothing, and rules that ask for what others ask for.
//!
//! What is judged is what was written as a rule of its own: a part of `allOf`, a keyword, the names
//! of a `required`. Two of them may share something, as long as each says something of its own. A
//! rule with a note of its author's is there for the note's sake.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::constant;
use crate::diagnostic::{Code, Sink};
use crate::rules::logic::formula::Formula;
use crate::rules::logic::space::Space;
use crate::rules::rule::{ObjectRules, Rule};
use crate::source::Origin;

/// Reports them.
pub(super) fn report(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) {
    for idle in &rules.idle {
        // What hangs on a condition that is none is told with the condition.
        let is_told = rules.conditions[idle.conditions.clone()]
            .iter()
            .any(|condition| constant(space, condition).is_some());
        if !is_told && space.is_satisfiable(&idle.when) {
            tell(Code::AlwaysHolds, "this asks for nothing", idle.origin, sink);
        }
    }
    let (idle, saying) = units(space, rules);
    // Rules that say nothing because a condition in them is none are told with the condition.
    let is_sound = || !rules.conditions.iter().any(|found| constant(space, found).is_some());
    if !idle.is_empty() && is_sound() {
        for rule in idle.into_iter().filter(|rule| space.is_satisfiable(&rule.when)) {
            let message = "this asks for nothing: no request breaks it";
            tell(Code::AlwaysHolds, message, rule.origin, sink);
        }
    }
    repetitions(space, &saying, sink);
}

fn tell(code: Code, message: &str, origin: Origin, sink: &mut Sink) {
    sink.error_with_help(code, origin, message, "leave it out");
}

/// What was written as a rule, each with its parts: the first part of those that no request breaks,
/// and all parts of the others that a request can break.
fn units<'r>(
    space: &Space<'_>,
    rules: &'r ObjectRules,
) -> (Vec<&'r Rule>, BTreeMap<usize, Vec<&'r Rule>>) {
    let mut units: BTreeMap<usize, Vec<&Rule>> = BTreeMap::new();
    for rule in rules.rules.iter().chain(&rules.repeated) {
        units.entry(rule.unit).or_default().push(rule);
    }
    let mut idle = Vec::new();
    units.retain(|unit, parts| {
        parts.sort_by_key(|rule| rule.origin);
        let first = parts[0];
        parts.retain(|rule| space.is_satisfiable(&rule.broken));
        // What a property says of itself is a limit.
        if parts.is_empty() && *unit > 0 && first.note.is_none() {
            idle.push(first);
        }
        !parts.is_empty()
    });
    (idle, units)
}

/// Each rule, the last ones first, all of whose parts other rules ask for, too.
fn repetitions(space: &Space<'_>, units: &BTreeMap<usize, Vec<&Rule>>, sink: &mut Sink) {
    let mut left_out = BTreeSet::new();
    let mut written: Vec<(&usize, &Vec<&Rule>)> = units.iter().collect();
    written.sort_by_key(|(_, parts)| parts[0].origin);
    for (unit, parts) in written.into_iter().rev() {
        if *unit == 0 || parts[0].note.is_some() {
            continue;
        }
        let others = || {
            let others = units.iter().filter(|(other, _)| *other != unit);
            others.filter(|(other, _)| !left_out.contains(*other)).flat_map(|(_, parts)| parts)
        };
        let is_said = |part: &&Rule| others().any(|other| is_same(space, part, other));
        if parts.iter().all(is_said) {
            let message = format!("another rule says this, too: {}", parts[0].sentence);
            tell(Code::DuplicateRule, &message, parts[0].origin, sink);
            left_out.insert(*unit);
        }
    }
}

/// Whether two rules are broken by the same requests.
fn is_same(space: &Space<'_>, left: &Rule, right: &Rule) -> bool {
    left.broken == right.broken
        || left.broken.subjects() == right.broken.subjects()
            && space.are_equivalent(&left.broken, &right.broken, &Formula::True)
}
