//! Every way in which a call can fail, on a server that fails in exactly that way; whatever is shown
//! or logged on the way holds no password, secret or token.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::Duration;

use alibabacloud_dbs::error::{DecodeError, ServiceError};
use alibabacloud_dbs::operations::{
    ModifyBackupSourceEndpointRequest as Request, ModifyBackupSourceEndpointResponse as Response,
};
use alibabacloud_dbs::transport::{TransportError, TransportErrorKind};
use alibabacloud_dbs::types::{BackupObject, SourceEndpointInstanceType};
use alibabacloud_dbs::{Client, Credentials, Error};
use tests::logs;
use tests::loopback::{PASSWORD, PLANTED, Reply, SECRET, Server, TOKEN, builder, response};

const OK: &[u8] = br#"{"RequestId": "id-in-body", "Success": true, "NeedPrecheck": true}"#;
const ID: (&str, &str) = ("x-acs-request-id", "id-in-header");

fn request() -> Request {
    Request::new("p", SourceEndpointInstanceType::Other)
        .source_endpoint_ip("192.0.2.10")
        .source_endpoint_port(3306)
        .source_endpoint_password(PASSWORD)
        .backup_objects([BackupObject::new().db_name("orders")])
}

async fn call(client: &Client) -> Result<Response, Error> {
    logs::record();
    let result = client.modify_backup_source_endpoint(request()).await;
    if let Err(error) = &result {
        let mut shown = vec![format!("{error}"), format!("{error:#}"), format!("{error:?}")];
        shown.push(format!("{error:#?}"));
        let mut source = error.source();
        while let Some(error) = source {
            shown.extend([error.to_string(), format!("{error:?}")]);
            source = error.source();
        }
        shown.extend(error.code().map(str::to_owned));
        shown.extend(error.request_id().map(str::to_owned));
        for text in shown {
            assert!(!text.contains(PLANTED), "{text}");
        }
    }
    let log = logs::text();
    assert!(log.contains("ModifyBackupSourceEndpoint"), "nothing is logged: {log}");
    let leak = log.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
    result
}

async fn failure(server: &Server) -> Error {
    call(&server.client()).await.expect_err("the server makes it fail")
}

async fn service_error(server: &Server) -> ServiceError {
    match failure(server).await {
        Error::Service(error) => *error,
        other => panic!("{other:?}"),
    }
}

async fn decode_error(server: &Server) -> DecodeError {
    match failure(server).await {
        Error::Decode(error) => {
            assert_eq!(server.seen().len(), 1, "it is not sent again");
            *error
        }
        other => panic!("{other:?}"),
    }
}

async fn transport_error(server: &Server) -> TransportError {
    match failure(server).await {
        Error::Transport(error) => *error,
        other => panic!("{other:?}"),
    }
}

/// The beginning of a response whose body is longer than what is there.
fn begun(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{}: {}\r\ncontent-length: 1000\r\n\r\n{body}", ID.0, ID.1).into()
}

#[tokio::test]
async fn a_refused_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let address = listener.local_addr().expect("it is bound");
    drop(listener);
    let client = builder(&format!("http://{address}")).build().expect("it is acceptable");
    let error = call(&client).await.expect_err("nobody listens");
    let Error::Transport(inner) = &error else { panic!("{error:?}") };
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
    let Error::Transport(inner) = &error else { panic!("{error:?}") };
    assert_eq!(inner.kind(), TransportErrorKind::Incomplete);
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-in-header")));
    assert_eq!((error.attempts(), server.seen().len()), (1, 1));
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

async fn times_out(reply: Vec<u8>) {
    let server = Server::start(vec![Reply::Hang(reply)]);
    let timeout = Duration::from_millis(50);
    let client = server.builder().timeout(timeout).build().expect("it is acceptable");
    let error = call(&client).await.expect_err("it hangs");
    let Error::Timeout(inner) = &error else { panic!("{error:?}") };
    assert_eq!((inner.after, inner.attempts), (timeout, 1));
    assert!(error.is_retryable());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_slow_header() {
    times_out(b"HTTP/1.1 200 OK\r\nx-acs-req".to_vec()).await;
}

#[tokio::test]
async fn a_slow_body() {
    times_out(begun("{\"RequestId\"")).await;
}

#[tokio::test]
async fn an_attempt_that_hangs_is_followed_by_another() {
    let server = Server::start(vec![Reply::Hang(Vec::new()), Reply::Bytes(response(200, &[], OK))]);
    let client = server.builder().attempt_timeout(Duration::from_millis(50)).build();
    let client = client.expect("it is acceptable");
    assert_eq!(call(&client).await.expect("the second is answered").need_precheck, Some(true));
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

#[tokio::test]
async fn a_documented_error() {
    let body = br#"{ "Code": "Request.Forbidden", "Message": "Have no Permissions",
        "RequestId": "id-in-body", "HostId": "dbs.example", "Recommend": "https://example.com/help",
        "AccessDeniedDetail": { "PolicyType": "AccountLevelIdentityBasedPolicy" } }"#;
    let lower = String::from_utf8_lossy(body)
        .replace("\"Code", "\"code")
        .replace("\"Message", "\"message")
        .replace("\"RequestId", "\"requestId")
        .replace("\"HostId", "\"hostId")
        .replace("\"Recommend", "\"recommend")
        .replace("\"AccessDeniedDetail", "\"accessDeniedDetail");
    for body in [body.as_slice(), lower.as_bytes()] {
        let server = Server::answering(403, &[ID], body);
        let error = service_error(&server).await;
        assert_eq!(error.status, 403);
        assert_eq!(error.code.as_deref(), Some("Request.Forbidden"));
        assert_eq!(error.message.as_deref(), Some("Have no Permissions"));
        assert_eq!(error.request_id.as_deref(), Some("id-in-body"));
        assert_eq!(error.host_id.as_deref(), Some("dbs.example"));
        assert_eq!(error.recommend.as_deref(), Some("https://example.com/help"));
        let detail = error.access_denied_detail.as_deref();
        assert_eq!(detail, Some(r#"{"PolicyType":"AccountLevelIdentityBasedPolicy"}"#));
        assert_eq!((error.excerpt, error.attempts, server.seen().len()), (None, 1, 1));
    }
    let server = Server::answering(403, &[], lower.as_bytes());
    let error = failure(&server).await;
    assert_eq!(error.code(), Some("Request.Forbidden"));
    assert_eq!((error.status(), error.is_retryable()), (Some(403), false));
    let shown = "the service refused the call: Request.Forbidden: Have no Permissions \
                 (HTTP 403, request id-in-body)";
    assert_eq!(error.to_string(), shown);
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
        assert_eq!((error.status, error.attempts, server.seen().len()), (status, 1, 1));
        assert_eq!(error.excerpt.as_deref(), Some(""));
    }
}

#[tokio::test]
async fn an_html_502() {
    let page = format!("<html>\r\n<h1>502 Bad Gateway</h1>{}</html>", "<p>sorry</p>".repeat(100));
    let server = Server::answering(502, &[("content-type", "text/html"), ID], page.as_bytes());
    let error = service_error(&server).await;
    assert_eq!((error.status, error.code, error.message), (502, None, None));
    assert_eq!(error.request_id.as_deref(), Some("id-in-header"));
    assert_eq!((error.attempts, server.seen().len()), (3, 3));
    let excerpt = error.excerpt.expect("there is a body");
    assert!(excerpt.starts_with("<html>  <h1>502 Bad Gateway</h1>"), "{excerpt}");
    assert_eq!((excerpt.chars().count(), excerpt.ends_with('…')), (257, true));
}

#[tokio::test]
async fn bodies_that_are_no_error_of_the_service() {
    for body in
        ["[]", "null", "{}", "\"Forbidden\"", "{\"Code\": null}", "{\"Code\": \"", "\u{feff}"]
    {
        let server = Server::answering(403, &[ID], body.as_bytes());
        let error = service_error(&server).await;
        assert_eq!((error.status, error.code), (403, None), "{body}");
        assert_eq!(error.request_id.as_deref(), Some("id-in-header"), "{body}");
        assert!(error.excerpt.is_some(), "{body}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_response() {
    for body in ["", " \r\n", "[]", "null", "{\"RequestId\": \"x", "<html>", "{} {}", "\"\""] {
        let server = Server::answering(200, &[ID], body.as_bytes());
        let error = decode_error(&server).await;
        assert_eq!((error.status, error.attempts), (200, 1), "{body}");
        assert_eq!(error.request_id.as_deref(), Some("id-in-header"), "{body}");
        assert_eq!(error.excerpt.as_deref(), Some(body.trim()), "{body}");
    }
    let server = Server::answering(204, &[ID], b"");
    assert_eq!(decode_error(&server).await.status, 204);
}

#[tokio::test]
async fn a_member_of_the_wrong_kind_is_named() {
    let server = Server::answering(200, &[], br#"{"RequestId": "x", "NeedPrecheck": "maybe"}"#);
    let error = decode_error(&server).await;
    assert_eq!(error.path.as_deref(), Some("NeedPrecheck"));
    let shown = error.to_string();
    assert!(shown.contains("`NeedPrecheck`: invalid value: string \"maybe\""), "{shown}");
}

#[tokio::test]
async fn forty_megabytes() {
    let body = vec![b' '; 40 << 20];
    let server = Server::answering(200, &[ID], &body);
    let error = decode_error(&server).await;
    assert_eq!(error.reason, "the body has more than 16777216 bytes");
    assert_eq!(error.request_id.as_deref(), Some("id-in-header"));

    let server = Server::answering(400, &[ID], &body);
    assert_eq!(service_error(&server).await.status, 400);
}

#[tokio::test]
async fn as_many_bytes_as_allowed_and_one_more() {
    let server = Server::answering(200, &[], OK);
    let client = |size| server.builder().max_response_size(size).build();
    assert!(call(&client(OK.len()).expect("acceptable")).await.is_ok());
    let error = call(&client(OK.len() - 1).expect("acceptable")).await.expect_err("too long");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn another_charset() {
    let latin = b"{\"RequestId\": \"caf\xe9\"}";
    let charset = ("content-type", "application/json; charset=ISO-8859-1");
    let error = decode_error(&Server::answering(200, &[charset], latin)).await;
    assert!(error.excerpt.is_some_and(|excerpt| excerpt.contains("caf\u{fffd}")));
    let error = service_error(&Server::answering(403, &[charset], latin)).await;
    assert!(error.excerpt.is_some_and(|excerpt| excerpt.contains("caf\u{fffd}")));
}

#[tokio::test]
async fn another_content_type() {
    let server = Server::answering(200, &[("content-type", "text/plain")], OK);
    assert!(call(&server.client()).await.is_ok(), "it is JSON all the same");
}

#[tokio::test]
async fn a_compressed_body_that_nobody_asked_for() {
    let gzip = ("content-encoding", "gzip");
    let server = Server::answering(200, &[gzip, ID], b"\x1f\x8b\x08\x00planted");
    let error = decode_error(&server).await;
    assert_eq!(error.reason, "the body is encoded as `gzip`, which was not asked for");
    assert_eq!((error.request_id.as_deref(), error.excerpt), (Some("id-in-header"), None));
    assert!(server.seen()[0].contains("accept-encoding: identity\r\n"));
    let error = service_error(&Server::answering(403, &[gzip], b"\x1f\x8b\x08\x00")).await;
    assert_eq!((error.status, error.excerpt), (403, None));
}

#[tokio::test]
async fn members_twice_unknown_and_of_another_kind() {
    let server = Server::answering(200, &[], br#"{"NeedPrecheck": true, "NeedPrecheck": false}"#);
    let error = decode_error(&server).await;
    assert!(error.reason.contains("duplicate field"), "{error}");
    let server = Server::answering(403, &[], br#"{"Code": "First", "Code": "Last"}"#);
    assert_eq!(service_error(&server).await.code.as_deref(), Some("Last"));

    let body = br#"{"New": [{}], "HttpStatusCode": "200", "NeedPrecheck": "true", "RequestId": 7}"#;
    let response = call(&Server::answering(200, &[], body).client()).await.expect("it is tolerant");
    assert_eq!((response.http_status_code, response.need_precheck), (Some(200), Some(true)));
    assert_eq!(response.request_id.as_deref(), Some("7"));
    let server = Server::answering(403, &[], br#"{"Code": 40301, "New": [[{}]]}"#);
    assert_eq!(service_error(&server).await.code.as_deref(), Some("40301"));
}

#[tokio::test]
async fn a_success_that_is_none() {
    for success in ["false", "\"false\"", "\"False\""] {
        let body = format!(
            r#"{{"Success": {success}, "ErrCode": "Param.NotFound", "ErrMessage": "no such plan"}}"#
        );
        let server = Server::answering(200, &[ID], body.as_bytes());
        let error = service_error(&server).await;
        assert_eq!((error.status, error.attempts), (200, 1));
        assert_eq!(error.code.as_deref(), Some("Param.NotFound"));
        assert_eq!(error.message.as_deref(), Some("no such plan"));
        assert_eq!(error.request_id.as_deref(), Some("id-in-header"));
    }
    for body in ["{}", r#"{"Success": null}"#, r#"{"Success": "true"}"#] {
        assert!(call(&Server::answering(200, &[], body.as_bytes()).client()).await.is_ok());
    }
}

#[tokio::test]
async fn a_service_that_repeats_the_request() {
    let once = "planted-password%20%26%22%C3%A9";
    let twice = once.replace('%', "%25");
    let json = PASSWORD.replace('"', "\\\"");
    let repeated = format!("{json} {once} {twice} {SECRET} {TOKEN}");
    let padding = "x".repeat(230);
    for body in [
        format!(r#"{{"Code": "SignatureDoesNotMatch", "Message": "{repeated}"}}"#),
        format!(
            r#"{{"Code": "{json}", "Message": "m", "RequestId": "{once}", "HostId": "{TOKEN}"}}"#
        ),
        format!(r#"{{"Code": "c", "Recommend": "https://example.com/?{once}"}}"#),
        format!(r#"{{"Code": "c", "AccessDeniedDetail": {{"Echo": "{json}"}}}}"#),
        format!("<a href=\"/?Password={once}\">{PASSWORD}</a>{repeated}"),
        // The end of the excerpt lies inside the password.
        format!("{padding}{PASSWORD}{padding}"),
        format!("{padding}{twice}{padding}"),
    ] {
        let error = service_error(&Server::answering(400, &[], body.as_bytes())).await;
        assert!(format!("{error:?}").contains("[REDACTED]"), "{error:?}");
        // Whatever it is with a status of success, `call` looks for leaks.
        let _ = call(&Server::answering(200, &[], body.as_bytes()).client()).await;
    }
    let body = format!(r#"{{"NeedPrecheck": "{json}"}}"#);
    let server = Server::answering(200, &[("x-acs-request-id", SECRET)], body.as_bytes());
    let error = decode_error(&server).await;
    assert_eq!(error.request_id.as_deref(), Some("[REDACTED]"));
    assert!(error.reason.contains("[REDACTED]"), "{error}");
}

#[tokio::test]
async fn a_request_that_breaks_rules_is_not_sent() {
    let server = Server::answering(200, &[], OK);
    let client = server.client();
    let request = Request::new("p", SourceEndpointInstanceType::Agent);
    let error = client.modify_backup_source_endpoint(request.clone()).await.expect_err("invalid");
    let Error::Invalid(violations) = &error else { panic!("{error:?}") };
    assert_eq!(error.to_string(), violations.to_string());
    assert_eq!((violations.iter().count(), error.attempts()), (4, 0));
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
        assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_request_larger_than_a_url() {
    logs::record();
    let server = Server::answering(200, &[], OK);
    let objects = |length: usize| {
        let request = request().client_token("t");
        request.backup_objects([BackupObject::new().db_name("x".repeat(length))])
    };
    let send = async |length| server.client().modify_backup_source_endpoint(objects(length)).await;
    let error = send(64 << 10).await.expect_err("it is too large");
    let Error::TooLarge(inner) = &error else { panic!("{error:?}") };
    assert_eq!((&*inner.parameter, inner.limit), ("BackupObjects", 65_534));
    assert!(error.to_string().contains("`BackupObjects` is the largest parameter"), "{error}");
    assert!(server.seen().is_empty());

    // The longest that fits, and one byte more.
    let fits = (64 << 10) - (inner.length - inner.limit);
    send(fits).await.expect("it fits");
    let error = send(fits + 1).await.expect_err("it does not fit");
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}
