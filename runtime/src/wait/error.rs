//! Why a waiting came to another end than the one that was waited for.
//!
//! Shows nothing of an answer but values that the documents list.

use std::fmt;
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// Why a waiting came to another end than the one that was waited for, with the last answer that there
/// was.
///
/// `?` turns it into an [`Error`], which has all but the answer. Neither `Debug` nor the message shows the
/// answer.
pub struct WaitError<R> {
    /// Behind a pointer, as errors are returned by value.
    inner: Box<Inner<R>>,
}

struct Inner<R> {
    kind: Kind,
    answer: Option<R>,
}

enum Kind {
    Call(Error),
    Stopped(WaitStopped),
}

/// How a waiting ended that was not ended by the error of a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitStopped {
    /// The operation that was asked.
    pub operation: &'static str,
    /// What was waited for.
    pub goal: &'static str,
    /// Which end it came to.
    pub end: WaitEnd,
    /// What the last answer said, by the names of its members: the values that documents list, and no
    /// others.
    pub seen: Vec<(&'static str, String)>,
    /// How many questions were answered, errors included.
    pub questions: u32,
    /// The error of the last question, when it may have passed later.
    pub error: Option<Error>,
}

/// An end that is not the one that was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitEnd {
    /// What was waited for has failed.
    Failed,
    /// The time was up.
    TimedOut {
        /// How long it was.
        after: Duration,
    },
}

impl<R> WaitError<R> {
    pub(super) fn of_end(stopped: WaitStopped, answer: Option<R>) -> Self {
        Self { inner: Box::new(Inner { kind: Kind::Stopped(stopped), answer }) }
    }

    pub(crate) fn of_call(error: Error, answer: Option<R>) -> Self {
        Self { inner: Box::new(Inner { kind: Kind::Call(error), answer }) }
    }

    /// Whether what was waited for has failed, by the service's account.
    pub fn is_failure(&self) -> bool {
        self.stopped().is_some_and(|stopped| stopped.end == WaitEnd::Failed)
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        self.stopped().is_some_and(WaitStopped::is_timeout)
    }

    /// How the waiting ended; nothing when the error of a call ended it.
    pub fn stopped(&self) -> Option<&WaitStopped> {
        match &self.inner.kind {
            Kind::Stopped(stopped) => Some(stopped),
            Kind::Call(_) => None,
        }
    }

    /// The error of the call that ended the waiting; when the time was up, that of the last one, if it
    /// had one.
    pub fn call_error(&self) -> Option<&Error> {
        match &self.inner.kind {
            Kind::Call(error) => Some(error),
            Kind::Stopped(stopped) => stopped.error.as_ref(),
        }
    }

    /// The last answer, if there was one.
    pub fn answer(&self) -> Option<&R> {
        self.inner.answer.as_ref()
    }

    /// The last answer, if there was one.
    pub fn into_answer(self) -> Option<R> {
        self.inner.answer
    }
}

impl<R> fmt::Display for WaitError<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner.kind {
            Kind::Call(error) => error.fmt(formatter),
            Kind::Stopped(stopped) => stopped.fmt(formatter),
        }
    }
}

impl<R> fmt::Debug for WaitError<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_tuple("WaitError");
        match &self.inner.kind {
            Kind::Call(error) => shown.field(error),
            Kind::Stopped(stopped) => shown.field(stopped),
        };
        shown.finish()
    }
}

impl<R> std::error::Error for WaitError<R> {}

impl<R> From<WaitError<R>> for Error {
    fn from(error: WaitError<R>) -> Self {
        match error.inner.kind {
            Kind::Call(error) => error,
            Kind::Stopped(stopped) => ErrorKind::Wait(Box::new(stopped)).into(),
        }
    }
}

impl WaitStopped {
    /// Whether the time was up.
    pub(crate) fn is_timeout(&self) -> bool {
        match self.end {
            WaitEnd::TimedOut { .. } => true,
            WaitEnd::Failed => false,
        }
    }
}

impl fmt::Display for WaitStopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, goal, end, seen, questions, error } = self;
        write!(formatter, "waiting for `{goal}` by `{operation}` ")?;
        match end {
            WaitEnd::Failed => formatter.write_str("came to a failure")?,
            WaitEnd::TimedOut { after } => write!(formatter, "took longer than {after:?}")?,
        }
        for (position, (name, value)) in seen.iter().enumerate() {
            formatter.write_str(if position == 0 { ": " } else { ", " })?;
            write!(formatter, "`{name}` is `{value}`")?;
        }
        match questions {
            1 => formatter.write_str(" (1 question)")?,
            _ => write!(formatter, " ({questions} questions)")?,
        }
        match error {
            Some(error) => write!(formatter, "; the last one failed: {error}"),
            None => Ok(()),
        }
    }
}
