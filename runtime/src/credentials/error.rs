//! Why there are no credentials.

use std::fmt;

/// Why there are no credentials: what was tried, and what each of it lacked.
///
/// `Debug` is the message, too; `{:#?}` shows the members.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialsError {
    message: String,
    tried: Vec<(&'static str, String)>,
    /// Whether nobody is named, rather than somebody whose credentials cannot be had.
    absent: bool,
    /// Whether it may be otherwise later.
    passing: bool,
}

impl CredentialsError {
    /// One reason, in words that hold no secret.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), tried: Vec::new(), absent: false, passing: false }
    }

    /// The reason why nobody is named.
    pub(super) fn absent(message: impl Into<String>) -> Self {
        Self { absent: true, ..Self::new(message) }
    }

    /// Says whether the same may succeed later: somebody could not be reached, or had trouble of their
    /// own.
    #[must_use]
    pub fn retryable(self, retryable: bool) -> Self {
        Self { passing: retryable, ..self }
    }

    /// Whether the same may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.passing
    }

    pub(super) fn is_absent(&self) -> bool {
        self.absent
    }

    pub(super) fn of_chain(tried: Vec<(&'static str, String)>, passing: bool) -> Self {
        Self { message: "there are no credentials".to_owned(), tried, absent: false, passing }
    }

    /// The sources of the default chain, in their order, each with what it lacked or why it was not
    /// asked; empty when the error is not the chain's.
    pub fn tried(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.tried.iter().map(|(source, lack)| (*source, lack.as_str()))
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        for (position, (source, lack)) in self.tried.iter().enumerate() {
            write!(formatter, "{}\n- {source}: {lack}", if position == 0 { ":" } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return fmt::Display::fmt(self, formatter);
        }
        let Self { message, tried, absent, passing } = self;
        let mut shown = formatter.debug_struct("CredentialsError");
        shown.field("message", message).field("tried", tried);
        shown.field("absent", absent).field("passing", passing).finish()
    }
}

impl std::error::Error for CredentialsError {}
