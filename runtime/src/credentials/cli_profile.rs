//! Credentials from the profile file of the command line tool `aliyun`.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::environment::Environment;
use super::files::Files;
use super::{Credentials, Lack};
use crate::clock::{self, Clock};
use crate::lenient::{self, Receive, Slot};

/// The profile when the file names none as the current one.
const DEFAULT: &str = "default";

/// Modes that need calls of their own.
const NOT_SERVED: [&str; 10] = [
    "RamRoleArn",
    "EcsRamRole",
    "RsaKeyPair",
    "RamRoleArnWithRoleName",
    "ChainableRamRoleArn",
    "External",
    "CredentialsURI",
    "OIDC",
    "BearerToken",
    "Anonymous",
];

#[derive(Default)]
struct Configuration {
    current: Option<String>,
    profiles: Vec<Profile>,
}

#[derive(Default)]
struct Profile {
    name: Option<String>,
    mode: Option<String>,
    access_key_id: Option<String>,
    access_key_secret: Option<SecretString>,
    sts_token: Option<SecretString>,
    /// In seconds since 1970.
    sts_expiration: Option<i64>,
    ram_role_arn: Option<String>,
}

/// The tool takes members in any case of their letters.
macro_rules! members {
    ($name:ident: $($member:ident),*) => {
        impl Receive for $name {
            fn names(&self) -> &'static [&'static str] {
                &[$(stringify!($member)),*]
            }

            fn slot(&mut self, name: &str) -> Option<&mut dyn Slot> {
                let name = name.to_ascii_lowercase();
                lenient::pick(&name, &[$(stringify!($member)),*], [$(&mut self.$member),*])
            }

            fn may_hold_secret(&self) -> bool {
                true
            }
        }
    };
}

members! { Configuration: current, profiles }
members! {
    Profile:
    name, mode, access_key_id, access_key_secret, sts_token, sts_expiration, ram_role_arn
}

pub(super) async fn credentials(
    environment: &Environment<'_>,
    files: &Files,
    clock: &Clock,
) -> Result<Credentials, Lack> {
    let switch = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
    if environment.is_true(switch) {
        return Err(Lack::Nothing(format!("`{switch}` is `true`")));
    }
    let path = match environment.get("ALIBABA_CLOUD_CONFIG_FILE") {
        Some(path) => PathBuf::from(path.as_str()),
        None => environment.below_home(&[".aliyun", "config.json"])?,
    };
    let text = files.read(&path).await?;
    let configuration = parse(&text).map_err(|error| {
        // serde's own words may repeat a value, so only the place is told.
        let (line, column, path) = (error.line(), error.column(), path.display());
        Lack::Unusable(format!("`{path}` is no profile file, line {line}, column {column}"))
    })?;
    let asked = environment.profile();
    let current = configuration.current.as_deref().filter(|name| !name.is_empty());
    let name = asked.as_ref().map_or(current.unwrap_or(DEFAULT), |name| name);
    let mut profiles = configuration.profiles.iter();
    match profiles.find(|profile| profile.name.as_deref().unwrap_or_default() == name) {
        Some(profile) => profile.credentials(name, &path, clock),
        None => Err(Lack::Nothing(format!("`{}` has no profile `{name}`", path.display()))),
    }
}

fn parse(text: &str) -> serde_json::Result<Configuration> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let configuration = lenient::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(configuration)
}

/// How a profile came to its keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// They last.
    Ak,
    /// Somebody put temporary ones there.
    StsToken,
    /// The tool keeps temporary ones there after a login of this name.
    Login(&'static str),
}

impl Profile {
    fn credentials(&self, name: &str, path: &Path, clock: &Clock) -> Result<Credentials, Lack> {
        let place = format!("profile `{name}` of `{}`", path.display());
        let mode = self.mode(&place)?;
        let id = self.access_key_id.as_deref().filter(|id| !id.is_empty());
        let given = [
            ("access_key_id", id.is_some()),
            ("access_key_secret", is_given(&self.access_key_secret)),
            ("sts_token", mode == Mode::Ak || is_given(&self.sts_token)),
        ];
        if let Some((member, _)) = given.iter().find(|(_, is_given)| !is_given) {
            let lack = format!("{place} has no `{member}`");
            return Err(match mode {
                Mode::Ak | Mode::StsToken => Lack::Nothing(lack),
                Mode::Login(_) => Lack::Unusable(format!("{lack}; {}", login(name, mode))),
            });
        }
        self.check_expiration(&place, name, mode, clock)?;
        let secret = self.access_key_secret.clone().unwrap_or_default();
        let credentials = Credentials::new(id.unwrap_or_default(), secret);
        Ok(match mode {
            Mode::Ak => credentials,
            Mode::StsToken | Mode::Login(_) => {
                credentials.with_security_token(self.sts_token.clone().unwrap_or_default())
            }
        })
    }

    fn mode(&self, place: &str) -> Result<Mode, Lack> {
        let mode = match self.mode.as_deref().unwrap_or_default() {
            // The tool goes by what there is.
            "" if is_given(&self.sts_token) => "StsToken",
            "" if self.ram_role_arn.as_ref().is_some_and(|role| !role.is_empty()) => "RamRoleArn",
            "" => "AK",
            mode => mode,
        };
        Ok(match mode {
            "AK" => Mode::Ak,
            "StsToken" => Mode::StsToken,
            "CloudSSO" => Mode::Login("CloudSSO"),
            "OAuth" => Mode::Login("OAuth"),
            other => {
                // What stands there may be anything, a key included.
                let of_mode = match NOT_SERVED.iter().find(|known| **known == other) {
                    Some(known) => format!("has the mode `{known}`, which is not served yet"),
                    None => "has a `mode` that is not known".to_owned(),
                };
                let served = "served are `AK`, `StsToken`, `CloudSSO` and `OAuth`";
                let advice = "other credentials are brought with `.credentials(…)`";
                return Err(Lack::Unusable(format!("{place} {of_mode}; {served}, {advice}")));
            }
        })
    }

    /// Temporary keys end. Those of a login always say when; others may.
    fn check_expiration(
        &self,
        place: &str,
        name: &str,
        mode: Mode,
        clock: &Clock,
    ) -> Result<(), Lack> {
        let expiration = self.sts_expiration.filter(|expiration| *expiration != 0);
        let lack = match (mode, expiration) {
            (Mode::Ak, _) | (Mode::StsToken, None) => return Ok(()),
            (_, Some(expiration)) if expiration > clock.seconds() => return Ok(()),
            (_, Some(expiration)) => {
                format!("the keys of {place} expired at {}", clock::date(expiration))
            }
            (Mode::Login(_), None) => format!("{place} has no `sts_expiration`"),
        };
        Err(Lack::Unusable(format!("{lack}; {}", login(name, mode))))
    }
}

/// Says how a profile gets new keys.
fn login(name: &str, mode: Mode) -> String {
    let (verb, mode) = match mode {
        Mode::Ak => ("configure it", "AK"),
        Mode::StsToken => ("configure new ones", "StsToken"),
        Mode::Login(mode) => ("log in again", mode),
    };
    format!("{verb} with `aliyun configure --profile {name} --mode {mode}`")
}

fn is_given(secret: &Option<SecretString>) -> bool {
    secret.as_ref().is_some_and(|secret| !secret.expose_secret().is_empty())
}
