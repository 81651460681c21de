//! What can go wrong with a call.
//!
//! No message holds a password, a key, a token or a URL's query.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use crate::credentials::CredentialsError;
pub use crate::endpoint::EndpointError;
use crate::transport::TransportError;
use crate::validation::Violations;

/// Why a call failed, or why a client could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request breaks rules of its documents; nothing was sent.
    Invalid(Violations),
    /// There are no credentials; nothing was sent.
    Credentials(CredentialsError),
    /// It is not known where to send the request, or the endpoint is not acceptable.
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
}

impl Error {
    /// The error code of the service.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.code.as_deref(),
            _ => None,
        }
    }

    /// The id of the request, which support asks for.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id.as_deref(),
            Self::Decode(error) => error.request_id.as_deref(),
            Self::Transport(error) => error.request_id(),
            _ => None,
        }
    }

    /// The HTTP status, when a response at least began.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Service(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(error) => error.status(),
            _ => None,
        }
    }

    /// Whether the same call may succeed later: the connection failed, the time was up, the service
    /// throttles or has trouble of its own.
    ///
    /// The attempts that are safe were made already. What may have reached the service acts twice
    /// when it is called again without the same idempotency token.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(_) | Self::Timeout(_) => true,
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
        }
    }

    /// Counts the attempts that led here.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        match &mut self {
            Self::Invalid(_) | Self::Credentials(_) | Self::Endpoint(_) | Self::TooLarge(_) => {}
            Self::Transport(error) => error.attempts = attempts,
            Self::Timeout(error) => error.attempts = attempts,
            Self::Service(error) => error.attempts = attempts,
            Self::Decode(error) => error.attempts = attempts,
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
    /// How many times the request was sent, or was tried to.
    pub attempts: u32,
    /// The provider of credentials that was waited for; nothing was sent then.
    pub provider: Option<String>,
}

impl fmt::Display for Timeout {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.provider {
            Some(provider) => write!(formatter, "no credentials from `{provider}`")?,
            None => formatter.write_str("no complete response")?,
        }
        write!(formatter, " within {:?}", self.after)?;
        write_attempts(formatter, self.attempts)
    }
}

/// What the service answered instead of doing what was asked.
///
/// Texts are the service's own, with every secret of the request struck out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ServiceError {
    /// The HTTP status; 200 when the body said `Success: false`.
    pub status: u16,
    /// The error code, such as `Request.Forbidden`; none when the answer is not the service's own.
    pub code: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// The id of the request, which support asks for.
    pub request_id: Option<String>,
    /// The host that answered, by its own account.
    pub host_id: Option<String>,
    /// The address of a page about the error.
    pub recommend: Option<String>,
    /// What RAM says of a denial, as JSON text.
    pub access_denied_detail: Option<String>,
    /// How long the service wants to be left alone.
    pub retry_after: Option<Duration>,
    /// The beginning of a body that is no error of the service's own.
    pub excerpt: Option<String>,
    /// How many times the request was sent.
    pub attempts: u32,
}

impl ServiceError {
    /// Whether the service turned the request away for want of capacity; it did not act on it.
    pub fn is_throttling(&self) -> bool {
        self.status == 429 || self.code.as_ref().is_some_and(|code| code.starts_with("Throttling"))
    }

    /// Whether the service, or something in front of it, has trouble of its own.
    pub(crate) fn is_trouble(&self) -> bool {
        matches!(self.status, 500 | 502 | 503 | 504)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, &self.message) {
            (None, None) => formatter.write_str("the answer is an error")?,
            (code, message) => {
                let code = code.as_deref().unwrap_or("no code");
                let message = message.as_deref().unwrap_or("no message");
                write!(formatter, "the service refused the call: {code}: {message}")?;
            }
        }
        write_response(formatter, self.status, self.request_id.as_deref(), self.attempts)?;
        write_excerpt(formatter, self.excerpt.as_deref())
    }
}

/// A response that is not what the documents describe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct DecodeError {
    /// The HTTP status.
    pub status: u16,
    /// The id of the request, when the response says it outside its body.
    pub request_id: Option<String>,
    /// The path to the member that is not as it should be.
    pub path: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// The beginning of the body, with every secret of the request struck out.
    pub excerpt: Option<String>,
    /// How many times the request was sent.
    pub attempts: u32,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the response is not what the documents describe: ")?;
        if let Some(path) = &self.path {
            write!(formatter, "`{path}`: ")?;
        }
        formatter.write_str(&self.reason)?;
        write_response(formatter, self.status, self.request_id.as_deref(), self.attempts)?;
        write_excerpt(formatter, self.excerpt.as_deref())
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
        write!(formatter, ", request {id}")?;
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
