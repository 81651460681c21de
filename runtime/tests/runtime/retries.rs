//! When a call is made again, after which pauses, and when its time is up: on a transport that needs
//! no network, in time that passes only while everybody waits.

use std::time::Duration;

use crate::scripted::{Reply, Scripted, builder, client, request, status};
use crate::service::credentials::{CredentialsError, ProvideCredentials};
use crate::service::operations::CreateGetDbListFromAgentTaskResponse;
use crate::service::transport::{HttpResponse, TransportError, TransportErrorKind};
use crate::service::{
    Access, Answer, BoxFuture, Client, Credentials, Error, ErrorKind, Fields, Method, OperationMeta,
};
use alibabacloud_runtime::client;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::private::field::Visit;
use alibabacloud_runtime::private::validation::{Checked, NoContext, Report};
use tokio::time::{Instant, sleep};

pub fn code(status: u16, code: &str) -> Reply {
    Ok(HttpResponse::new(status, format!(r#"{{"Code": "{code}"}}"#)))
}

fn failed(kind: TransportErrorKind) -> Reply {
    Err(TransportError::new(kind, "on purpose"))
}

/// A failure in a response of success.
fn failure(status: u16, code: &str) -> Reply {
    let body = format!(r#"{{"Success": false, "ErrCode": "{code}"}}"#);
    Ok(HttpResponse::new(status, body))
}

fn permanent(kind: TransportErrorKind) -> Reply {
    Err(TransportError::new(kind, "on purpose").permanent())
}

/// A response with a status that began and did not end.
fn broken_off(status: u16) -> Reply {
    let error = TransportError::new(TransportErrorKind::Incomplete, "on purpose");
    Err(error.with_response(&HttpResponse::new(status, "")))
}

impl Scripted {
    fn taking(mut self, takes: Duration) -> Self {
        self.takes = takes;
        self
    }
}

async fn fails(client: &Client) -> Error {
    client.create_get_db_list_from_agent_task(request()).await.expect_err("it fails for good")
}

/// An operation that reads or changes, and has a token or not.
pub struct Plain<const READS: bool, const TOKEN: bool> {
    pub token: Option<String>,
}

impl<const READS: bool, const TOKEN: bool> Fields for Plain<READS, TOKEN> {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(&["Token"], &[&self.token]);
    }
}

impl<const READS: bool, const TOKEN: bool> Operation for Plain<READS, TOKEN> {
    type Response = CreateGetDbListFromAgentTaskResponse;

    const META: OperationMeta = OperationMeta {
        action: "Plain",
        version: "2026-11-24",
        envelope: &crate::service::envelope::ENVELOPE,
        answer: Answer::Object,
        method: Method::Post,
        path: "/",
        ram_action: Some("dbs:Plain"),
        access: if READS { Access::Read } else { Access::Write },
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: if TOKEN { Some("Token") } else { None },
    };
}

impl<const READS: bool, const TOKEN: bool> Checked for Plain<READS, TOKEN> {
    type Context = NoContext;

    fn check(&self, _: &NoContext, _: &mut Report<'_>) {}
}

async fn attempts_of<const READS: bool, const TOKEN: bool>(
    reply: &Reply,
    token: Option<&str>,
) -> usize {
    let transport = Scripted::new([reply.clone()]);
    let client: client::Client = builder(&transport).build().expect("acceptable");
    let request = Plain::<READS, TOKEN> { token: token.map(str::to_owned) };
    let error = client.call(request).await.expect_err("it fails for good");
    assert_eq!(error.attempts() as usize, transport.attempts());
    transport.attempts()
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_done_is_repeated_only_when_that_does_no_harm() {
    use TransportErrorKind::{Connect, Incomplete, NoResponse};
    let (always, safe, never) = ([3, 3, 3, 3], [1, 3, 3, 1], [1, 1, 1, 1]);
    for (reply, expected) in [
        (failed(Connect), always),
        (failed(NoResponse), safe),
        (failed(Incomplete), safe),
        (broken_off(200), safe),
        (broken_off(403), safe),
        (broken_off(429), always),
        (permanent(Connect), never),
        (permanent(NoResponse), never),
        (status(429), always),
        (code(400, "Throttling"), always),
        (code(503, "Throttling.Api"), always),
        (code(400, "throttling.User"), always),
        (code(400, "ThrottlingException"), always),
        (code(400, "Rejected.Throttling"), always),
        (code(400, "Request.Throttling.User"), always),
        (failure(200, "Rejected.Throttling"), always),
        (code(400, "ServiceUnavailable"), safe),
        (code(400, "ServiceUnavailable.Zone"), safe),
        (code(400, "ServiceUnavailableTemporary"), safe),
        (code(400, "InternalError"), safe),
        (code(403, "Dbs.InternalError"), safe),
        (code(400, "InternalFailure"), safe),
        (code(400, "SystemBusy"), safe),
        (code(400, "SignatureNonceUsed"), safe),
        (failure(200, "InternalError"), safe),
        (failure(200, "ServiceUnavailable"), safe),
        (status(500), safe),
        (status(502), safe),
        (status(503), safe),
        (status(504), safe),
        (code(503, "ServiceUnavailable"), safe),
        (status(501), never),
        (status(400), never),
        (code(403, "Request.Forbidden"), never),
        (code(400, "NotThrottling"), never),
        (code(400, "InternalErrorReport.NotFound"), never),
        (code(400, "Forbidden.ServiceUnavailableRegion"), never),
        (code(400, "InvalidTimeStamp.Expired"), never),
        (code(403, "InvalidSecurityToken.Expired"), never),
        (status(302), never),
        (Ok(HttpResponse::new(200, "[]")), never),
    ] {
        let attempts = [
            attempts_of::<false, false>(&reply, None).await,
            attempts_of::<true, false>(&reply, None).await,
            attempts_of::<false, true>(&reply, None).await,
            // An empty token keeps nothing from being done twice.
            attempts_of::<false, true>(&reply, Some("")).await,
        ];
        assert_eq!(attempts, expected, "{reply:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_signature_was_not_acted_on_and_is_mended_for_every_operation() {
    let body = r#"{"Code": "InvalidTimeStamp.Expired"}"#;
    let date = "Tue, 01 Jan 2086 00:00:00 GMT";
    let reply = Ok(HttpResponse::new(400, body).with_header("Date", date));
    assert_eq!(attempts_of::<false, false>(&reply, None).await, 2);
    assert_eq!(attempts_of::<true, false>(&reply, None).await, 2);
    assert_eq!(attempts_of::<false, true>(&reply, None).await, 2);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_without_a_response_is_repeated_only_when_that_does_no_harm() {
    let transport = Scripted::new([status(200)]).taking(Duration::from_secs(3));
    let client: client::Client =
        builder(&transport).attempt_timeout(Duration::from_secs(2)).build().expect("acceptable");
    let error = client.call(Plain::<false, false> { token: None }).await.expect_err("too slow");
    let ErrorKind::Timeout(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!((inner.after, error.attempts()), (Duration::from_secs(2), 1));
    let error = client.call(Plain::<true, false> { token: None }).await.expect_err("too slow");
    assert_eq!((error.attempts(), transport.attempts()), (3, 4));
}

#[tokio::test(start_paused = true)]
async fn pauses_are_random_parts_of_a_time_that_doubles_up_to_a_limit() {
    let mut gaps = [const { Vec::new() }; 4];
    for _ in 0..200 {
        let transport = Scripted::new([status(503)]);
        let (first, longest) = (Duration::from_millis(1000), Duration::from_millis(3000));
        let client = builder(&transport).pauses(first, longest).max_attempts(5).build();
        assert_eq!(fails(&client.expect("acceptable")).await.attempts(), 5);
        for (gaps, gap) in gaps.iter_mut().zip(transport.pauses()) {
            gaps.push(gap.as_millis());
        }
    }
    for (gaps, limit) in gaps.iter().zip([1000, 2000, 3000, 3000]) {
        // Each half is missed by all 200 with a probability of 2^-200.
        assert!(gaps.iter().all(|gap| *gap <= limit + 1), "{gaps:?}");
        assert!(gaps.iter().any(|gap| *gap < limit / 2), "{gaps:?}");
        assert!(gaps.iter().any(|gap| *gap > limit / 2), "{gaps:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_covers_all_attempts() {
    let transport = Scripted::new([status(503)]).taking(Duration::from_secs(12));
    let pauses = (Duration::ZERO, Duration::ZERO);
    let client = builder(&transport).pauses(pauses.0, pauses.1).build().expect("acceptable");
    let started = Instant::now();
    let error = fails(&client).await;
    let ErrorKind::Timeout(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!((inner.after, error.attempts()), (Duration::from_secs(30), 3));
    assert_eq!(started.elapsed(), Duration::from_secs(30));

    let started = Instant::now();
    let call = client.create_get_db_list_from_agent_task(request());
    let error = call.timeout(Duration::from_secs(5)).await.expect_err("it takes longer");
    assert_eq!((started.elapsed(), error.attempts()), (Duration::from_secs(5), 1));
    assert_eq!(error.to_string(), "no complete response within 5s");
}

#[tokio::test(start_paused = true)]
async fn a_call_may_take_for_ever() {
    let transport = Scripted::new([status(200)]).taking(Duration::from_secs(1 << 20));
    let client = client(&transport);
    let call = client.create_get_db_list_from_agent_task(request()).timeout(Duration::MAX);
    call.await.expect("it is answered in the end");
}

#[tokio::test(start_paused = true)]
async fn one_attempt_is_made_when_no_more_are_allowed() {
    for max in [0, 1] {
        let transport = Scripted::new([status(503)]);
        let client = builder(&transport).max_attempts(max).build().expect("acceptable");
        let error = fails(&client).await;
        assert_eq!((error.attempts(), transport.attempts()), (1, 1));
        assert!(error.is_retryable());
    }
}

/// Gives out credentials after some time, or says why there are none.
#[derive(Debug)]
struct Slow(Duration, Result<Credentials, CredentialsError>);

impl ProvideCredentials for Slow {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            sleep(self.0).await;
            self.1.clone()
        })
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_credentials_takes_time_of_the_call() {
    let transport = Scripted::new([status(200)]);
    let slow = Slow(Duration::from_secs(60), Ok(Credentials::new("id", "secret")));
    let client = builder(&transport).credentials(slow).build().expect("acceptable");
    let error = fails(&client).await;
    assert!(matches!(error.kind(), ErrorKind::Timeout(_)), "{error:?}");
    assert_eq!((error.attempts(), transport.attempts()), (0, 0));

    let none = Slow(Duration::ZERO, Err(CredentialsError::new("the vault is sealed")));
    let client = builder(&transport).credentials(none).build().expect("acceptable");
    let error = fails(&client).await;
    assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
    assert_eq!(error.to_string(), "the vault is sealed");
    assert_eq!(transport.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn errors_tell_whether_another_call_may_succeed() {
    for (reply, retryable) in [
        (failed(TransportErrorKind::Connect), true),
        (failed(TransportErrorKind::Incomplete), true),
        (permanent(TransportErrorKind::Connect), false),
        (code(400, "Rejected.Throttling"), true),
        (code(400, "InternalError"), true),
        (failure(200, "ServiceUnavailableTemporary"), true),
        (code(400, "InvalidTimeStamp.Expired"), false),
        (status(407), false),
        (status(500), true),
        (code(400, "Throttling.User"), true),
        (status(429), true),
        (status(403), false),
        (status(302), false),
        (Ok(HttpResponse::new(200, "")), false),
    ] {
        let error = fails(&client(&Scripted::new([reply]))).await;
        assert_eq!(error.is_retryable(), retryable, "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_number_of_attempts_is_told_when_there_were_several() {
    let error = fails(&client(&Scripted::new([code(503, "Busy")]))).await;
    let shown = "the service refused the call: Busy: no message (HTTP 503) (3 attempts)";
    assert_eq!(error.to_string(), shown);
    let error = fails(&client(&Scripted::new([failed(TransportErrorKind::Connect)]))).await;
    assert_eq!(error.to_string(), "cannot connect: on purpose (3 attempts)");
}
