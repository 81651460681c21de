//! A sentence that is compared with the table → all that it can mean.
//!
//! Knows nothing of what stands around it.

use super::compose::{self, UNKNOWN};
use super::formula::{Asks, Formula, When};
use super::implied;
use super::matching::{Filled, Matcher, Slots};
use super::meaning::{Condition, Id, Need, Rule, THIS};
use super::table::{Column, Part, Shape};
use super::token::{Sort, Token};

/// More clauses are not tried.
const MOST_CLAUSES: usize = 12;

/// What a part of a sentence means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    Rules(Vec<Rule>),
    Effect(Id, Condition),
    Exempt(Vec<Id>),
    ExemptAll,
    /// An exemption in a case that is understood.
    Harmless(Condition),
}

/// Of several readings, those that are left: none that asks for a single parameter where others ask for several,
/// and one of those that come to the same.
pub(super) fn distinct(mut found: Vec<Meaning>) -> Vec<Meaning> {
    let is_bare = |meaning: &Meaning| match meaning {
        Meaning::Rules(rules) => {
            rules.iter().all(|rule| rule.when.is_none() && !rule.need.is_of_several())
        }
        _ => false,
    };
    if !found.iter().all(is_bare) {
        found.retain(|meaning| !is_bare(meaning));
    }
    let mut distinct: Vec<Meaning> = Vec::new();
    for meaning in found {
        if !distinct.iter().any(|known| is_same(known, &meaning)) {
            distinct.push(meaning);
        }
    }
    distinct
}

fn is_same(one: &Meaning, other: &Meaning) -> bool {
    says_all(one, other) && says_all(other, one)
}

/// Whether all that the other means follows from the one.
fn says_all(one: &Meaning, other: &Meaning) -> bool {
    let (Meaning::Rules(one), Meaning::Rules(other)) = (one, other) else { return one == other };
    other.iter().all(|rule| one.iter().any(|from| implied::follows(rule, from)))
}

/// All that the tokens of a matcher can mean as a whole.
pub(super) fn readings(matcher: &Matcher<'_>) -> Vec<Meaning> {
    // What leaves no word out goes before what does.
    let whole = readings_of(matcher, false);
    if !whole.is_empty() {
        return whole;
    }
    // Of several that leave words out, the one that says what all of them say.
    let open = distinct(readings_of(matcher, true));
    let others: Vec<Meaning> = open.iter().map(|one| without_known(matcher, one)).collect();
    let richest = open.iter().position(|one| others.iter().all(|other| says_all(one, other)));
    match richest {
        Some(richest) => open.into_iter().skip(richest).take(1).collect(),
        None => open,
    }
}

/// A meaning without what says that parameters are required which are so anyway.
fn without_known(matcher: &Matcher<'_>, meaning: &Meaning) -> Meaning {
    let is_required = |name: &Id| *name < UNKNOWN && matcher.names.parameter(*name).required;
    let is_new = |rule: &&Rule| !matches!(&rule.need, Need::Required(names) if names.iter().all(is_required));
    match meaning {
        Meaning::Rules(rules) => Meaning::Rules(rules.iter().filter(is_new).cloned().collect()),
        other => other.clone(),
    }
}

fn readings_of(matcher: &Matcher<'_>, is_open: bool) -> Vec<Meaning> {
    let mut found = Vec::new();
    let shapes = matcher.shapes(Part::Sentence);
    let is_asked = |shape: &&&Shape| {
        let is_pair = matches!(shape.formula, Formula::Implied { is_pair: true, .. });
        shape.is_open == is_open && is_pair == matcher.surroundings.is_paired
    };
    for shape in shapes.iter().filter(is_asked) {
        for (end, slots) in matcher.fit(&shape.items, 0) {
            if end != matcher.tokens.len() {
                continue;
            }
            let meaning = meaning(matcher, &shape.formula, &slots);
            found.extend(meaning.filter(|meaning| !found.contains(meaning)));
        }
    }
    found
}

fn meaning(matcher: &Matcher<'_>, formula: &Formula, slots: &Slots) -> Option<Meaning> {
    let told = || compose::condition_in(slots).cloned();
    match formula {
        Formula::Rule { needs, when } => {
            let when = match when {
                When::Always => None,
                When::Told => Some(told()?),
                When::Unless => Some(Condition::Not(Box::new(told()?))),
                When::Label => Some(matcher.case()?),
                When::Otherwise => Some(Condition::Not(Box::new(matcher.case_before()?))),
            };
            let needs = match needs {
                Asks::Itself(asked) => compose::asked_for(matcher, asked, slots)?,
                Asks::Slot => {
                    let filled = slots.iter().filter_map(|(_, filled)| match filled {
                        Filled::Needs(needs) => Some(needs),
                        _ => None,
                    });
                    filled.flatten().cloned().collect()
                }
            };
            Some(Meaning::Rules(rules(when, needs)))
        }
        Formula::Effect { name, holds } => {
            let name = compose::several(slots, *name).and_then(|names| names.first().copied());
            let condition = told()?;
            let condition = if *holds { condition } else { Condition::Not(Box::new(condition)) };
            Some(Meaning::Effect(name.unwrap_or(THIS), condition))
        }
        Formula::Exempt { is_told: true, .. } => told().map(Meaning::Harmless),
        Formula::Exempt { name, is_told: false } => {
            Some(Meaning::Exempt(compose::several_or_this(slots, *name)))
        }
        Formula::ExemptAll => Some(Meaning::ExemptAll),
        Formula::Implied { told, needs, .. } => {
            let when = compose::told(matcher, told, slots)?;
            Some(Meaning::Rules(rules(Some(when), compose::asked_for(matcher, needs, slots)?)))
        }
        Formula::Condition(_)
        | Formula::Needs(_)
        | Formula::Pairs
        | Formula::Default
        | Formula::Listed(_)
        | Formula::Demands(_) => None,
    }
}

/// A rule for each need, and for each of several cases.
fn rules(when: Option<Condition>, needs: Vec<Need>) -> Vec<Rule> {
    let cases: Vec<Option<Condition>> = match when {
        Some(Condition::Any(cases)) => cases.into_iter().map(Some).collect(),
        other => vec![other],
    };
    let of = |when: &Option<Condition>| {
        needs.iter().map(|need| Rule { when: when.clone(), need: need.clone() }).collect::<Vec<_>>()
    };
    cases.iter().flat_map(of).collect()
}

/// The parts of a sentence that may mean something of their own, long ones first. In English it is the whole.
pub(super) fn windows(tokens: &[Token], column: Column) -> Vec<(usize, usize)> {
    if column == Column::English {
        return vec![(0, tokens.len())];
    }
    let is_end = |token: &Token| token.sort == Sort::Sign && token.text == ",";
    let commas = tokens.iter().enumerate().filter(|(_, token)| is_end(token)).map(|(at, _)| at);
    let ends: Vec<usize> = commas.take(MOST_CLAUSES).chain([tokens.len()]).collect();
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let mut windows: Vec<(usize, usize)> = starts
        .flat_map(|start| {
            ends.iter().filter(move |end| **end > start).map(move |end| (start, *end))
        })
        .collect();
    windows.sort_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    windows
}
