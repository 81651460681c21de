//! The settings of a session and of a client, as far as they are the same.
//!
//! Knows no host; what a client alone can be told stands with the client.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use secrecy::SecretString;

use super::connections::Connections;
use super::{Session, Settings};
use crate::clock::Clock;
use crate::credentials::ProvideCredentials;
use crate::endpoint::EndpointError;
use crate::error::Error;
use crate::observer::{Observer, Observers};
use crate::proxy::Choice;
use crate::retry::budget::{self, Budget};
use crate::retry::{Classify, Policy, Retry, Retrying};
use crate::transport::Transport;
use crate::user_agent::user_agent;

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

    /// Names the region, such as `cn-hangzhou`; its documented host is called. A client without one, and
    /// without an endpoint, takes the region that `ALIBABA_CLOUD_REGION_ID` names, or else that of the
    /// profile of the command line tool that the
    /// [`DefaultChain`](crate::credentials::DefaultChain) asks for credentials.
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

    /// Names the profile of the command line tool that gives credentials and a region, and the section
    /// of the shared credentials file, whatever `ALIBABA_CLOUD_PROFILE` says. Credentials and a region
    /// that are brought go before it.
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.options.profile = Some(profile.into());
        self
    }

    /// Reads no environment variable and no file of the machine's: no region, no proxy and no
    /// credentials. All that is needed has to be brought then; a client without credentials can make
    /// the calls that ask for none. What is brought goes its own ways: a `DefaultChain` reads what it
    /// always reads. Which certificates are trusted by default is the platform's affair, which on Linux
    /// knows two variables, unless [`only_ca_certificates`](Self::only_ca_certificates) says otherwise.
    pub fn no_environment(mut self) -> Self {
        self.options.no_environment = true;
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

    /// Adds somebody who is told of each call and each attempt that has ended. Those of a session and
    /// those of its client are told alike.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.options.observers.add(observer);
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

    /// Says of errors what the runtime does not know: that the code of a service means that it may pass,
    /// or that something does not. It is asked after each attempt that fails, remedies for the clock and
    /// for a security token apart, and decides for no more attempts than there may be.
    ///
    /// ```
    /// use alibabacloud_runtime::retry::Retry;
    /// use alibabacloud_runtime::session::Session;
    ///
    /// let session = Session::builder().classify(|error| match error.code() {
    ///     Some("FlowLimit") => Retry::NotDone,
    ///     Some("TaskLocked") => Retry::IfHarmless,
    ///     _ => Retry::Default,
    /// });
    /// ```
    pub fn classify(mut self, classify: impl Fn(&Error) -> Retry + Send + Sync + 'static) -> Self {
        self.options.classify = Some(Arc::new(classify));
        self
    }

    /// Sets how many tokens the calls of a client have together for attempts after the first; 500 by
    /// default, and `None` for no limit.
    ///
    /// Another attempt takes 5 of them, or 10 after one whose time was up. A call that succeeds brings
    /// back what it took, or 1 when it took nothing. Without enough of them a call ends with the error
    /// that it has come to, so that a service that is down is not asked several times by every call.
    pub fn retry_budget(mut self, tokens: impl Into<Option<u32>>) -> Self {
        self.options.retry_budget = Some(tokens.into());
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
    pub(super) profile: Option<String>,
    pub(super) no_environment: bool,
    pub(super) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) clock: Option<Clock>,
    pub(crate) observers: Observers,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_response_size: Option<usize>,
    max_attempts: Option<u32>,
    /// The first one at most, and any.
    pauses: Option<(Duration, Duration)>,
    classify: Option<Classify>,
    /// So many tokens, or no limit.
    retry_budget: Option<Option<u32>>,
    connect_timeout: Option<Duration>,
    max_connections: Option<usize>,
    pool_idle_timeout: Option<Duration>,
    proxy: Option<Choice>,
    pub(super) connections: Connections,
    pub(super) user_agent_suffix: Option<String>,
}

impl Options {
    /// Fills in what was not set here.
    pub(super) fn or(self, base: &Self) -> Self {
        Self {
            region: self.region.or_else(|| base.region.clone()),
            profile: self.profile.or_else(|| base.profile.clone()),
            no_environment: self.no_environment || base.no_environment,
            credentials: self.credentials.or_else(|| base.credentials.clone()),
            transport: self.transport.or_else(|| base.transport.clone()),
            clock: self.clock.or_else(|| base.clock.clone()),
            observers: self.observers.and(&base.observers),
            timeout: self.timeout.or(base.timeout),
            attempt_timeout: self.attempt_timeout.or(base.attempt_timeout),
            max_response_size: self.max_response_size.or(base.max_response_size),
            max_attempts: self.max_attempts.or(base.max_attempts),
            pauses: self.pauses.or(base.pauses),
            classify: self.classify.or_else(|| base.classify.clone()),
            retry_budget: self.retry_budget.or(base.retry_budget),
            connect_timeout: self.connect_timeout.or(base.connect_timeout),
            max_connections: self.max_connections.or(base.max_connections),
            pool_idle_timeout: self.pool_idle_timeout.or(base.pool_idle_timeout),
            proxy: self.proxy.or_else(|| base.proxy.clone()),
            connections: self.connections.or(&base.connections),
            user_agent_suffix: self.user_agent_suffix.or_else(|| base.user_agent_suffix.clone()),
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

    /// Whether credentials are to be found otherwise than for `base`, if nobody brings any.
    pub(super) fn concern_credentials(&self, base: &Self) -> bool {
        let profile = self.profile.is_some() && self.profile != base.profile;
        profile || (self.no_environment && !base.no_environment)
    }

    /// Whether something was set that the connections of `base` may not have.
    pub(super) fn concern_connections(&self, base: &Self) -> bool {
        (self.no_environment && !base.no_environment)
            || self.transport.is_some()
            || self.clock.is_some()
            || self.connect_timeout.is_some()
            || self.max_connections.is_some()
            || self.pool_idle_timeout.is_some()
            || self.proxy.is_some()
            || self.connections.are_set()
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

    /// What requests say of who sends them.
    pub(crate) fn user_agent(&self) -> Result<Arc<str>, EndpointError> {
        user_agent(self.user_agent_suffix.as_deref())
    }

    /// What the calls of one client share for their retries, with a full budget.
    pub(crate) fn retrying(&self) -> Arc<Retrying> {
        let tokens = self.retry_budget.unwrap_or(Some(budget::USUAL));
        Arc::new(Retrying { classify: self.classify.clone(), budget: Budget::of(tokens) })
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn connections(&self) -> crate::transport::https::Settings {
        let usual_proxy = if self.no_environment { Choice::Direct } else { Choice::Environment };
        crate::transport::https::Settings {
            connect_timeout: self.connect_timeout.unwrap_or(Duration::from_secs(5)),
            max_connections: self.max_connections.unwrap_or(64),
            pool_idle_timeout: self.pool_idle_timeout.unwrap_or(Duration::from_secs(10)),
            proxy: self.proxy.clone().unwrap_or(usual_proxy),
            clock: self.clock.clone().unwrap_or_default(),
            connections: self.connections.clone(),
        }
    }
}
