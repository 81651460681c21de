//! What the environment of a process changes: keys, proxies, and the examples, which take both.

#![expect(clippy::duplicate_mod, reason = "each example brings what it shares with the other")]

use std::env;

use alibabacloud_dbs::operations::CreateGetDbListFromAgentTaskRequest;
use alibabacloud_dbs::{Client, Error};
use tests::head::Head;
use tests::loopback::{PASSWORD, PLANTED, Reply, SECRET, Server, TOKEN, builder, response};
use tests::process;

#[path = "../../examples/change_source_endpoint.rs"]
#[expect(dead_code, reason = "a module's `main` is not called")]
mod change_source_endpoint;
#[path = "../../examples/download_full_backup.rs"]
#[expect(dead_code, reason = "a module's `main` is not called")]
mod download_full_backup;
#[path = "../../examples/list_databases_through_gateway.rs"]
#[expect(dead_code, reason = "a module's `main` is not called")]
mod list_databases_through_gateway;
#[path = "../../examples/restore_database.rs"]
#[expect(dead_code, reason = "a module's `main` is not called")]
mod restore_database;

const KEY: [(&str, &str); 3] = [
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "exampleKeyId"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET),
    ("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN),
];

/// Runs a child with a home folder that has no files; no secret is in what it prints.
fn run(test: &str, variables: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().expect("there is room");
    let shown = process::run(module_path!(), test, home.path(), variables);
    assert!(!shown.contains(PLANTED), "{shown}");
    shown
}

#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn call_the_endpoint() {
    let endpoint = env::var("ENDPOINT").expect("it is told");
    let client = Client::builder().endpoint(endpoint).max_attempts(1).build();
    let client = client.expect("the endpoint is acceptable");
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
    let answer = client.create_get_db_list_from_agent_task(request).await;
    println!("{:?}", answer.map_err(Error::into_kind));
}

#[test]
fn keys_come_from_the_environment_when_nothing_else_is_said() {
    let server = Server::answering(200, &[], br#"{"TaskId": 7}"#);
    let endpoint = server.endpoint();
    let mut variables = KEY.to_vec();
    variables.push(("ENDPOINT", &endpoint));
    let shown = run("call_the_endpoint", &variables);
    assert!(shown.contains("task_id: Some(7)"), "{shown}");
    let seen = server.seen();
    assert!(seen[0].contains("Credential=exampleKeyId,"), "{}", seen[0]);
    assert!(seen[0].contains(&format!("x-acs-security-token: {TOKEN}\r\n")), "{}", seen[0]);
}

#[test]
fn without_keys_it_is_told_where_they_were_looked_for() {
    let server = Server::answering(200, &[], b"{}");
    // No test asks another machine, which the metadata of an instance would be.
    let alone = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    let shown = run("call_the_endpoint", &[("ENDPOINT", &server.endpoint()), alone]);
    // The error of the sources is its message, whoever shows it.
    assert!(shown.contains("Err(Credentials(there are no credentials:\n- "), "{shown}");
    assert!(shown.contains("`ALIBABA_CLOUD_ACCESS_KEY_ID` is not set"), "{shown}");
    assert!(server.seen().is_empty());
}

#[test]
fn a_proxy_of_the_environment_is_asked_to_connect_and_sees_nothing_else() {
    let proxy = Server::answering(502, &[], b"");
    let address = proxy.endpoint();
    let mut variables = KEY.to_vec();
    variables.extend([("ENDPOINT", "https://dbs.example.invalid"), ("HTTPS_PROXY", &*address)]);
    let shown = run("call_the_endpoint", &variables);
    assert!(shown.contains("Err(Transport("), "{shown}");
    let seen = proxy.seen();
    assert!(seen[0].starts_with("CONNECT dbs.example.invalid:443 HTTP/1.1\r\n"), "{}", seen[0]);
    assert!(!seen[0].contains(PLANTED) && !seen[0].contains("exampleKeyId"), "{}", seen[0]);
}

#[test]
fn this_machine_is_called_without_a_proxy() {
    let proxy = Server::answering(502, &[], b"");
    let server = Server::answering(200, &[], br#"{"TaskId": 7}"#);
    let (address, endpoint) = (proxy.endpoint(), server.endpoint());
    let mut variables = KEY.to_vec();
    variables.extend([("ENDPOINT", &*endpoint), ("HTTP_PROXY", &address), ("ALL_PROXY", &address)]);
    let shown = run("call_the_endpoint", &variables);
    assert!(shown.contains("task_id: Some(7)"), "{shown}");
    assert!(proxy.seen().is_empty());
}

/// The arguments of an example, separated by spaces.
fn arguments() -> impl Iterator<Item = String> {
    let arguments = env::var("ARGUMENTS").expect("they are told");
    arguments.split(' ').map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn list_databases() {
    println!("{:?}", list_databases_through_gateway::run(arguments()).await);
}

#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn download_backup() {
    println!("{:?}", download_full_backup::run(arguments()).await);
}

#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn restore() {
    println!("{:?}", restore_database::run(arguments()).await);
}

#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn change_endpoint() {
    println!("{:?}", change_source_endpoint::run(arguments()).await);
}

/// A server that gives these bodies, one after the other.
fn answering(bodies: &[&str]) -> Server {
    let reply = |body: &&str| Reply::Bytes(response(200, &[], body.as_bytes()));
    Server::start(bodies.iter().map(reply).collect())
}

/// The operations that were called, in their order.
fn called(server: &Server) -> Vec<String> {
    let action = |head: &String| Head::parse(head).header("x-acs-action").to_owned();
    server.seen().iter().map(action).collect()
}

/// Runs an example with these arguments, on this server and without pauses.
fn run_example(test: &str, server: &Server, arguments: &str) -> String {
    let arguments = format!("--endpoint {} {arguments}", server.endpoint());
    let mut variables = KEY.to_vec();
    variables.extend([
        ("ARGUMENTS", arguments.as_str()),
        ("SOURCE_PASSWORD", PASSWORD),
        ("DESTINATION_PASSWORD", PASSWORD),
    ]);
    run(test, &variables)
}

#[test]
fn the_example_that_lists_databases_asks_until_there_is_a_list() {
    let server = answering(&[
        r#"{"Success": true, "TaskId": 123456}"#,
        r#"{"Success": true, "DbList": {"dbName": []}}"#,
        r#"{"Success": true, "DbList": {"dbName": ["orders", "stock"]}}"#,
    ]);
    let arguments = "--gateway 160813 --database-type MySQL --pause 0";
    let shown = run_example("list_databases", &server, arguments);
    assert!(shown.contains("Ok(\"orders\\nstock\")"), "{shown}");
    let asked = "GetDBListFromAgent";
    assert_eq!(called(&server), ["CreateGetDBListFromAgentTask", asked, asked]);
    let seen = server.seen();
    let first = Head::parse(&seen[0]).parameters()["DatabaseType"].to_owned();
    assert_eq!(first, "MySQL");
    assert_eq!(Head::parse(&seen[1]).parameters()["TaskId"], "123456");
}

#[test]
fn the_example_that_changes_an_endpoint_starts_the_plan_again() {
    let changed = r#"{"Success": true, "NeedPrecheck": true}"#;
    let server = answering(&[changed, r#"{"Success": true}"#]);
    let start = "--plan p --instance rm-1 --database orders --user backup --database-type";
    let shown = run_example("change_endpoint", &server, &format!("{start} Oracle"));
    assert!(shown.contains("`SourceEndpointOracleSID` is required"), "{shown}");
    assert!(server.seen().is_empty());
    let shown = run_example("change_endpoint", &server, &format!("{start} MySQL"));
    assert!(shown.contains("Ok(\"changed, and started again"), "{shown}");
    assert_eq!(called(&server), ["ModifyBackupSourceEndpoint", "StartBackupPlan"]);
    assert!(server.seen()[0].contains("&SourceEndpointPassword=planted-password%20%26%22%C3%A9&"));
}

#[test]
fn the_example_that_downloads_a_backup_takes_the_newest_of_all_pages() {
    let page = |number: i32, id: &str, finished: i64| {
        format!(
            r#"{{"Success": true, "PageNum": {number}, "PageSize": 1, "TotalElements": 2,
                "TotalPages": 2, "Items": {{"FullBackupFile": [
                {{"BackupSetId": "{id}", "FinishTime": {finished}}}]}}}}"#
        )
    };
    let task = |status: &str| {
        format!(
            r#"{{"Success": true, "Items": {{"BackupSetDownloadTaskDetail": [
                {{"BackupSetDownloadStatus": "{status}",
                "BackupSetDownloadInternetUrl": "https://example.com/set"}}]}}}}"#
        )
    };
    let server = answering(&[
        &page(0, "old", 1),
        &page(1, "new", 2),
        r#"{"Success": true, "BackupSetDownloadTaskId": "dt-1"}"#,
        &task("running"),
        &task("finish"),
    ]);
    let shown = run_example("download_backup", &server, "--plan p --pause 0");
    assert!(shown.contains("Ok(\"https://example.com/set\")"), "{shown}");
    let (list, asked) = ("DescribeFullBackupList", "DescribeBackupSetDownloadTaskList");
    assert_eq!(called(&server), [list, list, "CreateFullBackupSetDownload", asked, asked]);
    let seen = server.seen();
    assert_eq!(Head::parse(&seen[2]).parameters()["BackupSetId"], "new");
    assert_eq!(Head::parse(&seen[3]).parameters()["BackupSetDownloadTaskId"], "dt-1");
}

#[test]
fn the_example_that_restores_waits_for_the_precheck_and_for_the_end() {
    let details = |more: &str| {
        format!(
            r#"{{"Success": true, "Items": {{"RestoreTaskDetail": [
                {{"RestoreStatus": "running"{more}}}]}}}}"#
        )
    };
    let server = answering(&[
        r#"{"Success": true, "RestoreTaskId": "rt-1"}"#,
        r#"{"Success": true, "Status": "running"}"#,
        r#"{"Success": true, "Status": "finish"}"#,
        r#"{"Success": true, "RestoreTaskId": "rt-1"}"#,
        &details(""),
        &details(r#", "RestoreTaskFinishTime": 1768262400000"#),
    ]);
    let arguments = "--plan p --time 1768262400000 --instance rm-1 --user restore \
                     --database orders --as restored --pause 0";
    let shown = run_example("restore", &server, arguments);
    assert!(shown.contains("Ok(\"task rt-1 has restored orders\")"), "{shown}");
    let (checked, listed) = ("DescribePreCheckProgressList", "DescribeRestoreTaskList");
    let expected = ["CreateRestoreTask", checked, checked, "StartRestoreTask", listed, listed];
    assert_eq!(called(&server), expected);
}

#[test]
fn a_builder_shows_no_key() {
    assert!(!format!("{:?}", builder("https://dbs.example.com")).contains(PLANTED));
}
