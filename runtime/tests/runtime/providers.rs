//! Providers of credentials that panic or hang, files that never answer, and clocks that are wrong.
//!
//! What is hostile runs on a thread of its own, so that a test fails instead of hanging with it. Each
//! prints its time beside its deadline.

use std::borrow::Cow;
use std::future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::loopback::{PLANTED, Reply, Server, credentials, response};
use crate::service::credentials::{CredentialsError, ProvideCredentials};
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::{BoxFuture, Client, ClientBuilder, Credentials, Error, ErrorKind, blocking};
use crate::sources::{CLI, SHARED, chain, home};

const DEADLINE: Duration = Duration::from_millis(300);

/// Does something that ends at the deadline, on a thread of its own.
fn ends<T: Send + 'static>(what: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let started = Instant::now();
    thread::spawn(move || sender.send(what()));
    let result = receiver.recv_timeout(DEADLINE * 5).expect("it ends in time");
    println!("{:?} of {DEADLINE:?}", started.elapsed());
    result
}

/// Makes calls at the same time, on a runtime that ends with them.
fn call(client: &Client, times: usize) -> Vec<Result<Option<i64>, Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("there is a runtime");
    let calls: Vec<_> = (0..times)
        .map(|_| {
            let call = client.create_get_db_list_from_agent_task(Request::new(160_813));
            runtime.spawn(call.into_future())
        })
        .collect();
    let ended = calls.into_iter().map(|call| {
        let answer = runtime.block_on(call).expect("no call panics");
        Ok(answer?.task_id)
    });
    ended.collect()
}

fn fails(client: &Client) -> Error {
    shown(call(client, 1).remove(0).expect_err("there are no credentials"))
}

/// An error that shows no secret.
fn shown(error: Error) -> Error {
    assert!(!format!("{error} {error:?}").contains(PLANTED), "{error:?}");
    error
}

fn server() -> Server {
    Server::answering(200, &[], br#"{"TaskId": 7}"#)
}

fn client(server: &Server, provider: impl ProvideCredentials + 'static) -> Client {
    build(Client::builder(), server, provider)
}

fn build<C>(
    builder: ClientBuilder<C>,
    server: &Server,
    provider: impl ProvideCredentials + 'static,
) -> C
where
    C: TryFrom<alibabacloud_runtime::client::Client>,
    Error: From<C::Error>,
{
    let builder = builder.endpoint(server.endpoint()).credentials(provider).timeout(DEADLINE);
    builder.build().expect("the settings are acceptable")
}

/// Fails once in its own way, and then gives out credentials.
#[derive(Debug)]
struct Vault {
    asked: AtomicUsize,
    first: fn() -> BoxFuture<'static, Result<Credentials, CredentialsError>>,
}

impl Vault {
    fn new(first: fn() -> BoxFuture<'static, Result<Credentials, CredentialsError>>) -> Self {
        Self { asked: AtomicUsize::new(0), first }
    }
}

impl ProvideCredentials for Vault {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        match self.asked.fetch_add(1, Ordering::SeqCst) {
            0 => (self.first)(),
            _ => Box::pin(async { Ok(credentials()) }),
        }
    }
}

fn panics_at_once() -> BoxFuture<'static, Result<Credentials, CredentialsError>> {
    panic!("planted-secret, on purpose")
}

fn panics_later() -> BoxFuture<'static, Result<Credentials, CredentialsError>> {
    Box::pin(async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        panic!("planted-secret, on purpose")
    })
}

fn hangs() -> BoxFuture<'static, Result<Credentials, CredentialsError>> {
    Box::pin(future::pending())
}

#[test]
fn a_provider_that_panics_is_named_and_asked_again() {
    for first in [panics_at_once, panics_later] {
        let server = server();
        let client = client(&server, Vault::new(first));
        let (error, next) = ends(move || (fails(&client), call(&client, 1).remove(0)));
        assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
        let expected = "`runtime::providers::Vault` panicked when it was asked for credentials";
        assert_eq!(error.to_string(), expected);
        assert_eq!((error.attempts(), error.is_retryable()), (0, false));
        assert_eq!(next.expect("it has them now"), Some(7));
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn a_provider_that_hangs_is_named_and_asked_again() {
    let server = server();
    let client = client(&server, Vault::new(hangs));
    let (error, next) = ends(move || (fails(&client), call(&client, 1).remove(0)));
    let ErrorKind::Timeout(timeout) = error.kind() else { panic!("{error:?}") };
    assert_eq!(timeout.provider.as_deref(), Some("runtime::providers::Vault"));
    assert_eq!(error.to_string(), "no credentials from `runtime::providers::Vault` within 300ms");
    assert_eq!((error.attempts(), error.is_retryable()), (0, true));
    assert_eq!(next.expect("it has them now"), Some(7));
}

#[test]
fn without_async_they_are_named_as_well() {
    for (first, expected) in [
        (panics_at_once as fn() -> _, "`runtime::providers::Vault` panicked"),
        (panics_later, "`runtime::providers::Vault` panicked"),
        (hangs, "no credentials from `runtime::providers::Vault`"),
    ] {
        let server = server();
        let client = build(blocking::Client::builder(), &server, Vault::new(first));
        let send = move || {
            let call = || client.create_get_db_list_from_agent_task(Request::new(1)).send();
            (call().map(|answer| answer.task_id), call().map(|answer| answer.task_id))
        };
        let (error, next) = ends(send);
        let error = shown(error.expect_err("there are no credentials"));
        assert!(error.to_string().starts_with(expected), "{error}");
        assert_eq!(next.expect("it has them now"), Some(7));
    }
}

/// Has a name of its own.
#[derive(Debug)]
struct Named;

impl ProvideCredentials for Named {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        hangs()
    }

    fn name(&self) -> Cow<'_, str> {
        "the vault in the cellar".into()
    }
}

#[test]
fn a_provider_may_say_what_it_is_called() {
    let server = server();
    let client = client(&server, Named);
    let error = ends(move || fails(&client));
    assert_eq!(error.to_string(), "no credentials from `the vault in the cellar` within 300ms");
}

#[test]
fn calls_that_ask_at_the_same_time_all_read_the_file() {
    let home = home(&[(".alibabacloud/credentials", SHARED)]);
    let server = server();
    let client = client(&server, chain(home.path(), &[]));
    let answers = ends(move || call(&client, 50));
    assert!(answers.iter().all(|answer| matches!(answer, Ok(Some(7)))), "{answers:?}");
}

/// The dates that requests carry whose clock says these times, one after the other.
fn dates(times: Vec<SystemTime>) -> Vec<String> {
    let server = Server::start(vec![
        Reply::Bytes(response(503, &[], b"")),
        Reply::Bytes(response(200, &[], b"{}")),
    ]);
    let asked = Arc::new(AtomicUsize::new(0));
    let client = server.builder().clock(move || {
        let position = asked.fetch_add(1, Ordering::SeqCst);
        times[position.min(times.len() - 1)]
    });
    let client = client.build().expect("the settings are acceptable");
    ends(move || call(&client, 1).remove(0)).expect("the second is answered");
    let seen = server.seen();
    let date = |head: &String| {
        let line = head.lines().find_map(|line| line.strip_prefix("x-acs-date: "));
        line.expect("each request has a date").to_owned()
    };
    seen.iter().map(date).collect()
}

#[test]
fn no_clock_is_too_odd_to_sign_with() {
    let after = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    let before = |seconds| UNIX_EPOCH - Duration::from_secs(seconds);
    for (time, expected) in [
        (after(1_764_255_600), "2025-11-27T15:00:00Z"),
        (before(1), "1969-12-31T23:59:59Z"),
        (before(1 << 40), "0000-01-01T00:00:00Z"),
        (before(i64::MAX as u64), "0000-01-01T00:00:00Z"),
        (after(1 << 40), "9999-12-30T22:00:00Z"),
        (after(i64::MAX as u64), "9999-12-30T22:00:00Z"),
    ] {
        assert_eq!(dates(vec![time]), [expected, expected]);
    }
}

#[test]
fn a_clock_that_is_put_back_is_believed() {
    let after = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    let expected = ["2025-11-27T15:00:00Z", "1970-01-01T00:00:09Z"];
    assert_eq!(dates(vec![after(1_764_255_600), after(9)]), expected);
}

#[cfg(unix)]
mod pipes {
    //! Files that never answer.

    use std::fs::{self, File};
    use std::io::Write as _;
    use std::path::Path;
    use std::process::Command;

    use super::{
        CLI, Client, DEADLINE, ErrorKind, Request, blocking, build, call, chain, client, ends,
        fails, home, server,
    };

    /// A home folder with a pipe in the place of a file.
    fn pipe(path: &str) -> tempfile::TempDir {
        let home = home(&[(path, "")]);
        let path = home.path().join(path);
        fs::remove_file(&path).expect("it is there");
        let made = Command::new("mkfifo").arg(&path).status().expect("there is `mkfifo`");
        assert!(made.success());
        home
    }

    /// How many threads of this process read files of keys.
    #[cfg(target_os = "linux")]
    fn readers() -> usize {
        let threads = fs::read_dir("/proc/self/task").expect("there are threads");
        let names =
            threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("comm")).ok());
        names.filter(|name| name.starts_with("alibabacloud-fi")).count()
    }

    #[cfg(target_os = "linux")]
    #[test]
    #[ignore = "run by other tests, in a process of its own"]
    fn many_calls_on_a_pipe() {
        let server = server();
        let client = Client::builder().endpoint(server.endpoint()).timeout(DEADLINE).build();
        let client = client.expect("the settings are acceptable");
        let path =
            Path::new(&std::env::var("HOME").expect("it is told")).join(".aliyun/config.json");
        for _ in 0..2 {
            let client = client.clone();
            let expected = format!("DefaultChain, reading {}", path.display());
            for result in ends(move || call(&client, 20)) {
                let error = result.expect_err("nobody fills it");
                let ErrorKind::Timeout(timeout) = error.kind() else { panic!("{error:?}") };
                assert_eq!(timeout.provider.as_deref(), Some(&*expected));
            }
            assert_eq!(readers(), 1);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn calls_that_wait_for_a_pipe_end_in_time_and_leave_one_thread() {
        let home = pipe(".aliyun/config.json");
        println!(
            "{}",
            crate::process::run(module_path!(), "many_calls_on_a_pipe", home.path(), &[])
        );
    }

    #[test]
    fn a_pipe_that_nobody_fills_holds_up_no_call_and_no_client() {
        for path in [".aliyun/config.json", ".alibabacloud/credentials"] {
            let home = pipe(path);
            let server = server();
            let (asynchronous, without) = (chain(home.path(), &[]), chain(home.path(), &[]));
            let client = client(&server, asynchronous);
            let error = ends(move || fails(&client));
            let expected = format!("DefaultChain, reading {}", home.path().join(path).display());
            let ErrorKind::Timeout(timeout) = error.kind() else { panic!("{error:?}") };
            assert_eq!(timeout.provider.as_deref(), Some(&*expected));

            let client = build(blocking::Client::builder(), &server, without);
            let error = ends(move || {
                let answer = client.create_get_db_list_from_agent_task(Request::new(1)).send();
                answer.expect_err("nobody fills it")
            });
            let ErrorKind::Timeout(timeout) = error.kind() else { panic!("{error:?}") };
            assert_eq!(timeout.provider.as_deref(), Some(&*expected));
            assert!(server.seen().is_empty());
        }
    }

    #[test]
    fn a_pipe_that_is_filled_after_all_is_read_and_so_is_what_takes_its_place() {
        let home = pipe(".aliyun/config.json");
        let path = home.path().join(".aliyun/config.json");
        let server = server();
        let client = client(&server, chain(home.path(), &[]));
        let waiting = client.clone();
        assert!(matches!(ends(move || fails(&waiting)).kind(), ErrorKind::Timeout(_)));

        // The reader of the first call is still there, or this would not open.
        let late = path.clone();
        let mut pipe = ends(move || File::options().write(true).open(late).expect("it is read"));
        fs::remove_file(&path).expect("it is there");
        fs::write(&path, CLI.replace("cli-id", "new-id")).expect("there is room");
        pipe.write_all(CLI.as_bytes()).expect("it is read");
        drop(pipe);
        let answer = ends(move || call(&client, 1).remove(0));
        assert_eq!(answer.expect("there are keys"), Some(7));
        assert!(server.seen()[0].contains("Credential=new-id,"));
    }
}
