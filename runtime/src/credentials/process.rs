//! A program that prints credentials, as the command line tool's mode `External` runs one.
//!
//! Knows no file format. The program is started without a shell; what it says on its standard error is
//! not looked at, for it may be a secret.

use std::borrow::Cow;
use std::fmt;
use std::io::Read as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::oneshot;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::given::{members, parse, time};
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::BoxFuture;

/// How long it may take.
const TIME: Duration = Duration::from_secs(60);

/// How many bytes it may print.
const LIMIT: u64 = 1 << 20;

/// How long is waited for the end of a program that has closed its output.
const PAUSE: Duration = Duration::from_millis(5);

/// A command with its arguments, which may hold a secret.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Process(pub(super) Zeroizing<String>);

/// Runs it.
#[derive(Clone)]
pub(super) struct ProcessKeys {
    pub(super) process: Process,
}

/// What it prints.
#[derive(Default)]
struct Printed {
    mode: Option<String>,
    access_key_id: Option<String>,
    access_key_secret: Option<SecretString>,
    sts_token: Option<SecretString>,
    expiration: Option<String>,
}

members! {
    Printed:
    mode = "mode",
    access_key_id = "access_key_id",
    access_key_secret = "access_key_secret",
    sts_token = "sts_token",
    expiration = "expiration",
}

impl ProcessKeys {
    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let words = split(&self.process.0).ok_or("the command has a quote without its other half");
        let words = words.map_err(CredentialsError::new)?;
        let Some((program, arguments)) = words.split_first() else {
            return Err(CredentialsError::new("the command is empty"));
        };
        // What follows the program's name may be a secret.
        let program = program.as_str();
        let lack = |why: &str| CredentialsError::new(format!("no keys from `{program}`: {why}"));
        let mut command = Command::new(program);
        command.args(arguments.iter().map(|argument| argument.as_str()));
        let printed = run(command).await.map_err(|why| lack(&why))?;
        let printed: Printed = parse(printed).map_err(|why| lack(&why))?;
        printed.credentials().map_err(|why| lack(&why))
    }
}

impl Printed {
    fn credentials(self) -> Result<Credentials, String> {
        let lacks = |member: &str| format!("the answer has no `{member}`");
        let id = self.access_key_id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| lacks("access_key_id"))?;
        let secret = self.access_key_secret.ok_or_else(|| lacks("access_key_secret"))?;
        let mut credentials = Credentials::new(id, secret);
        match self.sts_token {
            Some(token) => credentials = credentials.with_security_token(token),
            None if self.mode.as_deref() == Some("StsToken") => return Err(lacks("sts_token")),
            None => {}
        }
        if let Some(end) = self.expiration.filter(|end| !end.is_empty()) {
            let end = time(&end).ok_or("the answer's `expiration` is no time")?;
            credentials = credentials.with_expiration(end);
        }
        credentials.check().map_err(|error| error.to_string())?;
        Ok(credentials)
    }
}

/// Runs a program, and ends it when nobody waits any more.
async fn run(mut command: Command) -> Result<Vec<u8>, String> {
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = started.map_err(|error| format!("it cannot be started: {error}"))?;
    let output = child.stdout.take();
    let child = Running(Arc::new(Mutex::new(child)));
    let waited = Arc::clone(&child.0);
    let (sender, receiver) = oneshot::channel();
    // On a thread of its own: a program that prints nothing holds up nobody else.
    let thread = thread::Builder::new().name("alibabacloud-process".to_owned()).spawn(move || {
        let mut printed = Vec::with_capacity(4096);
        let read = output.map(|output| output.take(LIMIT).read_to_end(&mut printed));
        let status = read.transpose().and_then(|_| end(&waited));
        // Nobody waits any more when the time was up.
        let _ = sender.send(status.map(|status| (status, printed)));
    });
    thread.map_err(|error| format!("no thread can be started: {error}"))?;
    let (status, printed) = match timeout(TIME, receiver).await {
        Ok(Ok(Ok(ended))) => ended,
        Ok(Ok(Err(error))) => return Err(format!("it cannot be read: {error}")),
        Ok(Err(_)) => return Err("it ended early".to_owned()),
        Err(_) => return Err(format!("it was not done within {TIME:?}")),
    };
    if status.success() {
        return Ok(printed);
    }
    drop(Zeroizing::new(printed));
    Err(format!("{status}; what it says on its standard error is not shown"))
}

/// Waits for the end of a program, so that whoever wants to end it can do so meanwhile.
fn end(child: &Mutex<Child>) -> std::io::Result<ExitStatus> {
    loop {
        let ended = child.lock().unwrap_or_else(PoisonError::into_inner).try_wait()?;
        match ended {
            Some(status) => return Ok(status),
            None => thread::sleep(PAUSE),
        }
    }
}

/// A program that ends with whoever started it.
struct Running(Arc<Mutex<Child>>);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already is none to end.
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }
}

/// The words of a command, as a shell finds them: white space parts them, unless it stands in quotes or
/// behind a backslash. On Windows backslashes are parts of paths.
fn split(command: &str) -> Option<Vec<Zeroizing<String>>> {
    let mut words = Vec::new();
    let mut word: Option<Zeroizing<String>> = None;
    let mut quote = None;
    let mut rest = command.chars();
    while let Some(found) = rest.next() {
        match (quote, found) {
            (Some(open), found) if found == open => quote = None,
            (None, '"' | '\'') => {
                word.get_or_insert_default();
                quote = Some(found);
            }
            (None | Some('"'), '\\') if !cfg!(windows) => {
                let next = rest.next()?;
                let word = word.get_or_insert_default();
                if quote.is_some() && !matches!(next, '"' | '\\') {
                    word.push(found);
                }
                word.push(next);
            }
            (None, found) if found.is_whitespace() => words.extend(word.take()),
            (_, found) => word.get_or_insert_default().push(found),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

impl ProvideCredentials for ProcessKeys {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }

    fn name(&self) -> Cow<'_, str> {
        "ExternalProcess".into()
    }
}

impl fmt::Debug for ProcessKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ExternalProcess").finish_non_exhaustive()
    }
}
