//! Pools of connections, and which of them leads to an endpoint.
//!
//! Knows no request.

use std::collections::BTreeMap;
use std::time::Duration;

use rustls::ClientConfig;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::{Handle, Id};
use tokio::time::Instant;

use super::super::failure::Proxied;
use super::{Settings, tls};
use crate::endpoint::Target;
use crate::error::{EndpointError, Error};
use crate::proxy::Proxy;

/// How many pools are kept: one for each `tokio` runtime, with and without TLS and each proxy.
const LIMIT: usize = 16;

/// After how long without a byte the system asks whether the other side is still there.
const KEEPALIVE: Duration = Duration::from_secs(15);

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
    /// When there was no connection in it yet; none is older.
    started: Instant,
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
        if let Some(age) = settings.connections.max_age {
            // What is on its way over connections of an old pool comes to its end.
            self.pools.retain(|pool| pool.started.elapsed() < age);
        }
        let position = match self.pools.iter().position(|pool| pool.serves(way, runtime)) {
            Some(position) => position,
            None => {
                let client = client(settings, way, &mut self.tls)?;
                if self.pools.len() == LIMIT {
                    self.pools.remove(0);
                }
                let (plain, proxy) = (way.is_plain(), way.proxy_url().cloned());
                let started = Instant::now();
                self.pools.push(Pool { client, plain, proxy, runtime, started });
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
    let tls = match checking {
        _ if way.is_plain() => tls::unused(settings)?,
        Some(tls) => tls.clone(),
        None => checking.insert(tls::checking(settings)?).clone(),
    };
    let connections = &settings.connections;
    // The environment was read already: `reqwest` passes over what it does not understand.
    let mut client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(settings.connect_timeout)
        .pool_max_idle_per_host(settings.max_connections)
        .pool_idle_timeout(settings.pool_idle_timeout)
        .tcp_keepalive(connections.tcp_keepalive.unwrap_or(KEEPALIVE))
        .no_proxy()
        // Requests say it themselves; this one is for proxies.
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
    if let Some(timeout) = connections.read_timeout {
        client = client.read_timeout(timeout);
    }
    if let Some(proxy) = &way.proxy {
        let url = proxy.url.expose_secret();
        client = client.proxy(reqwest::Proxy::all(url).map_err(|_| EndpointError::Proxy {
            named_by: proxy.named_by,
            reason: "it is no URL",
        })?);
    }
    client.build().map_err(|error| tls::setup(&error))
}
