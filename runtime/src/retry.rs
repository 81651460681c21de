//! Whether and when to try again.

pub(crate) mod budget;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, ErrorKind};
use crate::transport::TransportErrorKind;
use budget::Budget;

/// What somebody who knows an error says of it; see
/// [`Builder::classify`](crate::session::Builder::classify).
///
/// It is a statement about what happened. What follows from it for a request that must not act twice is
/// decided as for any other error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retry {
    /// Nothing that the runtime does not know itself.
    #[default]
    Default,
    /// It does not pass: no other attempt.
    Never,
    /// It may pass, and the request may have been carried out: another attempt if repeating does no
    /// harm.
    IfHarmless,
    /// It may pass, and nothing was done, as with throttling: another attempt, even of a request that
    /// must not act twice.
    NotDone,
}

/// Says of errors what the runtime does not know.
pub(crate) type Classify = Arc<dyn Fn(&Error) -> Retry + Send + Sync>;

/// What the calls of a client share for their retries.
pub(crate) struct Retrying {
    pub(crate) classify: Option<Classify>,
    pub(crate) budget: Budget,
}

impl Retrying {
    /// What is said of an error.
    pub(crate) fn said(&self, error: &Error) -> Retry {
        self.classify.as_ref().map_or(Retry::Default, |classify| classify(error))
    }
}

impl fmt::Debug for Retrying {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let budget = &self.budget;
        formatter.debug_struct("Retrying").field("budget", budget).finish_non_exhaustive()
    }
}

/// How often and with which pauses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    /// The first attempt counts.
    pub(crate) max_attempts: u32,
    /// The longest pause before the second attempt; it doubles from attempt to attempt.
    pub(crate) first_pause: Duration,
    /// What no pause exceeds.
    pub(crate) longest_pause: Duration,
}

impl Policy {
    /// The pause after that many failed attempts, or `None` when that was the last one.
    ///
    /// A request is `repeatable` when acting on it twice does no harm; `said` is what somebody else
    /// knows of the error.
    pub(crate) fn pause(
        &self,
        error: &Error,
        attempts: u32,
        repeatable: bool,
        said: Retry,
    ) -> Option<Duration> {
        let is_worth_another = match said {
            Retry::Default => is_worth_another(error, repeatable),
            Retry::Never => false,
            Retry::IfHarmless => repeatable,
            Retry::NotDone => true,
        };
        if attempts >= self.max_attempts || !is_worth_another {
            return None;
        }
        if let Some(wish) = wish(error) {
            return Some(wish);
        }
        // Full jitter: clients that failed together do not come back together.
        Some(self.longest_after(attempts).mul_f64(fastrand::f64()))
    }

    fn longest_after(&self, attempts: u32) -> Duration {
        let doublings = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.first_pause.saturating_mul(doublings).min(self.longest_pause)
    }
}

/// How long the service wants callers to wait.
pub(crate) fn wish(error: &Error) -> Option<Duration> {
    match error.kind() {
        ErrorKind::Service(error) => error.retry_after,
        ErrorKind::Transport(error) => error.retry_after(),
        _ => None,
    }
}

fn is_worth_another(error: &Error, repeatable: bool) -> bool {
    match error.kind() {
        ErrorKind::Transport(error) if error.is_permanent() => false,
        ErrorKind::Transport(error) => match error.kind() {
            TransportErrorKind::Connect => true,
            TransportErrorKind::NoResponse => repeatable,
            // The rest of a refusal for want of capacity would not say that anything was done.
            TransportErrorKind::Incomplete => repeatable || error.status() == Some(429),
        },
        ErrorKind::Timeout(_) => repeatable,
        ErrorKind::Service(error) => error.is_throttling() || (error.is_trouble() && repeatable),
        _ => false,
    }
}
