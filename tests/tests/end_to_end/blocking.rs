//! Calls without `async`.

use std::time::Duration;

use alibabacloud_dbs::blocking;
use alibabacloud_dbs::operations::{
    CreateGetDbListFromAgentTaskRequest, ModifyBackupSourceEndpointRequest,
};
use alibabacloud_dbs::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_dbs::types::{BackupPlanContext, DatabaseType, SourceEndpointInstanceType};
use alibabacloud_dbs::{BoxFuture, Error, ErrorKind};
use tests::loopback::{Reply, Server, credentials, response};

fn client(server: &Server) -> blocking::Client {
    let builder = blocking::Client::builder().endpoint(server.endpoint());
    builder.credentials(credentials()).build().expect("the settings are acceptable")
}

fn request() -> CreateGetDbListFromAgentTaskRequest {
    CreateGetDbListFromAgentTaskRequest::new(160_813)
}

#[test]
fn a_call_waits_for_its_answer() {
    let server = Server::answering(200, &[], br#"{"TaskId": 7}"#);
    let client = client(&server);
    for _ in 0..2 {
        let response = client.create_get_db_list_from_agent_task(request()).send();
        assert_eq!(response.expect("it is answered").task_id, Some(7));
    }
}

#[test]
fn calls_of_several_threads_are_made_at_the_same_time() {
    let server = Server::start(vec![
        Reply::Hang(Vec::new()),
        Reply::Bytes(response(200, &[], br#"{"TaskId": 7}"#)),
    ]);
    let client = client(&server);
    let hanging = client.clone();
    let hanging = std::thread::spawn(move || {
        let call = hanging.create_get_db_list_from_agent_task(request());
        call.timeout(Duration::from_secs(3600)).send()
    });
    while server.seen().is_empty() {
        std::thread::yield_now();
    }
    let response = client.create_get_db_list_from_agent_task(request()).send();
    assert_eq!(response.expect("it does not wait for the other").task_id, Some(7));
    assert!(!hanging.is_finished());
}

#[tokio::test]
async fn a_call_inside_a_runtime_does_no_harm() {
    let server = Server::answering(200, &[], br#"{"TaskId": 7}"#);
    let client = client(&server);
    let response = client.create_get_db_list_from_agent_task(request()).send();
    assert_eq!(response.expect("it is answered").task_id, Some(7));
    drop(client);
}

#[test]
fn the_surface_is_the_same() {
    let server = Server::answering(200, &[], b"{}");
    let client = client(&server);
    let request = ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Rds)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-1")
        .backup_objects([]);
    let oracle = BackupPlanContext::new().database_type(DatabaseType::Oracle);
    let send = |request: &ModifyBackupSourceEndpointRequest| {
        client.modify_backup_source_endpoint(request.clone())
    };
    assert!(send(&request).send().is_ok());
    let error = send(&request).context(&oracle).send().expect_err("rules of Oracle are broken");
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error:?}");
    assert!(send(&request).context(&oracle).skip_validation().send().is_ok());
    assert!(send(&request).skip_validation().context(&oracle).send().is_ok());
    assert_eq!(server.seen().len(), 3);

    let server = Server::start(vec![Reply::Hang(Vec::new())]);
    let client = self::client(&server);
    let call = client.modify_backup_source_endpoint(request).timeout(Duration::from_millis(50));
    assert!(matches!(call.send().as_ref().map_err(Error::kind), Err(ErrorKind::Timeout(_))));
}

#[test]
fn a_builder_without_a_region_is_refused() {
    assert!(matches!(
        blocking::Client::builder().build().as_ref().map_err(Error::kind),
        Err(ErrorKind::Endpoint(_))
    ));
}

#[derive(Debug)]
struct Panics;

impl Transport for Panics {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        panic!("on purpose")
    }
}

#[test]
fn a_transport_that_panics_takes_one_call_with_it() {
    let builder = blocking::Client::builder().region("cn-hangzhou").credentials(credentials());
    let client = builder.transport(Panics).build().expect("the settings are acceptable");
    for _ in 0..2 {
        let error = client.create_get_db_list_from_agent_task(request()).send();
        let error = error.expect_err("there is no answer").to_string();
        assert_eq!(error, "the connection failed before a response: the transport panicked");
    }
}
