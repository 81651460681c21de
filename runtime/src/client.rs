//! What calls share: endpoint, credentials, transport and settings.
//!
//! Knows no operation; generated clients wrap it and add a method for each of theirs.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;

use crate::call::Call;
use crate::clock::Clock;
use crate::credentials::{DefaultChain, ProvideCredentials};
use crate::endpoint::{self, EndpointError, Target};
use crate::error::Error;
use crate::meta::{Endpoint, Network};
use crate::operation::Operation;
use crate::proxy::Choice;
use crate::retry::Policy;
use crate::transport::Transport;

/// The core of a generated client.
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

impl Client {
    /// Prepares a call.
    pub fn call<O: Operation>(&self, request: O) -> Call<O> {
        Call::new(&self.shared, request)
    }
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) region: Option<String>,
    pub(crate) target: Target,
    /// The URL without a query.
    pub(crate) url: String,
    pub(crate) credentials: Arc<dyn ProvideCredentials>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
}

/// What holds for every call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_response_size: usize,
    pub(crate) policy: Policy,
}

/// Builds a client.
///
/// Needed is a region or an endpoint; everything else has a default.
#[must_use = "nothing is built before `build`"]
pub struct Builder<C> {
    endpoints: &'static [Endpoint],
    region: Option<String>,
    network: Network,
    endpoint: Option<String>,
    allow_http: bool,
    credentials: Arc<dyn ProvideCredentials>,
    transport: Option<Arc<dyn Transport>>,
    clock: Clock,
    connect_timeout: Duration,
    max_connections: usize,
    pool_idle_timeout: Duration,
    proxy: Choice,
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

impl<C> Builder<C> {
    /// Starts with the hosts that the documents of a service list.
    #[doc(hidden)]
    pub fn new(endpoints: &'static [Endpoint]) -> Self {
        Self {
            endpoints,
            region: None,
            network: Network::Public,
            endpoint: None,
            allow_http: false,
            credentials: Arc::new(DefaultChain::new()),
            transport: None,
            clock: Clock::default(),
            connect_timeout: Duration::from_secs(5),
            max_connections: 64,
            pool_idle_timeout: Duration::from_secs(10),
            proxy: Choice::Environment,
            settings: Settings {
                timeout: Duration::from_secs(30),
                attempt_timeout: None,
                max_response_size: 16 << 20,
                policy: Policy {
                    max_attempts: 3,
                    first_pause: Duration::from_millis(200),
                    longest_pause: Duration::from_secs(5),
                },
            },
            client: PhantomData,
        }
    }

    /// Names the region, such as `cn-hangzhou`; its documented host is called. No environment
    /// variable stands in for it.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Chooses the network in which the region's host is reached; [`Network::Public`] by default.
    pub fn network(mut self, network: Network) -> Self {
        self.network = network;
        self
    }

    /// Names the host to call, with scheme and port where they are not `https` and its own. It goes
    /// before the region's.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Allows an endpoint with `http://`, which shows passwords to everybody on the way. Endpoints
    /// on this machine are allowed without it.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Brings the credentials; by default the [`DefaultChain`] looks for them.
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Arc::new(credentials);
        self
    }

    /// Replaces the way in which requests travel.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the clock that requests are signed with, and that the built-in transport checks
    /// certificates by; by default it is the system's. Deadlines and pauses go by another, which
    /// nobody sets.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Sets how long a call may take, all attempts and the pauses between them included; 30 seconds
    /// by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets how long one attempt may take; by default as long as the call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how long the built-in transport may take to connect; 5 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how many attempts a call may make, the first included; 3 by default.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.policy.max_attempts = attempts;
        self
    }

    /// Sets the pauses between attempts: each is a random part of a time that starts at `first`,
    /// doubles from attempt to attempt, and stays below `longest`. 200 milliseconds and 5 seconds
    /// by default. A service that says how long it wants to be left alone is obeyed instead.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.policy.first_pause = first;
        self.settings.policy.longest_pause = longest;
        self
    }

    /// Sets how many bytes a response may have; 16 MiB by default.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// Sets how many connections the built-in transport may have at a time; 64 by default. Calls
    /// beyond them wait, and their time runs.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Sets how long a connection of the built-in transport may be idle and is used again; 10 seconds
    /// by default. Servers and what stands before them end idle connections, some after 15 seconds, and
    /// a request that meets this end may be lost; one that must not act twice is not sent again.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
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
        self.proxy = Choice::Url(url.into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Choice::Direct;
        self
    }

    fn target(&self) -> Result<Target, EndpointError> {
        match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => endpoint::of_text(endpoint, self.allow_http),
            (None, Some(region)) => endpoint::of_region(self.endpoints, region, self.network),
            (None, None) => Err(EndpointError::Missing),
        }
    }

    #[cfg(feature = "reqwest")]
    fn built_in(&self, target: &Target) -> Result<Arc<dyn Transport>, Error> {
        use crate::transport::https::{self, Https};

        let transport = Https::new(https::Settings {
            connect_timeout: self.connect_timeout,
            max_connections: self.max_connections,
            pool_idle_timeout: self.pool_idle_timeout,
            proxy: self.proxy.proxy(target)?,
            target,
            clock: self.clock.clone(),
        })?;
        Ok(Arc::new(transport))
    }

    #[cfg(not(feature = "reqwest"))]
    fn built_in(&self, _: &Target) -> Result<Arc<dyn Transport>, Error> {
        use crate::transport::{TransportError, TransportErrorKind};

        let detail = "there is no transport: turn on the feature `reqwest` or bring one with \
                      `.transport(…)`";
        Err(TransportError::new(TransportErrorKind::Connect, detail).permanent().into())
    }
}

impl<C: TryFrom<Client>> Builder<C>
where
    Error: From<C::Error>,
{
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// When there is no host for the region, the endpoint or the proxy is not acceptable, or TLS cannot
    /// be set up: this machine has no certificates to check others with. On Linux the variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name others than the system's, such as those of a proxy that
    /// looks into connections. Credentials are looked for at the first call.
    pub fn build(self) -> Result<C, Error> {
        let target = self.target()?;
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => self.built_in(&target)?,
        };
        let shared = Shared {
            region: self.region,
            url: target.url(),
            target,
            credentials: self.credentials,
            transport,
            clock: self.clock,
            settings: self.settings,
        };
        Ok(C::try_from(Client { shared: Arc::new(shared) })?)
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("region", &self.region)
            .field("network", &self.network)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
