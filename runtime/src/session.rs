//! What calls share: credentials, connections, clocks and settings.
//!
//! Knows no operation and no host before a client names one.

mod builder;
#[cfg_attr(
    not(feature = "reqwest"),
    expect(dead_code, reason = "a transport that somebody brings has its own connections")
)]
mod connections;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use builder::Builder;
pub(crate) use builder::Options;
#[cfg(feature = "reqwest")]
pub(crate) use connections::{ClientCertificate, Connections, Trust};

use crate::client::About;
use crate::clock::Clock;
use crate::credentials::{self, DefaultChain, Net, Nobody, ProvideCredentials};
use crate::endpoint::{EndpointError, Target};
use crate::error::Error;
use crate::observer::Observers;
use crate::retry::{Policy, Retrying};
use crate::transport::Transport;

/// What the clients of several crates share: one provider of credentials, one pool of connections,
/// and settings.
///
/// A session is cheap to clone. Each client that is given one may differ from it: what is set on the
/// client's own builder counts, before or after `.session(…)`. A client with a transport, a clock, a
/// proxy or limits of connections of its own has connections of its own, too.
///
/// Clocks that were corrected by a service are kept per host: that one service finds this machine's
/// clock wrong tells nothing about what another one's says.
///
/// `Debug` shows no credentials.
///
/// ```
/// use alibabacloud_runtime::credentials::Credentials;
/// use alibabacloud_runtime::session::Session;
///
/// let session = Session::builder()
///     .region("cn-hangzhou")
///     .credentials(Credentials::new("LTAI****", "the secret"))
///     .build();
/// // `Client::builder().session(&session).build()?` of each crate makes its client.
/// ```
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    /// With credentials only where somebody brought them; what is found is beside them.
    options: Options,
    credentials: Arc<dyn ProvideCredentials>,
    wire: Arc<Wire>,
}

impl Session {
    /// Starts with the [`DefaultChain`] of credentials and the built-in transport.
    pub fn builder() -> Builder {
        Builder::of(())
    }

    pub(crate) fn new(options: Options) -> Self {
        let wire = Arc::new(Wire::new(&options));
        let credentials = options.credentials.clone().unwrap_or_else(|| found(&options, &wire));
        Self(Arc::new(Inner { options, credentials, wire }))
    }

    /// The session of a client that differs in `own`.
    pub(crate) fn adapted(&self, own: Options) -> Self {
        let base = &self.0;
        let wire = own.concern_connections(&base.options);
        let found_otherwise = own.concern_credentials(&base.options);
        let options = own.or(&base.options);
        let wire = if wire { Arc::new(Wire::new(&options)) } else { Arc::clone(&base.wire) };
        let credentials = match &options.credentials {
            Some(credentials) => Arc::clone(credentials),
            None if found_otherwise => found(&options, &wire),
            None => Arc::clone(&base.credentials),
        };
        Self(Arc::new(Inner { options, credentials, wire }))
    }

    /// How the servers are reached that hand out credentials.
    pub(crate) fn net(&self) -> Net {
        Net::new(&self.0.options, Some(Arc::clone(&self.0.wire)))
    }

    pub(crate) fn region(&self) -> Option<&str> {
        self.0.options.region.as_deref()
    }

    /// The region that this machine is configured for, unless nobody may look.
    pub(crate) fn region_of_machine(&self) -> Result<String, EndpointError> {
        let options = &self.0.options;
        if options.no_environment {
            return Err(EndpointError::Missing { tried: Vec::new() });
        }
        let found = credentials::region(options.profile.as_deref(), options.settings().timeout);
        found.map_err(|tried| EndpointError::Missing { tried })
    }

    /// What calls to a host share.
    pub(crate) fn shared(
        &self,
        region: Option<String>,
        target: Target,
        service: About,
    ) -> Result<Shared, Error> {
        Ok(Shared {
            region,
            credentials: Arc::clone(&self.0.credentials),
            transport: self.0.wire.transport(&target)?,
            clock: self.0.wire.clock(&target),
            observers: self.0.options.observers.clone(),
            settings: self.0.options.settings(),
            user_agent: self.0.options.user_agent()?,
            retrying: self.0.options.retrying(),
            wire: Arc::clone(&self.0.wire),
            service,
            target,
        })
    }
}

/// Who finds credentials where none are brought.
fn found(options: &Options, wire: &Arc<Wire>) -> Arc<dyn ProvideCredentials> {
    if options.no_environment {
        return Arc::new(Nobody);
    }
    let mut chain = DefaultChain::new().over(Net::new(options, Some(Arc::clone(wire))));
    if let Some(profile) = &options.profile {
        chain = chain.with_profile(profile);
    }
    Arc::new(chain)
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Session")
            .field("region", &self.region())
            .field("settings", &self.0.options.settings())
            .finish_non_exhaustive()
    }
}

/// What the calls of a client share.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub(crate) region: Option<String>,
    pub(crate) target: Target,
    pub(crate) credentials: Arc<dyn ProvideCredentials>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Clock,
    pub(crate) observers: Observers,
    pub(crate) settings: Settings,
    /// What requests say of who sends them.
    pub(crate) user_agent: Arc<str>,
    pub(crate) retrying: Arc<Retrying>,
    /// How calls reach other hosts than the target.
    pub(crate) wire: Arc<Wire>,
    pub(crate) service: About,
}

/// What holds for every call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_response_size: usize,
    pub(crate) policy: Policy,
}

/// How requests travel, and by which clocks they are signed.
pub(crate) struct Wire {
    /// The transport that somebody brings.
    brought: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    built_in: Arc<crate::transport::https::Https>,
    machine: Clock,
    /// The clocks of the hosts that clients were built for.
    clocks: Mutex<BTreeMap<String, Clock>>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Wire").finish_non_exhaustive()
    }
}

impl Wire {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            brought: options.transport.clone(),
            #[cfg(feature = "reqwest")]
            built_in: Arc::new(crate::transport::https::Https::new(options.connections())),
            machine: options.clock.clone().unwrap_or_default(),
            clocks: Mutex::default(),
        }
    }

    pub(crate) fn clock(&self, target: &Target) -> Clock {
        let mut clocks = self.clocks.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = clocks.entry(target.host().to_owned());
        clock.or_insert_with(|| self.machine.uncorrected()).clone()
    }

    pub(crate) fn transport(&self, target: &Target) -> Result<Arc<dyn Transport>, Error> {
        match &self.brought {
            Some(transport) => Ok(Arc::clone(transport)),
            None => self.built_in(target),
        }
    }

    #[cfg(feature = "reqwest")]
    fn built_in(&self, target: &Target) -> Result<Arc<dyn Transport>, Error> {
        self.built_in.prepare(target)?;
        Ok(Arc::clone(&self.built_in) as Arc<dyn Transport>)
    }

    #[cfg(not(feature = "reqwest"))]
    fn built_in(&self, _: &Target) -> Result<Arc<dyn Transport>, Error> {
        use crate::transport::{TransportError, TransportErrorKind};

        let detail = "there is no transport: turn on the feature `reqwest` or bring one with \
                      `.transport(…)`";
        Err(TransportError::new(TransportErrorKind::Connect, detail).permanent().into())
    }
}
