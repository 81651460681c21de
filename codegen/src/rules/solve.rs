//! Whether a formula can hold at all.
//!
//! Tries every combination of states that the formula can tell apart, one parameter after the other,
//! so the answer is exact wherever a parameter's states can be listed: values, numbers against
//! bounds and multiples, lengths. What a pattern matches and what stands inside a list or an object
//! is taken to be free: an answer of "never" is always right, and may be missed there.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::Value;

use crate::model::limit::{Bound, Check};
use crate::rules::formula::{Atom, Count, Formula, Relation};
use crate::rules::judge;
use crate::rules::predicate::Predicate;
use crate::rules::space::{Domain, Space, Subject};
use crate::rules::states::{Literal, States, Values};

/// A state of a parameter, as far as a formula can tell it from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Situation {
    pub(crate) states: States,
    /// Which of the formula's predicates hold.
    holding: Vec<Predicate>,
}

impl Space<'_> {
    /// Whether some request with some context makes the formula hold.
    pub(crate) fn is_satisfiable(&self, formula: &Formula) -> bool {
        let formula = self.simplified(formula);
        let mut first = None;
        let mut atoms = 0;
        formula.for_each_atom(&mut |subject, _| {
            first = first.or(Some(subject));
            atoms += 1;
        });
        let Some(subject) = first else { return self.holds_for_some_numbers(&formula) };
        if !self.take_split(atoms) {
            // Left open; whoever asks reports that the rules are too many to judge.
            return true;
        }
        self.situations(&formula, subject)
            .iter()
            .any(|situation| self.is_satisfiable(&suppose(&formula, subject, situation)))
    }

    /// Of formulas that only compare parameters with each other: each comparison is taken to be free.
    fn holds_for_some_numbers(&self, formula: &Formula) -> bool {
        let mut first = None;
        formula.for_each_relation(&mut |relation| first = first.or(Some(relation)));
        let Some(relation) = first else { return *formula == Formula::True };
        self.take_split(1);
        [true, false].iter().any(|held| {
            let decided = decide(formula, relation, *held);
            self.holds_for_some_numbers(&self.simplified(&decided))
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

    /// Every situation of a parameter that the formula can tell from the others.
    pub(crate) fn situations(&self, formula: &Formula, subject: Subject) -> Vec<Situation> {
        let mut named: Vec<Literal> = Vec::new();
        let mut predicates: Vec<Predicate> = Vec::new();
        formula.for_each_atom(&mut |found, atom| match atom {
            _ if found != subject => {}
            Atom::Is(states) => named.extend(states.named().iter().cloned()),
            Atom::Test(test) if predicates.contains(&test.predicate) => {}
            Atom::Test(test) => predicates.push(test.predicate.clone()),
        });
        if self.domain(subject) == Domain::Boolean {
            named.extend([true, false].map(Literal::Boolean));
        }
        named.sort();
        named.dedup();
        let mut situations = Vec::new();
        let mut add = |states: States, holding: Vec<Predicate>| {
            let states = self.normal(subject, states.intersection(&self.possible(subject)));
            let situation = Situation { states, holding };
            if !situation.states.is_empty() && !situations.contains(&situation) {
                situations.push(situation);
            }
        };
        add(States::absent(), Vec::new());
        for literal in &named {
            let value = literal.to_value();
            for holding in outcomes(&predicates, &Sample::Value(value)) {
                add(States::only(vec![literal.clone()]), holding);
            }
        }
        let other = States { absent: false, values: Values::Except(named.clone()) };
        for sample in self.samples(subject, &predicates, &named) {
            for holding in outcomes(&predicates, &sample) {
                add(other.clone(), holding);
            }
        }
        situations
    }

    /// Values that nobody has named, one for each way in which they can differ.
    fn samples(
        &self,
        subject: Subject,
        predicates: &[Predicate],
        named: &[Literal],
    ) -> Vec<Sample> {
        match self.domain(subject) {
            Domain::Int32 => self.integers(predicates, named, i32::MIN.into(), i32::MAX.into()),
            Domain::Int64 => self.integers(predicates, named, i64::MIN, i64::MAX),
            Domain::Double => numbers(predicates),
            Domain::Boolean => Vec::new(),
            Domain::Text | Domain::Enum(_) | Domain::Opaque => lengths(predicates, named),
        }
    }

    /// Around every bound and every named value: the nearest integers that each choice of divisors
    /// divides and the others do not.
    fn integers(
        &self,
        predicates: &[Predicate],
        named: &[Literal],
        lowest: i64,
        highest: i64,
    ) -> Vec<Sample> {
        let mut corners = BTreeSet::from([0]);
        let mut divisors = BTreeSet::new();
        for predicate in predicates {
            match predicate {
                Predicate::Limit(Check::Compare(_, Bound::Integer(bound))) => {
                    corners.insert(*bound);
                }
                Predicate::MultipleOf(divisor) => {
                    divisors.insert(*divisor);
                }
                _ => {}
            }
        }
        let named: BTreeSet<i64> = named
            .iter()
            .filter_map(|literal| match literal {
                Literal::Integer(number) => Some(*number),
                _ => None,
            })
            .collect();
        corners.extend(&named);
        let divisors: Vec<i64> = divisors.into_iter().collect();
        if divisors.len() > MOST_DIVISORS {
            self.give_up();
            return Vec::new();
        }
        let mut samples: BTreeSet<i64> = corners.difference(&named).copied().collect();
        for corner in corners {
            for choice in 0..1_u32 << divisors.len() {
                for direction in [1, -1] {
                    let range = i128::from(lowest)..=i128::from(highest);
                    match nearest(corner, direction, &divisors, choice, &named, range) {
                        Ok(found) => samples.extend(found),
                        Err(TooFar) => self.give_up(),
                    }
                }
            }
        }
        samples.into_iter().map(|number| Sample::Value(number.into())).collect()
    }
}

/// How many different `multipleOf` one parameter may be compared with.
const MOST_DIVISORS: usize = 6;

/// How many multiples are tried to find one that the other divisors do not divide.
const MOST_STEPS: usize = 4096;

/// The search for an integer took too many steps.
struct TooFar;

/// The nearest integer beyond `corner` that exactly the chosen divisors divide and nobody has named.
fn nearest(
    corner: i64,
    direction: i128,
    divisors: &[i64],
    choice: u32,
    named: &BTreeSet<i64>,
    range: RangeInclusive<i128>,
) -> Result<Option<i64>, TooFar> {
    let is_chosen = |index: usize| choice & (1 << index) != 0;
    let chosen = divisors.iter().enumerate().filter(|(index, _)| is_chosen(*index));
    let mut step: i128 = 1;
    for (_, divisor) in chosen {
        step = least_common_multiple(step, i128::from(*divisor));
        if !range.contains(&step) {
            // Only 0 is a multiple of all of them, and 0 is a corner.
            return Ok(None);
        }
    }
    let corner = i128::from(corner);
    let mut number = corner.div_euclid(step) * step;
    for _ in 0..MOST_STEPS {
        let is_beyond = (number - corner) * direction > 0;
        let as_chosen = divisors
            .iter()
            .enumerate()
            .all(|(index, divisor)| (number % i128::from(*divisor) == 0) == is_chosen(index));
        if !range.contains(&number) && is_beyond {
            return Ok(None);
        }
        match i64::try_from(number) {
            Ok(found) if is_beyond && as_chosen && !named.contains(&found) => {
                return Ok(Some(found));
            }
            _ => number += step * direction,
        }
    }
    Err(TooFar)
}

fn least_common_multiple(left: i128, right: i128) -> i128 {
    let (mut divisor, mut rest) = (left, right);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    left / divisor * right
}

/// A value that stands for all that a formula cannot tell from it.
#[derive(Debug, Clone, PartialEq)]
enum Sample {
    Value(Value),
    /// Some text, or a list, of this length.
    OfLength(u64),
}

/// What the predicates can come to for a sample: those that cannot be computed are free.
fn outcomes(predicates: &[Predicate], sample: &Sample) -> Vec<Vec<Predicate>> {
    let mut outcomes = vec![Vec::new()];
    for predicate in predicates {
        match computed(predicate, sample) {
            Some(true) => outcomes.iter_mut().for_each(|holding| holding.push(predicate.clone())),
            Some(false) => {}
            None => {
                let with = outcomes.clone().into_iter().map(|mut holding: Vec<Predicate>| {
                    holding.push(predicate.clone());
                    holding
                });
                outcomes = outcomes.iter().cloned().chain(with).collect();
            }
        }
    }
    outcomes
}

fn computed(predicate: &Predicate, sample: &Sample) -> Option<bool> {
    match (sample, predicate) {
        (Sample::Value(value), predicate) => Some(judge::of_scalar(predicate, value)),
        (
            Sample::OfLength(length),
            Predicate::Limit(Check::MinLength(limit)) | Predicate::MinItems(limit),
        ) => Some(length >= limit),
        (
            Sample::OfLength(length),
            Predicate::Limit(Check::MaxLength(limit)) | Predicate::MaxItems(limit),
        ) => Some(length <= limit),
        (Sample::OfLength(_), _) => None,
    }
}

fn numbers(predicates: &[Predicate]) -> Vec<Sample> {
    let mut corners: Vec<f64> = predicates
        .iter()
        .filter_map(|predicate| match predicate {
            Predicate::Limit(Check::Compare(_, Bound::Number(bound)))
            | Predicate::Equals(bound) => Some(*bound),
            _ => None,
        })
        .collect();
    corners.sort_by(f64::total_cmp);
    let mut samples = vec![corners.first().map_or(0.0, |first| first - 1.0)];
    for pair in corners.windows(2) {
        samples.extend([pair[0], f64::midpoint(pair[0], pair[1])]);
    }
    samples.extend(corners.last().into_iter().flat_map(|last| [*last, last + 1.0]));
    samples.into_iter().map(|number| Sample::Value(number.into())).collect()
}

fn lengths(predicates: &[Predicate], named: &[Literal]) -> Vec<Sample> {
    let mut lengths = vec![0, 1];
    for predicate in predicates {
        if let Predicate::Limit(Check::MinLength(limit) | Check::MaxLength(limit))
        | Predicate::MinItems(limit)
        | Predicate::MaxItems(limit) = predicate
        {
            lengths.extend([limit.saturating_sub(1), *limit, limit.saturating_add(1)]);
        }
    }
    lengths.sort_unstable();
    lengths.dedup();
    // There is only one text of length 0.
    let empty_is_named = named.contains(&Literal::Text(String::new()));
    lengths.retain(|length| *length > 0 || !empty_is_named);
    lengths.into_iter().map(Sample::OfLength).collect()
}

/// What a formula comes to once a comparison is known to hold or not.
fn decide(formula: &Formula, known: Relation, held: bool) -> Formula {
    let all = |formulas: &[Formula]| -> Vec<Formula> {
        formulas.iter().map(|formula| decide(formula, known, held)).collect()
    };
    match formula {
        Formula::Relation(relation)
            if Relation { negated: known.negated, ..*relation } == known =>
        {
            Formula::constant(held == (relation.negated == known.negated))
        }
        Formula::All(formulas) => Formula::All(all(formulas)),
        Formula::Any(formulas) => Formula::Any(all(formulas)),
        Formula::Count(count) => Formula::Count(Count { of: all(&count.of), ..count.clone() }),
        other => other.clone(),
    }
}

/// What a formula comes to in a situation.
pub(crate) fn suppose(formula: &Formula, subject: Subject, situation: &Situation) -> Formula {
    formula.map_atoms(&|found, atom| {
        if found != subject {
            return None;
        }
        Some(Formula::constant(match atom {
            Atom::Is(states) => situation.states.is_subset(states),
            Atom::Test(test) if situation.states == States::absent() => test.absent,
            Atom::Test(test) => situation.holding.contains(&test.predicate) != test.negated,
        }))
    })
}
