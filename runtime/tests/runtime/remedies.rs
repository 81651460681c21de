//! What a call mends after the service has refused what proves who calls, and was done nothing: the
//! clock, and credentials that have expired.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::deadlines::{LONG, within};
use crate::head::Head;
use crate::loopback::{PLANTED, Reply, SECRET, Server, TOKEN, response};
use crate::service::credentials::{CredentialsError, ProvideCredentials};
use crate::service::operations::CreateGetDbListFromAgentTaskRequest;
use crate::service::{BoxFuture, Client, Credentials, Error};

/// A date that this machine's clock does not say.
const LATER: (&str, &str) = ("date", "Tue, 01 Jan 2086 00:00:00 GMT");

fn refusal(code: &str, headers: &[(&str, &str)]) -> Reply {
    let body = format!(r#"{{"Code": "{code}", "Message": "refused"}}"#);
    Reply::Bytes(response(400, headers, body.as_bytes()))
}

fn success() -> Reply {
    Reply::Bytes(response(200, &[], br#"{"TaskId": 7}"#))
}

async fn call(client: &Client) -> Result<Option<i64>, Error> {
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
    let called = client.create_get_db_list_from_agent_task(request);
    let result = within(LONG, "a call", async { called.await }).await;
    result.map(|response| response.task_id).inspect_err(|error| {
        assert!(!format!("{error} {error:?}").contains(PLANTED), "{error:?}");
    })
}

/// The header of each request.
fn each(server: &Server, header: &str) -> Vec<String> {
    server.seen().iter().map(|head| Head::parse(head).header(header).to_owned()).collect()
}

/// Whether each request was signed by the clock of the service.
fn by_its_clock(server: &Server) -> Vec<bool> {
    each(server, "x-acs-date").iter().map(|date| date.starts_with("2086-01-01T00:0")).collect()
}

#[tokio::test]
async fn a_clock_that_is_wrong_goes_by_the_services_from_then_on() {
    for code in ["InvalidTimeStamp.Expired", "IllegalTimestamp", "invalidtimestamp.expired"] {
        let server = Server::start(vec![refusal(code, &[LATER]), success()]);
        let client = server.client();
        assert_eq!(call(&client).await.expect(code), Some(7));
        assert_eq!(call(&client.clone()).await.expect(code), Some(7));
        assert_eq!(by_its_clock(&server), [false, true, true], "{code}");
        for head in server.seen() {
            Head::parse(&head).check_signature("exampleKeyId", SECRET);
        }
        let nonces = each(&server, "x-acs-signature-nonce");
        assert_ne!(nonces[0], nonces[1]);
    }
}

#[tokio::test]
async fn a_clock_is_corrected_once_in_a_call() {
    let server = Server::start(vec![refusal("InvalidTimeStamp.Expired", &[LATER])]);
    let client = server.client();
    let error = call(&client).await.expect_err("it is refused for good");
    assert_eq!((error.code(), error.attempts()), (Some("InvalidTimeStamp.Expired"), 2));
    assert!(!error.is_retryable());
    assert_eq!(by_its_clock(&server), [false, true]);
    // Another call may find that the clock was set in between.
    call(&client).await.expect_err("it is refused for good");
    assert_eq!(by_its_clock(&server), [false, true, true, true]);
}

#[tokio::test]
async fn a_single_attempt_corrects_the_clock_for_the_next_call() {
    let server = Server::start(vec![refusal("InvalidTimeStamp.Expired", &[LATER]), success()]);
    let client = server.builder().max_attempts(1).build().expect("it is acceptable");
    assert_eq!(call(&client).await.expect_err("it is refused").attempts(), 1);
    assert_eq!(call(&client).await.expect("the clock is right"), Some(7));
    assert_eq!(by_its_clock(&server), [false, true]);
}

#[tokio::test]
async fn what_is_no_time_of_a_service_corrects_nothing() {
    let server = |headers: &[(&str, &str)]| {
        Server::start(vec![refusal("InvalidTimeStamp.Expired", headers), success()])
    };
    for date in [
        "",
        "now",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Tue, 01 Jan 1980 00:00:00 GMT",
        "Mon, 01 Jan 2103 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 01 Jan -2000 00:00:00 GMT",
    ] {
        let server = server(&[("date", date)]);
        let client = server.client();
        let error = call(&client).await.expect_err("there is nothing to go by");
        assert_eq!(error.attempts(), 1, "`{date}`");
        call(&client).await.expect("it is answered");
        let dates = each(&server, "x-acs-date");
        assert_eq!(dates[0][..4], dates[1][..4], "`{date}`");
    }
    let server = server(&[]);
    assert_eq!(call(&server.client()).await.expect_err("no date").attempts(), 1);
}

#[tokio::test]
async fn other_complaints_do_not_touch_the_clock() {
    for code in ["InvalidTimeStamp.Format", "SignatureDoesNotMatch", "InvalidParameter"] {
        let server = Server::start(vec![refusal(code, &[LATER]), success()]);
        let client = server.client();
        assert_eq!(call(&client).await.expect_err("it is final").attempts(), 1, "{code}");
        call(&client).await.expect("it is answered");
        assert_eq!(by_its_clock(&server), [false, false], "{code}");
    }
}

/// Gives out one after the other, the last one again and again.
#[derive(Debug, Default)]
struct Rotating {
    given: Mutex<VecDeque<Result<Credentials, CredentialsError>>>,
    asked: AtomicUsize,
}

impl Rotating {
    fn new(
        given: impl IntoIterator<Item = Result<Credentials, CredentialsError>>,
    ) -> &'static Self {
        let given = Mutex::new(given.into_iter().collect());
        Box::leak(Box::new(Self { given, asked: AtomicUsize::new(0) }))
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// A provider that a test keeps asking how often it was asked.
#[derive(Debug)]
struct Shared(&'static Rotating);

impl ProvideCredentials for Shared {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        let mut given = self.0.given.lock().expect("no holder panics");
        let last = given.len() == 1;
        let next = if last { given[0].clone() } else { given.pop_front().expect("there is one") };
        Box::pin(async { next })
    }
}

fn temporary(token: &str) -> Result<Credentials, CredentialsError> {
    Ok(Credentials::new("exampleKeyId", SECRET).with_security_token(format!("{TOKEN}{token}")))
}

fn client(server: &Server, provider: &'static Rotating) -> Client {
    server.builder().credentials(Shared(provider)).build().expect("it is acceptable")
}

#[tokio::test]
async fn a_token_that_has_expired_is_replaced_within_the_call() {
    for code in [
        "InvalidSecurityToken.Expired",
        "InvalidSecurityToken.MismatchWithAccessKey",
        "SecurityTokenExpired",
    ] {
        let server = Server::start(vec![refusal(code, &[]), success()]);
        let provider = Rotating::new([temporary("1"), temporary("2")]);
        assert_eq!(call(&client(&server, provider)).await.expect(code), Some(7));
        let tokens = each(&server, "x-acs-security-token");
        assert_eq!(tokens, [format!("{TOKEN}1"), format!("{TOKEN}2")], "{code}");
        assert_eq!(provider.asked(), 2, "{code}");
    }
}

#[tokio::test]
async fn a_provider_is_asked_once_more_in_a_call() {
    let code = "InvalidSecurityToken.Expired";
    let server = Server::start(vec![refusal(code, &[])]);
    let provider = Rotating::new([temporary("1"), temporary("2"), temporary("3")]);
    let error = call(&client(&server, provider)).await.expect_err("it is refused for good");
    assert_eq!((error.code(), error.attempts(), error.is_retryable()), (Some(code), 2, false));
    assert_eq!(provider.asked(), 2);
}

#[tokio::test]
async fn what_would_be_refused_again_is_not_sent_again() {
    let code = "InvalidSecurityToken.Expired";
    let vault = || Err(CredentialsError::new("the vault is sealed"));
    for given in [vec![temporary("1")], vec![temporary("1"), vault()]] {
        let server = Server::start(vec![refusal(code, &[])]);
        let provider = Rotating::new(given);
        let error = call(&client(&server, provider)).await.expect_err("it is refused");
        assert_eq!((error.code(), error.attempts(), provider.asked()), (Some(code), 1, 2));
    }
    // Other refusals do not ask.
    let server = Server::start(vec![refusal("Forbidden.RAM", &[])]);
    let provider = Rotating::new([temporary("1"), temporary("2")]);
    assert_eq!(call(&client(&server, provider)).await.expect_err("final").attempts(), 1);
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_clock_and_a_token_can_both_be_mended() {
    let server = Server::start(vec![
        refusal("InvalidTimeStamp.Expired", &[LATER]),
        refusal("InvalidSecurityToken.Expired", &[]),
        success(),
    ]);
    let provider = Rotating::new([temporary("1"), temporary("2")]);
    assert_eq!(call(&client(&server, provider)).await.expect("both are mended"), Some(7));
    assert_eq!(by_its_clock(&server), [false, true, true]);
    assert_eq!(server.seen().len(), 3);
}
