//! Whether a rule follows from another: all requests are tried that the two can tell apart.
//!
//! Knows no text.

use std::collections::BTreeMap;

use serde_json::Value;

use super::meaning::{Condition, Id, Need, Relation, Rule};
use crate::moment::{Moment, TimeFormat};

/// What a parameter has in a request.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Known(Value),
    Number(i64),
    /// A value that no rule names.
    Other,
}

type Request = BTreeMap<Id, Cell>;

/// As many requests are tried; two rules that tell more apart are not compared.
const MOST: usize = 20_000;

/// Whether each request that meets the one rule meets the other.
pub(super) fn follows(rule: &Rule, given: &Rule) -> bool {
    implied(rule, &[given])
}

/// Whether each request meets it.
pub(super) fn is_empty(rule: &Rule) -> bool {
    implied(rule, &[])
}

/// Whether an example is as a rule wants it. An example has all parameters at once, so it says nothing of which of
/// them are given.
pub(super) fn allows(rule: &Rule, example: &[(Id, &Value)]) -> bool {
    let request: Request = example.iter().map(|(id, value)| (*id, cell(value))).collect();
    match rule.need {
        Need::Is(..) | Need::IsNot(..) | Need::Limits(..) | Need::Order(..) => {
            holds(rule, &request)
        }
        Need::Required(_) | Need::Excluded(_) | Need::AnyOf(_) | Need::OneOf(_) => true,
        Need::MostOneOf(_) | Need::AllOrNone(_) | Need::With(..) | Need::Unclear(_) => true,
    }
}

/// Whether no request that has what the conditions ask for meets both.
fn implied(rule: &Rule, given: &[&Rule]) -> bool {
    let mut domains: BTreeMap<Id, Vec<Cell>> = BTreeMap::new();
    for one in given.iter().copied().chain([rule]) {
        domain(one, &mut domains);
    }
    let size = domains.values().map(|cells| cells.len() + 2).try_fold(1, usize::checked_mul);
    if size.is_none_or(|size| size > MOST) {
        return given.contains(&rule);
    }
    let names: Vec<(Id, Vec<Option<Cell>>)> = domains
        .into_iter()
        .map(|(id, cells)| {
            (id, cells.into_iter().chain([Cell::Other]).map(Some).chain([None]).collect())
        })
        .collect();
    requests(&names, &mut Request::new(), &mut |request| {
        !given.iter().all(|given| holds(given, request)) || holds(rule, request)
    })
}

/// Whether all requests are as they should be.
fn requests(
    names: &[(Id, Vec<Option<Cell>>)],
    request: &mut Request,
    check: &mut dyn FnMut(&Request) -> bool,
) -> bool {
    let Some(((id, cells), rest)) = names.split_first() else { return check(request) };
    cells.iter().all(|cell| {
        match cell {
            Some(cell) => request.insert(*id, cell.clone()),
            None => request.remove(id),
        };
        requests(rest, request, check)
    })
}

fn domain(rule: &Rule, domains: &mut BTreeMap<Id, Vec<Cell>>) {
    for name in rule.names() {
        domains.entry(name).or_default();
    }
    let mut add = |name: Id, cell: Cell| {
        let cells = domains.entry(name).or_default();
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    };
    if let Some(when) = &rule.when {
        of_condition(when, &mut add);
    }
    match &rule.need {
        Need::Is(name, values) | Need::IsNot(name, values) => {
            values.iter().for_each(|value| add(*name, cell(value)));
        }
        Need::Limits(name, least, most) => around(*name, least.iter().chain(most), &mut add),
        Need::Order(left, _, right) => {
            around(*left, [2].iter(), &mut add);
            around(*right, [2].iter(), &mut add);
        }
        Need::Required(_) | Need::Excluded(_) | Need::AnyOf(_) | Need::OneOf(_) => {}
        Need::MostOneOf(_) | Need::AllOrNone(_) | Need::With(..) | Need::Unclear(_) => {}
    }
}

fn of_condition(condition: &Condition, add: &mut dyn FnMut(Id, Cell)) {
    match condition {
        Condition::Is(name, values) => values.iter().for_each(|value| add(*name, cell(value))),
        Condition::Compared(name, _, number) => around(*name, [*number].iter(), add),
        Condition::Not(inner) => of_condition(inner, add),
        Condition::All(inner) | Condition::Any(inner) => {
            inner.iter().for_each(|one| of_condition(one, add));
        }
        Condition::Given(_) | Condition::Unclear(_) => {}
    }
}

/// The numbers at a bound, and right beside it.
fn around<'n>(name: Id, bounds: impl Iterator<Item = &'n i64>, add: &mut dyn FnMut(Id, Cell)) {
    for bound in bounds {
        for step in [-1, 0, 1] {
            add(name, Cell::Number(bound.saturating_add(step)));
        }
    }
}

fn cell(value: &Value) -> Cell {
    value.as_i64().map_or_else(|| Cell::Known(value.clone()), Cell::Number)
}

fn holds(rule: &Rule, request: &Request) -> bool {
    let applies = rule.when.as_ref().is_none_or(|when| is_met(when, request));
    !applies || meets(&rule.need, request)
}

fn is_met(condition: &Condition, request: &Request) -> bool {
    match condition {
        Condition::Is(name, values) => request.get(name).is_some_and(|found| is_one(found, values)),
        Condition::Given(name) => request.contains_key(name),
        Condition::Compared(name, relation, number) => match request.get(name) {
            Some(Cell::Number(found)) => compares(found, *relation, number),
            Some(Cell::Known(_) | Cell::Other) | None => false,
        },
        Condition::Not(inner) => !is_met(inner, request),
        Condition::All(inner) => inner.iter().all(|one| is_met(one, request)),
        Condition::Any(inner) => inner.iter().any(|one| is_met(one, request)),
        Condition::Unclear(_) => false,
    }
}

fn is_one(found: &Cell, values: &[Value]) -> bool {
    values.iter().any(|value| cell(value) == *found)
}

fn meets(need: &Need, request: &Request) -> bool {
    let is_given = |name: &Id| request.contains_key(name);
    let given = |names: &[Id]| names.iter().filter(|name| is_given(name)).count();
    match need {
        Need::Required(names) => names.iter().all(is_given),
        Need::Excluded(names) => given(names) == 0,
        Need::Is(name, values) => request.get(name).is_none_or(|found| is_one(found, values)),
        Need::IsNot(name, values) => request.get(name).is_none_or(|found| !is_one(found, values)),
        Need::Limits(name, least, most) => match request.get(name) {
            Some(Cell::Number(found)) => {
                least.is_none_or(|least| least <= *found) && most.is_none_or(|most| *found <= most)
            }
            Some(Cell::Known(_) | Cell::Other) | None => true,
        },
        Need::AnyOf(names) => given(names) > 0,
        Need::OneOf(names) => given(names) == 1,
        Need::MostOneOf(names) => given(names) < 2,
        Need::AllOrNone(names) => given(names) == 0 || given(names) == names.len(),
        Need::With(name, others) => !is_given(name) || others.iter().all(is_given),
        Need::Order(left, relation, right) => match (request.get(left), request.get(right)) {
            (Some(Cell::Number(left)), Some(Cell::Number(right))) => {
                compares(left, *relation, right)
            }
            (Some(Cell::Known(left)), Some(Cell::Known(right))) => {
                let both = moment(left).zip(moment(right));
                both.is_none_or(|(left, right)| compares(&left, *relation, &right))
            }
            _ => true,
        },
        Need::Unclear(_) => true,
    }
}

/// The instant that a text says.
fn moment(value: &Value) -> Option<Moment<'_>> {
    value.as_str().and_then(|text| TimeFormat::DateTime.read(text.trim()))
}

fn compares<T: Ord>(left: &T, relation: Relation, right: &T) -> bool {
    match relation {
        Relation::Less => left < right,
        Relation::AtMost => left <= right,
        Relation::AtLeast => left >= right,
        Relation::Greater => left > right,
    }
}
