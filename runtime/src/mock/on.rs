//! How a test says what it expects and what is answered.
//!
//! Knows nothing of when calls come.

use std::fmt;
use std::sync::Arc;

use serde_json::json;

use super::expectation::{Expectation, Make, Reply};
use super::told::Told;
use super::{State, lock};
use crate::transport::{HttpRequest, HttpResponse, TransportError, TransportErrorKind};

/// An expectation, to be told its conditions and its answers.
///
/// Each answer is given once, in the order in which they are told. One that was told no answer takes no
/// call.
pub struct On<T> {
    expectation: Arc<Expectation>,
    told: Arc<T>,
}

impl<T: Told> On<T> {
    pub(super) fn new(state: &State, told: T) -> Self {
        let told = Arc::new(told);
        let asked = Arc::clone(&told);
        let is_meant = move |sent: &HttpRequest| asked.request(sent).is_some();
        let expectation = Arc::new(Expectation::new(told.action(), Arc::new(is_meant)));
        lock(&state.expectations).push(Arc::clone(&expectation));
        Self { expectation, told }
    }

    /// Takes only calls whose request is so; of several conditions all have to hold.
    pub fn when(self, is_so: impl Fn(&T::Request) -> bool + Send + Sync + 'static) -> Self {
        let told = Arc::clone(&self.told);
        let holds = move |sent: &HttpRequest| told.request(sent).is_some_and(|sent| is_so(&sent));
        self.expectation.add_condition(Arc::new(holds));
        self
    }

    /// Answers with success. An answer that says of itself that the call failed, as some services do,
    /// becomes an error, as it would coming from them.
    pub fn answer(self, answer: T::Answer) -> Self {
        let response = self.told.response(&answer);
        self.respond(response)
    }

    /// Answers with what is made of the request.
    pub fn answer_with(
        self,
        make: impl Fn(&T::Request) -> T::Answer + Send + Sync + 'static,
    ) -> Self {
        let told = Arc::clone(&self.told);
        self.reply(Arc::new(move |sent| match told.request(sent) {
            Some(request) => Ok(told.response(&make(&request))),
            None => Err(TransportError::new(TransportErrorKind::Connect, "another operation")),
        }))
    }

    /// Answers with an error of the service: an HTTP status, a code and a message.
    pub fn fail(self, status: u16, code: &str, message: &str) -> Self {
        let body = json!({ "Code": code, "Message": message, "RequestId": "mock" });
        self.respond(HttpResponse::new(status, body.to_string()))
    }

    /// Answers with a response as it travels.
    pub fn respond(self, response: HttpResponse) -> Self {
        self.always(Ok(response))
    }

    /// Lets the connection fail after the request was sent.
    pub fn disconnect(self) -> Self {
        let detail = "the mock ends the connection";
        self.always(Err(TransportError::new(TransportErrorKind::NoResponse, detail)))
    }

    /// Lets no connection come about.
    pub fn refuse_connection(self) -> Self {
        let detail = "the mock refuses the connection";
        self.always(Err(TransportError::new(TransportErrorKind::Connect, detail)))
    }

    /// Lets the time of the attempt be up at once.
    pub fn time_out(self) -> Self {
        self.always(Err(TransportError::late()))
    }

    /// Gives the last answer so many times instead of once, and expects so many calls.
    ///
    /// # Panics
    ///
    /// If there is no answer yet.
    #[track_caller]
    pub fn times(self, times: usize) -> Self {
        self.repeat(Some(times))
    }

    /// Gives the last answer again and again, and expects no call.
    ///
    /// # Panics
    ///
    /// If there is no answer yet.
    #[track_caller]
    pub fn any_number_of_times(self) -> Self {
        self.repeat(None)
    }

    #[track_caller]
    fn repeat(self, times: Option<usize>) -> Self {
        assert!(self.expectation.repeat(times), "say first what is answered, then how often");
        self
    }

    fn always(self, reply: Reply) -> Self {
        self.reply(Arc::new(move |_| reply.clone()))
    }

    fn reply(self, reply: Make) -> Self {
        self.expectation.add_reply(reply);
        self
    }
}

impl<T> fmt::Debug for On<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("On")
            .field("action", &self.expectation.action)
            .finish_non_exhaustive()
    }
}
