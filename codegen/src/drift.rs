//! How what a service publishes of its API differs from the specs.
//!
//! Reads the metadata, asks the model, and changes nothing.

mod published;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::english::code;
use crate::load::schema::Schema;
use crate::model::limit::Check;
use crate::model::{Api, Field, Network, OperationId, Type};
use crate::resolve::Resolved;
use published::{Parameter, Published, text};

/// Something that the published metadata and the specs say differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// The metadata has it, the specs do not.
    New(String),
    /// The specs have it, the metadata do not.
    Gone(String),
    /// Both have it; the text says what is different.
    Changed(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New(what) => write!(formatter, "new: {what}"),
            Self::Gone(what) => write!(formatter, "gone: {what}"),
            Self::Changed(what) => write!(formatter, "changed: {what}"),
        }
    }
}

/// Compares; a sentence when the text is no metadata of this service version.
pub(super) fn drift(
    resolved: &Resolved,
    api: &Api,
    metadata: &str,
) -> Result<Vec<Difference>, String> {
    let published = Published::parse(metadata)?;
    for (what, theirs, ours) in [
        ("product", &published.product, &api.product.value),
        ("version", &published.version, &api.version),
    ] {
        if theirs != ours {
            return Err(format!("the {what} of the metadata is `{theirs}`, not `{ours}`"));
        }
    }
    let mut differences = Vec::new();
    let ours: BTreeMap<&str, OperationId> =
        api.operation_ids().map(|id| (api.operation(id).id.value.as_str(), id)).collect();
    for (name, parameters) in &published.operations {
        match ours.get(name.as_str()) {
            Some(id) => compare(resolved, api, *id, parameters, &mut differences),
            None => differences.push(Difference::New(format!("operation {}", code(name)))),
        }
    }
    for name in ours.keys().filter(|name| !published.operations.contains_key(**name)) {
        differences.push(Difference::Gone(format!("operation {}", code(name))));
    }
    hosts(resolved, api, &published, &mut differences);
    differences.sort();
    Ok(differences)
}

/// The parameters of an operation that both have.
fn compare(
    resolved: &Resolved,
    api: &Api,
    id: OperationId,
    theirs: &BTreeMap<String, Parameter>,
    differences: &mut Vec<Difference>,
) {
    let operation = api.operation(id);
    let fields = api.fields(operation.request);
    let properties = &resolved.operations[id.0].1.request.properties;
    let full =
        |name: &str| format!("parameter {}", code(&format!("{}.{name}", operation.id.value)));
    let is_new = |name: &&String| {
        fields.iter().all(|field| field.wire.value != **name)
            && resolved.document.omitted.iter().all(|omitted| omitted.name != **name)
    };
    differences.extend(theirs.keys().filter(is_new).map(|name| Difference::New(full(name))));
    for (field, property) in fields.iter().zip(properties) {
        // A note says that the sources are known to differ here.
        if property.schema.note.is_some() {
            continue;
        }
        let name = &field.wire.value;
        match theirs.get(name) {
            None => differences.push(Difference::Gone(full(name))),
            Some(parameter) => differences.extend(
                changes(resolved, field, &property.schema, parameter)
                    .into_iter()
                    .map(|change| Difference::Changed(format!("{} {change}", full(name)))),
            ),
        }
    }
}

fn changes(
    resolved: &Resolved,
    field: &Field,
    property: &Schema,
    theirs: &Parameter,
) -> Vec<String> {
    let mut changes = Vec::new();
    let (type_, format) = wire_type(&field.type_);
    let same_format = |theirs: &String| format.is_none_or(|ours| ours == theirs);
    if theirs.type_ != type_ || !theirs.format.as_ref().is_none_or(same_format) {
        let theirs = shown(&theirs.type_, theirs.format.as_deref());
        changes.push(format!("is {theirs}, here {}", shown(type_, format)));
    }
    if let Some(required) = theirs.required.filter(|required| *required != field.required) {
        let word = |required| if required { "required" } else { "optional" };
        changes.push(format!("is {}, here {}", word(required), word(field.required)));
    }
    // A boolean has its two values whether they are listed or not.
    if let Some(values) = theirs.values.as_ref().filter(|_| field.type_ != Type::Boolean) {
        let (ours, recorded) = values_of(resolved, field, property);
        let added: Vec<String> = values.difference(&ours).map(|value| code(value)).collect();
        let removed = ours.difference(values).filter(|value| !recorded.contains(*value));
        let removed: Vec<String> = removed.map(|value| code(value)).collect();
        if !added.is_empty() {
            changes.push(format!("takes {} besides", added.join(", ")));
        }
        if !removed.is_empty() {
            changes.push(format!("does not take {}", removed.join(", ")));
        }
    }
    changes
}

/// The type and the format that a parameter has on the wire.
fn wire_type(type_: &Type) -> (&'static str, Option<&'static str>) {
    match type_ {
        Type::Boolean => ("boolean", None),
        Type::Int32 => ("integer", Some("int32")),
        Type::Int64 => ("integer", Some("int64")),
        Type::Double => ("number", Some("double")),
        Type::List(_) => ("array", None),
        Type::String | Type::Secret | Type::Named(_) | Type::JsonText(_) => ("string", None),
    }
}

fn shown(type_: &str, format: Option<&str>) -> String {
    format.map_or_else(|| code(type_), |format| format!("{} ({})", code(type_), code(format)))
}

/// The values that a parameter may have, when only some are allowed, and those of them that the
/// specs record as not known to all sources.
fn values_of(
    resolved: &Resolved,
    field: &Field,
    property: &Schema,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let documented = field.limits.iter().find_map(|limit| match &limit.check {
        Check::Documented(values) => Some(values.iter().cloned().collect()),
        _ => None,
    });
    let own = || property.enumeration.iter().map(|json| text(&json.to_value())).collect();
    let file = property.reference.as_ref().and_then(|reference| resolved.schema(reference));
    let recorded = file.into_iter().flat_map(|schema| &schema.rules().one_of);
    let recorded = recorded.filter(|value| value.note.is_some());
    let recorded = recorded.filter_map(|value| value.constant.as_ref());
    (documented.unwrap_or_else(own), recorded.map(|constant| text(&constant.to_value())).collect())
}

fn hosts(resolved: &Resolved, api: &Api, published: &Published, differences: &mut Vec<Difference>) {
    let name = |network: Network| match network {
        Network::Public => "public",
        Network::Vpc => "VPC",
    };
    let ours: BTreeMap<(&str, &str), (&str, bool)> = api
        .endpoints
        .iter()
        .zip(&resolved.document.servers)
        .flat_map(|(endpoint, server)| {
            let host = (endpoint.host.as_str(), server.note.is_some());
            endpoint
                .regions
                .iter()
                .map(move |region| ((region.as_str(), name(endpoint.network)), host))
        })
        .collect();
    let full = |(region, network): (&str, &str)| format!("{network} host of {}", code(region));
    for (key, host) in &published.hosts {
        let key = (key.0.as_str(), key.1);
        match ours.get(&key) {
            None => differences.push(Difference::New(format!("{} {}", full(key), code(host)))),
            Some((known, recorded)) if known != host && !recorded => {
                let change = format!("{} is {}, here {}", full(key), code(host), code(known));
                differences.push(Difference::Changed(change));
            }
            Some(_) => {}
        }
    }
    if published.hosts.is_empty() {
        return;
    }
    for (key, (host, recorded)) in &ours {
        if !recorded && !published.hosts.contains_key(&(key.0.to_owned(), key.1)) {
            differences.push(Difference::Gone(format!("{} {}", full(*key), code(host))));
        }
    }
}
