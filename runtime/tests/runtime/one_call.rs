//! What holds for one call and not for its client, responses as they came, and calls of operations by
//! their names.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alibabacloud_runtime::meta::Method;
use alibabacloud_runtime::mock::Recorder;
use alibabacloud_runtime::observer::{AttemptEnd, CallEnd, Observer};
use serde_json::{Value, json};

use crate::logs;
use crate::scripted::request;
use crate::service::operations::{
    ListTasksRequest, ListTasksResponse, ModifyBackupSourceEndpointRequest, Task,
};
use crate::service::transport::{
    HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use crate::service::types::SourceEndpointInstanceType;
use crate::service::{BoxFuture, Client, ClientBuilder, Credentials, Error, ErrorKind, blocking};

// The token is one of pages here.
alibabacloud_runtime::private::paged! {
    ListTasksRequest -> ListTasksResponse: Task;
    items: items; token: client_token as String, next_token: note,
}

type Reply = Result<HttpResponse, TransportError>;

/// A request as it arrived.
#[derive(Debug, Clone)]
struct Sent {
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Sent {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// Keeps what is sent, and gives the replies in their order, the last one again and again.
#[derive(Debug, Clone)]
struct Wire {
    sent: Arc<Mutex<Vec<Sent>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

impl Wire {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        Self { sent: Arc::default(), replies }
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.lock().expect("no holder panics").clone()
    }

    fn builder<C>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        let builder =
            builder.region("cn-hangzhou").credentials(Credentials::new("usual", "s3cret"));
        builder.pauses(Duration::ZERO, Duration::ZERO).transport(self.clone())
    }

    fn client(&self) -> Client {
        self.builder(Client::builder()).build().expect("the settings are acceptable")
    }
}

impl Transport for Wire {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Reply> {
        let headers = request.expose_headers();
        self.sent.lock().expect("no holder panics").push(Sent {
            method: request.method().as_str(),
            url: request.expose_url().to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: String::from_utf8_lossy(request.body().expose()).into_owned(),
        });
        let mut replies = self.replies.lock().expect("no holder panics");
        let is_last = replies.len() == 1;
        let reply = if is_last { replies[0].clone() } else { replies.pop_front().expect("one") };
        Box::pin(std::future::ready(reply))
    }
}

fn answer(status: u16, body: &Value) -> Reply {
    Ok(HttpResponse::new(status, body.to_string()).with_header("x-other", "kept"))
}

fn good() -> Reply {
    answer(200, &json!({ "Success": true, "RequestId": "r-1", "TaskId": 7 }))
}

fn invalid(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Invalid(violations) => violations.to_string(),
        other => panic!("it is refused otherwise: {other:?}"),
    }
}

#[tokio::test]
async fn one_call_goes_elsewhere_as_somebody_else_and_the_next_does_not() {
    let wire = Wire::new([good()]);
    let client = wire.client();
    let call = || client.create_get_db_list_from_agent_task(request());
    call()
        .region("ap-south-1")
        .credentials(Credentials::new("other", "0ther"))
        .header("X-Trace", "t-1")
        .header("x-acs-tags", "a")
        .query("New.1.Name", "a b")
        .await
        .expect("it is answered");
    call().endpoint("dbs.example.com:8443").region("ap-south-1").await.expect("it is answered");
    call().await.expect("it is answered");
    let sent = wire.sent();
    assert!(sent[0].url.starts_with("https://dbs-api.ap-south-1.aliyuncs.com/?"), "{:?}", sent[0]);
    assert!(sent[0].url.contains("&New.1.Name=a%20b"), "{:?}", sent[0]);
    assert_eq!(sent[0].header("host"), Some("dbs-api.ap-south-1.aliyuncs.com"));
    assert_eq!(sent[0].header("x-trace"), Some("t-1"));
    let proof = sent[0].header("authorization").expect("it is signed");
    assert!(proof.contains("Credential=other,"), "{proof}");
    assert!(proof.contains(";x-acs-tags;") && !proof.contains("x-trace"), "{proof}");
    assert!(sent[1].url.starts_with("https://dbs.example.com:8443/?"), "{:?}", sent[1]);
    assert!(sent[2].url.starts_with("https://dbs-api.cn-hangzhou.aliyuncs.com/?"), "{:?}", sent[2]);
    assert!(!sent[2].url.contains("New") && sent[2].header("x-trace").is_none(), "{:?}", sent[2]);
    let proof = sent[2].header("authorization").expect("it is signed");
    assert!(proof.contains("Credential=usual,"), "{proof}");
}

#[tokio::test]
async fn what_cannot_be_added_is_refused_by_its_name_and_nothing_is_sent() {
    let wire = Wire::new([good()]);
    let client = wire.client();
    let call = || client.create_get_db_list_from_agent_task(request());
    for name in ["Host", "authorization", "X-Acs-Action", "x-acs-date", "Content-Type"] {
        let said = invalid(&call().header(name, "v").await.expect_err("it is ours"));
        let name = name.to_lowercase();
        assert!(said.contains(&format!("`{name}` is a header that is made of")), "{said}");
    }
    let given = |said: String, expected: &str| assert!(said.contains(expected), "{said}");
    let refused = call().header("a b", "v").await.expect_err("it is no name");
    given(invalid(&refused), "`a b` is no name that a header can have");
    let refused = call().header("a", "v").header("A", "w").await.expect_err("it is there twice");
    given(invalid(&refused), "`a` is a header that the request has already");
    let refused = call().header("a", "v\nw").await.expect_err("it cannot be sent");
    given(invalid(&refused), "`a` stands in a header");
    for name in ["BackupGatewayId", "ClientToken"] {
        let refused = call().query(name, 1).await.expect_err("it is there already");
        given(invalid(&refused), &format!("`{name}` is a parameter that the request has already"));
    }
    let refused = call().query("A", 1).query("A", 2).await.expect_err("it is there twice");
    given(invalid(&refused), "`A` is a parameter that the request has already");
    let refused = client.request("Do").form("A", 1).query("A", 2).await;
    given(invalid(&refused.expect_err("twice")), "`A` is a parameter that the request has already");
    for refused in [
        call().region("nowhere").await.expect_err("it has no host"),
        call().endpoint("http://dbs.example.com").await.expect_err("it is not encrypted"),
        client.request("Do").region("nowhere").await.expect_err("it has no host"),
    ] {
        assert!(matches!(refused.kind(), ErrorKind::Endpoint(_)), "{refused}");
    }
    assert!(wire.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_call_may_have_no_second_attempt_and_another_time() {
    let wire = Wire::new([answer(503, &json!({ "Code": "ServiceUnavailable" }))]);
    let client = wire.client();
    let call = || client.create_get_db_list_from_agent_task(request());
    for (retries, attempts) in [(0, 1), (1, 2), (4, 5)] {
        let error = call().retries(retries).await.expect_err("it is not available");
        assert_eq!(error.attempts(), attempts);
    }
    assert_eq!(call().await.expect_err("it is not available").attempts(), 3);
    let client =
        wire.builder(Client::builder()).pauses(Duration::from_secs(9), Duration::from_secs(9));
    let client = client.build().expect("the settings are acceptable");
    let started = tokio::time::Instant::now();
    let call = client.create_get_db_list_from_agent_task(request()).timeout(Duration::ZERO);
    assert_eq!(call.await.expect_err("there is no time").attempts(), 1);
    assert_eq!(started.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn each_page_keeps_what_was_said_of_the_call() {
    let page = |note: Option<&str>| answer(200, &json!({ "Note": note, "Items": [{ "End": 1 }] }));
    let wire = Wire::new([page(Some("p2")), page(None)]);
    let client = wire.client();
    let call = client.list_tasks(ListTasksRequest::new("p")).region("ap-south-1");
    let mut pages = call.query("New", 1).header("x-trace", "t").pages();
    while let Some(page) = pages.next().await {
        page.expect("it is a page");
    }
    let sent = wire.sent();
    assert_eq!(sent.len(), 2);
    for sent in sent {
        assert!(sent.url.starts_with("https://dbs-api.ap-south-1.aliyuncs.com/?"), "{sent:?}");
        assert!(sent.url.contains("New=1") && sent.header("x-trace") == Some("t"), "{sent:?}");
    }
}

#[test]
fn calls_that_block_do_the_same() {
    let wire = Wire::new([good(), good(), answer(403, &json!({ "Code": "No" }))]);
    let client = wire.builder(blocking::Client::builder()).build().expect("it is acceptable");
    let call = || client.create_get_db_list_from_agent_task(request());
    call().region("ap-south-1").query("New", 1).send().expect("it is answered");
    let things = client.request("List").query("A", 1).send().expect("it is answered");
    assert_eq!(things.json::<Value>().expect("it is JSON")["TaskId"], 7);
    let raw = call().with_raw().send();
    assert_eq!(raw.result.expect_err("it is refused").code(), Some("No"));
    assert_eq!(raw.response.expect("there is one").status(), 403);
    let sent = wire.sent();
    assert!(sent[0].url.starts_with("https://dbs-api.ap-south-1.aliyuncs.com/?"), "{:?}", sent[0]);
    assert_eq!(sent[1].header("x-acs-action"), Some("List"));
}

#[tokio::test]
async fn an_operation_is_called_by_its_name() {
    let wire = Wire::new([good()]);
    let client = wire.client();
    let call = client.request("DoThings").query("Tag.1.Key", "a").form("Size", 3);
    let answer = call.secret("Password", "p4ssw0rd").await.expect("it is answered");
    assert_eq!(answer.request_id().as_deref(), Some("r-1"));
    assert_eq!((answer.status(), answer.header("X-Other")), (200, Some("kept")));
    let things = client.request("ListThings").method(Method::Get).path("/things/a%20b");
    things.version("2020-01-01").anonymous().await.expect("it is answered");
    let body = client.request("PutThing").method(Method::Put).path("/things");
    body.json(&json!({ "A": [1] })).await.expect("it is answered");
    let sent = wire.sent();
    assert_eq!(sent[0].method, "POST");
    assert_eq!(sent[0].url, "https://dbs-api.cn-hangzhou.aliyuncs.com/?Tag.1.Key=a");
    assert_eq!(sent[0].body, "Password=p4ssw0rd&Size=3");
    assert_eq!(sent[0].header("x-acs-action"), Some("DoThings"));
    assert_eq!(sent[0].header("x-acs-version"), Some("2019-03-06"));
    assert_eq!((sent[1].method, sent[1].header("authorization")), ("GET", None));
    assert_eq!(sent[1].url, "https://dbs-api.cn-hangzhou.aliyuncs.com/things/a%20b");
    assert_eq!(sent[1].header("x-acs-version"), Some("2020-01-01"));
    assert_eq!((sent[2].method, sent[2].body.as_str()), ("PUT", r#"{"A":[1]}"#));
    for (call, said) in [
        (client.request(""), "`action` must be given"),
        (client.request("A").version(""), "`version` must be given"),
        (client.request("A").path("a/../b"), "`path` must start with `/`"),
        (client.request("A").form("B", 1).json(&json!(1)), "`body` must not be given together"),
    ] {
        let refused = invalid(&call.await.expect_err("it cannot be sent"));
        assert!(refused.contains(said), "{refused}");
    }
    assert_eq!(wire.sent().len(), 3);
}

#[tokio::test]
async fn a_call_by_name_is_repeated_only_when_it_says_that_it_reads() {
    let wire = Wire::new([answer(503, &json!({ "Code": "ServiceUnavailable" }))]);
    let client = wire.client();
    let error = client.request("Do").await.expect_err("it is not available");
    assert_eq!(error.attempts(), 1);
    let error = client.request("Do").read_only().await.expect_err("it is not available");
    assert_eq!(error.attempts(), 3);
    let failed = json!({ "Success": false, "ErrCode": "Task.Exists", "ErrMessage": "it is there" });
    let client = Wire::new([answer(200, &failed)]).client();
    let error = client.request("Do").await.expect_err("the answer says so");
    assert_eq!((error.code(), error.status()), (Some("Task.Exists"), Some(200)));
    let client = Wire::new([Ok(HttpResponse::new(200, ""))]).client();
    let empty = client.request("Do").await.expect("nothing says that it failed");
    assert!(empty.body().is_empty());
    let error = empty.json::<Value>().expect_err("there is none");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
}

#[tokio::test]
async fn the_response_is_there_as_it_came_whatever_becomes_of_it() {
    let lost = TransportError::new(TransportErrorKind::Connect, "nobody is there").permanent();
    let wire = Wire::new([
        good(),
        answer(403, &json!({ "Code": "No" })),
        Ok(HttpResponse::new(200, "no JSON")),
        Err(lost),
    ]);
    let client = wire.client();
    let call = || client.create_get_db_list_from_agent_task(request()).with_raw();
    let raw = call().await;
    assert_eq!(raw.result.expect("it is answered").task_id, Some(7));
    let response = raw.response.expect("there is one");
    assert!(response.headers().any(|header| header == ("x-other", b"kept")), "{response:?}");
    assert!(String::from_utf8_lossy(response.body()).contains("TaskId"));
    let raw = call().await;
    assert_eq!(raw.result.expect_err("it is refused").code(), Some("No"));
    assert_eq!(raw.response.expect("there is one").status(), 403);
    let raw = client.request("Do").with_raw().await;
    assert_eq!(raw.result.expect("a body of any kind").body(), b"no JSON");
    assert_eq!(raw.response.expect("there is one").body(), b"no JSON");
    let raw = call().await;
    assert!(matches!(raw.result.expect_err("it is lost").kind(), ErrorKind::Transport(_)));
    assert!(raw.response.is_none());
    let broken = ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Other);
    let raw = client.modify_backup_source_endpoint(broken).with_raw().await;
    assert!(matches!(raw.result.expect_err("it breaks rules").kind(), ErrorKind::Invalid(_)));
    assert!(raw.response.is_none());
    let client = Wire::new([Ok(HttpResponse::new(200, "no JSON"))]).client();
    let raw = client.create_get_db_list_from_agent_task(request()).with_raw().await;
    assert!(matches!(raw.result.expect_err("it is none").kind(), ErrorKind::Decode(_)));
    assert_eq!(raw.response.expect("there is one").body(), b"no JSON");
}

/// Counts calls and attempts by action and region.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Observer for Told {
    fn on_attempt(&self, attempt: &AttemptEnd<'_>) {
        let text = format!("{} {:?} {:?}", attempt.action, attempt.region, attempt.request_id);
        self.0.lock().expect("no holder panics").push(text);
    }

    fn on_call(&self, call: &CallEnd<'_>) {
        let failed = call.error.is_some();
        let text = format!("{} {:?} {} {failed}", call.action, call.region, call.attempts);
        self.0.lock().expect("no holder panics").push(text);
    }
}

#[tokio::test]
async fn observers_are_told_of_calls_by_name_and_of_the_region_of_the_call() {
    let told = Told::default();
    let wire = Wire::new([good()]);
    let client = wire.builder(Client::builder()).observer(told.clone()).build();
    let client = client.expect("the settings are acceptable");
    client.request("Do").region("ap-south-1").await.expect("it is answered");
    client.request("Do").with_raw().await.result.expect("it is answered");
    client.request("Do").header("host", "h").await.expect_err("it is refused");
    let typed = client.create_get_db_list_from_agent_task(request()).region("nowhere");
    typed.with_raw().await.result.expect_err("it is refused");
    let expected = [
        r#"Do Some("ap-south-1") Some("r-1")"#,
        r#"Do Some("ap-south-1") 1 false"#,
        r#"Do Some("cn-hangzhou") Some("r-1")"#,
        r#"Do Some("cn-hangzhou") 1 false"#,
        r#"Do Some("cn-hangzhou") 0 true"#,
        r#"CreateGetDBListFromAgentTask Some("nowhere") 0 true"#,
    ];
    assert_eq!(*told.0.lock().expect("no holder panics"), expected);
}

/// Repeats all that it is sent.
#[derive(Debug, Clone)]
struct Echo;

impl Transport for Echo {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Reply> {
        let headers = request.expose_headers().map(|(name, value)| format!("{name}: {value}"));
        let headers: Vec<String> = headers.collect();
        let body = String::from_utf8_lossy(request.body().expose()).into_owned();
        let said = format!("{} {} {body}", request.expose_url(), headers.join(" "));
        let body = json!({ "Code": "No", "Message": said, "RequestId": "r-1" });
        Box::pin(std::future::ready(Ok(HttpResponse::new(400, body.to_string()))))
    }
}

#[tokio::test]
async fn no_secret_of_one_call_is_shown_logged_or_recorded() {
    logs::record();
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("calls");
    let recorder = Recorder::new(Echo, &path).expect("it is writable");
    let client = Client::builder().region("cn-hangzhou").transport(recorder);
    let client = client.credentials(Credentials::new("usual", "s3cret")).build();
    let client = client.expect("the settings are acceptable");
    let own = || Credentials::new("other", "onecall-key").with_security_token("onecall-token");
    let typed = client
        .create_get_db_list_from_agent_task(request())
        .credentials(own())
        .header("x-pass", "onecall-header")
        .query("Pass", "onecall-query")
        .redact("onecall-header")
        .redact("onecall-query");
    let named = client.request("Do").credentials(own()).secret("Password", "onecall-secret");
    let mut shown = format!("{typed:?} {named:?}");
    let (typed, named) = (typed.with_raw().await, named.with_raw().await);
    for raw in [format!("{typed:?} {typed:#?}"), format!("{named:?} {named:#?}")] {
        shown.push_str(&raw);
    }
    let errors = [typed.result.expect_err("it is refused"), named.result.expect_err("likewise")];
    for error in errors {
        assert!(error.to_string().contains("[REDACTED]"), "{error}");
        shown.push_str(&error.to_string());
    }
    let refused = client.request("Do").header("host", "onecall-host").query("A", "onecall-a");
    let refused = refused.await.expect_err("the header is ours");
    shown.push_str(&format!("{refused} {refused:#?}"));
    shown.push_str(&std::fs::read_to_string(&path).expect("it was written"));
    shown.push_str(&logs::text());
    assert!(!shown.contains("onecall-"), "{}", shown.replace("onecall-", ">>>onecall-"));
    let kept = typed.response.expect("there is one");
    assert!(String::from_utf8_lossy(kept.body()).contains("onecall-query"));
}
