//! What is waited for, as data.
//!
//! Knows no answer.

use std::time::Duration;

/// What is waited for: which answers are an end, well or ill. Any other is asked for again.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// What messages call it.
    pub name: &'static str,
    /// Which elements count of which list of the answer, where the state is that of elements; the way to
    /// the list goes over the members of these names.
    pub items: Option<(Take, &'static [&'static str])>,
    /// What holds of the answer, or of an element, when it has ended well: all of these.
    pub success: &'static [Test],
    /// What holds when it has ended ill: all of these, unless there are none. It goes before success.
    pub failure: &'static [Test],
    /// The pause after the first question.
    pub pause: Duration,
    /// How long all of it may take.
    pub timeout: Duration,
}

/// Which elements of a list say how far things are. Of an empty list none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// Each has to end well; the first that ends ill is the end.
    All,
    /// One has to end well; it is the end when each has ended ill.
    Any,
    /// The first one alone.
    First,
}

/// A test of one value.
#[derive(Debug, Clone, Copy)]
pub struct Test {
    /// The members on the way to the value, by their names on the wire. Without any it is the element
    /// itself.
    pub path: &'static [&'static str],
    /// The values with which it holds, as texts; without any it holds as soon as there is a value, and of
    /// a text, a list or a map only when it is not empty.
    pub values: &'static [&'static str],
}
