//! Formulas that say the same in fewer words.

use std::borrow::Cow;

use crate::bound::Subject;
use crate::rules::logic::formula::{Atom, Count, Formula, Relation, Test};
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::logic::verdict;

impl Space<'_> {
    /// An equivalent formula without constants, repetitions, nested conjunctions, and parts that
    /// follow from other parts.
    pub(crate) fn simplified<'f>(&self, formula: &'f Formula) -> Cow<'f, Formula> {
        let mut current = Cow::Borrowed(formula);
        loop {
            let next = match self.step(&current) {
                Cow::Borrowed(same) if std::ptr::eq(same, &*current) => return current,
                next => next.into_owned(),
            };
            if next == *current {
                return current;
            }
            current = Cow::Owned(next);
        }
    }

    /// An equivalent formula in which no part follows from the others.
    ///
    /// Costs a satisfiability question for each part, so it is for formulas that people will read.
    pub(crate) fn minimal(&self, formula: &Formula) -> Formula {
        let mut current = self.simplified(formula).into_owned();
        loop {
            let next = self.simplified(&self.pruned(&current)).into_owned();
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
        let mut parts: Vec<Formula> = formulas.iter().map(|part| self.pruned(part)).collect();
        let mut index = 0;
        while index < parts.len() && parts.len() > 1 {
            let part = &parts[index];
            let others = parts[..index].iter().chain(&parts[index + 1..]);
            let follows = match junction {
                Junction::All => Formula::All(others.cloned().collect()).and(part.negated()),
                Junction::Any => {
                    part.clone().and(Formula::All(others.map(Formula::negated).collect()))
                }
            };
            if self.is_satisfiable(&follows) {
                index += 1;
            } else {
                parts.remove(index);
            }
        }
        match junction {
            Junction::All => Formula::All(parts),
            Junction::Any => Formula::Any(parts),
        }
    }

    /// One step towards a simpler formula; the formula itself when there is none.
    fn step<'f>(&self, formula: &'f Formula) -> Cow<'f, Formula> {
        match formula {
            Formula::True | Formula::False | Formula::Relation(_) => Cow::Borrowed(formula),
            Formula::Is(subject, states) => {
                let states = self.normal(*subject, Cow::Borrowed(states));
                match (self.constant(*subject, &states), states) {
                    (Some(holds), _) => Cow::Owned(Formula::constant(holds)),
                    (None, Cow::Borrowed(_)) => Cow::Borrowed(formula),
                    (None, Cow::Owned(states)) => Cow::Owned(Formula::Is(*subject, states)),
                }
            }
            Formula::All(formulas) => self.junction(formula, formulas, Junction::All),
            Formula::Any(formulas) => self.junction(formula, formulas, Junction::Any),
            Formula::Test(test) => {
                let is_scalar = test.predicate.inner().is_empty();
                if is_scalar && !(test.absent && self.is_required(test.subject)) {
                    return Cow::Borrowed(formula);
                }
                Cow::Owned(self.test(test))
            }
            Formula::Count(count) => Cow::Owned(self.count(count)),
        }
    }

    fn atom(&self, subject: Subject, states: States) -> Formula {
        let states = self.normal(subject, Cow::Owned(states));
        match self.constant(subject, &states) {
            Some(holds) => Formula::constant(holds),
            None => Formula::Is(subject, states.into_owned()),
        }
    }

    /// What it comes to that a parameter is in one of these states, when that does not depend on it.
    fn constant(&self, subject: Subject, states: &States) -> Option<bool> {
        if states.is_empty() {
            return Some(false);
        }
        (self.possible(subject).is_subset(states) || states.is_full()).then_some(true)
    }

    fn junction<'f>(
        &self,
        whole: &'f Formula,
        formulas: &'f [Formula],
        junction: Junction,
    ) -> Cow<'f, Formula> {
        let mut parts: Vec<Cow<'f, Formula>> = Vec::with_capacity(formulas.len());
        for formula in formulas {
            match (self.step(formula), junction) {
                (Cow::Owned(Formula::All(inner)), Junction::All)
                | (Cow::Owned(Formula::Any(inner)), Junction::Any) => {
                    let inner = inner.into_iter().map(Cow::Owned);
                    inner.for_each(|part| self.add(&mut parts, part, junction));
                }
                (Cow::Borrowed(Formula::All(inner)), Junction::All)
                | (Cow::Borrowed(Formula::Any(inner)), Junction::Any) => {
                    let inner = inner.iter().map(Cow::Borrowed);
                    inner.for_each(|part| self.add(&mut parts, part, junction));
                }
                (part, _) => match (&*part, junction) {
                    (Formula::True, Junction::All) | (Formula::False, Junction::Any) => {}
                    (Formula::False, Junction::All) | (Formula::True, Junction::Any) => {
                        return part;
                    }
                    _ => self.add(&mut parts, part, junction),
                },
            }
        }
        self.absorb_absence(&mut parts, junction);
        self.assume_atoms(&mut parts, junction);
        let is_same = |(part, formula): (&Cow<'f, Formula>, &'f Formula)| match part {
            Cow::Borrowed(part) => std::ptr::eq(*part, formula),
            Cow::Owned(_) => false,
        };
        if parts.len() == formulas.len()
            && parts.len() > 1
            && parts.iter().zip(formulas).all(is_same)
        {
            return Cow::Borrowed(whole);
        }
        match (parts.len(), junction) {
            (0, Junction::All) => Cow::Owned(Formula::True),
            (0, Junction::Any) => Cow::Owned(Formula::False),
            (1, _) => parts.remove(0),
            (_, junction) => {
                let parts = parts.into_iter().map(Cow::into_owned).collect();
                Cow::Owned(match junction {
                    Junction::All => Formula::All(parts),
                    Junction::Any => Formula::Any(parts),
                })
            }
        }
    }

    /// Leaves out of the other parts what follows from those that say in which states one parameter
    /// is.
    fn assume_atoms(&self, parts: &mut [Cow<'_, Formula>], junction: Junction) {
        let is_atom = |part: &Cow<'_, Formula>| matches!(**part, Formula::Is(..));
        if parts.iter().all(is_atom) {
            return;
        }
        let atoms = parts.iter().filter_map(|part| match &**part {
            Formula::Is(subject, states) => Some(match junction {
                Junction::All => (*subject, states.clone()),
                Junction::Any => {
                    (*subject, states.complement().intersection(&self.possible(*subject)))
                }
            }),
            _ => None,
        });
        let atoms: Vec<(Subject, States)> = atoms.collect();
        for part in parts.iter_mut().filter(|part| !is_atom(part)) {
            for (subject, known) in &atoms {
                if let Cow::Owned(less) = assume(part, *subject, known) {
                    *part = Cow::Owned(less);
                }
            }
        }
    }

    /// "One is not given, or they compare so" is the denial of the opposite comparison; and the other
    /// way round for "all are given". Dates and times are left alone, but in what people read: one that is
    /// given may be a text that compares with nothing.
    fn absorb_absence(&self, parts: &mut Vec<Cow<'_, Formula>>, junction: Junction) {
        let (negated, state) = match junction {
            Junction::Any => (false, States::absent()),
            Junction::All => (true, States::present()),
        };
        let says = |part: &Formula, subject: Subject| match part {
            Formula::Is(found, states) => *found == subject && *states == state,
            _ => false,
        };
        let said = |subject| {
            !self.may_not_compare(subject)
                && (self.is_required(subject) || parts.iter().any(|part| says(part, subject)))
        };
        let found = parts.iter().find_map(|part| match &**part {
            Formula::Relation(relation) => {
                let is_said = relation.negated == negated && relation.compared.subjects().all(said);
                is_said.then(|| relation.clone())
            }
            _ => None,
        });
        let Some(relation) = found else { return };
        let are_all_required =
            relation.compared.subjects().all(|subject| self.is_required(subject));
        if junction == Junction::All && are_all_required {
            // Told as it is, so that this comes to an end.
            return;
        }
        parts.retain(|part| !relation.compared.subjects().any(|subject| says(part, subject)));
        let opposite = Relation { compared: relation.compared.opposite(), negated: !negated };
        let whole = Formula::Relation(relation);
        if let Some(part) = parts.iter_mut().find(|part| ***part == whole) {
            *part = Cow::Owned(Formula::Relation(opposite));
        }
    }

    /// Adds a part; statements about the same parameter become one.
    fn add<'f>(
        &self,
        parts: &mut Vec<Cow<'f, Formula>>,
        part: Cow<'f, Formula>,
        junction: Junction,
    ) {
        if let Formula::Is(subject, states) = &*part {
            for present in parts.iter_mut() {
                if let Formula::Is(found, known) = &**present
                    && found == subject
                {
                    let merged = match junction {
                        Junction::All => known.intersection(states),
                        Junction::Any => known.union(states),
                    };
                    *present = Cow::Owned(self.atom(*subject, merged));
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
            let formula = self.inner(&inner.type_).simplified(&inner.formula).into_owned();
            Inner::new(&inner.type_, formula)
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
        let parts = count.of.iter().map(|formula| self.step(formula).into_owned());
        let mut parts: Vec<Formula> = parts.collect();
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
pub(crate) fn assume<'f>(
    formula: &'f Formula,
    subject: Subject,
    known: &States,
) -> Cow<'f, Formula> {
    let left = formula.map_atoms(&|found, atom| {
        if found != subject {
            return None;
        }
        match atom {
            Atom::Is(states) if known.is_disjoint(states) => Some(Formula::False),
            Atom::Is(states) if known.is_subset(states) => Some(Formula::True),
            // Where it is known to be given, nothing need be said of its absence.
            Atom::Is(states) => (states.absent && !known.absent).then(|| {
                Formula::Is(found, States { absent: false, values: states.values.clone() })
            }),
            Atom::Test(test) => match known_test(test, known) {
                Some(holds) => Some(Formula::constant(holds)),
                None => (test.absent && !known.absent)
                    .then(|| Formula::Test(Test { absent: false, ..test.clone() })),
            },
        }
    });
    if *known == States::absent() { uncompared(left, subject) } else { left }
}

/// What is left of a formula where a parameter is not given: it compares with nothing.
pub(crate) fn uncompared(formula: Cow<'_, Formula>, absent: Subject) -> Cow<'_, Formula> {
    let compared = formula.map_relations(&|relation| {
        relation.compared.names(absent).then(|| Formula::constant(relation.negated))
    });
    match compared {
        Cow::Borrowed(_) => formula,
        Cow::Owned(compared) => Cow::Owned(compared),
    }
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
        .map(|value| verdict::of_scalar(&test.predicate, &value.to_value()) != test.negated)
        .collect();
    if known.absent {
        outcomes.push(test.absent);
    }
    let first = *outcomes.first()?;
    outcomes.iter().all(|outcome| *outcome == first).then_some(first)
}
