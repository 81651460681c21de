//! Measures what generating costs, and what the generated crate costs its users.
//!
//! What is measured is made from a seed, so that two runs of different days can be compared.

pub mod corpus;
