//! Formulas that say the same in fewer words, and whether one can hold at all.

use crate::rules::formula::Formula;
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

    /// Whether some request with some context makes the formula hold.
    ///
    /// Splits on one parameter after the other, so it is exact; each split removes a parameter.
    pub(crate) fn is_satisfiable(&self, formula: &Formula) -> bool {
        let formula = self.simplified(formula);
        let mut first = None;
        formula.for_each_atom(&mut |subject, _| first = first.or(Some(subject)));
        let Some(subject) = first else { return formula == Formula::True };
        if !self.take_split() {
            // Left open; whoever asks reports that the rules are too many to judge.
            return true;
        }
        self.cells(&formula, subject)
            .iter()
            .any(|cell| self.is_satisfiable(&assume(&formula, subject, cell)))
    }

    /// Whether every request with every context makes the formula hold.
    pub(crate) fn is_tautology(&self, formula: &Formula) -> bool {
        !self.is_satisfiable(&formula.negated())
    }

    /// Whether two formulas hold for the same requests, wherever `within` holds.
    pub(crate) fn are_equivalent(&self, left: &Formula, right: &Formula, within: &Formula) -> bool {
        let differ = Formula::One { of: vec![left.clone(), right.clone()], negated: false };
        !self.is_satisfiable(&differ.and(within.clone()))
    }

    /// The states of a parameter that a formula can tell apart.
    pub(crate) fn cells(&self, formula: &Formula, subject: Subject) -> Vec<States> {
        let mut named = Vec::new();
        formula.for_each_atom(&mut |found, states| {
            if found == subject {
                named.extend(states.named().iter().cloned());
            }
        });
        named.sort();
        named.dedup();
        let mut cells = vec![States::absent()];
        cells.extend(named.iter().map(|value| States::only(vec![value.clone()])));
        cells.push(States { absent: false, values: Values::Except(named) });
        let possible = self.possible(subject);
        cells
            .into_iter()
            .map(|cell| self.normal(subject, cell.intersection(&possible)))
            .filter(|cell| !cell.is_empty())
            .collect()
    }

    fn step(&self, formula: &Formula) -> Formula {
        match formula {
            Formula::True | Formula::False => formula.clone(),
            Formula::Is(subject, states) => self.atom(*subject, states.clone()),
            Formula::All(formulas) => self.junction(formulas, Junction::All),
            Formula::Any(formulas) => self.junction(formulas, Junction::Any),
            Formula::One { of, negated } => self.one(of, *negated),
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

    fn one(&self, of: &[Formula], negated: bool) -> Formula {
        let mut parts: Vec<Formula> = of.iter().map(|formula| self.step(formula)).collect();
        parts.retain(|part| *part != Formula::False);
        let exactly_one = if let Some(sure) = parts.iter().position(|part| *part == Formula::True) {
            parts.remove(sure);
            Formula::All(parts.iter().map(Formula::negated).collect())
        } else {
            match parts.len() {
                0 => Formula::False,
                1 => parts.remove(0),
                _ => return Formula::One { of: parts, negated },
            }
        };
        if negated { exactly_one.negated() } else { exactly_one }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Junction {
    All,
    Any,
}

/// What is left of a formula once a parameter is known to be in one of these states.
pub(crate) fn assume(formula: &Formula, subject: Subject, known: &States) -> Formula {
    let all = |formulas: &[Formula]| -> Vec<Formula> {
        formulas.iter().map(|formula| assume(formula, subject, known)).collect()
    };
    match formula {
        Formula::True | Formula::False => formula.clone(),
        Formula::Is(found, states) if *found == subject => {
            if known.is_disjoint(states) {
                Formula::False
            } else if known.is_subset(states) {
                Formula::True
            } else {
                // Where it is known to be given, nothing need be said of its absence.
                let absent = states.absent && known.absent;
                Formula::Is(*found, States { absent, values: states.values.clone() })
            }
        }
        Formula::Is(..) => formula.clone(),
        Formula::All(formulas) => Formula::All(all(formulas)),
        Formula::Any(formulas) => Formula::Any(all(formulas)),
        Formula::One { of, negated } => Formula::One { of: all(of), negated: *negated },
    }
}
