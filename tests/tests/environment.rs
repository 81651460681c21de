//! What the environment of a process changes: keys, proxies, and the examples, which take both.

#![expect(clippy::duplicate_mod, reason = "each example brings what it shares with the other")]

use std::env;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::CreateGetDbListFromAgentTaskRequest;
use tests::loopback::{PASSWORD, PLANTED, SECRET, Server, TOKEN, builder};
use tests::process;

#[path = "../examples/change_source_endpoint.rs"]
#[expect(dead_code, reason = "a module's `main` is not called")]
mod change_source_endpoint;
#[path = "../examples/list_databases_through_gateway.rs"]
#[expect(dead_code, reason = "a module's `main` is not called")]
mod list_databases_through_gateway;

const KEY: [(&str, &str); 3] = [
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "exampleKeyId"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET),
    ("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN),
];

/// Runs a child with a home folder that has no files; no secret is in what it prints.
fn run(test: &str, variables: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().expect("there is room");
    let shown = process::run(test, home.path(), variables);
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
    println!("{:?}", client.create_get_db_list_from_agent_task(request).await);
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
    let shown = run("call_the_endpoint", &[("ENDPOINT", &server.endpoint())]);
    assert!(shown.contains("Err(Credentials("), "{shown}");
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
async fn change_endpoint() {
    println!("{:?}", change_source_endpoint::run(arguments()).await);
}

#[test]
fn the_example_that_lists_databases_runs() {
    let server = Server::answering(200, &[], br#"{"Success": true, "TaskId": 123456}"#);
    let arguments =
        format!("--endpoint {} --gateway 160813 --database-type MySQL", server.endpoint());
    let mut variables = KEY.to_vec();
    variables.push(("ARGUMENTS", &arguments));
    let shown = run("list_databases", &variables);
    assert!(shown.contains("Ok(\"task 123456 collects the list"), "{shown}");
    let seen = server.seen();
    assert!(seen[0].contains("BackupGatewayId=160813&"), "{}", seen[0]);
    assert!(seen[0].contains("&DatabaseType=MySQL "), "{}", seen[0]);
}

#[test]
fn the_example_that_changes_an_endpoint_runs() {
    let server = Server::answering(200, &[], br#"{"Success": true, "NeedPrecheck": true}"#);
    let endpoint = server.endpoint();
    let start = format!("--endpoint {endpoint} --plan p --instance rm-1 --database orders");
    let oracle = format!("{start} --user backup --database-type Oracle");
    let mysql = format!("{start} --user backup --database-type MySQL");
    let run_with = |arguments: &str| {
        let mut variables = KEY.to_vec();
        variables.extend([("ARGUMENTS", arguments), ("SOURCE_PASSWORD", PASSWORD)]);
        run("change_endpoint", &variables)
    };
    let shown = run_with(&oracle);
    assert!(shown.contains("`SourceEndpointOracleSID` is required"), "{shown}");
    assert!(server.seen().is_empty());
    let shown = run_with(&mysql);
    assert!(shown.contains("Ok(\"changed; start the plan again"), "{shown}");
    assert!(server.seen()[0].contains("&SourceEndpointPassword=planted-password%20%26%22%C3%A9&"));
}

#[test]
fn a_builder_shows_no_key() {
    assert!(!format!("{:?}", builder("https://dbs.example.com")).contains(PLANTED));
}
