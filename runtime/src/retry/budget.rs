//! What the calls of a client may spend on attempts after the first, all of them together.
//!
//! While a service is down, every call fails and would be made several times, which is what it can stand
//! least. So another attempt takes tokens, and only success brings them back. Knows no call.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::{Error, ErrorKind};

/// How many tokens there are at first, and at most.
pub(crate) const USUAL: u32 = 500;

/// What another attempt takes.
const ATTEMPT: u32 = 5;

/// What it takes after one whose time was up: somebody waited for it.
const AFTER_TIMEOUT: u32 = 10;

/// What a success brings that took nothing.
const SUCCESS: u32 = 1;

/// The tokens of a client; without any limit when there is none.
#[derive(Debug)]
pub(crate) struct Budget(Option<Tokens>);

#[derive(Debug)]
struct Tokens {
    left: AtomicU32,
    most: u32,
}

impl Budget {
    /// A full one of so many tokens, or one without a limit.
    pub(crate) fn of(tokens: Option<u32>) -> Self {
        Self(tokens.map(|most| Tokens { left: AtomicU32::new(most), most }))
    }

    fn take(&self, cost: u32) -> bool {
        let Some(Tokens { left, .. }) = &self.0 else { return true };
        let less = |left: u32| left.checked_sub(cost);
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    fn give(&self, tokens: u32) {
        if let Some(Tokens { left, most }) = &self.0 {
            let more = |left: u32| Some(left.saturating_add(tokens).min(*most));
            // There always is a next value.
            let _ = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }
}

/// What one call has taken from a budget.
pub(crate) struct Account<'b> {
    budget: &'b Budget,
    taken: u32,
}

impl<'b> Account<'b> {
    /// Nothing yet.
    pub(crate) fn new(budget: &'b Budget) -> Self {
        Self { budget, taken: 0 }
    }

    /// Pays for another attempt after this error, if that can be done.
    pub(crate) fn take(&mut self, error: &Error) -> bool {
        let cost = match error.kind() {
            ErrorKind::Timeout(_) => AFTER_TIMEOUT,
            _ => ATTEMPT,
        };
        let paid = self.budget.take(cost);
        if paid {
            self.taken = self.taken.saturating_add(cost);
        }
        paid
    }

    /// The call succeeded: what it took comes back, or a little when it took nothing.
    pub(crate) fn succeed(self) {
        self.budget.give(self.taken.max(SUCCESS));
    }
}
