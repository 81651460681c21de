//! Credentials from environment variables, and the variables that lead to the other sources.

use std::env;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::Credentials;

/// How environment variables are looked up; tests bring their own.
pub(super) struct Environment<'e>(pub(super) &'e dyn Fn(&str) -> Option<String>);

/// Looks up a variable of the process; one that is no Unicode is as good as not set.
pub(super) fn of_process(name: &str) -> Option<String> {
    env::var(name).ok()
}

impl Environment<'_> {
    /// A variable that is set and not empty; wiped when dropped, for it may be a secret.
    pub(super) fn get(&self, name: &str) -> Option<Zeroizing<String>> {
        (self.0)(name).map(Zeroizing::new).filter(|value| !value.is_empty())
    }

    /// A file below the home folder, when that is known.
    pub(super) fn below_home(&self, path: &[&str]) -> Result<PathBuf, String> {
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let folder = self.get(home).ok_or_else(|| format!("`{home}` is not set"))?;
        let mut file = PathBuf::from(folder.as_str());
        file.extend(path);
        Ok(file)
    }

    /// The profile that is asked for instead of the usual one.
    pub(super) fn profile(&self) -> Option<Zeroizing<String>> {
        self.get("ALIBABA_CLOUD_PROFILE")
    }
}

pub(super) fn credentials(environment: &Environment<'_>) -> Result<Credentials, String> {
    let required = |name: &str| environment.get(name).ok_or_else(|| format!("`{name}` is not set"));
    let id = required("ALIBABA_CLOUD_ACCESS_KEY_ID")?;
    let secret = required("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?;
    let credentials = Credentials::new(id.as_str(), secret.as_str());
    Ok(match environment.get("ALIBABA_CLOUD_SECURITY_TOKEN") {
        Some(token) => credentials.with_security_token(token.as_str()),
        None => credentials,
    })
}
