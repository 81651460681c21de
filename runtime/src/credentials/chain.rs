//! The sources that are asked when an application names none.

use std::fmt;
use std::fs;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::environment::{self, Environment};
use super::{Credentials, CredentialsError, ProvideCredentials, cli_profile, shared_file};
use crate::BoxFuture;

/// The official SDKs' default credentials, in their order:
///
/// 1. the environment variables `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET`
///    and, for temporary keys, `ALIBABA_CLOUD_SECURITY_TOKEN`;
/// 2. the profile file of the command line tool, `~/.aliyun/config.json`, modes `AK` and `StsToken`:
///    the profile that `ALIBABA_CLOUD_PROFILE` names or the current one, unless
///    `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`;
/// 3. the shared credentials file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, or
///    `~/.alibabacloud/credentials`, or `~/.alibabacloud/credentials.ini`, types `access_key` and
///    `sts`: the section that `ALIBABA_CLOUD_PROFILE` names or `[default]`.
///
/// The sources are read anew for every call, so a key that is replaced in a file is picked up.
/// Sources that need calls of their own (OIDC, RAM roles, ECS metadata, a credentials URI) are not
/// part of it; [`ProvideCredentials`] is the way to bring them.
pub struct DefaultChain {
    lookup: Box<Lookup>,
}

/// Gives the value of an environment variable.
type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

type Source = (&'static str, fn(&Environment<'_>) -> Result<Credentials, String>);

const SOURCES: [Source; 3] = [
    ("environment variables", environment::credentials),
    ("profile file of the command line tool", cli_profile::credentials),
    ("shared credentials file", shared_file::credentials),
];

impl DefaultChain {
    /// The chain on the variables of the process.
    #[must_use]
    pub fn new() -> Self {
        Self::with_environment(environment::of_process)
    }

    /// The chain on other variables, `HOME` included, which leads to the files (on Windows
    /// `USERPROFILE`).
    #[must_use]
    pub fn with_environment(
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { lookup: Box::new(lookup) }
    }

    /// Asks the sources in their order.
    ///
    /// # Errors
    ///
    /// What every source lacks, when none has credentials.
    pub fn resolve(&self) -> Result<Credentials, CredentialsError> {
        let environment = Environment(&*self.lookup);
        let mut tried = Vec::new();
        for (name, source) in SOURCES {
            match source(&environment) {
                Ok(credentials) => return Ok(credentials),
                Err(lack) => tried.push((name, lack)),
            }
        }
        Err(CredentialsError::of_chain(tried))
    }
}

impl Default for DefaultChain {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for DefaultChain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DefaultChain").finish_non_exhaustive()
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(self.resolve()))
    }
}

/// Reads a file that holds secrets.
pub(super) fn read(path: &Path) -> Result<Zeroizing<String>, String> {
    let text = fs::read_to_string(path).map(Zeroizing::new);
    text.map_err(|error| format!("cannot read `{}`: {error}", path.display()))
}

pub(super) fn not_empty(secret: Option<SecretString>) -> Option<SecretString> {
    secret.filter(|secret| !secret.expose_secret().is_empty())
}
