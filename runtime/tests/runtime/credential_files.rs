//! Files of keys, as the tools write them and people change them.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::sources::{
    CLI, OF_CLI, OF_SHARED, PROFILE, SHARED, at, chain, found, home, lack, resolve, resolved,
};

#[test]
fn a_profile_that_gives_no_key_says_why() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    for (profile, expected) in [
        ("none", "`~/.aliyun/config.json` has no profile `none`"),
        ("default", "profile `default` of `~/.aliyun/config.json` has no `access_key_id`"),
        ("half", "profile `half` of `~/.aliyun/config.json` has no `sts_token`"),
        (
            "role",
            "profile `role` of `~/.aliyun/config.json` names no role, and neither does \
             `ALIBABA_CLOUD_ROLE_ARN`",
        ),
        (
            "rsa",
            "profile `rsa` of `~/.aliyun/config.json` has the mode `RsaKeyPair`, which is not \
             served; served are `AK`, `StsToken`, `RamRoleArn`, `ChainableRamRoleArn`, \
             `EcsRamRole`, `OIDC`, `External`, `CloudSSO` and `OAuth`, other credentials are \
             brought with `.credentials(…)`",
        ),
        (
            "odd",
            "profile `odd` of `~/.aliyun/config.json` has a `mode` that is not known; served are \
             `AK`, `StsToken`, `RamRoleArn`, `ChainableRamRoleArn`, `EcsRamRole`, `OIDC`, \
             `External`, `CloudSSO` and `OAuth`, other credentials are brought with \
             `.credentials(…)`",
        ),
    ] {
        assert_eq!(lack(home.path(), &[(PROFILE, profile)], OF_CLI), expected);
    }
}

#[test]
fn a_section_that_gives_no_key_says_why() {
    let home = home(&[(".alibabacloud/credentials", SHARED)]);
    for (profile, expected) in [
        ("none", "`~/.alibabacloud/credentials` has no section `[none]`"),
        ("untyped", "section `[untyped]` of `~/.alibabacloud/credentials` has no `type`"),
        ("half", "section `[half]` of `~/.alibabacloud/credentials` has no `access_key_id`"),
        ("role", "section `[role]` of `~/.alibabacloud/credentials` has no `access_key_id`"),
        (
            "rsa",
            "section `[rsa]` of `~/.alibabacloud/credentials` has the type `rsa_key_pair`, which is \
             not served; served are `access_key`, `sts`, `ram_role_arn`, `oidc_role_arn` and \
             `ecs_ram_role`, other credentials are brought with `.credentials(…)`",
        ),
        (
            "odd",
            "section `[odd]` of `~/.alibabacloud/credentials` has a `type` that is not known; \
             served are `access_key`, `sts`, `ram_role_arn`, `oidc_role_arn` and `ecs_ram_role`, \
             other credentials are brought with `.credentials(…)`",
        ),
        (
            "off",
            "section `[off]` of `~/.alibabacloud/credentials` is switched off: `enable` is not \
             `true`",
        ),
    ] {
        assert_eq!(lack(home.path(), &[(PROFILE, profile)], OF_SHARED), expected);
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
        let lacks = lack(home.path(), &[], OF_CLI);
        let expected = format!("`~/.aliyun/config.json` is no profile file, {place}");
        assert!(lacks.starts_with(&expected) || place.is_empty(), "{lacks}");
    }
}

#[test]
fn a_file_that_cannot_be_understood_is_not_passed_over() {
    let large = format!("[default]\n{}", "# planted\n".repeat(200_000));
    for (config, why) in [
        ("{", "is no profile file, line 1, column 1"),
        ("{} {}", "is no profile file, line 1, column 4"),
        (&*large, "it is larger than 1 MiB"),
    ] {
        let both = home(&[(".aliyun/config.json", config), (".alibabacloud/credentials", SHARED)]);
        let lacks = lack(both.path(), &[], OF_CLI);
        assert!(lacks.ends_with(why), "{lacks}");
    }
    let folder = home(&[(".aliyun/config.json/file", ""), (".alibabacloud/credentials", SHARED)]);
    let lacks = lack(folder.path(), &[], OF_CLI);
    assert!(lacks.starts_with("cannot read `~/.aliyun/config.json`: "), "{lacks}");
    for bytes in [&b"\xff\xfe[\0d\0"[..], b"\xfe\xff\0[\0d", b"planted \xff"] {
        let home = home(&[(".alibabacloud/credentials", "")]);
        fs::write(home.path().join(".alibabacloud/credentials"), bytes).expect("there is room");
        let lacks = lack(home.path(), &[], OF_SHARED);
        assert!(lacks.contains("UTF-8"), "{lacks}");
    }
}

#[test]
fn keys_of_a_login_are_used_until_they_expire() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    found(home.path(), &[(PROFILE, "sso")], ("sso-id", "sso-secret", Some("sso-token")));
    found(home.path(), &[(PROFILE, "oauth")], ("o-id", "o-secret", Some("o-token")));
    for (profile, seconds, expected) in [
        ("sso", 1_800_000_000, "expired at 2027-01-15T08:00:00Z; log in again"),
        ("oauth", 1_900_000_000, "expired at 2027-01-15T08:00:00Z; log in again"),
        ("endless", 0, "has no `sts_expiration`; log in again"),
        ("fresh", 0, "has no `access_key_id`; log in again"),
        ("ended", 1_750_000_000, "expired at 2023-11-14T22:13:20Z; configure new ones"),
    ] {
        let late = chain(home.path(), &[(PROFILE, profile)]).with_clock(move || at(seconds));
        let error = resolved(&late).expect_err("they are not usable").to_string();
        let command = format!("with `aliyun configure --profile {profile} --mode ");
        assert!(error.contains(&format!("{expected} {command}")), "{error}");
    }
}

#[test]
fn no_clock_is_too_odd_to_tell_what_has_expired() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    let far = Duration::from_secs(i64::MAX as u64);
    let early = [Some(UNIX_EPOCH), UNIX_EPOCH.checked_sub(far)];
    let late = [Some(at(253_402_300_800)), UNIX_EPOCH.checked_add(far)];
    for (times, expected) in [(early, true), (late, false)] {
        for time in times.into_iter().flatten() {
            let chain = chain(home.path(), &[(PROFILE, "sso")]).with_clock(move || time);
            assert_eq!(resolved(&chain).is_ok(), expected, "{time:?}");
        }
    }
    for odd in [i64::MIN, -1, i64::MAX] {
        let config = CLI.replace("1700000000", &odd.to_string());
        let home = self::home(&[(".aliyun/config.json", &config)]);
        let result = resolve(home.path(), &[(PROFILE, "ended")]);
        assert_eq!(result.is_ok(), odd > 0, "{odd}");
    }
}

#[test]
fn a_profile_without_a_mode_is_what_its_keys_are() {
    let home = home(&[(".aliyun/config.json", CLI)]);
    found(home.path(), &[(PROFILE, "bare")], ("bare-id", "bare-secret", None));
    let token = Some("bare-token");
    found(home.path(), &[(PROFILE, "bare-sts")], ("bare-id", "bare-secret", token));
}

#[test]
fn the_tool_s_file_is_read_as_the_tool_reads_it() {
    for config in [
        "\u{feff}{\"current\": \"a\", \"profiles\": [{\"name\": \"a\", \"mode\": \"AK\", \
         \"access_key_id\": \"id\", \"access_key_secret\": \"shh\"}]}",
        "{\"Current\": \"a\", \"PROFILES\": [{\"Name\": \"a\", \"Mode\": \"AK\", \
         \"Access_Key_Id\": \"id\", \"ACCESS_KEY_SECRET\": \"shh\"}]}",
        "{\"current\": null, \"profiles\": [{\"name\": \"default\", \"mode\": \"AK\", \
         \"access_key_id\": \"id\", \"access_key_secret\": \"shh\", \"sts_token\": null}]}",
    ] {
        let home = home(&[(".aliyun/config.json", config)]);
        found(home.path(), &[], ("id", "shh", None));
    }
}

#[test]
fn the_shared_file_is_read_as_the_official_sdks_read_it() {
    for text in [
        "\u{feff}[default]\ntype = access_key\naccess_key_id = id\naccess_key_secret = shh\n",
        "[default]\ntype = \"access_key\"\naccess_key_id = 'id'\naccess_key_secret=`shh`\n",
        "[default]\ntype: access_key\naccess_key_id : id\naccess_key_secret:shh",
        "[default]\nTYPE = access_key\nAccess_Key_Id = id\nACCESS_KEY_SECRET = shh\n",
        "[ default ] # main\n\ttype=access_key ; it is\n  access_key_id = 'id' # mine\n\n  \
         # more\naccess_key_secret\t=\tshh\t# and mine\nregion_id = # none\n",
        "[default]\r\ntype = access_key\r\naccess_key_id = old\r\naccess_key_secret = shh\r\n\
         policy = {\r\n  many lines\r\n  }\r\n[other]\r\naccess_key_id = x\r\n\
         [default]\r\naccess_key_id = id\r\n",
        "[DEFAULT]\ntype = access_key\naccess_key_secret = shh\n[default]\naccess_key_id = id\n",
        "[default]\nenable = True\ntype=access_key\naccess_key_id=id\naccess_key_secret=shh\n",
    ] {
        let home = home(&[(".alibabacloud/credentials", text)]);
        found(home.path(), &[], ("id", "shh", None));
    }
}

#[test]
fn a_shared_file_that_is_none_says_where_and_shows_no_secret() {
    for (text, line) in [
        ("[default]\nplanted-secret\n", 2),
        ("\n\n[planted\naccess_key_secret = planted\n", 3),
        ("{\"access_key_secret\" = \"planted\",\n}\n", 2),
    ] {
        let home = home(&[(".alibabacloud/credentials", text)]);
        let expected = format!("`~/.alibabacloud/credentials` is no credentials file, line {line}");
        assert_eq!(lack(home.path(), &[], OF_SHARED), expected);
    }
}
