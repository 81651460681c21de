//! Diagnostics: what is wrong, where, and what to write instead.

mod code;
mod report;
mod sink;

pub use code::Code;
pub use report::{Diagnostics, Located};
pub(crate) use sink::Sink;

use crate::source::Origin;

/// One problem of a spec.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) origin: Origin,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Diagnostic {
    /// The stable name of the problem's kind.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}
