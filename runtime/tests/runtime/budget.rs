//! What the calls of a client may spend on attempts after the first, in time that passes only while
//! everybody waits.

use std::time::Duration;

use crate::scripted::{Reply, Scripted, builder, request, status};
use crate::service::{Client, ClientBuilder, ErrorKind};
use alibabacloud_runtime::session::Session;

/// How many attempts each of so many calls makes.
async fn attempts(client: &Client, transport: &Scripted, calls: usize) -> Vec<usize> {
    let mut made = Vec::new();
    for _ in 0..calls {
        let before = transport.attempts();
        // Whether it succeeds is what the reply says.
        let _ = client.create_get_db_list_from_agent_task(request()).await;
        made.push(transport.attempts() - before);
    }
    made
}

fn with(tokens: impl Into<Option<u32>>, replies: &[u16]) -> (Client, Scripted) {
    let replies: Vec<Reply> = replies.iter().map(|code| status(*code)).collect();
    let transport = Scripted::new(replies);
    (builder(&transport).retry_budget(tokens).build().expect("acceptable"), transport)
}

#[tokio::test(start_paused = true)]
async fn calls_that_fail_take_what_there_is_and_then_end_with_the_error_itself() {
    let (client, transport) = with(14, &[503]);
    assert_eq!(attempts(&client, &transport, 3).await, [3, 1, 1]);
    let call = client.create_get_db_list_from_agent_task(request());
    let error = call.await.expect_err("it fails for good");
    assert!(matches!(error.kind(), ErrorKind::Service(_)), "{error:?}");
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
}

#[tokio::test(start_paused = true)]
async fn there_are_500_tokens_unless_something_else_is_said() {
    let transport = Scripted::new([status(503)]);
    let client: Client = builder(&transport).build().expect("acceptable");
    let made = attempts(&client, &transport, 52).await;
    assert!(made[..50].iter().all(|made| *made == 3), "{made:?}");
    assert_eq!(made[50..], [1, 1]);

    let (client, transport) = with(None, &[503]);
    assert!(attempts(&client, &transport, 200).await.iter().all(|made| *made == 3));
    let (client, transport) = with(0, &[503]);
    assert_eq!(attempts(&client, &transport, 2).await, [1, 1]);
}

#[tokio::test(start_paused = true)]
async fn success_brings_back_what_it_took_or_a_little_and_no_more_than_there_was() {
    // Twice the only tokens are spent and come back; then a call fails with them.
    let (client, transport) = with(5, &[503, 200, 503, 200, 503, 503, 503]);
    assert_eq!(attempts(&client, &transport, 4).await, [2, 2, 2, 1]);

    // All are spent; one by one they come back, up to five and no more.
    let (client, transport) =
        with(5, &[&[503, 503][..], &[200; 4], &[503], &[200; 20], &[503]].concat());
    assert_eq!(attempts(&client, &transport, 1).await, [2]);
    assert_eq!(attempts(&client, &transport, 4).await, [1; 4]);
    assert_eq!(attempts(&client, &transport, 1).await, [1], "four are not enough");
    assert_eq!(attempts(&client, &transport, 20).await, [1; 20]);
    assert_eq!(attempts(&client, &transport, 2).await, [2, 1]);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_whose_time_was_up_costs_twice_as_much() {
    let mut transport = Scripted::new([status(200)]);
    transport.takes = Duration::from_secs(3);
    let slow = |tokens: u32| -> Client {
        let builder: ClientBuilder<Client> = builder(&transport);
        let builder = builder.attempt_timeout(Duration::from_secs(2)).retry_budget(tokens);
        builder.build().expect("acceptable")
    };
    assert_eq!(attempts(&slow(20), &transport, 1).await, [3]);
    assert_eq!(attempts(&slow(19), &transport, 2).await, [2, 1]);
}

#[tokio::test(start_paused = true)]
async fn clones_of_a_client_share_a_budget_and_other_clients_have_their_own() {
    let transport = Scripted::new([status(503)]);
    let session = Session::builder().retry_budget(10).build();
    let client =
        || -> Client { builder(&transport).session(&session).build().expect("acceptable") };
    let (one, other) = (client(), client());
    assert_eq!(attempts(&one, &transport, 1).await, [3]);
    assert_eq!(attempts(&one.clone(), &transport, 1).await, [1]);
    assert_eq!(attempts(&other, &transport, 2).await, [3, 1]);
}
