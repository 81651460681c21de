//! The role of an ECS instance, from its metadata.
//!
//! Knows no variable. Here stands the address of the metadata, which is plain HTTP and is reached
//! without a proxy.

use std::borrow::Cow;
use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::given::{Given, parse};
use super::net::{Asked, Missed, Net, Way, host};
use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::BoxFuture;
use crate::meta::Method;
use crate::transport::{Body, HttpResponse};

const ADDRESS: &str = "http://100.100.100.200";
const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// For how many seconds the token of a session is good.
const SESSION: &str = "21600";

/// The metadata of an instance, and how it is asked.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Instance {
    /// Otherwise the metadata say it.
    pub(super) role: Option<String>,
    /// Whether metadata are read without a token where there is none.
    pub(super) v1: bool,
    pub(super) endpoint: Option<String>,
}

impl Instance {
    fn endpoint(&self) -> &str {
        self.endpoint.as_deref().unwrap_or(ADDRESS).trim_end_matches('/')
    }
}

/// Asks them.
#[derive(Clone)]
pub(super) struct InstanceRole {
    pub(super) instance: Instance,
    pub(super) net: Net,
}

impl InstanceRole {
    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let host = host(self.instance.endpoint());
        // Until a role is known, there may be none at all.
        let nobody = |missed: Missed| {
            let message = format!("from `{host}`: {}", missed.why());
            CredentialsError::absent(message).retryable(missed.passes())
        };
        let token = self.token().await.map_err(nobody)?;
        let role = match &self.instance.role {
            Some(role) => role.clone(),
            None => self.role(token.as_ref()).await.map_err(nobody)?,
        };
        if !is_role(&role) {
            return Err(CredentialsError::new("the name of the instance's role is none of RAM"));
        }
        let lack = |why: &str| {
            CredentialsError::new(format!("no keys of the role `{role}` from `{host}`: {why}"))
        };
        let answer = self.read(&role, token.as_ref()).await;
        let answer = answer.map_err(|missed| lack(missed.why()).retryable(missed.passes()))?;
        let given: Given = parse(answer.into_body()).map_err(|why| lack(&why))?;
        if given.code.as_deref() != Some("Success") {
            return Err(lack("the answer's `Code` is not `Success`"));
        }
        given.credentials().map_err(|why| lack(&why))
    }

    /// Starts a session; without one, metadata may be read as they were before there were any.
    async fn token(&self) -> Result<Option<SecretString>, Missed> {
        let url = format!("{}{TOKEN}", self.instance.endpoint());
        let seconds = ("x-aliyun-ecs-metadata-token-ttl-seconds", SESSION.into());
        let asked =
            Asked { method: Method::Put, url: &url, headers: vec![seconds], body: Body::none() };
        let without = |why: &str| format!("no token ({why}), and without one is forbidden");
        let missed = match self.net.ask(Way::Near, asked).await {
            Ok(answer) => match token_of(answer) {
                Some(token) => return Ok(Some(token)),
                None => Missed::Refused(without("the answer is none"), 200),
            },
            Err(Missed::Unreachable(why)) => return Err(Missed::Unreachable(why)),
            Err(Missed::Silent(why)) => Missed::Silent(without(&why)),
            Err(Missed::Refused(why, status)) => Missed::Refused(without(&why), status),
        };
        if self.instance.v1 { Ok(None) } else { Err(missed) }
    }

    /// The role that the instance has.
    async fn role(&self, token: Option<&SecretString>) -> Result<String, Missed> {
        let answer = self.read("", token).await?;
        let body = answer.into_body();
        let role = std::str::from_utf8(&body).unwrap_or_default().trim();
        let refused = || Missed::Refused("the answer names no role".to_owned(), 200);
        is_role(role).then(|| role.to_owned()).ok_or_else(refused)
    }

    /// Reads metadata of roles; without the token, where they are not given out with it.
    async fn read(&self, path: &str, token: Option<&SecretString>) -> Result<HttpResponse, Missed> {
        let url = format!("{}{ROLES}{path}", self.instance.endpoint());
        let read = async |token: Option<&SecretString>| {
            let header = |token: &SecretString| ("x-aliyun-ecs-metadata-token", token.clone());
            let headers = token.map(header).into_iter().collect();
            self.net.ask(Way::Near, Asked { headers, ..Asked::get(&url) }).await
        };
        match read(token).await {
            Err(_) if token.is_some() && self.instance.v1 => read(None).await,
            read => read,
        }
    }
}

fn token_of(answer: HttpResponse) -> Option<SecretString> {
    let token = SecretString::from(String::from_utf8(answer.into_body()).ok()?);
    let text = token.expose_secret().trim();
    let is_token = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    is_token.then(|| SecretString::from(text))
}

/// Whether RAM allows that name; nothing else goes into a path.
fn is_role(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_@".contains(&byte);
    !name.is_empty() && name.len() <= 64 && name.bytes().all(is_plain) && !name.starts_with('.')
}

impl ProvideCredentials for InstanceRole {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }

    fn name(&self) -> Cow<'_, str> {
        format!("EcsRamRole at {}", host(self.instance.endpoint())).into()
    }
}

impl fmt::Debug for InstanceRole {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("EcsRamRole");
        shown.field("role", &self.instance.role).field("imds_v1", &self.instance.v1);
        shown.finish_non_exhaustive()
    }
}
