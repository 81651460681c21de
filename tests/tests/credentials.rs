//! Where keys come from: the order, the files, and what is said when there are none.

use std::fs;
use std::path::Path;

use alibabacloud_dbs::credentials::{CredentialsError, DefaultChain};
use alibabacloud_dbs::{Credentials, ExposeSecret};
use tempfile::TempDir;

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";
const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";
const FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";

const CLI: &str = r#"{
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
      "access_key_secret": "planted-secret" }
  ]
}"#;

const SHARED: &str = "
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

[half]
type = access_key
access_key_id =
access_key_secret = planted-secret
";

/// A home folder with files in it.
fn home(files: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().expect("there is room");
    for (path, text) in files {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below home")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }
    home
}

fn resolve(home: &Path, variables: &[(&str, &str)]) -> Result<Credentials, CredentialsError> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    let mut known = vec![(name.to_owned(), home.to_string_lossy().into_owned())];
    known.extend(variables.iter().map(|(name, value)| (name.to_string(), value.to_string())));
    let lookup = move |name: &str| {
        known.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let chain = DefaultChain::with_environment(lookup);
    assert!(!format!("{chain:?}").contains("planted"));
    let result = chain.resolve();
    if let Err(error) = &result {
        assert!(!format!("{error} {error:?}").contains("planted"), "{error}");
    }
    result
}

fn parts(credentials: &Credentials) -> (&str, &str, Option<&str>) {
    (
        credentials.access_key_id(),
        credentials.access_key_secret().expose_secret(),
        credentials.security_token().map(|token| token.expose_secret()),
    )
}

fn found(home: &Path, variables: &[(&str, &str)], expected: (&str, &str, Option<&str>)) {
    let credentials = resolve(home, variables).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(parts(&credentials), expected);
    let shown = format!("{credentials:?}");
    assert!(!shown.contains(expected.1), "{shown}");
    assert!(expected.2.is_none_or(|token| !shown.contains(token)), "{shown}");
}

/// What the source at that position of the chain lacked.
fn lack(home: &Path, variables: &[(&str, &str)], position: usize) -> String {
    let error = resolve(home, variables).expect_err("there are no credentials");
    assert_eq!(error.tried().count(), 3, "{error}");
    let (source, lack) = error.tried().nth(position).expect("three were tried");
    let line = format!("\n- {source}: {lack}");
    assert!(error.to_string().contains(&line), "{error}");
    lack.replace(&*home.to_string_lossy(), "~")
}

#[test]
fn the_environment_goes_first_then_the_command_line_tool_then_the_shared_file() {
    let both = home(&[(".aliyun/config.json", CLI), (".alibabacloud/credentials", SHARED)]);
    let key = [(ID, "env-id"), (SECRET, "env-key")];
    found(both.path(), &key, ("env-id", "env-key", None));
    found(both.path(), &[], ("cli-id", "cli-secret", None));
    let shared = home(&[(".alibabacloud/credentials", SHARED)]);
    found(shared.path(), &[], ("shared-id", "shared#secret", None));
}

#[test]
fn the_environment_may_have_a_token() {
    let home = home(&[]);
    let key = [(ID, "id"), (SECRET, "env-key"), (TOKEN, "env-sts")];
    found(home.path(), &key, ("id", "env-key", Some("env-sts")));
    let key = [(ID, "id"), (SECRET, "env-key"), (TOKEN, "")];
    found(home.path(), &key, ("id", "env-key", None));
}

#[test]
fn half_a_key_in_the_environment_is_none() {
    let home = home(&[(".alibabacloud/credentials", SHARED)]);
    for half in [[(ID, "id"), (SECRET, "")], [(ID, ""), (SECRET, "planted")]] {
        found(home.path(), &half, ("shared-id", "shared#secret", None));
    }
}

#[test]
fn a_profile_may_be_named() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    found(home.path(), &[(PROFILE, "sts")], ("sts-id", "sts-secret", Some("sts-token")));
    found(home.path(), &[(PROFILE, "")], ("cli-id", "cli-secret", None));
}

#[test]
fn the_command_line_tool_may_be_left_out() {
    let home = home(&[(".aliyun/config.json", CLI), (".alibabacloud/credentials", SHARED)]);
    found(home.path(), &[(DISABLED, "True")], ("shared-id", "shared#secret", None));
    found(home.path(), &[(DISABLED, "false")], ("cli-id", "cli-secret", None));
}

#[test]
fn the_shared_file_has_either_name_or_the_one_that_the_environment_gives() {
    let second = home(&[(".alibabacloud/credentials.ini", SHARED)]);
    found(second.path(), &[], ("shared-id", "shared#secret", None));
    let windows = SHARED.replace('\n', "\r\n");
    let elsewhere = home(&[("keys", &windows)]);
    let path = elsewhere.path().join("keys");
    let named = [(FILE, &*path.to_string_lossy()), (PROFILE, "temporary")];
    found(second.path(), &named, ("sts-id", "sts-secret", Some("sts=token==")));
}

#[test]
fn a_key_that_is_replaced_is_picked_up() {
    let home = home(&[(".alibabacloud/credentials", SHARED)]);
    let path = home.path().to_string_lossy().into_owned();
    let chain = DefaultChain::with_environment(move |name| {
        matches!(name, "HOME" | "USERPROFILE").then(|| path.clone())
    });
    let first = chain.resolve().expect("there is a key");
    let replaced = SHARED.replace("shared-id", "new-id");
    fs::write(home.path().join(".alibabacloud/credentials"), replaced).expect("there is room");
    let second = chain.resolve().expect("there is a key");
    assert_eq!((first.access_key_id(), second.access_key_id()), ("shared-id", "new-id"));
}

#[test]
fn every_source_says_what_it_lacks() {
    let empty = home(&[]);
    assert_eq!(lack(empty.path(), &[], 0), "`ALIBABA_CLOUD_ACCESS_KEY_ID` is not set");
    let lacks = lack(empty.path(), &[(ID, "id")], 0);
    assert_eq!(lacks, "`ALIBABA_CLOUD_ACCESS_KEY_SECRET` is not set");
    let lacks = lack(empty.path(), &[], 1);
    assert!(lacks.starts_with("cannot read `~/.aliyun/config.json`: "), "{lacks}");
    let lacks = lack(empty.path(), &[], 2);
    assert!(lacks.starts_with("cannot read `~/.alibabacloud/credentials`: "), "{lacks}");
    let lacks = lack(empty.path(), &[(DISABLED, "true")], 1);
    assert_eq!(lacks, "`ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`");
}

#[test]
fn a_profile_that_gives_no_key_says_why() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    for (profile, expected) in [
        ("none", "`~/.aliyun/config.json` has no profile `none`"),
        ("default", "profile `default` of `~/.aliyun/config.json` has no `access_key_id`"),
        ("half", "profile `half` of `~/.aliyun/config.json` has no `sts_token`"),
        (
            "role",
            "profile `role` of `~/.aliyun/config.json` has the mode `RamRoleArn`; \
             known are `AK` and `StsToken`",
        ),
    ] {
        assert_eq!(lack(home.path(), &[(PROFILE, profile)], 1), expected);
    }
}

#[test]
fn a_section_that_gives_no_key_says_why() {
    let home = home(&[(".alibabacloud/credentials", SHARED)]);
    for (profile, expected) in [
        ("none", "`~/.alibabacloud/credentials` has no section `[none]`"),
        ("untyped", "section `[untyped]` of `~/.alibabacloud/credentials` has no `type`"),
        ("half", "section `[half]` of `~/.alibabacloud/credentials` has no `access_key_id`"),
        (
            "role",
            "section `[role]` of `~/.alibabacloud/credentials` has the type `ram_role_arn`; \
             known are `access_key` and `sts`",
        ),
    ] {
        assert_eq!(lack(home.path(), &[(PROFILE, profile)], 2), expected);
    }
}

#[test]
fn a_profile_file_that_is_none_says_where_and_shows_no_secret() {
    for (text, place) in [
        ("", "line 1, column 0"),
        ("[]", ""),
        ("{\"profiles\": \"planted-secret\"}", "line 1, column 29"),
        ("{\"profiles\": [{\"access_key_secret\": [\"planted-secret\"]}]}", "line 1"),
        ("{\"profiles\": [{\"name\": \"planted", "line 1"),
    ] {
        let home = home(&[(".aliyun/config.json", text)]);
        let lacks = lack(home.path(), &[], 1);
        let expected = format!("`~/.aliyun/config.json` is no profile file, {place}");
        assert!(lacks.starts_with(&expected) || place.is_empty(), "{lacks}");
    }
}
