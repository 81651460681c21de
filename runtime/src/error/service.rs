//! What a service says instead of doing what was asked.

use std::fmt;
use std::time::Duration;

use super::head::{write_excerpt, write_response};
use crate::code;
use crate::shown::Line;

/// What the service answered instead of doing what was asked.
///
/// Texts are the service's own, with every secret of the request struck out, however URLs, JSON and
/// HTML spell its characters. What somebody makes of a secret as a whole, such as its base64 or its
/// hash, is not recognized. They may have several lines; `Display` shows them on one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ServiceError {
    /// The HTTP status; 200 when only the body tells of the failure.
    pub status: u16,
    /// The HTTP status that the body says it has (`HttpStatusCode`).
    pub body_status: Option<u16>,
    /// The error code, such as `Request.Forbidden`; none when the answer is not the service's own.
    pub code: Option<String>,
    /// What other members than the first say the code is: an answer may have `Code` and `ErrCode`.
    pub other_codes: Vec<String>,
    /// The error message.
    pub message: Option<String>,
    /// The id of the request, which support asks for.
    pub request_id: Option<String>,
    /// The host that answered, by its own account.
    pub host_id: Option<String>,
    /// The address of a page about the error.
    pub recommend: Option<String>,
    /// The action that RAM denied, such as `dbs:StartBackupPlan`.
    pub denied_action: Option<String>,
    /// What RAM says of a denial, as JSON text.
    pub access_denied_detail: Option<String>,
    /// How long the service wants to be left alone.
    pub retry_after: Option<Duration>,
    /// The beginning of a body that is no error of the service's own; none when the operation answers
    /// with secrets.
    pub excerpt: Option<String>,
}

impl ServiceError {
    /// Whether the service turned the request away for want of capacity; it did not act on it.
    pub fn is_throttling(&self) -> bool {
        self.statuses().any(|status| status == 429) || self.codes().any(code::is_throttling)
    }

    /// Whether the service, or something in front of it, has trouble of its own.
    pub(crate) fn is_trouble(&self) -> bool {
        self.statuses().any(|status| matches!(status, 500 | 502 | 503 | 504))
            || self.codes().any(code::is_trouble)
    }

    /// The statuses of the answer: that of HTTP, and that of the body.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = u16> {
        std::iter::once(self.status).chain(self.body_status)
    }

    /// The codes of the answer, whichever members they stand in.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.code.iter().chain(&self.other_codes).map(String::as_str)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, &self.message) {
            (None, None) => formatter.write_str("the answer is an error")?,
            (code, message) => {
                let code = code.as_deref().unwrap_or("no code");
                let message = message.as_deref().unwrap_or("no message");
                let (code, message) = (Line(code), Line(message));
                write!(formatter, "the service refused the call: {code}: {message}")?;
            }
        }
        if let Some(action) = &self.denied_action {
            write!(formatter, " (denied: {})", Line(action))?;
        }
        write_response(formatter, self.status, self.request_id.as_deref())?;
        write_excerpt(formatter, self.excerpt.as_deref())
    }
}
