//! Credentials from the file that the official SDKs share, in INI form.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::environment::Environment;
use super::files::Files;
use super::ini::Section;
use super::{Credentials, Lack};

/// The official SDKs do not agree on the file's name.
const NAMES: [&str; 2] = ["credentials", "credentials.ini"];

/// Types that need calls of their own.
const NOT_SERVED: [&str; 6] =
    ["ram_role_arn", "ecs_ram_role", "oidc_role_arn", "rsa_key_pair", "credentials_uri", "bearer"];

pub(super) async fn credentials(
    environment: &Environment<'_>,
    files: &Files,
) -> Result<Credentials, Lack> {
    let (path, text) = read(environment, files).await?;
    let profile = environment.profile();
    of_section(&text, profile.as_ref().map_or("default", |name| name.as_str()), &path)
}

/// Reads the file that is named, or the first of the usual ones that is there.
async fn read(
    environment: &Environment<'_>,
    files: &Files,
) -> Result<(PathBuf, Zeroizing<String>), Lack> {
    if let Some(path) = environment.get("ALIBABA_CLOUD_CREDENTIALS_FILE") {
        let path = PathBuf::from(path.as_str());
        let text = files.read(&path).await?;
        return Ok((path, text));
    }
    let [first, second] = NAMES.map(|name| environment.below_home(&[".alibabacloud", name]));
    let (first, second) = (first?, second?);
    match files.read(&first).await {
        Ok(text) => Ok((first, text)),
        Err(Lack::Unusable(lack)) => Err(Lack::Unusable(lack)),
        Err(Lack::Nothing(lack)) => match files.read(&second).await {
            Ok(text) => Ok((second, text)),
            Err(Lack::Unusable(lack)) => Err(Lack::Unusable(lack)),
            Err(Lack::Nothing(_)) => Err(Lack::Nothing(lack)),
        },
    }
}

fn of_section(text: &str, name: &str, path: &Path) -> Result<Credentials, Lack> {
    let path = path.display();
    let section = Section::find(text, name)
        .map_err(|line| Lack::Unusable(format!("`{path}` is no credentials file, line {line}")))?
        .ok_or_else(|| Lack::Nothing(format!("`{path}` has no section `[{name}]`")))?;
    let place = format!("section `[{name}]` of `{path}`");
    if section.get("enable").is_some_and(|enable| !enable.eq_ignore_ascii_case("true")) {
        return Err(Lack::Nothing(format!("{place} is switched off: `enable` is not `true`")));
    }
    let required = |key: &str| {
        section.get(key).ok_or_else(|| Lack::Nothing(format!("{place} has no `{key}`")))
    };
    let with_token = match required("type")? {
        "access_key" => false,
        "sts" => true,
        other => {
            // What stands there may be anything, a key included.
            let of_type = match NOT_SERVED.iter().find(|known| **known == other) {
                Some(known) => format!("has the type `{known}`, which is not served yet"),
                None => "has a `type` that is not known".to_owned(),
            };
            let served = "served are `access_key` and `sts`";
            let advice = "other credentials are brought with `.credentials(…)`";
            return Err(Lack::Unusable(format!("{place} {of_type}; {served}, {advice}")));
        }
    };
    let credentials = Credentials::new(required("access_key_id")?, required("access_key_secret")?);
    if with_token {
        Ok(credentials.with_security_token(required("security_token")?))
    } else {
        Ok(credentials)
    }
}
