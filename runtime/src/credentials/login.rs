//! Keys for a login that the command line tool has made, while its token lasts.
//!
//! Knows no file format; what the tool keeps is read and never written. Here stand the hosts of OAuth.

use std::borrow::Cow;
use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use url::{Position, Url};

use super::given::{Given, members, parse};
use super::net::{Asked, Net, Way, host};
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::BoxFuture;
use crate::meta::Method;
use crate::transport::Body;

/// A token, and what it is exchanged at.
#[derive(Clone)]
pub(super) struct Login {
    pub(super) with: With,
    pub(super) token: SecretString,
    /// What a person does when it is not taken.
    pub(super) advice: String,
}

/// How a login is exchanged.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum With {
    CloudSso { sign_in_url: String, account: String, configuration: String },
    OAuth { endpoint: String },
}

impl PartialEq for Login {
    fn eq(&self, other: &Self) -> bool {
        self.with == other.with && self.token.expose_secret() == other.token.expose_secret()
    }
}

impl With {
    /// The host of a site, as the profile names it.
    pub(super) fn of_site(site: &str) -> Option<&'static str> {
        match site.to_ascii_uppercase().as_str() {
            "CN" => Some("https://oauth.aliyun.com"),
            "INTL" => Some("https://oauth.alibabacloud.com"),
            _ => None,
        }
    }

    fn url(&self) -> Option<String> {
        match self {
            Self::CloudSso { sign_in_url, .. } => {
                let url = Url::parse(sign_in_url).ok()?;
                Some(format!("{}/cloud-credentials", &url[..Position::BeforePath]))
            }
            Self::OAuth { endpoint } => Some(format!("{endpoint}/v1/exchange")),
        }
    }

    fn body(&self) -> Body {
        match self {
            Self::CloudSso { account, configuration, .. } => {
                let asked = serde_json::json!({
                    "AccountId": account,
                    "AccessConfigurationId": configuration,
                });
                Body::new("application/json", asked.to_string().as_bytes())
            }
            Self::OAuth { .. } => Body::new("application/json", b"{}"),
        }
    }
}

/// Exchanges it.
#[derive(Clone)]
pub(super) struct LoginKeys {
    pub(super) login: Login,
    pub(super) net: Net,
}

#[derive(Default)]
struct Answer {
    cloud_credential: Option<Given>,
}

members! { Answer: cloud_credential = "cloudcredential" }

impl LoginKeys {
    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let Login { with, token, advice } = &self.login;
        let url = with.url().ok_or_else(|| {
            CredentialsError::new(format!("the URL for signing in is none; {advice}"))
        })?;
        let lack = |why: &str| {
            CredentialsError::new(format!("no keys from `{}`: {why}; {advice}", host(&url)))
        };
        let bearer = SecretString::from(format!("Bearer {}", token.expose_secret()));
        let asked = Asked {
            method: Method::Post,
            url: &url,
            headers: vec![("accept", "application/json".into()), ("authorization", bearer)],
            body: with.body(),
        };
        let answer = self.net.ask(Way::Usual, asked).await;
        let answer = answer.map_err(|missed| lack(missed.why()).retryable(missed.passes()))?;
        let given = match with {
            With::CloudSso { .. } => {
                let answer: Answer = parse(answer.into_body()).map_err(|why| lack(&why))?;
                let given = answer.cloud_credential;
                given.ok_or_else(|| lack("the answer has no `CloudCredential`"))?
            }
            With::OAuth { .. } => parse(answer.into_body()).map_err(|why| lack(&why))?,
        };
        given.credentials().map_err(|why| lack(&why))
    }
}

impl ProvideCredentials for LoginKeys {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }

    fn name(&self) -> Cow<'_, str> {
        let url = self.login.with.url().unwrap_or_default();
        format!("the login of the command line tool at {}", host(&url)).into()
    }
}

impl fmt::Debug for LoginKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LoginKeys").finish_non_exhaustive()
    }
}
