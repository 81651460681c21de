//! Credentials from the profile file of the command line tool `aliyun`.

use std::path::Path;

use secrecy::SecretString;

use super::environment::Environment;
use super::{Credentials, chain};

#[derive(Default)]
struct Configuration {
    current: Option<String>,
    profiles: Vec<Profile>,
}

crate::receive! {
    Configuration:
    current = "current",
    profiles = "profiles",
}

#[derive(Default)]
struct Profile {
    name: Option<String>,
    mode: Option<String>,
    access_key_id: Option<String>,
    access_key_secret: Option<SecretString>,
    sts_token: Option<SecretString>,
}

crate::receive! {
    Profile:
    name = "name",
    mode = "mode",
    access_key_id = "access_key_id",
    access_key_secret = "access_key_secret",
    sts_token = "sts_token",
}

pub(super) fn credentials(environment: &Environment<'_>) -> Result<Credentials, String> {
    let switch = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
    if environment.get(switch).is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Err(format!("`{switch}` is `true`"));
    }
    let path = environment.below_home(&[".aliyun", "config.json"])?;
    let text = chain::read(&path)?;
    let configuration: Configuration = serde_json::from_str(&text).map_err(|error| {
        // serde's own words may repeat a value, so only the place is told.
        let (line, column) = (error.line(), error.column());
        format!("`{}` is no profile file, line {line}, column {column}", path.display())
    })?;
    let asked = environment.profile();
    let current = configuration.current.as_deref().unwrap_or_default();
    let name = asked.as_ref().map_or(current, |name| &**name);
    of_profile(&configuration, name, &path)
}

fn of_profile(
    configuration: &Configuration,
    name: &str,
    path: &Path,
) -> Result<Credentials, String> {
    let path = path.display();
    let profile = configuration
        .profiles
        .iter()
        .find(|profile| profile.name.as_deref().unwrap_or_default() == name);
    let profile = profile.ok_or_else(|| format!("`{path}` has no profile `{name}`"))?;
    let lacks = |what: &str| format!("profile `{name}` of `{path}` has no `{what}`");
    let with_token = match profile.mode.as_deref().unwrap_or_default() {
        "AK" => false,
        "StsToken" => true,
        mode => {
            return Err(format!(
                "profile `{name}` of `{path}` has the mode `{mode}`; known are `AK` and `StsToken`"
            ));
        }
    };
    let id = profile.access_key_id.as_deref().filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| lacks("access_key_id"))?;
    let given = |secret: &Option<SecretString>, what: &str| {
        chain::not_empty(secret.clone()).ok_or_else(|| lacks(what))
    };
    let secret = given(&profile.access_key_secret, "access_key_secret")?;
    let credentials = Credentials::new(id, secret);
    if with_token {
        Ok(credentials.with_security_token(given(&profile.sts_token, "sts_token")?))
    } else {
        Ok(credentials)
    }
}
