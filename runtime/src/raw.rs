//! Responses as they came, beside what becomes of them.
//!
//! Knows no operation. What stands in a response may be secret, so nothing here shows it.

use std::future::IntoFuture;

use crate::BoxFuture;
use crate::error::Error;
use crate::transport::HttpResponse;

/// A call whose response is kept as it came; it is made when it is awaited.
#[derive(Debug)]
#[must_use = "a call is made when it is awaited"]
pub struct RawCall<C> {
    call: C,
}

impl<C> RawCall<C> {
    pub(crate) fn new(call: C) -> Self {
        Self { call }
    }
}

/// What became of a call, and the response as it came.
///
/// The response holds whatever the service sent, which may be secrets of the request, too; `Debug` does
/// not show its body.
#[derive(Debug)]
#[non_exhaustive]
pub struct Raw<T> {
    /// What awaiting the call gives otherwise.
    pub result: Result<T, Error>,
    /// The response to the last attempt; none when nothing was sent, or no whole response came.
    pub response: Option<HttpResponse>,
}

/// A call that can tell what its response was.
#[doc(hidden)]
pub trait Exchange: Send + 'static {
    /// What the service answers.
    type Answer: Send + 'static;

    /// Makes the call and keeps the last response.
    fn exchange(self) -> BoxFuture<'static, Raw<Self::Answer>>;
}

impl<C: Exchange> IntoFuture for RawCall<C> {
    type Output = Raw<C::Answer>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.call.exchange()
    }
}
