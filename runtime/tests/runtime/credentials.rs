//! Where keys come from: the order, and what is said when there are none.

use std::fs;

use crate::service::credentials::DefaultChain;
use crate::sources::{
    CLI, CONFIG, DISABLED, ECS, FILE, ID, NO_ECS, OF_CLI, OF_ECS, OF_KEY, OF_OIDC, OF_SHARED,
    OF_URI, OIDC, PROFILE, SECRET, SHARED, TOKEN, URI, found, home, lack, nobody,
};

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
    let ids = (first.access_key_id(), second.access_key_id());
    assert_eq!(ids, (Some("shared-id"), Some("new-id")));
}

#[test]
fn every_source_says_what_it_lacks() {
    let empty = home(&[]);
    assert_eq!(lack(empty.path(), &[], OF_KEY), "`ALIBABA_CLOUD_ACCESS_KEY_ID` is not set");
    let lacks = lack(empty.path(), &[(ID, "id")], OF_KEY);
    assert_eq!(lacks, "`ALIBABA_CLOUD_ACCESS_KEY_SECRET` is not set");
    let lacks = lack(empty.path(), &[], OF_CLI);
    assert!(lacks.starts_with("cannot read `~/.aliyun/config.json`: "), "{lacks}");
    let lacks = lack(empty.path(), &[], OF_SHARED);
    assert!(lacks.starts_with("cannot read `~/.alibabacloud/credentials`: "), "{lacks}");
    let lacks = lack(empty.path(), &[(DISABLED, "true")], OF_CLI);
    assert_eq!(lacks, "`ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`");
    let lacks = lack(empty.path(), &[(OIDC[1], "arn")], OF_OIDC);
    let expected = "`ALIBABA_CLOUD_ROLE_ARN` and `ALIBABA_CLOUD_OIDC_TOKEN_FILE` are not set";
    assert_eq!(lacks, expected);
    let lacks = lack(empty.path(), &[], OF_ECS);
    let host = nobody().replace("http://", "");
    assert!(lacks.starts_with(&format!("from `{host}`: ")), "{lacks}");
    let lacks = lack(empty.path(), &[(ECS, "role"), (NO_ECS, "TRUE")], OF_ECS);
    assert_eq!(lacks, "`ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`");
    let lacks = lack(empty.path(), &[], OF_URI);
    assert_eq!(lacks, "`ALIBABA_CLOUD_CREDENTIALS_URI` is not set");
}

#[test]
fn a_source_whose_keys_cannot_be_had_is_named_and_nobody_else_is_taken() {
    let both = home(&[(".aliyun/config.json", CLI), (".alibabacloud/credentials", SHARED)]);
    let oidc = OIDC.map(|name| (name, "/nowhere"));
    let lacks = lack(both.path(), &oidc, OF_OIDC);
    assert!(lacks.starts_with("cannot read `/nowhere`: "), "{lacks}");
    let lacks = lack(both.path(), &oidc, OF_CLI);
    assert_eq!(lacks, "not asked; the search ended at the OIDC role of the environment");
    for profile in ["role", "odd", "ended", "endless", "fresh"] {
        let lacks = lack(both.path(), &[(PROFILE, profile)], OF_SHARED);
        assert_eq!(
            lacks,
            "not asked; the search ended at the profile file of the command line tool"
        );
    }
    let empty = home(&[]);
    let uri = nobody();
    let lacks = lack(empty.path(), &[(ECS, "role"), (URI, &uri)], OF_URI);
    assert_eq!(lacks, "not asked; the search ended at the role of the ECS instance");
    let lacks = lack(empty.path(), &[(URI, &uri)], OF_URI);
    assert!(lacks.starts_with(&uri.replace("http://", "no keys from `")), "{lacks}");
}

#[test]
fn a_source_whose_keys_cannot_be_had_does_not_matter_behind_one_that_has_keys() {
    let both = home(&[(".aliyun/config.json", CLI), (".alibabacloud/credentials", SHARED)]);
    let mut variables = vec![(ID, "env-id"), (SECRET, "env-key"), (ECS, "role"), (URI, "http://x")];
    variables.extend(OIDC.map(|name| (name, "x")));
    found(both.path(), &variables, ("env-id", "env-key", None));
    found(both.path(), &[(ECS, "role"), (URI, "http://x")], ("cli-id", "cli-secret", None));
    // As with the official SDKs, two of the three are none.
    for missing in OIDC {
        let some = OIDC.iter().filter(|name| **name != missing).map(|name| (*name, "x"));
        let some: Vec<_> = some.chain([(missing, "")]).collect();
        found(both.path(), &some, ("cli-id", "cli-secret", None));
    }
}

#[test]
fn keys_with_odd_characters_are_blamed_on_their_source() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    let lacks = lack(home.path(), &[(ID, "id\n"), (SECRET, "planted")], OF_KEY);
    assert_eq!(lacks, "the access key id has a character that is not visible ASCII");
}

#[test]
fn the_tool_s_file_may_lie_elsewhere() {
    let home = home(&[("config", CLI)]);
    let path = home.path().join("config");
    found(home.path(), &[(CONFIG, &*path.to_string_lossy())], ("cli-id", "cli-secret", None));
}

#[tokio::test]
async fn a_task_may_resolve_as_often_as_it_likes() {
    let home = home(&[(".alibabacloud/credentials", SHARED)]);
    for _ in 0..200 {
        found(home.path(), &[], ("shared-id", "shared#secret", None));
    }
}
