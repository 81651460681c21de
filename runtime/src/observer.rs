//! What is told of calls that have ended, to logs and to whoever counts.
//!
//! Knows no request, no answer and no credentials. Logs have names and numbers, and of errors no texts:
//! what a service says may repeat what was sent. Observers are given the error that the caller gets.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tracing::{Level, debug, enabled, error, warn};

use crate::error::{Error, ErrorKind};
use crate::session::Shared;
use crate::shown;

/// Is told of each attempt and each call when it has ended, so that calls can be counted and measured.
///
/// Calls that are refused before anything is sent count, too; one that is dropped before its end does
/// not. Both methods run where the call runs and hold it up, so they had better be quick. A panic in one
/// is logged, and goes no further.
///
/// ```
/// use std::collections::BTreeMap;
/// use std::sync::{Arc, Mutex};
///
/// use alibabacloud_runtime::observer::{CallEnd, Observer};
/// use alibabacloud_runtime::session::Session;
///
/// /// How many calls of each action succeeded, and how many failed.
/// #[derive(Clone, Default)]
/// struct Counts(Arc<Mutex<BTreeMap<String, (u32, u32)>>>);
///
/// impl Observer for Counts {
///     fn on_call(&self, call: &CallEnd<'_>) {
///         let mut counts = self.0.lock().unwrap();
///         let (good, bad) = counts.entry(call.action.to_owned()).or_default();
///         *(if call.error.is_none() { good } else { bad }) += 1;
///     }
/// }
///
/// let counts = Counts::default();
/// let session = Session::builder().observer(counts.clone()).build();
/// ```
pub trait Observer: Send + Sync {
    /// An attempt has ended.
    fn on_attempt(&self, attempt: &AttemptEnd<'_>) {
        let _ = attempt;
    }

    /// A call has ended, after its last attempt, or without one.
    fn on_call(&self, call: &CallEnd<'_>) {
        let _ = call;
    }
}

/// How a call went.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallEnd<'c> {
    /// The name of the operation.
    pub action: &'c str,
    /// The region of the call, or else of its client, where there is one.
    pub region: Option<&'c str>,
    /// The id of the request, which support asks for.
    pub request_id: Option<&'c str>,
    /// The HTTP status of the last response, where one at least began.
    pub status: Option<u16>,
    /// Why the call failed, unless it succeeded.
    pub error: Option<&'c Error>,
    /// How many times the request was sent, or was tried to.
    pub attempts: u32,
    /// How long the call took, all attempts and the pauses between them included.
    pub duration: Duration,
}

impl CallEnd<'_> {
    /// The error code of the service.
    pub fn error_code(&self) -> Option<&str> {
        self.error?.code()
    }
}

/// How an attempt of a call went.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct AttemptEnd<'c> {
    /// The name of the operation.
    pub action: &'c str,
    /// The region of the call, or else of its client, where there is one.
    pub region: Option<&'c str>,
    /// The id of the request, which support asks for.
    pub request_id: Option<&'c str>,
    /// The HTTP status, where a response at least began.
    pub status: Option<u16>,
    /// Why the attempt failed, unless it succeeded.
    pub error: Option<&'c Error>,
    /// The number of the attempt in its call, from 1 on.
    pub attempt: u32,
    /// How long the attempt took.
    pub duration: Duration,
    /// The pause after which another attempt follows, which may be none at all; nothing after the last.
    pub pause: Option<Duration>,
}

impl AttemptEnd<'_> {
    /// The error code of the service.
    pub fn error_code(&self) -> Option<&str> {
        self.error?.code()
    }
}

/// Those who are told.
#[derive(Clone, Default)]
pub(crate) struct Observers(Vec<Arc<dyn Observer>>);

impl Observers {
    pub(crate) fn add(&mut self, observer: impl Observer + 'static) {
        self.0.push(Arc::new(observer));
    }

    /// These and others.
    pub(crate) fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    fn tell(&self, tell: impl Fn(&dyn Observer)) {
        for observer in &self.0 {
            // What somebody counts with is no reason to lose an answer.
            if catch_unwind(AssertUnwindSafe(|| tell(&**observer))).is_err() {
                error!("an observer panicked");
            }
        }
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} observers]", self.0.len())
    }
}

/// What is known of a call while it is made.
pub(crate) struct Watch<'c> {
    observers: &'c Observers,
    region: Option<&'c str>,
    action: &'c str,
    started: Instant,
    last: Mutex<Last>,
}

/// Of the last attempt.
#[derive(Default)]
struct Last {
    attempt: u32,
    status: Option<u16>,
    request_id: Option<String>,
}

/// An attempt that was made, and is not judged yet.
pub(crate) struct Attempt {
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) status: Option<u16>,
}

impl<'c> Watch<'c> {
    /// Watches a call of a client, in a region that may be another one than the client's.
    pub(crate) fn new(client: &'c Shared, region: Option<&'c str>, action: &'c str) -> Self {
        let (observers, last) = (&client.observers, Mutex::default());
        Self { observers, region, action, started: Instant::now(), last }
    }

    /// Whether somebody wants to know the id of an answer.
    pub(crate) fn asks_for_ids(&self) -> bool {
        enabled!(Level::DEBUG) || !self.observers.0.is_empty()
    }

    /// The id that an answer of success has.
    pub(crate) fn answered(&self, request_id: String) {
        self.last().request_id = Some(request_id);
    }

    /// Tells of an attempt.
    pub(crate) fn attempt(&self, made: &Attempt, error: Option<&Error>, pause: Option<Duration>) {
        let mut last = self.last();
        last.attempt = made.number;
        last.status = made.status;
        let answered = last.request_id.clone();
        drop(last);
        let end = AttemptEnd {
            action: self.action,
            region: self.region,
            request_id: error.map_or(answered.as_deref(), Error::request_id),
            status: made.status,
            error,
            attempt: made.number,
            duration: made.duration,
            pause,
        };
        debug!(
            target: "alibabacloud_runtime::attempt",
            action = end.action,
            region = end.region,
            request_id = end.request_id.map(shown::line),
            status = end.status,
            error_code = end.error_code().map(shown::line),
            attempt = end.attempt,
            duration_ms = milliseconds(end.duration),
            pause_ms = end.pause.map(milliseconds),
            error = error.map(word),
            "attempt {}", if error.is_none() { "succeeded" } else { "failed" },
        );
        self.observers.tell(|observer| observer.on_attempt(&end));
    }

    /// Tells of the call, which has come to its end.
    pub(crate) fn end(&self, error: Option<&Error>) {
        let (attempt, status, answered) = {
            let mut last = self.last();
            (last.attempt, last.status, last.request_id.take())
        };
        let end = CallEnd {
            action: self.action,
            region: self.region,
            request_id: error.map_or(answered.as_deref(), Error::request_id),
            status: error.map_or(status, Error::status),
            error,
            attempts: error.map_or(attempt, Error::attempts),
            duration: self.started.elapsed(),
        };
        macro_rules! event {
            ($level:ident, $message:literal) => {
                $level!(
                    target: "alibabacloud_runtime::call",
                    action = end.action,
                    region = end.region,
                    request_id = end.request_id.map(shown::line),
                    status = end.status,
                    error_code = end.error_code().map(shown::line),
                    attempts = end.attempts,
                    duration_ms = milliseconds(end.duration),
                    error = error.map(word),
                    $message
                )
            };
        }
        match error {
            None => event!(debug, "call succeeded"),
            Some(_) => event!(warn, "call failed"),
        }
        self.observers.tell(|observer| observer.on_call(&end));
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What went wrong, in a word.
fn word(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Invalid(_) => "invalid",
        ErrorKind::Credentials(_) => "credentials",
        ErrorKind::Endpoint(_) => "endpoint",
        ErrorKind::TooLarge(_) => "too large",
        ErrorKind::Transport(_) => "transport",
        ErrorKind::Timeout(_) => "timeout",
        ErrorKind::Service(_) => "service",
        ErrorKind::Decode(_) => "decode",
        ErrorKind::Repeated(_) => "repeated",
        ErrorKind::Wait(_) => "wait",
    }
}

pub(crate) fn milliseconds(duration: Duration) -> u64 {
    duration.as_millis().try_into().unwrap_or(u64::MAX)
}
