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
/// Needed is a region or an endpoint; everything else has a default.
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
    pub fn api(mut self, version: &'static str, envelope: &'static EnvelopeMembers) -> Self {
        self.service.about = About { version: Some(version), envelope, ..self.service.about };
        self
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
    /// When there is no host for the region, the endpoint or the proxy is not acceptable, or TLS cannot
    /// be set up: this machine has no certificates to check others with. On Linux the variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name others than the system's, such as those of a proxy that
    /// looks into connections. Credentials are looked for at the first call.
    pub fn build(self) -> Result<C, Error> {
        let session = match &self.service.session {
            Some(session) => session.adapted(self.options),
            None => Session::new(self.options),
        };
        let target = self.service.target(session.region())?;
        let shared = Arc::new(session.shared(target, self.service.about)?);
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
            (None, None) => Err(EndpointError::Missing),
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
