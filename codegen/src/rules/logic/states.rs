//! The states that a parameter may be in: absent, or present with one of a set of values.
//!
//! All that `required`, `const`, `enum` and their negations say of one parameter is such a set, and
//! sets have complements, intersections and unions. That is what keeps formulas small.

use crate::bound::condition::Literal;

/// A set of states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct States {
    /// Whether the set has the state "absent".
    pub(crate) absent: bool,
    pub(crate) values: Values,
}

/// A set of values, in the order of the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// These and no others.
    Only(Vec<Literal>),
    /// All but these.
    Except(Vec<Literal>),
}

impl States {
    /// Given, with whatever value.
    pub(crate) fn present() -> Self {
        Self { absent: false, values: Values::Except(Vec::new()) }
    }

    /// Not given.
    pub(crate) fn absent() -> Self {
        Self { absent: true, values: Values::Only(Vec::new()) }
    }

    /// Given, with one of these values.
    pub(crate) fn only(values: Vec<Literal>) -> Self {
        Self { absent: false, values: Values::Only(values) }
    }

    pub(crate) fn complement(&self) -> Self {
        let values = match &self.values {
            Values::Only(values) => Values::Except(values.clone()),
            Values::Except(values) => Values::Only(values.clone()),
        };
        Self { absent: !self.absent, values }
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        use Values::{Except, Only};
        let values = match (&self.values, &other.values) {
            (Only(left), Only(right)) => Only(filtered(left, |value| right.contains(value))),
            (Only(only), Except(except)) | (Except(except), Only(only)) => {
                Only(filtered(only, |value| !except.contains(value)))
            }
            (Except(left), Except(right)) => {
                let more = filtered(right, |value| !left.contains(value));
                Except([left.as_slice(), more.as_slice()].concat())
            }
        };
        Self { absent: self.absent && other.absent, values }
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        self.complement().intersection(&other.complement()).complement()
    }

    /// Whether the set has no state. There is always a value that nobody has named.
    pub(crate) fn is_empty(&self) -> bool {
        !self.absent && matches!(&self.values, Values::Only(values) if values.is_empty())
    }

    /// Whether the set has every state.
    pub(crate) fn is_full(&self) -> bool {
        self.absent && matches!(&self.values, Values::Except(values) if values.is_empty())
    }

    /// Whether every state of this set is one of the other's.
    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        use Values::{Except, Only};
        let is_inside = match (&self.values, &other.values) {
            (Only(left), Only(right)) => has_all(right, left),
            (Only(only), Except(except)) => has_none(except, only),
            (Except(_), Only(_)) => false,
            (Except(left), Except(right)) => has_all(left, right),
        };
        is_inside && (other.absent || !self.absent)
    }

    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        use Values::{Except, Only};
        let is_apart = match (&self.values, &other.values) {
            (Only(left), Only(right)) => has_none(right, left),
            (Only(only), Except(except)) | (Except(except), Only(only)) => has_all(except, only),
            (Except(_), Except(_)) => false,
        };
        is_apart && !(self.absent && other.absent)
    }

    /// The values that the set names.
    pub(crate) fn named(&self) -> &[Literal] {
        match &self.values {
            Values::Only(values) | Values::Except(values) => values,
        }
    }

    /// Whether the set is told by what it leaves out.
    pub(crate) fn is_negative(&self) -> bool {
        matches!(&self.values, Values::Except(values) if !values.is_empty())
    }
}

fn has_all(values: &[Literal], wanted: &[Literal]) -> bool {
    wanted.iter().all(|value| values.contains(value))
}

fn has_none(values: &[Literal], unwanted: &[Literal]) -> bool {
    !unwanted.iter().any(|value| values.contains(value))
}

fn filtered(values: &[Literal], keep: impl Fn(&Literal) -> bool) -> Vec<Literal> {
    values.iter().filter(|value| keep(value)).cloned().collect()
}
