//! The core of a client: a session and the host of a service.
//!
//! Knows no operation; generated clients wrap it and add a method for each of theirs.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::call::Call;
use crate::endpoint::{self, EndpointError, Target};
use crate::error::Error;
use crate::generic::GenericCall;
use crate::meta::{Endpoint, EnvelopeMembers, Network};
use crate::operation::Operation;
use crate::session::{self, Session, Shared};
use crate::wait::{Goal, Repeat, Wait};

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

    /// Prepares a call of an operation by its name, such as one that is newer than the crate.
    pub fn request(&self, action: impl Into<String>) -> GenericCall {
        GenericCall::new(&self.shared, action.into())
    }

    /// Prepares a waiting until a goal is reached.
    pub fn wait<O: Repeat>(&self, request: O, goal: &'static Goal) -> Wait<O> {
        Wait::new(self.call(request), goal)
    }
}

/// What is known of a service besides its operations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    pub(crate) endpoints: &'static [Endpoint],
    pub(crate) network: Network,
    pub(crate) allow_http: bool,
    /// The version of its API; none where nobody said it.
    pub(crate) version: Option<&'static str>,
    pub(crate) envelope: &'static EnvelopeMembers,
}

/// Nothing.
impl Default for About {
    fn default() -> Self {
        Self {
            endpoints: &[],
            network: Network::Public,
            allow_http: false,
            version: None,
            envelope: &EnvelopeMembers::USUAL,
        }
    }
}

/// Builds a client.
///
/// Needed is a region or an endpoint, and without one the region that this machine is configured for;
/// everything else has a default.
pub type Builder<C> = session::Builder<Service<C>>;

/// What a [`Builder`] knows of a service: its hosts, and which of them was chosen.
pub struct Service<C> {
    about: About,
    endpoint: Option<String>,
    session: Option<Session>,
    client: PhantomData<fn() -> C>,
}

impl<C> session::Builder<Service<C>> {
    /// Starts with the hosts that the documents of a service list.
    #[doc(hidden)]
    pub fn new(endpoints: &'static [Endpoint]) -> Self {
        Self::of(Service {
            about: About { endpoints, ..About::default() },
            endpoint: None,
            session: None,
            client: PhantomData,
        })
    }

    /// Tells what calls by name have to know.
    #[doc(hidden)]
    pub fn api(self, version: &'static str, envelope: &'static EnvelopeMembers) -> Self {
        let about = About { version: Some(version), envelope, ..self.service.about };
        Self { service: Service { about, ..self.service }, ..self }
    }

    /// Shares credentials, connections and settings with the other clients of a session. What is set
    /// on this builder goes before what the session says, whether it is set before or after.
    pub fn session(mut self, session: &Session) -> Self {
        self.service.session = Some(session.clone());
        self
    }

    /// Chooses the network in which the region's host is reached; [`Network::Public`] by default.
    pub fn network(mut self, network: Network) -> Self {
        self.service.about.network = network;
        self
    }

    /// Names the host to call, with scheme and port where they are not `https` and its own. It goes
    /// before the region's.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.service.endpoint = Some(endpoint.into());
        self
    }

    /// Allows an endpoint with `http://`, which shows passwords to everybody on the way. Endpoints
    /// on this machine are allowed without it.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.service.about.allow_http = allow;
        self
    }
}

impl<C: TryFrom<Client>> session::Builder<Service<C>>
where
    Error: From<C::Error>,
{
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// When no region is named, not even by this machine, or there is no host for it; the endpoint, the
    /// proxy or a setting is not acceptable, or TLS cannot be set up: this machine has no certificates
    /// to check others with. On Linux the variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name others than the system's, such as those of a proxy that
    /// looks into connections. Credentials are looked for at the first call.
    pub fn build(self) -> Result<C, Error> {
        let session = match &self.service.session {
            Some(session) => session.adapted(self.options),
            None => Session::new(self.options),
        };
        let region = match (&self.service.endpoint, session.region()) {
            (None, None) => Some(session.region_of_machine()?),
            (_, region) => region.map(str::to_owned),
        };
        let target = self.service.target(region.as_deref())?;
        let shared = Arc::new(session.shared(region, target, self.service.about)?);
        Ok(C::try_from(Client { shared })?)
    }
}

impl<C> Service<C> {
    fn target(&self, region: Option<&str>) -> Result<Target, EndpointError> {
        match (&self.endpoint, region) {
            (Some(endpoint), _) => endpoint::of_text(endpoint, self.about.allow_http),
            (None, Some(region)) => {
                endpoint::of_region(self.about.endpoints, region, self.about.network)
            }
            (None, None) => Err(EndpointError::Missing { tried: Vec::new() }),
        }
    }
}

/// The endpoint is not shown: it may hold what somebody took for a place of a password.
impl<C> fmt::Debug for Service<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Service")
            .field("network", &self.about.network)
            .finish_non_exhaustive()
    }
}
