//! Whether integers exist that compare with each other as wanted.

use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::bound::condition::{Literal, Operator, Term};
use crate::rules::logic::formula::Relation;
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::Values;
use crate::rules::solve::moments;
use crate::rules::solve::numbers::{Lattice, TooFar, bounds, divisors, whole};
use crate::rules::solve::situations::Situation;
use crate::rules::solve::sums::{Sum, can_add_up};

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
pub(super) struct Choice {
    pub(super) low: i128,
    pub(super) high: i128,
    pub(super) divisors: Vec<i64>,
    pub(super) others: Vec<i64>,
    pub(super) holes: BTreeSet<i64>,
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
    pub(super) fn next(&self, start: i128) -> Result<Option<i64>, TooFar> {
        self.lattice().next(start, self.low..=self.high)
    }

    /// Of which number every value is a multiple.
    pub(super) fn step(&self) -> i128 {
        self.lattice().step()
    }

    /// Whether a multiple of the step between the bounds is a value.
    pub(super) fn allows(&self, number: i128) -> bool {
        let divides = |divisor: &i64| number % i128::from(*divisor) == 0;
        let is_hole = i64::try_from(number).is_ok_and(|number| self.holes.contains(&number));
        !is_hole && !self.others.iter().any(divides)
    }

    fn lattice(&self) -> Lattice<'_> {
        let (divisors, others) = (self.divisors.clone(), self.others.clone());
        Lattice { divisors, others, holes: &self.holes }
    }
}

/// Whether the parameters can have values in their situations for which every relation comes out as
/// decided.
///
/// Where every relation compares one parameter with another, each parameter starts at its least value
/// and is raised to the next one wherever a comparison asks for more: what is reached first is the
/// least solution, because comparisons of the form `a ≤ b + n` ask for nothing else. "Not equal" is
/// tried as "less" and as "more".
pub(in crate::rules) fn can_compare(
    space: &Space<'_>,
    chosen: &[(Subject, Situation)],
    decided: &[Relation],
) -> bool {
    let is_compared =
        |subject: Subject| decided.iter().any(|relation| relation.compared.names(subject));
    let chosen: Vec<&(Subject, Situation)> =
        chosen.iter().filter(|(subject, _)| is_compared(*subject)).collect();
    let has_to_compare = |subject: Subject| {
        decided.iter().any(|relation| !relation.negated && relation.compared.names(subject))
    };
    let (subjects, choices): (Vec<Subject>, Vec<Choice>) = chosen
        .iter()
        .filter_map(|(subject, situation)| {
            let choice = match space.time_format(*subject) {
                Some(format) => {
                    let is_free = !space.is_closed() && !has_to_compare(*subject);
                    moments::choice(space, format, situation, &chosen, is_free)?
                }
                None => Choice::of(space, *subject, situation),
            };
            Some((*subject, choice))
        })
        .unzip();
    let position = |subject: Subject| subjects.iter().position(|known| *known == subject);
    let mut sums = Vec::new();
    for relation in decided {
        let compared = relation.of_given();
        let terms = compared.terms.iter().map(|Term { coefficient, subject }| {
            Some((position(*subject)?, i128::from(*coefficient)))
        });
        let Some(terms) = terms.collect::<Option<Vec<(usize, i128)>>>() else {
            if relation.negated {
                continue;
            }
            // A text that is no date compares with nothing.
            return false;
        };
        sums.push(Sum { terms, operator: compared.operator, constant: compared.constant.into() });
    }
    let found = match sums.iter().map(difference).collect::<Option<Vec<_>>>() {
        Some(wanted) => try_all(&choices, &wanted, &mut Vec::new()),
        None => can_add_up(&choices, &sums),
    };
    match found {
        Ok(found) => found,
        Err(TooFar) => {
            space.give_up();
            true
        }
    }
}

/// How one number compares with another plus a constant, where a sum says no more.
fn difference(sum: &Sum) -> Option<(usize, Operator, usize, i128)> {
    match sum.terms[..] {
        [(left, 1), (right, -1)] => Some((left, sum.operator, right, sum.constant)),
        _ => None,
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
