//! What requests of an operation there are: whether some are valid, what has to be in them, how many they are,
//! and some of them, valid or nearly so.
//!
//! All of it is asked of the same formulas of which checks, sentences and tables are made. Knows no JSON Schema
//! and no Rust. What takes too many steps is [`Unanswered`], never answered wrongly.

mod asked;
mod count;
mod draw;
mod insides;
mod moments;
mod questions;
mod values;

pub use draw::{Draws, NearlyValid};

use crate::english::{code, joined};
pub(crate) use asked::Asked;

/// Why there is no answer to a question about an operation's requests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unanswered {
    /// The rules have too many combinations to be tried.
    TooComplex,
    /// There is no such request.
    Nothing,
    /// These parameters have more values than can be counted.
    Endless(Vec<String>),
    /// No value could be made for this parameter, or for one of these.
    NoValue(Vec<String>),
    /// Something is said of what the operation has not, or of a value that its parameter cannot have.
    Misfit(String),
}

impl std::fmt::Display for Unanswered {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooComplex => {
                formatter.write_str("the rules have too many combinations to be tried")
            }
            Self::Nothing => formatter.write_str("there is no such request"),
            Self::Endless(names) => {
                let names: Vec<String> = names.iter().map(|name| code(name)).collect();
                let has = if names.len() == 1 { "has" } else { "have" };
                write!(formatter, "{} {has} more values than can be counted", joined(&names, "and"))
            }
            Self::NoValue(names) => {
                let names: Vec<String> = names.iter().map(|name| code(name)).collect();
                write!(formatter, "no value could be made for {}", joined(&names, "or"))
            }
            Self::Misfit(reason) => formatter.write_str(reason),
        }
    }
}

impl std::error::Error for Unanswered {}
