//! What generated Alibaba Cloud bindings share.
//!
//! Generated crates hold facts (names, types, limits, rules); behaviour lives here. This crate knows
//! no product and no operation.
//!
//! - [`field`]: what a field is and how a request shows its fields to whoever walks over them;
//! - [`validation`]: the report that validators fill and the error that a refused request becomes;
//! - [`travel`], [`encoded`] and [`query`]: which field goes where, and what becomes of it;
//! - [`view`]: the walk for people;
//! - [`request`] and [`open_enum`]: structs that are sent, and enums that survive values newer than
//!   the crate;
//! - [`response`], [`lenient`] and [`kept`]: reading what a service sends and what a file keeps;
//! - [`meta`] and [`operation`]: constant facts, and what makes a request callable;
//! - [`session`], [`client`], [`call`] and, with the feature `blocking`, `blocking`: calling the
//!   service;
//! - [`pages`]: lists that come in pages;
//! - [`credentials`], [`signature`] and [`transport`]: who calls, how it is proven, over what;
//! - [`error`]: what can go wrong.

mod answer;
mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
pub mod call;
pub mod client;
mod clock;
mod code;
pub mod credentials;
mod digest;
pub mod encoded;
mod endpoint;
mod envelope;
pub mod error;
pub mod field;
mod json;
pub mod kept;
pub mod lenient;
pub mod meta;
pub mod open_enum;
pub mod operation;
pub mod pages;
#[cfg_attr(
    not(feature = "reqwest"),
    expect(dead_code, reason = "a transport that somebody brings has its own proxies")
)]
mod proxy;
pub mod query;
mod redact;
pub mod request;
pub mod response;
mod retry;
mod sent;
pub mod session;
mod shown;
pub mod signature;
mod spelling;
pub mod transport;
pub mod travel;
pub mod validation;
pub mod view;
mod wiped;

use std::future::Future;
use std::pin::Pin;

pub use secrecy::{ExposeSecret, SecretString};

#[doc(hidden)]
pub use serde as __serde;
#[doc(hidden)]
pub use serde_json as __serde_json;

/// A future behind a pointer, as traits need it that stand behind pointers themselves.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
