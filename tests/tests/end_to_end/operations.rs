//! Every operation of the service, from one generated table: what its documented request sends, and what becomes
//! of its documented answers.

use std::collections::{BTreeMap, BTreeSet};

use alibabacloud_dbs::{Client, Error, ErrorKind, OperationMeta, Response as _, operations};
use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::operation::Operation;
use fastrand::Rng;
use reqwest::Url;
use serde_json::{Map, Value, json};
use tests::checkout::root;
use tests::documented::Documented;
use tests::fixtures::generate;
use tests::head::Head;
use tests::loopback::{SECRET, Server};
use tests::schemas::Schemas;
use tests::specs;

/// What the tests have to know of an operation in Rust.
struct Row {
    id: &'static str,
    meta: OperationMeta,
    /// Makes the call with a request read from JSON; shows the response.
    call: fn(&Client, Value) -> BoxFuture<'static, Result<String, Error>>,
    /// Reads a response; shows it, or why it is none.
    read: fn(&[u8]) -> Result<String, String>,
    /// What is wrong with a request read from JSON, while nothing is known of its context.
    violations: fn(Value) -> Vec<String>,
    /// The file in which it stands.
    file: &'static str,
}

macro_rules! table {
    ($($id:ident: $method:ident($request:ident);)*) => {
        const TABLE: &[Row] = &[$(Row {
            id: stringify!($id),
            meta: <operations::$request as Operation>::META,
            call: |client, request| {
                let request: operations::$request =
                    serde_json::from_value(request).expect("the example is a request");
                // The example gives every parameter at once, which some rules do not allow.
                let call = client.$method(request).skip_validation();
                Box::pin(async { call.await.map(|response| format!("{response:?}")) })
            },
            read: |body| {
                let response = <operations::$request as Operation>::Response::from_body(body);
                response.map(|response| format!("{response:?}")).map_err(|error| error.to_string())
            },
            violations: |request| {
                let request: operations::$request =
                    serde_json::from_value(request).expect("its members have the right types");
                let violations = request.validate().err();
                let violations = violations.iter().flat_map(|violations| violations.iter());
                violations.map(|violation| violation.sentence().to_owned()).collect()
            },
            file: concat!(stringify!($method), ".rs"),
        },)*];
    };
}

// Written by `build.rs`: a line for each operation of the index.
include!(concat!(env!("OUT_DIR"), "/operations.rs"));

/// The operations with what the specs say of them.
fn operations() -> impl Iterator<Item = (&'static Row, Documented)> {
    let documented = Documented::all();
    let ids: Vec<&str> = documented.iter().map(|operation| operation.id.as_str()).collect();
    let rows: Vec<&str> = TABLE.iter().map(|row| row.id).collect();
    assert_eq!(rows, ids, "the table has every operation, in the order of the index");
    TABLE.iter().zip(documented)
}

/// What a parameter is on the wire; JSON text is compared as the value that it holds.
fn on_the_wire(value: Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => value.to_string().into(),
        other => other,
    }
}

fn parameters(query: &str, expected: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let url = Url::parse(&format!("http://localhost/?{query}")).expect("it is a query");
    let parameter = |(name, text): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
        let holds_json = expected.get(&*name).is_some_and(|value| !value.is_string());
        let json = serde_json::from_str(&text).ok().filter(|_| holds_json);
        (name.into_owned(), json.unwrap_or_else(|| text.into()))
    };
    url.query_pairs().map(parameter).collect()
}

#[tokio::test]
async fn the_documented_request_travels_and_the_documented_answer_arrives() {
    for (row, documented) in operations() {
        let response = documented.response().to_string();
        let server = Server::answering(200, &[], response.as_bytes());
        let request = documented.request();
        let answer = (row.call)(&server.client(), request.clone().into()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", row.id));
        assert_eq!(Ok(answer), (row.read)(response.as_bytes()), "{}", row.id);

        let seen = server.seen();
        let [head] = seen.as_slice() else { panic!("{}: {} attempts", row.id, seen.len()) };
        let head = Head::parse(head);
        let expected =
            request.into_iter().map(|(name, value)| (name, on_the_wire(value))).collect();
        assert_eq!(parameters(head.query(), &expected), expected, "{}", row.id);
        assert!(head.request_line.starts_with("POST /"), "{}", row.id);
        assert_eq!(head.header("x-acs-action"), row.id);
        assert_eq!(head.header("x-acs-version"), "2019-03-06");
        assert_eq!((row.meta.action, row.meta.version), (row.id, "2019-03-06"));
        head.check_signature("exampleKeyId", SECRET);
    }
}

#[test]
fn every_element_of_the_documented_answer_is_read() {
    let mut count = 0;
    for (row, documented) in operations() {
        let example = documented.response();
        let whole = (row.read)(example.to_string().as_bytes()).expect("the example is a response");
        for element in documented.elements() {
            let mut without = example.clone();
            let (parent, name) = element.rsplit_once('/').expect("it is a pointer");
            let members = without.pointer_mut(parent).and_then(Value::as_object_mut);
            let removed = members.and_then(|members| members.remove(name));
            assert!(removed.is_some(), "{}: the example has no {element}", row.id);
            let without = (row.read)(without.to_string().as_bytes());
            // The examples show a code, which is one of a failure without `Success`.
            assert_eq!(without.is_err(), element == "/Success", "{}: {element}", row.id);
            assert_ne!(without, Ok(whole.clone()), "{}: {element} is not read", row.id);
            count += 1;
        }
    }
    println!("{count} elements");
}

#[tokio::test]
async fn an_answer_without_success_is_an_error() {
    for (row, documented) in operations() {
        let mut response = documented.response();
        let success = if response["Success"].is_string() { json!("false") } else { json!(false) };
        response["Success"] = success;
        let code = ["ErrCode", "ErrorCode"].iter().find_map(|name| response[*name].as_str());
        let code = code.unwrap_or_else(|| panic!("{} shows no code", row.id)).to_owned();
        let server = Server::answering(200, &[], response.to_string().as_bytes());
        let error = (row.call)(&server.client(), documented.request().into()).await;
        let error = error.expect_err("it is a failure");
        assert!(matches!(error.kind(), ErrorKind::Service(_)), "{}: {error:?}", row.id);
        assert_eq!(error.code(), Some(code.as_str()), "{}", row.id);
        assert_eq!(error.request_id(), response["RequestId"].as_str(), "{}", row.id);
    }
}

#[tokio::test]
async fn documented_errors_arrive_with_their_code() {
    let mut count = 0;
    for (row, documented) in operations() {
        for documented_error in documented.errors() {
            let body = json!({
                "Code": documented_error.code,
                "Message": documented_error.message,
                "RequestId": "D6E068C3",
            });
            let status = documented_error.status;
            let server = Server::answering(status, &[], body.to_string().as_bytes());
            let error = (row.call)(&server.client(), documented.request().into()).await;
            let Err(ErrorKind::Service(error)) = error.as_ref().map_err(Error::kind) else {
                panic!("{}: {error:?}", row.id)
            };
            assert_eq!(error.status, documented_error.status, "{}", row.id);
            assert_eq!(error.code.as_ref(), Some(&documented_error.code), "{}", row.id);
            assert_eq!(error.message.as_ref(), Some(&documented_error.message), "{}", row.id);
            count += 1;
        }
    }
    println!("{count} errors");
}

#[tokio::test]
async fn a_token_is_made_up_where_the_request_has_none() {
    for (row, documented) in operations() {
        let Some(token) = row.meta.idempotency_parameter else { continue };
        let mut request = documented.request();
        request.remove(token);
        let server = Server::answering(200, &[], documented.response().to_string().as_bytes());
        let answer = (row.call)(&server.client(), request.into()).await;
        assert!(answer.is_ok(), "{}: {answer:?}", row.id);
        let seen = server.seen();
        let length = Head::parse(&seen[0]).parameters().get(token).map(|value| value.len());
        assert_eq!(length, Some(36), "{}", row.id);
    }
}

/// The values that a parameter may be tried with: its example, and what its enum has.
fn candidates(schemas: &Schemas, name: &str, example: &Value) -> Vec<Value> {
    let schema = &schemas.request()["properties"][name];
    let file = schemas.resolved(schema);
    let listed = |schema: &Value| schema["enum"].as_array().cloned().unwrap_or_default();
    let explained = file["oneOf"].as_array().into_iter().flatten();
    let explained = explained.map(|value| value["const"].clone());
    [vec![example.clone()], listed(schema), listed(file), explained.collect()].concat()
}

#[test]
fn random_requests_are_judged_as_a_json_schema_validator_judges_them() {
    let specs = specs();
    let mut random = Rng::with_seed(2026);
    let (mut tried, mut valid, mut sentences) = (0, 0, BTreeSet::new());
    for (row, documented) in operations() {
        let schemas = Schemas::of_operation(&specs, row.id);
        let oracle = schemas.oracle();
        let required = schemas.request()["required"].as_array().cloned().unwrap_or_default();
        let parameters: Vec<(String, Vec<Value>)> = documented
            .request()
            .into_iter()
            .map(|(name, example)| {
                let candidates = candidates(&schemas, &name, &example);
                (name, candidates)
            })
            .collect();
        for _ in 0..500 {
            // Some requests have nearly everything, some nearly nothing.
            let share = random.f64();
            let mut request = Map::new();
            for (name, candidates) in &parameters {
                let is_required = required.iter().any(|found| found == name);
                if is_required || random.f64() < share {
                    let value = match candidates.get(random.usize(..candidates.len())) {
                        Some(Value::Number(number)) if random.u8(..4) == 0 => {
                            number.as_i64().map(|number| (number - random.i64(0..20)).into())
                        }
                        value => value.cloned(),
                    };
                    request.extend(value.map(|value| (name.clone(), value)));
                }
            }
            let request = Value::from(request);
            let expected = oracle.is_valid(&request);
            let violations = (row.violations)(request.clone());
            assert_eq!(violations.is_empty(), expected, "{}: {request:#}", row.id);
            tried += 1;
            valid += usize::from(expected);
            sentences.extend(violations.into_iter().map(|sentence| (row.file, sentence)));
        }
    }
    println!("{tried} requests, {valid} of them valid, 0 disagreements");
    // The docs are the generator's words, the sentences of limits are the runtime's.
    let folder = root().join("generated/dbs/src/operations");
    for (file, sentence) in &sentences {
        let docs = std::fs::read_to_string(folder.join(file)).expect("it is generated");
        assert!(docs.contains(&format!("/// - {sentence}")), "{file} does not say: {sentence}");
    }
    println!("{} sentences, each in the docs", sentences.len());
}

#[test]
fn the_counts_are_those_of_the_sources() {
    let specs = specs();
    let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    let summary = generated.summary;
    let (mut count, mut parameters, mut elements) = (0, 0, 0);
    for documented in Documented::all() {
        count += 1;
        parameters += documented.request().len();
        elements += documented.elements().len();
    }
    // What is generated is what another reader of the specs finds.
    assert_eq!((summary.operations, summary.parameters), (count, parameters));
    assert_eq!(summary.elements, elements);
    // And what the specs have is what the sources have.
    let sources = std::fs::read_to_string(root().join("tests/sources.json"));
    let sources: Value =
        serde_json::from_str(&sources.expect("it is in the repository")).expect("it is JSON");
    let total = |what: &str| sources["dbs-2019-03-06"][what].as_u64().expect("it is a number");
    let counts = [summary.operations, summary.parameters, summary.elements, summary.rules];
    let expected = [
        total("operations"),
        total("parameters") - total("parametersLeftOut"),
        total("elements"),
        total("rules") - total("rulesLeftOut"),
    ];
    assert_eq!(counts.map(|count| count as u64), expected);
    assert!(summary.lines.median <= 170, "{:?}", summary.lines);
    assert!(summary.bytes.median <= 8_000, "{:?}", summary.bytes);
}
