//! Whether and when to try again.

use std::time::Duration;

use crate::error::{Error, ErrorKind};
use crate::transport::TransportErrorKind;

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
    /// A request is `repeatable` when acting on it twice does no harm.
    pub(crate) fn pause(&self, error: &Error, attempts: u32, repeatable: bool) -> Option<Duration> {
        if attempts >= self.max_attempts || !is_worth_another(error, repeatable) {
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
