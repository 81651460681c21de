//! Lists and objects as conditions tell them apart, by what is inside them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::model::Type;
use crate::model::limit::{Bound, Check, Comparison};
use crate::rules::logic::formula::{Formula, Test};
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::{States, Values};
use crate::rules::logic::verdict;

/// How many different things conditions may ask of the items of one list.
const MOST_FORMULAS: usize = 8;

/// How many kinds of lists are told apart before the search is given up.
const MOST_LISTS: usize = 1 << 14;

/// What the predicates can come to, all at once, for values of a type that is no scalar; `None` when
/// there are too many to try.
pub(in crate::rules) fn truths(
    space: &Space<'_>,
    type_: &Type,
    predicates: &[Predicate],
) -> Option<Vec<Vec<bool>>> {
    match type_ {
        Type::List(item) => Lists::new(space, item, predicates)?.truths(),
        _ if predicates.is_empty() => Some(vec![Vec::new()]),
        _ => {
            let inner = space.inner(type_);
            let formulas: Vec<Formula> = predicates
                .iter()
                .flat_map(Predicate::inner)
                .map(|inner| (*inner.formula).clone())
                .collect();
            let outcomes = inner.outcomes(&formulas);
            (!inner.is_exhausted()).then_some(outcomes)
        }
    }
}

/// Items that no condition can tell apart.
struct Kind {
    /// Which of the formulas about items hold.
    truths: Vec<bool>,
    /// How many different items there are, or more than any condition asks for.
    size: u64,
}

struct Lists<'p> {
    predicates: Cow<'p, [Predicate]>,
    /// Everything that is asked of items.
    formulas: Vec<&'p Formula>,
    kinds: Vec<Kind>,
    /// Longer lists than this no condition can tell from those of this length.
    most: u64,
}

/// A list as far as conditions can tell it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Summary {
    length: u64,
    /// For each predicate about items: how many items count for it.
    counts: Vec<u64>,
    /// Whether there is such a list without two equal items.
    may_be_unique: bool,
    /// Whether there is such a list with two equal items.
    may_repeat: bool,
}

impl<'p> Lists<'p> {
    fn new(space: &Space<'_>, item: &Type, predicates: &'p [Predicate]) -> Option<Self> {
        let mut formulas: Vec<&Formula> = Vec::new();
        for inner in predicates.iter().flat_map(Predicate::inner) {
            if !formulas.contains(&inner.formula.as_ref()) {
                formulas.push(&inner.formula);
            }
        }
        if formulas.len() > MOST_FORMULAS {
            return None;
        }
        let inner = space.inner(item);
        let owned: Vec<Formula> = formulas.iter().map(|formula| (*formula).clone()).collect();
        let outcomes = inner.outcomes(&owned);
        let needs_size = predicates.contains(&Predicate::UniqueItems);
        // How many different items there are is a bound, too, and those stay as they are.
        let predicates = match needs_size {
            true => Cow::Borrowed(predicates),
            false => with_short_lengths(predicates, outcomes.len() as u64),
        };
        let most = predicates.iter().map(asked).max().unwrap_or(0).saturating_add(1).max(2);
        let kinds = outcomes.into_iter().map(|truths| {
            let parts = owned.iter().zip(&truths);
            let parts =
                parts.map(|(part, holds)| if *holds { part.clone() } else { part.negated() });
            let size = if needs_size {
                how_many(&inner, &Formula::All(parts.collect()), most)
            } else {
                most
            };
            Kind { truths, size }
        });
        let kinds = kinds.collect();
        (!inner.is_exhausted()).then_some(Self { predicates, formulas, kinds, most })
    }

    fn truths(&self) -> Option<Vec<Vec<bool>>> {
        // Only where a list is compared item by item does the order of its items matter.
        let ordered: BTreeSet<u64> = self
            .predicates
            .iter()
            .filter_map(|predicate| match predicate {
                Predicate::Items(items) => Some(items.len() as u64),
                _ => None,
            })
            .collect();
        let mut truths = BTreeSet::new();
        for summary in self.summaries()? {
            if !ordered.contains(&summary.length) {
                self.add(&summary, &|_| false, &mut truths);
            }
        }
        for length in ordered {
            for kinds in self.sequences(length)? {
                let summary = kinds.iter().fold(self.empty(), |summary, kind| {
                    let count = kinds.iter().filter(|other| *other == kind).count() as u64;
                    let grown = self.grown(&summary, *kind, 1);
                    Summary {
                        may_be_unique: grown.may_be_unique && count <= self.kinds[*kind].size,
                        may_repeat: grown.may_repeat || count > 1,
                        ..grown
                    }
                });
                let is = |items: &[Inner]| {
                    items.len() == kinds.len()
                        && items.iter().zip(&kinds).all(|(item, kind)| self.holds(item, *kind))
                };
                self.add(&summary, &is, &mut truths);
            }
        }
        Some(truths.into_iter().collect())
    }

    fn holds(&self, inner: &Inner, kind: usize) -> bool {
        let position = self.formulas.iter().position(|formula| **formula == *inner.formula);
        position.is_some_and(|position| self.kinds[kind].truths[position])
    }

    fn empty(&self) -> Summary {
        let counts = vec![0; self.predicates.len()];
        Summary { length: 0, counts, may_be_unique: true, may_repeat: false }
    }

    fn grown(&self, summary: &Summary, kind: usize, by: u64) -> Summary {
        let more = |count: u64, counts: bool, most: u64| {
            if counts { most.min(count + by) } else { count }
        };
        let counted = self.predicates.iter().zip(&summary.counts);
        let counts = counted.map(|(predicate, count)| match predicate {
            Predicate::Contains { item, .. } => {
                more(*count, self.holds(item, kind), asked(predicate).saturating_add(1))
            }
            Predicate::Each(item) => more(*count, !self.holds(item, kind), 1),
            _ => 0,
        });
        Summary {
            length: more(summary.length, true, self.most),
            counts: counts.collect(),
            may_be_unique: summary.may_be_unique && by <= self.kinds[kind].size,
            may_repeat: summary.may_repeat || by > 1,
        }
    }

    /// Every kind of list, whatever the order of its items.
    fn summaries(&self) -> Option<BTreeSet<Summary>> {
        let mut summaries = BTreeSet::from([self.empty()]);
        for kind in 0..self.kinds.len() {
            let mut grown = BTreeSet::new();
            let lists = summaries
                .iter()
                .flat_map(|summary| (1..=self.most).map(|by| self.grown(summary, kind, by)));
            for list in lists {
                grown.insert(list);
                // A limit may be any number, so nothing is made of all that it allows.
                if grown.len() > MOST_LISTS {
                    return None;
                }
            }
            summaries.extend(grown);
            if summaries.len() > MOST_LISTS {
                return None;
            }
        }
        Some(summaries)
    }

    /// Every sequence of kinds of a length.
    fn sequences(&self, length: u64) -> Option<Vec<Vec<usize>>> {
        let mut sequences = vec![Vec::new()];
        for _ in 0..length {
            sequences = sequences
                .iter()
                .flat_map(|sequence: &Vec<usize>| {
                    (0..self.kinds.len()).map(|kind| [sequence.as_slice(), &[kind]].concat())
                })
                .collect();
            if sequences.len() > MOST_LISTS {
                return None;
            }
        }
        Some(sequences)
    }

    fn add(
        &self,
        summary: &Summary,
        is: &dyn Fn(&[Inner]) -> bool,
        truths: &mut BTreeSet<Vec<bool>>,
    ) {
        let choices = [(true, summary.may_be_unique), (false, summary.may_repeat)];
        for (unique, _) in choices.into_iter().filter(|(_, possible)| *possible) {
            let counted = self.predicates.iter().zip(&summary.counts);
            let of_list = counted.map(|(predicate, count)| match predicate {
                Predicate::MinItems(limit) => summary.length >= *limit,
                Predicate::MaxItems(limit) => summary.length <= *limit,
                Predicate::UniqueItems => unique,
                Predicate::Contains { min, max, .. } => {
                    count >= min && max.is_none_or(|max| *count <= max)
                }
                Predicate::Each(_) => *count == 0,
                Predicate::Items(items) => is(items),
                _ => false,
            });
            truths.insert(of_list.collect());
        }
    }
}

/// The largest number of items that a predicate asks for.
fn asked(predicate: &Predicate) -> u64 {
    match predicate {
        Predicate::MinItems(limit) | Predicate::MaxItems(limit) => *limit,
        Predicate::Contains { min, max, .. } => max.unwrap_or(0).max(*min),
        Predicate::Items(items) => items.len() as u64,
        _ => 0,
    }
}

/// The same predicates, with limits of lengths that are no larger than they have to be to be told
/// apart.
///
/// A list that is longer than all kinds of items, each as often as anything but its length asks for,
/// has one kind more often than that; one of these more or less changes nothing but its length. So
/// of lengths beyond that, only the order of the limits counts.
fn with_short_lengths(predicates: &[Predicate], kinds: u64) -> Cow<'_, [Predicate]> {
    let is_length = |predicate: &&Predicate| {
        matches!(predicate, Predicate::MinItems(_) | Predicate::MaxItems(_))
    };
    let others = predicates.iter().filter(|predicate| !is_length(predicate));
    let counted = others.map(asked).max().unwrap_or(0).saturating_add(1);
    let short = counted.saturating_mul(kinds).saturating_add(1);
    // The first length at which something changes: `MaxItems(5)` does at 6.
    let change = |predicate: &Predicate| match predicate {
        Predicate::MinItems(limit) => Some(*limit),
        Predicate::MaxItems(limit) => Some(limit.saturating_add(1)),
        _ => None,
    };
    let changes: BTreeSet<u64> =
        predicates.iter().filter_map(change).filter(|length| *length > short).collect();
    if changes.is_empty() {
        return Cow::Borrowed(predicates);
    }
    let nearer = |length: u64| match changes.iter().position(|change| *change == length) {
        Some(rank) => short.saturating_add(1).saturating_add(rank as u64),
        None => length,
    };
    let shortened = predicates.iter().map(|predicate| match predicate {
        Predicate::MinItems(limit) => Predicate::MinItems(nearer(*limit)),
        Predicate::MaxItems(limit) => Predicate::MaxItems(nearer(limit.saturating_add(1)) - 1),
        other => other.clone(),
    });
    Cow::Owned(shortened.collect())
}

/// How many values satisfy the formula about one value, counted up to `most`: booleans, enum values
/// and integers of a narrow range. There are taken to be enough of all others.
fn how_many(space: &Space<'_>, formula: &Formula, most: u64) -> u64 {
    let subject = Subject::Request(0);
    if space.is_object() {
        return most;
    }
    let formula = space.with_own_limits(formula);
    let candidates: Vec<Literal> = match space.domain(subject) {
        Domain::Boolean => [true, false].map(Literal::Boolean).into(),
        Domain::Enum(values) => {
            values.into_iter().map(|value| Literal::Text(value.to_owned())).collect()
        }
        Domain::Int32 | Domain::Int64 => match narrow_range(&formula) {
            Some((low, high)) => (low..=high).map(Literal::Integer).collect(),
            None => return most,
        },
        Domain::Text | Domain::Double | Domain::Opaque => return most,
    };
    let holds = |literal: &&Literal| {
        let value = literal.to_value();
        verdict::holds(space, &formula, &|_| Some(&value))
    };
    most.min(candidates.iter().filter(holds).count() as u64)
}

/// The bounds that a conjunction sets, when few integers lie between them.
fn narrow_range(formula: &Formula) -> Option<(i64, i64)> {
    fn narrow(formula: &Formula, range: &mut (i64, i64)) {
        match formula {
            Formula::All(parts) => parts.iter().for_each(|part| narrow(part, range)),
            Formula::Is(_, States { values: Values::Only(values), .. }) => {
                let numbers = values.iter().filter_map(|value| match value {
                    Literal::Integer(number) => Some(*number),
                    Literal::Text(_) | Literal::Boolean(_) => None,
                });
                range.0 = range.0.max(numbers.clone().min().unwrap_or(i64::MIN));
                range.1 = range.1.min(numbers.max().unwrap_or(i64::MAX));
            }
            Formula::Test(Test {
                predicate: Predicate::Limit(Check::Compare(comparison, Bound::Integer(bound))),
                negated: false,
                ..
            }) => match comparison {
                Comparison::AtLeast => range.0 = range.0.max(*bound),
                Comparison::MoreThan => range.0 = range.0.max(bound.saturating_add(1)),
                Comparison::AtMost => range.1 = range.1.min(*bound),
                Comparison::LessThan => range.1 = range.1.min(bound.saturating_sub(1)),
            },
            _ => {}
        }
    }
    let mut range = (i64::MIN, i64::MAX);
    narrow(formula, &mut range);
    (i128::from(range.1) - i128::from(range.0) < 4096).then_some(range)
}
