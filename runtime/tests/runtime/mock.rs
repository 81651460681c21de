//! A mock in place of the service: what it answers, what it refuses, and what it complains of.

use std::panic::{AssertUnwindSafe, catch_unwind};

use alibabacloud_runtime::mock::Mock;
use alibabacloud_runtime::transport::HttpResponse;

use crate::service::operations::{
    CreateGetDbListFromAgentTaskRequest as Start, CreateGetDbListFromAgentTaskResponse as Started,
    ModifyBackupSourceEndpointRequest as Modify, ModifyBackupSourceEndpointResponse as Modified,
};
use crate::service::types::{BackupObject, SourceEndpointInstanceType};
use crate::service::{Client, ErrorKind, blocking};

fn client(mock: &Mock) -> Client {
    Client::builder().session(&mock.session()).build().expect("the settings are acceptable")
}

fn modify() -> Modify {
    Modify::new("dbs1", SourceEndpointInstanceType::Other)
        .source_endpoint_ip("192.0.2.10")
        .source_endpoint_port(3306)
        .backup_objects([BackupObject::new().db_name("orders")])
}

/// What a mock complains of when it is dropped, or nothing.
fn complaint(mock: Mock) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).err()?;
    Some(*panic.downcast::<String>().expect("the complaint is a text"))
}

#[tokio::test]
async fn an_answer_arrives_as_it_was_made() {
    let mock = Mock::new();
    let made = Started::default().task_id(7).request_id("r-1").success(true);
    mock.on::<Start>().answer(made.clone());
    let answer = client(&mock).create_get_db_list_from_agent_task(Start::new(160_813)).await;
    assert_eq!(answer.expect("it is answered"), made);
    let sent = mock.sent::<Start>();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].backup_gateway_id, 160_813);
    assert!(mock.sent::<Modify>().is_empty());
    mock.verify();
}

#[tokio::test]
async fn an_answer_that_says_it_failed_is_an_error() {
    let mock = Mock::new();
    mock.on::<Start>().answer(Started::default().success(false).err_code("Task.Exists"));
    let answer = client(&mock).create_get_db_list_from_agent_task(Start::new(1)).await;
    assert_eq!(answer.expect_err("it failed").code(), Some("Task.Exists"));
}

#[tokio::test]
async fn a_request_that_breaks_rules_does_not_reach_it() {
    let mock = Mock::new();
    mock.on::<Modify>().answer(Modified::default());
    let broken = Modify::new("dbs1", SourceEndpointInstanceType::Other);
    let client = client(&mock);
    let error = client.modify_backup_source_endpoint(broken).await.expect_err("it is refused");
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error}");
    assert!(mock.requests().is_empty());
    client.modify_backup_source_endpoint(modify()).await.expect("this one is acceptable");
}

#[tokio::test]
async fn answers_come_in_turn_and_errors_are_repeated_without_pauses() {
    let mock = Mock::new();
    mock.on::<Start>()
        .fail(429, "Throttling.User", "slow down")
        .disconnect()
        .answer(Started::default().task_id(1))
        .refuse_connection()
        .time_out()
        .answer(Started::default().task_id(2))
        .fail(403, "Forbidden", "not yours");
    let client = client(&mock);
    for expected in [1, 2] {
        let answer = client.create_get_db_list_from_agent_task(Start::new(1)).await;
        assert_eq!(answer.expect("the third attempt").task_id, Some(expected));
    }
    let error = client.create_get_db_list_from_agent_task(Start::new(1)).await;
    let error = error.expect_err("it is refused");
    assert_eq!((error.code(), error.status(), error.attempts()), (Some("Forbidden"), Some(403), 1));
    assert_eq!(mock.sent::<Start>().len(), 7);
    let mut bodies = mock.sent_to("CreateGetDBListFromAgentTask");
    let tokens: Vec<_> =
        bodies.drain(..3).map(|sent| sent.get("ClientToken").map(str::to_owned)).collect();
    assert!(tokens[0].is_some() && tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
}

#[tokio::test]
async fn time_that_is_up_is_a_timeout() {
    let mock = Mock::new();
    mock.on::<Start>().time_out().times(3);
    let error = client(&mock).create_get_db_list_from_agent_task(Start::new(1)).await;
    let error = error.expect_err("the time is up");
    assert!(matches!(error.kind(), ErrorKind::Timeout(_)), "{error}");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn conditions_choose_among_expectations() {
    let mock = Mock::new();
    mock.on::<Start>()
        .when(|request| request.backup_gateway_id > 100)
        .when(|request| request.backup_gateway_id < 200)
        .answer(Started::default().task_id(1))
        .any_number_of_times();
    mock.on::<Start>()
        .answer_with(|request| Started::default().task_id(request.backup_gateway_id))
        .times(2);
    let client = client(&mock);
    for (gateway, task) in [(150, 1), (5, 5), (160, 1), (300, 300)] {
        let answer = client.create_get_db_list_from_agent_task(Start::new(gateway)).await;
        assert_eq!(answer.expect("it is answered").task_id, Some(task));
    }
}

#[tokio::test]
async fn what_nobody_expects_is_an_error_that_says_what_was_expected() {
    let mock = Mock::new();
    mock.on::<Modify>().answer(Modified::default()).times(2);
    mock.on::<Start>().when(|request| request.backup_gateway_id == 1).answer(Started::default());
    let client = client(&mock);
    let error = client.create_get_db_list_from_agent_task(Start::new(2)).await;
    let error = error.expect_err("nobody expects it").to_string();
    let expected = "the mock expects no such call of `CreateGetDBListFromAgentTask`: one is for \
                    other requests; still to come: `ModifyBackupSourceEndpoint` 2 times, \
                    `CreateGetDBListFromAgentTask`";
    assert_eq!(error, format!("cannot connect: {expected}"));
    let complained = complaint(mock).expect("there is something to complain of");
    assert!(complained.starts_with(expected), "{complained}");
}

#[tokio::test]
async fn used_up_answers_and_none_are_told_apart() {
    let mock = Mock::new();
    mock.on::<Start>().answer(Started::default());
    let _ = mock.on::<Modify>();
    let client = client(&mock);
    client.create_get_db_list_from_agent_task(Start::new(1)).await.expect("it is answered");
    let error = client.create_get_db_list_from_agent_task(Start::new(1)).await;
    let error = error.expect_err("it was expected once").to_string();
    assert!(error.contains("one has given all its answers; still to come: nothing"), "{error}");
    let error = client.modify_backup_source_endpoint(modify()).await;
    let error = error.expect_err("there is no answer").to_string();
    assert!(error.contains("one was told no answer"), "{error}");
    assert_eq!(complaint(mock).expect("two calls").lines().count(), 2);
}

#[tokio::test]
async fn forgotten_expectations_fail_the_test() {
    let mock = Mock::new();
    mock.on::<Start>().answer(Started::default()).times(2);
    client(&mock).create_get_db_list_from_agent_task(Start::new(1)).await.expect("it is answered");
    let verified = catch_unwind(AssertUnwindSafe(|| mock.verify()));
    assert!(verified.is_err(), "one call is missing");
    let other = mock.clone();
    assert_eq!(complaint(other), None, "only the last clone complains");
    let complained = complaint(mock).expect("one call is missing");
    assert_eq!(complained, "still to come: `CreateGetDBListFromAgentTask`");
}

#[test]
fn what_may_come_or_not_is_not_missed() {
    let mock = Mock::new();
    mock.on::<Start>().answer(Started::default()).any_number_of_times();
    mock.on::<Modify>().answer(Modified::default()).times(0);
    assert_eq!(complaint(mock), None);
}

#[test]
#[should_panic(expected = "say first what is answered, then how often")]
fn how_often_is_said_of_an_answer() {
    let mock = Mock::new();
    let _ = mock.on::<Start>().times(2);
}

#[tokio::test]
async fn operations_can_be_told_by_name() {
    let mock = Mock::new();
    mock.on_action("CreateGetDBListFromAgentTask")
        .when(|sent| sent.get("BackupGatewayId") == Some("160813"))
        .answer(serde_json::json!({ "TaskId": 9, "Success": "true" }))
        .respond(HttpResponse::new(200, "no JSON"));
    let client = client(&mock);
    let start = || client.create_get_db_list_from_agent_task(Start::new(160_813));
    assert_eq!(start().await.expect("it is answered").task_id, Some(9));
    let error = start().await.expect_err("it cannot be read");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
    assert_eq!(mock.sent_to("CreateGetDBListFromAgentTask").len(), 2);
}

#[test]
fn programs_without_async_are_tested_alike() {
    let mock = Mock::new();
    mock.on::<Start>()
        .fail(503, "ServiceUnavailable", "busy")
        .answer(Started::default().task_id(3));
    let client = blocking::Client::builder().session(&mock.session()).build();
    let client = client.expect("the settings are acceptable");
    let answer = client.create_get_db_list_from_agent_task(Start::new(1)).send();
    assert_eq!(answer.expect("the second attempt").task_id, Some(3));
}

#[tokio::test]
async fn secrets_reach_it_and_are_not_shown() {
    const PLANTED: &str = "planted-p4ssw0rd";
    let mock = Mock::new();
    let on = mock.on::<Modify>();
    let request = || modify().source_endpoint_password(PLANTED);
    let on = on.fail(400, "Bad", &format!("the password {PLANTED} is bad"));
    let client = client(&mock);
    let refused = client.modify_backup_source_endpoint(request()).await.expect_err("it is bad");
    let unexpected =
        client.modify_backup_source_endpoint(request()).await.expect_err("one too many");
    let sent = mock.sent::<Modify>();
    let parameters = mock.sent_to("ModifyBackupSourceEndpoint");
    assert_eq!(parameters[0].get("SourceEndpointPassword"), Some(PLANTED));
    let shown = format!(
        "{mock:?} {on:?} {sent:?} {parameters:?} {:?} {refused} {refused:?} {unexpected} {unexpected:?}",
        mock.requests(),
    );
    drop(client);
    let complained = complaint(mock).expect("one call came too many");
    for shown in [shown, complained] {
        assert!(!shown.contains("p4ssw0rd"), "{shown}");
        assert!(!shown.contains("Zk3v9QmT7xLw2RbY5nHd"), "{shown}");
    }
}
