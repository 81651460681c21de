//! The answer of an operation that no crate describes.
//!
//! Knows nothing of what it holds but where services put the id of a request.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::answer;
use crate::error::Error;
use crate::meta::EnvelopeMembers;
use crate::redact::Redactor;
use crate::response::without_mark;
use crate::transport::HttpResponse;

/// The answer of an operation that no crate describes. It is one of success.
///
/// `Debug` does not show what the service says.
pub struct GenericResponse {
    http: HttpResponse,
    redactor: Redactor,
    envelope: &'static EnvelopeMembers,
    attempts: u32,
}

impl GenericResponse {
    /// A response to an attempt of that number.
    pub(super) fn new(
        http: HttpResponse,
        redactor: Redactor,
        envelope: &'static EnvelopeMembers,
        attempts: u32,
    ) -> Self {
        Self { http, redactor, envelope, attempts }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.http.status()
    }

    /// The first header of that name, in any case of its letters, when it is visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.http.header(name)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.http.body()
    }

    /// The id of the request, which support asks for.
    pub fn request_id(&self) -> Option<String> {
        answer::request_id(&self.http, self.envelope)
    }

    /// Reads the body, which is JSON, as a type of the caller's, such as a
    /// [`serde_json::Value`](crate::serde_json::Value).
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(without_mark(self.http.body())).map_err(|error| {
            let (http, reason) = (self.http.clone(), error.to_string());
            let error = answer::undecodable(http, self.envelope, &self.redactor, None, &reason);
            Error::from(error).after(self.attempts)
        })
    }

    /// The response as it came, with all its headers.
    pub fn into_http(self) -> HttpResponse {
        self.http
    }
}

impl fmt::Debug for GenericResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("GenericResponse").field("http", &self.http).finish_non_exhaustive()
    }
}
