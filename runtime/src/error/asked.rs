//! What programs ask of an error: what can be told of it whatever service it comes from.
//!
//! That something does not exist, or exists already, each service says by codes of its own, which are
//! constants of its operations.

use super::{Error, ErrorKind};
use crate::code;
use crate::transport::TransportErrorKind;

impl Error {
    /// Whether the service turned the request away for want of capacity; it did not act on it.
    pub fn is_throttling(&self) -> bool {
        match &self.kind {
            ErrorKind::Service(error) => error.is_throttling(),
            // The answer broke off, behind a status that says it.
            ErrorKind::Transport(error) => error.status() == Some(429),
            ErrorKind::Timeout(error) => error.status == Some(429),
            ErrorKind::Wait(stopped) => stopped.error.as_ref().is_some_and(Self::is_throttling),
            ErrorKind::Invalid(_)
            | ErrorKind::Credentials(_)
            | ErrorKind::Endpoint(_)
            | ErrorKind::TooLarge(_)
            | ErrorKind::Decode(_)
            | ErrorKind::Repeated(_) => false,
        }
    }

    /// Whether the service says that the security token has expired, or is not valid any more. A call
    /// has asked for other credentials then, once, and there were none.
    pub fn is_expired_token(&self) -> bool {
        self.codes().any(code::is_expired_token)
    }

    /// Whether RAM denies the action to whoever calls: `NoPermission`, `Forbidden.RAM`, or an answer
    /// that names the action that is denied.
    pub fn is_access_denied(&self) -> bool {
        let is_told = self.service().is_some_and(|error| {
            error.denied_action.is_some() || error.access_denied_detail.is_some()
        });
        is_told || self.codes().any(code::is_access_denied)
    }

    /// Whether the time of the call, of its last attempt, or of a waiting, was up.
    pub fn is_timeout(&self) -> bool {
        match &self.kind {
            ErrorKind::Timeout(_) => true,
            ErrorKind::Wait(stopped) => stopped.is_timeout(),
            ErrorKind::Invalid(_)
            | ErrorKind::Credentials(_)
            | ErrorKind::Endpoint(_)
            | ErrorKind::TooLarge(_)
            | ErrorKind::Transport(_)
            | ErrorKind::Service(_)
            | ErrorKind::Decode(_)
            | ErrorKind::Repeated(_) => false,
        }
    }

    /// Whether it is certain that nothing of the call has reached the service: it was refused here, there
    /// were no credentials, or its only attempt found no connection.
    pub fn is_not_sent(&self) -> bool {
        match &self.kind {
            ErrorKind::Invalid(_)
            | ErrorKind::Credentials(_)
            | ErrorKind::Endpoint(_)
            | ErrorKind::TooLarge(_)
            | ErrorKind::Timeout(_) => self.attempts == 0,
            ErrorKind::Transport(error) => match error.kind() {
                // What came of attempts before is not known any more.
                TransportErrorKind::Connect => self.attempts <= 1,
                TransportErrorKind::NoResponse | TransportErrorKind::Incomplete => false,
            },
            ErrorKind::Service(_)
            | ErrorKind::Decode(_)
            | ErrorKind::Repeated(_)
            | ErrorKind::Wait(_) => false,
        }
    }
}
