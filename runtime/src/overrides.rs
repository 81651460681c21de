//! What holds for one call and not for its client.
//!
//! Knows no request: what a call sends besides its own stands in `beside`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::beside::Beside;
use crate::credentials::ProvideCredentials;
use crate::endpoint;
use crate::error::Error;
use crate::session::Shared;

/// What was said of one call; the rest is the client's.
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    /// Attempts after the first.
    pub(crate) retries: Option<u32>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) beside: Beside,
}

/// The region that a call is made in, where one is known.
pub(crate) fn region<'r>(overrides: Option<&'r Overrides>, client: &'r Shared) -> Option<&'r str> {
    let own = overrides.and_then(|overrides| overrides.region.as_deref());
    own.or(client.region.as_deref())
}

/// The client of a call of which this was said, and how long the call may take.
pub(crate) fn applied(
    overrides: Option<&Overrides>,
    client: &Arc<Shared>,
) -> Result<(Arc<Shared>, Duration), Error> {
    let usual = client.settings.timeout;
    Ok(match overrides {
        Some(overrides) => (overrides.client(client)?, overrides.timeout.unwrap_or(usual)),
        None => (Arc::clone(client), usual),
    })
}

impl Overrides {
    /// What the call shares with the others of its client, but for what was said of it.
    fn client(&self, client: &Arc<Shared>) -> Result<Arc<Shared>, Error> {
        let service = &client.service;
        let target = match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => Some(endpoint::of_text(endpoint, service.allow_http)?),
            (None, Some(region)) => {
                Some(endpoint::of_region(service.endpoints, region, service.network)?)
            }
            (None, None) => None,
        };
        let is_said = target.is_some()
            || self.region.is_some()
            || self.credentials.is_some()
            || self.retries.is_some();
        if !is_said {
            return Ok(Arc::clone(client));
        }
        let mut own = Shared::clone(client);
        if let Some(target) = target {
            own.transport = own.wire.transport(&target)?;
            own.clock = own.wire.clock(&target);
            own.target = target;
        }
        if let Some(region) = &self.region {
            own.region = Some(region.clone());
        }
        if let Some(credentials) = &self.credentials {
            own.credentials = Arc::clone(credentials);
        }
        if let Some(retries) = self.retries {
            own.settings.policy.max_attempts = retries.saturating_add(1);
        }
        Ok(Arc::new(own))
    }
}

/// The endpoint is not shown: it may hold what somebody took for a place of a password.
impl fmt::Debug for Overrides {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Overrides")
            .field("region", &self.region)
            .field("retries", &self.retries)
            .field("timeout", &self.timeout)
            .field("beside", &self.beside)
            .finish_non_exhaustive()
    }
}

/// The methods of a call that say something of it alone; the call has a method `overrides`.
macro_rules! overridable {
    () => {
        /// Calls the documented host of another region, in the client's network, whatever host the
        /// client calls.
        pub fn region(mut self, region: impl Into<String>) -> Self {
            self.overrides().region = Some(region.into());
            self
        }

        /// Calls another host, with scheme and port where they are not `https` and its own. It goes
        /// before a region. One with `http://` is refused unless it is on this machine or the client
        /// was built with `.allow_http(true)`.
        pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
            self.overrides().endpoint = Some(endpoint.into());
            self
        }

        /// Makes the call as somebody else.
        pub fn credentials(
            mut self,
            credentials: impl $crate::credentials::ProvideCredentials + 'static,
        ) -> Self {
            self.overrides().credentials = Some(::std::sync::Arc::new(credentials));
            self
        }

        /// Sends a header besides those of the request. One whose name starts with `x-acs-` is signed.
        ///
        /// A header that the runtime makes itself, that the request has already, or that cannot be
        /// sent, is refused when the call is made. What nobody may see is told to
        /// [`redact`](Self::redact), too.
        pub fn header(mut self, name: impl Into<String>, value: impl ToString) -> Self {
            self.overrides().beside.add_header(name.into(), value.to_string());
            self
        }

        /// Sends a parameter in the query besides those of the request, such as one that is newer than
        /// the crate. Each item of a list is a parameter of its own: `Tag.1.Key`, `Tag.2.Key`.
        ///
        /// One that the request has already is refused when the call is made. What nobody may see is
        /// told to [`redact`](Self::redact), too.
        pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
            self.overrides().beside.add_query(name.into(), value.to_string());
            self
        }

        /// Names a secret that the call sends in a place where it is not known to be one, so that it is
        /// struck out of what errors and logs repeat of the service's words.
        pub fn redact(mut self, secret: impl Into<$crate::SecretString>) -> Self {
            self.overrides().beside.add_secret(secret.into());
            self
        }

        /// Sets how many attempts may follow the first one. With 0 there is one attempt, whatever
        /// becomes of it: neither a pause nor a mended clock or token leads to another.
        pub fn retries(mut self, retries: u32) -> Self {
            self.overrides().retries = Some(retries);
            self
        }

        /// Sets how long the call may take, all attempts and the pauses between them included.
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.overrides().timeout = Some(timeout);
            self
        }
    };
}

pub(crate) use overridable;
