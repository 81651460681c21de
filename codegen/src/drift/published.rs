//! What a service publishes of its API, in either of the two forms that it is passed around in.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::model::security::{Scheme, Security};

/// The part of the metadata that specs have, too.
pub(super) struct Published {
    pub(super) product: String,
    pub(super) version: String,
    pub(super) operations: BTreeMap<String, Operation>,
    /// Region and network → host.
    pub(super) hosts: BTreeMap<(String, &'static str), String>,
}

pub(super) struct Operation {
    /// Who may call it, where the source says so.
    pub(super) security: Option<Security>,
    pub(super) parameters: BTreeMap<String, Parameter>,
}

pub(super) struct Parameter {
    pub(super) type_: String,
    pub(super) format: Option<String>,
    /// Nothing where the source does not say.
    pub(super) required: Option<bool>,
    pub(super) values: Option<BTreeSet<String>>,
}

impl Published {
    /// Reads the service's own format or a file of facts; the members at the top tell which it is.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let json: serde_json::Value =
            serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        let refused = |error| format!("not the metadata of a service: {error}");
        if json.get("apis").is_some() {
            Metadata::deserialize(json).map_err(refused)?.published()
        } else {
            Ok(Facts::deserialize(json).map_err(refused)?.published())
        }
    }
}

/// `info`, `apis`, `endpoints`: the format of the service's own metadata.
#[derive(Deserialize)]
struct Metadata {
    info: Info,
    apis: BTreeMap<String, PublishedOperation>,
    #[serde(default)]
    endpoints: Vec<PublishedEndpoint>,
}

#[derive(Deserialize)]
struct Info {
    style: String,
    product: String,
    version: String,
}

#[derive(Deserialize)]
struct PublishedOperation {
    /// Names of schemes, each a member of an object of its own.
    security: Option<Vec<BTreeMap<String, serde_json::Value>>>,
    #[serde(default)]
    parameters: Vec<PublishedParameter>,
}

#[derive(Deserialize)]
struct PublishedParameter {
    name: String,
    schema: PublishedSchema,
}

#[derive(Deserialize)]
struct PublishedSchema {
    #[serde(rename = "type")]
    type_: String,
    format: Option<String>,
    #[serde(default)]
    required: bool,
    #[serde(rename = "enum")]
    values: Option<Vec<serde_json::Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PublishedEndpoint {
    region_id: String,
    public: Option<String>,
    /// The same as `public`, under the name that some versions of the format have.
    endpoint: Option<String>,
    vpc: Option<String>,
}

impl Metadata {
    fn published(self) -> Result<Published, String> {
        if self.info.style != "RPC" {
            return Err(format!("the style of the metadata is `{}`, not `RPC`", self.info.style));
        }
        let operations = self.apis.into_iter().map(|(name, operation)| {
            let parameters = operation.parameters.into_iter().map(|parameter| {
                let PublishedSchema { type_, format, required, values } = parameter.schema;
                let values = values.map(|values| values.iter().map(text).collect());
                let required = Some(required);
                (parameter.name, Parameter { type_, format, required, values })
            });
            let security = operation.security.map(|requirements| {
                security(requirements.into_iter().flat_map(BTreeMap::into_keys))
            });
            (name, Operation { security, parameters: parameters.collect() })
        });
        let endpoints = self.endpoints.into_iter();
        Ok(Published {
            product: self.info.product,
            version: self.info.version,
            operations: operations.collect(),
            hosts: hosts(
                endpoints
                    .map(|found| (found.region_id, found.public.or(found.endpoint), found.vpc)),
            ),
        })
    }
}

/// `about`, `operations`, `endpoints`: facts collected from several sources.
#[derive(Deserialize)]
struct Facts {
    about: About,
    operations: BTreeMap<String, FactsOperation>,
    #[serde(default)]
    endpoints: FactsEndpoints,
}

#[derive(Deserialize)]
struct About {
    product: String,
    version: String,
}

#[derive(Deserialize)]
struct FactsOperation {
    params: Vec<FactsParameter>,
}

#[derive(Deserialize)]
struct FactsParameter {
    name: String,
    #[serde(rename = "type")]
    type_: String,
    format: Option<String>,
    required_in_metadata: Option<bool>,
    #[serde(rename = "enum")]
    values: Option<FactsValues>,
}

#[derive(Deserialize)]
struct FactsValues {
    values: Vec<serde_json::Value>,
}

#[derive(Deserialize, Default)]
struct FactsEndpoints {
    #[serde(default)]
    metadata: BTreeMap<String, FactsHosts>,
}

#[derive(Deserialize)]
struct FactsHosts {
    public: Option<String>,
    vpc: Option<String>,
}

impl Facts {
    fn published(self) -> Published {
        let operations = self.operations.into_iter().map(|(name, operation)| {
            let parameters = operation.params.into_iter().map(|parameter| {
                let values = parameter.values.map(|found| found.values.iter().map(text).collect());
                let FactsParameter { name, type_, format, required_in_metadata, .. } = parameter;
                (name, Parameter { type_, format, required: required_in_metadata, values })
            });
            (name, Operation { security: None, parameters: parameters.collect() })
        });
        let endpoints = self.endpoints.metadata.into_iter();
        Published {
            product: self.about.product,
            version: self.about.version,
            operations: operations.collect(),
            hosts: hosts(endpoints.map(|(region, found)| (region, found.public, found.vpc))),
        }
    }
}

/// Who may call, by the names that the service's own metadata has for it.
fn security(names: impl Iterator<Item = String>) -> Security {
    let schemes = names.filter_map(|name| match name.as_str() {
        "AK" => Some(Scheme::Key),
        "BearerToken" => Some(Scheme::Bearer),
        // What proves who calls is a parameter.
        "Anonymous" | "ARS_OIDC" => None,
        _ => Some(Scheme::Other(name)),
    });
    Security::any_of(schemes.collect())
}

fn hosts(
    endpoints: impl Iterator<Item = (String, Option<String>, Option<String>)>,
) -> BTreeMap<(String, &'static str), String> {
    let mut hosts = BTreeMap::new();
    for (region, public, vpc) in endpoints {
        for (network, host) in [("public", public), ("VPC", vpc)] {
            if let Some(host) = host.filter(|host| !host.is_empty()) {
                hosts.insert((region.clone(), network), host);
            }
        }
    }
    hosts
}

/// Text as it stands, anything else as JSON.
pub(super) fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
