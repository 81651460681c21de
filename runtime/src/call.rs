//! A call, before it is made.

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug_span};

use crate::BoxFuture;
use crate::answer;
use crate::attempt::{Outgoing, attempts};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::meta::OperationFacts;
use crate::observer::Watch;
use crate::operation::{ContextOf, Operation};
use crate::pages::{Items, Paged, Pages};
use crate::redact::Redactor;
use crate::response::Response as _;
use crate::session::Shared;
use crate::shown;
use crate::transport::Received;
use crate::validation::{Violations, report};

/// A call that is made when it is awaited.
///
/// First the request is checked: one that breaks rules of its documents is never sent. Then it is
/// signed and sent. Where repeating it does no harm, it is sent again after failures that may pass.
///
/// Awaiting it needs a `tokio` runtime with its timer on.
#[derive(Debug)]
#[must_use = "a call is made when it is awaited"]
pub struct Call<O> {
    client: Arc<Shared>,
    request: O,
    check: Check,
    timeout: Duration,
    has_body: bool,
}

#[derive(Debug)]
enum Check {
    Alone,
    Skip,
    /// Made already, in a context.
    Done(Result<(), Violations>),
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: &Arc<Shared>, request: O) -> Self {
        let timeout = client.settings.timeout;
        Self { client: Arc::clone(client), request, check: Check::Alone, timeout, has_body: false }
    }

    /// Tells facts that the request does not carry, so that the rules which depend on them are
    /// checked, too.
    pub fn context(mut self, context: impl ContextOf<O>) -> Self {
        if !matches!(self.check, Check::Skip) {
            self.check = Check::Done(self.request.validate_in(context.facts()));
        }
        self
    }

    /// Sends the request even if it breaks rules: documents are sometimes wrong. What no path or no
    /// header can have is refused nevertheless.
    pub fn skip_validation(mut self) -> Self {
        self.check = Check::Skip;
        self
    }

    /// Sends `{}` where the operation takes a JSON object as its body and none of its members is given,
    /// which otherwise is a request without a body. A few services ask for one.
    pub fn with_empty_body(mut self) -> Self {
        self.has_body = true;
        self
    }

    /// Sets how long the call may take, all attempts and the pauses between them included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Follows the list that the answer is a page of, page by page.
    ///
    /// It starts with the page that the request names, or the first. Nothing is sent before it is
    /// polled. Each page is a call of its own, with this one's timeout and checks.
    pub fn pages(self) -> Pages<O>
    where
        O: Paged,
    {
        Pages::new(self)
    }

    /// The items of the list that the answer is a page of; see [`pages`](Self::pages).
    pub fn items(self) -> Items<O>
    where
        O: Paged,
    {
        self.pages().items()
    }

    pub(crate) fn request(&self) -> &O {
        &self.request
    }

    pub(crate) fn request_mut(&mut self) -> &mut O {
        &mut self.request
    }

    /// The same call once more. What depends on a context is checked with the first.
    pub(crate) fn again(&self) -> Self
    where
        O: Clone,
    {
        let check = match self.check {
            Check::Skip => Check::Skip,
            Check::Alone | Check::Done(_) => Check::Alone,
        };
        let request = self.request.clone();
        let client = Arc::clone(&self.client);
        Self { client, request, check, timeout: self.timeout, has_body: self.has_body }
    }

    /// Makes the call, and tells how it went.
    async fn run(self) -> Result<O::Response, Error> {
        let client = Arc::clone(&self.client);
        let watch = Watch::new(&client, O::META.action);
        let result = self.make(&watch).await;
        watch.end(result.as_ref().err());
        result
    }

    async fn make(self, watch: &Watch<'_>) -> Result<O::Response, Error> {
        match self.check {
            // What cannot travel is no question of documents.
            Check::Skip => report::sendable(&self.request, &O::META)?,
            Check::Alone => self.request.validate()?,
            Check::Done(verdict) => verdict?,
        }
        let span = span(&self.client, &O::META);
        #[cfg(feature = "test-util")]
        let shared = Arc::new(self.request);
        #[cfg(feature = "test-util")]
        let request = &*shared;
        #[cfg(not(feature = "test-util"))]
        let request = &self.request;
        let outgoing = Outgoing::new(&self.client, O::META, request, self.has_body)?;
        #[cfg(feature = "test-util")]
        let outgoing = outgoing.with_typed(Arc::<O>::clone(&shared));
        let mut answer = None;
        let mut read = |received: Received, credentials: Option<&Credentials>| {
            let redactor = || Redactor::new(request, credentials);
            let read: O::Response = answer::read(received, &O::META, &redactor)?;
            if watch.asks_for_ids()
                && let Some(id) = read.envelope().request_id
            {
                // Even here the service may say anything.
                let id = redactor().text(&id);
                Span::current().record("request_id", shown::line(&id));
                watch.answered(id);
            }
            answer = Some(read);
            Ok(())
        };
        attempts(&self.client, &outgoing, self.timeout, watch, &mut read).instrument(span).await?;
        Ok(answer.expect("the attempts end with an answer that was read, or with an error"))
    }
}

/// What is logged of a call.
pub(crate) fn span(client: &Shared, operation: &OperationFacts<'_>) -> Span {
    debug_span!(
        "call",
        action = operation.action,
        region = client.region.as_deref(),
        attempts = Empty,
        status = Empty,
        request_id = Empty,
        duration_ms = Empty,
    )
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
