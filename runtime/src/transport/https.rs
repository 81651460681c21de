//! The built-in transport, on `reqwest` and `rustls`.
//!
//! Here secrets leave the memory that is wiped: the HTTP library keeps copies of the URL and of the
//! headers for as long as it needs them, and frees them as they are.

use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::sync::Semaphore;

use super::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};
use crate::BoxFuture;
use crate::clock::Clock;

/// What can be chosen of it.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) max_connections: usize,
    /// Whether the endpoint is spoken to without TLS.
    pub(crate) plain: bool,
    /// Whether the endpoint is on this machine, where no proxy reaches.
    pub(crate) loopback: bool,
    /// What certificates are checked by.
    pub(crate) clock: Clock,
}

pub(crate) struct Https {
    client: reqwest::Client,
    /// One permit for each connection: `reqwest` limits the idle ones only.
    connections: Semaphore,
}

impl Https {
    pub(crate) fn new(settings: Settings) -> Result<Self, TransportError> {
        let tls = tls(settings.plain, settings.clock).map_err(|error| setup(&error))?;
        let mut client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(settings.connect_timeout)
            .pool_max_idle_per_host(settings.max_connections)
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
        if settings.loopback {
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| setup(&error))?;
        let connections = settings.max_connections.clamp(1, Semaphore::MAX_PERMITS);
        Ok(Self { client, connections: Semaphore::new(connections) })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let permit = self.connections.acquire().await;
        let _permit = permit.expect("the semaphore is never closed");
        let headers = headers(&request)?;
        let sent = self.client.post(request.expose_url()).headers(headers).send().await;
        let mut received = sent.map_err(failure)?;
        let mut response = HttpResponse::new(received.status().as_u16(), Vec::new());
        response.headers = received
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect();
        let limit = request.max_response_size();
        loop {
            match received.chunk().await {
                Ok(Some(chunk)) if response.body.len() + chunk.len() > limit => {
                    let rest = limit - response.body.len();
                    response.body.extend_from_slice(&chunk[..rest]);
                    return Ok(response.cut());
                }
                Ok(Some(chunk)) => response.body.extend_from_slice(&chunk),
                Ok(None) => return Ok(response),
                Err(error) => {
                    let detail = words(&error.without_url());
                    let error = TransportError::new(TransportErrorKind::Incomplete, detail);
                    return Err(error.with_response(&response));
                }
            }
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

/// TLS with the certificates that the platform trusts and the cryptography that the application
/// has chosen, or else `ring`, which builds with nothing but a C compiler.
fn tls(plain: bool, clock: Clock) -> Result<ClientConfig, rustls::Error> {
    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let config = ClientConfig::builder_with_details(provider, Arc::new(clock));
    let config = config.with_safe_default_protocol_versions()?;
    Ok(if plain {
        // Machines without certificates can talk to themselves all the same.
        config.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
    } else {
        config.with_platform_verifier()?.with_no_client_auth()
    })
}

/// The library's own clock panics before 1970; this one makes a certificate fail.
impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        self.now().duration_since(UNIX_EPOCH).ok().map(UnixTime::since_unix_epoch)
    }
}

fn headers(request: &HttpRequest) -> Result<HeaderMap, TransportError> {
    let mut headers = HeaderMap::with_capacity(12);
    for (name, value) in request.expose_headers() {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            let detail = format!("the header `{name}` has a character that headers cannot have");
            TransportError::new(TransportErrorKind::Connect, detail)
        })?;
        value.set_sensitive(matches!(name, "authorization" | "x-acs-security-token"));
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

fn setup(error: &dyn std::error::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, format!("TLS is not available: {error}"))
}

/// What `reqwest` says of a request without a response, without the URL that it knows.
fn failure(error: reqwest::Error) -> TransportError {
    let nothing_was_sent = error.is_connect() || error.is_builder();
    let kind =
        if nothing_was_sent { TransportErrorKind::Connect } else { TransportErrorKind::NoResponse };
    TransportError::new(kind, words(&error.without_url()))
}

/// The causes of an error, outermost first; the error's own words, and those of the library below,
/// only say that it is one.
fn words(error: &reqwest::Error) -> String {
    let causes =
        std::iter::successors(error.source(), |error: &&(dyn std::error::Error + 'static)| {
            (*error).source()
        });
    let causes = causes.map(ToString::to_string);
    let causes: Vec<String> = causes.filter(|cause| !cause.starts_with("client error (")).collect();
    if causes.is_empty() { error.to_string() } else { causes.join(": ") }
}
