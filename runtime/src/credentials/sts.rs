//! Roles that are taken on at STS: with an access key, or with a token of an identity provider.
//!
//! Knows no file format and no variable. Here stand the hosts of STS.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use super::files::Files;
use super::given::{Given, members, parse};
use super::net::{Net, host};
use super::{Credentials, CredentialsError, Lack, ProvideCredentials};
use crate::BoxFuture;
use crate::generic::Generic;
use crate::meta::Security;
use crate::shown;

const VERSION: &str = "2015-04-01";

/// For how many seconds a role's credentials last, if nobody says otherwise, and at least.
const USUAL: u64 = 3600;
const LEAST: u64 = 900;

/// Where STS is called.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Sts {
    /// Goes before the rest.
    pub(super) endpoint: Option<String>,
    pub(super) region: Option<String>,
    pub(super) vpc: bool,
}

impl Sts {
    fn endpoint(&self) -> String {
        match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => endpoint.clone(),
            (None, Some(region)) => {
                let name = if self.vpc { "sts-vpc" } else { "sts" };
                format!("https://{name}.{region}.aliyuncs.com")
            }
            // There is one only on the internet.
            (None, None) => "https://sts.aliyuncs.com".to_owned(),
        }
    }
}

/// A role, and the session that is asked for.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) seconds: Option<u64>,
    pub(super) sts: Sts,
}

impl Role {
    /// The parameters that both calls have.
    fn request(
        &self,
        action: &'static str,
        security: Security,
        net: &Net,
    ) -> Result<Generic, CredentialsError> {
        let seconds = self.seconds.unwrap_or(USUAL);
        if seconds < LEAST {
            let message =
                format!("a role cannot be taken on for {seconds} s; {LEAST} is the least");
            return Err(CredentialsError::new(message));
        }
        let name = self.session_name.clone();
        let name = name.unwrap_or_else(|| format!("alibabacloud-rust-{}", net.clock().seconds()));
        let request = Generic::new(action, VERSION, security)
            .query("RoleArn", &self.arn)
            .query("RoleSessionName", name)
            .query("DurationSeconds", seconds.to_string());
        let more = [("Policy", &self.policy), ("ExternalId", &self.external_id)];
        let more = more.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        Ok(more.fold(request, |request, (name, value)| request.query(name, value)))
    }

    /// Makes the call as whoever has these credentials.
    async fn ask(
        &self,
        request: Generic,
        source: Arc<dyn ProvideCredentials>,
        net: &Net,
    ) -> Result<Credentials, CredentialsError> {
        let endpoint = self.sts.endpoint();
        let lack = |why: &str| {
            let (host, role) = (shown::line(&host(&endpoint)), shown::line(&self.arn));
            CredentialsError::new(format!("no keys of the role `{role}` from `{host}`: {why}"))
        };
        let (client, time) =
            net.service(&endpoint, source).map_err(|error| lack(&error.to_string()))?;
        let answer = request.send(&client, time).await;
        let answer =
            answer.map_err(|error| lack(&error.to_string()).retryable(error.is_retryable()))?;
        let answer: Answer = parse(answer.into_body()).map_err(|why| lack(&why))?;
        let given = answer.credentials.ok_or_else(|| lack("the answer has no `Credentials`"))?;
        given.credentials().map_err(|why| lack(&why))
    }
}

#[derive(Default)]
struct Answer {
    credentials: Option<Given>,
}

members! { Answer: credentials = "credentials" }

/// Takes a role on as somebody else.
#[derive(Clone)]
pub(super) struct RoleKeys {
    pub(super) role: Role,
    pub(super) source: Arc<dyn ProvideCredentials>,
    pub(super) net: Net,
}

impl RoleKeys {
    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let request = self.role.request("AssumeRole", Security::Key, &self.net)?;
        self.role.ask(request, Arc::clone(&self.source), &self.net).await
    }
}

impl ProvideCredentials for RoleKeys {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }

    fn name(&self) -> Cow<'_, str> {
        format!("AssumeRole at {}", host(&self.role.sts.endpoint())).into()
    }
}

impl fmt::Debug for RoleKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("AssumeRole");
        shown.field("role_arn", &self.role.arn).field("source", &self.source);
        shown.finish_non_exhaustive()
    }
}

/// A role that a token of an identity provider is good for.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct OidcRole {
    pub(super) role: Role,
    pub(super) provider_arn: String,
    pub(super) token_file: String,
}

/// Takes such a role on. The file is read each time, for its token ends, too.
#[derive(Clone)]
pub(super) struct OidcRoleKeys {
    pub(super) role: OidcRole,
    pub(super) files: Arc<Files>,
    pub(super) net: Net,
}

impl OidcRoleKeys {
    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let OidcRole { role, provider_arn, token_file } = &self.role;
        let request = role.request("AssumeRoleWithOIDC", Security::Anonymous, &self.net)?;
        let token = self.files.read(token_file.as_ref()).await.map_err(|lack| match lack {
            Lack::Nothing(why) | Lack::Unusable(why) => CredentialsError::new(why),
        })?;
        if token.trim().is_empty() {
            let message = format!("there is no token in `{}`", shown::line(token_file));
            return Err(CredentialsError::new(message));
        }
        let request = request
            .query("OIDCProviderArn", provider_arn)
            .secret("OIDCToken", SecretString::from(token.trim()));
        let nobody = Arc::new(Credentials::new("", ""));
        role.ask(request, nobody, &self.net).await
    }
}

impl ProvideCredentials for OidcRoleKeys {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }

    fn name(&self) -> Cow<'_, str> {
        let host = host(&self.role.role.sts.endpoint());
        match self.files.reading() {
            Some(path) => format!("AssumeRoleWithOidc, reading {}", path.display()).into(),
            None => format!("AssumeRoleWithOidc at {host}").into(),
        }
    }
}

impl fmt::Debug for OidcRoleKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("AssumeRoleWithOidc");
        shown.field("role_arn", &self.role.role.arn).finish_non_exhaustive()
    }
}
