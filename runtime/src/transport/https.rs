//! The built-in transport, on `reqwest` and `rustls`.
//!
//! Here secrets leave the memory that is wiped: the HTTP library keeps copies of the URL, of the headers
//! and of what it writes of the body for as long as it needs them, and frees them as they are.

mod pools;
mod tls;

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use self::pools::{Pools, Route};
use super::failure::{of_request, of_response};
use super::{HttpRequest, HttpResponse, Progress, Transport, TransportError, TransportErrorKind};
use crate::BoxFuture;
use crate::body::Body;
use crate::clock::Clock;
use crate::endpoint::{self, Target};
use crate::error::Error;
use crate::meta::Method;
use crate::proxy::Choice;
use crate::session::Connections;

/// What can be chosen of it.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) max_connections: usize,
    /// For how long a connection may be idle and is used again.
    pub(crate) pool_idle_timeout: Duration,
    /// What stands before endpoints.
    pub(crate) proxy: Choice,
    /// What certificates are checked by.
    pub(crate) clock: Clock,
    pub(crate) connections: Connections,
}

/// One transport for any endpoint, with or without TLS and a proxy.
pub(crate) struct Https {
    settings: Settings,
    /// One permit for each connection: `reqwest` limits the idle ones only.
    connections: Semaphore,
    pools: Mutex<Pools>,
}

impl Https {
    pub(crate) fn new(settings: Settings) -> Self {
        let connections = settings.max_connections.clamp(1, Semaphore::MAX_PERMITS);
        Self { settings, connections: Semaphore::new(connections), pools: Mutex::default() }
    }

    /// Looks for what stands in the way of calls to an endpoint: a proxy that cannot be understood,
    /// no certificates.
    pub(crate) fn prepare(&self, target: &Target) -> Result<(), Error> {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        pools.route(&self.settings, target.origin(), || Ok(target.clone())).map(drop)
    }

    /// The way to the endpoint that a URL starts with.
    fn route(&self, url: &str) -> Result<Route, TransportError> {
        let origin = origin(url);
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let route = pools.route(&self.settings, origin, || endpoint::of_text(origin, true));
        route.map_err(|error| {
            TransportError::new(TransportErrorKind::Connect, error.to_string()).permanent()
        })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let permit = self.connections.acquire().await;
        let _permit = permit.expect("the semaphore is never closed");
        let headers = headers(&request)?;
        let Route { client, proxied } = self.route(request.expose_url())?;
        let proxied = proxied.as_ref();
        let mut sent = client.request(method(&request), request.expose_url()).headers(headers);
        if request.body().content_type().is_some() {
            sent = sent.body(Bytes::from_owner(Lent(request.body().clone())));
        }
        let mut received = match sent.send().await {
            Ok(received) => received,
            Err(error) => return Err(of_request(error, proxied).await),
        };
        if let Some(refusal) = proxied.and_then(|proxied| proxied.of_answer(received.status())) {
            return Err(refusal);
        }
        let mut response = HttpResponse::new(received.status().as_u16(), Vec::new());
        response.headers = received
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect();
        let limit = request.max_response_size();
        let mut begun = Begun { response, unread: Some(request.progress()) };
        let body = &mut begun.response.body;
        loop {
            match received.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    let rest = limit - body.len();
                    body.extend_from_slice(&chunk[..rest]);
                    return Ok(begun.end().cut());
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(begun.end()),
                Err(error) => {
                    return Err(of_response(error).with_response(&begun.end()));
                }
            }
        }
    }
}

/// A response that is read; what has come of it is kept when nobody waits for the rest.
struct Begun {
    response: HttpResponse,
    /// Where it is kept; none once it has been read.
    unread: Option<Progress>,
}

impl Begun {
    fn end(mut self) -> HttpResponse {
        self.unread = None;
        self.take()
    }

    fn take(&mut self) -> HttpResponse {
        std::mem::replace(&mut self.response, HttpResponse::new(0, Vec::new()))
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if let Some(progress) = self.unread.take() {
            progress.keep(self.take());
        }
    }
}

impl Transport for Https {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for Https {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Https").finish_non_exhaustive()
    }
}

/// The library's own clock panics before 1970; this one makes a certificate fail.
impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        self.machine().duration_since(UNIX_EPOCH).ok().map(UnixTime::since_unix_epoch)
    }
}

/// A URL up to its path.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |end| end + 3);
    let length = url[start..].find(['/', '?', '#']).unwrap_or(url.len() - start);
    &url[..start + length]
}

/// A body that the HTTP library reads where it is, without a copy of its own.
struct Lent(Body);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        self.0.expose()
    }
}

fn method(request: &HttpRequest) -> reqwest::Method {
    match request.method() {
        Method::Delete => reqwest::Method::DELETE,
        Method::Get => reqwest::Method::GET,
        Method::Head => reqwest::Method::HEAD,
        Method::Patch => reqwest::Method::PATCH,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
    }
}

fn headers(request: &HttpRequest) -> Result<HeaderMap, TransportError> {
    let mut headers = HeaderMap::with_capacity(12);
    for (name, value) in request.expose_headers() {
        let known = HeaderName::from_bytes(name.as_bytes()).ok();
        let bytes = latin_1(value);
        let (name, mut value) = known
            .zip(bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok()))
            .ok_or_else(|| {
                let detail =
                    format!("the header `{name}` has a character that headers cannot have");
                TransportError::new(TransportErrorKind::Connect, detail).permanent()
            })?;
        // Fields of requests may be secrets, too.
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

/// A text as headers have it, unless it has characters that they do not know.
fn latin_1(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    for character in text.chars() {
        bytes.push(u8::try_from(character).ok()?);
    }
    Some(bytes)
}
