//! Every answer that is none, on a server that gives exactly that one; whatever is shown or logged on
//! the way is searched for secrets.

use std::time::Duration;

use crate::deadlines::within;
use crate::guarded::{ID, OK, call, decode_error, failure, service_error};
use crate::loopback::{PASSWORD, SECRET, Server, TOKEN};

use crate::service::{Error, ErrorKind};

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
        assert_eq!((error.excerpt, server.seen().len()), (None, 1));
    }
    let server = Server::answering(403, &[], lower.as_bytes());
    let error = failure(&server).await;
    assert_eq!(error.code(), Some("Request.Forbidden"));
    assert_eq!((error.status(), error.is_retryable()), (Some(403), false));
    let shown = "the service refused the call: Request.Forbidden: Have no Permissions \
                 (HTTP 403, request id-in-body)";
    assert_eq!(error.to_string(), shown);
}

#[tokio::test]
async fn an_html_502() {
    let page = format!("<html>\r\n<h1>502 Bad Gateway</h1>{}</html>", "<p>sorry</p>".repeat(100));
    let server = Server::answering(502, &[("content-type", "text/html"), ID], page.as_bytes());
    let error = service_error(&server).await;
    assert_eq!((error.status, error.code, error.message), (502, None, None));
    assert_eq!(error.request_id.as_deref(), Some("id-in-header"));
    assert_eq!(server.seen().len(), 3);
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
        assert_eq!(error.status, 200, "{body}");
        assert_eq!(error.request_id.as_deref(), Some("id-in-header"), "{body}");
        assert_eq!(error.excerpt.as_deref(), Some(body.trim()), "{body}");
    }
    // This status says itself that there is nothing, and that it is a success.
    let server = Server::answering(204, &[ID], b"");
    let response = call(&server.client()).await.expect("it is a success");
    assert_eq!((response.request_id, response.need_precheck), (None, None));
}

/// How long a call may take.
const DEADLINE: Duration = Duration::from_secs(1);

/// The error of a call that has little time.
async fn soon(what: &str, server: &Server) -> Error {
    let client = server.builder().timeout(DEADLINE).build().expect("it is acceptable");
    within(DEADLINE, what, call(&client)).await.expect_err("the server makes it fail")
}

#[tokio::test]
async fn what_cannot_be_read_keeps_the_id_and_the_body() {
    for body in [
        // One member is of another shape, or does not fit.
        r#"{"RequestId": "id-in-body", "Success": true, "BackupPlanId": {"id": "dbs1"}}"#,
        r#"{"BackupPlanId": ["dbs1"], "requestId": "id-in-body"}"#,
        r#"{"Success": true, "HttpStatusCode": 2147483648, "RequestId": "id-in-body"}"#,
        r#"{"NeedPrecheck": true, "NeedPrecheck": false, "RequestId": "id-in-body"}"#,
        // It is broken before the id or after it.
        r#"{"RequestId": "id-in-body", "BackupPlanId": "dbs1"#,
        r#"{"BackupPlanId": dbs1, "RequestId": "id-in-body"}"#,
        r#"{"Data": "{\"RequestId\": \"id-in-body\"}", "NeedPrecheck": []}"#,
        r#"{"RequestId": "id-in-body"} {}"#,
        r#"[{"RequestId": "id-in-body"}]"#,
        "<Response><RequestId>id-in-body</RequestId></Response>",
    ] {
        let server = Server::answering(200, &[], body.as_bytes());
        let error = soon("what cannot be read", &server).await;
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-in-body")), "{body}");
        let ErrorKind::Decode(error) = error.kind() else { panic!("{body}: {error:?}") };
        assert_eq!(error.body(), body.as_bytes());
        assert_eq!(server.seen().len(), 1, "what may have been done is not done again");
    }
    for body in [
        r#"{"RequestIds": "no", "NeedPrecheck": []}"#,
        r#"{"OldRequestId": "no", "NeedPrecheck": []}"#,
        r#"{"RequestId": null, "NeedPrecheck": []}"#,
        r#"{"RequestId": "", "NeedPrecheck": []}"#,
        r#"{"RequestId": "id-in-b"#,
    ] {
        assert_eq!(
            soon("no id", &Server::answering(200, &[], body.as_bytes())).await.request_id(),
            None
        );
    }
    let long = format!(r#"{{"New": "{}", "RequestId": "id-in-body"}} {{"#, "x".repeat(1 << 20));
    let error = soon("an id after a megabyte", &Server::answering(200, &[], long.as_bytes())).await;
    assert_eq!(error.request_id(), Some("id-in-body"));
}

#[tokio::test]
async fn a_body_that_is_kept_is_not_shown() {
    let body = format!(r#"{{"NeedPrecheck": [], "New": "{}{SECRET}"}}"#, "x".repeat(300));
    // `call` looks for the secret.
    let error = decode_error(&Server::answering(200, &[], body.as_bytes())).await;
    assert_eq!(error.body(), body.as_bytes());
    assert!(format!("{error:?}").contains(&format!("[{} bytes]", body.len())), "{error:?}");
}

#[tokio::test]
async fn a_byte_order_mark_is_passed_over() {
    let marked = |body: &[u8]| [b"\xef\xbb\xbf", body].concat();
    let server = Server::answering(200, &[], &marked(OK));
    assert_eq!(call(&server.client()).await.expect("JSON follows").need_precheck, Some(true));
    let server = Server::answering(403, &[], &marked(br#"{"Code": "Request.Forbidden"}"#));
    assert_eq!(service_error(&server).await.code.as_deref(), Some("Request.Forbidden"));
    assert_eq!(
        decode_error(&Server::answering(200, &[], &marked(b""))).await.reason,
        "the body is empty"
    );
}

#[tokio::test]
async fn a_failure_with_the_status_of_a_success() {
    for (body, code) in [
        (r#"{"RequestId":"R1","ErrCode":"Param.Wrong","ErrMessage":"nope"}"#, "Param.Wrong"),
        (r#"{"RequestId":"R1","Success":null,"ErrCode":"Param.Wrong"}"#, "Param.Wrong"),
        (r#"{"RequestId":"R1","Code":"Forbidden","Message":"nope"}"#, "Forbidden"),
        (r#"{"requestId":"R1","code":40301,"message":"nope"}"#, "40301"),
        (r#"{"RequestId":"R1","success":false,"ErrorCode":"Role.Exists"}"#, "Role.Exists"),
        (r#"{"RequestId":"R1","Success":"false","Code":"200","ErrCode":"Wrong"}"#, "Wrong"),
    ] {
        let server = Server::answering(200, &[], body.as_bytes());
        let error = soon("a failure in a success", &server).await;
        let ErrorKind::Service(inner) = error.kind() else { panic!("{body}: {error:?}") };
        assert_eq!((inner.status, error.code(), error.request_id()), (200, Some(code), Some("R1")));
        assert_eq!((error.is_retryable(), server.seen().len()), (false, 1), "{body}");
    }
}

#[tokio::test]
async fn the_status_and_the_codes_in_a_body_decide_about_repeating() {
    for (status, body) in [
        (200, r#"{"Success":false,"ErrCode":"Whatever","HttpStatusCode":500}"#),
        (200, r#"{"ErrCode":"Whatever","HttpStatusCode":"503"}"#),
        (400, r#"{"Code":"Whatever","HttpStatusCode":502}"#),
        (200, r#"{"success":false,"httpStatusCode":429}"#),
        (400, r#"{"ErrorCode":"Throttling.User"}"#),
        (400, r#"{"errCode":"Throttling"}"#),
        (403, r#"{"Code":"Busy","ErrCode":"Throttling.Api"}"#),
        (403, r#"{"Code":"Throttling.Api","ErrCode":"Busy"}"#),
        (200, r#"{"Success":"false","Code":"Throttling.Api","ErrorCode":"Busy"}"#),
    ] {
        let server = Server::answering(status, &[], body.as_bytes());
        let error = soon("a failure that may pass", &server).await;
        assert!(matches!(error.kind(), ErrorKind::Service(_)), "{body}: {error:?}");
        assert_eq!(error.status(), Some(status), "{body}");
        assert_eq!((error.is_retryable(), error.attempts()), (true, 3), "{body}");
        assert_eq!(server.seen().len(), 3, "{body}");
    }
    let body = br#"{"Success":false,"ErrCode":"Whatever","HttpStatusCode":400,"HostId":"h",
        "Recommend":"https://example.com","AccessDeniedDetail":{"AuthAction":"dbs:Start"}}"#;
    let error = service_error(&Server::answering(200, &[], body)).await;
    assert_eq!((error.status, error.body_status), (200, Some(400)));
    assert_eq!(error.host_id.as_deref(), Some("h"));
    assert_eq!(error.recommend.as_deref(), Some("https://example.com"));
    assert_eq!(error.denied_action.as_deref(), Some("dbs:Start"));
}

#[tokio::test]
async fn codes_are_read_from_whichever_member_has_them() {
    for name in ["Code", "code", "ErrCode", "errCode", "ErrorCode", "errorCode"] {
        for status in [400, 200] {
            let body = format!(r#"{{"{name}": "Role.Exists", "errMessage": "There is one."}}"#);
            let error = service_error(&Server::answering(status, &[], body.as_bytes())).await;
            assert_eq!(error.code.as_deref(), Some("Role.Exists"), "{status}: {body}");
            assert_eq!(error.message.as_deref(), Some("There is one."), "{status}: {body}");
        }
    }
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
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error:?}");
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
        assert_eq!((error.status, server.seen().len()), (200, 1));
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
        format!("<p>{}</p>", PASSWORD.replace('&', "&amp;").replace('"', "&quot;")),
        format!("Password={}", once.replace("%20", "+").replace("%C3%A9", "%c3%a9")),
        format!(r#"{{"Other": "{}"}}"#, json.replace('&', "\\u0026")),
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
