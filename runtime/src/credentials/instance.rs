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
        let nobody = |why: String| CredentialsError::absent(format!("from `{host}`: {why}"));
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
        let answer = self.read(&role, token.as_ref()).await.map_err(|why| lack(&why))?;
        let given: Given = parse(answer.into_body()).map_err(|why| lack(&why))?;
        if given.code.as_deref() != Some("Success") {
            return Err(lack("the answer's `Code` is not `Success`"));
        }
        given.credentials().map_err(|why| lack(&why))
    }

    /// Starts a session; without one, metadata may be read as they were before there were any.
    async fn token(&self) -> Result<Option<SecretString>, String> {
        let url = format!("{}{TOKEN}", self.instance.endpoint());
        let seconds = ("x-aliyun-ecs-metadata-token-ttl-seconds", SESSION.into());
        let asked =
            Asked { method: Method::Put, url: &url, headers: vec![seconds], body: Body::none() };
        let why = match self.net.ask(Way::Near, asked).await {
            Ok(answer) if answer.status() == 200 => match token_of(answer) {
                Some(token) => return Ok(Some(token)),
                None => "the answer is no token".to_owned(),
            },
            Ok(answer) => format!("HTTP {} instead of a token", answer.status()),
            Err(Missed::Unreachable(why)) => return Err(why),
            Err(Missed::Silent(why)) => why,
        };
        if self.instance.v1 {
            Ok(None)
        } else {
            Err(format!("{why}, and without one is forbidden"))
        }
    }

    /// The role that the instance has.
    async fn role(&self, token: Option<&SecretString>) -> Result<String, String> {
        let answer = self.read("", token).await?;
        let body = answer.into_body();
        let role = std::str::from_utf8(&body).unwrap_or_default().trim();
        if is_role(role) { Ok(role.to_owned()) } else { Err("the answer names no role".to_owned()) }
    }

    /// Reads metadata of roles; without the token, where they are not given out with it.
    async fn read(&self, path: &str, token: Option<&SecretString>) -> Result<HttpResponse, String> {
        let url = format!("{}{ROLES}{path}", self.instance.endpoint());
        let read = async |token: Option<&SecretString>| {
            let header = |token: &SecretString| ("x-aliyun-ecs-metadata-token", token.clone());
            let headers = token.map(header).into_iter().collect();
            let answer = self.net.ask(Way::Near, Asked { headers, ..Asked::get(&url) }).await;
            match answer {
                Ok(answer) if answer.status() == 200 => Ok(answer),
                Ok(answer) => Err(format!("HTTP {}", answer.status())),
                Err(missed) => Err(missed.why().to_owned()),
            }
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
