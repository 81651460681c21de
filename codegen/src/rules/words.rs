//! Formulas → English.

pub(in crate::rules) mod phrase;
pub(crate) mod sentence;
pub(in crate::rules) mod sums;
pub(in crate::rules) mod vocabulary;
