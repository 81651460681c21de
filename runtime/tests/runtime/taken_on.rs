//! Roles that are taken on at STS, alone and by the chain, with all that STS may do wrong.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::deadlines::{LONG, within};
use crate::handed_out::{END, ROLE, START, ask, id, keys, of_sts, says};
use crate::head::Head;
use crate::loopback::{Reply, SECRET, Server, TOKEN, credentials};
use crate::scripted::Reply as Answer;
use crate::service::credentials::{
    AssumeRole, AssumeRoleWithOidc, CredentialsUri, DefaultChain, EcsRamRole, ProvideCredentials,
};
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::transport::{HttpRequest, HttpResponse, Transport};
use crate::service::{BoxFuture, Credentials, ExposeSecret};
use crate::sources::{OIDC, PROFILE, URI, at, chain, home, nobody};
use alibabacloud_runtime::session::Session;

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

#[tokio::test]
async fn an_instance_that_is_none_is_not_asked_for_every_call() {
    let metadata = Server::answering(404, &[], b"");
    let server = Server::start(vec![says(200, &keys("STS.u", "2025-06-16T15:06:40Z"))]);
    let uri = format!("{}/keys", server.endpoint());
    let time = Arc::new(AtomicU64::new(START));
    let clock = Arc::clone(&time);
    let chain = DefaultChain::with_environment(move |name| (name == URI).then(|| uri.clone()))
        .with_clock(move || at(clock.load(Ordering::SeqCst)))
        .with_metadata_endpoint(metadata.endpoint());
    for (after, asked) in [(0, 2), (1, 2), (299, 2), (300, 4), (301, 4)] {
        time.store(START + after, Ordering::SeqCst);
        assert_eq!(id(&ask(&chain).await), "STS.u");
        assert_eq!(metadata.seen().len(), asked, "after {after} s");
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_instance_that_says_nothing_any_more_is_no_other_one() {
    let replies = ["planted-session", "web", &keys("STS.i", END)].map(|body| says(200, body));
    let metadata = Server::start(replies.into_iter().chain([says(404, "")]).collect());
    let server = Server::start(vec![says(200, &keys("STS.u", "2025-06-16T15:06:40Z"))]);
    let uri = server.endpoint();
    let time = Arc::new(AtomicU64::new(START));
    let clock = Arc::clone(&time);
    let chain = DefaultChain::with_environment(move |name| (name == URI).then(|| uri.clone()))
        .with_clock(move || at(clock.load(Ordering::SeqCst)))
        .with_metadata_endpoint(metadata.endpoint());
    assert_eq!(id(&ask(&chain).await), "STS.i");
    time.store(START + 3600, Ordering::SeqCst);
    let error = ask(&chain).await.expect_err("its keys have ended");
    assert!(error.contains("the search ended at the role of the ECS instance"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn whoever_is_waited_for_is_named_at_the_deadline() {
    let sts = Server::start(vec![Reply::Hang(Vec::new())]);
    let host = sts.endpoint().replace("http://", "");
    let config = format!(
        r#"{{"profiles": [{{"name": "default", "mode": "RamRoleArn", "access_key_id": "id",
          "access_key_secret": "{SECRET}", "ram_role_arn": "{ROLE}"}}]}}"#
    );
    let home = home(&[(".aliyun/config.json", &config)]);
    let service = Server::answering(200, &[], b"{}");
    let deadline = std::time::Duration::from_millis(300);
    let chain = chain(home.path(), &[]).with_sts_endpoint(sts.endpoint());
    for (name, builder) in [
        (format!("AssumeRole at {host}"), service.builder().credentials(role(&sts))),
        (format!("DefaultChain, AssumeRole at {host}"), service.builder().credentials(chain)),
    ] {
        let client = builder.timeout(deadline).build().expect("it is acceptable");
        let calls: Vec<_> = (0..50)
            .map(|_| client.create_get_db_list_from_agent_task(Request::new(1)).into_future())
            .map(tokio::spawn)
            .collect();
        for call in calls {
            let called = within(deadline, "a call", call).await.expect("no call panics");
            let error = called.expect_err("nobody answers").to_string();
            assert_eq!(error, format!("no credentials from `{name}` within 300ms"));
        }
    }
    assert_eq!(sts.seen().len(), 2);
    assert!(service.seen().is_empty());
}

#[tokio::test]
async fn metadata_and_servers_pass_no_proxy_and_sts_does() {
    let proxy = Server::start(vec![says(200, &of_sts("STS.a", END))]);
    let session = Session::builder().proxy(proxy.endpoint()).clock(|| at(START)).build();
    let replies = vec![says(404, ""), says(200, "web"), says(200, &keys("STS.i", END))];
    let metadata = Server::start(replies);
    let instance = EcsRamRole::new().session(&session).endpoint(metadata.endpoint());
    assert_eq!(id(&ask(&instance).await), "STS.i");
    let server = Server::start(vec![says(200, &keys("STS.u", END))]);
    let uri = CredentialsUri::new(server.endpoint()).session(&session);
    assert_eq!(id(&ask(&uri).await), "STS.u");
    assert!(proxy.seen().is_empty());
    let role = AssumeRole::new(ROLE, credentials()).session(&session).endpoint(nobody());
    assert_eq!(id(&ask(&role).await), "STS.a");
    assert!(proxy.seen()[0].starts_with(&format!("POST {}/?", nobody())));
}

#[test]
fn without_async_a_role_is_taken_on_as_well() {
    let sts = Server::start(vec![says(200, &of_sts("STS.a", END))]);
    let service = Server::answering(200, &[], br#"{"TaskId": 7}"#);
    let client = crate::service::blocking::Client::builder()
        .endpoint(service.endpoint())
        .credentials(role(&sts))
        .build()
        .expect("it is acceptable");
    for _ in 0..2 {
        let answer = client.create_get_db_list_from_agent_task(Request::new(1)).send();
        assert_eq!(answer.expect("it is answered").task_id, Some(7));
    }
    assert_eq!(sts.seen().len(), 1);
    assert!(service.seen().iter().all(|head| head.contains("Credential=STS.a,")));
}
