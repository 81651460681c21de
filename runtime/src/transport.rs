//! How requests travel: the trait, and what crosses it.
//!
//! Knows no signature and no retry; a transport sends one HTTP request and reads one response.

#[cfg(feature = "reqwest")]
mod failure;
#[cfg(feature = "reqwest")]
pub(crate) mod https;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::BoxFuture;
use crate::answer;
pub use crate::body::Body;
use crate::clock;
use crate::error::Error;
use crate::meta::Method;
use crate::shown::Line;

/// Sends requests. The built-in one uses `reqwest`; another may add a cache, a log, or stand in for
/// the service in tests.
///
/// A future that is dropped must end its attempt: that is how deadlines work. One that has read the
/// beginning of a response keeps it in the [`HttpRequest::progress`], so that the timeout tells of it.
/// Redirects must not be followed, since they would hand the security token to their target.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and reads the whole response.
    ///
    /// # Errors
    ///
    /// When there is no complete response. Any HTTP status is a response.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

/// Transports can be shared.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }
}

/// A version of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// A request, signed.
///
/// The URL and the body carry passwords and the headers carry the security token, so `Debug` shows
/// none of them.
pub struct HttpRequest {
    method: Method,
    url: SecretString,
    headers: Vec<(Cow<'static, str>, Zeroizing<String>)>,
    body: Body,
    max_response_size: usize,
    progress: Progress,
    /// The request as it was before it was encoded; none where no crate describes it.
    #[cfg(feature = "test-util")]
    typed: Option<Arc<dyn crate::typed::Typed>>,
    /// What the caller added to it.
    #[cfg(feature = "test-util")]
    beside: crate::beside::Beside,
}

impl HttpRequest {
    pub(crate) fn new(
        method: Method,
        url: SecretString,
        body: Body,
        max_response_size: usize,
    ) -> Self {
        let (headers, progress) = (Vec::with_capacity(12), Progress::default());
        Self {
            method,
            url,
            headers,
            body,
            max_response_size,
            progress,
            #[cfg(feature = "test-util")]
            typed: None,
            #[cfg(feature = "test-util")]
            beside: crate::beside::Beside::default(),
        }
    }

    #[cfg(feature = "test-util")]
    pub(crate) fn set_beside(&mut self, beside: &crate::beside::Beside) {
        self.beside = beside.clone();
    }

    /// What the caller added to the request.
    #[cfg(feature = "test-util")]
    pub(crate) fn beside(&self) -> &crate::beside::Beside {
        &self.beside
    }

    #[cfg(feature = "test-util")]
    pub(crate) fn set_typed(&mut self, typed: Option<Arc<dyn crate::typed::Typed>>) {
        self.typed = typed;
    }

    /// The request as it was before it was encoded.
    #[cfg(feature = "test-util")]
    pub(crate) fn typed(&self) -> Option<&Arc<dyn crate::typed::Typed>> {
        self.typed.as_ref()
    }

    pub(crate) fn add_header(&mut self, name: impl Into<Cow<'static, str>>, value: &str) {
        self.headers.push((name.into(), Zeroizing::new(value.to_owned())));
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The URL with its query, to be sent as it is.
    pub fn expose_url(&self) -> &str {
        self.url.expose_secret()
    }

    /// The body, to be sent as it is; its type and its length are among the headers.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The headers, to be sent as they are, `host` included; characters beyond ASCII as Latin-1.
    pub fn expose_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (&**name, value.as_str()))
    }

    /// How many bytes of a body have to be read; of a longer one the beginning is enough.
    pub fn max_response_size(&self) -> usize {
        self.max_response_size
    }

    /// Where to keep what has come of the response, for whoever stops waiting for the rest.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }
}

/// How far a response came whose time was up: a timeout then tells the status and the id of the
/// request.
///
/// `Debug` does not show what the service says.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Mutex<Option<HttpResponse>>>);

impl Progress {
    /// Keeps what has come of the response, in place of what was kept before.
    pub fn keep(&self, begun: HttpResponse) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
    }

    /// What has come of the response, if it began.
    pub(crate) fn take(&self) -> Option<HttpResponse> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| &**name).collect();
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// A response, read to its end or to the size that was asked for.
///
/// `Debug` does not show what the service says.
#[derive(Clone)]
pub struct HttpResponse {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    cut: bool,
}

impl HttpResponse {
    /// A response with a status and a body.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), cut: false }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Says that the body is longer than the request asked for, and that this is its beginning.
    #[must_use]
    pub fn cut(mut self) -> Self {
        self.cut = true;
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first header of that name, in any case of its letters, when it is visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok().filter(|value| value.bytes().all(|byte| byte >= b' '))
    }

    /// Every header, in the order in which they came, with its value as it came.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// How long the service wants to be left alone: `x-acs-retry-after` in milliseconds, or
    /// `Retry-After` in seconds or as a date.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let own = self.header("x-acs-retry-after").and_then(|wish| wish.trim().parse().ok());
        let general = || clock::retry_after(self.header("retry-after")?, self.header("date"));
        own.map(Duration::from_millis).or_else(general)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether the body is longer than the request asked for.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What a transport brings, in time or not; texts in the error are as others wrote them.
pub(crate) type Received = Result<HttpResponse, Error>;

/// How far a request came whose connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection; nothing of the request was sent.
    Connect,
    /// The request may have been sent, and no response began.
    NoResponse,
    /// A response began and did not end.
    Incomplete,
}

/// A connection that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    kind: TransportErrorKind,
    detail: String,
    status: Option<u16>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    permanent: bool,
    /// Whether a mock says by it that the time is up.
    #[cfg(feature = "test-util")]
    late: bool,
}

impl TransportError {
    /// A failure, with words that hold neither the URL's query nor a header.
    pub fn new(kind: TransportErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            status: None,
            request_id: None,
            retry_after: None,
            permanent: false,
            #[cfg(feature = "test-util")]
            late: false,
        }
    }

    /// Says that the time is up, long before it is.
    #[cfg(feature = "test-util")]
    pub(crate) fn late() -> Self {
        Self { late: true, ..Self::new(TransportErrorKind::NoResponse, "the time is up") }
    }

    /// Whether it stands for time that is up.
    #[cfg(feature = "test-util")]
    pub(crate) fn is_late(&self) -> bool {
        self.late
    }

    /// Adds what is known of the response that began.
    #[must_use]
    pub fn with_response(mut self, response: &HttpResponse) -> Self {
        self.status = Some(response.status());
        self.request_id = answer::begun_request_id(response);
        self.retry_after = response.retry_after();
        self
    }

    /// Says that another attempt would fail alike, so that none is made.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.permanent = true;
        self
    }

    /// Whether another attempt would fail alike until somebody changes something: the certificate is
    /// not trusted, TLS cannot be set up, a proxy refuses to connect.
    pub fn is_permanent(&self) -> bool {
        self.permanent
    }

    /// How far the request came.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The HTTP status, when a response began, or a proxy refused to connect.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// How long the service wants to be left alone, when a response began that says so.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The id of the request, when a response began and says it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Passes all texts through `change`.
    pub(crate) fn map_texts(&mut self, change: impl Fn(&str) -> String) {
        self.detail = change(&self.detail);
        self.request_id = self.request_id.as_deref().map(change);
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = Line(&self.detail);
        match self.kind {
            TransportErrorKind::Connect => write!(formatter, "cannot connect: {detail}"),
            TransportErrorKind::NoResponse => {
                write!(formatter, "the connection failed before a response: {detail}")
            }
            TransportErrorKind::Incomplete => {
                write!(formatter, "the response is not complete: {detail}")
            }
        }
    }
}

/// The header in which the service repeats the id of a request.
pub(crate) const REQUEST_ID: &str = "x-acs-request-id";
