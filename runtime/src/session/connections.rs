//! What can be set of the connections of the built-in transport: who is trusted, how it is proven who
//! calls, and how long they live.
//!
//! Knows neither TLS nor HTTP; what is set is looked at when a client is built.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::Builder;
use crate::transport::TlsVersion;

/// Certificates that are trusted, in PEM form.
#[derive(Clone)]
pub(crate) enum Trust {
    /// Besides those of the platform.
    Also(Arc<[u8]>),
    /// And no others.
    Only(Arc<[u8]>),
}

/// A certificate with those that vouch for it, and its key, in PEM form.
pub(crate) struct ClientCertificate {
    pub(crate) chain: Vec<u8>,
    pub(crate) key: SecretString,
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}

/// What was set; the rest has defaults.
#[derive(Clone, Default)]
pub(crate) struct Connections {
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) tcp_keepalive: Option<Duration>,
    pub(crate) max_age: Option<Duration>,
    pub(crate) trust: Option<Trust>,
    pub(crate) client_certificate: Option<Arc<ClientCertificate>>,
    pub(crate) min_tls: Option<TlsVersion>,
}

impl Connections {
    /// Fills in what was not set here.
    pub(super) fn or(self, base: &Self) -> Self {
        Self {
            read_timeout: self.read_timeout.or(base.read_timeout),
            tcp_keepalive: self.tcp_keepalive.or(base.tcp_keepalive),
            max_age: self.max_age.or(base.max_age),
            trust: self.trust.or_else(|| base.trust.clone()),
            client_certificate: self.client_certificate.or_else(|| base.client_certificate.clone()),
            min_tls: self.min_tls.or(base.min_tls),
        }
    }

    /// Whether anything was set.
    pub(super) fn are_set(&self) -> bool {
        self.read_timeout.is_some()
            || self.tcp_keepalive.is_some()
            || self.max_age.is_some()
            || self.trust.is_some()
            || self.client_certificate.is_some()
            || self.min_tls.is_some()
    }
}

impl<S> Builder<S> {
    /// Sets for how long the built-in transport waits for the next bytes of an answer, and for its
    /// first ones; by default as long as the attempt may take. Who waits longer for an operation that
    /// takes its time to begin has to allow for it here, too.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.options.connections.read_timeout = Some(timeout);
        self
    }

    /// Sets after how long without a byte the built-in transport has the system ask whether the other
    /// side of a connection is still there; 15 seconds by default.
    pub fn tcp_keepalive(mut self, idle: Duration) -> Self {
        self.options.connections.tcp_keepalive = Some(idle);
        self
    }

    /// Sets how old the connections of the built-in transport may become; without limit by default.
    /// What is on its way over an old one is not cut off. New connections are made to where the name of
    /// the host leads by then.
    pub fn max_connection_age(mut self, age: Duration) -> Self {
        self.options.connections.max_age = Some(age);
        self
    }

    /// Trusts these certificates, besides those that the platform trusts: one or more in PEM form, such
    /// as that of a proxy that looks into connections. Set twice, the last ones count.
    pub fn ca_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.options.connections.trust = Some(Trust::Also(pem.as_ref().into()));
        self
    }

    /// Trusts these certificates, one or more in PEM form, and not those of the platform, which are not
    /// even looked for.
    pub fn only_ca_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.options.connections.trust = Some(Trust::Only(pem.as_ref().into()));
        self
    }

    /// Shows a certificate to servers and proxies that ask for one: in PEM form, itself first, followed
    /// by those that vouch for it; and its key, in PEM form, too. The key is wiped when nobody needs it
    /// any more, but for the copy that the TLS library makes.
    pub fn client_certificate(
        mut self,
        chain: impl AsRef<[u8]>,
        key: impl Into<SecretString>,
    ) -> Self {
        let (chain, key) = (chain.as_ref().to_vec(), key.into());
        self.options.connections.client_certificate =
            Some(Arc::new(ClientCertificate { chain, key }));
        self
    }

    /// Sets the oldest version of TLS that the built-in transport speaks; [`TlsVersion::Tls12`] by
    /// default.
    pub fn min_tls_version(mut self, version: TlsVersion) -> Self {
        self.options.connections.min_tls = Some(version);
        self
    }

    /// Adds words to what requests say of who sends them in their header `user-agent`, such as
    /// `shop/1.2`: visible ASCII, and spaces between. They are no secret: who stands on the way, and
    /// writes logs, may read them.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.options.user_agent_suffix = Some(suffix.into());
        self
    }
}
