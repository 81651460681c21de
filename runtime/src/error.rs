//! What can go wrong with a call.
//!
//! No message holds a password, a key, a token or a URL's query. Texts of others are shown on one line,
//! and of those that are longer than 8 KiB the beginning is kept.

mod decode;

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use crate::answer;
use crate::code;
use crate::credentials::CredentialsError;
pub use crate::endpoint::EndpointError;
use crate::shown::Line;
use crate::transport::{HttpResponse, TransportError};
use crate::validation::Violations;
pub(crate) use decode::Body;
pub use decode::DecodeError;

/// Why a call failed, or why a client could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request breaks rules of its documents; nothing was sent.
    Invalid(Violations),
    /// There are no credentials; nothing was sent.
    Credentials(CredentialsError),
    /// It is not known where to send the request, or the endpoint or its proxy is not acceptable.
    Endpoint(Box<EndpointError>),
    /// The request does not fit into a URL; nothing was sent.
    TooLarge(Box<TooLarge>),
    /// The connection failed.
    Transport(Box<TransportError>),
    /// The time was up before there was a response.
    Timeout(Box<Timeout>),
    /// The service, or something in front of it, answered with an error.
    Service(Box<ServiceError>),
    /// The service answered with success, but not with what the documents describe.
    Decode(Box<DecodeError>),
    /// A list has no end: the service gave a page that it had given before.
    Repeated(Box<Repeated>),
}

impl Error {
    /// The error code of the service.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.code.as_deref(),
            _ => None,
        }
    }

    /// Every code that the service's answer has, whichever members they stand in.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        let service = match self {
            Self::Service(error) => Some(error),
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::TooLarge(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::Decode(_)
            | Self::Repeated(_) => None,
        };
        service.into_iter().flat_map(|error| error.codes())
    }

    /// The id of the request, which support asks for.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id.as_deref(),
            Self::Decode(error) => error.request_id.as_deref(),
            Self::Transport(error) => error.request_id(),
            Self::Timeout(error) => error.request_id.as_deref(),
            _ => None,
        }
    }

    /// What RAM says of a denial, as JSON text.
    pub fn access_denied_detail(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.access_denied_detail.as_deref(),
            _ => None,
        }
    }

    /// The address of a page about the error, by the service's account.
    pub fn recommend(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.recommend.as_deref(),
            _ => None,
        }
    }

    /// The HTTP status, when a response at least began, or a proxy refused to connect.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Service(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(error) => error.status(),
            Self::Timeout(error) => error.status,
            _ => None,
        }
    }

    /// Whether the same call may succeed later: the connection failed, the time was up, the service
    /// throttles or has trouble of its own. A connection that fails for good, as with a certificate
    /// that is not trusted, does not count; see [`TransportError::is_permanent`].
    ///
    /// The attempts that are safe were made already. What may have reached the service acts twice
    /// when it is called again without the same idempotency token.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => !error.is_permanent(),
            Self::Timeout(_) => true,
            Self::Service(error) => error.is_throttling() || error.is_trouble(),
            _ => false,
        }
    }

    /// How many times the request was sent, or was tried to.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Invalid(_) | Self::Credentials(_) | Self::Endpoint(_) | Self::TooLarge(_) => 0,
            Self::Transport(error) => error.attempts,
            Self::Timeout(error) => error.attempts,
            Self::Service(error) => error.attempts,
            Self::Decode(error) => error.attempts,
            Self::Repeated(_) => 1,
        }
    }

    /// Passes the texts of others through `change`, where there is no answer but perhaps its
    /// beginning.
    pub(crate) fn map_texts(mut self, change: impl Fn(&str) -> String) -> Self {
        match &mut self {
            Self::Transport(error) => error.map_texts(change),
            Self::Timeout(error) => error.request_id = error.request_id.as_deref().map(change),
            // Whoever made these had no text of others, or changed it.
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::TooLarge(_)
            | Self::Service(_)
            | Self::Decode(_)
            | Self::Repeated(_) => {}
        }
        self
    }

    /// Counts the attempts that led here.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        match &mut self {
            Self::Invalid(_) | Self::Credentials(_) | Self::Endpoint(_) | Self::TooLarge(_) => {}
            Self::Transport(error) => error.attempts = attempts,
            Self::Timeout(error) => error.attempts = attempts,
            Self::Service(error) => error.attempts = attempts,
            Self::Decode(error) => error.attempts = attempts,
            Self::Repeated(_) => {}
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(formatter),
            Self::Credentials(error) => error.fmt(formatter),
            Self::Endpoint(error) => error.fmt(formatter),
            Self::TooLarge(error) => error.fmt(formatter),
            Self::Transport(error) => error.fmt(formatter),
            Self::Timeout(error) => error.fmt(formatter),
            Self::Service(error) => error.fmt(formatter),
            Self::Decode(error) => error.fmt(formatter),
            Self::Repeated(error) => error.fmt(formatter),
        }
    }
}

/// The message says it all; nothing of what lies below, which might know the URL, is kept.
impl std::error::Error for Error {}

/// A request that does not fit into a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooLarge {
    /// The parameter that takes most room.
    pub parameter: String,
    /// How many bytes of the URL that parameter's value takes.
    pub parameter_length: usize,
    /// How many bytes the URL would have.
    pub length: usize,
    /// How many it may have.
    pub limit: usize,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parameter, parameter_length, length, limit } = self;
        write!(
            formatter,
            "the request takes {length} bytes of URL and may take {limit}; \
             `{parameter}` is the largest parameter with {parameter_length}"
        )
    }
}

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
    /// How many times the request was sent, or was tried to.
    pub attempts: u32,
    /// The provider of credentials that was waited for; nothing was sent then.
    pub provider: Option<String>,
}

impl Timeout {
    /// Time that was up, and what had come until then.
    pub(crate) fn new(after: Duration, begun: Option<&HttpResponse>) -> Self {
        let status = begun.map(HttpResponse::status);
        let request_id = begun.and_then(answer::request_id);
        Self { after, status, request_id, attempts: 0, provider: None }
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
            Some(status) => {
                write_response(formatter, status, self.request_id.as_deref(), self.attempts)
            }
            None => write_attempts(formatter, self.attempts),
        }
    }
}

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
    /// How many times the request was sent.
    pub attempts: u32,
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
        write_response(formatter, self.status, self.request_id.as_deref(), self.attempts)?;
        write_excerpt(formatter, self.excerpt.as_deref())
    }
}

/// A page of a list that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeated {
    /// The number of the page that was asked for.
    pub page: i32,
    /// The number of the page that has the same items.
    pub first: i32,
}

impl fmt::Display for Repeated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, first } = self;
        write!(formatter, "the list has no end: page {page} has the items of page {first} again")
    }
}

fn write_response(
    formatter: &mut fmt::Formatter<'_>,
    status: u16,
    request_id: Option<&str>,
    attempts: u32,
) -> fmt::Result {
    write!(formatter, " (HTTP {status}")?;
    if let Some(id) = request_id {
        write!(formatter, ", request {}", Line(id))?;
    }
    if attempts > 1 {
        write!(formatter, ", {attempts} attempts")?;
    }
    formatter.write_str(")")
}

pub(crate) fn write_attempts(formatter: &mut fmt::Formatter<'_>, attempts: u32) -> fmt::Result {
    if attempts > 1 { write!(formatter, " ({attempts} attempts)") } else { Ok(()) }
}

fn write_excerpt(formatter: &mut fmt::Formatter<'_>, excerpt: Option<&str>) -> fmt::Result {
    match excerpt {
        Some("") => formatter.write_str(": the body is empty"),
        Some(excerpt) => write!(formatter, ": {excerpt}"),
        None => Ok(()),
    }
}

/// An error on its own is an error, too.
macro_rules! convert {
    ($($variant:ident($error:ty)),* $(,)?) => {
        $(
            impl std::error::Error for $error {}

            impl From<$error> for Error {
                fn from(error: $error) -> Self {
                    Self::$variant(Box::new(error))
                }
            }
        )*
    };
}

convert! {
    Endpoint(EndpointError),
    TooLarge(TooLarge),
    Transport(TransportError),
    Timeout(Timeout),
    Service(ServiceError),
    Decode(DecodeError),
    Repeated(Repeated),
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}

/// Clients that cannot fail to be built are built like those that can.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
