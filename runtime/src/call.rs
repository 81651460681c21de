//! A call, before it is made.

use std::future::IntoFuture;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use crate::BoxFuture;
use crate::answer;
use crate::attempt::Outgoing;
use crate::beside::Beside;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::exchange::exchange;
use crate::observer::Watch;
use crate::operation::{ContextOf, Operation};
use crate::overrides::{self, Overrides, overridable};
use crate::pages::{Items, Paged, Pages};
use crate::raw::{Exchange, Raw, RawCall};
use crate::redact::Redactor;
use crate::response::Response as _;
use crate::session::Shared;
use crate::transport::{HttpResponse, Received};
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
    has_body: bool,
    /// Few calls have any.
    overrides: Option<Box<Overrides>>,
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
        let client = Arc::clone(client);
        Self { client, request, check: Check::Alone, has_body: false, overrides: None }
    }

    overridable!();

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

    /// Keeps the response of the service as it came, status, headers and body, beside what becomes of
    /// it; for an error, too.
    pub fn with_raw(self) -> RawCall<Self> {
        RawCall::new(self)
    }

    /// Follows the list that the answer is a page of, page by page.
    ///
    /// It starts with the page that the request names, or the first. Nothing is sent before it is
    /// polled. Each page is a call of its own, with this one's checks and with all that was said of it.
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

    pub(crate) fn overrides(&mut self) -> &mut Overrides {
        self.overrides.get_or_insert_default()
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
        let overrides = self.overrides.clone();
        Self { client, request, check, has_body: self.has_body, overrides }
    }

    /// Makes the call, keeps the last response where somebody asks for it, and tells how it went.
    async fn run(mut self, kept: Option<&mut Option<HttpResponse>>) -> Result<O::Response, Error> {
        let (client, overrides) = (Arc::clone(&self.client), self.overrides.take());
        let overrides = overrides.as_deref();
        let watch = Watch::new(&client, overrides::region(overrides, &client), O::META.action);
        let result = self.make(overrides, &watch, kept).await;
        watch.end(result.as_ref().err());
        result
    }

    async fn make(
        self,
        overrides: Option<&Overrides>,
        watch: &Watch<'_>,
        kept: Option<&mut Option<HttpResponse>>,
    ) -> Result<O::Response, Error> {
        match self.check {
            // What cannot travel is no question of documents.
            Check::Skip => report::sendable(&self.request, &O::META)?,
            Check::Alone => self.request.validate()?,
            Check::Done(verdict) => verdict?,
        }
        let (client, timeout) = overrides::applied(overrides, &self.client)?;
        let beside = overrides.map(|overrides| &overrides.beside);
        #[cfg(feature = "test-util")]
        let shared = Arc::new(self.request);
        #[cfg(feature = "test-util")]
        let request = &*shared;
        #[cfg(not(feature = "test-util"))]
        let request = &self.request;
        let outgoing = Outgoing::new(&client, O::META, request, self.has_body, beside)?;
        #[cfg(feature = "test-util")]
        let outgoing = outgoing.with_typed(Arc::<O>::clone(&shared));
        let secrets = beside.map_or_else(Default::default, Beside::secrets);
        let secrets = || secrets.iter().map(SecretString::expose_secret);
        let read = |received: Received, credentials: Option<&Credentials>| {
            let redactor = || Redactor::new(request, credentials).and(secrets());
            let read: O::Response = answer::read(received, &O::META, &redactor)?;
            // Even here the service may say anything.
            let id = || Some(redactor().text(read.envelope().request_id.as_deref()?));
            let id = if watch.asks_for_ids() { id() } else { None };
            Ok((read, id))
        };
        exchange(&client, &outgoing, timeout, watch, kept, read).await
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run(None))
    }
}

impl<O: Operation> Exchange for Call<O> {
    type Answer = O::Response;

    fn exchange(self) -> BoxFuture<'static, Raw<O::Response>> {
        Box::pin(async {
            let mut response = None;
            let result = self.run(Some(&mut response)).await;
            Raw { result, response }
        })
    }
}
