//! Waiting for the tasks of a service, as users of the generated crate do.

use std::time::Duration;

use alibabacloud_dbs::operations::{
    DescribeBackupSetDownloadTaskListRequest, DescribePreCheckProgressListRequest,
    DescribeRestoreTaskListRequest, GetDbListFromAgentRequest,
};
use alibabacloud_dbs::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_dbs::types::RestoreStatus;
use alibabacloud_dbs::{BoxFuture, Client, Error, ErrorKind, blocking};
use tests::head::Head;
use tests::loopback::{Reply, Server, builder, response};

/// A server that gives these answers, one after the other.
fn answering(answers: &[(u16, &str)]) -> Server {
    let reply =
        |(status, body): &(u16, &str)| Reply::Bytes(response(*status, &[], body.as_bytes()));
    Server::start(answers.iter().map(reply).collect())
}

fn client(server: &Server) -> Client {
    builder(&server.endpoint()).max_attempts(1).build().expect("the endpoint is acceptable")
}

fn tasks(states: &str) -> String {
    format!(r#"{{"Success": true, "Items": {{"RestoreTaskDetail": [{states}]}}}}"#)
}

const NO_PAUSE: Duration = Duration::ZERO;

fn restore(task: &str) -> DescribeRestoreTaskListRequest {
    DescribeRestoreTaskListRequest::new().restore_task_id(task)
}

#[tokio::test]
async fn a_restore_is_waited_for_over_throttling_and_without_its_token() {
    let done = r#"{"RestoreStatus": "running", "RestoreTaskFinishTime": 1554560477000}"#;
    let server = answering(&[
        (200, &tasks("")),
        (200, &tasks(r#"{"RestoreStatus": "init"}"#)),
        (429, r#"{"Code": "Throttling.User"}"#),
        (503, r#"{"Code": "ServiceUnavailable"}"#),
        (200, &tasks(r#"{"RestoreStatus": "a newer one"}"#)),
        (200, &tasks(done)),
    ]);
    let request = restore("s102h7rf5anq").client_token("of-one-call");
    let wait = client(&server).wait_until_restored(request);
    let answer = wait.pauses(NO_PAUSE, NO_PAUSE).await.expect("it ends well");
    let items = answer.items.expect("there are some").restore_task_detail;
    assert_eq!(items[0].restore_task_finish_time, Some(1_554_560_477_000));
    let seen = server.seen();
    assert_eq!(seen.len(), 6);
    let mut tokens = Vec::new();
    for head in &seen {
        let head = Head::parse(head);
        let parameters = head.parameters();
        assert_eq!(parameters["RestoreTaskId"], "s102h7rf5anq");
        // Each question is a call of its own.
        let token = parameters["ClientToken"].to_owned();
        assert_ne!(token, "of-one-call");
        assert!(!tokens.contains(&token), "{token}");
        tokens.push(token);
    }
}

#[tokio::test]
async fn a_restore_that_fails_is_an_error_with_the_answer() {
    let failed = r#"{"RestoreStatus": "stop", "ErrMessage": "the disk is full"}"#;
    let server = answering(&[(200, &tasks(failed))]);
    let error = client(&server).wait_until_restored(restore("t")).await.expect_err("it failed");
    assert!(error.is_failure());
    assert_eq!(
        error.to_string(),
        "waiting for `restored` by `DescribeRestoreTaskList` came to a failure: `RestoreStatus` is `stop` \
         (1 question)"
    );
    let answer = error.into_answer().expect("there is one");
    let task = &answer.items.expect("there are some").restore_task_detail[0];
    assert_eq!(task.restore_status, Some(RestoreStatus::Stop));
    assert_eq!(task.err_message.as_deref(), Some("the disk is full"));
}

/// A service whose tasks run for ever.
#[derive(Debug)]
struct Running;

impl Transport for Running {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let answer = HttpResponse::new(200, r#"{"Success": true, "Status": "running"}"#);
        Box::pin(async { Ok(answer) })
    }
}

// Time passes only while everybody waits.
#[tokio::test(start_paused = true)]
async fn the_time_is_up_when_a_precheck_never_ends() {
    let client: Client = builder("https://dbs.example.com")
        .transport(Running)
        .build()
        .expect("the endpoint is acceptable");
    let request = DescribePreCheckProgressListRequest::new().restore_task_id("t");
    let wait = client.wait_until_precheck_passed(request);
    let error = wait.await.expect_err("it never ends");
    assert!(error.is_timeout() && error.answer().is_some(), "{error}");
    // What `?` makes of it.
    let error = Error::from(error);
    assert!(error.is_retryable());
    let ErrorKind::Wait(stopped) = error.kind() else { panic!("{error}") };
    assert_eq!(stopped.seen, [("Status", "running".to_owned())]);
    assert!(error.to_string().starts_with("waiting for `precheck_passed` by `"), "{error}");
}

#[tokio::test]
async fn what_the_service_refuses_and_what_rules_refuse_ends_it_at_once() {
    let server = answering(&[(403, r#"{"Code": "Request.Forbidden"}"#)]);
    let request = DescribePreCheckProgressListRequest::new().restore_task_id("t");
    let wait = client(&server).wait_until_precheck_passed(request);
    let error = Error::from(wait.await.expect_err("nobody may ask"));
    assert_eq!(error.code(), Some("Request.Forbidden"));
    let wait = client(&server).wait_until_restored(DescribeRestoreTaskListRequest::new());
    let error = Error::from(wait.await.expect_err("no task is named"));
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn downloads_and_databases_are_waited_for_without_async() {
    let download = |state: &str| {
        format!(
            r#"{{"Success": true, "Items": {{"BackupSetDownloadTaskDetail": [
                {{"BackupSetDownloadStatus": "{state}"}}]}}}}"#
        )
    };
    let server = answering(&[
        (200, &download("schedule")),
        (200, &download("finish")),
        (200, &download("stop")),
        (200, r#"{"Success": true, "DbList": {}}"#),
        (200, r#"{"Success": true, "DbList": {"dbName": ["orders"]}}"#),
    ]);
    let client = blocking::Client::builder().endpoint(server.endpoint());
    let client = client.credentials(tests::loopback::credentials()).build().expect("acceptable");
    let download = || {
        let request =
            DescribeBackupSetDownloadTaskListRequest::new().backup_set_download_task_id("d");
        client.wait_until_download_ready(request).pauses(NO_PAUSE, NO_PAUSE).send()
    };
    assert!(download().expect("it is ready").items.is_some());
    assert!(download().expect_err("it has failed").is_failure());
    let request = GetDbListFromAgentRequest::new().backup_gateway_id(1).task_id(2);
    let wait = client.wait_until_databases_listed(request).pauses(NO_PAUSE, NO_PAUSE);
    let answer = wait.send().expect("there is one");
    assert_eq!(answer.db_list.expect("it is there").db_name, ["orders"]);
}
