//! Calls for programs without `async`.
//!
//! The calls run on a thread of their own, so that making one inside a `tokio` runtime blocks the
//! thread that makes it, and nothing worse.

use std::fmt;
use std::future::{self, Future, IntoFuture as _};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use futures_core::Stream;
use tokio::runtime::{self, Handle};
use tokio::sync::oneshot;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::call;
use crate::client;
use crate::error::Error;
use crate::generic::{self, Generic, GenericResponse, generic_settings};
use crate::operation::{ContextOf, Operation};
use crate::overrides::{Overrides, overridable};
use crate::pages::{self, Paged};
use crate::raw::{self, Exchange, Raw};
use crate::transport::{TransportError, TransportErrorKind};
use crate::wait::{self, Goal, Repeat, WaitError};

/// The core of a generated blocking client.
#[derive(Debug, Clone)]
pub struct Client {
    calls: client::Client,
    background: Arc<Background>,
}

impl Client {
    /// Starts the thread on which the calls of a client run.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn new(calls: client::Client) -> Result<Self, Error> {
        let background = Background::start().map_err(|error| {
            let detail = format!("no thread can be started: {error}");
            TransportError::new(TransportErrorKind::Connect, detail)
        })?;
        Ok(Self { calls, background: Arc::new(background) })
    }

    /// Prepares a call.
    pub fn call<O: Operation>(&self, request: O) -> Call<O> {
        Call { call: self.calls.call(request), background: Arc::clone(&self.background) }
    }

    /// Prepares a call of an operation by its name, such as one that is newer than the crate.
    pub fn request(&self, action: impl Into<String>) -> GenericCall {
        let background = Arc::clone(&self.background);
        GenericCall { call: self.calls.request(action), background }
    }

    /// Prepares a waiting until a goal is reached.
    pub fn wait<O: Repeat>(&self, request: O, goal: &'static Goal) -> Wait<O> {
        Wait { wait: self.calls.wait(request, goal), background: Arc::clone(&self.background) }
    }
}

/// A call that is made by [`send`](Self::send); it does what an awaited one does.
#[derive(Debug)]
#[must_use = "a call is made by `send`"]
pub struct Call<O> {
    call: call::Call<O>,
    background: Arc<Background>,
}

impl<O: Operation> Call<O> {
    /// Tells facts that the request does not carry, so that the rules which depend on them are
    /// checked, too.
    pub fn context(mut self, context: impl ContextOf<O>) -> Self {
        self.call = self.call.context(context);
        self
    }

    /// Sends the request even if it breaks rules: documents are sometimes wrong. What no path or no
    /// header can have is refused nevertheless.
    pub fn skip_validation(mut self) -> Self {
        self.call = self.call.skip_validation();
        self
    }

    /// Sends `{}` where the operation takes a JSON object as its body and none of its members is given,
    /// which otherwise is a request without a body. A few services ask for one.
    pub fn with_empty_body(mut self) -> Self {
        self.call = self.call.with_empty_body();
        self
    }

    overridable!();

    fn overrides(&mut self) -> &mut Overrides {
        self.call.overrides()
    }

    /// Keeps the response of the service as it came, status, headers and body, beside what becomes of
    /// it; for an error, too.
    pub fn with_raw(self) -> RawCall<call::Call<O>> {
        RawCall { call: self.call.with_raw(), background: self.background }
    }

    /// Follows the list that the answer is a page of, page by page; each is fetched when the
    /// iterator is asked for it.
    pub fn pages(self) -> Iter<pages::Pages<O>>
    where
        O: Paged,
    {
        Iter { stream: Some(self.call.pages()), background: self.background }
    }

    /// The items of the list that the answer is a page of; see [`pages`](Self::pages).
    pub fn items(self) -> Iter<pages::Items<O>>
    where
        O: Paged,
    {
        Iter { stream: Some(self.call.items()), background: self.background }
    }

    /// Makes the call and waits for its end.
    ///
    /// # Errors
    ///
    /// Whatever keeps the service from doing what was asked.
    pub fn send(self) -> Result<O::Response, Error> {
        self.background.run(self.call.into_future()).unwrap_or_else(|| Err(panicked()))
    }
}

/// A call of an operation by its name that is made by [`send`](Self::send); see
/// [`generic::GenericCall`].
#[derive(Debug)]
#[must_use = "a call is made by `send`"]
pub struct GenericCall {
    call: generic::GenericCall,
    background: Arc<Background>,
}

impl GenericCall {
    generic_settings!();

    overridable!();

    fn overrides(&mut self) -> &mut Overrides {
        self.call.overrides()
    }

    fn generic(&mut self) -> &mut Generic {
        self.call.generic()
    }

    /// Keeps the response of the service as it came beside what becomes of it; for an error, too.
    pub fn with_raw(self) -> RawCall<generic::GenericCall> {
        RawCall { call: self.call.with_raw(), background: self.background }
    }

    /// Makes the call and waits for its end.
    ///
    /// # Errors
    ///
    /// Whatever keeps the service from doing what was asked.
    pub fn send(self) -> Result<GenericResponse, Error> {
        self.background.run(self.call.into_future()).unwrap_or_else(|| Err(panicked()))
    }
}

/// A call whose response is kept as it came, and that is made by [`send`](Self::send).
#[derive(Debug)]
#[must_use = "a call is made by `send`"]
pub struct RawCall<C> {
    call: raw::RawCall<C>,
    background: Arc<Background>,
}

impl<C: Exchange> RawCall<C> {
    /// Makes the call and waits for its end.
    pub fn send(self) -> Raw<C::Answer> {
        let made = self.background.run(self.call.into_future());
        made.unwrap_or_else(|| Raw { result: Err(panicked()), response: None })
    }
}

/// Asks again and again until a goal is reached, by [`send`](Self::send); it does what an awaited one does.
#[derive(Debug)]
#[must_use = "nothing is asked before `send`"]
pub struct Wait<O> {
    wait: wait::Wait<O>,
    background: Arc<Background>,
}

impl<O: Repeat> Wait<O> {
    /// Sets how long all of it may take, the questions and the pauses between them. Each question has the
    /// client's own timeout besides.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.wait = self.wait.timeout(timeout);
        self
    }

    /// Sets the pause after the first question, and the longest one. Each is half as long again as the one
    /// before, and up to a half of it is left out at random.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.wait = self.wait.pauses(first, longest);
        self
    }

    /// Waits for the end.
    ///
    /// # Errors
    ///
    /// Any other end than the one that is waited for, with the last answer.
    pub fn send(self) -> Result<O::Response, WaitError<O::Response>> {
        let end = self.background.run(self.wait.into_future());
        end.unwrap_or_else(|| Err(WaitError::of_call(panicked(), None)))
    }
}

fn panicked() -> Error {
    TransportError::new(TransportErrorKind::NoResponse, "the transport panicked").into()
}

/// Waits for each element of a stream of pages or items.
#[derive(Debug)]
#[must_use = "no page is fetched before it is asked for"]
pub struct Iter<S> {
    /// None after a panic.
    stream: Option<S>,
    background: Arc<Background>,
}

impl<S, T> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin + Send + 'static,
    T: Send + 'static,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let turned = self.background.run(async move {
            let next = future::poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (stream, next)
        });
        match turned {
            Some((stream, next)) => {
                self.stream = Some(stream);
                next
            }
            None => Some(Err(panicked())),
        }
    }
}

/// The thread on which calls run; it ends with the last client and call that know it.
struct Background {
    handle: Handle,
    /// Dropping it ends the thread.
    _end: oneshot::Sender<()>,
}

impl Background {
    fn start() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel::<()>();
        // The runtime is dropped where it runs; inside another one it would panic.
        thread::Builder::new().name("alibabacloud-calls".to_owned()).spawn(move || {
            let _ = runtime.block_on(ended);
        })?;
        Ok(Self { handle, _end: end })
    }

    /// Runs a future to its end; `None` when it panicked.
    fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let future = future.in_current_span().with_current_subscriber();
        self.handle.spawn(async move {
            // Whoever waits does so until this is sent.
            let _ = sender.send(future.await);
        });
        receiver.recv().ok()
    }
}

impl fmt::Debug for Background {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Background").finish_non_exhaustive()
    }
}
