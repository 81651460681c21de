//! Maps, and values of no type, in requests and answers: on the wire, and with a secret inside.

use std::collections::BTreeMap;
use std::time::Duration;

use alibabacloud_runtime::encoded::Encoded;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::private::kept::Member as _;
use alibabacloud_runtime::private::received;
use alibabacloud_runtime::private::validation::{Checked, NoContext, Report};
use alibabacloud_runtime::response::Response;
use alibabacloud_runtime::view::to_value;
use alibabacloud_runtime::{ExposeSecret, SecretString, client};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::head::Head;
use crate::logs;
use crate::loopback::{PASSWORD, PLANTED, SECRET, Server, credentials};
use crate::service::{Access, Answer, EnvelopeMembers, Method, OperationMeta, Query};

/// Has a map in each place and encoding.
#[must_use]
#[derive(Default)]
pub struct KeepRequest {
    pub labels: Option<BTreeMap<String, String>>,
    pub lists: Option<BTreeMap<String, Vec<i64>>>,
    pub rows: Option<Vec<BTreeMap<String, bool>>>,
    pub value: Option<Value>,
    pub shown: Option<Value>,
    pub keys: Option<BTreeMap<String, SecretString>>,
    pub more: Option<Vec<BTreeMap<String, SecretString>>>,
}

alibabacloud_runtime::private::fields! {
    KeepRequest:
    optional labels: impl Into<BTreeMap<String, String>> = "Labels",
    optional lists: impl Into<BTreeMap<String, Vec<i64>>> = "Lists",
    optional rows: impl Into<Vec<BTreeMap<String, bool>>> = "Rows",
    optional value: impl Into<Value> = "Value",
    optional shown: impl Into<Value> = "Shown" in Query as Json,
    optional keys: impl Into<BTreeMap<String, SecretString>> = "Keys" in Form as Indexed,
    optional more: impl Into<Vec<BTreeMap<String, SecretString>>> = "More" in Form as Json,
}

impl Checked for KeepRequest {
    type Context = NoContext;

    fn check(&self, _: &NoContext, note: &mut Report<'_>) {
        note.max_length("Keys", &self.keys, 100);
        note.max_length("More", &self.more, 100);
    }
}

/// Answers with secrets, too.
#[derive(Default)]
pub struct KeepResponse {
    pub keys: BTreeMap<String, SecretString>,
    pub counts: BTreeMap<String, i32>,
    pub value: Option<Value>,
    pub values: Vec<Value>,
    pub free: BTreeMap<String, Value>,
    pub grid: Vec<Vec<i32>>,
    pub flags: BTreeMap<String, Vec<bool>>,
    pub names: Vec<BTreeMap<String, String>>,
    pub tokens: Vec<SecretString>,
}

alibabacloud_runtime::private::received! {
    KeepResponse:
    keys = "Keys",
    counts = "Counts",
    value = "Value",
    values = "Values",
    free = "Free",
    grid = "Grid",
    flags = "Flags",
    names = "Names",
    tokens = "Tokens",
}

impl Response for KeepResponse {
    const META: OperationMeta = KeepRequest::META;
}

impl Operation for KeepRequest {
    type Response = KeepResponse;

    const META: OperationMeta = OperationMeta {
        action: "Keep",
        version: "2026-11-27",
        envelope: &EnvelopeMembers::USUAL,
        answer: Answer::Object,
        method: Method::Post,
        path: "/",
        ram_action: None,
        access: Access::Write,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: None,
    };
}

fn query(request: &KeepRequest) -> String {
    Query::encode(request).expose().to_owned()
}

fn read(answer: &Value) -> Result<KeepResponse, String> {
    KeepResponse::from_body(answer.to_string().as_bytes()).map_err(|error| format!("{error:?}"))
}

#[test]
fn names_in_maps_are_escaped_once_and_keep_their_dots() {
    let request = KeepRequest::new()
        .labels([("a b.key-2".to_owned(), "-3".to_owned()), ("é".to_owned(), String::new())])
        .lists([("x".to_owned(), vec![5, 6]), ("y".to_owned(), Vec::new())])
        .rows([BTreeMap::new(), BTreeMap::from([("on".to_owned(), true)])]);
    let expected = "Labels.a%20b.key-2=-3&Labels.%C3%A9=&Lists.x.1=5&Lists.x.2=6&Rows.2.on=true";
    assert_eq!(query(&request), expected);
    let empty = KeepRequest::new().labels([]).lists([]).rows([]);
    assert_eq!(query(&empty), "");
}

#[tokio::test]
async fn names_in_maps_are_signed_as_they_travel() {
    let server = Server::answering(200, &[], b"{}");
    let builder = client::Builder::<client::Client>::new(&[]).endpoint(server.endpoint());
    let client = builder.credentials(credentials()).build().expect("the settings are acceptable");
    let names = ["a b", "a%20b", "a*~", "é", "=&", "", "\u{10000}", "\u{ffff}"];
    let labels = names.map(|name| (name.to_owned(), "x".to_owned()));
    client.call(KeepRequest::new().labels(labels)).await.expect("it is answered");
    let seen = server.seen();
    let head = Head::parse(&seen[0]);
    assert!(head.request_line.contains("Labels.a%2520b=x"), "{}", head.request_line);
    head.check_signature("exampleKeyId", SECRET);
}

#[test]
fn values_are_taken_apart_as_typed_ones_are_or_travel_as_json() {
    let value = json!({
        "text": "a b", "list": [1, 18446744073709551615_u64, 0.5, 1e-7, null, [true]],
        "none": null, "empty": {}, "in": { "x.y": "" },
    });
    let expected = "Value.in.x.y=&Value.list.1=1&Value.list.2=18446744073709551615\
                    &Value.list.3=0.5&Value.list.4=0.0000001&Value.list.6.1=true&Value.text=a%20b";
    assert_eq!(query(&KeepRequest::new().value(value.clone())), expected);
    for (scalar, text) in [(json!("a"), "a"), (json!(-1), "-1"), (json!(false), "false")] {
        assert_eq!(query(&KeepRequest::new().value(scalar)), format!("Value={text}"));
    }
    assert_eq!(query(&KeepRequest::new().value(Value::Null)), "");
    let shown = "Shown=%7B%22a%22%3A%5B1%2Cnull%2C0.5%5D%7D";
    assert_eq!(query(&KeepRequest::new().shown(json!({ "a": [1, null, 0.5] }))), shown);
    assert_eq!(query(&KeepRequest::new().shown(Value::Null)), "Shown=null");
    let request = KeepRequest::new().value(value.clone());
    assert_eq!(to_value(&request), json!({ "Value": value }));
}

fn with_secrets() -> KeepRequest {
    let more = BTreeMap::from([("b".to_owned(), SecretString::from(PASSWORD))]);
    KeepRequest::new().keys([("a.b".to_owned(), PASSWORD.into())]).more([more])
}

/// The form of [`with_secrets`].
const FORM: &str = "Keys.a.b=planted-password%20%26%22%C3%A9\
                    &More=%5B%7B%22b%22%3A%22planted-password%20%26%5C%22%C3%A9%22%7D%5D";

#[tokio::test]
async fn a_secret_in_a_map_is_sent_and_shown_nowhere() {
    logs::record();
    let body = json!({ "Code": "Keep.Wrong", "Message": FORM }).to_string();
    let server = Server::answering(400, &[], body.as_bytes());
    let builder = client::Builder::<client::Client>::new(&[]).endpoint(server.endpoint());
    let builder = builder.credentials(credentials()).pauses(Duration::ZERO, Duration::ZERO);
    let client = builder.build().expect("the settings are acceptable");
    let error = client.call(with_secrets()).await.expect_err("it is refused");
    assert_eq!(String::from_utf8_lossy(&server.requests()[0].body), FORM);
    assert!(error.to_string().contains("Keys.a.b=[REDACTED]&More"), "{error}");
    let mut shown = vec![error.to_string(), format!("{error:?}"), format!("{error:#?}")];
    let request = with_secrets();
    shown.extend([
        format!("{request:?}"),
        format!("{request:#?}"),
        format!("{:?}", request.clone()),
    ]);
    shown.push(format!("{:?}", Encoded::new(&KeepRequest::META, &request, None)));
    shown.push(to_value(&request).to_string());
    let long = SecretString::from(format!("{PLANTED}{}", "x".repeat(100)));
    let refused = KeepRequest::new().keys([("k".to_owned(), long)]);
    let violations = refused.validate_in(&NoContext).expect_err("it is too long");
    shown.extend([violations.to_string(), format!("{violations:?}")]);
    assert!(shown.iter().all(|text| !text.contains(PLANTED)), "{shown:#?}");
    assert!(violations.to_string().contains("each value of `Keys`"), "{violations}");
    let view = json!({ "Keys": { "a.b": "[REDACTED]" }, "More": [{ "b": "[REDACTED]" }] });
    assert_eq!(to_value(&request), view);
    let log = logs::text();
    let leak = log.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
}

#[tokio::test]
async fn an_answer_with_secrets_in_a_map_is_not_repeated() {
    let wrong = json!({ "Keys": { "planted-name": ["planted"] } }).to_string();
    let server = Server::answering(200, &[], wrong.as_bytes());
    let builder = client::Builder::<client::Client>::new(&[]).endpoint(server.endpoint());
    let builder = builder.credentials(credentials()).pauses(Duration::ZERO, Duration::ZERO);
    let client = builder.build().expect("the settings are acceptable");
    let Err(error) = client.call(KeepRequest::new()).await else { panic!("it was read") };
    for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(!shown.contains(PLANTED), "{shown}");
        assert!(shown.contains("Keys[0]"), "{shown}");
    }
    let read = read(&json!({ "Keys": { "a": PASSWORD } })).expect("it is as documented");
    assert!(!format!("{read:?}").contains(PLANTED));
}

#[test]
fn what_stands_in_a_file_in_the_place_of_secrets_is_not_repeated() {
    type Lists = BTreeMap<String, Vec<SecretString>>;
    for wrong in [json!("planted"), json!({ "a": "planted" }), json!({ "a": [["planted"]] })] {
        let error = Lists::read(wrong).expect_err("these are no lists of secrets");
        assert!(!error.contains(PLANTED), "{error}");
    }
    let lists = Lists::read(json!({ "a": ["planted"] })).expect("these are");
    assert_eq!(lists["a"].len(), 1);
}

#[test]
fn maps_are_read_as_loosely_as_everything_else() {
    let answer = json!({ "Counts": { "a": 1, "b": "2", "c": null, "": "3.0" } });
    let counts = read(&answer).expect("it is readable").counts;
    let expected = [("", 3), ("a", 1), ("b", 2)].map(|(name, count)| (name.to_owned(), count));
    assert_eq!(counts, BTreeMap::from(expected));
    for empty in [json!(null), json!(""), json!([]), json!({})] {
        let read = read(&json!({ "Counts": empty, "Keys": empty })).expect("it is empty");
        assert!(read.counts.is_empty() && read.keys.is_empty());
    }
    for wrong in [json!(1), json!("x"), json!([1]), json!({ "a": "x" }), json!({ "a": [] })] {
        read(&json!({ "Counts": wrong })).expect_err("it is no map of integers");
    }
    let error = read(&json!({ "Counts": { "a": 1, "b": true } })).expect_err("`b` is none");
    assert!(error.contains("Counts[1]"), "{error}");
    let twice = KeepResponse::from_body(br#"{"Counts": {"a": 1, "a": 2}}"#);
    assert!(format!("{:?}", twice.err()).contains("there twice"));
}

#[test]
fn values_are_read_as_they_are() {
    let value = json!({ "a": [1, null, { "b": "" }] });
    let answer = json!({ "Value": value, "Values": [null, 1], "Free": { "x": null, "y": value } });
    let response = read(&answer).expect("it is readable");
    assert_eq!(response.value.as_ref(), Some(&value));
    assert_eq!(response.values, [Value::Null, json!(1)]);
    assert_eq!(json!(response.free), answer["Free"]);
    assert_eq!(read(&json!({ "Value": null })).expect("it is readable").value, None);
    assert_eq!(read(&json!({ "Value": "" })).expect("it is readable").value, Some(json!("")));
}

#[test]
fn what_is_inside_lists_and_maps_is_read_as_leniently_as_what_is_not() {
    let answer = json!({
        "Grid": [["1", 2.0], [], ["-3"]],
        "Flags": { "a": ["true", false], "b": "", "c": null, "d": {}, "e": [] },
        "Names": [{ "x": 1, "y": true, "z": null }, {}],
    });
    let read = read(&answer).expect("services write it so");
    assert_eq!(read.grid, [vec![1, 2], vec![], vec![-3]]);
    assert_eq!(read.flags["a"], [true, false]);
    assert!(read.flags.iter().all(|(name, flags)| name == "a" || flags.is_empty()));
    let names: Vec<_> = read.names[0].iter().map(|(key, name)| (&**key, &**name)).collect();
    assert_eq!((names, read.names.len()), (vec![("x", "1"), ("y", "true")], 2));
    for empty in [json!(""), json!(null), json!([]), json!({})] {
        let answer = json!({ "Grid": empty, "Flags": empty, "Names": empty, "Keys": empty });
        let read = self::read(&answer).expect("it stands for nothing");
        assert!(read.grid.is_empty() && read.flags.is_empty() && read.names.is_empty());
    }
    for wrong in [json!({ "Grid": [1] }), json!({ "Grid": [[""]] }), json!({ "Flags": { "a": 1 } })]
    {
        self::read(&wrong).expect_err("nothing explains it");
    }
}

/// An answer as a generated crate keeps it with its feature `serde`.
struct Kept<'r>(&'r KeepResponse);

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        received::serialize(self.0, serializer)
    }
}

#[test]
fn a_secret_that_a_file_does_not_hold_is_not_there() {
    let answer = json!({
        "Keys": { "a": "planted-1", "b": "planted-2" }, "Tokens": ["planted-3", "planted-4"],
        "Counts": { "c": "7" }, "Value": { "d": null }, "Names": [{}],
    });
    let response = read(&answer).expect("it is read");
    let file = serde_json::to_value(Kept(&response)).expect("it is kept");
    let kept = json!({
        "Keys": { "a": "[REDACTED]", "b": "[REDACTED]" }, "Tokens": ["[REDACTED]", "[REDACTED]"],
        "Counts": { "c": 7 }, "Value": { "d": null }, "Names": [{}],
        "Values": [], "Free": {}, "Grid": [], "Flags": {},
    });
    assert_eq!(file, kept);
    let response = read(&file).expect("it was kept");
    assert!(response.keys.is_empty() && response.tokens.is_empty());
    assert_eq!(response.counts["c"], 7);
    let file = json!({ "Tokens": ["[REDACTED]", "new", "[REDACTED]x"] });
    let tokens = read(&file).expect("two are there").tokens;
    let tokens: Vec<&str> = tokens.iter().map(ExposeSecret::expose_secret).collect();
    assert_eq!(tokens, ["new", "[REDACTED]x"]);
}
