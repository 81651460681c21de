//! Numbers as conditions tell them apart: on which side of which bounds they lie, and which divisors
//! divide them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use num_integer::lcm;

use crate::bound::condition::Literal;
use crate::model::limit::{Bound, Check, Comparison};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::verdict;

/// How many different `multipleOf` one parameter may be compared with.
const MOST_DIVISORS: usize = 6;

/// How many multiples are tried to find one that the other divisors do not divide.
const MOST_STEPS: usize = 4096;

/// What the predicates can come to for integers of a range that nobody has named; `None` when there
/// are too many to try.
///
/// Around every bound and every named value: the nearest integers that each choice of divisors
/// divides and the others do not.
pub(in crate::rules) fn integers(
    predicates: &[Predicate],
    named: &[Literal],
    range: RangeInclusive<i128>,
) -> Option<Vec<Vec<bool>>> {
    let mut corners = BTreeSet::from([0]);
    let mut divisors = BTreeSet::new();
    for predicate in predicates {
        match predicate {
            Predicate::Limit(Check::Compare(_, Bound::Integer(bound))) => {
                corners.insert(*bound);
            }
            Predicate::MultipleOf(Bound::Integer(divisor)) => {
                divisors.insert(*divisor);
            }
            _ => {}
        }
    }
    let named = whole(named);
    corners.extend(&named);
    let divisors: Vec<i64> = divisors.into_iter().collect();
    if divisors.len() > MOST_DIVISORS {
        return None;
    }
    let mut samples: BTreeSet<i64> = corners.difference(&named).copied().collect();
    for corner in corners {
        for choice in 0..1_u32 << divisors.len() {
            let chosen = |wanted: bool| {
                let numbered = divisors.iter().enumerate();
                let wanted = numbered.filter(|(index, _)| (choice & (1 << index) != 0) == wanted);
                wanted.map(|(_, divisor)| *divisor).collect::<Vec<i64>>()
            };
            let lattice = Lattice { divisors: chosen(true), others: chosen(false), holes: &named };
            let corner = i128::from(corner);
            samples.extend(lattice.next(corner + 1, range.clone()).ok()?);
            samples.extend(lattice.previous(corner - 1, range.clone()).ok()?);
        }
    }
    let truths = samples.into_iter().map(|number| {
        let number = serde_json::Value::from(number);
        predicates.iter().map(|predicate| verdict::of_scalar(predicate, &number)).collect()
    });
    Some(truths.collect())
}

pub(crate) fn whole(named: &[Literal]) -> BTreeSet<i64> {
    let numbers = named.iter().filter_map(|literal| match literal {
        Literal::Integer(number) => Some(*number),
        Literal::Text(_) | Literal::Boolean(_) => None,
    });
    numbers.collect()
}

/// The search for an integer took too many steps.
#[derive(Debug)]
pub(crate) struct TooFar;

/// The integers that all of `divisors` and none of `others` divide, without the `holes`.
pub(crate) struct Lattice<'h> {
    pub(crate) divisors: Vec<i64>,
    pub(crate) others: Vec<i64>,
    pub(crate) holes: &'h BTreeSet<i64>,
}

impl Lattice<'_> {
    /// The least of them from `start` on that lies in the range.
    pub(crate) fn next(
        &self,
        start: i128,
        range: RangeInclusive<i128>,
    ) -> Result<Option<i64>, TooFar> {
        let step = self.step();
        let start = start.max(*range.start());
        self.walk(start + (-start).rem_euclid(step), step, range)
    }

    /// The greatest of them down from `start` that lies in the range.
    fn previous(&self, start: i128, range: RangeInclusive<i128>) -> Result<Option<i64>, TooFar> {
        let step = self.step();
        let start = start.min(*range.end());
        self.walk(start - start.rem_euclid(step), -step, range)
    }

    fn walk(
        &self,
        start: i128,
        step: i128,
        range: RangeInclusive<i128>,
    ) -> Result<Option<i64>, TooFar> {
        if self.others.iter().any(|other| step % i128::from(*other) == 0) {
            // Whatever the divisors divide, this one divides, too.
            return Ok(None);
        }
        let mut number = start;
        for _ in 0..MOST_STEPS {
            let Some(found) = i64::try_from(number).ok().filter(|_| range.contains(&number)) else {
                return Ok(None);
            };
            let divides = |divisor: &i64| number % i128::from(*divisor) == 0;
            if !self.others.iter().any(divides) && !self.holes.contains(&found) {
                return Ok(Some(found));
            }
            number += step;
        }
        Err(TooFar)
    }

    /// The least common multiple of the divisors; of those beyond all integers, only 0 is a multiple.
    pub(in crate::rules) fn step(&self) -> i128 {
        self.divisors.iter().fold(1, |step, divisor| lcm(step, i128::from(*divisor)).min(1 << 65))
    }
}

/// The bounds that predicates set to an integer, those that hold and those that do not.
pub(crate) fn bounds(holding: &[Predicate], failing: &[Predicate]) -> (i128, i128) {
    let (mut low, mut high) = (i128::MIN, i128::MAX);
    let sides = holding.iter().map(|held| (held, true));
    for (predicate, holds) in sides.chain(failing.iter().map(|failed| (failed, false))) {
        let Predicate::Limit(Check::Compare(comparison, Bound::Integer(bound))) = predicate else {
            continue;
        };
        let bound = i128::from(*bound);
        match (comparison, holds) {
            (Comparison::AtLeast, true) | (Comparison::LessThan, false) => low = low.max(bound),
            (Comparison::MoreThan, true) | (Comparison::AtMost, false) => low = low.max(bound + 1),
            (Comparison::AtMost, true) | (Comparison::MoreThan, false) => high = high.min(bound),
            (Comparison::LessThan, true) | (Comparison::AtLeast, false) => {
                high = high.min(bound - 1)
            }
        }
    }
    (low, high)
}

/// The divisors among predicates.
pub(crate) fn divisors(predicates: &[Predicate]) -> Vec<i64> {
    let divisors = predicates.iter().filter_map(|predicate| match predicate {
        Predicate::MultipleOf(Bound::Integer(divisor)) => Some(*divisor),
        _ => None,
    });
    divisors.collect()
}

/// How many different `multipleOf` one floating-point number may be compared with.
const MOST_FRACTIONS: usize = 3;

/// How many multiples on each side of a bound are looked at.
const MULTIPLES: i32 = 8;

/// What the predicates can come to for floating-point numbers: at the bounds, next to them, between
/// them, and at multiples of all choices of divisors on both sides of each.
pub(in crate::rules) fn doubles(predicates: &[Predicate]) -> Option<Vec<Vec<bool>>> {
    let truths = samples(predicates)?.into_iter().map(|number| {
        let number = serde_json::Value::from(number);
        predicates.iter().map(|predicate| verdict::of_scalar(predicate, &number)).collect()
    });
    Some(truths.collect())
}

/// Floating-point numbers of all kinds that the predicates tell apart.
pub(crate) fn samples(predicates: &[Predicate]) -> Option<Vec<f64>> {
    let mut corners = vec![0.0];
    let mut divisors: Vec<f64> = Vec::new();
    for predicate in predicates {
        match predicate {
            Predicate::Limit(Check::Compare(_, Bound::Number(bound)))
            | Predicate::Equals(bound) => {
                corners.push(*bound);
            }
            Predicate::MultipleOf(Bound::Number(divisor)) => divisors.push(*divisor),
            Predicate::Whole => divisors.push(1.0),
            _ => {}
        }
    }
    corners.sort_by(f64::total_cmp);
    corners.dedup();
    divisors.sort_by(f64::total_cmp);
    divisors.dedup();
    if divisors.len() > MOST_FRACTIONS {
        return None;
    }
    let mut samples: Vec<f64> = corners.clone();
    samples.extend(corners.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])));
    for corner in &corners {
        samples.extend([corner.next_down(), corner.next_up(), corner - 1.0, corner + 1.0]);
        for choice in 1..1_u32 << divisors.len() {
            let numbered = divisors.iter().enumerate();
            let chosen = numbered.filter(|(index, _)| choice & (1 << index) != 0);
            let step = common_multiple(chosen.map(|(_, divisor)| *divisor))?;
            let nearest = (corner / step).floor();
            let around = (-MULTIPLES..=MULTIPLES).map(|more| (nearest + f64::from(more)) * step);
            // Multiplying has rounded; the decimal digits say what is meant.
            samples.extend(around.filter_map(|number| format!("{number:.12}").parse::<f64>().ok()));
        }
    }
    samples.retain(|number| number.is_finite());
    Some(samples)
}

/// The least number of which all of these are divisors, computed on decimal digits.
fn common_multiple(divisors: impl Iterator<Item = f64>) -> Option<f64> {
    const SCALE: f64 = 1e9;
    let mut common: i128 = 1;
    for divisor in divisors {
        let scaled = (divisor * SCALE).round();
        let is_exact = (scaled / SCALE).to_bits() == divisor.to_bits() && scaled < 1e18;
        let scaled = is_exact.then_some(scaled as i128).filter(|scaled| *scaled > 0)?;
        common = lcm(common, scaled);
    }
    Some(common as f64 / SCALE)
}
