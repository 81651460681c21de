//! The settings of a session and of a client, as far as they are the same.
//!
//! Knows no host; what a client alone can be told stands with the client.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;

use super::{Session, Settings};
use crate::clock::Clock;
use crate::credentials::ProvideCredentials;
use crate::proxy::Choice;
use crate::retry::Policy;
use crate::transport::Transport;

/// Builds a [`Session`] or, as [`client::Builder`](crate::client::Builder), a client. Everything has
/// a default.
#[must_use = "nothing is built before `build`"]
pub struct Builder<S = ()> {
    pub(crate) options: Options,
    /// What a client alone can be told.
    pub(crate) service: S,
}

impl Builder {
    /// Builds the session. Nothing is looked for: credentials are at the first call, the proxy and
    /// the certificates when a client is built.
    #[must_use]
    pub fn build(self) -> Session {
        Session::new(self.options)
    }
}

impl<S> Builder<S> {
    pub(crate) fn of(service: S) -> Self {
        Self { options: Options::default(), service }
    }

    /// Names the region, such as `cn-hangzhou`; its documented host is called. No environment
    /// variable stands in for it.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.options.region = Some(region.into());
        self
    }

    /// Brings the credentials; by default the
    /// [`DefaultChain`](crate::credentials::DefaultChain) looks for them.
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.options.credentials = Some(Arc::new(credentials));
        self
    }

    /// Replaces the way in which requests travel.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.options.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the clock that requests are signed with, and that the built-in transport checks
    /// certificates by; by default it is the system's. Deadlines and pauses go by another, which
    /// nobody sets.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.options.clock = Some(Clock::new(now));
        self
    }

    /// Sets how long a call may take, all attempts and the pauses between them included; 30 seconds
    /// by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets how long one attempt may take; by default as long as the call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how long the built-in transport may take to connect; 5 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect_timeout = Some(timeout);
        self
    }

    /// Sets how many attempts a call may make, the first included; 3 by default.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.options.max_attempts = Some(attempts);
        self
    }

    /// Sets the pauses between attempts: each is a random part of a time that starts at `first`,
    /// doubles from attempt to attempt, and stays below `longest`. 200 milliseconds and 5 seconds
    /// by default. A service that says how long it wants to be left alone is obeyed instead.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.options.pauses = Some((first, longest));
        self
    }

    /// Sets how many bytes a response may have; 16 MiB by default.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.options.max_response_size = Some(bytes);
        self
    }

    /// Sets how many connections the built-in transport may have at a time; 64 by default, for all
    /// clients of a session together. Calls beyond them wait, and their time runs.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.options.max_connections = Some(connections);
        self
    }

    /// Sets how long a connection of the built-in transport may be idle and is used again; 10 seconds
    /// by default. Servers and what stands before them end idle connections, some after 15 seconds, and
    /// a request that meets this end may be lost; one that must not act twice is not sent again.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.options.pool_idle_timeout = Some(timeout);
        self
    }

    /// Sends the built-in transport's requests through a proxy, an HTTP one as
    /// `http://user:password@host:port`; neither the environment nor `NO_PROXY` counts then.
    ///
    /// By default `HTTPS_PROXY` and `ALL_PROXY` (`HTTP_PROXY` and `ALL_PROXY` for `http://`) name the
    /// proxy, in capitals or not, and `NO_PROXY` the hosts that are called without: `host` with all
    /// below it, `.host`, `*.host`, `host:port`, addresses, networks such as `10.0.0.0/8`, and `*`.
    /// This machine is called without one.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.options.proxy = Some(Choice::Url(url.into()));
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.options.proxy = Some(Choice::Direct);
        self
    }
}

impl<S: fmt::Debug> fmt::Debug for Builder<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("region", &self.options.region)
            .field("service", &self.service)
            .field("settings", &self.options.settings())
            .finish_non_exhaustive()
    }
}

/// What was set; the rest has defaults.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(super) region: Option<String>,
    pub(super) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) clock: Option<Clock>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_response_size: Option<usize>,
    max_attempts: Option<u32>,
    /// The first one at most, and any.
    pauses: Option<(Duration, Duration)>,
    connect_timeout: Option<Duration>,
    max_connections: Option<usize>,
    pool_idle_timeout: Option<Duration>,
    proxy: Option<Choice>,
}

impl Options {
    /// Fills in what was not set here.
    pub(super) fn or(self, base: &Self) -> Self {
        Self {
            region: self.region.or_else(|| base.region.clone()),
            credentials: self.credentials.or_else(|| base.credentials.clone()),
            transport: self.transport.or_else(|| base.transport.clone()),
            clock: self.clock.or_else(|| base.clock.clone()),
            timeout: self.timeout.or(base.timeout),
            attempt_timeout: self.attempt_timeout.or(base.attempt_timeout),
            max_response_size: self.max_response_size.or(base.max_response_size),
            max_attempts: self.max_attempts.or(base.max_attempts),
            pauses: self.pauses.or(base.pauses),
            connect_timeout: self.connect_timeout.or(base.connect_timeout),
            max_connections: self.max_connections.or(base.max_connections),
            pool_idle_timeout: self.pool_idle_timeout.or(base.pool_idle_timeout),
            proxy: self.proxy.or_else(|| base.proxy.clone()),
        }
    }

    /// The same, for a server that is reached without a proxy.
    pub(crate) fn direct(&self, connect_timeout: Duration) -> Self {
        Self { connect_timeout: Some(connect_timeout), proxy: Some(Choice::Direct), ..self.clone() }
    }

    /// The same by another clock.
    pub(crate) fn by_clock(self, clock: Clock) -> Self {
        Self { clock: Some(clock), ..self }
    }

    pub(crate) fn clock(&self) -> Clock {
        self.clock.clone().unwrap_or_default()
    }

    /// Whether something was set that connections of somebody else may not have.
    pub(super) fn concern_connections(&self) -> bool {
        self.transport.is_some()
            || self.clock.is_some()
            || self.connect_timeout.is_some()
            || self.max_connections.is_some()
            || self.pool_idle_timeout.is_some()
            || self.proxy.is_some()
    }

    pub(crate) fn settings(&self) -> Settings {
        let pauses = (Duration::from_millis(200), Duration::from_secs(5));
        let (first_pause, longest_pause) = self.pauses.unwrap_or(pauses);
        Settings {
            timeout: self.timeout.unwrap_or(Duration::from_secs(30)),
            attempt_timeout: self.attempt_timeout,
            max_response_size: self.max_response_size.unwrap_or(16 << 20),
            policy: Policy {
                max_attempts: self.max_attempts.unwrap_or(3),
                first_pause,
                longest_pause,
            },
        }
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn connections(&self) -> crate::transport::https::Settings {
        crate::transport::https::Settings {
            connect_timeout: self.connect_timeout.unwrap_or(Duration::from_secs(5)),
            max_connections: self.max_connections.unwrap_or(64),
            pool_idle_timeout: self.pool_idle_timeout.unwrap_or(Duration::from_secs(10)),
            proxy: self.proxy.clone().unwrap_or(Choice::Environment),
            clock: self.clock.clone().unwrap_or_default(),
        }
    }
}
