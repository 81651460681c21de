//! Pools of connections, and which of them leads to an endpoint.
//!
//! Knows no request.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::{Handle, Id};

use super::super::failure::Proxied;
use super::super::{TransportError, TransportErrorKind};
use super::Settings;
use crate::clock::Clock;
use crate::endpoint::Target;
use crate::error::{EndpointError, Error};
use crate::proxy::Proxy;

/// How many pools are kept: one for each `tokio` runtime, with and without TLS and each proxy.
const LIMIT: usize = 16;

#[derive(Default)]
pub(super) struct Pools {
    /// What stands before the endpoints that were asked for, by their URLs.
    ways: BTreeMap<String, Way>,
    /// The oldest first.
    pools: Vec<Pool>,
    /// TLS that checks certificates, once it was needed.
    tls: Option<ClientConfig>,
}

/// What stands between a client and an endpoint.
struct Way {
    target: Target,
    proxy: Option<Proxy>,
}

impl Way {
    /// Whether no certificate is ever checked.
    fn is_plain(&self) -> bool {
        self.target.is_plain() && self.proxy.as_ref().is_none_or(|proxy| proxy.plain)
    }

    fn proxy_url(&self) -> Option<&SecretString> {
        self.proxy.as_ref().map(|proxy| &proxy.url)
    }
}

/// Connections that any endpoint with the same proxy and the same TLS can be called over.
struct Pool {
    client: reqwest::Client,
    plain: bool,
    proxy: Option<SecretString>,
    /// The runtime that drives the connections; none before the first call. They rest while it does,
    /// so that calls of another one would wait for it.
    runtime: Option<Id>,
}

impl Pool {
    /// Whether calls on a runtime may go this way. Outside of any, nothing is sent.
    fn serves(&self, way: &Way, runtime: Option<Id>) -> bool {
        let proxy = self.proxy.as_ref().map(|url| url.expose_secret());
        let same = proxy == way.proxy_url().map(|url| url.expose_secret());
        let has_runtime = self.runtime.is_none() || runtime.is_none() || self.runtime == runtime;
        same && self.plain == way.is_plain() && has_runtime
    }
}

/// How an endpoint is called.
pub(super) struct Route {
    pub(super) client: reqwest::Client,
    pub(super) proxied: Option<Proxied>,
}

impl Pools {
    /// How the endpoint with the URL `base` is called.
    pub(super) fn route(
        &mut self,
        settings: &Settings,
        base: &str,
        target: impl FnOnce() -> Result<Target, EndpointError>,
    ) -> Result<Route, Error> {
        if !self.ways.contains_key(base) {
            let target = target()?;
            let proxy = settings.proxy.proxy(&target)?;
            self.ways.insert(base.to_owned(), Way { target, proxy });
        }
        let way = &self.ways[base];
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        let position = match self.pools.iter().position(|pool| pool.serves(way, runtime)) {
            Some(position) => position,
            None => {
                let client = client(settings, way, &mut self.tls)?;
                if self.pools.len() == LIMIT {
                    self.pools.remove(0);
                }
                let (plain, proxy) = (way.is_plain(), way.proxy_url().cloned());
                self.pools.push(Pool { client, plain, proxy, runtime });
                self.pools.len() - 1
            }
        };
        let pool = &mut self.pools[position];
        pool.runtime = pool.runtime.or(runtime);
        let client = pool.client.clone();
        let address = way.proxy.as_ref().map(|proxy| proxy.address.clone());
        let proxied = address.map(|address| Proxied::new(&client, address, &way.target));
        Ok(Route { client, proxied })
    }
}

fn client(
    settings: &Settings,
    way: &Way,
    checking: &mut Option<ClientConfig>,
) -> Result<reqwest::Client, Error> {
    let tls = if way.is_plain() {
        // Machines without certificates can talk to themselves all the same.
        let tls =
            tls(&settings.clock).map(|tls| tls.with_root_certificates(RootCertStore::empty()));
        tls.map_err(|error| setup(&error))?.with_no_client_auth()
    } else if let Some(tls) = checking {
        tls.clone()
    } else {
        let tls = tls(&settings.clock).and_then(|tls| tls.with_platform_verifier());
        checking.insert(tls.map_err(|error| setup(&error))?.with_no_client_auth()).clone()
    };
    // The environment was read already: `reqwest` passes over what it does not understand.
    let mut client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(settings.connect_timeout)
        .pool_max_idle_per_host(settings.max_connections)
        .pool_idle_timeout(settings.pool_idle_timeout)
        .no_proxy()
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
    if let Some(proxy) = &way.proxy {
        let url = proxy.url.expose_secret();
        client = client.proxy(reqwest::Proxy::all(url).map_err(|_| EndpointError::Proxy {
            named_by: proxy.named_by,
            reason: "it is no URL",
        })?);
    }
    Ok(client.build().map_err(|error| setup(&error))?)
}

/// TLS with the cryptography that the application has chosen, or else `ring`, which builds with
/// nothing but a C compiler.
fn tls(
    clock: &Clock,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let config = ClientConfig::builder_with_details(provider, Arc::new(clock.clone()));
    config.with_safe_default_protocol_versions()
}

fn setup(error: &dyn std::error::Error) -> TransportError {
    let detail = format!("TLS is not available: {error}");
    TransportError::new(TransportErrorKind::Connect, detail).permanent()
}
