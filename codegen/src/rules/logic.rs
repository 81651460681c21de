//! What formulas are, what can be said of them without knowing more, and what they are about.
//!
//! The files know each other: a formula holds predicates, which hold formulas about what is inside a
//! value; a space simplifies formulas about its own subjects.

pub(crate) mod formula;
pub(crate) mod predicate;
pub(crate) mod simplify;
pub(crate) mod space;
pub(crate) mod states;
pub(crate) mod verdict;
