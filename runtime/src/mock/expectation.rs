//! What is expected of a program, and what it is answered in turn.
//!
//! Knows no types of operations: whoever is told one makes questions to a request of it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::transport::{HttpRequest, HttpResponse, TransportError};

/// What a transport brings.
pub(super) type Reply = Result<HttpResponse, TransportError>;

/// Asks something of a request.
pub(super) type Question = Arc<dyn Fn(&HttpRequest) -> bool + Send + Sync>;

/// Makes a reply to a request.
pub(super) type Make = Arc<dyn Fn(&HttpRequest) -> Reply + Send + Sync>;

/// An operation that is expected.
pub(super) struct Expectation {
    pub(super) action: String,
    /// Whether a request is one of the operation.
    is_meant: Question,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    conditions: Vec<Question>,
    steps: Vec<Step>,
}

/// A reply, and how often it is given.
struct Step {
    reply: Make,
    /// How often it is still given; none if without an end.
    left: Option<usize>,
}

impl Expectation {
    pub(super) fn new(action: &str, is_meant: Question) -> Self {
        Self { action: action.to_owned(), is_meant, told: Mutex::default() }
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add_condition(&self, condition: Question) {
        self.told().conditions.push(condition);
    }

    /// Adds a reply that is given once.
    pub(super) fn add_reply(&self, reply: Make) {
        self.told().steps.push(Step { reply, left: Some(1) });
    }

    /// Says how often the last reply is given; false when there is none.
    pub(super) fn repeat(&self, times: Option<usize>) -> bool {
        let mut told = self.told();
        let last = told.steps.last_mut();
        last.map(|last| last.left = times).is_some()
    }

    /// Whether the request is one of the operation, whatever conditions say.
    pub(super) fn is_meant(&self, request: &HttpRequest) -> bool {
        (self.is_meant)(request)
    }

    /// The reply whose turn it is, if the request is what is expected. Nothing is locked while
    /// somebody else's code looks at the request.
    pub(super) fn take(&self, request: &HttpRequest) -> Option<Make> {
        let conditions = self.told().conditions.clone();
        let holds = self.is_meant(request) && conditions.iter().all(|holds| holds(request));
        if !holds {
            return None;
        }
        let mut told = self.told();
        let step = told.steps.iter_mut().find(|step| step.left != Some(0))?;
        step.left = step.left.map(|left| left - 1);
        Some(Arc::clone(&step.reply))
    }

    /// How many calls are still to come.
    pub(super) fn to_come(&self) -> usize {
        self.told().steps.iter().filter_map(|step| step.left).sum()
    }

    /// Whether a call could still be answered, or whether nobody said what with.
    pub(super) fn state(&self) -> State {
        let told = self.told();
        let conditional = !told.conditions.is_empty();
        match told.steps.as_slice() {
            [] => State::NoAnswer,
            steps if steps.iter().all(|step| step.left == Some(0)) => State::UsedUp,
            _ if conditional => State::OtherRequest,
            _ => State::Open,
        }
    }
}

/// Why an expectation of an operation did not take a call of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    NoAnswer,
    UsedUp,
    OtherRequest,
    Open,
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoAnswer => "one was told no answer",
            Self::UsedUp => "one has given all its answers",
            Self::OtherRequest => "one is for other requests",
            Self::Open => "one is for a call with a type",
        })
    }
}
