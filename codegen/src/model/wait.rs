//! What callers wait for by asking an operation again and again.
//!
//! Knows no stage that comes later.

use super::Step;
use crate::source::Spanned;

/// Something that is waited for.
#[derive(Debug, Clone)]
pub(crate) struct Wait {
    /// What the clients' method is called after.
    pub(crate) name: Spanned<String>,
    /// What holds once it is over.
    pub(crate) description: String,
    /// Which elements of which list tell of the state, where the answer itself does not.
    pub(crate) items: Option<(Take, Vec<Step>)>,
    /// All of these hold when it has ended well.
    pub(crate) success: Vec<WaitTest>,
    /// All of these hold when it has ended ill, unless there are none.
    pub(crate) failure: Vec<WaitTest>,
    /// Seconds.
    pub(crate) pause: u32,
    pub(crate) timeout: u32,
}

/// Which elements of a list tell of the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    All,
    Any,
    First,
}

/// A test of a member.
#[derive(Debug, Clone)]
pub(crate) struct WaitTest {
    /// From the answer or from an element; without a step it is the element.
    pub(crate) way: Vec<Step>,
    /// The values with which it holds, as texts; without any it holds as soon as there is one.
    pub(crate) values: Vec<String>,
}

impl WaitTest {
    /// Whether the other one holds whenever this one does.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        let is_covered = || self.values.iter().all(|value| other.values.contains(value));
        self.way == other.way
            && (other.values.is_empty() || (!self.values.is_empty() && is_covered()))
    }
}
