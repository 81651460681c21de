//! The sources that are asked when an application names none.

use std::borrow::Cow;
use std::fmt;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ScopedJoinHandle, Thread};
use std::time::SystemTime;

use super::environment::{self, Environment};
use super::files::Files;
use super::{Credentials, CredentialsError, Lack, ProvideCredentials, cli_profile, shared_file};
use crate::BoxFuture;
use crate::clock::Clock;

/// The official SDKs' default credentials, in their order:
///
/// 1. the environment variables `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET`
///    and, for temporary keys, `ALIBABA_CLOUD_SECURITY_TOKEN`;
/// 2. the OIDC role of `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
///    `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, when all three are set;
/// 3. the profile file of the command line tool, `~/.aliyun/config.json` or the one that
///    `ALIBABA_CLOUD_CONFIG_FILE` names: the profile that `ALIBABA_CLOUD_PROFILE` names or the
///    current one, unless `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`. Its modes `AK` and
///    `StsToken` are served, and `CloudSSO` and `OAuth` with the keys that the tool keeps there,
///    until `sts_expiration`;
/// 4. the shared credentials file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, or
///    `~/.alibabacloud/credentials`, or `~/.alibabacloud/credentials.ini`, types `access_key` and
///    `sts`: the section that `ALIBABA_CLOUD_PROFILE` names or `[default]`, unless its `enable` is
///    something other than `true`;
/// 5. the role of the ECS instance, when `ALIBABA_CLOUD_ECS_METADATA` is set and
///    `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is not `true`;
/// 6. the server that `ALIBABA_CLOUD_CREDENTIALS_URI` names.
///
/// A source that is not there, or says nothing, is passed over. One that names an identity which it
/// cannot give out ends the search with an error, for whatever comes after it is somebody else: the
/// sources that need calls of their own (OIDC, ECS, URI, other modes and types) until they are
/// served, expired keys, files that cannot be understood. [`ProvideCredentials`] is the way to bring
/// such credentials.
///
/// The sources are read anew for every call, so a key that is replaced in a file is picked up. Files
/// are read on a thread of their own, one at a time, and may have 1 MiB.
pub struct DefaultChain {
    lookup: Box<Lookup>,
    files: Files,
    clock: Clock,
}

/// Gives the value of an environment variable.
type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Who may have credentials.
#[derive(Clone, Copy)]
enum Source {
    Environment,
    Oidc,
    CliProfile,
    SharedFile,
    Ecs,
    Uri,
}

impl Source {
    /// All of them, in the order in which they are asked.
    const ALL: [Self; 6] =
        [Self::Environment, Self::Oidc, Self::CliProfile, Self::SharedFile, Self::Ecs, Self::Uri];

    fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment variables",
            Self::Oidc => "OIDC role of the environment",
            Self::CliProfile => "profile file of the command line tool",
            Self::SharedFile => "shared credentials file",
            Self::Ecs => "role of the ECS instance",
            Self::Uri => "credentials URI",
        }
    }
}

impl DefaultChain {
    /// The chain on the variables of the process.
    #[must_use]
    pub fn new() -> Self {
        Self::with_environment(environment::of_process)
    }

    /// The chain on other variables, `HOME` included, which leads to the files (on Windows
    /// `USERPROFILE`).
    #[must_use]
    pub fn with_environment(
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { lookup: Box::new(lookup), files: Files::new(), clock: Clock::default() }
    }

    /// Sets the clock that tells whether temporary keys have expired; by default it is the system's.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(now);
        self
    }

    /// Asks the sources in their order, and blocks the thread for as long as that takes: for ever,
    /// when a file is a pipe that nobody fills. [`provide`](ProvideCredentials::provide) does not
    /// block.
    ///
    /// # Errors
    ///
    /// What every source lacks, when none has credentials.
    pub fn resolve(&self) -> Result<Credentials, CredentialsError> {
        thread::scope(|scope| {
            // On this thread, a task that has had its share of `tokio`'s attention would be told
            // to yield, which it cannot do here, for ever.
            let thread = thread::Builder::new().spawn_scoped(scope, || wait(self.find()));
            match thread.map(ScopedJoinHandle::join) {
                Ok(Ok(found)) => found,
                Ok(Err(panic)) => resume_unwind(panic),
                Err(error) => {
                    Err(CredentialsError::new(format!("no thread can be started: {error}")))
                }
            }
        })
    }

    async fn find(&self) -> Result<Credentials, CredentialsError> {
        let environment = Environment(&*self.lookup);
        let mut tried = Vec::new();
        let mut end = None;
        for source in Source::ALL {
            let lack = match end {
                Some(end) => format!("not asked; the search ended at the {end}"),
                None => match self.ask(source, &environment).await {
                    Ok(credentials) => return Ok(credentials),
                    Err(Lack::Nothing(lack)) => lack,
                    Err(Lack::Unusable(lack)) => {
                        end = Some(source.name());
                        lack
                    }
                },
            };
            tried.push((source.name(), lack));
        }
        Err(CredentialsError::of_chain(tried))
    }

    async fn ask(
        &self,
        source: Source,
        environment: &Environment<'_>,
    ) -> Result<Credentials, Lack> {
        let credentials = match source {
            Source::Environment => environment::credentials(environment),
            Source::Oidc => Err(environment::oidc(environment)),
            Source::CliProfile => {
                cli_profile::credentials(environment, &self.files, &self.clock).await
            }
            Source::SharedFile => shared_file::credentials(environment, &self.files).await,
            Source::Ecs => Err(environment::ecs(environment)),
            Source::Uri => Err(environment::uri(environment)),
        }?;
        // Here it is still known whose they are.
        credentials.check().map_err(|error| Lack::Unusable(error.to_string()))?;
        Ok(credentials)
    }
}

impl Default for DefaultChain {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for DefaultChain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DefaultChain").finish_non_exhaustive()
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.find())
    }

    /// With the file that is being read, which is what a chain waits for.
    fn name(&self) -> Cow<'_, str> {
        match self.files.reading() {
            Some(path) => format!("DefaultChain, reading {}", path.display()).into(),
            None => "DefaultChain".into(),
        }
    }
}

/// Waits for a future that needs no runtime.
fn wait<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
