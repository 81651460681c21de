//! Operations that are not called like most: other methods and paths, and fields in the body.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use alibabacloud_runtime::Fields;
use alibabacloud_runtime::encoded::Encoded;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::private::field::Visit;
use alibabacloud_runtime::private::validation::{Checked, NoContext, Report};
use alibabacloud_runtime::view::to_value;
use alibabacloud_runtime::{SecretString, client};

use crate::head::Head;
use crate::logs;
use crate::loopback::{PASSWORD, PLANTED, SECRET, Server, credentials};
use crate::service::operations::CreateGetDbListFromAgentTaskResponse as Response;
use crate::service::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::service::types::BackupObject;
use crate::service::{Access, Answer, BoxFuture, EnvelopeMembers, Method, OperationMeta, Query};

/// Most of it travels in a form.
#[must_use]
pub struct UpdateAccountRequest {
    pub region: Option<String>,
    pub name: String,
    pub password: Option<SecretString>,
    pub objects: Option<Vec<BackupObject>>,
    pub labels: Option<Vec<String>>,
    pub notes: Option<Vec<String>>,
    pub token: Option<String>,
}

alibabacloud_runtime::private::fields! {
    UpdateAccountRequest:
    optional region: impl Into<String> = "Region",
    required name: impl Into<String> = "Name" in Form as Indexed,
    optional password: impl Into<SecretString> = "Password" in Form as Indexed,
    optional objects: impl Into<Vec<BackupObject>> = json_text "Objects" in Form as Indexed,
    optional labels: impl Into<Vec<String>> = "Labels" in Form as Json,
    optional notes: impl Into<Vec<String>> = "Notes" in Query as Json,
    optional token: impl Into<String> = "Token" in Form as Indexed,
}

impl Checked for UpdateAccountRequest {
    type Context = NoContext;

    fn check(&self, _: &NoContext, _: &mut Report<'_>) {}
}

impl Operation for UpdateAccountRequest {
    type Response = Response;

    const META: OperationMeta = OperationMeta {
        action: "UpdateAccount",
        version: "2026-11-27",
        envelope: &EnvelopeMembers::USUAL,
        answer: Answer::Object,
        method: Method::Put,
        path: "/accounts/all:update",
        ram_action: None,
        access: Access::Write,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: Some("Token"),
    };
}

/// A request without fields, by any method.
struct Bare<const METHOD: usize>;

const METHODS: [Method; 6] =
    [Method::Delete, Method::Get, Method::Patch, Method::Post, Method::Put, Method::Head];

impl<const METHOD: usize> Fields for Bare<METHOD> {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(&[], &[]);
    }
}

impl<const METHOD: usize> Checked for Bare<METHOD> {
    type Context = NoContext;

    fn check(&self, _: &NoContext, _: &mut Report<'_>) {}
}

impl<const METHOD: usize> Operation for Bare<METHOD> {
    type Response = Response;

    const META: OperationMeta = OperationMeta {
        action: "Bare",
        version: "2026-11-27",
        envelope: &EnvelopeMembers::USUAL,
        answer: Answer::Object,
        method: METHODS[METHOD],
        path: "/a b/c",
        ram_action: None,
        access: Access::Read,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: None,
    };
}

fn client(server: &Server) -> client::Client {
    let builder = client::Builder::new(&[]).endpoint(server.endpoint());
    let builder = builder.credentials(credentials()).pauses(Duration::ZERO, Duration::ZERO);
    builder.build().expect("the settings are acceptable")
}

fn request() -> UpdateAccountRequest {
    UpdateAccountRequest::new("a+b c")
        .region("cn-hangzhou")
        .password(PASSWORD)
        .objects([BackupObject::new().db_name("orders")])
        .labels(["x,y".to_owned(), "é".to_owned()])
        .notes(["n".to_owned()])
        .token("t")
}

/// The form of [`request`], sorted by names.
const FORM: &str = "Labels=%5B%22x%2Cy%22%2C%22%C3%A9%22%5D&Name=a%2Bb%20c\
                    &Objects=%5B%7B%22DBName%22%3A%22orders%22%7D%5D\
                    &Password=planted-password%20%26%22%C3%A9&Token=t";

async fn is_called_by<const METHOD: usize>(method: &str, length: Option<&str>) {
    let server = Server::answering(200, &[], b"{}");
    client(&server).call(Bare::<METHOD>).await.expect("it is answered");
    let seen = server.seen();
    let head = Head::parse(&seen[0]);
    assert_eq!(head.request_line, format!("{method} /a%20b/c HTTP/1.1"));
    let is_there = |name: &str| head.headers.iter().any(|(found, _)| found == name);
    assert!(!is_there("content-type") && !is_there("transfer-encoding"), "{}", seen[0]);
    match length {
        Some(length) => assert_eq!(head.header("content-length"), length),
        None => assert!(!is_there("content-length"), "{}", seen[0]),
    }
    head.check_signature("exampleKeyId", SECRET);
}

#[tokio::test]
async fn every_method_travels_with_its_path_and_is_signed_with_both() {
    is_called_by::<0>("DELETE", None).await;
    is_called_by::<1>("GET", None).await;
    is_called_by::<2>("PATCH", Some("0")).await;
    is_called_by::<3>("POST", Some("0")).await;
    is_called_by::<4>("PUT", Some("0")).await;
    is_called_by::<5>("HEAD", None).await;
}

#[tokio::test]
async fn each_field_travels_in_its_place_and_the_hash_of_the_body_is_signed() {
    let server = Server::answering(200, &[], b"{}");
    client(&server).call(request()).await.expect("it is answered");
    let seen = server.requests();
    let head = Head::parse(&seen[0].head);
    let target = "/accounts/all%3Aupdate?Notes=%5B%22n%22%5D&Region=cn-hangzhou";
    assert_eq!(head.request_line, format!("PUT {target} HTTP/1.1"));
    assert_eq!(String::from_utf8_lossy(&seen[0].body), FORM);
    assert_eq!(head.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(head.header("content-length"), FORM.len().to_string());
    let signed = "SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;";
    assert!(head.header("authorization").contains(signed), "{}", head.header("authorization"));
    head.check_signature_with(&seen[0].body, "exampleKeyId", SECRET);
    assert_eq!(Query::encode(&request()).expose(), "Notes=%5B%22n%22%5D&Region=cn-hangzhou");
}

#[tokio::test]
async fn a_form_has_room_for_what_no_url_has() {
    let server = Server::answering(200, &[], b"{}");
    let large = UpdateAccountRequest::new("x".repeat(1 << 20)).token("t");
    client(&server).call(large).await.expect("it is answered");
    let seen = server.requests();
    assert_eq!(seen[0].body.len(), "Name=&Token=t".len() + (1 << 20));
    Head::parse(&seen[0].head).check_signature_with(&seen[0].body, "exampleKeyId", SECRET);
}

#[tokio::test]
async fn every_attempt_has_the_same_body_with_the_token_that_was_made_up() {
    let server = Server::answering(503, &[], b"{}");
    let request = UpdateAccountRequest::new("n");
    let error = client(&server).call(request).await.expect_err("it fails for good");
    assert_eq!(error.attempts(), 3, "what has a token is sent again");
    let seen = server.requests();
    let body = String::from_utf8_lossy(&seen[0].body);
    let token = body.strip_prefix("Name=n&Token=").expect("the token is in the form");
    assert_eq!((token.len(), token.as_bytes()[14]), (36, b'4'), "it is a UUID v4");
    for request in &seen {
        assert_eq!(request.body, seen[0].body);
        Head::parse(&request.head).check_signature_with(&request.body, "exampleKeyId", SECRET);
    }
}

/// Shows what is sent to whoever looks, and answers with all of it.
#[derive(Debug, Clone, Default)]
struct Echo(Arc<Mutex<Vec<String>>>);

impl Transport for Echo {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let body = request.body();
        let mut shown = self.0.lock().expect("no holder panics");
        shown.extend([format!("{request:?}"), format!("{body:#?}"), format!("{:?}", body.clone())]);
        let message = String::from_utf8_lossy(body.expose());
        let answer = serde_json::json!({ "Code": "Form.Wrong", "Message": message }).to_string();
        Box::pin(async { Ok(HttpResponse::new(400, answer)) })
    }
}

#[tokio::test]
async fn a_secret_in_a_body_is_shown_nowhere() {
    logs::record();
    let mut shown = Vec::new();
    let echo = Echo::default();
    let builder = client::Builder::<client::Client>::new(&[]).endpoint("https://accounts.example");
    let builder = builder.credentials(credentials()).transport(echo.clone());
    let over_echo = builder.build().expect("the settings are acceptable");
    let body = format!(r#"{{ "Code": "Form.Wrong", "Message": {FORM:?} }}"#);
    let server = Server::answering(400, &[], body.as_bytes());
    for client in [over_echo, client(&server)] {
        let error = client.call(request()).await.expect_err("it is refused");
        assert_eq!(error.code(), Some("Form.Wrong"));
        assert!(error.to_string().contains("Password=[REDACTED]&Token=t"), "{error}");
        shown.extend([error.to_string(), format!("{error:?}"), format!("{error:#?}")]);
    }
    assert!(String::from_utf8_lossy(&server.requests()[0].body).contains(PLANTED), "it was sent");
    let encoded = Encoded::new(&UpdateAccountRequest::META, &request(), None);
    shown.extend([format!("{encoded:?}"), format!("{encoded:#?}"), format!("{:?}", request())]);
    shown.push(to_value(&request()).to_string());
    shown.extend(echo.0.lock().expect("no holder panics").iter().cloned());
    for text in shown {
        assert!(!text.contains(PLANTED), "{text}");
    }
    let log = logs::text();
    assert!(log.contains("UpdateAccount"), "nothing is logged: {log}");
    let leak = log.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
}

#[test]
fn what_people_and_files_see_does_not_depend_on_the_place() {
    let view = serde_json::json!({
        "Region": "cn-hangzhou", "Name": "a+b c", "Password": "[REDACTED]",
        "Objects": r#"[{"DBName":"orders"}]"#, "Labels": ["x,y", "é"], "Notes": ["n"], "Token": "t",
    });
    assert_eq!(to_value(&request()), view);
}
