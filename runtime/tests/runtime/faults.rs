//! Every way in which a connection can fail or a request be refused, on a server that fails in exactly
//! that way; whatever is shown or logged on the way is searched for secrets.

use std::time::Duration;

use crate::deadlines::{LONG, within};
use crate::guarded::{ID, OK, call, failure, request, service_error};
use crate::head::Head;
use crate::logs;
use crate::loopback::{PASSWORD, Reply, SECRET, Server, builder, response};
use crate::service::operations::ModifyBackupSourceEndpointRequest as Request;
use crate::service::transport::{TransportError, TransportErrorKind};
use crate::service::types::{BackupObject, SourceEndpointInstanceType};
use crate::service::{Credentials, Error, ErrorKind};
use crate::sources::nobody;

async fn transport_error(server: &Server) -> TransportError {
    match failure(server).await.into_kind() {
        ErrorKind::Transport(error) => *error,
        other => panic!("{other:?}"),
    }
}

/// The beginning of a response whose body is longer than what is there.
fn begun(body: &str) -> Vec<u8> {
    begun_with(200, "content-length: 1000", body)
}

fn begun_with(status: u16, length: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Whatever\r\n{}: {}\r\n{length}\r\n\r\n{body}", ID.0, ID.1).into()
}

/// How long a call takes that nothing answers in time.
const SHORT: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_refused_connection() {
    let client = builder(&nobody()).build().expect("it is acceptable");
    let error = call(&client).await.expect_err("nobody listens");
    let ErrorKind::Transport(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!(inner.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().contains("refused"), "{error}");
    assert_eq!((error.attempts(), error.is_retryable()), (3, true));
    assert_eq!((error.status(), error.request_id(), error.code()), (None, None, None));
}

#[tokio::test]
async fn a_reset_before_the_response() {
    let server = Server::start(vec![Reply::Reset(Vec::new())]);
    let error = transport_error(&server).await;
    assert_eq!(error.kind(), TransportErrorKind::NoResponse);
    // A token makes it harmless to send it again.
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_reset_in_the_middle_of_the_body() {
    let server = Server::start(vec![Reply::Reset(begun("{\"RequestId\""))]);
    let error = failure(&server).await;
    let ErrorKind::Transport(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!(inner.kind(), TransportErrorKind::Incomplete);
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-in-header")));
    // A token makes it harmless to send it again.
    assert_eq!((error.attempts(), server.seen().len()), (3, 3));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_followed_by_another_attempt() {
    let (length, chunked) = ("content-length: 1000", "transfer-encoding: chunked");
    let plenty = "7fffffff\r\n{\"Success\"";
    for (what, first) in [
        ("a reset", Reply::Reset(begun("{"))),
        ("a body that ends early", Reply::Bytes(begun("{\"RequestId\""))),
        ("no body", Reply::Bytes(begun(""))),
        ("a chunk that ends early", Reply::Bytes(begun_with(200, chunked, plenty))),
        ("no last chunk", Reply::Bytes(begun_with(200, chunked, "2\r\n{}\r\n"))),
        ("a chunk of no size", Reply::Bytes(begun_with(200, chunked, "size\r\n{}\r\n0\r\n\r\n"))),
        ("a refusal that ends early", Reply::Bytes(begun_with(400, length, "{\"Code\": "))),
        ("trouble that ends early", Reply::Reset(begun_with(503, length, "{\"Code\": "))),
    ] {
        let server = Server::start(vec![first, Reply::Bytes(response(200, &[], OK))]);
        let client = server.client();
        let answer = within(LONG, what, call(&client)).await;
        assert_eq!(answer.expect(what).need_precheck, Some(true), "{what}");
        assert_eq!(server.seen().len(), 2, "{what}");
    }
}

#[tokio::test]
async fn a_body_that_ends_early() {
    let server = Server::start(vec![Reply::Bytes(begun("{\"RequestId\""))]);
    let error = transport_error(&server).await;
    assert_eq!(error.kind(), TransportErrorKind::Incomplete);
    assert_eq!(error.status(), Some(200));
}

#[tokio::test]
async fn a_response_that_is_no_http() {
    let server = Server::start(vec![Reply::Bytes(b"220 mail.example ESMTP\r\n".to_vec())]);
    assert_eq!(transport_error(&server).await.kind(), TransportErrorKind::NoResponse);
}

async fn times_out(what: &str, reply: Vec<u8>) -> Error {
    let server = Server::start(vec![Reply::Hang(reply)]);
    let client = server.builder().timeout(SHORT).build().expect("it is acceptable");
    // The connection has to be made, too, which on a busy machine takes longer than that.
    let error = within(Duration::from_secs(1), what, call(&client)).await.expect_err("it hangs");
    let ErrorKind::Timeout(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!((inner.after, error.attempts()), (SHORT, 1));
    assert!(error.is_retryable());
    error
}

#[tokio::test]
async fn a_slow_header() {
    let error = times_out("a slow header", b"HTTP/1.1 200 OK\r\nx-acs-req".to_vec()).await;
    assert_eq!((error.status(), error.request_id()), (None, None));
}

#[tokio::test]
async fn a_slow_body() {
    let error = times_out("a slow body", begun("{\"RequestId\"")).await;
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-in-header")));
    let shown = "no complete response within 50ms (HTTP 200, request id-in-header)";
    assert_eq!(error.to_string(), shown);
}

#[tokio::test]
async fn a_slow_body_that_says_the_id() {
    let head = "HTTP/1.1 503 Busy\r\ncontent-length: 1000\r\n\r\n";
    for body in
        [r#"{"RequestId": "id-in-body", "Success"#, r#"{"A": tru, "requestId":"id-in-body""#]
    {
        let error = times_out("a slow body with an id", format!("{head}{body}").into()).await;
        assert_eq!((error.status(), error.request_id()), (Some(503), Some("id-in-body")));
    }
    // One that is cut, or a secret, is none.
    let cut = times_out("half an id", format!("{head}{{\"RequestId\": \"id-in").into()).await;
    assert_eq!((cut.status(), cut.request_id()), (Some(503), None));
    let secret = format!("{head}{{\"RequestId\": \"{SECRET}\",");
    let secret = times_out("a secret as an id", secret.into()).await;
    assert_eq!(secret.request_id(), Some("[REDACTED]"));
}

#[tokio::test]
async fn a_body_that_breaks_off_says_the_id() {
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"RequestId\": \"id-in-body\",";
    let error = transport_error(&Server::start(vec![Reply::Bytes(body.into())])).await;
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-in-body")));
}

#[tokio::test]
async fn an_attempt_that_hangs_is_followed_by_another() {
    let server = Server::start(vec![Reply::Hang(Vec::new()), Reply::Bytes(response(200, &[], OK))]);
    let client = server.builder().attempt_timeout(SHORT).build();
    let client = client.expect("it is acceptable");
    let answer = within(LONG, "an attempt that hangs", call(&client)).await;
    assert_eq!(answer.expect("the second is answered").need_precheck, Some(true));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::answering(200, &[], OK);
    for status in [301, 302, 303, 307, 308] {
        let headers = [("location", &*elsewhere.endpoint()), ID];
        let server = Server::answering(status, &headers, b"");
        let error = service_error(&server).await;
        assert_eq!((error.status, error.request_id.as_deref()), (status, Some("id-in-header")));
        assert_eq!(server.seen().len(), 1);
        assert!(server.seen()[0].contains("x-acs-security-token: planted-token"));
    }
    assert!(elsewhere.seen().is_empty(), "the token was handed over");
}

async fn succeeds_at_the_second(first: Vec<u8>) {
    let server = Server::start(vec![Reply::Bytes(first), Reply::Bytes(response(200, &[], OK))]);
    let response = call(&server.client()).await.expect("the second is answered");
    assert_eq!(response.need_precheck, Some(true));
    let seen = server.seen();
    let line = |head: &str| head.lines().next().map(str::to_owned);
    assert_eq!(line(&seen[0]), line(&seen[1]), "the token is kept");
    assert_eq!(seen.len(), 2);
    let nonce = |head: &str| {
        head.lines().find(|line| line.starts_with("x-acs-signature-nonce")).map(str::to_owned)
    };
    assert_ne!(nonce(&seen[0]), nonce(&seen[1]));
}

#[tokio::test]
async fn a_429_then_success() {
    succeeds_at_the_second(response(429, &[], b"")).await;
}

#[tokio::test]
async fn a_429_that_says_when_then_success() {
    succeeds_at_the_second(response(429, &[("x-acs-retry-after", "1")], b"")).await;
}

#[tokio::test]
async fn a_throttling_code_of_any_status_then_success() {
    for status in [400, 403, 503] {
        let body = br#"{"Code": "Throttling.User", "Message": "slow down"}"#;
        succeeds_at_the_second(response(status, &[], body)).await;
    }
    let body = br#"{"Success": false, "ErrCode": "Throttling", "ErrMessage": "slow down"}"#;
    succeeds_at_the_second(response(200, &[], body)).await;
}

#[tokio::test]
async fn a_service_that_says_how_long_it_wants_to_be_left_alone() {
    for headers in [
        [("retry-after", "0"), ID],
        [
            ("retry-after", "Fri, 27 Nov 2026 10:00:00 GMT"),
            ("date", "Fri, 27 Nov 2026 10:00:00 GMT"),
        ],
    ] {
        succeeds_at_the_second(response(503, &headers, b"")).await;
    }
    let body = br#"{"Code": "ServiceUnavailable", "Message": "later"}"#;
    let later = response(503, &[("retry-after", "3600")], body);
    let server = Server::start(vec![Reply::Bytes(later)]);
    let client = server.builder().timeout(Duration::from_secs(1)).build().expect("acceptable");
    let called = within(Duration::from_secs(1), "a service to be left alone", call(&client)).await;
    let Err(ErrorKind::Service(error)) = called.as_ref().map_err(Error::kind) else {
        panic!("{called:?}")
    };
    assert_eq!(error.retry_after, Some(Duration::from_secs(3600)));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_code_of_trouble_then_success() {
    for code in ["Rejected.Throttling", "ServiceUnavailableTemporary", "InternalError"] {
        let body = format!(r#"{{"Code": "{code}", "Message": "later"}}"#);
        succeeds_at_the_second(response(400, &[], body.as_bytes())).await;
        let body = format!(r#"{{"Success": false, "ErrCode": "{code}", "ErrMessage": "later"}}"#);
        succeeds_at_the_second(response(200, &[], body.as_bytes())).await;
    }
}

#[tokio::test]
async fn a_server_error_then_success() {
    for status in [500, 502, 503, 504] {
        succeeds_at_the_second(response(status, &[], b"")).await;
    }
}

#[tokio::test]
async fn other_statuses_are_final() {
    for status in [400, 401, 404, 408, 409, 414, 501, 505] {
        let server = Server::answering(status, &[], b"");
        let error = service_error(&server).await;
        assert_eq!((error.status, server.seen().len()), (status, 1));
        assert_eq!(error.excerpt.as_deref(), Some(""));
    }
}

#[tokio::test]
async fn a_request_that_breaks_rules_is_not_sent() {
    let server = Server::answering(200, &[], OK);
    let client = server.client();
    let request = Request::new("p", SourceEndpointInstanceType::Other);
    let error = client.modify_backup_source_endpoint(request.clone()).await.expect_err("invalid");
    let ErrorKind::Invalid(violations) = error.kind() else { panic!("{error:?}") };
    assert_eq!(error.to_string(), violations.to_string());
    assert_eq!((violations.iter().count(), error.attempts()), (3, 0));
    assert!(server.seen().is_empty());
    let call = client.modify_backup_source_endpoint(request).skip_validation();
    call.await.expect("it is sent");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn keys_that_no_header_can_carry_are_not_sent() {
    let server = Server::answering(200, &[], OK);
    for credentials in [
        Credentials::new("exampleKeyId\n", SECRET),
        Credentials::new("", SECRET),
        Credentials::new("exampleKeyId", "planted secret"),
        Credentials::new("exampleKeyId", SECRET).with_security_token("planted\r\nx-acs-evil: 1"),
    ] {
        let client = server.builder().credentials(credentials).build().expect("acceptable");
        let error = call(&client).await.expect_err("not a key");
        assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_request_larger_than_a_url_goes_into_a_form() {
    let server = Server::answering(200, &[], OK);
    let send = async |length: usize| {
        let request = request().client_token("t").source_endpoint_password(PASSWORD);
        let request = request.backup_objects([BackupObject::new().db_name("x".repeat(length))]);
        server.client().modify_backup_source_endpoint(request).await.expect("it is answered")
    };
    send(1).await;
    send(64 << 10).await;
    let requests = server.requests();
    let (small, large) = (Head::parse(&requests[0].head), Head::parse(&requests[1].head));
    assert!(requests[0].body.is_empty());
    assert_eq!(large.request_line, "POST / HTTP/1.1");
    assert_eq!(large.header("content-type"), "application/x-www-form-urlencoded");
    large.check_signature_with(&requests[1].body, "exampleKeyId", SECRET);
    // What was sent is the same but for the place.
    let form = String::from_utf8_lossy(&requests[1].body);
    assert_eq!(form.replace(&"x".repeat(64 << 10), "x"), small.query());

    // The longest URL, and one byte more.
    let length = server.endpoint().len() + "/?".len() + small.query().len() - 1;
    send(65_534 - length).await;
    send(65_535 - length).await;
    let requests = server.requests();
    assert!(requests[2].body.is_empty());
    assert!(!requests[3].body.is_empty());
}

#[tokio::test]
async fn what_is_logged_of_a_call() {
    let server = Server::start(vec![
        Reply::Bytes(response(503, &[], b"")),
        Reply::Bytes(response(200, &[], OK)),
    ]);
    let client = server.builder().region("cn-logged").build().expect("it is acceptable");
    call(&client).await.expect("the second is answered");
    let log = logs::text();
    let closed = |what: &str| {
        let lines = log.lines().filter(|line| line.contains("cn-logged") && line.contains(what));
        lines.filter(|line| line.contains(": close ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let attempts = closed("attempt{");
    let calls: Vec<String> =
        closed("call{").into_iter().filter(|line| !line.contains("attempt{")).collect();
    assert_eq!((attempts.len(), calls.len()), (2, 1), "{log}");
    for part in ["attempt{attempt=1", "status=503", "duration_ms="] {
        assert!(attempts[0].contains(part), "{part}: {}", attempts[0]);
    }
    let ends = ["action=\"ModifyBackupSourceEndpoint\"", "region=\"cn-logged\"", "attempts=2"];
    for part in ends.into_iter().chain(["status=200", "request_id=\"id-in-body\"", "duration_ms="])
    {
        assert!(calls[0].contains(part), "{part}: {}", calls[0]);
    }
    assert!(!log.contains("192.0.2.10"), "values of parameters are logged");
}
