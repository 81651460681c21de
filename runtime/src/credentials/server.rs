//! A server that hands out credentials to whoever knows its address.
//!
//! Knows no variable. The server is reached without a proxy, and without TLS when its URL says so; of the
//! URL nothing but the host is shown.

use std::borrow::Cow;
use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::given::{Given, parse};
use super::net::{Asked, Net, Way, host};
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::BoxFuture;

/// Its URL, which may hold a secret.
#[derive(Clone)]
pub(super) struct Server(pub(super) SecretString);

impl PartialEq for Server {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// Asks it.
#[derive(Clone)]
pub(super) struct ServerKeys {
    pub(super) server: Server,
    pub(super) net: Net,
}

impl ServerKeys {
    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let url = self.server.0.expose_secret();
        let lack =
            |why: &str| CredentialsError::new(format!("no keys from `{}`: {why}", host(url)));
        let answer = self.net.ask(Way::Direct, Asked::get(url)).await;
        let answer = answer.map_err(|missed| lack(missed.why()).retryable(missed.passes()))?;
        let given: Given = parse(answer.into_body()).map_err(|why| lack(&why))?;
        if given.code.as_deref() != Some("Success") {
            return Err(lack("the answer's `Code` is not `Success`"));
        }
        given.credentials().map_err(|why| lack(&why))
    }
}

impl ProvideCredentials for ServerKeys {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }

    fn name(&self) -> Cow<'_, str> {
        format!("CredentialsUri at {}", host(self.server.0.expose_secret())).into()
    }
}

impl fmt::Debug for ServerKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = host(self.server.0.expose_secret());
        formatter.debug_struct("CredentialsUri").field("host", &host).finish_non_exhaustive()
    }
}
