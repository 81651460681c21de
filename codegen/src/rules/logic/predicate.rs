//! What a condition can say of one value besides which of some values it is.

use crate::model::Type;
use crate::model::limit::{Bound, Check};
use crate::rules::logic::formula::Formula;

/// A statement about the value of a parameter that is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    /// A length, a bound, a pattern.
    Limit(Check),
    /// The number is so many times this one.
    MultipleOf(Bound),
    /// The floating-point number is whole.
    Whole,
    /// The floating-point number is this one.
    Equals(f64),
    MinItems(u64),
    MaxItems(u64),
    /// No two items of the list are equal.
    UniqueItems,
    /// So many items of a list satisfy the formula.
    Contains {
        item: Inner,
        min: u64,
        max: Option<u64>,
    },
    /// Every item of a list satisfies the formula.
    Each(Inner),
    /// The list has exactly these items, each of which satisfies its formula.
    Items(Vec<Inner>),
    /// The object satisfies the formula.
    Object(Inner),
}

impl Predicate {
    /// The formulas about what is inside the value.
    pub(crate) fn inner(&self) -> &[Inner] {
        match self {
            Self::Contains { item: inner, .. } | Self::Each(inner) | Self::Object(inner) => {
                std::slice::from_ref(inner)
            }
            Self::Items(items) => items,
            _ => &[],
        }
    }
}

/// A formula about a value inside another: an item of a list, or an object.
///
/// Its parameters are the object's fields; a value that is no object is the one parameter there is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Inner {
    pub(crate) type_: Type,
    pub(crate) formula: Box<Formula>,
}

impl Inner {
    pub(crate) fn new(type_: &Type, formula: Formula) -> Self {
        Self { type_: type_.clone(), formula: Box::new(formula) }
    }
}
