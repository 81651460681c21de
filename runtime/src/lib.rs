//! What generated Alibaba Cloud bindings share.
//!
//! Generated crates hold facts (names, types, limits, rules); behaviour lives here. This crate knows
//! no product and no operation.
//!
//! - [`session`], [`client`], [`call`] and, with the feature `blocking`, `blocking`: calling the
//!   service;
//! - [`generic`] and [`raw`]: calls of operations by their names, and responses as they came;
//! - [`pages`]: lists that come in pages;
//! - [`wait`]: asking until something has come to its end;
//! - [`operation`] and [`meta`]: what makes a request callable, and constant facts;
//! - [`validation`]: the error that a refused request becomes;
//! - [`travel`], [`encoded`] and [`query`]: which field goes where, and what becomes of it;
//! - [`view`]: a request for people;
//! - [`response`]: reading what a service sends;
//! - [`credentials`], [`signature`] and [`transport`]: who calls, how it is proven, over what;
//! - [`retry`]: what somebody may say of an error;
//! - [`observer`]: who is told of calls that have ended;
//! - [`error`]: what can go wrong;
//! - with the feature `test-util`, `mock`: a service for tests.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod answered;
mod attempt;
mod base64_text;
mod beside;
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
mod exchange;
mod field;
pub mod generic;
mod json;
mod kept;
mod lenient;
pub mod meta;
#[cfg(feature = "test-util")]
pub mod mock;
pub mod observer;
mod open_enum;
pub mod operation;
mod overrides;
pub mod pages;
mod path;
mod places;
#[doc(hidden)]
pub mod private;
#[cfg_attr(
    not(feature = "reqwest"),
    expect(dead_code, reason = "a transport that somebody brings has its own proxies")
)]
mod proxy;
pub mod query;
pub mod raw;
mod received;
mod redact;
mod request;
pub mod response;
pub mod retry;
mod scalar;
mod sent;
pub mod session;
mod shown;
pub mod signature;
mod spelling;
pub mod transport;
pub mod travel;
#[cfg(feature = "test-util")]
mod typed;
mod user_agent;
pub mod validation;
pub mod view;
pub mod wait;
mod wiped;

use std::future::Future;
use std::pin::Pin;

pub use bytes::Bytes;
pub use field::Fields;
pub use open_enum::UnknownValue;
pub use secrecy::{ExposeSecret, SecretString};
pub use serde_json;

/// A future behind a pointer, as traits need it that stand behind pointers themselves.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
