//! Sources of credentials that an application names in code.
//!
//! Each keeps what it has, as [`Cached`] does it, and reads no variable.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::cached::Cached;
use super::files::Files;
use super::instance::{Instance, InstanceRole};
use super::net::Net;
use super::process::{Process, ProcessKeys};
use super::server::{Server, ServerKeys};
use super::sts::{OidcRole, OidcRoleKeys, Role, RoleKeys, Sts};
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::BoxFuture;
use crate::clock::Clock;
use crate::session::{Options, Session};

/// The credentials of a RAM role that somebody else takes on, by `AssumeRole` of STS. Whoever that is
/// may have taken on another role.
///
/// ```
/// use alibabacloud_runtime::credentials::{AssumeRole, DefaultChain};
///
/// let role = AssumeRole::new("acs:ram::123456789012****:role/reader", DefaultChain::new())
///     .session_name("nightly-report")
///     .external_id("4711")
///     .region("cn-hangzhou");
/// let narrower = AssumeRole::new("acs:ram::210987654321****:role/guest", role);
/// ```
pub struct AssumeRole(Kept<RoleKeys>);

/// The credentials of a RAM role that a token of an identity provider is exchanged for, by
/// `AssumeRoleWithOIDC` of STS. The token is read from its file each time: it ends, too.
///
/// ```
/// use alibabacloud_runtime::credentials::AssumeRoleWithOidc;
///
/// let role = AssumeRoleWithOidc::new(
///     "acs:ram::123456789012****:role/pod",
///     "acs:ram::123456789012****:oidc-provider/cluster",
///     "/var/run/secrets/ack.alibabacloud.com/rrsa-tokens/token",
/// );
/// ```
pub struct AssumeRoleWithOidc(Kept<OidcRoleKeys>);

/// The credentials of the RAM role that an ECS instance has, from its metadata: with the token of a
/// session, or without where there is none and it is allowed. They are reached in plain HTTP, without a
/// proxy, and have one second to connect and one to answer.
///
/// ```
/// use alibabacloud_runtime::credentials::EcsRamRole;
///
/// let role = EcsRamRole::new().role_name("web").allow_imds_v1(false);
/// ```
pub struct EcsRamRole(Kept<InstanceRole>);

/// Credentials that a server hands out to whoever knows its URL. It is reached without a proxy.
///
/// ```
/// use alibabacloud_runtime::credentials::CredentialsUri;
///
/// let keys = CredentialsUri::new("http://127.0.0.1:6666/keys");
/// ```
pub struct CredentialsUri(Kept<ServerKeys>);

/// Credentials that a program prints, as the command line tool's mode `External` has them:
/// `{"mode": "StsToken", "access_key_id": …, "access_key_secret": …, "sts_token": …, "expiration": …}`.
/// It is started without a shell, has a minute, and what it says on its standard error is not looked at.
///
/// ```
/// use alibabacloud_runtime::credentials::ExternalProcess;
///
/// let keys = ExternalProcess::new("/usr/local/bin/keys --for 'the nightly report'");
/// ```
pub struct ExternalProcess(Kept<ProcessKeys>);

/// A source, and what it has, once it was asked.
struct Kept<K> {
    keys: K,
    clock: Clock,
    cached: OnceLock<Cached<K>>,
}

impl<K: ProvideCredentials + Clone + 'static> Kept<K> {
    fn new(keys: K) -> Self {
        Self { keys, clock: Clock::default(), cached: OnceLock::new() }
    }

    /// What is set after it was asked counts, too.
    fn change(&mut self) -> &mut Self {
        self.cached = OnceLock::new();
        self
    }

    fn cached(&self) -> &Cached<K> {
        self.cached.get_or_init(|| Cached::by(self.keys.clone(), self.clock.clone()))
    }
}

/// What all of them are.
macro_rules! provider {
    ($name:ident) => {
        impl $name {
            /// Sets the clock that tells when credentials end; by default it is the system's.
            #[must_use]
            pub fn with_clock(
                mut self,
                now: impl Fn() -> SystemTime + Send + Sync + 'static,
            ) -> Self {
                self.0.change().clock = Clock::new(now);
                self
            }
        }

        impl ProvideCredentials for $name {
            fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
                self.0.cached().provide()
            }

            fn refresh<'a>(
                &'a self,
                refused: &'a Credentials,
            ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
                Box::pin(async move { self.0.cached().refresh(refused).await })
            }

            fn name(&self) -> Cow<'_, str> {
                self.0.keys.name()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.keys.fmt(formatter)
            }
        }
    };
}

provider!(AssumeRole);
provider!(AssumeRoleWithOidc);
provider!(EcsRamRole);
provider!(CredentialsUri);
provider!(ExternalProcess);

/// What those have that ask a server.
macro_rules! over_connections {
    ($name:ident) => {
        impl $name {
            /// Goes over the connections of a session, with its proxy and its transport, by its clock.
            #[must_use]
            pub fn session(mut self, session: &Session) -> Self {
                self.0.change().keys.net = session.net();
                self.0.clock = self.0.keys.net.clock();
                self
            }
        }
    };
}

over_connections!(AssumeRole);
over_connections!(AssumeRoleWithOidc);
over_connections!(EcsRamRole);
over_connections!(CredentialsUri);

/// What can be said of a role that is taken on.
macro_rules! role {
    ($name:ident: $role:expr) => {
        impl $name {
            fn role_mut(&mut self) -> &mut Role {
                let role: fn(&mut Self) -> &mut Role = $role;
                role(self)
            }

            /// Names the session, for those who read logs; by default it has the time in its name.
            #[must_use]
            pub fn session_name(mut self, name: impl Into<String>) -> Self {
                self.role_mut().session_name = Some(name.into());
                self
            }

            /// Narrows what the credentials allow, by a policy in JSON.
            #[must_use]
            pub fn policy(mut self, policy: impl Into<String>) -> Self {
                self.role_mut().policy = Some(policy.into());
                self
            }

            /// Sets how long the credentials last, in whole seconds: a quarter of an hour at least, and
            /// an hour by default.
            #[must_use]
            pub fn duration(mut self, duration: Duration) -> Self {
                self.role_mut().seconds = Some(duration.as_secs());
                self
            }

            /// Calls STS in this region; otherwise at `sts.aliyuncs.com`.
            #[must_use]
            pub fn region(mut self, region: impl Into<String>) -> Self {
                self.role_mut().sts.region = Some(region.into());
                self
            }

            /// Calls STS inside the region's VPC network.
            #[must_use]
            pub fn vpc(mut self, vpc: bool) -> Self {
                self.role_mut().sts.vpc = vpc;
                self
            }

            /// Calls STS at this endpoint, whatever region is named.
            #[must_use]
            pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
                self.role_mut().sts.endpoint = Some(endpoint.into());
                self
            }
        }
    };
}

role!(AssumeRole: |role| &mut role.0.change().keys.role);
role!(AssumeRoleWithOidc: |role| &mut role.0.change().keys.role.role);

fn connections() -> Net {
    Net::new(&Options::default(), None)
}

fn role(arn: impl Into<String>) -> Role {
    Role { arn: arn.into(), sts: Sts::default(), ..Role::default() }
}

impl AssumeRole {
    /// The role, and who takes it on.
    #[must_use]
    pub fn new(role_arn: impl Into<String>, source: impl ProvideCredentials + 'static) -> Self {
        let (role, source) = (role(role_arn), Arc::new(source));
        Self(Kept::new(RoleKeys { role, source, net: connections() }))
    }

    /// Says what the role's owner asks for, so that nobody takes it on in somebody else's name.
    #[must_use]
    pub fn external_id(mut self, external_id: impl Into<String>) -> Self {
        self.role_mut().external_id = Some(external_id.into());
        self
    }
}

impl AssumeRoleWithOidc {
    /// The role, the identity provider, and the file with its token.
    #[must_use]
    pub fn new(
        role_arn: impl Into<String>,
        provider_arn: impl Into<String>,
        token_file: impl AsRef<Path>,
    ) -> Self {
        let role = OidcRole {
            role: role(role_arn),
            provider_arn: provider_arn.into(),
            token_file: token_file.as_ref().to_string_lossy().into_owned(),
        };
        let files = Arc::new(Files::new());
        Self(Kept::new(OidcRoleKeys { role, files, net: connections() }))
    }
}

impl EcsRamRole {
    /// The role that the metadata name.
    #[must_use]
    pub fn new() -> Self {
        let instance = Instance { role: None, v1: true, endpoint: None };
        Self(Kept::new(InstanceRole { instance, net: connections() }))
    }

    /// Names the role, so that it need not be asked for.
    #[must_use]
    pub fn role_name(mut self, role_name: impl Into<String>) -> Self {
        self.0.change().keys.instance.role = Some(role_name.into());
        self
    }

    /// Sets whether metadata are read without the token of a session where there is none; they are by
    /// default.
    #[must_use]
    pub fn allow_imds_v1(mut self, allow: bool) -> Self {
        self.0.change().keys.instance.v1 = allow;
        self
    }

    /// Reads metadata at this endpoint.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.0.change().keys.instance.endpoint = Some(endpoint.into());
        self
    }
}

impl Default for EcsRamRole {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsUri {
    /// The server. Its URL may hold a secret: nothing but the host is shown.
    #[must_use]
    pub fn new(uri: impl Into<SecretString>) -> Self {
        Self(Kept::new(ServerKeys { server: Server(uri.into()), net: connections() }))
    }
}

impl ExternalProcess {
    /// The command. White space parts its words, unless it stands in quotes or behind a backslash.
    #[must_use]
    pub fn new(command: impl Into<String>) -> Self {
        Self(Kept::new(ProcessKeys { process: Process(Zeroizing::new(command.into())) }))
    }
}
