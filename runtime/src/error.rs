//! What can go wrong with a call.
//!
//! No message holds a password, a key, a token or a URL's query. Texts of others are shown on one line,
//! and of those that are longer than 8 KiB the beginning is kept.

mod asked;
mod decode;
mod head;
mod service;
mod timeout;

use std::convert::Infallible;
use std::fmt;

use crate::credentials::CredentialsError;
pub use crate::endpoint::EndpointError;
use crate::transport::TransportError;
use crate::validation::Violations;
use crate::wait::WaitStopped;
pub(crate) use decode::Body;
pub use decode::DecodeError;
pub use service::ServiceError;
pub use timeout::Timeout;

/// Why a call failed, or why a client could not be built.
///
/// `Debug` is the message, too, which is what `fn main() -> Result<(), Error>` prints; `{:#?}` shows
/// the [`kind`](Self::kind) with its members.
pub struct Error {
    kind: ErrorKind,
    attempts: u32,
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request breaks rules of its documents; nothing was sent.
    Invalid(Violations),
    /// There are no credentials, or none that the operation takes; nothing was sent.
    Credentials(CredentialsError),
    /// It is not known where to send the request, or the endpoint, its proxy or another setting is not
    /// acceptable.
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
    /// A list has no end: the service leads back to a page that it had given before.
    Repeated(Box<Repeated>),
    /// What was waited for has failed, or has not come in time.
    Wait(Box<WaitStopped>),
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// What went wrong, to be taken apart.
    pub fn into_kind(self) -> ErrorKind {
        self.kind
    }

    /// The error code of the service.
    pub fn code(&self) -> Option<&str> {
        self.service()?.code.as_deref()
    }

    /// Every code that the service's answer has, whichever members they stand in.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.service().into_iter().flat_map(ServiceError::codes)
    }

    /// What the service answered, where that is why the call failed.
    fn service(&self) -> Option<&ServiceError> {
        match &self.kind {
            ErrorKind::Service(error) => Some(error),
            ErrorKind::Invalid(_)
            | ErrorKind::Credentials(_)
            | ErrorKind::Endpoint(_)
            | ErrorKind::TooLarge(_)
            | ErrorKind::Transport(_)
            | ErrorKind::Timeout(_)
            | ErrorKind::Decode(_)
            | ErrorKind::Repeated(_)
            | ErrorKind::Wait(_) => None,
        }
    }

    /// The id of the request, which support asks for.
    pub fn request_id(&self) -> Option<&str> {
        match &self.kind {
            ErrorKind::Service(error) => error.request_id.as_deref(),
            ErrorKind::Decode(error) => error.request_id.as_deref(),
            ErrorKind::Transport(error) => error.request_id(),
            ErrorKind::Timeout(error) => error.request_id.as_deref(),
            _ => None,
        }
    }

    /// What RAM says of a denial, as JSON text.
    pub fn access_denied_detail(&self) -> Option<&str> {
        self.service()?.access_denied_detail.as_deref()
    }

    /// The address of a page about the error, by the service's account.
    pub fn recommend(&self) -> Option<&str> {
        self.service()?.recommend.as_deref()
    }

    /// The HTTP status, when a response at least began, or a proxy refused to connect.
    pub fn status(&self) -> Option<u16> {
        match &self.kind {
            ErrorKind::Service(error) => Some(error.status),
            ErrorKind::Decode(error) => Some(error.status),
            ErrorKind::Transport(error) => error.status(),
            ErrorKind::Timeout(error) => error.status,
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
        match &self.kind {
            ErrorKind::Credentials(error) => error.is_retryable(),
            ErrorKind::Transport(error) => !error.is_permanent(),
            ErrorKind::Timeout(_) => true,
            ErrorKind::Service(error) => error.is_throttling() || error.is_trouble(),
            ErrorKind::Wait(stopped) => stopped.is_timeout(),
            _ => false,
        }
    }

    /// How many times the request was sent, or was tried to.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Passes the texts of others through `change`, where there is no answer but perhaps its
    /// beginning.
    pub(crate) fn map_texts(mut self, change: impl Fn(&str) -> String) -> Self {
        match &mut self.kind {
            ErrorKind::Transport(error) => error.map_texts(change),
            ErrorKind::Timeout(error) => error.request_id = error.request_id.as_deref().map(change),
            // Whoever made these had no text of others, or changed it.
            ErrorKind::Invalid(_)
            | ErrorKind::Credentials(_)
            | ErrorKind::Endpoint(_)
            | ErrorKind::TooLarge(_)
            | ErrorKind::Service(_)
            | ErrorKind::Decode(_)
            | ErrorKind::Repeated(_)
            | ErrorKind::Wait(_) => {}
        }
        self
    }

    /// Counts the attempts that led here.
    pub(crate) fn after(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return fmt::Display::fmt(self, formatter);
        }
        let Self { kind, attempts } = self;
        formatter.debug_struct("Error").field("kind", kind).field("attempts", attempts).finish()
    }
}

/// The message of the kind, and how many attempts led there when it is more than one.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)?;
        if self.attempts > 1 {
            write!(formatter, " ({} attempts)", self.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Display for ErrorKind {
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
            Self::Wait(error) => error.fmt(formatter),
        }
    }
}

/// The message says it all; nothing of what lies below, which might know the URL, is kept.
impl std::error::Error for Error {}

/// A request that does not fit into a URL, of an operation that takes no form instead.
///
/// A `POST` to `/` that is too long sends its query as a form.
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

/// A page of a list that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeated {
    /// The number of the page that was asked for, or would be: by the service's count, or, where pages
    /// have tokens, from 1 on.
    pub page: i64,
    /// The number of the page that has the same items, or the same token.
    pub first: i64,
}

impl fmt::Display for Repeated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, first } = self;
        write!(formatter, "the list has no end: page {page} is page {first} again")
    }
}

/// An error on its own is an error, too.
macro_rules! convert {
    ($($variant:ident($error:ty)),* $(,)?) => {
        $(
            impl std::error::Error for $error {}

            impl From<$error> for Error {
                fn from(error: $error) -> Self {
                    ErrorKind::$variant(Box::new(error)).into()
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

/// Nothing was sent.
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, attempts: 0 }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        ErrorKind::Invalid(violations).into()
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        ErrorKind::Credentials(error).into()
    }
}

/// Clients that cannot fail to be built are built like those that can.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
