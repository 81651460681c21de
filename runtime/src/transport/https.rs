//! The built-in transport, on `reqwest` and `rustls`.
//!
//! Here secrets leave the memory that is wiped: the HTTP library keeps copies of the URL and of the
//! headers for as long as it needs them, and frees them as they are.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use secrecy::ExposeSecret as _;
use tokio::sync::Semaphore;

use super::failure::{Proxied, of_request, of_response};
use super::{HttpRequest, HttpResponse, Progress, Transport, TransportError, TransportErrorKind};
use crate::BoxFuture;
use crate::clock::Clock;
use crate::endpoint::Target;
use crate::error::{EndpointError, Error};
use crate::proxy::Proxy;

/// What can be chosen of it.
pub(crate) struct Settings<'a> {
    pub(crate) connect_timeout: Duration,
    pub(crate) max_connections: usize,
    /// For how long a connection may be idle and is used again.
    pub(crate) pool_idle_timeout: Duration,
    /// What stands before the endpoint.
    pub(crate) proxy: Option<Proxy>,
    pub(crate) target: &'a Target,
    /// What certificates are checked by.
    pub(crate) clock: Clock,
}

pub(crate) struct Https {
    client: reqwest::Client,
    proxied: Option<Proxied>,
    /// One permit for each connection: `reqwest` limits the idle ones only.
    connections: Semaphore,
}

impl Https {
    pub(crate) fn new(settings: Settings<'_>) -> Result<Self, Error> {
        let Settings { connect_timeout, max_connections, pool_idle_timeout, proxy, target, clock } =
            settings;
        let plain = target.plain && proxy.as_ref().is_none_or(|proxy| proxy.plain);
        let tls = tls(plain, clock).map_err(|error| setup(&error))?;
        // The environment was read already: `reqwest` passes over what it does not understand.
        let mut client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connect_timeout)
            .pool_max_idle_per_host(max_connections)
            .pool_idle_timeout(pool_idle_timeout)
            .no_proxy()
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
        if let Some(proxy) = &proxy {
            let url = proxy.url.expose_secret();
            client = client.proxy(reqwest::Proxy::all(url).map_err(|_| EndpointError::Proxy {
                named_by: proxy.named_by,
                reason: "it is no URL",
            })?);
        }
        let client = client.build().map_err(|error| setup(&error))?;
        let proxied = proxy.map(|proxy| Proxied::new(&client, proxy.address, target));
        let connections = max_connections.clamp(1, Semaphore::MAX_PERMITS);
        Ok(Self { client, proxied, connections: Semaphore::new(connections) })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let permit = self.connections.acquire().await;
        let _permit = permit.expect("the semaphore is never closed");
        let headers = headers(&request)?;
        let sent = self.client.post(request.expose_url()).headers(headers).send().await;
        let mut received = match sent {
            Ok(received) => received,
            Err(error) => return Err(of_request(error, self.proxied.as_ref()).await),
        };
        let proxied = self.proxied.as_ref();
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
        self.machine().duration_since(UNIX_EPOCH).ok().map(UnixTime::since_unix_epoch)
    }
}

fn headers(request: &HttpRequest) -> Result<HeaderMap, TransportError> {
    let mut headers = HeaderMap::with_capacity(12);
    for (name, value) in request.expose_headers() {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            let detail = format!("the header `{name}` has a character that headers cannot have");
            TransportError::new(TransportErrorKind::Connect, detail).permanent()
        })?;
        value.set_sensitive(matches!(name, "authorization" | "x-acs-security-token"));
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

fn setup(error: &dyn std::error::Error) -> TransportError {
    let detail = format!("TLS is not available: {error}");
    TransportError::new(TransportErrorKind::Connect, detail).permanent()
}
