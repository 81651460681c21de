//! The keys that sign calls, and where they come from.

mod ask;
mod chain;
mod cli_profile;
mod environment;
mod error;
mod files;
mod ini;
mod shared_file;

use std::any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::BoxFuture;

pub(crate) use ask::ask;
pub use chain::DefaultChain;
pub use error::CredentialsError;

/// An access key, with a security token when the key is a temporary one.
///
/// `Debug` shows neither of them; their memory is wiped when they are dropped.
///
/// ```
/// use alibabacloud_runtime::credentials::Credentials;
///
/// let lasting = Credentials::new("LTAI****", "the secret");
/// let temporary = Credentials::new("STS.****", "the secret").with_security_token("the token");
/// ```
#[derive(Clone)]
pub struct Credentials {
    access_key_id: String,
    access_key_secret: SecretString,
    security_token: Option<SecretString>,
}

impl Credentials {
    /// An access key.
    #[must_use]
    pub fn new(
        access_key_id: impl Into<String>,
        access_key_secret: impl Into<SecretString>,
    ) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            access_key_secret: access_key_secret.into(),
            security_token: None,
        }
    }

    /// Adds the token that STS gave out with a temporary key.
    #[must_use]
    pub fn with_security_token(mut self, security_token: impl Into<SecretString>) -> Self {
        self.security_token = Some(security_token.into());
        self
    }

    /// The id of the access key.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret of the access key.
    pub fn access_key_secret(&self) -> &SecretString {
        &self.access_key_secret
    }

    /// The security token of a temporary key.
    pub fn security_token(&self) -> Option<&SecretString> {
        self.security_token.as_ref()
    }

    /// Whether they are these ones, part for part.
    pub(crate) fn are(&self, other: &Self) -> bool {
        fn parts(credentials: &Credentials) -> [Option<&str>; 3] {
            let token = credentials.security_token.as_ref();
            [
                Some(&credentials.access_key_id),
                Some(credentials.access_key_secret.expose_secret()),
                token.map(|token| token.expose_secret()),
            ]
        }
        parts(self) == parts(other)
    }

    /// Refuses what no header can carry and no service gave out: most often a line break that was
    /// copied together with the key.
    pub(crate) fn check(&self) -> Result<(), CredentialsError> {
        let parts = [
            ("access key id", Some(self.access_key_id.as_str())),
            ("access key secret", Some(self.access_key_secret.expose_secret())),
            ("security token", self.security_token.as_ref().map(|token| token.expose_secret())),
        ];
        for (what, text) in parts {
            let Some(text) = text else { continue };
            if text.is_empty() {
                return Err(CredentialsError::new(format!("the {what} is empty")));
            }
            if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
                let message = format!("the {what} has a character that is not visible ASCII");
                return Err(CredentialsError::new(message));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &"[REDACTED]")
            .field("access_key_secret", &"[REDACTED]")
            .field("security_token", &self.security_token.as_ref().map(|_| "[REDACTED]"))
            .finish()
    }
}

/// Gives out credentials; asked for every call.
///
/// Implement it for keys that change: those of an ECS RAM role, of `AssumeRole`, of a vault. Keep
/// what you fetched until it is about to expire. The call's deadline covers the time that it takes,
/// as long as the future leaves its thread free: whatever blocks belongs on a thread of its own. A
/// provider that panics, or that is not done at the deadline, is named in the error of the call.
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
