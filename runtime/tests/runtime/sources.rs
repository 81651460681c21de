//! Sources of credentials: their variables, files that have everything, and a chain on them.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::service::credentials::{CredentialsError, DefaultChain};
use crate::service::{Credentials, ExposeSecret};
use tempfile::TempDir;

/// The variable of the access key id.
pub const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
/// The variable of the access key secret.
pub const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
/// The variable of the security token.
pub const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";
/// The variable that names a profile.
pub const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
/// The variable that names the shared file.
pub const FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
/// The variable that names the command line tool's file.
pub const CONFIG: &str = "ALIBABA_CLOUD_CONFIG_FILE";
/// The switch that leaves the command line tool out.
pub const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
/// The variables of an OIDC role.
pub const OIDC: [&str; 3] =
    ["ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"];
/// The variable of an instance's role.
pub const ECS: &str = "ALIBABA_CLOUD_ECS_METADATA";
/// The switch that leaves the instance out.
pub const NO_ECS: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
/// The variable of a credentials server.
pub const URI: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

/// The place of the access key in the list of what each source lacks.
pub const OF_KEY: usize = 0;
/// The place of the OIDC role.
pub const OF_OIDC: usize = 1;
/// The place of the command line tool's file.
pub const OF_CLI: usize = 2;
/// The place of the shared file.
pub const OF_SHARED: usize = 3;
/// The place of the instance.
pub const OF_ECS: usize = 4;
/// The place of the server.
pub const OF_URI: usize = 5;

/// A file of the command line tool; what must not be shown has `planted` in it.
pub const CLI: &str = r#"{
  "current": "work",
  "profiles": [
    { "name": "default", "mode": "AK", "access_key_id": "", "access_key_secret": "" },
    { "name": "work", "mode": "AK", "access_key_id": "cli-id", "access_key_secret": "cli-secret",
      "sts_token": "ignored", "region_id": "cn-hangzhou", "retry_timeout": 10 },
    { "name": "sts", "mode": "StsToken", "access_key_id": "sts-id",
      "access_key_secret": "sts-secret", "sts_token": "sts-token" },
    { "name": "half", "mode": "StsToken", "access_key_id": "sts-id",
      "access_key_secret": "planted-secret" },
    { "name": "role", "mode": "RamRoleArn", "access_key_id": "x",
      "access_key_secret": "planted-secret" },
    { "name": "rsa", "mode": "RsaKeyPair", "private_key": "planted" },
    { "name": "odd", "mode": "planted-mode", "access_key_id": "x" },
    { "name": "bare", "access_key_id": "bare-id", "access_key_secret": "bare-secret" },
    { "name": "bare-sts", "access_key_id": "bare-id", "access_key_secret": "bare-secret",
      "sts_token": "bare-token" },
    { "name": "ended", "mode": "StsToken", "access_key_id": "x", "sts_token": "planted-token",
      "access_key_secret": "planted-secret", "sts_expiration": 1700000000 },
    { "name": "sso", "mode": "CloudSSO", "access_key_id": "sso-id", "sts_token": "sso-token",
      "access_key_secret": "sso-secret", "access_token": "planted", "sts_expiration": 1800000000 },
    { "name": "oauth", "mode": "OAuth", "access_key_id": "o-id", "sts_token": "o-token",
      "access_key_secret": "o-secret", "oauth_refresh_token": "planted",
      "sts_expiration": 1800000000 },
    { "name": "endless", "mode": "CloudSSO", "access_key_id": "x", "sts_token": "planted-token",
      "access_key_secret": "planted-secret" },
    { "name": "fresh", "mode": "OAuth", "oauth_access_token": "planted" }
  ]
}"#;

/// A shared file, likewise.
pub const SHARED: &str = "
# The first comment.
[default]
enable = true
type = access_key          # what it is
access_key_id = shared-id
access_key_secret=shared#secret

; The second.
[temporary]
type = sts
access_key_id = sts-id
access_key_secret = sts-secret
security_token = sts=token==

[untyped]
access_key_id = x
access_key_secret = planted-secret

[role]
type = ram_role_arn
access_key_secret = planted-secret

[rsa]
type = rsa_key_pair
private_key = planted

[odd]
type = planted-type

[off]
enable = False
type = access_key
access_key_id = x
access_key_secret = planted-secret

[half]
type = access_key
access_key_id =
access_key_secret = planted-secret
";

/// A home folder with files in it.
///
/// # Panics
///
/// When there is no room.
pub fn home(files: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().expect("there is room");
    for (path, text) in files {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below home")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }
    home
}

/// The chain on a home folder and some variables.
pub fn chain(home: &Path, variables: &[(&str, &str)]) -> DefaultChain {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    let mut known = vec![(name.to_owned(), home.to_string_lossy().into_owned())];
    known.extend(variables.iter().map(|(name, value)| (name.to_string(), value.to_string())));
    let lookup = move |name: &str| {
        known.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let chain = DefaultChain::with_environment(lookup).with_clock(|| at(1_750_000_000));
    chain.with_metadata_endpoint(nobody()).with_sts_endpoint(nobody()).with_oauth_endpoint(nobody())
}

/// An endpoint on this machine where nobody listens: such a port is given out to no server of another test.
pub fn nobody() -> String {
    "http://127.0.0.1:1".to_owned()
}

/// Some seconds after 1970.
pub fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// What the chain finds on a home folder and some variables.
///
/// # Errors
///
/// When it finds nothing.
///
/// # Panics
///
/// When something shows a secret.
pub fn resolve(home: &Path, variables: &[(&str, &str)]) -> Result<Credentials, CredentialsError> {
    resolved(&chain(home, variables))
}

/// What a chain finds.
///
/// # Errors
///
/// When it finds nothing.
///
/// # Panics
///
/// When something shows a secret.
pub fn resolved(chain: &DefaultChain) -> Result<Credentials, CredentialsError> {
    assert!(!format!("{chain:?}").contains("planted"));
    let result = chain.resolve();
    if let Err(error) = &result {
        assert!(!format!("{error} {error:?}").contains("planted"), "{error}");
    }
    result
}

fn parts(credentials: &Credentials) -> (&str, &str, Option<&str>) {
    (
        credentials.access_key_id().expect("it is a key"),
        credentials.access_key_secret().expect("it is a key").expose_secret(),
        credentials.security_token().map(|token| token.expose_secret()),
    )
}

/// Expects an access key.
///
/// # Panics
///
/// When another is found, or none, or its `Debug` shows it.
pub fn found(home: &Path, variables: &[(&str, &str)], expected: (&str, &str, Option<&str>)) {
    let credentials = resolve(home, variables).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(parts(&credentials), expected);
    let shown = format!("{credentials:?}");
    assert!(!shown.contains(expected.1), "{shown}");
    assert!(expected.2.is_none_or(|token| !shown.contains(token)), "{shown}");
}

/// What the source at that position of the chain lacked.
///
/// # Panics
///
/// When there are credentials.
pub fn lack(home: &Path, variables: &[(&str, &str)], position: usize) -> String {
    let error = resolve(home, variables).expect_err("there are no credentials");
    assert_eq!(error.tried().count(), 6, "{error}");
    let (source, lack) = error.tried().nth(position).expect("six were tried");
    let line = format!("\n- {source}: {lack}");
    assert!(error.to_string().contains(&line), "{error}");
    lack.replace(&*home.to_string_lossy(), "~")
}
