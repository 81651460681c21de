//! What a condition can say of one value besides which of some values it is.

use crate::model::Type;
use crate::model::limit::Check;
use crate::rules::formula::Formula;

/// A statement about the value of a parameter that is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    /// A length, a bound, a pattern.
    Check(Check),
    /// So many items of a list satisfy the formula.
    Contains { item: Inner, min: u64, max: Option<u64> },
    /// Every item of a list satisfies the formula.
    Each(Inner),
    /// The list has exactly these items, each of which satisfies its formula.
    Items(Vec<Inner>),
    /// The object satisfies the formula.
    Object(Inner),
}

/// A formula about a value inside another: an item of a list, or an object.
///
/// Its parameters are the object's fields; a value that is no object is the one parameter there is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Inner {
    pub(crate) type_: Type,
    pub(crate) formula: Box<Formula>,
}
