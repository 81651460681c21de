//! Credentials that end: when they are replaced, by whom, and what happens when that fails.
//!
//! Time is set, and a provider answers when a test says so; nothing here sleeps.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;
use tokio::task::yield_now;

use crate::deadlines::{LONG, within};
use crate::loopback::{PLANTED, Reply, SECRET, Server, TOKEN, response};
use crate::service::credentials::{Cached, CredentialsError, ProvideCredentials};
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::{BoxFuture, Client, Credentials};
use crate::sources::at;

const START: u64 = 1_750_000_000;
const HOUR: u64 = 3600;

type Outcome = Result<Credentials, CredentialsError>;

/// A clock that a test sets.
#[derive(Clone)]
struct Time(Arc<AtomicU64>);

impl Time {
    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(START)))
    }

    fn set(&self, after: u64) {
        self.0.store(START + after, Ordering::SeqCst);
    }
}

/// Gives out what it was told to, each when it is let to.
#[derive(Debug, Clone)]
struct Vault {
    given: Arc<Mutex<VecDeque<Outcome>>>,
    asked: Arc<AtomicUsize>,
    /// A permit for each answer.
    gate: Arc<Semaphore>,
}

impl Vault {
    fn new(given: impl IntoIterator<Item = Outcome>) -> Self {
        let given = Arc::new(Mutex::new(given.into_iter().collect()));
        Self { given, asked: Arc::default(), gate: Arc::new(Semaphore::new(0)) }
    }

    fn open(self) -> Self {
        self.gate.add_permits(1000);
        self
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn cached(&self, time: &Time) -> Cached<Self> {
        let time = time.clone();
        Cached::by_clock(self.clone(), move || at(time.0.load(Ordering::SeqCst)))
    }
}

impl ProvideCredentials for Vault {
    fn provide(&self) -> BoxFuture<'_, Outcome> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            self.gate.acquire().await.expect("it is never closed").forget();
            self.given.lock().expect("no holder panics").pop_front().expect("there is one more")
        })
    }
}

/// Credentials that end so long after the start.
fn until(id: &str, after: u64) -> Outcome {
    let keys = Credentials::new(id, SECRET).with_security_token(TOKEN);
    Ok(keys.with_expiration(at(START + after)))
}

fn sealed() -> Outcome {
    Err(CredentialsError::new("the vault is sealed"))
}

fn id(outcome: &Outcome) -> &str {
    match outcome {
        Ok(credentials) => credentials.access_key_id().expect("it is a key"),
        Err(error) => panic!("{error}"),
    }
}

/// Lets whatever is ready run: the runtime has one thread, and tasks take their turns.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

#[tokio::test]
async fn a_thousand_calls_ask_once() {
    let (vault, time) = (Vault::new([until("one", HOUR)]), Time::new());
    let cached = vault.cached(&time);
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let cached = cached.clone();
            tokio::spawn(async move { cached.provide().await })
        })
        .collect();
    settle().await;
    assert_eq!(vault.asked(), 1);
    vault.gate.add_permits(1);
    for call in calls {
        assert_eq!(id(&call.await.expect("no call panics")), "one");
    }
    assert_eq!(id(&cached.provide().await), "one");
    assert_eq!(vault.asked(), 1);
}

#[tokio::test]
async fn calls_go_on_with_old_keys_while_new_ones_are_asked_for() {
    let (vault, time) = (Vault::new([until("one", HOUR), until("two", 2 * HOUR)]), Time::new());
    let cached = vault.cached(&time);
    vault.gate.add_permits(1);
    assert_eq!(id(&cached.provide().await), "one");
    // Nobody asks earlier than half as much before as is usual, and everybody does then.
    time.set(HOUR - 15 * 60 * 3 / 2 - 1);
    assert_eq!(id(&cached.provide().await), "one");
    settle().await;
    assert_eq!(vault.asked(), 1);
    time.set(HOUR - 15 * 60);
    for _ in 0..1000 {
        assert_eq!(id(&cached.provide().await), "one");
    }
    settle().await;
    assert_eq!(vault.asked(), 2);
    vault.gate.add_permits(1);
    settle().await;
    assert_eq!(id(&cached.provide().await), "two");
    assert_eq!(vault.asked(), 2);
}

#[tokio::test]
async fn keys_that_last_a_quarter_of_an_hour_are_replaced_in_their_last_quarter() {
    let given = [until("one", 900), until("two", HOUR)];
    let (vault, time) = (Vault::new(given).open(), Time::new());
    let cached = vault.cached(&time);
    assert_eq!(id(&cached.provide().await), "one");
    time.set(900 - 225 * 3 / 2 - 1);
    assert_eq!(id(&cached.provide().await), "one");
    settle().await;
    assert_eq!(vault.asked(), 1);
    time.set(900 - 225);
    assert_eq!(id(&cached.provide().await), "one");
    settle().await;
    assert_eq!(id(&cached.provide().await), "two");
}

#[tokio::test]
async fn when_new_ones_are_asked_for_differs() {
    let mut seconds = Vec::new();
    for _ in 0..20 {
        let (vault, time) =
            (Vault::new([until("one", HOUR), until("two", HOUR)]).open(), Time::new());
        let cached = vault.cached(&time);
        cached.provide().await.expect("there are keys");
        let due = (HOUR - 15 * 60 * 3 / 2..).find(|after| {
            time.set(*after);
            let mut call = cached.provide();
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            let ready = call.as_mut().poll(&mut context);
            assert!(ready.is_ready());
            tokio::runtime::Handle::current().metrics().num_alive_tasks() > 0
        });
        seconds.extend(due);
        settle().await;
    }
    seconds.sort_unstable();
    seconds.dedup();
    assert!(seconds.len() > 1, "{seconds:?}");
}

#[tokio::test]
async fn old_keys_are_used_while_they_last_when_there_are_no_new_ones() {
    let given =
        [until("one", HOUR), sealed(), sealed(), sealed(), sealed(), until("two", 3 * HOUR)];
    let (vault, time) = (Vault::new(given).open(), Time::new());
    let cached = vault.cached(&time);
    cached.provide().await.expect("there are keys");
    let asks = async |after: u64| {
        time.set(after);
        let given = cached.provide().await;
        settle().await;
        (given.map(|given| given.access_key_id().map(str::to_owned)), vault.asked())
    };
    let one = || Ok(Some("one".to_owned()));
    assert_eq!(asks(HOUR - 600).await, (one(), 2));
    // Not at once again.
    assert_eq!(asks(HOUR - 591).await, (one(), 2));
    assert_eq!(asks(HOUR - 585).await, (one(), 3));
    // About to end: whoever asks waits for new ones, and gets the old ones all the same.
    assert_eq!(asks(HOUR - 1).await, (one(), 4));
    let none = Err(CredentialsError::new("the vault is sealed"));
    assert_eq!(asks(HOUR).await, (none, 5));
    assert_eq!(asks(HOUR).await, (Ok(Some("two".to_owned())), 6));
}

#[tokio::test]
async fn keys_without_an_end_are_kept_for_a_quarter_of_an_hour() {
    let undated = |id: &str| Ok(Credentials::new(id, SECRET));
    let given = [undated("one"), sealed(), undated("two")];
    let (vault, time) = (Vault::new(given).open(), Time::new());
    let cached = vault.cached(&time);
    assert_eq!(id(&cached.provide().await), "one");
    time.set(899);
    assert_eq!(id(&cached.provide().await), "one");
    settle().await;
    assert_eq!(vault.asked(), 1);
    for (after, asked) in [(900, 2), (HOUR, 3)] {
        time.set(after);
        assert_eq!(id(&cached.provide().await), "one");
        settle().await;
        assert_eq!(vault.asked(), asked);
    }
    assert_eq!(id(&cached.provide().await), "two");
}

#[tokio::test]
async fn keys_that_have_ended_are_no_keys() {
    let (vault, time) = (Vault::new([until("one", 0), until("two", 1)]).open(), Time::new());
    let cached = vault.cached(&time);
    let error = cached.provide().await.expect_err("they have ended").to_string();
    let expected = "they expired at 2025-06-15T15:06:40Z, and this machine's clock says \
                    2025-06-15T15:06:40Z";
    assert_eq!(error, expected);
    assert_eq!(id(&cached.provide().await), "two");
}

#[tokio::test]
async fn a_call_that_has_no_more_time_does_not_end_it_for_others() {
    let (vault, time) = (Vault::new([until("one", HOUR)]), Time::new());
    let cached = vault.cached(&time);
    let first = tokio::spawn({
        let cached = cached.clone();
        async move { cached.provide().await }
    });
    settle().await;
    first.abort();
    assert!(first.await.expect_err("it was ended").is_cancelled());
    let second = cached.provide();
    vault.gate.add_permits(1);
    assert_eq!(id(&second.await), "one");
    assert_eq!(vault.asked(), 1);
}

#[test]
fn a_runtime_that_ends_takes_no_other_along() {
    let runtime = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("there is a runtime")
    };
    let (vault, time) = (Vault::new([until("one", HOUR)]), Time::new());
    let cached = vault.cached(&time);
    for ends in [true, false] {
        let first = runtime();
        first.block_on(async {
            tokio::spawn({
                let cached = cached.clone();
                async move { cached.provide().await }
            });
            settle().await;
        });
        if ends {
            drop(first);
        } else {
            // One that rests is not waited for either, and the first permit is its own.
            vault.gate.add_permits(2);
            let second = runtime();
            assert_eq!(id(&second.block_on(cached.provide())), "one");
        }
    }
    assert_eq!(vault.asked(), 3);
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let cached = Cached::new(Credentials::new("id", SECRET));
    let mut call = cached.provide();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!("it waits for nobody")
    };
    assert_eq!(error.to_string(), "a `tokio` runtime is needed to ask for credentials");
}

#[test]
fn on_a_runtime_that_has_ended_there_is_an_error() {
    let (vault, time) = (Vault::new([]), Time::new());
    let cached = vault.cached(&time);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("there is one");
    let handle = runtime.handle().clone();
    drop(runtime);
    let error = handle.block_on(cached.provide()).expect_err("nobody asks").to_string();
    assert_eq!(error, "the `tokio` runtime has ended that asked for credentials");
    assert_eq!(vault.asked(), 0);
}

#[test]
fn nothing_that_is_kept_is_shown() {
    let cached = Cached::new(Credentials::new("planted-id", SECRET).with_security_token(TOKEN));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("there is one");
    runtime.block_on(cached.provide()).expect("there are keys");
    let shown = format!("{cached:?} {cached:#?} {}", cached.name());
    assert!(!shown.contains(PLANTED), "{shown}");
}

/// Answers `refused` to whoever comes with the old keys, and success to all others.
fn service(refusals: usize) -> Server {
    let body = br#"{"Code": "InvalidSecurityToken.Expired", "Message": "refused"}"#;
    let mut replies = vec![Reply::Bytes(response(400, &[], body)); refusals];
    replies.push(Reply::Bytes(response(200, &[], br#"{"TaskId": 7}"#)));
    Server::start(replies)
}

async fn calls(client: &Client, times: usize) {
    let calls: Vec<_> = (0..times)
        .map(|_| {
            tokio::spawn(client.create_get_db_list_from_agent_task(Request::new(1)).into_future())
        })
        .collect();
    for call in calls {
        let answer = within(LONG, "a call", call).await.expect("no call panics");
        assert_eq!(answer.expect("none fails").task_id, Some(7));
    }
}

#[tokio::test]
async fn after_a_service_says_that_keys_have_expired_they_are_given_to_nobody() {
    let (vault, time) = (Vault::new([until("one", HOUR), until("two", HOUR)]).open(), Time::new());
    let server = service(50);
    let client = server.builder().credentials(vault.cached(&time)).build();
    let client = client.expect("the settings are acceptable");
    calls(&client, 50).await;
    assert_eq!(vault.asked(), 2);
    let seen = server.seen();
    assert_eq!(seen.iter().filter(|head| head.contains("Credential=one,")).count(), 50);
    assert_eq!(seen.iter().filter(|head| head.contains("Credential=two,")).count(), 50);
}

#[tokio::test]
async fn keys_that_have_expired_are_no_keys_even_when_there_are_no_others() {
    let (vault, time) =
        (Vault::new([until("one", HOUR), sealed(), until("two", HOUR)]), Time::new());
    let cached = vault.clone().open().cached(&time);
    let one = cached.provide().await.expect("there are keys");
    let error = cached.refresh(&one).await.expect_err("there are no others").to_string();
    assert_eq!(error, "the vault is sealed");
    assert_eq!(id(&cached.provide().await), "two");
    // A call that is late does no harm.
    assert_eq!(id(&cached.refresh(&one).await), "two");
    assert_eq!(vault.asked(), 3);
}

#[tokio::test]
async fn keys_that_end_while_a_thousand_calls_run_are_replaced_once() {
    let vault = Vault::new([until("one", HOUR), until("two", 2 * HOUR)]);
    vault.gate.add_permits(1);
    let reads = AtomicU64::new(0);
    let cached = Cached::by_clock(vault.clone(), move || {
        at(START + if reads.fetch_add(1, Ordering::SeqCst) < 500 { 0 } else { HOUR })
    });
    let server = service(0);
    let client = server.builder().credentials(cached).build().expect("it is acceptable");
    calls(&client, 1).await;
    let running = client.clone();
    let running = tokio::spawn(async move { calls(&running, 1000).await });
    waiting_for(&vault, 2).await;
    settle().await;
    vault.gate.add_permits(1);
    running.await.expect("no call fails");
    assert_eq!(vault.asked(), 2);
    let seen = server.seen();
    assert!(seen.iter().any(|head| head.contains("Credential=one,")));
    assert!(seen.iter().filter(|head| head.contains("Credential=two,")).count() > 400);
}

/// Waits until the vault was asked so often.
async fn waiting_for(vault: &Vault, times: usize) -> usize {
    within(LONG, "the vault", async {
        while vault.asked() < times {
            yield_now().await;
        }
        vault.asked()
    })
    .await
}
