//! Many calls at a time on one client: all are answered, over no more connections than allowed, and
//! nothing is left behind.

use std::time::Duration;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::CreateGetDbListFromAgentTaskRequest;
use allocation_counter::measure;
use tests::fast::Service;
use tests::logs;
use tests::loopback::builder;
use tokio::runtime::{self, Runtime};
use tokio::task::JoinSet;

const CALLS: i64 = 1_000;

/// Repeats the gateway's id as the task's, so that answers cannot be mixed up unseen.
fn service() -> Service {
    Service::start(|head| {
        let (_, id) = head.split_once("BackupGatewayId=").expect("it is a parameter");
        let id: String = id.chars().take_while(char::is_ascii_digit).collect();
        format!(r#"{{"TaskId": {id}}}"#)
    })
}

fn runtime() -> Runtime {
    // One thread, so that all allocations of the calls are counted.
    runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts")
}

async fn many_calls(client: &Client) {
    let mut calls = JoinSet::new();
    for id in 0..CALLS {
        let client = client.clone();
        calls.spawn(async move {
            let request = CreateGetDbListFromAgentTaskRequest::new(id);
            let response = client.create_get_db_list_from_agent_task(request).await;
            assert_eq!(response.expect("it is answered").task_id, Some(id));
        });
    }
    let mut answered = 0;
    while let Some(call) = calls.join_next().await {
        call.expect("its answer is its own");
        answered += 1;
    }
    assert_eq!(answered, CALLS);
}

#[test]
fn a_thousand_calls_share_the_connections_that_are_allowed() {
    let service = service();
    let builder = builder(&service.endpoint());
    let client = builder.max_connections(8).build().expect("the settings are acceptable");
    let runtime = runtime();
    for _ in 0..3 {
        runtime.block_on(many_calls(&client));
        assert!(service.connections() <= 8, "{} connections", service.connections());
    }
}

#[test]
fn calls_leave_no_memory_behind() {
    // Whether another test listens meanwhile or not, spans have their memory before it is counted.
    logs::record();
    let service = service();
    let builder = builder(&service.endpoint());
    let client = builder.max_connections(8).build().expect("the settings are acceptable");
    let runtime = runtime();
    runtime.block_on(many_calls(&client));
    let memory = measure(|| {
        for _ in 0..5 {
            runtime.block_on(many_calls(&client));
        }
    });
    println!("{} bytes more after {} calls more", memory.bytes_current, 5 * CALLS);
    // Each connection may still make a buffer larger, once; 32 bytes a call would be too much.
    assert!(memory.bytes_current < 8 * 20_000, "{memory:?}");
}

#[test]
fn sixty_four_connections_are_allowed_when_nothing_is_said() {
    let service = service();
    let client = builder(&service.endpoint()).build();
    runtime().block_on(many_calls(&client.expect("the settings are acceptable")));
    assert!(service.connections() <= 64, "{} connections", service.connections());
}

/// How many connections two calls take, one after the other.
fn connections_of_two_calls(idle: Option<Duration>) -> usize {
    let service = service();
    let mut builder = builder(&service.endpoint());
    if let Some(idle) = idle {
        builder = builder.pool_idle_timeout(idle);
    }
    let client = builder.build().expect("the settings are acceptable");
    runtime().block_on(async {
        for id in 0..2 {
            let request = CreateGetDbListFromAgentTaskRequest::new(id);
            client.create_get_db_list_from_agent_task(request).await.expect("it is answered");
        }
    });
    service.connections()
}

#[test]
fn a_connection_is_used_again_unless_it_was_idle_for_too_long() {
    assert_eq!(connections_of_two_calls(None), 1);
    assert_eq!(connections_of_two_calls(Some(Duration::from_secs(3600))), 1);
    assert_eq!(connections_of_two_calls(Some(Duration::ZERO)), 2);
}
