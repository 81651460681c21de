//! Requests of the fixtures about places: what arrives where, of each.

use std::time::Duration;

use alibabacloud_runtime::view::to_value;
use serde_json::json;

use tests::generated::encoding_of_lists::operations::EncodingOfListsRequest;
use tests::generated::name_given::operations::{CompareKeysRequest, CompareKeysResponse};
use tests::generated::name_given::types::{Comparison, Item};
use tests::generated::name_in_two_places::operations::MoveThingRequest;
use tests::generated::place_bytes_body::operations::{UploadAnythingRequest, UploadPictureRequest};
use tests::generated::place_form::operations::PlaceFormRequest;
use tests::generated::place_json_body::operations::CreateThingRequest;
use tests::generated::place_list_body::operations::AddThingsRequest;
use tests::generated::place_list_body::types::{Kind, Thing};
use tests::generated::place_methods::operations::{
    DeleteThingRequest, FindThingRequest, GetThingRequest,
};
use tests::generated::place_raw_body::operations::ReadPictureRequest;
use tests::generated::place_secret_in_query::operations::OpenRequest;
use tests::generated::place_whole_path::operations::{
    FindResourceRequest, FindThingRequest as FindInstanceRequest,
};
use tests::generated::{
    encoding_of_lists, name_given, name_in_two_places, place_bytes_body, place_form,
    place_json_body, place_list_body, place_methods, place_raw_body, place_secret_in_query,
    place_whole_path,
};
use tests::head::Head;
use tests::loopback::{PASSWORD, PLANTED, SECRET, Server, credentials};

/// Makes a call of a fixture's client, and shows what arrived: the request line, and the body.
macro_rules! arrived {
    ($case:ident . $method:ident($request:expr)) => {{
        let server = Server::answering(200, &[], b"{}");
        let client = $case::Client::builder()
            .endpoint(server.endpoint())
            .credentials(credentials())
            .pauses(Duration::ZERO, Duration::ZERO)
            .build()
            .expect("the settings are acceptable");
        client.$method($request).await.expect("it is answered");
        let seen = server.requests().remove(0);
        let head = Head::parse(&seen.head);
        head.check_signature_with(&seen.body, "exampleKeyId", SECRET);
        // What is no text is seen as it is by the signature.
        let body = String::from_utf8_lossy(&seen.body).into_owned();
        (head.request_line.trim_end_matches(" HTTP/1.1").to_owned(), body, head)
    }};
}

const JSON: &str = "application/json; charset=utf-8";
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn lists_are_written_in_three_ways() {
    let two = || ["a,b".to_owned(), "c".to_owned()];
    let request = EncodingOfListsRequest::new().plain(two()).commas(two()).json(two());
    let (line, body, _) = arrived!(encoding_of_lists.encoding_of_lists(request));
    let query = "Commas=a%2Cb%2Cc&Json=%5B%22a%2Cb%22%2C%22c%22%5D&Plain.1=a%2Cb&Plain.2=c";
    assert_eq!((line, body), (format!("POST /?{query}"), String::new()));
}

#[tokio::test]
async fn a_form_is_beside_the_query() {
    let request = PlaceFormRequest::new("i").password(PASSWORD).port(-1);
    let (line, body, head) = arrived!(place_form.place_form(request));
    assert_eq!(line, "POST /?Id=i");
    assert_eq!(body, "Password=planted-password%20%26%22%C3%A9&Port=-1");
    assert_eq!(head.header("content-type"), FORM);
}

#[tokio::test]
async fn a_secret_is_in_the_form_where_there_is_one() {
    let request = OpenRequest::new().id("i").password(PASSWORD);
    let (line, body, head) = arrived!(place_secret_in_query.open(request));
    assert_eq!(line, "POST /?Id=i");
    assert!(body.starts_with("Password=planted-password"), "{body}");
    assert!(head.headers.iter().all(|(_, value)| !value.contains("planted-password")));
}

#[tokio::test]
async fn members_of_a_json_body_are_beside_the_path() {
    let request = CreateThingRequest::new("a/b", "é").size(3);
    let (line, body, head) = arrived!(place_json_body.create_thing(request));
    assert_eq!(line, "POST /zones/a%2Fb/things");
    assert_eq!(body, "{\"name\":\"é\",\"size\":3}");
    assert_eq!(head.header("content-type"), JSON);
    assert_eq!(head.header("x-acs-action"), "CreateThing");
}

#[test]
fn rules_go_over_all_places() {
    let refused = CreateThingRequest::new("b", "n").validate().expect_err("it has no size");
    let said: Vec<String> = refused.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["`size` is required when `zone` is `b`"]);
    CreateThingRequest::new("b", "n").size(1).validate().expect("it has a size");
    let refused = CreateThingRequest::new("..", "n").validate().expect_err("it leads elsewhere");
    assert_eq!(refused.iter().next().map(|one| one.parameter()), Some("zone"));
}

#[tokio::test]
async fn a_list_is_the_body() {
    let request = AddThingsRequest::new(Kind::Large, [Thing::new("n").key(PASSWORD)]);
    let view = json!({ "Kind": "large", "body": [{ "name": "n", "key": "[REDACTED]" }] });
    assert_eq!(to_value(&request), view);
    assert!(!format!("{request:?}").contains(PLANTED));
    let (line, body, head) = arrived!(place_list_body.add_things(request));
    assert_eq!(line, "PUT /kinds/large/things%3Aadd");
    assert_eq!(body, "[{\"name\":\"n\",\"key\":\"planted-password &\\\"é\"}]");
    assert_eq!(head.header("content-type"), JSON);
}

#[test]
fn files_hold_requests_whatever_their_places() {
    let file = json!({ "zone": "a", "name": "n", "size": 1 });
    let read: CreateThingRequest = serde_json::from_value(file.clone()).expect("it is one");
    assert_eq!(serde_json::to_value(read).expect("it is JSON"), file);
    let file = json!({ "Kind": "small", "body": [{ "name": "n" }] });
    let read: AddThingsRequest = serde_json::from_value(file.clone()).expect("it is one");
    assert_eq!(serde_json::to_value(read).expect("it is JSON"), file);
}

#[tokio::test]
async fn a_name_in_two_places_arrives_in_both() {
    let request = MoveThingRequest::new("a")
        .new_id("b")
        .query_tags(["c".to_owned(), "d".to_owned()])
        .call_token("t")
        .secret_token(PASSWORD)
        .tags(["e".to_owned()]);
    assert!(!format!("{request:?}").contains(PLANTED));
    let (line, body, head) = arrived!(name_in_two_places.move_thing(request));
    assert_eq!(line, "PUT /things/a?id=b&tags=c%2Cd");
    assert_eq!(body, "{\"x-acs-token\":\"planted-password &\\\"é\",\"tags\":[\"e\"]}");
    assert_eq!(head.header("x-acs-token"), "t");
    // It makes repeating safe, so that a call has one in any case.
    let (_, _, head) = arrived!(name_in_two_places.move_thing(MoveThingRequest::new("a")));
    assert_eq!(head.header("x-acs-token").len(), 36);
}

#[test]
fn rules_and_files_tell_a_name_in_two_places_apart() {
    let refused = MoveThingRequest::new("a").new_id("b").validate().expect_err("it has no token");
    let said: Vec<String> = refused.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["`secret_token` is required when `new_id` is given"]);
    let file =
        json!({ "id": "a", "new_id": "b", "query_tags": ["c"], "call_token": "t", "tags": ["e"] });
    let read: MoveThingRequest = serde_json::from_value(file.clone()).expect("it is one");
    assert_eq!(to_value(&read), file);
    assert_eq!(serde_json::to_value(read).expect("it is JSON"), file);
}

#[tokio::test]
async fn names_for_rust_alone_leave_the_wire_alone() {
    let request = CompareKeysRequest::new(Comparison::GreaterOrEqual)
        .key("k")
        .key_lower("l")
        .pv_405(1)
        .nameless("n")
        .chinese("c")
        .item(Item::new().a("1").upper_a("2"));
    let (line, _, _) = arrived!(name_given.compare_keys(request));
    let chinese = "%E4%B8%AD%E6%96%87%20%22a%22=c";
    let query = format!("=n&405Pv=1&Item.A=2&Item.a=1&Key=k&Operator=%3E%3D&key=l&{chinese}");
    assert_eq!(line, format!("POST /?{query}"));
}

#[test]
fn members_that_differ_in_case_alone_are_each_read() {
    let text = json!({ "key": "l", "Key": "k", "Operator": "Manual" }).to_string();
    let answer: CompareKeysResponse = serde_json::from_str(&text).expect("it is one");
    assert_eq!((answer.key.as_deref(), answer.key_upper.as_deref()), (Some("l"), Some("k")));
    assert_eq!(answer.operator, Some(Comparison::ManualCapital));
}

#[tokio::test]
async fn a_path_that_is_one_parameter_travels_as_it_stands() {
    let path = "/api/v1/providers/Aliyun/products/a-b_c.d~e/resources/x:y/Disk%2F1/A@b";
    let request = FindResourceRequest::new(path).region_id("r");
    let (line, _, _) = arrived!(place_whole_path.find_resource(request));
    assert_eq!(line, format!("GET {path}?regionId=r"));
}

/// A client of the service whose path is one parameter.
fn caller_of(server: &Server) -> place_whole_path::Client {
    place_whole_path::Client::builder()
        .endpoint(server.endpoint())
        .credentials(credentials())
        .build()
        .expect("the settings are acceptable")
}

#[tokio::test]
async fn a_path_that_is_another_one_is_refused_before_it_is_signed() {
    let start = "/api/v1/providers/Aliyun/products/ECS/resources";
    for other in [
        "",
        "/",
        "/api/v1/providers//products/ECS/resources/a",
        "api/v1/providers/Aliyun/products/ECS/resources/a",
        "/api/v1/providers/../products/ECS/resources/a",
        &format!("{start}/a?b=c"),
        &format!("{start}/a#b"),
        &format!("{start}/a b"),
        &format!("{start}/é"),
        &format!("{start}/a/"),
        &format!("{start}/a/%2e%2E/b"),
        &format!("{start}/%2"),
        &format!("{start}/a\\b"),
    ] {
        let request = FindResourceRequest::new(other);
        let violations = request.validate().expect_err(other);
        let one = violations.iter().next().expect("there is one");
        assert_eq!(one.parameter(), "requestPath", "{other}");
        assert!(one.sentence().contains("{product}/resources/*`"), "{one}");
        let server = Server::answering(200, &[], b"{}");
        let client = caller_of(&server);
        assert!(client.find_resource(request).skip_validation().await.is_err(), "{other}");
        assert!(server.requests().is_empty(), "{other}");
    }
    // What the documents say of a path is as good as what they say of anything else.
    for other in [start, "/api/v1/providers/Aliyun/products/ECS/prices/a"] {
        let violations = FindResourceRequest::new(other).validate().expect_err(other);
        assert!(violations.iter().next().is_some_and(|one| one.parameter() == "requestPath"));
        let server = Server::answering(200, &[], b"{}");
        let client = caller_of(&server);
        let request = FindResourceRequest::new(other);
        assert!(client.find_resource(request).skip_validation().await.is_ok(), "{other}");
        assert_eq!(server.requests().len(), 1, "{other}");
    }
}

#[tokio::test]
async fn literal_parts_of_paths_are_escaped() {
    let (line, _, _) = arrived!(place_whole_path.find_thing(FindInstanceRequest::new("i:j")));
    assert_eq!(line, "GET /a%3Ab/%5BinstanceId%5D/i%3Aj");
}

#[tokio::test]
async fn methods_paths_and_headers_are_those_of_the_spec() {
    let (line, _, head) = arrived!(place_methods.delete_thing(DeleteThingRequest::new("1")));
    assert_eq!(line, "DELETE /things/1");
    assert_eq!(head.header("x-acs-action"), "DeleteThing");
    let request = GetThingRequest::new("1").x_acs_language("zh");
    let (line, _, head) = arrived!(place_methods.get_thing(request));
    assert_eq!((line.as_str(), head.header("x-acs-language")), ("GET /things/1", "zh"));
    assert!(head.header("authorization").contains(";x-acs-language;"));
    let (line, _, _) = arrived!(place_methods.find_thing(FindThingRequest::new("1")));
    assert_eq!(line, "HEAD /things/1");
}

#[tokio::test]
async fn text_is_the_body() {
    let request = ReadPictureRequest::new("a|\"b\"");
    let (line, body, head) = arrived!(place_raw_body.read_picture(request));
    assert_eq!((line.as_str(), body.as_str()), ("POST /pictures", "a|\"b\""));
    assert_eq!(head.header("content-type"), JSON);
}

#[tokio::test]
async fn bytes_are_the_body_and_nobody_shows_them() {
    let request = UploadPictureRequest::new(&b"\x00planted\xff"[..]).name("n");
    assert_eq!(to_value(&request), json!({ "Name": "n", "body": "AHBsYW50ZWT/" }));
    let shown = "UploadPictureRequest { name: Some(\"n\"), body: [9 bytes] }";
    assert_eq!(format!("{request:?}"), shown);
    let file = serde_json::to_value(&request).expect("it is JSON");
    let read: UploadPictureRequest = serde_json::from_value(file).expect("it is one");
    assert_eq!(read, request);
    for body in [json!("?"), json!(7), json!("AHBsYW50ZWT")] {
        let error = serde_json::from_value::<UploadPictureRequest>(json!({ "body": body }));
        assert_eq!(error.unwrap_err().to_string(), "`body`: expected base64");
    }
    let (line, body, head) = arrived!(place_bytes_body.upload_picture(request));
    assert_eq!((line.as_str(), body.as_str()), ("POST /?Name=n", "\0planted\u{fffd}"));
    assert_eq!(head.header("content-type"), "application/octet-stream");
    assert_eq!(head.header("content-length"), "9");

    let (_, body, head) = arrived!(place_bytes_body.upload_anything(UploadAnythingRequest::new()));
    assert_eq!(body, "");
    assert!(head.headers.iter().all(|(name, _)| name != "content-type"));
    let request = UploadAnythingRequest::new().body(Vec::new());
    let (_, _, head) = arrived!(place_bytes_body.upload_anything(request));
    assert_eq!(head.header("content-type"), "application/octet-stream");
}
