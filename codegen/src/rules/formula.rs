//! Formulas over the states of parameters.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::space::Subject;
use crate::rules::states::States;

/// A condition on a request and its context, in negation normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Formula {
    True,
    False,
    /// The parameter is in one of these states.
    Is(Subject, States),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    /// Exactly one holds, or, when negated, none or several.
    One {
        of: Vec<Formula>,
        negated: bool,
    },
}

impl Formula {
    pub(crate) fn present(subject: Subject) -> Self {
        Self::Is(subject, States::present())
    }

    pub(crate) fn absent(subject: Subject) -> Self {
        Self::Is(subject, States::absent())
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self::All(vec![self, other])
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self::Any(vec![self, other])
    }

    pub(crate) fn negated(&self) -> Self {
        let all = |formulas: &[Self]| formulas.iter().map(Self::negated).collect();
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Is(subject, states) => Self::Is(*subject, states.complement()),
            Self::All(formulas) => Self::Any(all(formulas)),
            Self::Any(formulas) => Self::All(all(formulas)),
            Self::One { of, negated } => Self::One { of: of.clone(), negated: !negated },
        }
    }

    /// Whether it holds for parameters in these states, each of which is a single state as far as
    /// the formula can tell.
    pub(crate) fn holds(&self, states: &BTreeMap<Subject, States>) -> bool {
        match self {
            Self::True => true,
            Self::False => false,
            Self::Is(subject, allowed) => {
                states.get(subject).is_some_and(|state| state.is_subset(allowed))
            }
            Self::All(formulas) => formulas.iter().all(|formula| formula.holds(states)),
            Self::Any(formulas) => formulas.iter().any(|formula| formula.holds(states)),
            Self::One { of, negated } => {
                let held = of.iter().filter(|formula| formula.holds(states)).count();
                (held == 1) != *negated
            }
        }
    }

    /// Every parameter that it names.
    pub(crate) fn subjects(&self) -> BTreeSet<Subject> {
        let mut subjects = BTreeSet::new();
        self.for_each_atom(&mut |subject, _| {
            subjects.insert(subject);
        });
        subjects
    }

    /// Shows every statement about one parameter, from left to right.
    pub(crate) fn for_each_atom<'f>(&'f self, visit: &mut dyn FnMut(Subject, &'f States)) {
        match self {
            Self::True | Self::False => {}
            Self::Is(subject, states) => visit(*subject, states),
            Self::All(formulas) | Self::Any(formulas) | Self::One { of: formulas, .. } => {
                formulas.iter().for_each(|formula| formula.for_each_atom(visit));
            }
        }
    }
}
