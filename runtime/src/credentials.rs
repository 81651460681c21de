//! What proves who calls, and where it comes from.

mod ask;
mod cached;
mod chain;
mod cli_profile;
mod environment;
mod error;
mod files;
mod given;
mod identity;
mod ini;
mod instance;
mod login;
mod net;
mod nobody;
mod process;
mod region;
mod roles;
mod server;
mod shared_file;
mod sts;
mod taken;

use std::any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use secrecy::{ExposeSecret, SecretString};

use crate::BoxFuture;

pub(crate) use ask::ask;
pub use cached::Cached;
pub use chain::{DefaultChain, Source};
pub use error::CredentialsError;
pub(crate) use net::Net;
pub(crate) use nobody::Nobody;
pub(crate) use region::region;
pub use roles::{AssumeRole, AssumeRoleWithOidc, CredentialsUri, EcsRamRole, ExternalProcess};
pub(crate) use taken::{are_asked_for, check_taken};

/// What proves who calls: an access key, with a security token when the key is a temporary one, or a
/// bearer token.
///
/// An operation takes keys, bearer tokens or either, as its `META.security` says; a call with what it
/// does not take is refused before anything is sent. `Debug` shows neither keys nor tokens; their
/// memory is wiped when they are dropped.
///
/// ```
/// use alibabacloud_runtime::credentials::Credentials;
///
/// let lasting = Credentials::new("LTAI****", "the secret");
/// let temporary = Credentials::new("STS.****", "the secret").with_security_token("the token");
/// let bearer = Credentials::bearer("the token");
/// ```
#[derive(Clone)]
pub struct Credentials {
    proof: Proof,
    security_token: Option<SecretString>,
    expiration: Option<SystemTime>,
}

#[derive(Clone)]
enum Proof {
    Key { id: String, secret: SecretString },
    Bearer(SecretString),
}

impl Credentials {
    /// An access key.
    #[must_use]
    pub fn new(
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<SecretString>,
    ) -> Self {
        let (id, secret) = (access_key_id.into(), access_key_secret.into());
        Self::of(Proof::Key { id, secret })
    }

    /// A bearer token: whoever shows it may call. It has no security token beside it.
    #[must_use]
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self::of(Proof::Bearer(token.into()))
    }

    fn of(proof: Proof) -> Self {
        Self { proof, security_token: None, expiration: None }
    }

    /// Adds the token that STS gave out with a temporary key.
    #[must_use]
    pub fn with_security_token(mut self, security_token: impl Into<SecretString>) -> Self {
        self.security_token = Some(security_token.into());
        self
    }

    /// Says when they end, so that [`Cached`] can replace them before.
    #[must_use]
    pub fn with_expiration(mut self, expiration: SystemTime) -> Self {
        self.expiration = Some(expiration);
        self
    }

    /// The id of the access key, unless they are a bearer token.
    pub fn access_key_id(&self) -> Option<&str> {
        match &self.proof {
            Proof::Key { id, .. } => Some(id),
            Proof::Bearer(_) => None,
        }
    }

    /// The secret of the access key, unless they are a bearer token.
    pub fn access_key_secret(&self) -> Option<&SecretString> {
        match &self.proof {
            Proof::Key { secret, .. } => Some(secret),
            Proof::Bearer(_) => None,
        }
    }

    /// The security token of a temporary key.
    pub fn security_token(&self) -> Option<&SecretString> {
        self.security_token.as_ref()
    }

    /// When they end, where that is known.
    pub fn expiration(&self) -> Option<SystemTime> {
        self.expiration
    }

    /// The bearer token, unless they are an access key.
    pub fn bearer_token(&self) -> Option<&SecretString> {
        match &self.proof {
            Proof::Key { .. } => None,
            Proof::Bearer(token) => Some(token),
        }
    }

    /// All that must be shown to nobody.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        let own = match &self.proof {
            Proof::Key { secret, .. } => secret,
            Proof::Bearer(token) => token,
        };
        std::iter::once(own).chain(&self.security_token)
    }

    /// Whether they are these ones, part for part.
    pub(crate) fn are(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }

    /// Each part with what it is called.
    fn parts(&self) -> Vec<(&'static str, &str)> {
        let own = match &self.proof {
            Proof::Key { id, secret } => {
                vec![("access key id", id.as_str()), ("access key secret", secret.expose_secret())]
            }
            Proof::Bearer(token) => vec![("bearer token", token.expose_secret())],
        };
        let token = self.security_token.iter();
        let token = token.map(|token| ("security token", token.expose_secret()));
        own.into_iter().chain(token).collect()
    }

    /// Refuses what no header can carry and no service gave out: most often a line break that was
    /// copied together with the key.
    pub(crate) fn check(&self) -> Result<(), CredentialsError> {
        for (what, text) in self.parts() {
            if text.is_empty() {
                return Err(CredentialsError::new(format!("the {what} is empty")));
            }
            if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
                let message = format!("the {what} has a character that is not visible ASCII");
                return Err(CredentialsError::new(message));
            }
        }
        match (&self.proof, &self.security_token) {
            (Proof::Bearer(_), Some(_)) => {
                let message = "a bearer token has no security token beside it";
                Err(CredentialsError::new(message))
            }
            (Proof::Bearer(_), None) | (Proof::Key { .. }, _) => Ok(()),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HIDDEN: &str = "[REDACTED]";
        let mut shown = formatter.debug_struct("Credentials");
        match &self.proof {
            Proof::Key { .. } => {
                shown.field("access_key_id", &HIDDEN).field("access_key_secret", &HIDDEN)
            }
            Proof::Bearer(_) => shown.field("bearer_token", &HIDDEN),
        };
        shown.field("security_token", &self.security_token.as_ref().map(|_| HIDDEN));
        shown.field("expiration", &self.expiration).finish()
    }
}

/// Gives out credentials; asked for every call.
///
/// Implement it for keys that change and that no other type here knows, those of a vault; say when
/// they end by [`Credentials::with_expiration`], and put [`Cached`] around it, so that it is not asked
/// for every call. The call's deadline covers the time that it takes, as long as the future leaves its
/// thread free: whatever blocks belongs on a thread of its own. A provider that panics, or that is not
/// done at the deadline, is named in the error of the call.
///
/// ```
/// use alibabacloud_runtime::BoxFuture;
/// use alibabacloud_runtime::credentials::{Credentials, CredentialsError, ProvideCredentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
///         Box::pin(async { Err(CredentialsError::new("the vault is sealed")) })
///     }
/// }
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// Gives out credentials.
    ///
    /// # Errors
    ///
    /// When there are none; the message is shown to users and must hold no secret.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;

    /// Gives out credentials after a service has said that `refused` have expired, whatever they say
    /// themselves. Who keeps none has nothing to do here.
    ///
    /// # Errors
    ///
    /// When there are none, as with [`provide`](Self::provide).
    fn refresh<'a>(
        &'a self,
        refused: &'a Credentials,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        let _ = refused;
        self.provide()
    }

    /// What errors call the provider; by default the name of its type. It is shown to users and must
    /// hold no secret.
    fn name(&self) -> Cow<'_, str> {
        any::type_name::<Self>().into()
    }
}

/// Providers can be shared.
impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        (**self).provide()
    }

    fn refresh<'a>(
        &'a self,
        refused: &'a Credentials,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        (**self).refresh(refused)
    }

    fn name(&self) -> Cow<'_, str> {
        (**self).name()
    }
}

/// Why a source gives out no credentials.
enum Lack {
    /// It is not there or names nobody: the next source is asked.
    Nothing(String),
    /// It names an identity that it cannot give out: any other would be the wrong one.
    Unusable(String),
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
