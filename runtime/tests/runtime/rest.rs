//! Operations that have a path: parameters of paths and headers, and bodies that are JSON or text.

use std::time::Duration;

use alibabacloud_runtime::encoded::Encoded;
use alibabacloud_runtime::error::ErrorKind;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::private::validation::{Checked, NoContext, Report, Violations};
use alibabacloud_runtime::view::to_value;
use alibabacloud_runtime::{SecretString, client};

use crate::head::Head;
use crate::logs;
use crate::loopback::{PASSWORD, PLANTED, SECRET, Server, credentials};
use crate::service::operations::CreateGetDbListFromAgentTaskResponse as Response;
use crate::service::types::BackupObject;
use crate::service::{Access, Answer, EnvelopeMembers, Method, OperationMeta};

/// Each field stands somewhere else.
#[must_use]
pub struct PutThingRequest {
    pub zone: String,
    pub id: i64,
    pub language: Option<String>,
    pub pass: Option<SecretString>,
    pub ids: Option<Vec<i32>>,
    pub name: Option<String>,
    pub password: Option<SecretString>,
    pub objects: Option<Vec<BackupObject>>,
    pub size: Option<f64>,
    pub token: Option<String>,
}

alibabacloud_runtime::private::fields! {
    PutThingRequest:
    required zone: impl Into<String> = "Zone" in Path as Indexed,
    required id: i64 = "Id" in Path as Indexed,
    optional language: impl Into<String> = "x-acs-language" in Header as Indexed,
    optional pass: impl Into<SecretString> = "x-acs-pass" in Header as Indexed,
    optional ids: impl Into<Vec<i32>> = "ids" in Query as Comma,
    optional name: impl Into<String> = "name" in Member as Indexed,
    optional password: impl Into<SecretString> = "password" in Member as Indexed,
    optional objects: impl Into<Vec<BackupObject>> = "objects" in Member as Indexed,
    optional size: f64 = "size" in Member as Indexed,
    optional token: impl Into<String> = "token" in Member as Indexed,
}

/// Its body is one value.
#[must_use]
pub struct AddThingsRequest {
    pub body: Option<Vec<BackupObject>>,
}

alibabacloud_runtime::private::fields! {
    AddThingsRequest + PartialEq:
    optional body: impl Into<Vec<BackupObject>> = "body" in Json as Indexed,
}

/// Its body is text, and its path a secret.
#[must_use]
pub struct ReadTextRequest {
    pub key: SecretString,
    pub body: Option<SecretString>,
}

alibabacloud_runtime::private::fields! {
    ReadTextRequest:
    required key: impl Into<SecretString> = "Key" in Path as Indexed,
    optional body: impl Into<SecretString> = "body" in Text as Indexed,
}

/// It has a form, of which nothing has to be given.
#[must_use]
pub struct AskRequest {
    pub name: Option<String>,
}

alibabacloud_runtime::private::fields! {
    AskRequest + PartialEq:
    optional name: impl Into<String> = "Name" in Form as Indexed,
}

macro_rules! operation {
    ($request:ident: $method:ident $path:literal $token:expr) => {
        impl Checked for $request {
            type Context = NoContext;

            fn check(&self, _: &NoContext, _: &mut Report<'_>) {}
        }

        impl Operation for $request {
            type Response = Response;

            const META: OperationMeta = OperationMeta {
                action: stringify!($request),
                version: "2026-11-27",
                envelope: &EnvelopeMembers::USUAL,
                answer: Answer::Object,
                method: Method::$method,
                path: $path,
                ram_action: None,
                access: Access::Write,
                security: alibabacloud_runtime::meta::Security::Key,
                idempotency_parameter: $token,
            };
        }
    };
}

operation!(PutThingRequest: Put "/zones/{Zone}/things:all/{Id}" Some("token"));
operation!(AddThingsRequest: Post "/things" None);
operation!(ReadTextRequest: Post "/texts/{Key}" None);
operation!(AskRequest: Post "/ask" None);

fn client(server: &Server) -> client::Client {
    let builder = client::Builder::new(&[]).endpoint(server.endpoint());
    let builder = builder.credentials(credentials()).pauses(Duration::ZERO, Duration::ZERO);
    builder.build().expect("the settings are acceptable")
}

fn request() -> PutThingRequest {
    PutThingRequest::new("a b/+*~%2F é", i64::MIN)
        .language("zh é")
        .pass("planted pass")
        .ids([1, -2])
        .name("q\"\u{1}\n\u{2028}é")
        .password(PASSWORD)
        .objects([BackupObject::new().db_name("orders"), BackupObject::new()])
        .size(1.0)
        .token("t")
}

const JSON: &str = "application/json; charset=utf-8";

#[tokio::test]
async fn each_field_travels_in_its_place_and_all_of_it_is_signed() {
    let server = Server::answering(200, &[], b"{}");
    client(&server).call(request()).await.expect("it is answered");
    let seen = server.requests();
    let head = Head::parse(&seen[0].head);
    let path = "/zones/a%20b%2F%2B%2A~%252F%20%C3%A9/things%3Aall/-9223372036854775808";
    assert_eq!(head.request_line, format!("PUT {path}?ids=1%2C-2 HTTP/1.1"));
    assert_eq!(head.header("x-acs-language"), "zh é");
    assert_eq!(head.header("x-acs-pass"), "planted pass");
    assert_eq!(head.header("content-type"), JSON);
    let body = "{\"name\":\"q\\\"\\u0001\\n\u{2028}é\",\"password\":\"planted-password &\\\"é\",\
                \"objects\":[{\"DBName\":\"orders\"},{}],\"size\":1.0,\"token\":\"t\"}";
    assert_eq!(String::from_utf8_lossy(&seen[0].body), body);
    let signed = "SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;\
                  x-acs-date;x-acs-language;x-acs-pass;x-acs-security-token;";
    assert!(head.header("authorization").contains(signed), "{}", head.header("authorization"));
    head.check_signature_with(&seen[0].body, "exampleKeyId", SECRET);
}

#[tokio::test]
async fn a_body_that_is_one_value_is_json_or_text_or_nothing() {
    let server = Server::answering(200, &[], b"{}");
    let client = client(&server);
    let one = AddThingsRequest::new().body([BackupObject::new().db_name("a")]);
    client.call(one).await.expect("it is answered");
    client.call(AddThingsRequest::new().body([])).await.expect("it is answered");
    client.call(ReadTextRequest::new("k").body("a|\"b\"")).await.expect("it is answered");
    client.call(ReadTextRequest::new("k").body("")).await.expect("it is answered");
    let expected = ["[{\"DBName\":\"a\"}]", "[]", "a|\"b\"", ""];
    let seen = server.requests();
    for (request, body) in seen.iter().zip(expected) {
        let head = Head::parse(&request.head);
        assert_eq!(String::from_utf8_lossy(&request.body), body);
        assert_eq!(head.header("content-type"), JSON);
        head.check_signature_with(&request.body, "exampleKeyId", SECRET);
    }
    client.call(AddThingsRequest::new()).await.expect("it is answered");
    let bare = PutThingRequest::new("a", 1);
    assert_eq!(Encoded::new(&PutThingRequest::META, &bare, None).body().content_type(), None);
    let head = Head::parse(&server.seen()[4]);
    assert!(head.headers.iter().all(|(name, _)| name != "content-type"));
    assert_eq!(head.header("content-length"), "0");
}

#[tokio::test]
async fn a_form_says_what_it_is_when_it_is_empty() {
    let server = Server::answering(200, &[], b"{}");
    client(&server).call(AskRequest::new()).await.expect("it is answered");
    let head = Head::parse(&server.seen()[0]);
    assert_eq!(head.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(head.header("content-length"), "0");
    head.check_signature("exampleKeyId", SECRET);
}

/// The violations of a call that was never sent, by whatever way.
async fn refused<O: Operation + Clone>(request: O) -> Vec<String> {
    let server = Server::answering(200, &[], b"{}");
    let mut found: Vec<Violations> = request.validate().err().into_iter().collect();
    for call in [
        client(&server).call(request.clone()),
        client(&server).call(request.clone()).skip_validation(),
    ] {
        let error = call.await.map(drop).expect_err("it cannot be sent");
        let ErrorKind::Invalid(violations) = error.kind() else { panic!("{error:?}") };
        found.push(violations.clone());
        assert!(!format!("{error} {error:?}").contains(PLANTED), "{error}");
    }
    assert!(server.seen().is_empty());
    assert!(found.iter().all(|violations| *violations == found[0]) && found.len() == 3);
    found[0].iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn paths_that_would_lead_elsewhere_are_refused_before_they_are_signed() {
    for (value, found) in [("", "``"), (".", "`.`"), ("..", "`..`")] {
        assert_eq!(
            refused(PutThingRequest::new(value, 1)).await,
            [format!(
                "`Zone` stands in the path and must not be empty, `.` or `..`, but is {found}"
            )]
        );
    }
    let secret = refused(ReadTextRequest::new("..")).await;
    assert_eq!(secret, ["`Key` stands in the path and must not be empty, `.` or `..`"]);
    PutThingRequest::new("...", 1).validate().expect("it leads nowhere else");
}

#[tokio::test]
async fn headers_that_would_be_others_are_refused_before_they_are_signed() {
    let request = || PutThingRequest::new("z", 1);
    let characters = "`x-acs-language` stands in a header and must have characters of Latin-1 \
                      only, and no control characters";
    for value in ["a\r\nx-acs-action: Other", "a\n", "\r", "\u{0}", "\t", "\u{7f}", "中", "\u{100}"]
    {
        let found = refused(request().language(value)).await;
        assert!(found.len() == 1 && found[0].starts_with(characters), "{found:?}");
        assert!(found[0].lines().count() == 1, "{found:?}");
    }
    for value in [" a", "a ", " "] {
        let found = refused(request().language(value)).await;
        let said = "`x-acs-language` stands in a header and must not start or end with a space";
        assert!(found.len() == 1 && found[0].starts_with(said), "{found:?}");
    }
    let found = refused(request().pass("planted\n")).await;
    assert!(found.len() == 1 && found[0].ends_with("no control characters"), "{found:?}");
    request().language("").validate().expect("a header can be empty");
}

#[tokio::test]
async fn every_attempt_has_the_token_that_was_made_up_whatever_its_place() {
    let server = Server::answering(503, &[], b"{}");
    let error = client(&server).call(PutThingRequest::new("z", 1)).await.expect_err("it fails");
    assert_eq!(error.attempts(), 3, "what has a token is sent again");
    let seen = server.requests();
    let body = String::from_utf8_lossy(&seen[0].body);
    let token = body.strip_prefix("{\"token\":\"").expect("the token is in the body");
    assert_eq!((token.len(), token.as_bytes()[14]), (36 + 2, b'4'), "it is a UUID v4");
    assert!(seen.iter().all(|request| request.body == seen[0].body));
}

#[tokio::test]
async fn what_has_a_path_does_not_go_into_a_form() {
    let server = Server::answering(200, &[], b"{}");
    let large = PutThingRequest::new("z", 1).ids(vec![1; 64 << 10]);
    let error = client(&server).call(large).await.expect_err("it is too large");
    let ErrorKind::TooLarge(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!((&*inner.parameter, inner.limit), ("ids", 65_534));
    assert!(error.to_string().contains("`ids` is the largest parameter"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn secrets_of_paths_headers_and_bodies_are_shown_nowhere() {
    logs::record();
    let mut shown = Vec::new();
    let sent = "/zones/z planted pass planted-password &\\\"é planted%2Dpath planted text";
    let body = serde_json::json!({ "Code": "Thing.Wrong", "Message": sent }).to_string();
    let server = Server::answering(400, &[], body.as_bytes());
    let client = client(&server);
    let text = || ReadTextRequest::new("planted-path").body("planted text");
    let errors = [
        client.call(request()).await.map(drop).expect_err("it is refused"),
        client.call(text()).await.map(drop).expect_err("it is refused"),
    ];
    let told = errors[0].to_string().contains("planted pass");
    assert!(!told && errors[0].to_string().contains("[REDACTED]"), "{}", errors[0]);
    let told = errors[1].to_string();
    assert!(!told.contains("planted%2Dpath") && !told.contains("planted text"), "{told}");
    let seen = server.requests();
    assert!(seen[0].head.contains("planted pass") && seen[1].head.contains("planted-path"));
    assert_eq!(seen[1].body, b"planted text");

    // Nobody answers there, so that errors come from below.
    let builder = client::Builder::<client::Client>::new(&[]).endpoint("http://127.0.0.1:1");
    let nowhere = builder.credentials(credentials()).max_attempts(1).build().expect("acceptable");
    for error in [
        nowhere.call(request()).await.map(drop).expect_err("nobody is there"),
        nowhere.call(text()).await.map(drop).expect_err("nobody is there"),
    ] {
        shown.extend([error.to_string(), format!("{error:?}"), format!("{error:#?}")]);
    }
    let encoded = Encoded::new(&PutThingRequest::META, &request(), None);
    shown.extend([format!("{encoded:?}"), format!("{encoded:#?}"), format!("{:?}", request())]);
    let encoded = Encoded::new(&ReadTextRequest::META, &text(), None);
    shown.extend([
        format!("{encoded:?}"),
        format!("{:?}", encoded.body()),
        format!("{:?}", text()),
    ]);
    shown.extend([to_value(&request()).to_string(), to_value(&text()).to_string()]);
    for text in shown {
        assert!(!text.contains(PLANTED), "{text}");
    }
    let leak = logs::text();
    let leak = leak.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
}

#[test]
fn what_people_see_does_not_depend_on_the_place() {
    let view = serde_json::json!({
        "Zone": "z", "Id": 1, "ids": [1], "name": "n", "password": "[REDACTED]",
        "objects": [{ "DBName": "orders" }],
    });
    let request = PutThingRequest::new("z", 1).ids([1]).name("n").password(PASSWORD);
    assert_eq!(to_value(&request.objects([BackupObject::new().db_name("orders")])), view);
    let body = AddThingsRequest::new().body([BackupObject::new().db_name("a")]);
    assert_eq!(to_value(&body), serde_json::json!({ "body": [{ "DBName": "a" }] }));
}
