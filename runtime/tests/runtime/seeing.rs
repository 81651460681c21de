//! What is told of calls that have ended: the events with the fields that the README lists, and the same
//! to observers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Write as _};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alibabacloud_runtime::observer::{AttemptEnd, CallEnd, Observer};
use alibabacloud_runtime::session::Session;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::with_default;
use tracing::{Event, Metadata, Subscriber};

use crate::loopback::PLANTED;
use crate::readme::rows;
use crate::scripted::{Reply, Scripted, builder, request};
use crate::service::operations::ModifyBackupSourceEndpointRequest;
use crate::service::transport::HttpResponse;
use crate::service::types::SourceEndpointInstanceType;
use crate::service::{Client, Error};

/// An event: its target, its level, and the values of its fields.
type Seen = (String, String, BTreeMap<String, String>);

/// Keeps the events of the runtime.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<Seen>>>);

struct Fields<'f>(&'f mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let seen =
            (event.metadata().target().to_owned(), event.metadata().level().to_string(), fields);
        self.0.lock().expect("no holder panics").push(seen);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What an observer is told, as text.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no holder panics"))
    }
}

impl Observer for Told {
    fn on_attempt(&self, attempt: &AttemptEnd<'_>) {
        let (number, status, code) = (attempt.attempt, attempt.status, attempt.error_code());
        let follows = attempt.pause.is_some();
        let text = format!("attempt {number} of {}: {status:?} {code:?} {follows}", attempt.action);
        self.0.lock().expect("no holder panics").push(text);
    }

    fn on_call(&self, call: &CallEnd<'_>) {
        let (id, status, code) = (call.request_id, call.status, call.error_code());
        let mut text = format!("{}: {id:?} {status:?} {code:?} {}", call.action, call.attempts);
        if let Some(error) = call.error {
            write!(text, " not sent: {}", error.is_not_sent()).expect("a text takes everything");
        }
        self.0.lock().expect("no holder panics").push(text);
    }
}

const ACTION: &str = "CreateGetDBListFromAgentTask";

fn answer(status: u16, body: &str) -> Reply {
    Ok(HttpResponse::new(status, body))
}

/// A failure that passes, and a success.
fn replies() -> [Reply; 2] {
    [
        answer(503, r#"{"Code": "ServiceUnavailable", "RequestId": "first"}"#),
        answer(200, r#"{"Success": true, "RequestId": "second"}"#),
    ]
}

/// Runs a future where time passes only while it waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build();
    runtime.expect("there is a runtime").block_on(future)
}

fn client(replies: impl IntoIterator<Item = Reply>, told: &Told) -> Client {
    let transport = Scripted::new(replies);
    let built = builder::<Client>(&transport).observer(told.clone()).build();
    built.expect("the settings are acceptable")
}

/// A call that succeeds the second time, one that fails, and one that is refused.
fn calls(told: &Told) -> Vec<Error> {
    let mut errors = Vec::new();
    run(async {
        let good = client(replies(), told).create_get_db_list_from_agent_task(request()).await;
        good.expect("the second attempt succeeds");
        let forbidden = r#"{"Code": "Request.Forbidden", "Message": "No", "RequestId": "third"}"#;
        let bad = client([answer(403, forbidden)], told);
        let bad = bad.create_get_db_list_from_agent_task(request()).await;
        errors.push(bad.expect_err("it is forbidden"));
        let invalid =
            ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Other)
                .source_endpoint_password(format!("{PLANTED} in a password"));
        let refused =
            client([answer(200, "{}")], told).modify_backup_source_endpoint(invalid).await;
        errors.push(refused.expect_err("it breaks rules"));
    });
    errors
}

/// The rows of the README's table: the event, the field.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows("Seeing") {
        let field = row[0].trim_matches('`').to_owned();
        for event in row[1].split(", ") {
            fields.entry(event.to_owned()).or_default().insert(field.clone());
        }
    }
    fields
}

#[test]
fn events_have_the_fields_that_the_readme_lists() {
    let events = Events::default();
    with_default(events.clone(), || calls(&Told::default()));
    let seen = events.0.lock().expect("no holder panics");
    let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut order = Vec::new();
    for (target, level, values) in seen.iter() {
        let Some(event) = target.strip_prefix("alibabacloud_runtime::") else { continue };
        let names = values.keys().filter(|name| *name != "message").cloned();
        fields.entry(event.to_owned()).or_default().extend(names);
        order.push(format!("{level} {event} {}", values["message"]));
    }
    assert_eq!(fields, documented());
    let expected = [
        "DEBUG attempt attempt failed",
        "DEBUG attempt attempt succeeded",
        "DEBUG call call succeeded",
        "DEBUG attempt attempt failed",
        "WARN call call failed",
        "WARN call call failed",
    ];
    assert_eq!(order, expected);
    let succeeded = &seen[2].2;
    let expected = [
        ("action", format!("{ACTION:?}")),
        ("region", r#""cn-hangzhou""#.to_owned()),
        ("request_id", r#""second""#.to_owned()),
        ("status", "200".to_owned()),
        ("attempts", "2".to_owned()),
    ];
    for (name, value) in expected {
        assert_eq!(succeeded.get(name), Some(&value), "{name}");
    }
    let shown = format!("{seen:?}");
    assert!(!shown.contains(PLANTED), "{shown}");
}

#[test]
fn observers_are_told_the_same_and_of_refused_requests_too() {
    let told = Told::default();
    let errors = calls(&told);
    let expected = [
        format!(r#"attempt 1 of {ACTION}: Some(503) Some("ServiceUnavailable") true"#),
        format!("attempt 2 of {ACTION}: Some(200) None false"),
        format!(r#"{ACTION}: Some("second") Some(200) None 2"#),
        format!(r#"attempt 1 of {ACTION}: Some(403) Some("Request.Forbidden") false"#),
        format!(r#"{ACTION}: Some("third") Some(403) Some("Request.Forbidden") 1 not sent: false"#),
        "ModifyBackupSourceEndpoint: None None None 0 not sent: true".to_owned(),
    ];
    assert_eq!(told.take(), expected);
    assert!(errors[1].is_not_sent());
}

#[test]
fn observers_of_a_session_and_of_its_client_are_both_told() {
    let (of_session, of_client) = (Told::default(), Told::default());
    let session = Session::builder().observer(of_session.clone()).build();
    let transport = Scripted::new([answer(200, "{}")]);
    let client =
        builder::<Client>(&transport).session(&session).observer(of_client.clone()).build();
    let client = client.expect("the settings are acceptable");
    run(async { client.create_get_db_list_from_agent_task(request()).await }).expect("it succeeds");
    let told = of_session.take();
    assert_eq!((told.len(), &told), (2, &of_client.take()));
}

/// Counts badly.
struct Panics;

impl Observer for Panics {
    fn on_attempt(&self, _: &AttemptEnd<'_>) {
        panic!("on purpose");
    }

    fn on_call(&self, _: &CallEnd<'_>) {
        panic!("on purpose");
    }
}

#[test]
fn a_panic_of_an_observer_loses_no_answer() {
    let told = Told::default();
    let transport = Scripted::new([answer(200, "{}")]);
    let built = builder::<Client>(&transport).observer(Panics).observer(told.clone()).build();
    let client = built.expect("the settings are acceptable");
    for _ in 0..2 {
        let call = client.create_get_db_list_from_agent_task(request());
        run(async { call.await }).expect("it succeeds");
        assert_eq!(told.take().len(), 2);
    }
}

/// What is printed.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<Vec<u8>>>);

impl io::Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no holder panics").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_printed_says_how_a_call_went_on_one_line() {
    let printed = Printed::default();
    let writer = printed.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    with_default(subscriber, || calls(&Told::default()));
    let bytes = printed.0.lock().expect("no holder panics").clone();
    let text = String::from_utf8(bytes).expect("it is text");
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("_runtime::call:")).collect();
    assert_eq!(lines.len(), 3, "{text}");
    for (line, parts) in lines.iter().zip([
        ["DEBUG", "call succeeded", r#"request_id="second""#, "attempts=2"],
        ["WARN", "call failed", r#"error_code="Request.Forbidden""#, "status=403"],
        ["WARN", "call failed", r#"error="invalid""#, "attempts=0"],
    ]) {
        let missing: Vec<&str> = parts.into_iter().filter(|part| !line.contains(part)).collect();
        assert!(missing.is_empty(), "{missing:?}: {line}");
    }
    assert!(!text.contains(PLANTED), "{text}");
    let waited = Duration::from_millis(200).as_millis();
    let pause = text.split_once("pause_ms=").and_then(|(_, rest)| rest.split(' ').next());
    let pause: u128 = pause.and_then(|pause| pause.parse().ok()).expect("the pause is said");
    assert!(pause <= waited, "{text}");
}

#[test]
fn the_readme_lists_every_word_for_what_went_wrong() {
    let source = include_str!("../../src/observer.rs");
    let (_, body) = source.split_once("\nfn word(").expect("there is the function");
    let (body, _) = body.split_once("\n}\n").expect("it ends");
    let words: Vec<&str> = body.split('"').skip(1).step_by(2).collect();
    let mut lines = include_str!("../../README.md").lines();
    let row = lines.find(|line| line.starts_with("| `error` | attempt, call |"));
    let row = row.expect("there is the row").split('|').nth(3).expect("it says what there is");
    let (listed, _) = row.split_once(';').expect("a reason follows the words");
    let listed: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, words);
    assert!(words.contains(&"too large"), "{words:?}");
}
