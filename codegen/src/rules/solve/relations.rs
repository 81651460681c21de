//! Whether integers exist that compare with each other as wanted.

use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::bound::condition::{Literal, Operator, Term};
use crate::rules::logic::formula::Relation;
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::Values;
use crate::rules::solve::numbers::{Lattice, TooFar, bounds, divisors, whole};
use crate::rules::solve::situations::Situation;

/// How often numbers are raised before the search is given up.
const MOST_RAISES: usize = 20_000;

/// `left` is at most `right` plus `plus`, both by their positions.
#[derive(Clone, Copy)]
struct AtMost {
    left: usize,
    right: usize,
    plus: i128,
}

/// The values that one parameter can have in its situation.
struct Choice {
    low: i128,
    high: i128,
    divisors: Vec<i64>,
    others: Vec<i64>,
    holes: BTreeSet<i64>,
}

impl Choice {
    fn of(space: &Space<'_>, subject: Subject, situation: &Situation) -> Self {
        let (mut low, mut high) = bounds(&situation.holding, &situation.failing);
        let (least, most) = match space.domain(subject) {
            Domain::Int32 => (i32::MIN.into(), i32::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        };
        (low, high) = (low.max(least), high.min(most));
        let mut holes = BTreeSet::new();
        match &situation.states.values {
            Values::Only(values) => {
                if let [Literal::Integer(number)] = values.as_slice() {
                    (low, high) = (low.max((*number).into()), high.min((*number).into()));
                }
            }
            Values::Except(values) => holes = whole(values),
        }
        let (divisors, others) = (divisors(&situation.holding), divisors(&situation.failing));
        Self { low, high, divisors, others, holes }
    }

    /// The least value from `start` on.
    fn next(&self, start: i128) -> Result<Option<i64>, TooFar> {
        let divisors = self.divisors.clone();
        let lattice = Lattice { divisors, others: self.others.clone(), holes: &self.holes };
        lattice.next(start, self.low..=self.high)
    }
}

/// Whether the parameters can have values in their situations for which every relation comes out as
/// decided.
///
/// Each parameter starts at its least value and is raised to the next one wherever a comparison asks
/// for more: what is reached first is the least solution, because comparisons of the form
/// `a ≤ b + n` ask for nothing else. "Not equal" is tried as "less" and as "more".
pub(in crate::rules) fn can_compare(
    space: &Space<'_>,
    chosen: &[(Subject, Situation)],
    decided: &[Relation],
) -> bool {
    let is_compared =
        |subject: Subject| decided.iter().any(|relation| relation.compared.names(subject));
    let chosen: Vec<&(Subject, Situation)> =
        chosen.iter().filter(|(subject, _)| is_compared(*subject)).collect();
    let choices: Vec<Choice> =
        chosen.iter().map(|(subject, situation)| Choice::of(space, *subject, situation)).collect();
    let position = |subject: Subject| chosen.iter().position(|(known, _)| *known == subject);
    let wanted: Option<Vec<(usize, Operator, usize, i128)>> = decided
        .iter()
        .map(|relation| {
            let compared = relation.of_given();
            let [Term { coefficient: 1, subject: left }, Term { coefficient: -1, subject: right }] =
                compared.terms[..]
            else {
                return None;
            };
            let constant = compared.constant.into();
            Some((position(left)?, compared.operator, position(right)?, constant))
        })
        .collect();
    match wanted.ok_or(TooFar).and_then(|wanted| try_all(&choices, &wanted, &mut Vec::new())) {
        Ok(found) => found,
        Err(TooFar) => {
            space.give_up();
            true
        }
    }
}

fn try_all(
    choices: &[Choice],
    wanted: &[(usize, Operator, usize, i128)],
    constraints: &mut Vec<AtMost>,
) -> Result<bool, TooFar> {
    let Some(((left, operator, right, plus), rest)) = wanted.split_first() else {
        return least_solution(choices, constraints);
    };
    let (left, right, plus) = (*left, *right, *plus);
    let at_most = |plus| AtMost { left, right, plus };
    let at_least = |plus: i128| AtMost { left: right, right: left, plus: -plus };
    let alternatives: Vec<Vec<AtMost>> = match operator {
        Operator::Less => vec![vec![at_most(plus - 1)]],
        Operator::AtMost => vec![vec![at_most(plus)]],
        Operator::Equal => vec![vec![at_most(plus), at_least(plus)]],
        Operator::NotEqual => vec![vec![at_most(plus - 1)], vec![at_least(plus + 1)]],
        Operator::AtLeast => vec![vec![at_least(plus)]],
        Operator::More => vec![vec![at_least(plus + 1)]],
    };
    for alternative in alternatives {
        let before = constraints.len();
        constraints.extend(alternative);
        let found = try_all(choices, rest, constraints)?;
        constraints.truncate(before);
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

fn least_solution(choices: &[Choice], constraints: &[AtMost]) -> Result<bool, TooFar> {
    if rises_forever(choices.len(), constraints) {
        return Ok(false);
    }
    let mut values = Vec::new();
    for choice in choices {
        match choice.next(choice.low)? {
            Some(value) => values.push(i128::from(value)),
            None => return Ok(false),
        }
    }
    for _ in 0..MOST_RAISES {
        let broken = constraints.iter().find(|constraint| {
            values[constraint.left] > values[constraint.right] + constraint.plus
        });
        let Some(constraint) = broken else { return Ok(true) };
        let wanted = values[constraint.left] - constraint.plus;
        match choices[constraint.right].next(wanted)? {
            Some(value) => values[constraint.right] = value.into(),
            None => return Ok(false),
        }
    }
    Err(TooFar)
}

/// Whether some comparisons ask for ever more in a circle, such as `a < b` and `b < a`.
fn rises_forever(count: usize, constraints: &[AtMost]) -> bool {
    let mut least = vec![0_i128; count];
    for _ in 0..=count {
        let mut is_stable = true;
        for AtMost { left, right, plus } in constraints.iter().copied() {
            if least[left] - plus > least[right] {
                least[right] = least[left] - plus;
                is_stable = false;
            }
        }
        if is_stable {
            return false;
        }
    }
    true
}
