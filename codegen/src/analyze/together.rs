//! Parameters that can each be given, but that comparisons never let be given together.

use std::collections::BTreeSet;

use crate::analyze::choices::reason;
use crate::analyze::groups::Group;
use crate::bound::Subject;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, joined};
use crate::rules::logic::formula::{Formula, Relation};
use crate::rules::logic::space::Space;
use crate::rules::words::sentence::condition;

/// How many sets of parameters are tried before the search is given up.
const MOST_SETS: usize = 256;

/// Reports each least set of compared parameters that no valid request has, though the rules would
/// let one have them if numbers compared as is wanted: who means that two parameters exclude each
/// other says so, and compares nothing. What rules ask for under a condition is judged under it.
pub(super) fn report(space: &Space<'_>, group: &Group<'_>, valid: &Formula, sink: &mut Sink) {
    let mut told: Vec<BTreeSet<Subject>> = Vec::new();
    let mut conditions = vec![&Formula::True];
    for rule in group.rules.iter().filter(|rule| rule.broken.has_relations()) {
        if !conditions.contains(&&rule.when) {
            conditions.push(&rule.when);
        }
    }
    for when in conditions {
        let valid = valid.clone().and(when.clone());
        for compared in components(&valid) {
            for never in least_sets(space, &valid, compared) {
                if !told.iter().any(|told| told.is_subset(&never)) {
                    tell(space, group, when, &never, sink);
                    told.push(never);
                }
            }
        }
    }
}

fn tell(
    space: &Space<'_>,
    group: &Group<'_>,
    when: &Formula,
    never: &BTreeSet<Subject>,
    sink: &mut Sink,
) {
    let rules = group.contradiction(space, &when.clone().and(given(never)));
    let comparing = rules.iter().filter(|rule| {
        let mut found = false;
        rule.broken.for_each_relation(&mut |relation| {
            found |= relation.compared.subjects().all(|subject| never.contains(&subject));
        });
        found
    });
    let last = comparing.map(|rule| rule.origin).max();
    let Some(origin) = last.or(never.last().map(|subject| space.origin(*subject))) else { return };
    let names: Vec<String> = never.iter().map(|subject| code(space.name(*subject))).collect();
    let all = if names.len() == 2 { "both" } else { "all of" };
    let when = condition(space, when).map_or_else(String::new, |when| format!(" {when}"));
    let message = format!("no valid request can have {all} {}{when}", joined(&names, "and"));
    sink.error_with_help(Code::NeverGiven, origin, message, reason(&rules));
}

fn given(subjects: &BTreeSet<Subject>) -> Formula {
    Formula::All(subjects.iter().copied().map(Formula::present).collect())
}

/// The parameters that are compared with each other, directly or through others.
fn components(formula: &Formula) -> Vec<BTreeSet<Subject>> {
    let mut components: Vec<BTreeSet<Subject>> = Vec::new();
    formula.for_each_relation(&mut |relation| {
        let named: BTreeSet<Subject> = relation.compared.subjects().collect();
        let mut joined = named.clone();
        for component in components.extract_if(.., |component| !component.is_disjoint(&named)) {
            joined.extend(component);
        }
        components.push(joined);
    });
    components
}

/// The least sets among these parameters that cannot be given together because of what they compare
/// with.
fn least_sets(
    space: &Space<'_>,
    valid: &Formula,
    compared: BTreeSet<Subject>,
) -> Vec<BTreeSet<Subject>> {
    let can_be = |set: &BTreeSet<Subject>| space.is_satisfiable(&valid.clone().and(given(set)));
    let (free, wished) = (space.clone().with_free_comparisons(), wished(valid));
    let (mut open, mut seen, mut found) = (vec![compared], BTreeSet::new(), Vec::new());
    while let Some(set) = open.pop() {
        if set.len() < 2 || !seen.insert(set.clone()) || can_be(&set) {
            continue;
        }
        if seen.len() > MOST_SETS {
            space.give_up();
            break;
        }
        let mut least = set.clone();
        for subject in &set {
            least.remove(subject);
            if can_be(&least) {
                least.insert(*subject);
            }
        }
        open.extend(least.iter().map(|subject| {
            set.iter().copied().filter(|other| other != subject).collect::<BTreeSet<Subject>>()
        }));
        if least.len() > 1
            && !found.contains(&least)
            && free.is_satisfiable(&wished.clone().and(given(&least)))
        {
            found.push(least);
        }
    }
    found
}

/// The formula with every comparison as it is wanted; those that are counted come out as one likes.
fn wished(formula: &Formula) -> Formula {
    match formula {
        Formula::Relation(Relation { negated: true, .. }) => Formula::True,
        Formula::Relation(relation) => given(&relation.compared.subjects().collect()),
        Formula::All(parts) => Formula::All(parts.iter().map(wished).collect()),
        Formula::Any(parts) => Formula::Any(parts.iter().map(wished).collect()),
        Formula::True | Formula::False | Formula::Is(..) | Formula::Test(_) | Formula::Count(_) => {
            formula.clone()
        }
    }
}
