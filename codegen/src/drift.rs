//! How what a service publishes of its API differs from the specs.
//!
//! Reads the metadata, asks the model, and changes nothing.

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::bound::condition::{Equals, ValueCondition};
use crate::bound::{Bound, Member};
use crate::english::code;
use crate::import::described::{self, Described, Parameter};
use crate::model::limit::Check;
use crate::model::{Api, Field, Network, OperationId, Type};
use crate::travel::Place;

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

/// What the published metadata and the specs say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// What differs, sorted.
    pub differences: Vec<Difference>,
    /// What differs and is no news, since an `x-document` of the specs records it or
    /// `x-omitted-parameters` leaves it out on purpose; sorted.
    pub recorded: Vec<Difference>,
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    differences: Vec<Difference>,
    recorded: Vec<Difference>,
}

impl Found {
    fn add(&mut self, difference: Difference, is_recorded: bool) {
        let list = if is_recorded { &mut self.recorded } else { &mut self.differences };
        list.push(difference);
    }
}

/// Compares; a sentence when the text is no metadata of this service version.
pub(super) fn drift(bound: &Bound, api: &Api, metadata: &str) -> Result<Drift, String> {
    let published = facts::parse(metadata)?;
    for (what, theirs, ours) in [
        ("product", &published.product, &api.product.value),
        ("version", &published.version, &api.version),
    ] {
        if theirs != ours {
            return Err(format!("the {what} of the metadata is `{theirs}`, not `{ours}`"));
        }
    }
    let mut found = Found::default();
    let ours: BTreeMap<&str, OperationId> =
        api.operation_ids().map(|id| (api.operation(id).id.value.as_str(), id)).collect();
    for (name, theirs) in &published.operations {
        match ours.get(name.as_str()) {
            Some(id) => {
                security(api, *id, theirs, &mut found);
                compare(bound, api, *id, &theirs.parameters, &mut found);
            }
            None => found.add(Difference::New(format!("operation {}", code(name))), false),
        }
    }
    for name in ours.keys().filter(|name| !published.operations.contains_key(**name)) {
        found.add(Difference::Gone(format!("operation {}", code(name))), false);
    }
    hosts(bound, api, &published, &mut found);
    let Found { mut differences, mut recorded } = found;
    differences.sort();
    recorded.sort();
    Ok(Drift { differences, recorded })
}

/// Who may call an operation that both have.
fn security(api: &Api, id: OperationId, theirs: &described::Operation, found: &mut Found) {
    let ours = api.operation(id);
    if let Some(theirs) = theirs.security.as_ref().filter(|theirs| **theirs != ours.security) {
        let (name, theirs, ours) = (code(&ours.id.value), theirs.words(), ours.security.words());
        let change = format!("operation {name} takes {theirs}, here {ours}");
        found.add(Difference::Changed(change), false);
    }
}

/// The parameters of an operation that both have.
fn compare(bound: &Bound, api: &Api, id: OperationId, theirs: &[Parameter], found: &mut Found) {
    let operation = api.operation(id);
    let fields = api.fields(operation.request);
    let item = bound.types.item(operation.request);
    let members = bound.types.members(operation.request);
    let own = item.requirements.as_ref().map_or(&[][..], |requirements| &requirements.own);
    let full =
        |name: &str| format!("parameter {}", code(&format!("{}.{name}", operation.id.value)));
    let pairs = pairs(fields, theirs);
    for (index, Parameter { name, .. }) in theirs.iter().enumerate() {
        if !pairs.contains(&Some(index)) {
            found.add(Difference::New(full(name)), bound.service.omitted.contains(name));
        }
    }
    for (((field, member), own), pair) in fields.iter().zip(members).zip(own).zip(&pairs) {
        let name = field.label();
        let Some(parameter) = pair.map(|index| &theirs[index]) else {
            // A note alone says that not all sources have it; what else it says, it says to people.
            let is_recorded = member.elsewhere.as_ref().is_some_and(|said| said.is_silent());
            found.add(Difference::Gone(full(name)), is_recorded);
            continue;
        };
        for (change, is_recorded) in changes(bound, field, member, own.as_deref(), parameter) {
            found.add(Difference::Changed(format!("{} {change}", full(name))), is_recorded);
        }
    }
}

/// Which of their parameters is which of our fields: the one of its name in its place, or else the one
/// that has its name elsewhere.
fn pairs(fields: &[Field], theirs: &[Parameter]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; fields.len()];
    for is_moved in [false, true] {
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.travel.is_some())
        {
            let is_it = |(position, parameter): &(usize, &Parameter)| {
                let is_named =
                    parameter.name == field.wire.value || parameter.name == field.label();
                let is_free = !pairs.contains(&Some(*position));
                is_named && is_free && (is_moved || is_there(field, parameter.place))
            };
            if pairs[index].is_none() {
                pairs[index] = theirs.iter().enumerate().find(is_it).map(|(position, _)| position);
            }
        }
    }
    pairs
}

/// Whether a field stands there, as far as services tell places apart.
fn is_there(field: &Field, place: Place) -> bool {
    field.travel.is_none_or(|travel| place_words(travel.place) == place_words(place))
}

/// Where a parameter stands. A secret of the query goes into the form where there is one, and RPC services
/// read both alike.
fn place_words(place: Place) -> &'static str {
    match place {
        Place::Query | Place::Form => "the query or form",
        Place::Header => "the headers",
        Place::Path | Place::WholePath => "the path",
        Place::Member | Place::Body(_) => "the body",
    }
}

/// What differs, each with whether the specs record it.
fn changes(
    bound: &Bound,
    field: &Field,
    member: &Member,
    own: Option<&ValueCondition>,
    theirs: &Parameter,
) -> Vec<(String, bool)> {
    let mut changes = Vec::new();
    let elsewhere = member.elsewhere.as_deref();
    if let Some(travel) = field.travel.filter(|_| !is_there(field, theirs.place)) {
        let (theirs, ours) = (place_words(theirs.place), place_words(travel.place));
        changes.push((format!("stands in {theirs}, here in {ours}"), false));
    }
    // What may be anything is what it is there.
    if let (Some(their_type), Some((type_, format))) = (&theirs.type_, wire_type(bound, field)) {
        let same_format = |theirs: &String| format.is_none_or(|ours| ours == theirs);
        if their_type != type_ || !theirs.format.as_ref().is_none_or(same_format) {
            let theirs = shown(their_type, theirs.format.as_deref());
            changes.push((format!("is {theirs}, here {}", shown(type_, format)), false));
        }
    }
    if let Some(required) = theirs.required.filter(|required| *required != field.required) {
        let word = |required| if required { "required" } else { "optional" };
        let is_recorded = elsewhere.is_some_and(|said| said.required == Some(required));
        let change = format!("is {}, here {}", word(required), word(field.required));
        changes.push((change, is_recorded));
    }
    // A boolean has its two values whether they are listed or not.
    if let Some(values) = theirs.values.as_ref().filter(|_| field.type_ != Type::Boolean) {
        let (ours, recorded) = values_of(bound, field, own);
        let listed = |values: BTreeSet<&String>| {
            let values: Vec<String> = values.into_iter().map(|value| code(value)).collect();
            (!values.is_empty()).then(|| values.join(", "))
        };
        let known = elsewhere.is_some_and(|said| said.values.as_ref() == Some(values));
        let added = listed(values.difference(&ours).collect());
        changes.extend(added.map(|added| (format!("takes {added} besides"), known)));
        for is_recorded in [false, true] {
            let removed = ours.difference(values);
            let is_so = |value: &&String| (known || recorded.contains(*value)) == is_recorded;
            let removed = listed(removed.filter(is_so).collect());
            changes
                .extend(removed.map(|removed| (format!("does not take {removed}"), is_recorded)));
        }
    }
    changes
}

/// The type and the format that a parameter has on the wire; nothing where it may be anything.
fn wire_type(bound: &Bound, field: &Field) -> Option<(&'static str, Option<&'static str>)> {
    Some(match &field.type_ {
        Type::Boolean => ("boolean", None),
        Type::Int32 => ("integer", Some("int32")),
        Type::Int64 => ("integer", Some("int64")),
        Type::Float => ("number", Some("float")),
        Type::Double => ("number", Some("double")),
        Type::List(_) => ("array", None),
        Type::Map(_) => ("object", None),
        Type::Bytes => ("string", Some("binary")),
        Type::Any => return None,
        Type::Named(id) if bound.types.values(*id).is_none() => ("object", None),
        Type::String | Type::Secret | Type::Named(_) | Type::JsonText(_) => ("string", None),
    })
}

fn shown(type_: &str, format: Option<&str>) -> String {
    format.map_or_else(|| code(type_), |format| format!("{} ({})", code(type_), code(format)))
}

/// The values that a parameter may have, when only some are allowed, and those of them that the
/// specs record as not known to all sources.
fn values_of(
    bound: &Bound,
    field: &Field,
    own: Option<&ValueCondition>,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let documented = field.limits.iter().find_map(|limit| match &limit.check {
        Check::Documented(values) => Some(values.iter().cloned().collect()),
        _ => None,
    });
    let listed = own.and_then(|own| own.values.as_ref()).and_then(|values| values.any.as_ref());
    let listed = || listed.into_iter().flatten().filter_map(shown_value).collect();
    let enumeration = match &field.type_ {
        Type::Named(id) => bound.types.values(*id),
        _ => None,
    };
    let recorded = enumeration.into_iter().flatten().filter(|value| value.is_noted);
    let recorded = recorded.map(|value| value.wire.value.clone()).collect();
    (documented.unwrap_or_else(listed), recorded)
}

/// A value as it stands in metadata, which has scalars only.
fn shown_value(value: &Equals) -> Option<String> {
    match value {
        Equals::Literal(literal) => Some(literal.to_string()),
        Equals::Double(number) => Some(number.to_string()),
        Equals::Nothing | Equals::List(_) | Equals::Object(_) => None,
    }
}

fn hosts(bound: &Bound, api: &Api, published: &Described, found: &mut Found) {
    let name = |network: Network| match network {
        Network::Public => "public",
        Network::Vpc => "VPC",
    };
    let ours: BTreeMap<(&str, &str), (&str, bool)> = api
        .endpoints
        .iter()
        .zip(&bound.service.hosts)
        .flat_map(|(endpoint, host)| {
            let host = (endpoint.host.as_str(), host.is_noted);
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
            None => found.add(Difference::New(format!("{} {}", full(key), code(host))), false),
            Some((known, recorded)) if known != host => {
                let change = format!("{} is {}, here {}", full(key), code(host), code(known));
                found.add(Difference::Changed(change), *recorded);
            }
            Some(_) => {}
        }
    }
    // Of a network of which it names no host, a source knows nothing.
    let knows = |network: &str| published.hosts.keys().any(|(_, known)| *known == network);
    for (key, (host, recorded)) in ours.iter().filter(|((_, network), _)| knows(network)) {
        if !published.hosts.contains_key(&(key.0.to_owned(), key.1)) {
            found.add(Difference::Gone(format!("{} {}", full(*key), code(host))), *recorded);
        }
    }
}
