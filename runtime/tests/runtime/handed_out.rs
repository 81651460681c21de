//! Credentials that the metadata of an instance and a server hand out, with all that these may do wrong,
//! and what else is handed out to tests.

use crate::deadlines::{LONG, within};
use crate::head::Head;
use crate::logs;
use crate::loopback::{PLANTED, Reply, SECRET, Server, TOKEN, credentials, response};
use crate::service::credentials::{
    AssumeRole, CredentialsError, CredentialsUri, EcsRamRole, ProvideCredentials,
};
use crate::service::{Credentials, ExposeSecret};
use crate::sources::{URI, at, chain, home, nobody};

/// When these tests are.
pub const START: u64 = 1_750_000_000;
/// An hour later.
pub const END: &str = "2025-06-15T16:06:40Z";
/// A role.
pub const ROLE: &str = "acs:ram::1:role/r";

/// Keys as most servers hand them out.
pub fn keys(id: &str, end: &str) -> String {
    format!(
        r#"{{"Code": "Success", "AccessKeyId": "{id}", "AccessKeySecret": "{SECRET}",
            "SecurityToken": "{TOKEN}", "Expiration": "{end}", "LastUpdated": "x"}}"#
    )
}

/// The same as STS does it.
pub fn of_sts(id: &str, end: &str) -> String {
    format!(r#"{{"RequestId": "r", "Credentials": {}}}"#, keys(id, end))
}

/// A server's answer.
pub fn says(status: u16, body: &str) -> Reply {
    Reply::Bytes(response(status, &[], body.as_bytes()))
}

/// Asks for credentials, and searches for secrets in whatever is shown and logged.
///
/// # Errors
///
/// What is told when there are none.
///
/// # Panics
///
/// When a secret is found.
pub async fn ask(provider: &dyn ProvideCredentials) -> Result<Credentials, String> {
    logs::record();
    let result = within(LONG, "credentials", provider.provide()).await;
    let mut shown = vec![format!("{provider:?} {provider:#?} {}", provider.name())];
    match &result {
        Ok(credentials) => shown.push(format!("{credentials:?}")),
        Err(error) => shown.push(format!("{error} {error:?} {error:#?}")),
    }
    for text in shown {
        assert!(!text.contains(PLANTED), "{text}");
    }
    let log = logs::text();
    let leak = log.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
    result.map_err(|error: CredentialsError| error.to_string())
}

/// The id of keys that were given out.
///
/// # Panics
///
/// When there are none, or other ones.
pub fn id(given: &Result<Credentials, String>) -> &str {
    match given {
        Ok(credentials) => {
            assert_eq!(credentials.access_key_secret().expect("a key").expose_secret(), SECRET);
            credentials.access_key_id().expect("it is a key")
        }
        Err(error) => panic!("{error}"),
    }
}

fn instance(server: &Server) -> EcsRamRole {
    EcsRamRole::new().endpoint(server.endpoint()).with_clock(|| at(START))
}

/// Method and path of each request, and its token.
fn asked(server: &Server) -> Vec<String> {
    let seen = server.seen();
    let asked = seen.iter().map(|head| {
        let target = head.split(" HTTP").next().unwrap_or_default();
        let target = target.replace("/latest/meta-data/ram/security-credentials/", "roles/");
        let token =
            head.lines().find_map(|line| line.strip_prefix("x-aliyun-ecs-metadata-token: "));
        format!("{target} {}", token.unwrap_or("-"))
    });
    asked.collect()
}

#[tokio::test]
async fn metadata_are_read_with_the_token_of_a_session() {
    let server = Server::start(vec![
        says(200, "planted-session"),
        says(200, "web"),
        says(200, &keys("STS.i", END)),
    ]);
    assert_eq!(id(&ask(&instance(&server)).await), "STS.i");
    let with_token =
        ["PUT /latest/api/token -", "GET roles/ planted-session", "GET roles/web planted-session"];
    assert_eq!(asked(&server), with_token);
    let seen = server.seen();
    assert_eq!(Head::parse(&seen[0]).header("x-aliyun-ecs-metadata-token-ttl-seconds"), "21600");
    let server = Server::start(vec![says(200, "planted-session"), says(200, &keys("STS.i", END))]);
    assert_eq!(id(&ask(&instance(&server).role_name("web")).await), "STS.i");
    assert_eq!(asked(&server), [with_token[0], with_token[2]]);
}

#[tokio::test]
async fn metadata_without_tokens_are_read_unless_that_is_forbidden() {
    for token in
        [says(404, ""), says(200, ""), says(200, "planted\u{e4}"), Reply::Reset(Vec::new())]
    {
        let replies = vec![token, says(200, "web\n"), says(200, &keys("STS.i", END))];
        let server = Server::start(replies.clone());
        assert_eq!(id(&ask(&instance(&server)).await), "STS.i");
        assert_eq!(asked(&server), ["PUT /latest/api/token -", "GET roles/ -", "GET roles/web -"]);
        let server = Server::start(replies);
        let error = ask(&instance(&server).allow_imds_v1(false)).await.expect_err("no token");
        assert!(error.ends_with("and without one is forbidden"), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    // A token that is not taken is left out.
    let server = Server::start(vec![
        says(200, "planted-session"),
        says(403, ""),
        says(200, "web"),
        says(403, ""),
        says(200, &keys("STS.i", END)),
    ]);
    assert_eq!(id(&ask(&instance(&server)).await), "STS.i");
    let expected =
        ["roles/ planted-session", "roles/ -", "roles/web planted-session", "roles/web -"];
    assert_eq!(asked(&server)[1..], expected.map(|asked| format!("GET {asked}")));
}

#[tokio::test]
async fn metadata_that_are_slow_have_a_second_each() {
    let server = Server::start(vec![
        Reply::Hang(Vec::new()),
        says(200, "web"),
        says(200, &keys("STS.i", END)),
    ]);
    assert_eq!(id(&ask(&instance(&server)).await), "STS.i");
    let server = Server::start(vec![says(404, ""), Reply::Hang(Vec::new())]);
    let error = ask(&instance(&server)).await.expect_err("nobody answers");
    assert!(error.ends_with("there was no answer in time"), "{error}");
}

#[tokio::test]
async fn what_metadata_do_wrong_is_told_without_secrets() {
    let failed = keys("STS.i", END).replace("Success", "planted");
    let (no_end, ended) = (keys("STS.i", ""), keys("STS.i", "2025-06-15T15:06:40Z"));
    let odd = keys("STS\\n.i", END);
    for (role, body, expected) in [
        (says(404, ""), "", "HTTP 404"),
        (says(200, ""), "", "the answer names no role"),
        (says(200, "<html>planted</html>"), "", "the answer names no role"),
        (says(200, "../planted"), "", "the answer names no role"),
        (says(200, "web"), "planted", "the answer cannot be read, line 1, column 1"),
        (says(200, "web"), "{}", "the answer's `Code` is not `Success`"),
        (says(200, "web"), &failed, "the answer's `Code` is not `Success`"),
        (says(200, "web"), &no_end, "the answer has no `Expiration`"),
        (says(200, "web"), &ended, "and this machine's clock says 2025-06-15T15:06:40Z"),
        (says(200, "web"), &odd, "the access key id has a character that is not visible ASCII"),
    ] {
        let server =
            Server::start(vec![says(200, "planted-session"), role.clone(), says(200, body)]);
        let error = ask(&instance(&server).allow_imds_v1(false)).await.expect_err(expected);
        assert!(error.ends_with(expected), "{error}");
    }
    let server = Server::answering(200, &[], b"x");
    let error = ask(&instance(&server).role_name("../x")).await.expect_err("it is no name");
    assert_eq!(error, "the name of the instance's role is none of RAM");
    let nobody = EcsRamRole::new().endpoint(nobody());
    let error = ask(&nobody).await.expect_err("nobody listens");
    assert!(error.starts_with("from `127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn a_server_hands_out_keys_to_whoever_knows_its_address() {
    let server = Server::start(vec![says(200, &keys("STS.u", END))]);
    let uri = format!("{}/keys/planted?for=planted", server.endpoint());
    let provider = CredentialsUri::new(uri).with_clock(|| at(START));
    assert_eq!(id(&ask(&provider).await), "STS.u");
    assert!(server.seen()[0].starts_with("GET /keys/planted?for=planted HTTP/1.1"));
    let failed = keys("STS.u", END).replace("Success", "planted");
    for (status, body, expected) in [
        (500, "planted", "HTTP 500"),
        (302, "planted", "HTTP 302"),
        (200, "planted", "the answer cannot be read, line 1, column 1"),
        (200, &*failed, "the answer's `Code` is not `Success`"),
        (200, "{\"Code\": \"Success\"}", "the answer has no `AccessKeyId`"),
    ] {
        let server = Server::start(vec![says(status, body)]);
        let uri = format!("{}/planted", server.endpoint());
        let error = ask(&CredentialsUri::new(uri)).await.expect_err(body);
        let host = server.endpoint().replace("http://", "");
        assert_eq!(error, format!("no keys from `{host}`: {expected}"));
    }
    for uri in ["planted", "http://", "ftp://example/planted", "http://planted:x@[::1/"] {
        let error = ask(&CredentialsUri::new(uri)).await.expect_err(uri);
        assert!(error.starts_with("no keys from `"), "{error}");
    }
}

#[tokio::test]
async fn trouble_that_may_pass_is_told_from_what_stays() {
    for (status, retryable) in [(503, true), (429, true), (403, false), (404, false)] {
        let server = Server::start(vec![says(status, "{}")]);
        let given = [
            CredentialsUri::new(server.endpoint()).provide().await,
            EcsRamRole::new().endpoint(server.endpoint()).role_name("web").provide().await,
            AssumeRole::new(ROLE, credentials()).endpoint(server.endpoint()).provide().await,
        ];
        for given in given {
            let error = given.expect_err("nobody gives them out");
            assert_eq!(error.is_retryable(), retryable, "{error}");
        }
    }
    let home = home(&[]);
    let uri = nobody();
    let error = chain(home.path(), &[]).provide().await.expect_err("nobody is named");
    assert!(!error.is_retryable(), "{error}");
    let error = chain(home.path(), &[(URI, &uri)]).provide().await.expect_err("nobody listens");
    assert!(error.is_retryable(), "{error}");
}
