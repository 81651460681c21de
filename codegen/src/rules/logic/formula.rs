//! Formulas over the states of parameters.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::bound::condition;
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::states::States;

/// A condition on a request and its context, in negation normal form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Formula {
    True,
    False,
    /// The parameter is in one of these states.
    Is(Subject, States),
    /// The parameter's value satisfies a predicate, or does not; absence is decided apart.
    Test(Test),
    /// All its parameters are given and compare so; negated, one is not given or they do not.
    Relation(Relation),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    /// At least `min` and at most `max` of them hold; negated, fewer or more.
    Count(Count),
}

/// See [`Formula::Test`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    pub(crate) subject: Subject,
    pub(crate) predicate: Predicate,
    /// Whether it holds where the predicate does not.
    pub(crate) negated: bool,
    /// Whether it holds where the parameter is not given.
    pub(crate) absent: bool,
}

/// See [`Formula::Relation`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    pub(crate) compared: condition::Relation,
    pub(crate) negated: bool,
}

impl Relation {
    /// What holds of the numbers where all of them are given.
    pub(crate) fn of_given(&self) -> Cow<'_, condition::Relation> {
        if self.negated {
            Cow::Owned(self.compared.opposite())
        } else {
            Cow::Borrowed(&self.compared)
        }
    }
}

/// See [`Formula::Count`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Count {
    pub(crate) of: Vec<Formula>,
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
    pub(crate) negated: bool,
}

/// A statement about one parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Atom<'f> {
    Is(&'f States),
    Test(&'f Test),
}

impl Formula {
    pub(crate) fn present(subject: Subject) -> Self {
        Self::Is(subject, States::present())
    }

    pub(crate) fn absent(subject: Subject) -> Self {
        Self::Is(subject, States::absent())
    }

    /// The parameter is given and its value satisfies the predicate.
    pub(crate) fn test(subject: Subject, predicate: Predicate) -> Self {
        Self::Test(Test { subject, predicate, negated: false, absent: false })
    }

    /// Where the parameter is given, its value satisfies the predicate.
    pub(crate) fn given(subject: Subject, predicate: Predicate) -> Self {
        Self::Test(Test { subject, predicate, negated: false, absent: true })
    }

    pub(crate) fn exactly_one(of: Vec<Self>) -> Self {
        Self::Count(Count { of, min: 1, max: Some(1), negated: false })
    }

    pub(crate) fn at_most_one(of: Vec<Self>) -> Self {
        Self::Count(Count { of, min: 0, max: Some(1), negated: false })
    }

    pub(crate) fn constant(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
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
            Self::Test(test) => {
                let (negated, absent) = (!test.negated, !test.absent);
                Self::Test(Test { negated, absent, ..test.clone() })
            }
            Self::Relation(relation) => {
                Self::Relation(Relation { negated: !relation.negated, ..relation.clone() })
            }
            Self::All(formulas) => Self::Any(all(formulas)),
            Self::Any(formulas) => Self::All(all(formulas)),
            Self::Count(count) => Self::Count(Count { negated: !count.negated, ..count.clone() }),
        }
    }

    /// The same formula with every atom replaced for which there is something else.
    pub(crate) fn map_atoms(
        &self,
        replace: &dyn Fn(Subject, Atom<'_>) -> Option<Self>,
    ) -> Cow<'_, Self> {
        match self {
            Self::Is(subject, states) => self.replaced(replace(*subject, Atom::Is(states))),
            Self::Test(test) => self.replaced(replace(test.subject, Atom::Test(test))),
            _ => self.map_parts(&|part| part.map_atoms(replace)),
        }
    }

    /// The same formula with every statement that compares parameters replaced for which there is
    /// something else.
    pub(crate) fn map_relations(
        &self,
        replace: &dyn Fn(&Relation) -> Option<Self>,
    ) -> Cow<'_, Self> {
        match self {
            Self::Relation(relation) => self.replaced(replace(relation)),
            _ => self.map_parts(&|part| part.map_relations(replace)),
        }
    }

    fn replaced(&self, by: Option<Self>) -> Cow<'_, Self> {
        by.map_or(Cow::Borrowed(self), Cow::Owned)
    }

    /// The same formula with other parts; itself when all of them stay as they are.
    fn map_parts<'f>(&'f self, map: &dyn Fn(&'f Self) -> Cow<'f, Self>) -> Cow<'f, Self> {
        let all = |parts: &'f [Self]| -> Option<Vec<Self>> {
            let parts: Vec<Cow<'f, Self>> = parts.iter().map(map).collect();
            let is_changed = parts.iter().any(|part| matches!(part, Cow::Owned(_)));
            is_changed.then(|| parts.into_iter().map(Cow::into_owned).collect())
        };
        self.replaced(match self {
            Self::All(parts) => all(parts).map(Self::All),
            Self::Any(parts) => all(parts).map(Self::Any),
            Self::Count(Count { of, min, max, negated }) => {
                let count = |of| Count { of, min: *min, max: *max, negated: *negated };
                all(of).map(count).map(Self::Count)
            }
            Self::True | Self::False | Self::Is(..) | Self::Test(_) | Self::Relation(_) => None,
        })
    }

    /// Every parameter that it names.
    pub(crate) fn subjects(&self) -> BTreeSet<Subject> {
        let mut subjects = BTreeSet::new();
        self.for_each_atom(&mut |subject, _| {
            subjects.insert(subject);
        });
        self.for_each_relation(&mut |relation| subjects.extend(relation.compared.subjects()));
        subjects
    }

    /// Shows every statement that compares parameters.
    pub(crate) fn for_each_relation<'f>(&'f self, visit: &mut dyn FnMut(&'f Relation)) {
        match self {
            Self::Relation(relation) => visit(relation),
            Self::All(formulas) | Self::Any(formulas) | Self::Count(Count { of: formulas, .. }) => {
                formulas.iter().for_each(|formula| formula.for_each_relation(visit));
            }
            Self::True | Self::False | Self::Is(..) | Self::Test(_) => {}
        }
    }

    /// Whether it compares parameters, of the object or of what is inside its values.
    pub(crate) fn has_relations(&self) -> bool {
        let mut found = false;
        self.for_each_relation(&mut |_| found = true);
        self.for_each_atom(&mut |_, atom| {
            if let Atom::Test(test) = atom {
                found |= test.predicate.inner().iter().any(|inner| inner.formula.has_relations());
            }
        });
        found
    }

    /// Shows every statement about one parameter, from left to right.
    pub(crate) fn for_each_atom<'f>(&'f self, visit: &mut dyn FnMut(Subject, Atom<'f>)) {
        match self {
            Self::True | Self::False | Self::Relation(_) => {}
            Self::Is(subject, states) => visit(*subject, Atom::Is(states)),
            Self::Test(test) => visit(test.subject, Atom::Test(test)),
            Self::All(formulas) | Self::Any(formulas) | Self::Count(Count { of: formulas, .. }) => {
                formulas.iter().for_each(|formula| formula.for_each_atom(visit));
            }
        }
    }
}
