//! What somebody who knows a service says of its errors, and what follows from it.

use std::sync::{Arc, Mutex};

use crate::retries::{Plain, code};
use crate::scripted::{Scripted, builder, status};
use alibabacloud_runtime::client;
use alibabacloud_runtime::retry::Retry;

/// How many attempts an operation makes that does harm when it is repeated, and one that reads.
async fn attempts(replied: u16, found: &str, said: Retry) -> [usize; 2] {
    let transport = Scripted::new([code(replied, found)]);
    let client: client::Client =
        builder(&transport).classify(move |_| said).build().expect("acceptable");
    let error = client.call(Plain::<false, false> { token: None }).await;
    let writes = transport.attempts();
    assert_eq!(error.expect_err("it fails for good").attempts() as usize, writes);
    client.call(Plain::<true, false> { token: None }).await.expect_err("it fails for good");
    [writes, transport.attempts() - writes]
}

#[tokio::test(start_paused = true)]
async fn what_is_said_of_an_error_decides_and_harm_is_done_only_on_somebodys_word() {
    for (replied, found, said, expected) in [
        (400, "FlowLimit", Retry::Default, [1, 1]),
        (400, "FlowLimit", Retry::Never, [1, 1]),
        (400, "FlowLimit", Retry::IfHarmless, [1, 3]),
        (400, "FlowLimit", Retry::NotDone, [3, 3]),
        (429, "Throttling", Retry::Default, [3, 3]),
        (429, "Throttling", Retry::Never, [1, 1]),
        (429, "Throttling", Retry::IfHarmless, [1, 3]),
        (503, "Busy", Retry::Default, [1, 3]),
        (503, "Busy", Retry::Never, [1, 1]),
        (503, "Busy", Retry::NotDone, [3, 3]),
    ] {
        assert_eq!(attempts(replied, found, said).await, expected, "{replied} {found} {said:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_is_asked_sees_each_error_and_cannot_ask_for_more_attempts_than_there_are() {
    let transport = Scripted::new([code(400, "One"), code(400, "Two"), code(400, "Three")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let asked = Arc::clone(&seen);
    let client: client::Client = builder(&transport)
        .classify(move |error| {
            let code = error.code().unwrap_or_default().to_owned();
            asked.lock().expect("nobody panics").push((code, error.attempts()));
            Retry::NotDone
        })
        .build()
        .expect("acceptable");
    let error = client.call(Plain::<false, false> { token: None }).await.expect_err("for good");
    assert_eq!((error.code(), error.attempts()), (Some("Three"), 3));
    let seen = seen.lock().expect("nobody panics");
    assert_eq!(*seen, [("One".to_owned(), 1), ("Two".to_owned(), 2), ("Three".to_owned(), 3)]);
}

#[tokio::test(start_paused = true)]
async fn success_is_no_question() {
    let transport = Scripted::new([status(200)]);
    let client: client::Client = builder(&transport)
        .classify(|error| panic!("there is no error: {error}"))
        .build()
        .expect("acceptable");
    client.call(Plain::<true, false> { token: None }).await.expect("it is answered");
}
