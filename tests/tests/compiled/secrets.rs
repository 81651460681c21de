//! Secrets in the path and in a header of a request that the generator made, and wherever published metadata
//! have them: sent, received, and shown nowhere.

use std::time::Duration;

use alibabacloud_runtime::view::to_value;

use tests::CALLS;
use tests::fixtures::metadata;
use tests::generated::place_secrets::Client;
use tests::generated::place_secrets::operations::OpenLinkRequest;
use tests::head::Head;
use tests::logs;
use tests::loopback::{PASSWORD, PLANTED, SECRET, Server, credentials};
use tests::wire::planted::operations_of;

fn client(endpoint: String) -> Client {
    Client::builder()
        .endpoint(endpoint)
        .credentials(credentials())
        .pauses(Duration::ZERO, Duration::ZERO)
        .build()
        .expect("the settings are acceptable")
}

fn request() -> OpenLinkRequest {
    OpenLinkRequest::new("planted/code").x_acs_pass(PASSWORD)
}

#[tokio::test]
async fn secrets_of_a_path_and_a_header_arrive_and_are_shown_nowhere() {
    logs::record();
    // The service repeats what it got, as it stood in the path, too.
    let sent = format!("planted/code planted%2Fcode {PASSWORD}");
    let body = serde_json::json!({ "Code": "Link.Wrong", "Message": sent }).to_string();
    let server = Server::answering(400, &[], body.as_bytes());
    let refused = client(server.endpoint()).open_link(request()).await.expect_err("it is refused");
    assert!(refused.to_string().contains("[REDACTED]"), "{refused}");
    let head = Head::parse(&server.seen()[0]);
    head.check_signature_with(&[], "exampleKeyId", SECRET);
    assert_eq!(head.request_line, "GET /links/planted%2Fcode HTTP/1.1");
    assert!(head.header("x-acs-pass").starts_with("planted-password"));

    // Nobody answers there, so that the error comes from below.
    let nowhere = client("http://127.0.0.1:1".to_owned());
    let lost = nowhere.open_link(request()).await.expect_err("nobody is there");
    let mut shown = Vec::new();
    for error in [refused, lost] {
        shown.extend([error.to_string(), format!("{error:?}"), format!("{error:#?}")]);
    }
    shown.extend([format!("{:?}", request()), format!("{:#?}", request())]);
    shown.push(to_value(&request()).to_string());
    // A file has no secrets, either.
    shown.push(serde_json::to_string(&request()).expect("it is kept"));
    for text in &shown {
        assert!(!text.contains(PLANTED), "{text}");
    }
    let logged = logs::text();
    assert!(logged.contains("OpenLink"), "calls are logged");
    let leak = logged.lines().find(|line| line.contains("planted"));
    assert!(leak.is_none(), "{leak:?}");
}

#[tokio::test]
async fn what_is_refused_before_it_is_sent_keeps_its_secrets() {
    let server = Server::answering(200, &[], b"{}");
    let client = client(server.endpoint());
    let long = "planted".repeat(7);
    for request in [
        // What their schemas ask for.
        OpenLinkRequest::new(long),
        OpenLinkRequest::new("a").x_acs_pass("planted!"),
        // What no path and no header can have.
        OpenLinkRequest::new(".."),
        OpenLinkRequest::new("a").x_acs_pass("planted\n"),
        OpenLinkRequest::new("a").x_acs_pass(" planted"),
    ] {
        let violations = request.validate().expect_err("it is refused");
        let error = client.open_link(request).await.expect_err("it is refused");
        for text in [format!("{violations} {violations:?}"), format!("{error} {error:?}")] {
            assert!(!text.contains(PLANTED), "{text}");
        }
    }
    assert!(server.seen().is_empty());
}

#[test]
fn secrets_of_what_is_imported_are_sent_and_received_and_shown_nowhere() {
    logs::record();
    let (mut sent, mut received) = (0, 0);
    for document in metadata() {
        for case in operations_of(&document) {
            let path = &document.files()[0].path;
            let mut calls = CALLS.iter();
            let found = calls.find(|(product, operation, ..)| {
                path.starts_with(&format!("{product}-")) && *operation == case.operation
            });
            let (.., show) = found.expect("the operation is imported");
            let shown = show(&case.params, &case.answer).expect("it is a request");
            assert_eq!(case.faults(&shown), [] as [String; 0], "{}", case.operation);
            sent += case.sent;
            received += case.received;
        }
    }
    assert!(sent > 8 && received > 5, "{sent} secrets sent, {received} received");
    let logged = logs::text();
    let leak = logged.lines().find(|line| line.contains("planted"));
    assert!(leak.is_none(), "{leak:?}");
}
