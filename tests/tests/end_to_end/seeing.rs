//! What is seen of calls from outside, whichever way they are made: what observers are told, which codes
//! errors have, and what a program prints that ends with one.

use std::process::{ExitCode, Termination as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alibabacloud_dbs::operations::{
    DescribeBackupPlanListRequest, DescribeRestoreTaskListRequest,
    ModifyBackupSourceEndpointRequest, ReleaseBackupPlanRequest, release_backup_plan,
};
use alibabacloud_dbs::types::SourceEndpointInstanceType;
use alibabacloud_dbs::{ErrorKind, blocking};
use alibabacloud_runtime::observer::{AttemptEnd, CallEnd, Observer};
use tests::loopback::{PLANTED, Reply, Server, credentials, response};
use tests::process;

#[path = "../../examples/fails.rs"]
mod fails;

/// The calls that have ended, each as its action, its id, its status and its attempts.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<Vec<String>>>);

impl Calls {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no holder panics"))
    }
}

impl Observer for Calls {
    fn on_attempt(&self, attempt: &AttemptEnd<'_>) {
        let text = format!("- {} {:?}", attempt.attempt, attempt.status);
        self.0.lock().expect("no holder panics").push(text);
    }

    fn on_call(&self, call: &CallEnd<'_>) {
        let (id, code) = (call.request_id.unwrap_or("-"), call.error_code().unwrap_or("-"));
        let text = format!("{} {id} {code} {}", call.action, call.attempts);
        self.0.lock().expect("no holder panics").push(text);
    }
}

/// A server that gives these answers, one after the other.
fn answering(answers: &[(u16, &str)]) -> Server {
    let reply =
        |(status, body): &(u16, &str)| Reply::Bytes(response(*status, &[], body.as_bytes()));
    Server::start(answers.iter().map(reply).collect())
}

fn blocking_client(server: &Server, calls: &Calls) -> blocking::Client {
    let builder = blocking::Client::builder().endpoint(server.endpoint());
    let builder = builder.credentials(credentials()).pauses(Duration::ZERO, Duration::ZERO);
    builder.observer(calls.clone()).build().expect("the settings are acceptable")
}

/// A list of two plans, each on a page of its own; the second page comes at the second attempt.
fn pages() -> Server {
    let page = |number: u32, plan: &str| {
        format!(
            r#"{{"Success": true, "RequestId": "page-{number}", "PageNum": {number},
                "PageSize": 1, "TotalElements": 2, "TotalPages": 2, "Items":
                {{"BackupPlanDetail": [{{"BackupPlanId": "{plan}"}}]}}}}"#
        )
    };
    let trouble = r#"{"Code": "ServiceUnavailable"}"#;
    answering(&[(200, &page(0, "first")), (503, trouble), (200, &page(1, "second"))])
}

const PAGES: [&str; 5] = [
    "- 1 Some(200)",
    "DescribeBackupPlanList page-0 - 1",
    "- 1 Some(503)",
    "- 2 Some(200)",
    "DescribeBackupPlanList page-1 - 2",
];

#[tokio::test]
async fn each_page_of_a_list_is_a_call() {
    let (server, calls) = (pages(), Calls::default());
    let client = server.builder().observer(calls.clone()).build();
    let client = client.expect("the settings are acceptable");
    let items = client.describe_backup_plan_list(DescribeBackupPlanListRequest::new()).items();
    let plans: Vec<_> = items.try_collect().await.expect("both pages come");
    assert_eq!(plans.len(), 2);
    assert_eq!(calls.take(), PAGES);
}

#[test]
fn each_page_of_a_list_is_a_call_without_async_too() {
    let (server, calls) = (pages(), Calls::default());
    let client = blocking_client(&server, &calls);
    let items = client.describe_backup_plan_list(DescribeBackupPlanListRequest::new()).items();
    assert_eq!(items.filter(Result::is_ok).count(), 2);
    assert_eq!(calls.take(), PAGES);
}

#[tokio::test]
async fn each_question_of_a_waiting_is_a_call() {
    let done = r#"{"Success": true, "RequestId": "done", "Items": {"RestoreTaskDetail":
        [{"RestoreStatus": "running", "RestoreTaskFinishTime": 1554560477000}]}}"#;
    let server = answering(&[(200, r#"{"Success": true, "RequestId": "not yet"}"#), (200, done)]);
    let calls = Calls::default();
    let client = server.builder().observer(calls.clone()).build();
    let client = client.expect("the settings are acceptable");
    let request = DescribeRestoreTaskListRequest::new().restore_task_id("s102h7rf5anq");
    let wait = client.wait_until_restored(request).pauses(Duration::ZERO, Duration::ZERO);
    wait.await.expect("it ends well");
    let expected = [
        "- 1 Some(200)",
        "DescribeRestoreTaskList not yet - 1",
        "- 1 Some(200)",
        "DescribeRestoreTaskList done - 1",
    ];
    assert_eq!(calls.take(), expected);
}

/// A request that breaks rules, and has a secret.
fn refused() -> ModifyBackupSourceEndpointRequest {
    ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Agent)
        .source_endpoint_password(format!("{PLANTED} in a password"))
}

#[test]
fn calls_without_async_are_seen_whatever_becomes_of_them() {
    let forbidden = r#"{"Code": "Request.Forbidden", "RequestId": "second"}"#;
    let server = answering(&[(200, r#"{"RequestId": "first"}"#), (403, forbidden)]);
    let calls = Calls::default();
    let client = blocking_client(&server, &calls);
    let release = || client.release_backup_plan(ReleaseBackupPlanRequest::new("p"));
    release().send().expect("it is answered");
    let error = release().send().expect_err("it is forbidden");
    assert_eq!(error.code(), Some(release_backup_plan::errors::REQUEST_FORBIDDEN));
    let error = client.modify_backup_source_endpoint(refused()).send();
    assert!(error.expect_err("it breaks rules").is_not_sent());
    let expected = [
        "- 1 Some(200)",
        "ReleaseBackupPlan first - 1",
        "- 1 Some(403)",
        "ReleaseBackupPlan second Request.Forbidden 1",
        "ModifyBackupSourceEndpoint - - 0",
    ];
    assert_eq!(calls.take(), expected);
}

#[test]
#[ignore = "run by another test, in a process of its own"]
fn end_with_the_error() {
    // This is what becomes of what `main` returns.
    let code = fails::main().report();
    assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::FAILURE));
}

#[test]
fn a_program_that_ends_with_an_error_prints_its_message() {
    let home = tempfile::tempdir().expect("there is room");
    let printed = process::run(module_path!(), "end_with_the_error", home.path(), &[]);
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Agent)
            .source_endpoint_region("cn-hangzhou");
    let message = request.validate().expect_err("it breaks rules").to_string();
    assert!(printed.contains(&format!("Error: {message}\n")), "{printed}");
    assert!(message.contains("\n- `SourceEndpointIP` is required"), "{message}");
}

#[test]
fn what_was_broken_is_its_message_and_the_long_form_shows_members() {
    let violations = refused().validate().expect_err("it breaks rules");
    assert_eq!(format!("{violations:?}"), violations.to_string());
    let long = format!("{violations:#?}");
    assert!(long.contains("operation: \"ModifyBackupSourceEndpoint\""), "{long}");
    assert!(!long.contains(PLANTED), "{long}");
    let kind = ErrorKind::Invalid(violations.clone());
    assert_eq!(format!("{kind:?}"), format!("Invalid({violations})"));
}
