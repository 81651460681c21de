//! An answer that nobody can read, and what is known of it all the same.

use std::fmt;

use super::head::{write_excerpt, write_response};
use crate::shown::Line;

/// A response that is not what the documents describe. What was asked for may have been done all the
/// same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct DecodeError {
    /// The HTTP status.
    pub status: u16,
    /// The id of the request, which support asks for.
    pub request_id: Option<String>,
    /// The path to the member that is not as it should be.
    pub path: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// The beginning of the body, with every secret of the request struck out; none when the operation
    /// answers with secrets.
    pub excerpt: Option<String>,
    pub(crate) body: Body,
}

impl DecodeError {
    /// The body as it came, or as much of it as a response may have: one member that is not as
    /// documented does not lose the others, such as the id of what was created.
    ///
    /// It holds whatever the service sent, which may be secrets of the request. Neither `Display`
    /// nor `Debug` shows it.
    pub fn body(&self) -> &[u8] {
        &self.body.0
    }
}

/// A body of which nobody knows what it holds. `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Body(pub(crate) Vec<u8>);

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} bytes]", self.0.len())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the response is not what the documents describe: ")?;
        if let Some(path) = &self.path {
            write!(formatter, "`{}`: ", Line(path))?;
        }
        write!(formatter, "{}", Line(&self.reason))?;
        write_response(formatter, self.status, self.request_id.as_deref())?;
        write_excerpt(formatter, self.excerpt.as_deref())
    }
}
