//! Whether integers exist whose sums compare as wanted.
//!
//! One number after the other is eliminated from the comparisons, which leaves for each the range
//! that it has once those after it are known (Fourier and Motzkin). Integers are then tried inside
//! these ranges, so that an answer of "there are none" is exact: all have been tried. What takes too
//! many steps is not judged.

use std::collections::{BTreeMap, BTreeSet};

use num_integer::gcd;

use crate::bound::condition::Operator;
use crate::rules::solve::numbers::TooFar;
use crate::rules::solve::relations::Choice;

/// How many comparisons are made and numbers tried before the search is given up.
const MOST_STEPS: usize = 100_000;

/// Numbers by their positions, each so many times, and how their sum compares with a constant.
pub(super) struct Sum {
    pub(super) terms: Vec<(usize, i128)>,
    pub(super) operator: Operator,
    pub(super) constant: i128,
}

/// Sums that are at most so much: the factor of every number, and the most.
#[derive(Clone, Default)]
struct Rows(BTreeMap<Vec<i128>, i128>);

impl Rows {
    /// Adds one, as tight as whole numbers allow; false for what cannot be.
    fn add(&mut self, mut factors: Vec<i128>, mut most: i128) -> bool {
        let divisor = factors.iter().fold(0, |all, factor| gcd(all, *factor));
        if divisor == 0 {
            return most >= 0;
        }
        factors.iter_mut().for_each(|factor| *factor /= divisor);
        most = most.div_euclid(divisor);
        let known = self.0.entry(factors).or_insert(most);
        *known = most.min(*known);
        true
    }
}

/// Whether the numbers can have values for which every sum compares so.
pub(super) fn can_add_up(choices: &[Choice], wanted: &[Sum]) -> Result<bool, TooFar> {
    let mut rows = Rows::default();
    for (position, choice) in choices.iter().enumerate() {
        if choice.next(choice.low)?.is_none() {
            return Ok(false);
        }
        let unit = |factor: i128| {
            let mut factors = vec![0; choices.len()];
            factors[position] = factor;
            factors
        };
        let step = choice.step();
        rows.add(unit(1), choice.high.div_euclid(step));
        rows.add(unit(-1), (-choice.low).div_euclid(step));
    }
    Search { choices, steps: MOST_STEPS }.of_all(&rows, wanted)
}

struct Search<'c> {
    choices: &'c [Choice],
    /// How many are left.
    steps: usize,
}

impl Search<'_> {
    fn take(&mut self) -> Result<(), TooFar> {
        self.steps = self.steps.checked_sub(1).ok_or(TooFar)?;
        Ok(())
    }

    /// "Not equal" is tried as "less" and as "more".
    fn of_all(&mut self, rows: &Rows, wanted: &[Sum]) -> Result<bool, TooFar> {
        self.take()?;
        let Some((Sum { terms, operator, constant }, rest)) = wanted.split_first() else {
            return self.of_rows(rows.clone());
        };
        let sides: &[&[(i128, i128)]] = match operator {
            Operator::Less => &[&[(1, -1)]],
            Operator::AtMost => &[&[(1, 0)]],
            Operator::Equal => &[&[(1, 0), (-1, 0)]],
            Operator::NotEqual => &[&[(1, -1)], &[(-1, -1)]],
            Operator::AtLeast => &[&[(-1, 0)]],
            Operator::More => &[&[(-1, -1)]],
        };
        for side in sides {
            let mut rows = rows.clone();
            let mut can_be = true;
            for (sign, more) in *side {
                let mut factors = vec![0_i128; self.choices.len()];
                for (position, times) in terms {
                    // A number is so many times the step of what it can be.
                    let factor = self.choices[*position].step().checked_mul(sign * times);
                    factors[*position] = factor
                        .and_then(|factor| factors[*position].checked_add(factor))
                        .ok_or(TooFar)?;
                }
                can_be &= rows.add(factors, sign * constant + more);
            }
            if can_be && self.of_all(&rows, rest)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Eliminates every number, and tries what is left for each.
    fn of_rows(&mut self, mut rows: Rows) -> Result<bool, TooFar> {
        let mut levels = Vec::new();
        let mut open: BTreeSet<usize> = (0..self.choices.len()).collect();
        while let Some(position) = open.iter().copied().min_by_key(|at| pairs(&rows, *at)) {
            open.remove(&position);
            let (with, without) =
                rows.0.into_iter().partition(|(factors, _)| factors[position] != 0);
            let with: BTreeMap<Vec<i128>, i128> = with;
            rows = Rows(without);
            for upper in with.iter().filter(|(factors, _)| factors[position] > 0) {
                for lower in with.iter().filter(|(factors, _)| factors[position] < 0) {
                    self.take()?;
                    let (factors, most) = combined(upper, lower, position).ok_or(TooFar)?;
                    let is_new = !self.is_bounded(&factors, most);
                    if is_new && !rows.add(factors, most) {
                        return Ok(false);
                    }
                }
            }
            levels.push((position, Rows(with)));
        }
        levels.reverse();
        self.of_levels(&levels, &mut vec![0; self.choices.len()])
    }

    /// Whether the bounds of the numbers, which stay until these are eliminated, say as much: most
    /// comparisons do that others are made of.
    fn is_bounded(&self, factors: &[i128], most: i128) -> bool {
        let mut left = most;
        for (factor, choice) in factors.iter().zip(self.choices) {
            let step = choice.step();
            let bound = match factor.signum() {
                0 => continue,
                1 => choice.high.div_euclid(step),
                _ => -(-choice.low).div_euclid(step),
            };
            match factor.checked_mul(bound).and_then(|bound| left.checked_sub(bound)) {
                Some(less) => left = less,
                None => return false,
            }
        }
        left >= 0
    }

    /// Tries numbers inside the ranges that those before them leave.
    fn of_levels(
        &mut self,
        levels: &[(usize, Rows)],
        numbers: &mut Vec<i128>,
    ) -> Result<bool, TooFar> {
        let Some(((position, rows), rest)) = levels.split_first() else { return Ok(true) };
        let (low, high) = range(*position, rows, numbers).ok_or(TooFar)?;
        let choice = &self.choices[*position];
        let step = choice.step();
        let mut number = low;
        while number <= high {
            self.take()?;
            numbers[*position] = number;
            if choice.allows(number * step) && self.of_levels(rest, numbers)? {
                return Ok(true);
            }
            number += 1;
        }
        numbers[*position] = 0;
        Ok(false)
    }
}

/// How many comparisons the elimination of a number makes.
fn pairs(rows: &Rows, position: usize) -> usize {
    let of = |sign: i128| rows.0.keys().filter(|row| row[position].signum() == sign).count();
    of(1) * of(-1)
}

/// What two comparisons say together of all numbers but one.
fn combined(
    (upper, most): (&Vec<i128>, &i128),
    (lower, least): (&Vec<i128>, &i128),
    position: usize,
) -> Option<(Vec<i128>, i128)> {
    let (above, below) = (upper[position], -lower[position]);
    let divisor = gcd(above, below);
    let (above, below) = (above / divisor, below / divisor);
    let sum =
        |upper: i128, lower: i128| upper.checked_mul(below)?.checked_add(lower.checked_mul(above)?);
    let factors = upper.iter().zip(lower).map(|(upper, lower)| sum(*upper, *lower));
    Some((factors.collect::<Option<Vec<i128>>>()?, sum(*most, *least)?))
}

/// The range of a number, by comparisons with others that are known.
fn range(position: usize, rows: &Rows, numbers: &[i128]) -> Option<(i128, i128)> {
    let (mut low, mut high) = (i128::MIN, i128::MAX);
    for (factors, most) in &rows.0 {
        let mut left = *most;
        for (at, factor) in factors.iter().enumerate().filter(|(at, _)| *at != position) {
            left = left.checked_sub(factor.checked_mul(numbers[at])?)?;
        }
        match factors[position] {
            factor @ 1.. => high = high.min(left.div_euclid(factor)),
            factor => low = low.max(-left.div_euclid(-factor)),
        }
    }
    Some((low, high))
}
