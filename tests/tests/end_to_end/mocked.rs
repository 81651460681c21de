//! A user's own tests: the service is a mock, ours or as another library makes it.

use alibabacloud_dbs::mock::{Mock as Service, Recorder, Replay};
use alibabacloud_dbs::operations::{
    CreateRestoreTaskRequest, CreateRestoreTaskResponse, DescribeBackupPlanListRequest,
    DescribeBackupPlanListResponse, DescribePreCheckProgressListRequest,
    DescribePreCheckProgressListResponse, ModifyBackupSourceEndpointRequest,
    StartRestoreTaskRequest, StartRestoreTaskResponse,
};
use alibabacloud_dbs::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_dbs::types::{
    BackupPlanDetail, BackupPlanDetails, PreCheckStatus, SourceEndpointInstanceType,
};
use alibabacloud_dbs::{BoxFuture, Client, ExposeSecret as _};
use alibabacloud_sts::operations::{AssumeRoleRequest, AssumeRoleResponse};
use alibabacloud_sts::types::Credentials;
use tests::checkout::root;
use tests::loopback;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[path = "../../examples/restore.rs"]
#[expect(dead_code, reason = "its `main` is for users")]
mod restore;

#[tokio::test]
async fn a_mocked_service_answers() {
    let service = MockServer::start().await;
    let body = r#"{ "RequestId": "D6E068C3", "Success": true, "NeedPrecheck": true, "New": 1 }"#;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string(body))
        .mount(&service)
        .await;
    let client = loopback::builder(&service.uri()).build().expect("the settings are acceptable");
    let request = ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Rds)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-1")
        .backup_objects([]);
    let response = client.modify_backup_source_endpoint(request).await.expect("it is answered");
    assert_eq!(response.need_precheck, Some(true));
    assert_eq!(response.request_id.as_deref(), Some("D6E068C3"));

    let received = service.received_requests().await.expect("requests are recorded");
    let [request] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(request.url.path(), "/");
    assert!(request.body.is_empty());
    assert_eq!(request.headers["x-acs-action"], "ModifyBackupSourceEndpoint");
    assert_eq!(request.headers["x-acs-version"], "2019-03-06");
}

// The test of a program, as short as it can be.
#[tokio::test]
async fn a_task_is_started_after_its_precheck() {
    let mock = Service::new();
    mock.on::<CreateRestoreTaskRequest>()
        .when(|request| request.backup_plan_id == "dbs1")
        .answer(CreateRestoreTaskResponse::default().restore_task_id("s1"));
    mock.on::<DescribePreCheckProgressListRequest>()
        .fail(503, "ServiceUnavailable", "busy")
        .answer(DescribePreCheckProgressListResponse::default().status(PreCheckStatus::Running))
        .answer(DescribePreCheckProgressListResponse::default().status(PreCheckStatus::Finish));
    mock.on::<StartRestoreTaskRequest>().answer(StartRestoreTaskResponse::default());
    let client = Client::builder().session(&mock.session()).build().expect("there is a region");
    let started = restore::restore(&client, "dbs1", "rm-1").await.expect("nothing fails for good");
    assert_eq!(started.as_deref(), Some("s1"));
    assert_eq!(mock.sent::<StartRestoreTaskRequest>()[0].restore_task_id, "s1");
}
// Here it ends.

#[tokio::test]
async fn nothing_is_started_after_a_precheck_that_failed() {
    let mock = Service::new();
    mock.on::<CreateRestoreTaskRequest>()
        .answer(CreateRestoreTaskResponse::default().restore_task_id("s1"));
    mock.on::<DescribePreCheckProgressListRequest>()
        .answer(DescribePreCheckProgressListResponse::default().status(PreCheckStatus::Failed));
    let client = Client::builder().session(&mock.session()).build().expect("there is a region");
    let started = restore::restore(&client, "dbs1", "rm-1").await;
    assert_eq!(started.expect("every call is answered"), None);
}

#[test]
fn a_program_of_sixty_lines_is_tested_in_thirty() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is there");
    let program = read("tests/examples/restore.rs");
    assert!(program.lines().count() <= 60);
    let tests = read("tests/tests/end_to_end/mocked.rs");
    let (_, test) = tests.split_once("as short as it can be.\n").expect("it is marked");
    let (test, _) = test.split_once("// Here it ends.").expect("it is marked");
    assert!(test.lines().count() <= 30);
    let shown = test.replace("Service::new", "Mock::new");
    let shown = shown.lines().map(|line| format!("//! {line}\n"));
    assert!(read("runtime/src/mock.rs").contains(&shown.collect::<String>()), "the docs show it");
}

#[tokio::test]
async fn a_list_is_followed_page_by_page() {
    let page = |number: i32, plans: &[&str]| {
        let plan = |id: &&str| BackupPlanDetail::default().backup_plan_id(*id);
        let plans: Vec<BackupPlanDetail> = plans.iter().map(plan).collect();
        DescribeBackupPlanListResponse::default()
            .items(BackupPlanDetails::default().backup_plan_detail(plans))
            .page_num(number)
            .page_size(2)
            .total_elements(3)
            .total_pages(2)
    };
    let mock = Service::new();
    mock.on::<DescribeBackupPlanListRequest>()
        .answer(page(0, &["dbs1", "dbs2"]))
        .answer(page(1, &["dbs3"]));
    let client = Client::builder().session(&mock.session()).build().expect("there is a region");
    let items = client.describe_backup_plan_list(DescribeBackupPlanListRequest::new()).items();
    let plans: Vec<BackupPlanDetail> = items.try_collect().await.expect("both pages come");
    let ids: Vec<_> = plans.iter().filter_map(|plan| plan.backup_plan_id.as_deref()).collect();
    assert_eq!(ids, ["dbs1", "dbs2", "dbs3"]);
    assert_eq!(mock.sent::<DescribeBackupPlanListRequest>()[1].page_num, Some(1));
}

#[tokio::test]
async fn one_mock_stands_in_for_two_services_and_hands_out_secrets() {
    let mock = Service::new();
    let planted = Credentials::default().access_key_id("STS.1").access_key_secret("planted-key");
    mock.on::<AssumeRoleRequest>().answer(AssumeRoleResponse::default().credentials(planted));
    mock.on::<DescribeBackupPlanListRequest>().answer(DescribeBackupPlanListResponse::default());
    let session = mock.session();
    let tokens = alibabacloud_sts::Client::builder().session(&session).build();
    let tokens = tokens.expect("there is a region");
    let role = AssumeRoleRequest::new("acs:ram::1:role/r", "alice");
    let answer = tokens.assume_role(role).await.expect("it is answered");
    assert!(!format!("{mock:?} {answer:?}").contains("planted-key"));
    let credentials = answer.credentials.expect("they were told");
    let secret = credentials.access_key_secret.expect("it was told");
    assert_eq!(secret.expose_secret(), "planted-key");
    let backups = Client::builder().session(&session).build().expect("there is a region");
    let list = backups.describe_backup_plan_list(DescribeBackupPlanListRequest::new());
    assert_eq!(list.await.expect("it is answered").items, None);
    mock.verify();
}

/// Hands out a key.
#[derive(Debug)]
struct Keys;

impl Transport for Keys {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let body = r#"{ "RequestId": "r-1", "Credentials": {
            "AccessKeyId": "STS.1", "AccessKeySecret": "planted-secret",
            "SecurityToken": "planted-token", "Expiration": "2015-04-09T11:52:19Z", "New": "planted"
        } }"#;
        Box::pin(std::future::ready(Ok(HttpResponse::new(200, body))))
    }
}

#[tokio::test]
async fn keys_that_are_handed_out_are_not_recorded() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("calls");
    let recorder = Recorder::new(Keys, &path).expect("it is writable");
    let builder = alibabacloud_sts::Client::builder().region("cn-hangzhou").transport(recorder);
    let client = builder.credentials(loopback::credentials()).build().expect("there is a region");
    let role = || AssumeRoleRequest::new("acs:ram::1:role/r", "alice");
    let answer = client.assume_role(role()).await.expect("it is answered");
    let credentials = answer.credentials.expect("there are some");
    assert!(credentials.access_key_secret.is_some());
    let written = std::fs::read_to_string(&path).expect("it was written");
    assert!(!written.contains("planted"), "{written}");
    assert!(written.contains("STS.1"), "{written}");
    let replay = Replay::open(&path).expect("it is a recording");
    let client = alibabacloud_sts::Client::builder().session(&replay.session()).build();
    let client = client.expect("there is a region");
    let answer = client.assume_role(role()).await.expect("it was recorded");
    let credentials = answer.credentials.expect("there are some");
    assert_eq!(credentials.access_key_id.as_deref(), Some("STS.1"));
    assert!(credentials.access_key_secret.is_none() && credentials.security_token.is_none());
}
