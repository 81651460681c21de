//! Credentials that others hand out: STS, the metadata of an instance, a server, a program. Each on a
//! server of this machine, with all that it may do wrong; secrets are looked for in whatever is shown.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::deadlines::{LONG, within};
use crate::head::Head;
use crate::logs;
use crate::loopback::{PLANTED, Reply, SECRET, Server, TOKEN, credentials, response};
use crate::scripted::Reply as Answer;
use crate::service::credentials::{
    AssumeRole, AssumeRoleWithOidc, CredentialsError, CredentialsUri, DefaultChain, EcsRamRole,
    ExternalProcess, ProvideCredentials,
};
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::transport::{HttpRequest, HttpResponse, Transport};
use crate::service::{BoxFuture, Credentials, ExposeSecret};
use crate::sources::{OIDC, PROFILE, at, chain, home, nobody};
use alibabacloud_runtime::session::Session;

/// When these tests are, and an hour later.
const START: u64 = 1_750_000_000;
const END: &str = "2025-06-15T16:06:40Z";
const ROLE: &str = "acs:ram::1:role/r";

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

pub fn says(status: u16, body: &str) -> Reply {
    Reply::Bytes(response(status, &[], body.as_bytes()))
}

/// Asks for credentials, and searches for secrets in whatever is shown and logged.
async fn ask(provider: &dyn ProvideCredentials) -> Result<Credentials, String> {
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

fn id(given: &Result<Credentials, String>) -> &str {
    match given {
        Ok(credentials) => {
            assert_eq!(credentials.access_key_secret().expect("a key").expose_secret(), SECRET);
            credentials.access_key_id().expect("it is a key")
        }
        Err(error) => panic!("{error}"),
    }
}

fn role(server: &Server) -> AssumeRole {
    let role = AssumeRole::new(ROLE, credentials()).endpoint(server.endpoint());
    role.with_clock(|| at(START))
}

/// The query of a request, taken apart.
fn query(head: &str) -> Vec<(String, String)> {
    let target = head.split(' ').nth(1).expect("there is a target");
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn a_role_is_taken_on_by_a_signed_call_and_once() {
    let server = Server::start(vec![says(200, &of_sts("STS.a", END))]);
    let role = role(&server)
        .session_name("me")
        .external_id("4711")
        .policy("{}")
        .duration(std::time::Duration::from_secs(900));
    for _ in 0..3 {
        let given = ask(&role).await;
        assert_eq!(id(&given), "STS.a");
        let given = given.expect("there are keys");
        assert_eq!(given.security_token().expect("it is temporary").expose_secret(), TOKEN);
        assert_eq!(given.expiration(), Some(at(START + 3600)));
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    let head = Head::parse(&seen[0]);
    head.check_signature("exampleKeyId", SECRET);
    assert_eq!(head.header("x-acs-action"), "AssumeRole");
    assert_eq!(head.header("x-acs-version"), "2015-04-01");
    assert_eq!(head.header("x-acs-security-token"), TOKEN);
    let expected = [
        ("DurationSeconds", "900"),
        ("ExternalId", "4711"),
        ("Policy", "%7B%7D"),
        ("RoleArn", "acs%3Aram%3A%3A1%3Arole%2Fr"),
        ("RoleSessionName", "me"),
    ];
    assert_eq!(query(&seen[0]), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_role_may_lead_to_the_next() {
    let server =
        Server::start(vec![says(200, &of_sts("STS.a", END)), says(200, &of_sts("STS.b", END))]);
    let second = AssumeRole::new("acs:ram::2:role/s", role(&server)).endpoint(server.endpoint());
    let given = ask(&second.with_clock(|| at(START))).await;
    assert_eq!(id(&given), "STS.b");
    let seen = server.seen();
    Head::parse(&seen[0]).check_signature("exampleKeyId", SECRET);
    Head::parse(&seen[1]).check_signature("STS.a", SECRET);
    assert!(query(&seen[0]).iter().any(|(name, value)| {
        name == "RoleSessionName" && value.starts_with("alibabacloud-rust-")
    }));
}

#[tokio::test]
async fn what_sts_does_wrong_is_told_without_secrets() {
    let echo = format!(
        r#"{{"RequestId": "r", "Code": "NoPermission", "Message": "not with {SECRET} {TOKEN}"}}"#
    );
    let (kept, ended) = (of_sts("STS.a", END), of_sts("STS.a", "2025-06-15T15:06:40Z"));
    let (no_end, odd_end) = (of_sts("STS.a", ""), of_sts("STS.a", "planted"));
    let no_token = kept.replace("SecurityToken", "Planted");
    for (status, body, expected) in [
        (403, &*echo, "NoPermission: not with [REDACTED] [REDACTED]"),
        (400, "<planted>", "HTTP 400"),
        (200, "planted", "the answer cannot be read, line 1, column 1"),
        (200, "[\"planted\"]", "the answer cannot be read, line 1"),
        (200, "{}", "the answer has no `Credentials`"),
        (200, &*no_token, "the answer has no `SecurityToken`"),
        (200, &*no_end, "the answer has no `Expiration`"),
        (200, &*odd_end, "the answer's `Expiration` is no time"),
        (200, &*ended, "they expired at 2025-06-15T15:06:40Z"),
        (302, &*kept, "HTTP 302"),
    ] {
        let server = Server::start(vec![says(status, body)]);
        let error = ask(&role(&server)).await.expect_err(body);
        assert!(error.contains(expected), "{error}");
        assert_eq!(server.seen().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn sts_is_asked_again_after_trouble_that_may_pass() {
    let server = Server::start(vec![
        says(503, "{}"),
        Reply::Reset(Vec::new()),
        says(200, &of_sts("STS.a", END)),
    ]);
    assert_eq!(id(&ask(&role(&server)).await), "STS.a");
    let server = Server::start(vec![Reply::Reset(Vec::new())]);
    let error = ask(&role(&server)).await.expect_err("nobody answers");
    let host = server.endpoint().replace("http://", "");
    assert!(error.starts_with(&format!("no keys of the role `{ROLE}` from `{host}`: ")), "{error}");
    assert!(error.ends_with(" (3 attempts)"), "{error}");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn what_cannot_be_asked_is_not_sent() {
    let server = Server::answering(200, &[], b"{}");
    let short = role(&server).duration(std::time::Duration::from_secs(899));
    let error = ask(&short).await.expect_err("it is too short");
    assert_eq!(error, "a role cannot be taken on for 899 s; 900 is the least");
    let plain = AssumeRole::new(ROLE, credentials()).endpoint("http://sts.example");
    let error = ask(&plain).await.expect_err("it would be read by everybody");
    assert!(error.contains("`http://sts.example` would send passwords in the clear"), "{error}");
    let odd = AssumeRole::new(ROLE, credentials()).region("cn-hangzhou.example/x?y=");
    let error = ask(&odd).await.expect_err("it is no region");
    assert!(error.contains("is no endpoint"), "{error}");
    let nobody = AssumeRole::new(ROLE, Credentials::new("", "")).endpoint(server.endpoint());
    let error = ask(&nobody).await.expect_err("there is no key");
    assert!(error.ends_with("the access key id is empty"), "{error}");
    assert!(server.seen().is_empty());
}

/// Notes where requests would go.
#[derive(Debug, Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Transport for Notes {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Answer> {
        let url = request.expose_url();
        let end = url.find('?').unwrap_or(url.len());
        self.0.lock().expect("no holder panics").push(url[..end].to_owned());
        Box::pin(async { Ok(HttpResponse::new(404, "")) })
    }
}

#[tokio::test]
async fn servers_are_where_the_documents_say() {
    let notes = Notes::default();
    let session = Session::builder().transport(notes.clone()).build();
    let role = || AssumeRole::new(ROLE, credentials()).session(&session);
    let seen = async |provider: &dyn ProvideCredentials| {
        ask(provider).await.expect_err("nobody answers");
        std::mem::take(&mut *notes.0.lock().expect("no holder panics"))
    };
    assert_eq!(seen(&role()).await, ["https://sts.aliyuncs.com/"]);
    assert_eq!(seen(&role().vpc(true)).await, ["https://sts.aliyuncs.com/"]);
    let role = || self::AssumeRole::new(ROLE, credentials()).session(&session).region("cn-beijing");
    assert_eq!(seen(&role()).await, ["https://sts.cn-beijing.aliyuncs.com/"]);
    assert_eq!(seen(&role().vpc(true)).await, ["https://sts-vpc.cn-beijing.aliyuncs.com/"]);
    let metadata = "http://100.100.100.200/latest/";
    let roles = format!("{metadata}meta-data/ram/security-credentials/");
    let token = format!("{metadata}api/token");
    let instance = seen(&EcsRamRole::new().session(&session)).await;
    assert_eq!(instance, [&*token, &*roles]);
    let instance = EcsRamRole::new().session(&session).role_name("web");
    assert_eq!(seen(&instance).await, [&*token, &format!("{roles}web")]);
}

#[tokio::test]
async fn a_token_of_an_identity_provider_is_exchanged_without_a_key() {
    let files = home(&[("token", "planted.jwt.token\n"), ("empty", " \n")]);
    let server = Server::start(vec![
        says(200, &of_sts("STS.a", END)),
        says(
            400,
            r#"{"Code": "AuthenticationFail.OIDCToken.Expired", "Message": "planted.jwt.token"}"#,
        ),
    ]);
    let exchange = |file: &str| {
        let role =
            AssumeRoleWithOidc::new(ROLE, "acs:ram::1:oidc-provider/p", files.path().join(file));
        role.endpoint(server.endpoint()).with_clock(|| at(START))
    };
    assert_eq!(id(&ask(&exchange("token")).await), "STS.a");
    let request = &server.requests()[0];
    let head = Head::parse(&request.head);
    assert_eq!(head.header("x-acs-action"), "AssumeRoleWithOIDC");
    assert!(!request.head.contains("authorization"), "{}", request.head);
    assert!(!request.head.contains("planted"), "{}", request.head);
    assert_eq!(request.body, b"OIDCToken=planted.jwt.token");
    let error = ask(&exchange("token")).await.expect_err("it is refused");
    assert!(error.contains("AuthenticationFail.OIDCToken.Expired: [REDACTED]"), "{error}");
    let error = ask(&exchange("empty")).await.expect_err("there is no token");
    assert!(error.starts_with("there is no token in `"), "{error}");
    let error = ask(&exchange("none")).await.expect_err("there is no file");
    assert!(error.starts_with("cannot read `"), "{error}");
    assert_eq!(server.seen().len(), 2);
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

#[tokio::test]
async fn a_chain_keeps_a_role_for_as_long_as_files_name_it() {
    let server =
        Server::start(vec![says(200, &of_sts("STS.a", END)), says(200, &of_sts("STS.b", END))]);
    let config = format!(
        r#"{{"profiles": [{{"name": "default", "mode": "RamRoleArn", "access_key_id": "id",
          "access_key_secret": "{SECRET}", "ram_role_arn": "{ROLE}", "ram_session_name": "me"}}]}}"#
    );
    let home = home(&[(".aliyun/config.json", &config)]);
    let chain = chain(home.path(), &[]).with_sts_endpoint(server.endpoint());
    for _ in 0..3 {
        assert_eq!(id(&ask(&chain).await), "STS.a");
    }
    assert_eq!(server.seen().len(), 1);
    let refused = chain.provide().await.expect("there are keys");
    let given = chain.refresh(&refused).await.map_err(|error| error.to_string());
    assert_eq!(id(&given), "STS.b");
    assert_eq!(id(&ask(&chain).await), "STS.b");
    assert_eq!(server.seen().len(), 2);
    let path = home.path().join(".aliyun/config.json");
    fs::write(path, config.replace("\"me\"", "\"you\"")).expect("there is room");
    ask(&chain).await.expect("there are keys");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn profiles_that_lead_back_to_themselves_end() {
    let config = format!(
        r#"{{"current": "a", "profiles": [
        {{"name": "a", "mode": "ChainableRamRoleArn", "source_profile": "b", "ram_role_arn": "{ROLE}"}},
        {{"name": "b", "mode": "ChainableRamRoleArn", "source_profile": "a", "ram_role_arn": "{ROLE}"}},
        {{"name": "c", "mode": "ChainableRamRoleArn", "source_profile": "x", "ram_role_arn": "{ROLE}"}}
        ]}}"#
    );
    let home = home(&[(".aliyun/config.json", &config)]);
    let error = ask(&chain(home.path(), &[])).await.expect_err("they lead nowhere");
    assert!(error.contains("is the last of 16 that lead from one to the next"), "{error}");
    let error = ask(&chain(home.path(), &[(PROFILE, "c")])).await.expect_err("there is no x");
    assert!(error.contains("starts from another: `"), "{error}");
}

#[tokio::test]
async fn a_thousand_calls_of_a_pod_ask_sts_once_for_each_end() {
    let sts = Server::start(vec![
        says(200, &of_sts("STS.a", END)),
        says(200, &of_sts("STS.b", "2025-06-15T18:06:40Z")),
    ]);
    let home = home(&[("token", "planted.jwt.token")]);
    let file = home.path().join("token").to_string_lossy().into_owned();
    let lookup = move |name: &str| match name {
        name if name == OIDC[0] => Some(ROLE.to_owned()),
        name if name == OIDC[1] => Some("acs:ram::1:oidc-provider/p".to_owned()),
        name if name == OIDC[2] => Some(file.clone()),
        _ => None,
    };
    let time = Arc::new(AtomicU64::new(START));
    let clock = Arc::clone(&time);
    let chain = DefaultChain::with_environment(lookup)
        .with_clock(move || at(clock.load(Ordering::SeqCst)))
        .with_sts_endpoint(sts.endpoint());
    let service = Server::answering(200, &[], br#"{"TaskId": 7}"#);
    let client = service.builder().credentials(chain).build().expect("it is acceptable");
    let call = || client.create_get_db_list_from_agent_task(Request::new(1)).into_future();
    call().await.expect("it is answered");
    let first: Vec<_> = (0..500).map(|_| tokio::spawn(call())).collect();
    tokio::task::yield_now().await;
    time.store(START + 3600, Ordering::SeqCst);
    let rest: Vec<_> = (0..500).map(|_| tokio::spawn(call())).collect();
    for running in first.into_iter().chain(rest) {
        let answer = within(LONG, "a call", running).await.expect("no call panics");
        assert_eq!(answer.expect("no call fails").task_id, Some(7));
    }
    assert_eq!(sts.seen().len(), 2);
}
