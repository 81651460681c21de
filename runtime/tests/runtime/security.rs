//! Who may call what: keys, bearer tokens and nobody, on the wire, and what is refused before it.

use std::time::Duration;

use alibabacloud_runtime::client;
use alibabacloud_runtime::meta::Security;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::private::field::Visit;
use alibabacloud_runtime::private::validation::{Checked, NoContext, Report};

use crate::head::Head;
use crate::logs;
use crate::loopback::{PLANTED, Server, TOKEN, credentials};
use crate::service::credentials::{CredentialsError, ProvideCredentials};
use crate::service::operations::CreateGetDbListFromAgentTaskResponse as Response;
use crate::service::{
    Access, Answer, BoxFuture, Credentials, EnvelopeMembers, Error, ErrorKind, Fields, Method,
    OperationMeta,
};

/// What operations take, by the position here.
const TAKEN: [Security; 6] = [
    Security::Key,
    Security::Bearer,
    Security::KeyOrBearer,
    Security::Anonymous,
    Security::Unsupported(&["accessTokenAuth"]),
    Security::Unsupported(&["APP", "PrivateKey"]),
];

/// An operation that takes what stands at this position, with a path or without.
struct Taking<const WHAT: usize, const ROA: bool> {
    name: Option<String>,
}

impl<const WHAT: usize, const ROA: bool> Fields for Taking<WHAT, ROA> {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(&["Name"], &[&self.name]);
    }
}

impl<const WHAT: usize, const ROA: bool> Operation for Taking<WHAT, ROA> {
    type Response = Response;

    const META: OperationMeta = OperationMeta {
        action: "Take",
        version: "2026-11-24",
        envelope: &EnvelopeMembers::USUAL,
        answer: Answer::Object,
        method: Method::Post,
        path: if ROA { "/things" } else { "/" },
        ram_action: None,
        access: Access::Read,
        security: TAKEN[WHAT],
        idempotency_parameter: None,
    };
}

impl<const WHAT: usize, const ROA: bool> Checked for Taking<WHAT, ROA> {
    type Context = NoContext;

    fn check(&self, _: &NoContext, _: &mut Report<'_>) {}
}

const KEY: usize = 0;
const BEARER: usize = 1;
const EITHER: usize = 2;
const ANYBODY: usize = 3;
const UNKNOWN: usize = 4;
const TWO_UNKNOWN: usize = 5;

/// Nobody may ask it for anything.
#[derive(Debug)]
struct Untouched;

impl ProvideCredentials for Untouched {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        panic!("there is no need for credentials");
    }
}

async fn call<const WHAT: usize, const ROA: bool>(
    server: &Server,
    credentials: impl ProvideCredentials + 'static,
) -> Result<Response, Error> {
    call_with::<WHAT, ROA>(server, credentials, None).await
}

async fn call_with<const WHAT: usize, const ROA: bool>(
    server: &Server,
    credentials: impl ProvideCredentials + 'static,
    name: Option<&str>,
) -> Result<Response, Error> {
    let client: client::Client = client::Builder::new(&[])
        .endpoint(server.endpoint())
        .credentials(credentials)
        .pauses(Duration::ZERO, Duration::ZERO)
        .build()
        .expect("the settings are acceptable");
    client.call(Taking::<WHAT, ROA> { name: name.map(str::to_owned) }).await
}

fn bearer() -> Credentials {
    Credentials::bearer(TOKEN)
}

/// The names of headers that a call may have, besides those that HTTP has.
const COMMON: [&str; 5] = [
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
];

/// Expects that exactly these headers stand beside the common ones.
fn check_headers(head: &Head, besides: &[&str]) {
    let is_own = |name: &&str| name.starts_with("x-acs-") || *name == "authorization";
    let mut names: Vec<&str> =
        head.headers.iter().map(|(name, _)| name.as_str()).filter(is_own).collect();
    let mut expected = [&COMMON[..], besides].concat();
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn a_call_that_anybody_may_make_asks_for_no_credentials_and_sends_none() {
    let server = Server::answering(200, &[], b"{}");
    call::<ANYBODY, false>(&server, Untouched).await.expect("it is answered");
    call::<ANYBODY, true>(&server, Untouched).await.expect("it is answered");
    // Also where there are some.
    call::<ANYBODY, false>(&server, credentials()).await.expect("it is answered");
    call::<ANYBODY, false>(&server, bearer()).await.expect("it is answered");
    for head in server.seen() {
        assert!(!head.contains(PLANTED) && !head.contains("exampleKeyId"), "{head}");
        let head = Head::parse(&head);
        check_headers(&head, &[]);
        assert_eq!(head.query(), "");
    }
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_bearer_token_is_a_header_and_signs_nothing() {
    let server = Server::answering(200, &[], b"{}");
    call::<BEARER, false>(&server, bearer()).await.expect("it is answered");
    call_with::<EITHER, false>(&server, bearer(), Some("a b")).await.expect("it is answered");
    call::<BEARER, true>(&server, bearer()).await.expect("it is answered");
    let seen = server.seen();
    let heads: Vec<Head> = seen.iter().map(|head| Head::parse(head)).collect();
    for head in &heads {
        assert_eq!(head.header("x-acs-bearer-token"), TOKEN);
    }
    check_headers(&heads[0], &["x-acs-bearer-token"]);
    assert_eq!(heads[0].query(), "SignatureType=BEARERTOKEN");
    check_headers(&heads[1], &["x-acs-bearer-token"]);
    assert_eq!(heads[1].query(), "Name=a%20b&SignatureType=BEARERTOKEN");
    check_headers(&heads[2], &["x-acs-bearer-token", "x-acs-signature-type"]);
    assert_eq!((heads[2].query(), heads[2].header("x-acs-signature-type")), ("", "BEARERTOKEN"));
}

#[tokio::test]
async fn a_key_signs_where_either_would_do() {
    let server = Server::answering(200, &[], b"{}");
    call::<EITHER, false>(&server, credentials()).await.expect("it is answered");
    let head = Head::parse(&server.seen()[0]);
    check_headers(&head, &["authorization", "x-acs-security-token"]);
    head.check_signature("exampleKeyId", crate::loopback::SECRET);
}

#[tokio::test]
async fn what_an_operation_does_not_take_is_refused_before_anything_is_sent() {
    let server = Server::answering(200, &[], b"{}");
    let refused = |result: Result<Response, Error>| {
        let error = result.expect_err("it is refused");
        assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
        assert_eq!(error.attempts(), 0);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(PLANTED), "{shown}");
        error.to_string()
    };
    assert_eq!(
        refused(call::<KEY, false>(&server, bearer()).await),
        "`Take` takes an access key, and the credentials are a bearer token"
    );
    assert_eq!(
        refused(call::<BEARER, true>(&server, credentials()).await),
        "`Take` takes a bearer token, and the credentials are an access key"
    );
    assert_eq!(
        refused(call::<UNKNOWN, false>(&server, Untouched).await),
        "`Take` takes neither keys nor bearer tokens, but `accessTokenAuth`, which has no code here"
    );
    assert_eq!(
        refused(call::<TWO_UNKNOWN, false>(&server, Untouched).await),
        "`Take` takes neither keys nor bearer tokens, but `APP` or `PrivateKey`, which has no code here"
    );
    let bad = |credentials| call::<BEARER, false>(&server, credentials);
    assert_eq!(refused(bad(Credentials::bearer("")).await), "the bearer token is empty");
    assert_eq!(
        refused(bad(Credentials::bearer("planted\n")).await),
        "the bearer token has a character that is not visible ASCII"
    );
    assert_eq!(
        refused(bad(bearer().with_security_token("planted")).await),
        "a bearer token has no security token beside it"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_bearer_token_is_shown_nowhere() {
    logs::record();
    let shown = format!("{:?}", bearer());
    assert!(shown.contains("bearer_token: \"[REDACTED]\""), "{shown}");
    // Some services repeat what they refuse.
    let body = format!(r#"{{"Code": "InvalidToken", "Message": "`{TOKEN}` is no token"}}"#);
    let server = Server::answering(400, &[], body.as_bytes());
    for error in [
        call::<BEARER, false>(&server, bearer()).await,
        call::<EITHER, true>(&server, bearer()).await,
    ] {
        let error = error.expect_err("it is refused");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("[REDACTED]` is no token") && !shown.contains(PLANTED), "{shown}");
    }
    assert!(server.seen().iter().all(|head| head.contains(TOKEN)));
    assert!(!logs::text().contains(PLANTED));
}

#[tokio::test]
async fn the_longest_url_has_room_for_what_a_bearer_token_adds() {
    let server = Server::answering(200, &[], b"{}");
    let fixed = server.endpoint().len() + "/?Name=".len();
    let added = "&SignatureType=BEARERTOKEN".len();
    let longest = "a".repeat(65_534 - fixed - added);
    call_with::<BEARER, false>(&server, bearer(), Some(&longest)).await.expect("it is answered");
    let longer = format!("{longest}a");
    call_with::<BEARER, false>(&server, bearer(), Some(&longer)).await.expect("it is answered");
    let requests = server.requests();
    assert!(requests[0].body.is_empty());
    let head = Head::parse(&requests[1].head);
    assert_eq!(head.query(), "SignatureType=BEARERTOKEN");
    assert_eq!(requests[1].body.len(), "Name=".len() + longer.len());
}
