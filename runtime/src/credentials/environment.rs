//! Credentials from environment variables, the variables that lead to the other sources, and those
//! of sources that are not served yet.

use std::env;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{Credentials, Lack};

/// How environment variables are looked up; tests bring their own.
pub(super) struct Environment<'e>(pub(super) &'e (dyn Fn(&str) -> Option<String> + Send + Sync));

/// Looks up a variable of the process. One that is no Unicode is set all the same: it stands for an
/// identity, if only for one that cannot be used.
pub(super) fn of_process(name: &str) -> Option<String> {
    let value = env::var_os(name)?.into_string();
    Some(value.unwrap_or_else(|value| value.to_string_lossy().into_owned()))
}

impl Environment<'_> {
    /// A variable that is set and not empty; wiped when dropped, for it may be a secret.
    pub(super) fn get(&self, name: &str) -> Option<Zeroizing<String>> {
        (self.0)(name).map(Zeroizing::new).filter(|value| !value.is_empty())
    }

    /// Whether a switch is on.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A file below the home folder, when that is known.
    pub(super) fn below_home(&self, path: &[&str]) -> Result<PathBuf, Lack> {
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let folder = self.get(home).ok_or_else(|| not_set(&[home]))?;
        let mut file = PathBuf::from(folder.as_str());
        file.extend(path);
        Ok(file)
    }

    /// The profile that is asked for instead of the usual one.
    pub(super) fn profile(&self) -> Option<Zeroizing<String>> {
        self.get("ALIBABA_CLOUD_PROFILE")
    }

    /// A source that all of these variables together name, and that is not served.
    fn not_served(&self, variables: &[&str], what: &str) -> Lack {
        let missing: Vec<&str> =
            variables.iter().copied().filter(|name| self.get(name).is_none()).collect();
        if !missing.is_empty() {
            return not_set(&missing);
        }
        let (names, verb) = listed(variables);
        let advice = "bring its credentials with `.credentials(…)`";
        Lack::Unusable(format!("{names} {verb} set, but {what} is not served yet: {advice}"))
    }
}

/// The access key.
pub(super) fn credentials(environment: &Environment<'_>) -> Result<Credentials, Lack> {
    let required = |name: &str| environment.get(name).ok_or_else(|| not_set(&[name]));
    let id = required("ALIBABA_CLOUD_ACCESS_KEY_ID")?;
    let secret = required("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?;
    let credentials = Credentials::new(id.as_str(), secret.as_str());
    Ok(match environment.get("ALIBABA_CLOUD_SECURITY_TOKEN") {
        Some(token) => credentials.with_security_token(token.as_str()),
        None => credentials,
    })
}

/// The role that a token of an identity provider is exchanged for. With one of the variables
/// missing, the official SDKs do not ask for it either.
pub(super) fn oidc(environment: &Environment<'_>) -> Lack {
    let variables = [
        "ALIBABA_CLOUD_ROLE_ARN",
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
    ];
    environment.not_served(&variables, "the role")
}

/// The role of the ECS instance.
pub(super) fn ecs(environment: &Environment<'_>) -> Lack {
    let switch = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    if environment.is_true(switch) {
        return Lack::Nothing(format!("`{switch}` is `true`"));
    }
    environment.not_served(&["ALIBABA_CLOUD_ECS_METADATA"], "the role of the instance")
}

/// The server that hands out credentials.
pub(super) fn uri(environment: &Environment<'_>) -> Lack {
    environment.not_served(&["ALIBABA_CLOUD_CREDENTIALS_URI"], "the server")
}

fn not_set(variables: &[&str]) -> Lack {
    let (names, verb) = listed(variables);
    Lack::Nothing(format!("{names} {verb} not set"))
}

/// Names, with the verb that follows them.
fn listed(names: &[&str]) -> (String, &'static str) {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => (last.clone(), "is"),
        Some((last, others)) => (format!("{} and {last}", others.join(", ")), "are"),
        None => (String::new(), "is"),
    }
}
