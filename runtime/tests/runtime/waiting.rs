//! How long it is asked for something to come to its end, and what ends that: in time that passes only
//! while everybody waits.

use std::future::IntoFuture as _;
use std::time::Duration;

use crate::scripted::{Reply, Scripted, builder, client};
use crate::service::error::ErrorKind;
use crate::service::operations::{ListTasksRequest, ListTasksResponse};
use crate::service::transport::{HttpResponse, TransportError, TransportErrorKind};
use crate::service::{Client, Error, blocking};
use alibabacloud_runtime::wait::{Wait, WaitEnd, WaitError};
use tokio::time::timeout;

const MINUTE: Duration = Duration::from_secs(60);

fn answer(body: &str) -> Reply {
    Ok(HttpResponse::new(200, body))
}

/// An answer with tasks in these states, each with an end unless it runs.
fn tasks(states: &[&str]) -> Reply {
    let task = |state: &&str| match *state {
        "running" => format!(r#"{{"State": "{state}"}}"#),
        state => format!(r#"{{"State": "{state}", "End": "1"}}"#),
    };
    let tasks: Vec<String> = states.iter().map(task).collect();
    answer(&format!(r#"{{"RequestId": "R-1", "Items": [{}]}}"#, tasks.join(", ")))
}

fn refused(status: u16, code: &str) -> Reply {
    Ok(HttpResponse::new(status, format!(r#"{{"Code": "{code}"}}"#)))
}

fn broken() -> Reply {
    Err(TransportError::new(TransportErrorKind::Connect, "on purpose"))
}

fn all_done(transport: &Scripted) -> Wait<ListTasksRequest> {
    client(transport).wait_until_all_done(ListTasksRequest::new("p"))
}

type End = Result<ListTasksResponse, WaitError<ListTasksResponse>>;

/// What a waiting comes to on an answer that goes on for ever.
fn verdict(end: End) -> &'static str {
    match end {
        Ok(_) => "succeeded",
        Err(error) if error.is_failure() => "failed",
        Err(error) if error.is_timeout() => "open",
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test(start_paused = true)]
async fn which_elements_count_is_said_and_an_empty_list_tells_nothing() {
    for (states, all, any, first) in [
        (&[][..], "open", "open", "open"),
        (&["done"], "succeeded", "succeeded", "succeeded"),
        (&["DONE"], "succeeded", "succeeded", "succeeded"),
        (&["skipped"], "succeeded", "open", "open"),
        (&["failed"], "failed", "failed", "failed"),
        (&["running", "done"], "open", "succeeded", "open"),
        (&["done", "running"], "open", "succeeded", "succeeded"),
        (&["done", "skipped"], "succeeded", "succeeded", "succeeded"),
        (&["done", "failed"], "failed", "succeeded", "succeeded"),
        (&["running", "failed"], "failed", "open", "open"),
        (&["failed", "failed"], "failed", "failed", "failed"),
        (&["done", "unheard-of"], "open", "succeeded", "succeeded"),
    ] {
        let transport = Scripted::new([tasks(states)]);
        let client: Client = client(&transport);
        let request = || ListTasksRequest::new("p");
        let found = [
            verdict(client.wait_until_all_done(request()).await),
            verdict(client.wait_until_any_done(request()).await),
            verdict(client.wait_until_first_done(request()).await),
        ];
        assert_eq!(found, [all, any, first], "{states:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn all_tests_of_a_state_have_to_hold() {
    for (body, expected) in [
        (r#"{"Progress": 100, "Note": "n"}"#, "succeeded"),
        (r#"{"Progress": "100", "Note": "n"}"#, "succeeded"),
        (r#"{"Progress": 99, "Note": "n"}"#, "open"),
        (r#"{"Progress": 100, "Note": ""}"#, "open"),
        (r#"{"Progress": 100, "Note": null}"#, "open"),
        (r#"{"Progress": 100}"#, "open"),
        ("{}", "open"),
    ] {
        let transport = Scripted::new([answer(body)]);
        let end = client(&transport).wait_until_noted(ListTasksRequest::new("p")).await;
        assert_eq!(verdict(end), expected, "{body}");
    }
    // A state without its end is none yet.
    let transport = Scripted::new([answer(r#"{"Items": [{"State": "done"}]}"#)]);
    assert_eq!(verdict(all_done(&transport).await), "open");
}

#[tokio::test(start_paused = true)]
async fn it_is_asked_until_the_state_is_reached_and_what_may_pass_does_not_end_it() {
    let transport = Scripted::new([
        tasks(&["running"]),
        refused(429, "Throttling"),
        refused(429, "Throttling"),
        refused(429, "Throttling"),
        broken(),
        broken(),
        broken(),
        refused(503, "ServiceUnavailable"),
        tasks(&["running"]),
        tasks(&["done"]),
    ]);
    let answer = all_done(&transport).await.expect("it is done at last");
    assert_eq!(answer.items.len(), 1);
    assert_eq!(transport.attempts(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_state_of_failure_ends_it_with_the_answer() {
    let transport = Scripted::new([tasks(&["running"]), tasks(&["done", "failed"])]);
    let error = all_done(&transport).await.expect_err("one has failed");
    assert!(error.is_failure() && !error.is_timeout() && error.call_error().is_none());
    assert_eq!(
        error.to_string(),
        "waiting for `all_done` by `ListTasks` came to a failure: `State` is `done`, `State` is `failed` \
         (2 questions)"
    );
    assert_eq!(error.answer().map(|answer| answer.items.len()), Some(2));
    let answer = error.into_answer().expect("there was one");
    assert_eq!(answer.request_id.as_deref(), Some("R-1"));
}

#[tokio::test(start_paused = true)]
async fn the_time_is_that_of_the_whole_waiting() {
    let transport = Scripted::new([tasks(&["running"])]);
    let error = all_done(&transport).timeout(MINUTE).await.expect_err("it never ends");
    let stopped = error.stopped().expect("no call failed");
    assert_eq!(stopped.end, WaitEnd::TimedOut { after: MINUTE });
    assert_eq!(stopped.seen, [("State", "running".to_owned())]);
    assert_eq!(stopped.questions as usize, transport.attempts());
    let passed: Duration = transport.pauses().iter().sum();
    assert!(passed < MINUTE, "{passed:?}");
    // The last pause is shortened, so that hardly any of the time is lost.
    assert!(passed > MINUTE * 8 / 10, "{passed:?}");
    assert!(error.answer().is_some());

    // A question that is not answered in time is not waited for.
    let mut transport = Scripted::new([tasks(&["done"])]);
    transport.takes = MINUTE * 2;
    let error = builder::<Client>(&transport)
        .timeout(MINUTE * 10)
        .build()
        .expect("acceptable")
        .wait_until_all_done(ListTasksRequest::new("p"))
        .timeout(MINUTE)
        .await
        .expect_err("the answer takes too long");
    assert_eq!(
        error.to_string(),
        "waiting for `all_done` by `ListTasks` took longer than 60s (0 questions)"
    );
    assert!(error.is_timeout() && error.answer().is_none());
}

#[tokio::test(start_paused = true)]
async fn when_the_time_is_up_the_last_error_is_told_beside_the_last_answer() {
    let transport = Scripted::new([tasks(&["running"]), refused(429, "Throttling")]);
    let error = all_done(&transport).await.expect_err("it is throttled for ever");
    assert!(error.is_timeout());
    assert_eq!(error.call_error().and_then(Error::code), Some("Throttling"));
    assert!(error.to_string().contains("; the last one failed: "), "{error}");
    assert!(error.answer().is_some());
}

#[tokio::test(start_paused = true)]
async fn any_other_error_of_a_call_ends_it_at_once() {
    let transport = Scripted::new([tasks(&["running"]), refused(403, "Forbidden.RAM")]);
    let error = all_done(&transport).await.expect_err("nobody may ask");
    assert!(!error.is_failure() && !error.is_timeout() && error.stopped().is_none());
    assert_eq!(error.call_error().and_then(Error::code), Some("Forbidden.RAM"));
    assert!(error.answer().is_some());
    assert_eq!(Error::from(error).code(), Some("Forbidden.RAM"));
    assert_eq!(transport.attempts(), 2);

    // A request that breaks rules is never sent.
    let transport = Scripted::new([tasks(&["done"])]);
    let wait = client(&transport).wait_until_all_done(ListTasksRequest::new("far too long"));
    let error = Error::from(wait.await.expect_err("the plan's name is too long"));
    assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error}");
    assert_eq!(transport.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_up_to_a_limit_and_up_to_a_half_of_each_is_left_out() {
    let mut gaps = [const { Vec::new() }; 4];
    for _ in 0..100 {
        let transport = Scripted::new([tasks(&["running"])]);
        let (first, longest) = (Duration::from_secs(4), Duration::from_secs(8));
        let _ = all_done(&transport).pauses(first, longest).await.expect_err("it never ends");
        for (gaps, gap) in gaps.iter_mut().zip(transport.pauses()) {
            gaps.push(gap.as_millis());
        }
    }
    for (gaps, limit) in gaps.iter().zip([4000, 6000, 8000, 8000]) {
        assert_eq!(gaps.len(), 100);
        // Each half is missed by all 100 with a probability of 2^-100.
        assert!(gaps.iter().all(|gap| (limit / 2..=limit + 1).contains(gap)), "{gaps:?}");
        assert!(gaps.iter().any(|gap| *gap < limit * 3 / 4), "{gaps:?}");
        assert!(gaps.iter().any(|gap| *gap > limit * 3 / 4), "{gaps:?}");
    }
    // Nobody's numbers are too large.
    let transport = Scripted::new([tasks(&["running"]), tasks(&["done"])]);
    let wait = all_done(&transport).timeout(Duration::MAX).pauses(MINUTE, Duration::MAX);
    wait.await.expect("it is done at last");
}

#[tokio::test(start_paused = true)]
async fn the_service_may_ask_for_a_longer_pause() {
    let throttled = HttpResponse::new(429, "{}").with_header("Retry-After", "100");
    let transport = Scripted::new([Ok(throttled), tasks(&["done"])]);
    let client: Client = builder(&transport).max_attempts(1).build().expect("acceptable");
    client.wait_until_all_done(ListTasksRequest::new("p")).await.expect("it is done at last");
    let pause = transport.pauses()[0].as_secs();
    assert!((100..=101).contains(&pause), "{pause}");
}

#[tokio::test(start_paused = true)]
async fn who_drops_it_ends_it() {
    let transport = Scripted::new([tasks(&["running"])]);
    let waiting = all_done(&transport).into_future();
    assert!(timeout(MINUTE, waiting).await.is_err(), "it never ends");
    let asked = transport.attempts();
    assert!(asked > 1);
    tokio::time::sleep(MINUTE * 60).await;
    assert_eq!(transport.attempts(), asked);
    drop(all_done(&transport));
    assert_eq!(transport.attempts(), asked);
}

#[test]
fn programs_without_async_wait_as_well() {
    let transport = Scripted::new([tasks(&["running"]), tasks(&["done"]), tasks(&["failed"])]);
    let client: blocking::Client = builder(&transport).build().expect("acceptable");
    let wait = || {
        let wait = client.wait_until_all_done(ListTasksRequest::new("p"));
        wait.timeout(MINUTE).pauses(Duration::ZERO, Duration::ZERO)
    };
    assert_eq!(wait().send().expect("it is done").items.len(), 1);
    assert!(wait().send().expect_err("it has failed").is_failure());
}

#[tokio::test(start_paused = true)]
async fn no_end_shows_a_secret() {
    let planted = "planted-secret-7d1";
    let state = format!(
        r#"{{"Note": "{planted}", "RequestId": "{planted}", "Items": [{{"State": "{planted}"}}, {{"State": "failed"}}]}}"#
    );
    let refusal = format!(r#"{{"Code": "Forbidden", "Message": "not with {planted}"}}"#);
    let throttled = format!(r#"{{"Code": "Throttling", "Message": "not with {planted}"}}"#);
    for replies in [
        vec![answer(&state)],
        vec![answer(&state.replace("failed", "running"))],
        vec![answer("{}"), Ok(HttpResponse::new(403, refusal))],
        vec![answer("{}"), Ok(HttpResponse::new(429, throttled))],
    ] {
        let transport = Scripted::new(replies);
        let request = ListTasksRequest::new("p").password(planted);
        let wait = client(&transport).wait_until_all_done(request);
        let mut shown = vec![format!("{wait:?}")];
        let error = wait.await.expect_err("no task is done");
        shown.extend([error.to_string(), format!("{error:?}"), format!("{:?}", error.stopped())]);
        let error = Error::from(error);
        shown.extend([error.to_string(), format!("{error:?}")]);
        for shown in shown {
            assert!(!shown.contains(planted), "{shown}");
        }
    }
}
