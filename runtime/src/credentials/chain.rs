//! The sources that are asked when an application names none.

use std::borrow::Cow;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ScopedJoinHandle};
use std::time::SystemTime;

use super::environment::{self, Environment, Hosts};
use super::files::Files;
use super::identity::Identity;
use super::net::Net;
use super::{Credentials, CredentialsError, Lack, ProvideCredentials, cli_profile, shared_file};
use crate::BoxFuture;
use crate::clock::Clock;
use crate::session::{Options, Session};

/// For how many seconds an instance that is none is not asked again, when somebody after it has
/// credentials.
const NO_INSTANCE: i64 = 300;

/// The official SDKs' default credentials, in their order:
///
/// 1. the environment variables `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET`
///    and, for temporary keys, `ALIBABA_CLOUD_SECURITY_TOKEN`;
/// 2. the OIDC role of `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
///    `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, when all three are set; `ALIBABA_CLOUD_ROLE_SESSION_NAME` names
///    the session;
/// 3. the profile file of the command line tool, `~/.aliyun/config.json` or the one that
///    `ALIBABA_CLOUD_CONFIG_FILE` names: the profile that `ALIBABA_CLOUD_PROFILE` names or the
///    current one, unless `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`. Its modes `AK`, `StsToken`,
///    `RamRoleArn`, `ChainableRamRoleArn`, `EcsRamRole`, `OIDC` and `External` are served, and
///    `CloudSSO` and `OAuth` with the keys that the tool keeps there, until `sts_expiration`, and then
///    with those that its access token is exchanged for, while that lasts;
/// 4. the shared credentials file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, or
///    `~/.alibabacloud/credentials`, or `~/.alibabacloud/credentials.ini`, types `access_key`, `sts`,
///    `ram_role_arn`, `oidc_role_arn` and `ecs_ram_role`: the section that `ALIBABA_CLOUD_PROFILE`
///    names or `[default]`, unless its `enable` is something other than `true`;
/// 5. the role of the ECS instance, by its metadata at 100.100.100.200, unless
///    `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`; `ALIBABA_CLOUD_ECS_METADATA` names the role, and
///    with `ALIBABA_CLOUD_IMDSV1_DISABLED` nothing is read without the token of a session;
/// 6. the server that `ALIBABA_CLOUD_CREDENTIALS_URI` names; while it has credentials, an instance that
///    is none is asked again every 5 minutes, and not for every call.
///
/// STS is called at `sts.aliyuncs.com`, or in the region that `ALIBABA_CLOUD_STS_REGION` or a file
/// names, there in its VPC if `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` or the file says so.
///
/// A source that is not there, or says nothing, is passed over. One that names an identity which it
/// cannot give out ends the search with an error, for whatever comes after it is somebody else: a role
/// that STS refuses, expired keys, files that cannot be understood. [`ProvideCredentials`] is the way
/// to bring other credentials.
///
/// Variables and files are read anew for every call, so a key that is replaced in a file is picked up.
/// Temporary keys that have to be asked for are kept as [`Cached`](super::Cached) does it, as long as
/// variables and files name the same identity. Files are read on a thread of their own, one at a time,
/// and may have 1 MiB.
pub struct DefaultChain {
    lookup: Box<Lookup>,
    profile: Option<String>,
    hosts: Hosts,
    sources: Vec<Source>,
    files: Arc<Files>,
    net: Net,
    /// Who gave out credentials last, for each source.
    asked: Mutex<Vec<Asked>>,
    /// Until when the instance is known to be none, in seconds since 1970.
    no_instance: AtomicI64,
    /// Whether the instance has given out credentials: then it is one, even when it says nothing.
    is_instance: AtomicBool,
}

struct Asked {
    source: Source,
    identity: Identity,
    provider: Arc<dyn ProvideCredentials>,
}

/// Gives the value of an environment variable.
type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Who may have credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// Keys in environment variables.
    Environment,
    /// The role that environment variables name for a token of an identity provider.
    OidcRole,
    /// The profile file of the command line tool.
    CliProfile,
    /// The credentials file that the official SDKs share.
    SharedFile,
    /// The role of the ECS instance.
    EcsRamRole,
    /// A server that hands out credentials.
    CredentialsUri,
}

impl Source {
    /// All of them, in the order in which they are asked.
    const ALL: [Self; 6] = [
        Self::Environment,
        Self::OidcRole,
        Self::CliProfile,
        Self::SharedFile,
        Self::EcsRamRole,
        Self::CredentialsUri,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment variables",
            Self::OidcRole => "OIDC role of the environment",
            Self::CliProfile => "profile file of the command line tool",
            Self::SharedFile => "shared credentials file",
            Self::EcsRamRole => "role of the ECS instance",
            Self::CredentialsUri => "credentials URI",
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
        Self {
            lookup: Box::new(lookup),
            profile: None,
            hosts: Hosts::default(),
            sources: Source::ALL.to_vec(),
            files: Arc::new(Files::new()),
            net: Net::new(&Options::default(), None),
            asked: Mutex::default(),
            no_instance: AtomicI64::new(i64::MIN),
            is_instance: AtomicBool::new(false),
        }
    }

    /// Asks these sources only, in the order of the chain.
    #[must_use]
    pub fn only(mut self, sources: impl IntoIterator<Item = Source>) -> Self {
        let asked: Vec<Source> = sources.into_iter().collect();
        self.sources = Source::ALL.into_iter().filter(|source| asked.contains(source)).collect();
        self
    }

    /// Names the profile of the command line tool, and the section of the shared file, whatever
    /// `ALIBABA_CLOUD_PROFILE` says.
    #[must_use]
    pub fn with_profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// Calls STS at this endpoint, whatever region variables and files name.
    #[must_use]
    pub fn with_sts_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.hosts.sts = Some(endpoint.into());
        self
    }

    /// Reads the metadata of the instance at this endpoint.
    #[must_use]
    pub fn with_metadata_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.hosts.metadata = Some(endpoint.into());
        self
    }

    /// Exchanges OAuth tokens at this endpoint, whatever site a profile names.
    #[must_use]
    pub fn with_oauth_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.hosts.oauth = Some(endpoint.into());
        self
    }

    /// Sets the clock that tells whether temporary keys have expired, and that calls to STS are signed
    /// by; by default it is the system's.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.net = self.net.by_clock(Clock::new(now));
        self
    }

    /// Goes over the connections of a session, with its proxy and its transport, by its clock. The
    /// chain that a session makes itself does so anyway.
    #[must_use]
    pub fn session(self, session: &Session) -> Self {
        self.over(session.net())
    }

    pub(crate) fn over(mut self, net: Net) -> Self {
        self.net = net;
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
            // Inside another runtime, none can be waited for.
            let thread = thread::Builder::new().spawn_scoped(scope, || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let runtime = runtime.map_err(|error| {
                    CredentialsError::new(format!("no runtime can be started: {error}"))
                })?;
                runtime.block_on(self.find(None))
            });
            match thread.map(ScopedJoinHandle::join) {
                Ok(Ok(found)) => found,
                Ok(Err(panic)) => resume_unwind(panic),
                Err(error) => {
                    Err(CredentialsError::new(format!("no thread can be started: {error}")))
                }
            }
        })
    }

    async fn find(&self, refused: Option<&Credentials>) -> Result<Credentials, CredentialsError> {
        let mut tried = Vec::new();
        let (mut end, mut passing) = (None, false);
        for source in self.sources.iter().copied() {
            let lack = match end {
                Some(end) => format!("not asked; the search ended at the {end}"),
                None => match self.ask(source, refused, &mut passing).await {
                    Ok(credentials) => {
                        self.note_instance(source, &tried);
                        return Ok(credentials);
                    }
                    Err(Lack::Nothing(lack)) => lack,
                    Err(Lack::Unusable(lack)) => {
                        end = Some(source.name());
                        lack
                    }
                },
            };
            tried.push((source.name(), lack));
        }
        Err(CredentialsError::of_chain(tried, passing))
    }

    /// Takes note of an instance that is one, and of one that is none when somebody after it has
    /// credentials: to find out takes a second.
    fn note_instance(&self, source: Source, tried: &[(&'static str, String)]) {
        if source == Source::EcsRamRole {
            self.is_instance.store(true, Ordering::Relaxed);
        }
        let now = self.net.clock().seconds();
        let asked = tried.iter().any(|(name, _)| *name == Source::EcsRamRole.name());
        if asked
            && source == Source::CredentialsUri
            && now >= self.no_instance.load(Ordering::Relaxed)
        {
            self.no_instance.store(now.saturating_add(NO_INSTANCE), Ordering::Relaxed);
        }
    }

    /// Asks a source; trouble that may pass is noted.
    async fn ask(
        &self,
        source: Source,
        refused: Option<&Credentials>,
        passing: &mut bool,
    ) -> Result<Credentials, Lack> {
        let environment = Environment {
            lookup: &*self.lookup,
            profile: self.profile.as_deref(),
            hosts: &self.hosts,
        };
        let clock = self.net.clock();
        let identity = match source {
            Source::Environment => environment::key(&environment),
            Source::OidcRole => environment::oidc(&environment),
            Source::CliProfile => cli_profile::identity(&environment, &self.files, &clock).await,
            Source::SharedFile => shared_file::identity(&environment, &self.files).await,
            Source::EcsRamRole => environment::instance(&environment),
            Source::CredentialsUri => environment::server(&environment),
        }?;
        let is_named = source != Source::EcsRamRole
            || environment::names_instance_role(&environment)
            || self.is_instance.load(Ordering::Relaxed);
        if !is_named && clock.seconds() < self.no_instance.load(Ordering::Relaxed) {
            return Err(Lack::Nothing("it was not there some minutes ago".to_owned()));
        }
        // Here it is still known whose they are.
        self.give(source, identity, refused).await.map_err(|error| {
            let is_nobody = error.is_absent() && !is_named;
            *passing |= error.is_retryable() && !is_nobody;
            let lack = error.to_string();
            if is_nobody { Lack::Nothing(lack) } else { Lack::Unusable(lack) }
        })
    }

    /// Asks whoever has the credentials of an identity.
    async fn give(
        &self,
        source: Source,
        identity: Identity,
        refused: Option<&Credentials>,
    ) -> Result<Credentials, CredentialsError> {
        let provider = match &identity {
            Identity::Keys(credentials) => {
                credentials.check()?;
                return Ok(credentials.clone());
            }
            Identity::Role(..)
            | Identity::OidcRole(_)
            | Identity::Instance(_)
            | Identity::Server(_)
            | Identity::Process(_)
            | Identity::Login(_) => self.provider(source, identity),
        };
        match refused {
            Some(refused) => provider.refresh(refused).await,
            None => provider.provide().await,
        }
    }

    /// Who gives out the credentials of an identity: the same as before, if that is the same.
    fn provider(&self, source: Source, identity: Identity) -> Arc<dyn ProvideCredentials> {
        let mut asked = self.asked();
        if let Some(found) = asked.iter().find(|asked| asked.source == source)
            && found.identity == identity
        {
            return Arc::clone(&found.provider);
        }
        asked.retain(|asked| asked.source != source);
        let provider = identity.provider(&self.net, &self.files);
        asked.push(Asked { source, identity, provider: Arc::clone(&provider) });
        provider
    }

    fn asked(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
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
        Box::pin(self.find(None))
    }

    fn refresh<'a>(
        &'a self,
        refused: &'a Credentials,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(self.find(Some(refused)))
    }

    /// With the file that is being read, or the server that is asked, which is what a chain waits for.
    fn name(&self) -> Cow<'_, str> {
        match (self.files.reading(), self.asked().last()) {
            (Some(path), _) => format!("DefaultChain, reading {}", path.display()).into(),
            (None, Some(asked)) => format!("DefaultChain, {}", asked.provider.name()).into(),
            (None, None) => "DefaultChain".into(),
        }
    }
}
