//! Credentials from environment variables, and the variables that lead to the other sources.

use std::env;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::identity::Identity;
use super::instance::Instance;
use super::server::Server;
use super::sts::{OidcRole, Role, Sts};
use super::{Credentials, Lack};

const ROLE: &str = "ALIBABA_CLOUD_ROLE_ARN";
const OIDC_PROVIDER: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const OIDC_TOKEN: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
const INSTANCE_ROLE: &str = "ALIBABA_CLOUD_ECS_METADATA";
const NO_INSTANCE: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";

/// How environment variables are looked up, and what stands in their place; tests bring their own.
#[derive(Clone, Copy)]
pub(super) struct Environment<'e> {
    pub(super) lookup: &'e (dyn Fn(&str) -> Option<String> + Send + Sync),
    /// The profile that is asked for in code.
    pub(super) profile: Option<&'e str>,
    pub(super) hosts: &'e Hosts,
}

/// Where the servers are that hand out credentials, when they are not where they usually are.
#[derive(Clone, Default)]
pub(super) struct Hosts {
    pub(super) sts: Option<String>,
    pub(super) metadata: Option<String>,
    pub(super) oauth: Option<String>,
}

/// Looks up a variable of the process. One that is no Unicode is set all the same: it stands for an
/// identity, if only for one that cannot be used.
pub(super) fn of_process(name: &str) -> Option<String> {
    let value = env::var_os(name)?.into_string();
    Some(value.unwrap_or_else(|value| value.to_string_lossy().into_owned()))
}

impl Environment<'_> {
    /// A variable that is set and not empty; wiped when dropped, for it may be a secret.
    pub(super) fn get(&self, name: &str) -> Option<Zeroizing<String>> {
        (self.lookup)(name).map(Zeroizing::new).filter(|value| !value.is_empty())
    }

    /// A variable that is no secret.
    fn plain(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| value.as_str().to_owned())
    }

    /// Whether a switch is on.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A file below the home folder, when that is known.
    pub(super) fn below_home(&self, path: &[&str]) -> Result<PathBuf, Lack> {
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let folder = self.get(home).ok_or_else(|| not_set(&[home]))?;
        let mut file = PathBuf::from(folder.as_str());
        file.extend(path);
        Ok(file)
    }

    /// The profile that is asked for instead of the usual one.
    pub(super) fn profile(&self) -> Option<String> {
        let own = self.profile.map(str::to_owned);
        own.or_else(|| self.plain("ALIBABA_CLOUD_PROFILE"))
    }

    /// Where STS is called: in that region and network, or where variables say.
    pub(super) fn sts(&self, region: Option<String>, vpc: Option<bool>) -> Sts {
        Sts {
            endpoint: self.hosts.sts.clone(),
            region: region.or_else(|| self.plain("ALIBABA_CLOUD_STS_REGION")),
            vpc: vpc.unwrap_or_else(|| self.is_true("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")),
        }
    }

    /// Fills in what files leave out of a role.
    pub(super) fn complete(&self, role: Role) -> Result<Role, String> {
        let arn = Some(role.arn).filter(|arn| !arn.is_empty()).or_else(|| self.plain(ROLE));
        Ok(Role {
            arn: arn.ok_or_else(|| format!("names no role, and neither does `{ROLE}`"))?,
            session_name: role
                .session_name
                .or_else(|| self.plain("ALIBABA_CLOUD_ROLE_SESSION_NAME")),
            ..role
        })
    }

    /// A role for a token, of which a file may leave out any part.
    pub(super) fn oidc_role(
        &self,
        role: Role,
        provider_arn: Option<String>,
        token_file: Option<String>,
    ) -> Result<OidcRole, String> {
        let lacks = |what: &str, name: &str| format!("names no {what}, and neither does `{name}`");
        let provider_arn = provider_arn.or_else(|| self.plain(OIDC_PROVIDER));
        let token_file = token_file.or_else(|| self.plain(OIDC_TOKEN));
        Ok(OidcRole {
            role: self.complete(role)?,
            provider_arn: provider_arn.ok_or_else(|| lacks("identity provider", OIDC_PROVIDER))?,
            token_file: token_file.ok_or_else(|| lacks("file with a token", OIDC_TOKEN))?,
        })
    }

    /// The instance, unless its metadata are switched off.
    pub(super) fn instance(&self, role: Option<String>) -> Result<Instance, String> {
        if self.is_true(NO_INSTANCE) {
            return Err(format!("`{NO_INSTANCE}` is `true`"));
        }
        Ok(Instance {
            role: role.or_else(|| self.plain(INSTANCE_ROLE)),
            v1: !self.is_true("ALIBABA_CLOUD_IMDSV1_DISABLED"),
            endpoint: self.hosts.metadata.clone(),
        })
    }
}

/// The access key.
pub(super) fn key(environment: &Environment<'_>) -> Result<Identity, Lack> {
    let required = |name: &str| environment.get(name).ok_or_else(|| not_set(&[name]));
    let id = required("ALIBABA_CLOUD_ACCESS_KEY_ID")?;
    let secret = required("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?;
    let credentials = Credentials::new(id.as_str(), secret.as_str());
    Ok(Identity::Keys(match environment.get("ALIBABA_CLOUD_SECURITY_TOKEN") {
        Some(token) => credentials.with_security_token(token.as_str()),
        None => credentials,
    }))
}

/// The role that a token of an identity provider is exchanged for. With one of the variables
/// missing, the official SDKs do not ask for it either.
pub(super) fn oidc(environment: &Environment<'_>) -> Result<Identity, Lack> {
    let names = [ROLE, OIDC_PROVIDER, OIDC_TOKEN];
    let missing: Vec<&str> =
        names.into_iter().filter(|name| environment.get(name).is_none()).collect();
    if !missing.is_empty() {
        return Err(not_set(&missing));
    }
    let role = Role { sts: environment.sts(None, None), ..Role::default() };
    let role = environment.oidc_role(role, None, None);
    role.map(Identity::OidcRole).map_err(Lack::Unusable)
}

/// The role of the ECS instance.
pub(super) fn instance(environment: &Environment<'_>) -> Result<Identity, Lack> {
    environment.instance(None).map(Identity::Instance).map_err(Lack::Nothing)
}

/// Whether a variable names that role, so that it is there.
pub(super) fn names_instance_role(environment: &Environment<'_>) -> bool {
    environment.get(INSTANCE_ROLE).is_some()
}

/// The server that hands out credentials.
pub(super) fn server(environment: &Environment<'_>) -> Result<Identity, Lack> {
    const URI: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
    let url = environment.get(URI).ok_or_else(|| not_set(&[URI]))?;
    Ok(Identity::Server(Server(url.as_str().into())))
}

fn not_set(variables: &[&str]) -> Lack {
    let quoted: Vec<String> = variables.iter().map(|name| format!("`{name}`")).collect();
    Lack::Nothing(match quoted.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{} and {last} are not set", others.join(", "))
        }
        Some(_) | None => format!("{} is not set", quoted.concat()),
    })
}
