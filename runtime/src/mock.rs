//! A service for tests, without a network.
//!
//! A [`Mock`] is told which calls a program will make and what is answered to each. All else is what it
//! is outside of tests: requests are checked by their rules, encoded and signed, answers travel as the
//! service would write them and are read by the crate, and what is safe to repeat is repeated, without
//! pauses.
//!
//! - [`Mock::on`] expects an operation by the type of its request, [`Mock::on_action`] by its name.
//! - [`On::when`] looks at the request; the first expectation counts whose conditions hold and that
//!   has an answer left.
//! - Answers are given in the order in which they are told, each once; [`On::times`] and
//!   [`On::any_number_of_times`] say otherwise of the last. An attempt that is made again takes the
//!   next one.
//! - A call that nobody expects is an error that says what was expected.
//! - [`Mock::sent`] has the requests, one for each attempt.
//! - When the mock is dropped, and at [`Mock::verify`], a call that was expected and has not come, or
//!   that came and was not expected, is a panic.
//!
//! A [`Recorder`] writes what a real service said to a file, and a [`Replay`] says it again.
//!
//! The test of a program that creates a restore task, waits for its precheck, and starts it:
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_task_is_started_after_its_precheck() {
//!     let mock = Mock::new();
//!     mock.on::<CreateRestoreTaskRequest>()
//!         .when(|request| request.backup_plan_id == "dbs1")
//!         .answer(CreateRestoreTaskResponse::default().restore_task_id("s1"));
//!     mock.on::<DescribePreCheckProgressListRequest>()
//!         .fail(503, "ServiceUnavailable", "busy")
//!         .answer(DescribePreCheckProgressListResponse::default().status(PreCheckStatus::Running))
//!         .answer(DescribePreCheckProgressListResponse::default().status(PreCheckStatus::Finish));
//!     mock.on::<StartRestoreTaskRequest>().answer(StartRestoreTaskResponse::default());
//!     let client = Client::builder().session(&mock.session()).build().expect("there is a region");
//!     let started = restore::restore(&client, "dbs1", "rm-1").await.expect("nothing fails for good");
//!     assert_eq!(started.as_deref(), Some("s1"));
//!     assert_eq!(mock.sent::<StartRestoreTaskRequest>()[0].restore_task_id, "s1");
//! }
//! ```
//!
//! One mock can stand in for the services of several crates. Answers are built of their `default()` and,
//! with the feature `test-util`, a setter for each member.

mod expectation;
mod on;
mod parameters;
mod recorded;
mod recorder;
mod replay;
mod told;

use std::fmt;
use std::future;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use self::expectation::{Expectation, Reply};
pub use self::on::On;
pub use self::parameters::Parameters;
pub use self::recorder::Recorder;
pub use self::replay::Replay;
pub use self::told::{Named, Told, Typed};
use crate::BoxFuture;
use crate::credentials::Credentials;
use crate::error::{Error, Timeout};
use crate::operation::Operation;
use crate::session::Session;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};
use crate::typed;

/// Signs the calls of tests. It is like no word of an error, from which secrets are struck out.
const SECRET: &str = "Zk3v9QmT7xLw2RbY5nHd";

/// A service that a test tells what to say.
///
/// It is cheap to clone; all clones are one mock, and the last one that is dropped looks whether
/// everything has come that was expected. `Debug` shows operations and no requests.
#[derive(Clone, Default)]
pub struct Mock(Arc<Held>);

impl Mock {
    /// Expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects calls of an operation, told by the type of its request.
    pub fn on<O: Operation>(&self) -> On<Typed<O>> {
        On::new(&self.0.state, Typed(PhantomData))
    }

    /// Expects calls of an operation, told by its name: those that are made by name, and those whose
    /// requests have types, too.
    pub fn on_action(&self, action: impl Into<String>) -> On<Named> {
        On::new(&self.0.state, Named(action.into()))
    }

    /// A session whose clients call the mock: with keys and the region `cn-hangzhou`, unless a client
    /// says otherwise, and without pauses between attempts.
    ///
    /// For a service that has no host there, give the client's builder another region.
    pub fn session(&self) -> Session {
        test_session(Service(Arc::clone(&self.0.state)))
    }

    /// The requests of an operation that were sent, in their order: one for each attempt, so that one
    /// that was repeated is there more than once.
    pub fn sent<O: Operation>(&self) -> Vec<Arc<O>> {
        let sent = lock(&self.0.state.sent);
        sent.iter().filter_map(|request| typed::of(request.typed()?)).collect()
    }

    /// The parameters that were sent to an operation of this name, attempt by attempt, with and
    /// without types.
    pub fn sent_to(&self, action: &str) -> Vec<Parameters> {
        let sent = lock(&self.0.state.sent);
        let of_name = sent.iter().filter(|request| self::action(request) == Some(action));
        of_name.map(|request| Parameters::of(request)).collect()
    }

    /// Everything that was sent, as it would have travelled.
    pub fn requests(&self) -> Vec<Arc<HttpRequest>> {
        lock(&self.0.state.sent).clone()
    }

    /// Sees to it that everything has come that was expected, and nothing else. Dropping the mock does
    /// so, too; this says where.
    ///
    /// # Panics
    ///
    /// If a call is still to come, or one came that was not expected.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(complaint) = self.0.state.complaint() {
            panic!("{complaint}");
        }
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.state.fmt(formatter)
    }
}

/// What the test holds; clients hold the state alone.
#[derive(Default)]
struct Held {
    state: Arc<State>,
}

impl Drop for Held {
    fn drop(&mut self) {
        // A test that fails already has something else to say.
        if !thread::panicking()
            && let Some(complaint) = self.state.complaint()
        {
            panic!("{complaint}");
        }
    }
}

#[derive(Default)]
struct State {
    expectations: Mutex<Vec<Arc<Expectation>>>,
    sent: Mutex<Vec<Arc<HttpRequest>>>,
    /// What was said to calls that nobody expects.
    unexpected: Mutex<Vec<String>>,
}

impl State {
    fn expectations(&self) -> Vec<Arc<Expectation>> {
        lock(&self.expectations).clone()
    }

    fn reply(&self, request: HttpRequest) -> Reply {
        let request = Arc::new(request);
        lock(&self.sent).push(Arc::clone(&request));
        let expectations = self.expectations();
        match expectations.iter().find_map(|expected| expected.take(&request)) {
            Some(reply) => reply(&request),
            None => {
                let said = unexpected(&request, &expectations);
                lock(&self.unexpected).push(said.clone());
                Err(TransportError::new(TransportErrorKind::Connect, said).permanent())
            }
        }
    }

    /// What is not as it was told, if anything.
    fn complaint(&self) -> Option<String> {
        let unexpected = lock(&self.unexpected);
        let missing = to_come(&self.expectations()).map(|calls| format!("still to come: {calls}"));
        let lines: Vec<String> = unexpected.iter().cloned().chain(missing).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actions: Vec<String> =
            self.expectations().iter().map(|expected| expected.action.clone()).collect();
        formatter.debug_struct("Mock").field("expects", &actions).finish_non_exhaustive()
    }
}

/// What stands in for the network.
#[derive(Debug)]
struct Service(Arc<State>);

impl Transport for Service {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Reply> {
        Box::pin(future::ready(self.0.reply(request)))
    }
}

/// A session of clients that call no service.
pub(crate) fn test_session(transport: impl Transport + 'static) -> Session {
    Session::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("the-key-of-tests", SECRET))
        .transport(transport)
        .pauses(Duration::ZERO, Duration::ZERO)
        .build()
}

/// Tells a time that is up, as a mock says it, from a connection that failed.
pub(crate) fn in_time(
    received: Result<HttpResponse, TransportError>,
) -> Result<Result<HttpResponse, TransportError>, Error> {
    match received {
        Err(error) if error.is_late() => Err(Timeout::new(Duration::ZERO, None).into()),
        received => Ok(received),
    }
}

/// The operation's name; what is no call of an operation has none.
pub(crate) fn action(request: &HttpRequest) -> Option<&str> {
    request.expose_headers().find(|(name, _)| *name == "x-acs-action").map(|(_, value)| value)
}

/// What is said to a call that nobody expects: which it is, and what is expected instead.
fn unexpected(request: &HttpRequest, expectations: &[Arc<Expectation>]) -> String {
    let name = action(request).unwrap_or("an operation without a name");
    let meant = expectations.iter().filter(|expected| expected.is_meant(request));
    let named = expectations.iter().filter(|expected| expected.action == name);
    let mut reasons: Vec<String> = meant.map(|expected| expected.state().to_string()).collect();
    if reasons.is_empty() {
        reasons.extend(named.map(|expected| expected.state().to_string()));
    }
    reasons.dedup();
    let why = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
    let others = to_come(expectations).unwrap_or_else(|| "nothing".to_owned());
    format!("the mock expects no such call of `{name}`{why}; still to come: {others}")
}

/// The calls that are expected and have not come, if there are any.
fn to_come(expectations: &[Arc<Expectation>]) -> Option<String> {
    let open = expectations.iter().filter_map(|expected| match expected.to_come() {
        0 => None,
        1 => Some(format!("`{}`", expected.action)),
        times => Some(format!("`{}` {times} times", expected.action)),
    });
    let open: Vec<String> = open.collect();
    (!open.is_empty()).then(|| open.join(", "))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
