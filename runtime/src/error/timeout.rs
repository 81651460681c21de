//! Time that was up, and what had come until then.

use std::fmt;
use std::time::Duration;

use super::head::write_response;
use crate::answer;
use crate::transport::HttpResponse;

/// Time that was up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeout {
    /// The time that the call or the attempt had.
    pub after: Duration,
    /// The HTTP status, when a response began.
    pub status: Option<u16>,
    /// The id of the request, when a response began and says it.
    pub request_id: Option<String>,
    /// The provider of credentials that was waited for; nothing was sent then.
    pub provider: Option<String>,
}

impl Timeout {
    /// Time that was up, and what had come until then.
    pub(crate) fn new(after: Duration, begun: Option<&HttpResponse>) -> Self {
        let status = begun.map(HttpResponse::status);
        let request_id = begun.and_then(answer::begun_request_id);
        Self { after, status, request_id, provider: None }
    }

    /// Time that was up while a provider of credentials was waited for.
    pub(crate) fn of_provider(after: Duration, provider: String) -> Self {
        Self { provider: Some(provider), ..Self::new(after, None) }
    }
}

impl fmt::Display for Timeout {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.provider {
            Some(provider) => write!(formatter, "no credentials from `{provider}`")?,
            None => formatter.write_str("no complete response")?,
        }
        write!(formatter, " within {:?}", self.after)?;
        match self.status {
            Some(status) => write_response(formatter, status, self.request_id.as_deref()),
            None => Ok(()),
        }
    }
}
