//! Facts that were collected from several sources, in a form of our own → what a service's requests are.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::import::described::{Described, Operation, Parameter, hosts};
use crate::travel::Place;

/// Reads the service's own metadata or a file of facts; the members at the top tell which it is.
pub(super) fn parse(text: &str) -> Result<Described, String> {
    let json: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let refused = |error| format!("not the metadata of a service: {error}");
    if json.get("apis").is_some() {
        Described::parse(text)
    } else {
        Ok(Facts::deserialize(json).map_err(refused)?.described())
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
    fn described(self) -> Described {
        let operations = self.operations.into_iter().map(|(name, operation)| {
            let parameters = operation.params.into_iter().map(|parameter| {
                let values = parameter.values.map(|found| found.values.iter().map(text).collect());
                let FactsParameter { name, type_, format, required_in_metadata, .. } = parameter;
                let (type_, required) = (Some(type_), required_in_metadata);
                Parameter { name, place: Place::Query, type_, format, required, values }
            });
            (name, Operation { security: None, parameters: parameters.collect() })
        });
        let endpoints = self.endpoints.metadata.into_iter();
        Described {
            product: self.about.product,
            version: self.about.version,
            operations: operations.collect(),
            hosts: hosts(endpoints.map(|(region, found)| (region, found.public, found.vpc))),
        }
    }
}

/// Text as it stands, anything else as JSON.
fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
