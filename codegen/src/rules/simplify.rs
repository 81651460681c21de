//! Formulas that say the same in fewer words.

use crate::rules::formula::{Atom, Count, Formula, Relation, Test};
use crate::rules::judge;
use crate::rules::predicate::{Inner, Predicate};
use crate::rules::space::{Space, Subject};
use crate::rules::states::{States, Values};

impl Space<'_> {
    /// An equivalent formula without constants, repetitions, nested conjunctions, and parts that
    /// follow from other parts.
    pub(crate) fn simplified(&self, formula: &Formula) -> Formula {
        let mut current = formula.clone();
        loop {
            let next = self.step(&current);
            if next == current {
                return current;
            }
            current = next;
        }
    }

    /// An equivalent formula in which no part follows from the others.
    ///
    /// Costs a satisfiability question for each part, so it is for formulas that people will read.
    pub(crate) fn minimal(&self, formula: &Formula) -> Formula {
        let mut current = self.simplified(formula);
        loop {
            let next = self.simplified(&self.pruned(&current));
            if next == current {
                return current;
            }
            current = next;
        }
    }

    fn pruned(&self, formula: &Formula) -> Formula {
        let (formulas, junction) = match formula {
            Formula::All(formulas) => (formulas, Junction::All),
            Formula::Any(formulas) => (formulas, Junction::Any),
            _ => return formula.clone(),
        };
        let joined = |parts: Vec<Formula>| match junction {
            Junction::All => Formula::All(parts),
            Junction::Any => Formula::Any(parts),
        };
        let mut parts: Vec<Formula> = formulas.iter().map(|part| self.pruned(part)).collect();
        let mut index = 0;
        while index < parts.len() && parts.len() > 1 {
            let mut others = parts.clone();
            let part = others.remove(index);
            let rest = joined(others.clone());
            let follows = match junction {
                Junction::All => rest.and(part.negated()),
                Junction::Any => part.and(rest.negated()),
            };
            if self.is_satisfiable(&follows) {
                index += 1;
            } else {
                parts = others;
            }
        }
        joined(parts)
    }

    fn step(&self, formula: &Formula) -> Formula {
        match formula {
            Formula::True | Formula::False | Formula::Relation(_) => formula.clone(),
            Formula::Is(subject, states) => self.atom(*subject, states.clone()),
            Formula::All(formulas) => self.junction(formulas, Junction::All),
            Formula::Any(formulas) => self.junction(formulas, Junction::Any),
            Formula::Test(test) => self.test(test),
            Formula::Count(count) => self.count(count),
        }
    }

    fn atom(&self, subject: Subject, states: States) -> Formula {
        let states = self.normal(subject, states);
        if states.is_empty() {
            Formula::False
        } else if self.possible(subject).is_subset(&states) || states.is_full() {
            Formula::True
        } else {
            Formula::Is(subject, states)
        }
    }

    fn junction(&self, formulas: &[Formula], junction: Junction) -> Formula {
        let mut parts: Vec<Formula> = Vec::new();
        for formula in formulas {
            match (self.step(formula), junction) {
                (Formula::True, Junction::All) | (Formula::False, Junction::Any) => {}
                (Formula::False, Junction::All) => return Formula::False,
                (Formula::True, Junction::Any) => return Formula::True,
                (Formula::All(inner), Junction::All) | (Formula::Any(inner), Junction::Any) => {
                    inner.into_iter().for_each(|part| self.add(&mut parts, part, junction));
                }
                (part, _) => self.add(&mut parts, part, junction),
            }
        }
        self.absorb_absence(&mut parts, junction);
        let atoms: Vec<(Subject, States)> = parts
            .iter()
            .filter_map(|part| match part {
                Formula::Is(subject, states) => Some((*subject, states.clone())),
                _ => None,
            })
            .collect();
        for part in &mut parts {
            if matches!(part, Formula::Is(..)) {
                continue;
            }
            for (subject, states) in &atoms {
                let known = match junction {
                    Junction::All => states.clone(),
                    Junction::Any => states.complement().intersection(&self.possible(*subject)),
                };
                *part = assume(part, *subject, &known);
            }
        }
        match (parts.len(), junction) {
            (0, Junction::All) => Formula::True,
            (0, Junction::Any) => Formula::False,
            (1, _) => parts.remove(0),
            (_, Junction::All) => Formula::All(parts),
            (_, Junction::Any) => Formula::Any(parts),
        }
    }

    /// "One is not given, or they compare so" is the denial of the opposite comparison; and the other
    /// way round for "both are given".
    fn absorb_absence(&self, parts: &mut Vec<Formula>, junction: Junction) {
        let (negated, state) = match junction {
            Junction::Any => (false, States::absent()),
            Junction::All => (true, States::present()),
        };
        let said = |parts: &[Formula], subject| {
            self.is_required(subject) || parts.contains(&Formula::Is(subject, state.clone()))
        };
        let found = parts.iter().position(|part| match part {
            Formula::Relation(relation) => {
                relation.negated == negated
                    && said(parts, relation.left)
                    && said(parts, relation.right)
            }
            _ => false,
        });
        let Some(Formula::Relation(relation)) = found.map(|index| parts[index].clone()) else {
            return;
        };
        let is_both_required = self.is_required(relation.left) && self.is_required(relation.right);
        if junction == Junction::All && is_both_required {
            // Told as it is, so that this comes to an end.
            return;
        }
        parts.retain(|part| {
            ![relation.left, relation.right]
                .iter()
                .any(|subject| *part == Formula::Is(*subject, state.clone()))
        });
        if let Some(part) = parts.iter_mut().find(|part| **part == Formula::Relation(relation)) {
            let operator = relation.operator.opposite();
            *part = Formula::Relation(Relation { operator, negated: !negated, ..relation });
        }
    }

    /// Adds a part; statements about the same parameter become one.
    fn add(&self, parts: &mut Vec<Formula>, part: Formula, junction: Junction) {
        if let Formula::Is(subject, states) = &part {
            for present in parts.iter_mut() {
                if let Formula::Is(found, known) = present
                    && found == subject
                {
                    let merged = match junction {
                        Junction::All => known.intersection(states),
                        Junction::Any => known.union(states),
                    };
                    *present = self.atom(*subject, merged);
                    return;
                }
            }
        }
        if !parts.contains(&part) {
            parts.push(part);
        }
    }

    fn test(&self, test: &Test) -> Formula {
        let inner = |inner: &Inner| {
            Inner::new(&inner.type_, self.inner(&inner.type_).simplified(&inner.formula))
        };
        let predicate = match &test.predicate {
            Predicate::Contains { item, min, max } => {
                Predicate::Contains { item: inner(item), min: *min, max: *max }
            }
            Predicate::Each(item) => Predicate::Each(inner(item)),
            Predicate::Items(items) => Predicate::Items(items.iter().map(inner).collect()),
            Predicate::Object(object) => Predicate::Object(inner(object)),
            scalar => scalar.clone(),
        };
        let absent = test.absent && !self.is_required(test.subject);
        let with = |predicate| Test { predicate, absent, ..test.clone() };
        match &predicate {
            Predicate::Each(inner) if *inner.formula == Formula::False => {
                Formula::Test(with(Predicate::MaxItems(0)))
            }
            Predicate::Contains { item, min, max } if *item.formula == Formula::True => {
                let limits =
                    [(*min > 0).then_some(Predicate::MinItems(*min)), max.map(Predicate::MaxItems)];
                let limits = limits.into_iter().flatten();
                let limits: Vec<Formula> = limits.map(|limit| Formula::Test(with(limit))).collect();
                match limits.len() {
                    0 => self.known(test, true),
                    _ if test.negated => Formula::Any(limits),
                    _ => Formula::All(limits),
                }
            }
            _ => match constant(&predicate) {
                Some(holds) => self.known(test, holds),
                None => Formula::Test(with(predicate)),
            },
        }
    }

    /// A test whose predicate holds for every value or for none.
    fn known(&self, test: &Test, holds: bool) -> Formula {
        let all = holds != test.negated;
        let values = if all { Values::Except(Vec::new()) } else { Values::Only(Vec::new()) };
        self.atom(test.subject, States { absent: test.absent, values })
    }

    fn count(&self, count: &Count) -> Formula {
        let mut parts: Vec<Formula> = count.of.iter().map(|formula| self.step(formula)).collect();
        let sure = parts.iter().filter(|part| **part == Formula::True).count();
        parts.retain(|part| !matches!(part, Formula::True | Formula::False));
        let min = count.min.saturating_sub(sure);
        let max = match count.max {
            Some(max) => match max.checked_sub(sure) {
                Some(max) => Some(max).filter(|max| *max < parts.len()),
                None => return Formula::constant(count.negated),
            },
            None => None,
        };
        let all_fail =
            |parts: &[Formula]| Formula::All(parts.iter().map(Formula::negated).collect());
        let simpler = match (min, max) {
            (0, None) => Formula::True,
            (min, _) if min > parts.len() => Formula::False,
            (1, None) => Formula::Any(parts),
            (0, Some(0)) => all_fail(&parts),
            (min, None) if min == parts.len() => Formula::All(parts),
            _ => {
                return Formula::Count(Count { of: parts, min, max, negated: count.negated });
            }
        };
        if count.negated { simpler.negated() } else { simpler }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Junction {
    All,
    Any,
}

/// What is left of a formula once a parameter is known to be in one of these states.
pub(crate) fn assume(formula: &Formula, subject: Subject, known: &States) -> Formula {
    formula.map_atoms(&|found, atom| {
        if found != subject {
            return None;
        }
        match atom {
            Atom::Is(states) if known.is_disjoint(states) => Some(Formula::False),
            Atom::Is(states) if known.is_subset(states) => Some(Formula::True),
            Atom::Is(states) => {
                // Where it is known to be given, nothing need be said of its absence.
                let absent = states.absent && known.absent;
                Some(Formula::Is(found, States { absent, values: states.values.clone() }))
            }
            Atom::Test(test) => Some(match known_test(test, known) {
                Some(holds) => Formula::constant(holds),
                None => {
                    let absent = test.absent && known.absent;
                    Formula::Test(Test { absent, ..test.clone() })
                }
            }),
        }
    })
}

/// Whether a predicate holds for every value, or for none.
fn constant(predicate: &Predicate) -> Option<bool> {
    let never = |inner: &Inner| *inner.formula == Formula::False;
    match predicate {
        Predicate::Each(inner) | Predicate::Object(inner) if *inner.formula == Formula::True => {
            Some(true)
        }
        Predicate::Contains { min: 0, max: None, .. } => Some(true),
        Predicate::Contains { item, min, .. } if never(item) => Some(*min == 0),
        Predicate::Contains { min, max: Some(max), .. } if min > max => Some(false),
        Predicate::Object(inner) if never(inner) => Some(false),
        Predicate::Items(items) if items.iter().any(never) => Some(false),
        _ => None,
    }
}

/// What a test comes to, when these states tell.
fn known_test(test: &Test, known: &States) -> Option<bool> {
    let Values::Only(values) = &known.values else { return None };
    let mut outcomes: Vec<bool> = values
        .iter()
        .map(|value| judge::of_scalar(&test.predicate, &value.to_value()) != test.negated)
        .collect();
    if known.absent {
        outcomes.push(test.absent);
    }
    let first = *outcomes.first()?;
    outcomes.iter().all(|outcome| *outcome == first).then_some(first)
}
