//! How many valid requests there are, and all of them, where parameters have few values.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::Unanswered;
use super::questions::{decided, settled, substituted};
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::judge::Judge;
use crate::rules::logic::formula::{Formula, Test};
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::{States, Values};
use crate::rules::solve::numbers::bounds;

/// The widest range of integers whose values are told one by one.
const WIDEST: i128 = 4096;

/// How many formulas are counted before the search is given up.
const MOST_STEPS: u32 = 1 << 17;

/// Parameters that share rules, with all values that each can have.
#[derive(Clone)]
struct Finite {
    formula: Formula,
    /// None for a parameter that no valid request has.
    values: Vec<(Subject, Vec<Value>)>,
    /// The values that are chosen, with which others are compared.
    known: Vec<(Subject, Value)>,
}

impl Judge {
    /// How many valid requests have all of `given`; facts of the context that are not among it are unknown.
    ///
    /// # Errors
    ///
    /// When a parameter has more values than can be told one by one, and when there are too many
    /// combinations.
    pub fn number(&self, given: &Map<String, Value>) -> Result<u128, Unanswered> {
        let space = self.space();
        let mut steps = MOST_STEPS;
        self.finite(given)?.iter().try_fold(1_u128, |number, finite| {
            let Finite { formula, values, known } = finite;
            let formula = decided(&space, formula, known);
            let count = count(&space, &formula, values, known, &mut steps)?;
            number.checked_mul(count).ok_or(Unanswered::TooComplex)
        })
    }

    /// Shows every valid request that has all of `given`, without facts, until `visit` breaks; facts of the
    /// context that are not given are unknown.
    ///
    /// # Errors
    ///
    /// As [`Self::number`] has them.
    pub fn each_valid(
        &self,
        given: &Map<String, Value>,
        visit: &mut dyn FnMut(&Map<String, Value>) -> ControlFlow<()>,
    ) -> Result<(), Unanswered> {
        let groups = self.finite(given)?;
        let space = self.space();
        let is_own = |name: &String| space.find(name).is_some_and(|subject| !subject.is_context());
        let own = given.iter().filter(|(name, _)| is_own(name));
        let mut request = own.map(|(name, value)| (name.clone(), value.clone())).collect();
        let _ = each(&space, &groups, &mut request, visit);
        Ok(())
    }

    /// The groups of parameters that share rules, those that share none included.
    fn finite(&self, given: &Map<String, Value>) -> Result<Vec<Finite>, Unanswered> {
        if !self.can_become_valid(given)? {
            let formula = Formula::False;
            return Ok(vec![Finite { formula, values: Vec::new(), known: Vec::new() }]);
        }
        let given = self.given(given)?;
        let asked = self.known().asked(self.item().request);
        let space = self.space();
        let is_open = |subject: &Subject| {
            !subject.is_context() && !given.iter().any(|(known, _)| known == subject)
        };
        let mut groups = Vec::new();
        let mut endless = Vec::new();
        for formula in asked.formulas(false, None) {
            let space = self.space();
            let whole = formula.subjects();
            let settled = settled(&space, formula, &given);
            let settled = given.iter().fold(settled, |formula, (subject, value)| {
                substituted(&space, &formula, *subject, value)
            });
            let settled = space.with_own_limits(&settled);
            let settled = space.simplified(&settled).into_owned();
            let mut values = Vec::new();
            for subject in whole.into_iter().filter(is_open) {
                let can_be =
                    || space.is_satisfiable(&settled.clone().and(Formula::present(subject)));
                let found = match values_of(&space, subject, &settled) {
                    Some(found) => found,
                    None if can_be() => {
                        endless.push(subject);
                        continue;
                    }
                    None => Vec::new(),
                };
                values.push((subject, found));
            }
            if space.is_exhausted() {
                return Err(Unanswered::TooComplex);
            }
            groups.push(Finite { formula: settled, values, known: given.clone() });
        }
        for subject in space.request().filter(is_open) {
            let is_known =
                |finite: &Finite| finite.values.iter().any(|(known, _)| *known == subject);
            if !groups.iter().any(is_known) && !endless.contains(&subject) {
                match values_of(&space, subject, &Formula::True) {
                    Some(values) => {
                        let values = vec![(subject, values)];
                        groups.push(Finite { formula: Formula::True, values, known: Vec::new() });
                    }
                    None => endless.push(subject),
                }
            }
        }
        endless.sort_unstable();
        let names: Vec<String> =
            endless.iter().map(|subject| space.name(*subject).to_owned()).collect();
        if names.is_empty() { Ok(groups) } else { Err(Unanswered::Endless(names)) }
    }
}

/// How many choices of values make a formula hold.
fn count(
    space: &Space<'_>,
    formula: &Formula,
    open: &[(Subject, Vec<Value>)],
    chosen: &[(Subject, Value)],
    steps: &mut u32,
) -> Result<u128, Unanswered> {
    *steps = steps.checked_sub(1).ok_or(Unanswered::TooComplex)?;
    let formula = space.simplified(formula);
    if *formula == Formula::False {
        return Ok(0);
    }
    let named = formula.subjects();
    let next = open.iter().position(|(subject, _)| named.contains(subject));
    let Some(next) = next else {
        let all = open
            .iter()
            .try_fold(1_u128, |number, (_, values)| number.checked_mul(values.len() as u128 + 1));
        return all.ok_or(Unanswered::TooComplex);
    };
    let (subject, values) = &open[next];
    let rest: Vec<(Subject, Vec<Value>)> =
        open.iter().filter(|(other, _)| other != subject).cloned().collect();
    let absent = assume(&formula, *subject, &States::absent()).into_owned();
    // Values that the formula does not tell apart are counted together.
    let mut kinds = vec![Kind { formula: absent, chosen: chosen.to_vec(), values: 1 }];
    for value in values {
        let left = substituted(space, &formula, *subject, value);
        let mut chosen = chosen.to_vec();
        if left.subjects().contains(subject) {
            chosen.push((*subject, value.clone()));
        }
        let formula = decided(space, &left, &chosen);
        match kinds.iter_mut().find(|kind| kind.formula == formula && kind.chosen == chosen) {
            Some(kind) => kind.values += 1,
            None => kinds.push(Kind { formula, chosen, values: 1 }),
        }
    }
    kinds.iter().try_fold(0_u128, |number, Kind { formula, chosen, values }| {
        let inside = count(space, formula, &rest, chosen, steps)?;
        let inside = inside.checked_mul(*values).ok_or(Unanswered::TooComplex)?;
        number.checked_add(inside).ok_or(Unanswered::TooComplex)
    })
}

/// Values of a parameter that a formula does not tell apart.
struct Kind {
    /// What is left of it.
    formula: Formula,
    /// The values that it still compares with others.
    chosen: Vec<(Subject, Value)>,
    /// How many they are.
    values: u128,
}

/// Shows every choice of values that makes the formulas of all groups hold.
fn each(
    space: &Space<'_>,
    groups: &[Finite],
    request: &mut Map<String, Value>,
    visit: &mut dyn FnMut(&Map<String, Value>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some((first, others)) = groups.split_first() else { return visit(request) };
    let formula = decided(space, &first.formula, &first.known);
    let formula = space.simplified(&formula);
    if *formula == Formula::False {
        return ControlFlow::Continue(());
    }
    let Some(((subject, values), rest)) = first.values.split_first() else {
        return each(space, others, request, visit);
    };
    let with = |formula, value: Option<&Value>| -> Vec<Finite> {
        let chosen = value.map(|value| (*subject, value.clone()));
        let known = first.known.iter().cloned().chain(chosen).collect();
        let first = Finite { formula, values: rest.to_vec(), known };
        [first].into_iter().chain(others.iter().cloned()).collect()
    };
    let absent = assume(&formula, *subject, &States::absent()).into_owned();
    each(space, &with(absent, None), request, visit)?;
    for value in values {
        let left = substituted(space, &formula, *subject, value);
        request.insert(space.name(*subject).to_owned(), value.clone());
        let end = each(space, &with(left, Some(value)), request, visit);
        request.remove(space.name(*subject));
        end?;
    }
    ControlFlow::Continue(())
}

/// The values that a parameter can have by what a formula says of it alone, when they are few.
fn values_of(space: &Space<'_>, subject: Subject, formula: &Formula) -> Option<Vec<Value>> {
    let parts = match formula {
        Formula::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let is_boolean = space.is_boolean(subject);
    let is_integer = matches!(space.domain(subject), Domain::Int32 | Domain::Int64);
    let mut holding = Vec::new();
    for part in parts {
        match part {
            Formula::Is(found, States { values: Values::Only(values), .. })
                if *found == subject =>
            {
                return Some(values.iter().map(Literal::to_value).collect());
            }
            Formula::Test(Test { subject: found, predicate, negated: false, .. })
                if *found == subject =>
            {
                holding.push(predicate.clone());
            }
            _ => {}
        }
    }
    if is_boolean {
        return Some(vec![false.into(), true.into()]);
    }
    let (low, high) = bounds(&holding, &[]);
    let (low, high) = (low.max(i64::MIN.into()), high.min(i64::MAX.into()));
    let is_narrow = is_integer && high - low < WIDEST;
    is_narrow.then(|| {
        (low..=high).filter_map(|number| i64::try_from(number).ok()).map(Value::from).collect()
    })
}
