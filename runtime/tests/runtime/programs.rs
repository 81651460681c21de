//! Credentials that a program prints, and those for a login that the command line tool has made.

#[cfg(target_os = "linux")]
use std::fs;

use crate::deadlines::{LONG, within};
use crate::handed_out::{END, START, ask, id, keys, says};
use crate::head::Head;
use crate::loopback::{SECRET, Server, TOKEN};
use crate::service::Credentials;
use crate::service::credentials::{ExternalProcess, ProvideCredentials};
use crate::sources::{PROFILE, at, chain, home};

/// A program that prints a file.
#[cfg(unix)]
async fn printed(text: &str) -> Result<Credentials, String> {
    let files = home(&[("planted keys", text)]);
    let path = files.path().join("planted keys");
    let command = format!("cat '{}'", path.display());
    ask(&ExternalProcess::new(command).with_clock(|| at(START))).await
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_prints_keys() {
    let keys =
        format!(r#"{{"mode": "AK", "access_key_id": "p", "access_key_secret": "{SECRET}"}}"#);
    assert_eq!(id(&printed(&keys).await), "p");
    let temporary = format!(
        r#"{{"mode": "StsToken", "access_key_id": "p", "access_key_secret": "{SECRET}",
            "sts_token": "{TOKEN}", "expiration": "{END}"}}"#
    );
    let given = printed(&temporary).await;
    assert_eq!(id(&given), "p");
    assert_eq!(given.expect("there are keys").expiration(), Some(at(START + 3600)));
    for (text, expected) in [
        ("planted", "the answer cannot be read, line 1, column 1"),
        ("", "the answer cannot be read, line 1, column 0"),
        ("{}", "the answer has no `access_key_id`"),
        (r#"{"access_key_id": "planted"}"#, "the answer has no `access_key_secret`"),
        (&*temporary.replace("sts_token", "x"), "the answer has no `sts_token`"),
        (&*temporary.replace(END, "planted"), "the answer's `expiration` is no time"),
    ] {
        let error = printed(text).await.expect_err(text);
        assert_eq!(error, format!("no keys from `cat`: {expected}"));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_fails_says_so_and_nothing_more() {
    for (command, expected) in [
        (" ", "the command is empty"),
        ("cat 'planted", "the command has a quote without its other half"),
        ("sh -c 'echo planted; echo planted >&2; exit 3'", "exit status: 3; what it says"),
        ("/nowhere/program planted", "no keys from `/nowhere/program`: it cannot be started: "),
        (r#"sh -c "test \"a b\" = a\ b && exit 4""#, "exit status: 4"),
    ] {
        let error = ask(&ExternalProcess::new(command)).await.expect_err(command);
        assert!(error.contains(expected), "{error}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_ends_with_whoever_waits_for_it() {
    let files = home(&[]);
    let file = files.path().join("process");
    let command = format!("sh -c 'echo $$ > {}; exec sleep 1000'", file.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("there is a runtime");
    let process = runtime.block_on(within(LONG, "the program", async {
        let provider = ExternalProcess::new(command);
        tokio::spawn(async move { provider.provide().await });
        loop {
            tokio::task::yield_now().await;
            let process = fs::read_to_string(&file).unwrap_or_default();
            if process.ends_with('\n') {
                return process.trim().to_owned();
            }
        }
    }));
    drop(runtime);
    let started = std::time::Instant::now();
    while fs::metadata(format!("/proc/{process}")).is_ok() {
        assert!(started.elapsed() < LONG, "it still runs");
        std::thread::yield_now();
    }
}

#[tokio::test]
async fn a_login_is_exchanged_while_its_token_lasts() {
    let server = Server::start(vec![
        says(200, &format!(r#"{{"CloudCredential": {}}}"#, keys("STS.s", END))),
        says(200, &keys("STS.o", END)),
        says(401, "planted"),
    ]);
    let url = server.endpoint();
    let config = format!(
        r#"{{"profiles": [
        {{"name": "sso", "mode": "CloudSSO", "cloud_sso_sign_in_url": "{url}/planted/login",
          "cloud_sso_account_id": "1", "cloud_sso_access_config": "c", "access_token": "planted-a",
          "cloud_sso_access_token_expire": {later}}},
        {{"name": "oauth", "mode": "OAuth", "oauth_site_type": "INTL",
          "oauth_access_token": "planted-b", "oauth_access_token_expire": {later}}},
        {{"name": "ended", "mode": "OAuth", "oauth_access_token": "planted-b",
          "oauth_refresh_token": "planted-c", "oauth_access_token_expire": {START}}},
        {{"name": "odd", "mode": "OAuth", "oauth_site_type": "planted",
          "oauth_access_token": "planted-b", "oauth_access_token_expire": {later}}},
        {{"name": "plain", "mode": "CloudSSO", "cloud_sso_sign_in_url": "http://sso.example/x",
          "cloud_sso_account_id": "1", "cloud_sso_access_config": "c", "access_token": "planted-a",
          "cloud_sso_access_token_expire": {later}}}]}}"#,
        later = START + 60
    );
    let home = home(&[(".aliyun/config.json", &config)]);
    let chain = |profile: &str| {
        chain(home.path(), &[(PROFILE, profile)]).with_oauth_endpoint(server.endpoint())
    };
    assert_eq!(id(&ask(&chain("sso")).await), "STS.s");
    assert_eq!(id(&ask(&chain("oauth")).await), "STS.o");
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(|request| request.head.split(' ').nth(1)).collect();
    assert_eq!(sent, [Some("/cloud-credentials"), Some("/v1/exchange")]);
    assert_eq!(Head::parse(&requests[0].head).header("authorization"), "Bearer planted-a");
    assert_eq!(Head::parse(&requests[1].head).header("authorization"), "Bearer planted-b");
    let asked = String::from_utf8_lossy(&requests[0].body).into_owned();
    assert_eq!(asked, r#"{"AccessConfigurationId":"c","AccountId":"1"}"#);
    for (profile, expected) in [
        ("oauth", "HTTP 401; log in again with `aliyun configure --profile oauth --mode OAuth`"),
        ("ended", "has no `access_key_id`; log in again with `aliyun configure --profile ended"),
        ("odd", "has an `oauth_site_type` that is neither `CN` nor `INTL`; log in again"),
        ("plain", "`http://sso.example` would send passwords in the clear"),
    ] {
        let error = ask(&chain(profile)).await.expect_err(profile);
        assert!(error.contains(expected), "{error}");
    }
}
