//! Answers that are no objects: JSON of other kinds, text, bytes, and nothing.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use alibabacloud_runtime::error::{Error, ErrorKind};
use alibabacloud_runtime::{Bytes, ExposeSecret};
use futures_core::Stream;
use serde_json::{Value, json};

use tests::generated::answer_bytes::operations::{AnswerBytesRequest, AnswerBytesResponse};
use tests::generated::answer_json::operations::{
    AnswerAnyResponse, AnswerFileRequest, AnswerFileResponse, AnswerMapResponse,
    AnswerScalarResponse,
};
use tests::generated::answer_json::types::Mode;
use tests::generated::answer_list::operations::{AnswerListRequest, AnswerListResponse};
use tests::generated::answer_list::{Response, ResponseError};
use tests::generated::answer_nothing::operations::{AnswerNothingRequest, AnswerNothingResponse};
use tests::generated::answer_text::operations::{
    AnswerSecretTextRequest, AnswerSecretTextResponse, AnswerTextRequest, AnswerTextResponse,
};
use tests::generated::type_map::operations::TypeMapResponse;
use tests::generated::type_recursive::types::Link;
use tests::generated::{answer_bytes, answer_json, answer_list, answer_nothing, answer_text};
use tests::loopback::{PLANTED, Reply, SECRET, Server, credentials, response};

/// Makes a call of a fixture's client to a server that gives this answer.
macro_rules! called {
    ($server:expr, $case:ident . $method:ident($request:expr)) => {{
        let server = $server;
        let client = $case::Client::builder()
            .endpoint(server.endpoint())
            .credentials(credentials())
            .pauses(Duration::ZERO, Duration::ZERO)
            .build()
            .expect("the settings are acceptable");
        client.$method($request).await
    }};
}

fn read<R: Response>(body: &[u8]) -> R {
    R::from_body(body).unwrap_or_else(|error| panic!("{}: {error}", String::from_utf8_lossy(body)))
}

fn code_of<R: Response>(body: &[u8]) -> Option<String> {
    match R::from_body(body) {
        Ok(_) => None,
        Err(ResponseError::Failure(failure)) => failure.code,
        Err(error) => panic!("{error:?}"),
    }
}

fn path_of<R: Response>(body: &[u8]) -> Option<String> {
    match R::from_body(body) {
        Err(ResponseError::Decode(malformed)) => malformed.path().map(str::to_owned),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("{} can be read", String::from_utf8_lossy(body)),
    }
}

#[test]
fn json_at_the_root_is_the_body() {
    let list: AnswerListResponse = read(b"\xef\xbb\xbf[{ \"Id\": \"7\" }, {}]");
    assert_eq!(list.body.iter().map(|thing| thing.id).collect::<Vec<_>>(), [Some(7), None]);
    assert!(read::<AnswerListResponse>(b"null").body.is_empty());
    assert_eq!(path_of::<AnswerListResponse>(br#"[{}, {"Id": []}]"#).as_deref(), Some("[1].Id"));
    for body in [&b"{}x"[..], b"[", b"[null]", b"7", b"[] []"] {
        path_of::<AnswerListResponse>(body);
    }
    let map: AnswerMapResponse = read(br#"{"a": 1, "b": "2"}"#);
    assert_eq!(map.body.into_iter().collect::<Vec<_>>(), [("a".into(), 1), ("b".into(), 2)]);
    for value in [json!([1, "x"]), json!({ "a": { "b": null } }), json!("x"), json!(false)] {
        let read: AnswerAnyResponse = read(value.to_string().as_bytes());
        assert_eq!(read.body, Some(value));
    }
    assert_eq!(read::<AnswerAnyResponse>(b"null").body, None);
    assert_eq!(read::<AnswerScalarResponse>(br#""7""#).body, Some(7));
    assert_eq!(read::<AnswerScalarResponse>(b"null").body, None);
    let file: AnswerFileResponse = read(br#"{"Id": 1, "Mode": "B", "New": [[]]}"#);
    let thing = file.body.expect("there is one");
    assert_eq!((thing.id, thing.mode), (Some(1), Some(Mode::B)));
}

#[test]
fn an_object_in_the_place_of_json_may_tell_of_a_failure() {
    let failed = br#"{"Code": "Denied", "Message": "no", "RequestId": "r"}"#;
    assert_eq!(code_of::<AnswerMapResponse>(failed).as_deref(), Some("Denied"));
    assert_eq!(code_of::<AnswerAnyResponse>(failed).as_deref(), Some("Denied"));
    assert_eq!(code_of::<AnswerScalarResponse>(failed).as_deref(), Some("Denied"));
    assert_eq!(code_of::<AnswerFileResponse>(failed).as_deref(), Some("Denied"));
    assert_eq!(code_of::<AnswerNothingResponse>(failed).as_deref(), Some("Denied"));
    assert_eq!(code_of::<AnswerMapResponse>(br#"{"Code": 200}"#), None);
    let file: AnswerFileResponse = read(br#"{"code": 200, "TraceId": "t"}"#);
    assert_eq!(file.envelope().request_id, None, "members are spelled as documented");
    let file: AnswerFileResponse = read(br#"{"traceId": "t"}"#);
    assert_eq!(file.envelope().request_id.as_deref(), Some("t"));
    let map: AnswerMapResponse = read(br#"{"RequestId": 7, "Code": "200"}"#);
    let envelope = map.envelope();
    assert_eq!((envelope.success, envelope.request_id.as_deref()), (Some(true), Some("7")));
    let any: AnswerAnyResponse = read(br#"{"RequestId": "r", "Message": {}}"#);
    assert_eq!(any.envelope().request_id.as_deref(), Some("r"));
    // Where nothing is said of what tells of a success, an object is just no list.
    path_of::<AnswerListResponse>(failed);
    // Text and bytes may hold anything.
    assert_eq!(read::<AnswerTextResponse>(failed).body.as_bytes(), failed);
    assert_eq!(read::<AnswerBytesResponse>(failed).body, &failed[..]);
}

#[test]
fn text_and_bytes_are_taken_as_they_are() {
    for text in ["", "\"a\"", " a\r\nb ", "\u{feff}é", "null"] {
        assert_eq!(read::<AnswerTextResponse>(text.as_bytes()).body, text);
        assert_eq!(read::<AnswerBytesResponse>(text.as_bytes()).body, text);
    }
    path_of::<AnswerTextResponse>(b"caf\xe9");
    let bytes: AnswerBytesResponse = read(b"\x00\xff\x1f");
    assert_eq!(bytes.body, &b"\x00\xff\x1f"[..]);
    assert_eq!(format!("{bytes:?}"), "AnswerBytesResponse { body: [3 bytes] }");
    let secret: AnswerSecretTextResponse = read(PLANTED.as_bytes());
    assert!(!format!("{secret:?}").contains(PLANTED));
    let text = secret.body.expect("there is one");
    assert_eq!(text.expose_secret(), PLANTED);
}

#[test]
fn where_no_body_is_documented_what_comes_is_passed_over() {
    for body in [&b""[..], b"<html>", b"[", b"\xff", b"{\"a\": 1}", b"{\"Code\": \"Denied\""] {
        assert_eq!(read::<AnswerNothingResponse>(body), AnswerNothingResponse::default());
    }
}

#[test]
fn files_hold_answers_as_json() {
    let list: AnswerListResponse = serde_json::from_str(r#"[{"Id": 1}]"#).expect("a list");
    assert_eq!(list.body.len(), 1);
    let text: AnswerTextResponse = serde_json::from_str(r#""a\nb""#).expect("a text");
    assert_eq!(text.body, "a\nb");
    let bytes: AnswerBytesResponse = serde_json::from_str(r#""AP8f""#).expect("base64");
    assert_eq!(bytes.body, &b"\x00\xff\x1f"[..]);
    assert!(serde_json::from_str::<AnswerBytesResponse>(r#""?""#).is_err());
    for nothing in ["null", "{}", "[1]"] {
        serde_json::from_str::<AnswerNothingResponse>(nothing).expect("it is passed over");
    }
}

#[tokio::test]
async fn calls_bring_bodies_of_every_kind() {
    let picture = b"\x89PNG\r\n\x1a\n\x00\xff";
    let server = Server::answering(200, &[("content-type", "image/png")], picture);
    let read = called!(server, answer_bytes.answer_bytes(AnswerBytesRequest::new()));
    assert_eq!(read.expect("it is answered").body, &picture[..]);
    let server = Server::answering(200, &[], b"");
    let read = called!(server, answer_text.answer_text(AnswerTextRequest::new()));
    assert_eq!(read.expect("it is answered").body, "");
    let server = Server::answering(200, &[("content-encoding", "gzip")], b"\x1f\x8b");
    called!(server, answer_nothing.answer_nothing(AnswerNothingRequest::new()))
        .expect("nothing was asked for");
    for status in [200, 204] {
        let server = Server::answering(status, &[], b"");
        called!(server, answer_nothing.answer_nothing(AnswerNothingRequest::new()))
            .expect("nothing was asked for");
    }
    let server = Server::answering(204, &[], b"");
    let read = called!(server, answer_json.answer_file(AnswerFileRequest::new()));
    assert!(read.expect("it says so itself").body.is_none());
    let server = Server::answering(200, &[], b"");
    let error = called!(server, answer_json.answer_file(AnswerFileRequest::new()));
    let error = error.expect_err("a thing was asked for");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn errors_are_read_whatever_the_answer_is() {
    let body = br#"{"code": "Denied", "message": "no", "requestId": "r"}"#;
    let server = || Server::answering(403, &[], body);
    let errors: [Error; 4] = [
        called!(server(), answer_bytes.answer_bytes(AnswerBytesRequest::new())).unwrap_err(),
        called!(server(), answer_text.answer_text(AnswerTextRequest::new())).unwrap_err(),
        called!(server(), answer_nothing.answer_nothing(AnswerNothingRequest::new())).unwrap_err(),
        called!(server(), answer_list.answer_list(AnswerListRequest::new())).unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.code(), error.request_id()), (Some("Denied"), Some("r")));
        assert_eq!(error.status(), Some(403));
    }
    let server = Server::answering(200, &[], format!("\"{SECRET}\\").as_bytes());
    let error = called!(server, answer_list.answer_list(AnswerListRequest::new())).unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET));
    let text = format!("caf\u{e9} {PLANTED}");
    let latin: Vec<u8> = text.chars().map(|found| found as u8).collect();
    let server = Server::answering(200, &[], &latin);
    let called = called!(server, answer_text.answer_secret_text(AnswerSecretTextRequest::new()));
    let error = called.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(PLANTED), "it may be the secret");
}

#[tokio::test]
async fn pages_may_be_lists_at_the_root() {
    let page = |body: &[u8]| Reply::Bytes(response(200, &[], body));
    let server = Server::start(vec![
        page(br#"[{"Id": 1}, {"Id": 2}]"#),
        page(br#"[{"Id": 3}]"#),
        page(b"[]"),
    ]);
    let client = answer_list::Client::builder()
        .endpoint(server.endpoint())
        .credentials(credentials())
        .build()
        .expect("the settings are acceptable");
    let mut items = client.answer_list(AnswerListRequest::new()).items();
    let mut found = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        found.extend(item.expect("it is one").id);
    }
    assert_eq!((found, server.seen().len()), (vec![1, 2, 3], 3));
}

#[test]
fn bytes_are_those_of_the_field() {
    let one: Bytes = "a".into();
    let answer = AnswerBytesResponse::from_body(b"a").expect("anything is");
    assert_eq!(answer.body, one);
}

/// What comes back of a file that holds what was read of a body.
fn kept<R>(body: &[u8]) -> (Value, R)
where
    R: Response + serde::Serialize + serde::de::DeserializeOwned,
{
    let file = serde_json::to_value(read::<R>(body)).expect("it is kept");
    let again = serde_json::from_value(file.clone()).expect("it was kept");
    (file, again)
}

#[test]
fn answers_are_kept_in_files_by_their_wire_names() {
    let (file, again) = kept::<AnswerListResponse>(br#"[{"Id": "7", "New": 1}, {}]"#);
    assert_eq!((file, again.body.len()), (json!([{ "Id": 7 }, {}]), 2));
    let (file, again) = kept::<AnswerMapResponse>(br#"{"a": 1, "b": "2"}"#);
    assert_eq!((file, again.body.len()), (json!({ "a": 1, "b": 2 }), 2));
    for value in [json!([1, "x"]), json!({ "a": { "b": null } }), json!("x"), json!(null)] {
        let (file, again) = kept::<AnswerAnyResponse>(value.to_string().as_bytes());
        assert_eq!((&file, again.body), (&value, Some(value.clone()).filter(|it| !it.is_null())));
    }
    let (file, again) = kept::<AnswerFileResponse>(br#"{"Id": 1, "Mode": "B", "New": [[]]}"#);
    assert_eq!(file, json!({ "Id": 1, "Mode": "b" }), "a known value in other letters is known");
    assert_eq!(again.body.and_then(|thing| thing.mode), Some(Mode::B));
    let (file, again) = kept::<AnswerFileResponse>(br#"{"Mode": "newer"}"#);
    assert_eq!(file, json!({ "Mode": "newer" }));
    assert_eq!(again.body.and_then(|thing| thing.mode), Some(Mode::from("newer")));
    let (file, again) = kept::<AnswerTextResponse>("\u{feff}\"é\"".as_bytes());
    assert_eq!((file, again.body.as_str()), (json!("\u{feff}\"é\""), "\u{feff}\"é\""));
    let (file, again) = kept::<AnswerBytesResponse>(b"\x00\xff\x1f");
    assert_eq!((file, again.body), (json!("AP8f"), Bytes::from_static(b"\x00\xff\x1f")));
    let (file, again) = kept::<AnswerNothingResponse>(b"<html>");
    assert_eq!((file, again), (json!(null), AnswerNothingResponse::default()));
}

#[test]
fn files_with_answers_hold_no_secret_and_none_is_read_from_where_one_was() {
    let (file, again) = kept::<AnswerSecretTextResponse>(PLANTED.as_bytes());
    assert_eq!(file, "[REDACTED]");
    assert!(again.body.is_none());
    let body = json!({ "Secrets": { "a": PLANTED, "b": PLANTED }, "Labels": { "c": "d" } });
    let (file, again) = kept::<TypeMapResponse>(body.to_string().as_bytes());
    assert_eq!(file["Secrets"], json!({ "a": "[REDACTED]", "b": "[REDACTED]" }));
    assert_eq!((file["Labels"]["c"].as_str(), again.labels["c"].as_str()), (Some("d"), "d"));
    assert!(again.secrets.is_empty());
    // Neither is it in a request.
    let request = json!({ "Key": "[REDACTED]" });
    let error = serde_json::from_value::<Link>(request).expect_err("no secret was written");
    assert_eq!(error.to_string(), "`Key`: the secret was left out when this was written");
}
