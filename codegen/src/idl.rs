//! Inter-parameter dependencies as texts: IDL, the language of `x-dependencies`.
//!
//! Text → [`tree::Dependency`], every name and value with its place. Knows no parameters: whether what
//! is named exists, and what it means, is asked by `bind`. Follows the grammar that isa-group/IDL
//! publishes, and its mapping to constraints where the grammar leaves a meaning open.

mod lexer;
mod parser;
pub(crate) mod pattern;
mod places;
pub(crate) mod tree;
pub(crate) mod written;

pub(crate) use parser::parse;
