//! What a service publishes → what its requests are, for who compares and imports nothing.
//!
//! Each parameter stands where an import would put it, so that both read metadata alike. Knows nothing of
//! what specs say.

use std::collections::{BTreeMap, BTreeSet};

use super::access::{BEARER, KEY, NOBODY};
use super::published::{self, Published};
use super::report::Report;
use super::request::Request;
use super::types::Types;
use super::{check_style, service, style};
use crate::diagnostic::{Diagnostics, Sink};
use crate::json;
use crate::json::size::Bounds;
use crate::model::security::{Scheme, Security};
use crate::source::{FileId, SpecFile, Specs};
use crate::travel::Place;

/// The part of the metadata that specs have, too.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) operations: BTreeMap<String, Operation>,
    /// Region and network → host.
    pub(crate) hosts: BTreeMap<(String, &'static str), String>,
}

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Who may call it, where the source says so.
    pub(crate) security: Option<Security>,
    pub(crate) parameters: Vec<Parameter>,
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    /// Nothing where it may be anything.
    pub(crate) type_: Option<String>,
    pub(crate) format: Option<String>,
    /// Nothing where the source does not say.
    pub(crate) required: Option<bool>,
    pub(crate) values: Option<BTreeSet<String>>,
}

impl Described {
    /// Reads the service's own format; a sentence when the text is none of a service that can be called.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let file = SpecFile { path: "metadata.json".to_owned(), text: text.to_owned() };
        let specs = Specs::new("metadata", vec![file]);
        let mut sink = Sink::default();
        let Some(json) = json::parse(&specs, FileId::new(0), Bounds::METADATA, &mut sink) else {
            let problems = Diagnostics::new(&specs, sink);
            let first = problems.iter().next();
            return Err(first.map_or_else(String::new, |first| first.message().to_owned()));
        };
        let mut report = Report::default();
        let published = published::read(&json, &mut report).map_err(|(_, message)| message)?;
        check_style(&published).map_err(|(_, message)| message)?;
        Ok(Self::of(&published, &mut report))
    }

    fn of(published: &Published, report: &mut Report) -> Self {
        let sent = published.operations.iter().flat_map(|operation| &operation.parameters);
        let sent = sent.map(|parameter| &parameter.schema);
        let types = Types::new(&published.components, std::iter::empty(), sent, false);
        let style = style(published);
        let operations = published.operations.iter().map(|operation| {
            let request = Request::new(operation, style, &types, report);
            let parameters = request.items.iter().map(|item| {
                let target = types.target(item.schema).unwrap_or(item.schema);
                // Those of a list are those of its items.
                let valued = target.items.as_deref().unwrap_or(target);
                let values: BTreeSet<String> = valued.values.iter().cloned().collect();
                Parameter {
                    name: item.name().to_owned(),
                    place: item.place,
                    type_: target.type_.clone(),
                    format: target.format.clone(),
                    required: Some(item.required),
                    values: (!values.is_empty()).then_some(values),
                }
            });
            let parameters = parameters.collect();
            let names = &operation.security;
            let security = (!names.is_empty()).then(|| security(names.iter().cloned()));
            (operation.name.clone(), Operation { security, parameters })
        });
        let operations = operations.collect();
        let host = |said: &Option<String>| said.as_deref().and_then(service::host);
        let endpoints = published.endpoints.iter().filter_map(|found| {
            let region = service::region(&found.region)?;
            Some((region.to_owned(), host(&found.host), host(&found.vpc)))
        });
        Self {
            product: published.product.clone(),
            version: published.version.clone(),
            operations,
            hosts: hosts(endpoints),
        }
    }
}

/// Who may call, by the names that the service's own metadata has for it.
fn security(names: impl Iterator<Item = String>) -> Security {
    let schemes = names.filter_map(|name| match name.as_str() {
        KEY => Some(Scheme::Key),
        BEARER => Some(Scheme::Bearer),
        // What proves who calls is a parameter.
        nobody if NOBODY.contains(&nobody) => None,
        _ => Some(Scheme::Other(name)),
    });
    Security::any_of(schemes.collect())
}

/// Hosts by region and network; of several of one region the first.
pub(crate) fn hosts(
    endpoints: impl Iterator<Item = (String, Option<String>, Option<String>)>,
) -> BTreeMap<(String, &'static str), String> {
    let mut hosts = BTreeMap::new();
    for (region, public, vpc) in endpoints {
        for (network, host) in [("public", public), ("VPC", vpc)] {
            if let Some(host) = host.filter(|host| !host.is_empty()) {
                hosts.entry((region.clone(), network)).or_insert(host);
            }
        }
    }
    hosts
}
