//! Credentials from the file that the official SDKs share, in INI form.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::environment::Environment;
use super::files::Files;
use super::identity::Identity;
use super::ini::Section;
use super::sts::Role;
use super::{Credentials, Lack};

/// The official SDKs do not agree on the file's name.
const NAMES: [&str; 2] = ["credentials", "credentials.ini"];

/// Types that are served, and those that some of them know besides.
const SERVED: &str = "served are `access_key`, `sts`, `ram_role_arn`, `oidc_role_arn` and \
                      `ecs_ram_role`";
const NOT_SERVED: [&str; 3] = ["rsa_key_pair", "credentials_uri", "bearer"];

pub(super) async fn identity(
    environment: &Environment<'_>,
    files: &Files,
) -> Result<Identity, Lack> {
    let (path, text) = read(environment, files).await?;
    let profile = environment.profile();
    of_section(&text, profile.as_deref().unwrap_or("default"), &path, environment)
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

fn of_section(
    text: &str,
    name: &str,
    path: &Path,
    environment: &Environment<'_>,
) -> Result<Identity, Lack> {
    let path = path.display();
    let section = Section::find(text, name)
        .map_err(|line| Lack::Unusable(format!("`{path}` is no credentials file, line {line}")))?
        .ok_or_else(|| Lack::Nothing(format!("`{path}` has no section `[{name}]`")))?;
    let place = format!("section `[{name}]` of `{path}`");
    if section.get("enable").is_some_and(|enable| !enable.eq_ignore_ascii_case("true")) {
        return Err(Lack::Nothing(format!("{place} is switched off: `enable` is not `true`")));
    }
    let unusable = |lack: String| Lack::Unusable(format!("{place} {lack}"));
    let key = || key(&section, &place);
    let type_ =
        section.get("type").ok_or_else(|| Lack::Nothing(format!("{place} has no `type`")))?;
    Ok(match type_ {
        "access_key" => Identity::Keys(key().map_err(Lack::Nothing)?),
        "sts" => {
            let token = section.get("security_token");
            let lack = || Lack::Nothing(format!("{place} has no `security_token`"));
            let key = key().map_err(Lack::Nothing)?;
            Identity::Keys(key.with_security_token(token.ok_or_else(lack)?))
        }
        "ram_role_arn" => {
            let source = key().map_err(Lack::Unusable)?;
            let role = role(&section, environment).map_err(unusable)?;
            let role = environment.complete(role).map_err(unusable)?;
            Identity::Role(role, Box::new(Identity::Keys(source)))
        }
        "oidc_role_arn" => {
            let role = role(&section, environment).map_err(unusable)?;
            let given = |key: &str| section.get(key).map(str::to_owned);
            let (provider, file) = (given("oidc_provider_arn"), given("oidc_token_file_path"));
            let role = environment.oidc_role(role, provider, file);
            Identity::OidcRole(role.map_err(unusable)?)
        }
        "ecs_ram_role" => {
            let instance = environment.instance(section.get("role_name").map(str::to_owned));
            let lack = |lack| unusable(format!("asks for the instance's role, and {lack}"));
            Identity::Instance(instance.map_err(lack)?)
        }
        other => {
            // What stands there may be anything, a key included.
            let of_type = match NOT_SERVED.iter().find(|known| **known == other) {
                Some(known) => format!("has the type `{known}`, which is not served"),
                None => "has a `type` that is not known".to_owned(),
            };
            let advice = "other credentials are brought with `.credentials(…)`";
            return Err(unusable(format!("{of_type}; {SERVED}, {advice}")));
        }
    })
}

/// The access key of a section, or what it lacks.
fn key(section: &Section<'_>, place: &str) -> Result<Credentials, String> {
    let required = |key: &str| section.get(key).ok_or_else(|| format!("{place} has no `{key}`"));
    Ok(Credentials::new(required("access_key_id")?, required("access_key_secret")?))
}

/// A role as the section alone has it.
fn role(section: &Section<'_>, environment: &Environment<'_>) -> Result<Role, String> {
    let given = |key: &str| section.get(key).map(str::to_owned);
    let seconds = section.get("duration_seconds").map(str::parse).transpose();
    Ok(Role {
        arn: given("role_arn").unwrap_or_default(),
        session_name: given("role_session_name"),
        policy: section.whole("policy").map(str::to_owned),
        external_id: given("external_id"),
        seconds: seconds.map_err(|_| "has a `duration_seconds` that is no number")?,
        sts: environment.sts(given("sts_region"), None),
    })
}
