//! What generated Alibaba Cloud bindings share.
//!
//! Generated crates hold facts (names, types, limits, rules); behaviour lives here. This crate knows
//! no product and no operation.
//!
//! - [`field`]: what a field is and how a request shows its fields to whoever walks over them;
//! - [`validation`]: the report that validators fill and the error that a refused request becomes;
//! - [`query`] and [`view`]: the two other walks, one for the wire and one for people;
//! - [`open_enum`]: enums that survive values newer than the crate;
//! - [`response`], [`lenient`] and [`secret`]: reading what a service sends and what a file keeps;
//! - [`meta`]: constant facts about operations and endpoints.

pub mod field;
mod json;
pub mod lenient;
pub mod meta;
pub mod open_enum;
pub mod query;
pub mod response;
pub mod secret;
pub mod validation;
pub mod view;

pub use secrecy::{ExposeSecret, SecretString};

#[doc(hidden)]
pub use serde as __serde;
