//! What messages say alike of a response.

use std::fmt;

use crate::shown::Line;

pub(super) fn write_response(
    formatter: &mut fmt::Formatter<'_>,
    status: u16,
    request_id: Option<&str>,
) -> fmt::Result {
    write!(formatter, " (HTTP {status}")?;
    if let Some(id) = request_id {
        write!(formatter, ", request {}", Line(id))?;
    }
    formatter.write_str(")")
}

pub(super) fn write_excerpt(
    formatter: &mut fmt::Formatter<'_>,
    excerpt: Option<&str>,
) -> fmt::Result {
    match excerpt {
        Some("") => formatter.write_str(": the body is empty"),
        Some(excerpt) => write!(formatter, ": {excerpt}"),
        None => Ok(()),
    }
}
