//! Credentials from the profile file of the command line tool `aliyun`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::environment::Environment;
use super::files::{self, Files};
use super::given::members;
use super::identity::Identity;
use super::login::{Login, With};
use super::process::Process;
use super::sts::Role;
use super::{Credentials, Lack};
use crate::clock::{self, Clock};
use crate::lenient;

/// The profile when the file names none as the current one.
const DEFAULT: &str = "default";

/// Modes that are served, and those that the tool knows besides.
const SERVED: &str = "served are `AK`, `StsToken`, `RamRoleArn`, `ChainableRamRoleArn`, `EcsRamRole`, \
                      `OIDC`, `External`, `CloudSSO` and `OAuth`";
const NOT_SERVED: [&str; 5] =
    ["RsaKeyPair", "RamRoleArnWithRoleName", "CredentialsURI", "BearerToken", "Anonymous"];

/// How many profiles may lead from one to the next.
const LONGEST_CHAIN: usize = 16;

#[derive(Default)]
struct Configuration {
    current: Option<String>,
    profiles: Vec<Profile>,
}

members! { Configuration: current = "current", profiles = "profiles" }

#[derive(Default)]
struct Profile {
    name: Option<String>,
    mode: Option<String>,
    access_key_id: Option<String>,
    access_key_secret: Option<SecretString>,
    sts_token: Option<SecretString>,
    /// In seconds since 1970, as all times here.
    sts_expiration: Option<i64>,
    ram_role_arn: Option<String>,
    ram_session_name: Option<String>,
    role_session_name: Option<String>,
    expired_seconds: Option<i64>,
    policy: Option<String>,
    external_id: Option<String>,
    sts_region: Option<String>,
    enable_vpc: Option<bool>,
    ram_role_name: Option<String>,
    oidc_provider_arn: Option<String>,
    oidc_token_file: Option<String>,
    source_profile: Option<String>,
    process_command: Option<SecretString>,
    cloud_sso_sign_in_url: Option<String>,
    cloud_sso_account_id: Option<String>,
    cloud_sso_access_config: Option<String>,
    access_token: Option<SecretString>,
    cloud_sso_access_token_expire: Option<i64>,
    oauth_site_type: Option<String>,
    oauth_access_token: Option<SecretString>,
    oauth_access_token_expire: Option<i64>,
    region_id: Option<String>,
}

members! {
    Profile:
    name = "name",
    mode = "mode",
    access_key_id = "access_key_id",
    access_key_secret = "access_key_secret",
    sts_token = "sts_token",
    sts_expiration = "sts_expiration",
    ram_role_arn = "ram_role_arn",
    ram_session_name = "ram_session_name",
    role_session_name = "role_session_name",
    expired_seconds = "expired_seconds",
    policy = "policy",
    external_id = "external_id",
    sts_region = "sts_region",
    enable_vpc = "enable_vpc",
    ram_role_name = "ram_role_name",
    oidc_provider_arn = "oidc_provider_arn",
    oidc_token_file = "oidc_token_file",
    source_profile = "source_profile",
    process_command = "process_command",
    cloud_sso_sign_in_url = "cloud_sso_sign_in_url",
    cloud_sso_account_id = "cloud_sso_account_id",
    cloud_sso_access_config = "cloud_sso_access_config",
    access_token = "access_token",
    cloud_sso_access_token_expire = "cloud_sso_access_token_expire",
    oauth_site_type = "oauth_site_type",
    oauth_access_token = "oauth_access_token",
    oauth_access_token_expire = "oauth_access_token_expire",
    region_id = "region_id",
}

pub(super) async fn identity(
    environment: &Environment<'_>,
    files: &Files,
    clock: &Clock,
) -> Result<Identity, Lack> {
    let path = path(environment)?;
    let text = files.read(&path).await?;
    let configuration = Configuration::read(&text, &path)?;
    let path = path.display().to_string();
    let name = configuration.chosen(environment);
    Reader { configuration: &configuration, path: &path, environment, clock }.identity(&name, 1)
}

/// The region of the profile that [`identity`] would ask. It is wanted on the spot, and the file is
/// waited for no longer than this.
pub(super) fn region(environment: &Environment<'_>, longest: Duration) -> Result<String, Lack> {
    let path = path(environment)?;
    let text = files::read_within(&path, longest)?;
    let configuration = Configuration::read(&text, &path)?;
    let name = configuration.chosen(environment);
    let profile = configuration.profile(&name, &path.display().to_string())?;
    let lack = || format!("profile `{name}` of `{}` has no `region_id`", path.display());
    given(&profile.region_id).ok_or_else(|| Lack::Nothing(lack()))
}

/// Where the file is.
fn path(environment: &Environment<'_>) -> Result<PathBuf, Lack> {
    let switch = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
    if environment.is_true(switch) {
        return Err(Lack::Nothing(format!("`{switch}` is `true`")));
    }
    match environment.get("ALIBABA_CLOUD_CONFIG_FILE") {
        Some(path) => Ok(PathBuf::from(path.as_str())),
        None => environment.below_home(&[".aliyun", "config.json"]),
    }
}

impl Configuration {
    fn read(text: &str, path: &Path) -> Result<Self, Lack> {
        parse(text).map_err(|error| {
            // serde's own words may repeat a value, so only the place is told.
            let (path, line, column) = (path.display(), error.line(), error.column());
            Lack::Unusable(format!("`{path}` is no profile file, line {line}, column {column}"))
        })
    }

    /// The name of the profile that is asked for, or else of the current one.
    fn chosen(&self, environment: &Environment<'_>) -> String {
        let current = || self.current.clone().filter(|name| !name.is_empty());
        environment.profile().or_else(current).unwrap_or_else(|| DEFAULT.to_owned())
    }

    fn profile(&self, name: &str, path: &str) -> Result<&Profile, Lack> {
        let mut profiles = self.profiles.iter();
        let found = profiles.find(|found| found.name.as_deref().unwrap_or_default() == name);
        found.ok_or_else(|| Lack::Nothing(format!("`{path}` has no profile `{name}`")))
    }
}

fn parse(text: &str) -> serde_json::Result<Configuration> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let configuration = lenient::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(configuration)
}

/// What a profile is read with.
struct Reader<'r> {
    configuration: &'r Configuration,
    path: &'r str,
    environment: &'r Environment<'r>,
    clock: &'r Clock,
}

impl Reader<'_> {
    /// Whom a profile names, which is the so manyth on the way from one to the next.
    fn identity(&self, name: &str, position: usize) -> Result<Identity, Lack> {
        let profile = self.configuration.profile(name, self.path)?;
        let place = format!("profile `{name}` of `{}`", self.path);
        let unusable = |lack: String| Lack::Unusable(format!("{place} {lack}"));
        Ok(match profile.mode() {
            "AK" => Identity::Keys(profile.key(&place, Mode::Ak).map_err(Lack::Nothing)?),
            "StsToken" => {
                let keys = profile.key(&place, Mode::StsToken).map_err(Lack::Nothing)?;
                self.check_end(profile, &place, name)?;
                Identity::Keys(keys)
            }
            "RamRoleArn" => {
                let source = profile.key(&place, Mode::Ak).map_err(Lack::Unusable)?;
                let role = self.role(profile).map_err(unusable)?;
                Identity::Role(role, Box::new(Identity::Keys(source)))
            }
            "ChainableRamRoleArn" => {
                let source = self.source(profile, position).map_err(unusable)?;
                Identity::Role(self.role(profile).map_err(unusable)?, Box::new(source))
            }
            "EcsRamRole" => {
                let instance = self.environment.instance(given(&profile.ram_role_name));
                let lack = |lack| unusable(format!("asks for the instance's role, and {lack}"));
                Identity::Instance(instance.map_err(lack)?)
            }
            "OIDC" => {
                let role = self.bare_role(profile).map_err(unusable)?;
                let provider = given(&profile.oidc_provider_arn);
                let file = given(&profile.oidc_token_file);
                let role = self.environment.oidc_role(role, provider, file);
                Identity::OidcRole(role.map_err(unusable)?)
            }
            "External" => {
                let command = profile.process_command.as_ref().filter(|command| is_given(command));
                let lack = || unusable("has no `process_command`".to_owned());
                let command = command.ok_or_else(lack)?.expose_secret();
                Identity::Process(Process(Zeroizing::new(command.to_owned())))
            }
            "CloudSSO" => self.login(profile, &place, name, "CloudSSO")?,
            "OAuth" => self.login(profile, &place, name, "OAuth")?,
            other => {
                // What stands there may be anything, a key included.
                let of_mode = match NOT_SERVED.iter().find(|known| **known == other) {
                    Some(known) => format!("has the mode `{known}`, which is not served"),
                    None => "has a `mode` that is not known".to_owned(),
                };
                let advice = "other credentials are brought with `.credentials(…)`";
                return Err(unusable(format!("{of_mode}; {SERVED}, {advice}")));
            }
        })
    }

    /// Whom a profile names that another starts from.
    fn source(&self, profile: &Profile, position: usize) -> Result<Identity, String> {
        let name = given(&profile.source_profile).ok_or("has no `source_profile`")?;
        if position == LONGEST_CHAIN {
            return Err(format!("is the last of {LONGEST_CHAIN} that lead from one to the next"));
        }
        self.identity(&name, position + 1).map_err(|lack| match lack {
            Lack::Nothing(lack) | Lack::Unusable(lack) => format!("starts from another: {lack}"),
        })
    }

    fn role(&self, profile: &Profile) -> Result<Role, String> {
        self.environment.complete(self.bare_role(profile)?)
    }

    /// A role as the profile alone has it.
    fn bare_role(&self, profile: &Profile) -> Result<Role, String> {
        let seconds = profile.expired_seconds.filter(|seconds| *seconds != 0).map(u64::try_from);
        let seconds = seconds.transpose().map_err(|_| "has `expired_seconds` below 0")?;
        let session_name = given(&profile.ram_session_name);
        Ok(Role {
            arn: given(&profile.ram_role_arn).unwrap_or_default(),
            session_name: session_name.or_else(|| given(&profile.role_session_name)),
            policy: given(&profile.policy),
            external_id: given(&profile.external_id),
            seconds,
            sts: self.environment.sts(given(&profile.sts_region), profile.enable_vpc),
        })
    }

    /// Whom a login names: the keys that the tool keeps, while they last, and then those that its token
    /// is exchanged for, while that lasts.
    fn login(
        &self,
        profile: &Profile,
        place: &str,
        name: &str,
        mode: &'static str,
    ) -> Result<Identity, Lack> {
        let advice = format!("log in again with `aliyun configure --profile {name} --mode {mode}`");
        let kept = profile.key(place, Mode::StsToken);
        let kept = kept.and_then(|keys| match profile.sts_expiration() {
            None => Err(format!("{place} has no `sts_expiration`")),
            Some(end) if end <= self.clock.seconds() => {
                Err(format!("the keys of {place} expired at {}", clock::date(end)))
            }
            Some(_) => Ok(keys),
        });
        let lack = match kept {
            Ok(keys) => return Ok(Identity::Keys(keys)),
            Err(lack) => lack,
        };
        let (token, end) = match mode {
            "OAuth" => (&profile.oauth_access_token, profile.oauth_access_token_expire),
            _ => (&profile.access_token, profile.cloud_sso_access_token_expire),
        };
        let lasts = end.is_some_and(|end| end > self.clock.seconds());
        let token = token.as_ref().filter(|token| lasts && is_given(token));
        let token = token.ok_or_else(|| Lack::Unusable(format!("{lack}; {advice}")))?.clone();
        let with = match mode {
            "OAuth" => self.oauth(profile),
            _ => cloud_sso(profile),
        };
        let with = with.map_err(|lack| Lack::Unusable(format!("{place} {lack}; {advice}")))?;
        Ok(Identity::Login(Login { with, token, advice }))
    }

    fn oauth(&self, profile: &Profile) -> Result<With, String> {
        let site = given(&profile.oauth_site_type);
        let usual = With::of_site(site.as_deref().unwrap_or("CN"));
        let usual = usual.ok_or("has an `oauth_site_type` that is neither `CN` nor `INTL`")?;
        let endpoint = self.environment.hosts.oauth.clone();
        Ok(With::OAuth { endpoint: endpoint.unwrap_or_else(|| usual.to_owned()) })
    }

    /// Keys that somebody put there end, too, where it is said.
    fn check_end(&self, profile: &Profile, place: &str, name: &str) -> Result<(), Lack> {
        match profile.sts_expiration() {
            Some(end) if end <= self.clock.seconds() => Err(Lack::Unusable(format!(
                "the keys of {place} expired at {}; configure new ones with `aliyun configure \
                 --profile {name} --mode StsToken`",
                clock::date(end)
            ))),
            Some(_) | None => Ok(()),
        }
    }
}

fn cloud_sso(profile: &Profile) -> Result<With, String> {
    let required = |member: &Option<String>, name: &str| {
        given(member).ok_or_else(|| format!("has no `{name}`"))
    };
    Ok(With::CloudSso {
        sign_in_url: required(&profile.cloud_sso_sign_in_url, "cloud_sso_sign_in_url")?,
        account: required(&profile.cloud_sso_account_id, "cloud_sso_account_id")?,
        configuration: required(&profile.cloud_sso_access_config, "cloud_sso_access_config")?,
    })
}

/// What keys consist of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Ak,
    StsToken,
}

impl Profile {
    /// The mode; without one, the tool goes by what there is.
    fn mode(&self) -> &str {
        match self.mode.as_deref().unwrap_or_default() {
            "" if self.sts_token.as_ref().is_some_and(is_given) => "StsToken",
            "" if given(&self.ram_role_arn).is_some() => "RamRoleArn",
            "" => "AK",
            mode => mode,
        }
    }

    fn sts_expiration(&self) -> Option<i64> {
        self.sts_expiration.filter(|end| *end != 0)
    }

    /// The key, or what it lacks.
    fn key(&self, place: &str, mode: Mode) -> Result<Credentials, String> {
        let lacks = |member: &str| format!("{place} has no `{member}`");
        let id = given(&self.access_key_id).ok_or_else(|| lacks("access_key_id"))?;
        let secret = self.access_key_secret.as_ref().filter(|secret| is_given(secret));
        let secret = secret.ok_or_else(|| lacks("access_key_secret"))?;
        let credentials = Credentials::new(id, secret.clone());
        match mode {
            Mode::Ak => Ok(credentials),
            Mode::StsToken => {
                let token = self.sts_token.as_ref().filter(|token| is_given(token));
                let token = token.ok_or_else(|| lacks("sts_token"))?;
                Ok(credentials.with_security_token(token.clone()))
            }
        }
    }
}

fn given(member: &Option<String>) -> Option<String> {
    member.clone().filter(|text| !text.is_empty())
}

fn is_given(secret: &SecretString) -> bool {
    !secret.expose_secret().is_empty()
}
