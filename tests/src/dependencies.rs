//! A collection of operations with dependencies in IDL: the spec of each, and requests to judge.
//!
//! Whether a request is valid is asked of [`crate::idl`]; types, and what is always required, are facts of the
//! parameters.

pub mod asked;
pub mod compared;
mod domains;
pub mod drawn;
pub mod programs;
mod small;

use std::collections::BTreeMap;

use alibabacloud_codegen::{SpecFile, Specs};
use fastrand::Rng;
use heck::{ToSnakeCase, ToUpperCamelCase};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::idl::{Dependency, Request};

/// An operation of the collection.
#[derive(Debug, Clone, Deserialize)]
pub struct Operation {
    /// Its path; not all are different.
    pub path: String,
    /// Its method.
    pub method: String,
    /// What it takes.
    pub parameters: Vec<Parameter>,
    /// Each a text.
    pub dependencies: Vec<String>,
}

/// A parameter.
#[derive(Debug, Clone, Deserialize)]
pub struct Parameter {
    /// What it is called on the wire.
    pub name: String,
    #[serde(rename = "in")]
    place: String,
    #[serde(rename = "type")]
    type_: String,
    #[serde(default)]
    items: Option<String>,
    required: bool,
    #[serde(rename = "enum", default)]
    values: Vec<Value>,
    #[serde(default)]
    minimum: Option<i64>,
    #[serde(default)]
    maximum: Option<i64>,
}

impl Parameter {
    /// One that makes no trouble.
    pub fn new(name: &str, type_: &str, values: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            place: "query".to_owned(),
            type_: type_.to_owned(),
            items: None,
            required: false,
            values: values.iter().map(|value| (*value).into()).collect(),
            minimum: None,
            maximum: None,
        }
    }

    fn is_in_form(&self) -> bool {
        ["formData", "body"].contains(&self.place.as_str())
    }

    /// Whether it has one of so many texts.
    fn is_choice(&self) -> bool {
        self.type_ == "string" && !self.values.is_empty()
    }

    /// Whether a value of its type is within what it can be.
    fn fits(&self, value: &Value) -> bool {
        let is_within = value.as_f64().is_none_or(|number| {
            self.minimum.is_none_or(|least| least as f64 <= number)
                && self.maximum.is_none_or(|most| number <= most as f64)
        });
        is_within && (!self.is_choice() || self.values.contains(value))
    }

    /// Its schema; the values of a text that has some stand in a file.
    fn schema(&self, rust_name: &str, files: &mut Vec<SpecFile>, stem: &str) -> Value {
        let mut schema = scalar(&self.type_, self.items.as_deref());
        for (key, bound) in [("minimum", self.minimum), ("maximum", self.maximum)] {
            if let Some(bound) = bound {
                schema[key] = bound.into();
            }
        }
        let is_named = |value: &Value| value.as_str().is_some_and(is_plain);
        if self.is_choice() && !self.values.iter().all(is_named) {
            schema["enum"] = self.values.clone().into();
        } else if self.is_choice() {
            let name = format!("{stem}{}", rust_name.to_upper_camel_case());
            let text = json!({ "type": "string", "description": "A choice.", "enum": self.values });
            let path = format!("schemas/{name}.json");
            files.push(SpecFile { path, text: text.to_string() });
            schema = json!({ "$ref": format!("../schemas/{name}.json") });
        }
        if !is_plain(&self.name) {
            schema["x-name"] = rust_name.into();
        }
        schema
    }
}

/// Whether a name needs no other in Rust.
fn is_plain(name: &str) -> bool {
    name.chars().all(|found| found.is_ascii_alphanumeric() || "_-.".contains(found))
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
}

fn scalar(type_: &str, items: Option<&str>) -> Value {
    match type_ {
        "integer" => json!({ "type": "integer", "format": "int64" }),
        "number" => json!({ "type": "number", "format": "double" }),
        "array" => json!({ "type": "array", "items": scalar(items.unwrap_or("string"), None) }),
        other => json!({ "type": other }),
    }
}

/// What operations are called, in their order.
pub fn id(index: usize) -> String {
    format!("Operation{index:03}")
}

/// The spec of a service with these operations.
///
/// Rules are of the whole request wherever its parameters stand, so what stands in bodies stands in a form here
/// and all else in the query: paths and headers of other services are not those of this one.
pub fn specs(product: &str, operations: &[Operation]) -> Specs {
    let mut files = Vec::new();
    let mut paths = Map::new();
    for (index, operation) in operations.iter().enumerate() {
        let id = id(index);
        let item = item(&id, operation, &mut files);
        files.push(SpecFile { path: format!("operations/{id}.json"), text: item.to_string() });
        paths.insert(format!("/{id}"), json!({ "$ref": format!("operations/{id}.json") }));
    }
    let info = json!({ "title": product, "version": "2026-01-01", "x-product": product });
    let index = json!({ "openapi": "3.2.0", "info": info, "servers": [], "paths": paths });
    files.push(SpecFile { path: "openapi.json".to_owned(), text: index.to_string() });
    Specs::new(product.to_lowercase(), files)
}

/// What the parameters are called in Rust where their names are none, in their order.
fn rust_names(operation: &Operation) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for parameter in &operation.parameters {
        let plain = parameter.name.replace(|found: char| !found.is_ascii_alphanumeric(), "_");
        let mut name = plain.to_snake_case();
        while names.contains(&name) {
            name.push_str("_too");
        }
        names.push(name);
    }
    names
}

/// The parameters with the names that rules have for them: of those in more places than the query, the names in
/// Rust.
fn labels(operation: &Operation) -> impl Iterator<Item = (&str, String)> {
    let has_form = operation.parameters.iter().any(Parameter::is_in_form);
    operation.parameters.iter().zip(rust_names(operation)).map(move |(parameter, rust_name)| {
        let name = &parameter.name;
        let label = if has_form && !is_plain(name) { rust_name } else { name.clone() };
        (name.as_str(), label)
    })
}

/// A request by the names that rules have for parameters.
pub fn labelled(operation: &Operation, request: &Request) -> Value {
    let named =
        labels(operation).filter_map(|(name, label)| Some((label, request.get(name)?.clone())));
    Value::Object(named.collect())
}

/// The opposite of [`labelled`].
pub fn unlabelled(operation: &Operation, request: &Request) -> Request {
    let named = labels(operation);
    named
        .filter_map(|(name, label)| Some((name.to_owned(), request.get(&label)?.clone())))
        .collect()
}

fn item(id: &str, operation: &Operation, files: &mut Vec<SpecFile>) -> Value {
    let mut places = [Map::new(), Map::new()];
    let mut required = [Vec::new(), Vec::new()];
    for (parameter, rust_name) in operation.parameters.iter().zip(rust_names(operation)) {
        let place = usize::from(parameter.is_in_form());
        let schema = parameter.schema(&rust_name, files, id);
        places[place].insert(parameter.name.clone(), schema);
        if parameter.required {
            required[place].push(parameter.name.clone());
        }
    }
    let [query, form] = places;
    let [needed, needed_form] = required;
    let content = |properties: Map<String, Value>, required: Vec<String>| {
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        json!({ "application/x-www-form-urlencoded": { "schema": schema } })
    };
    let has_form = !form.is_empty();
    let form = content(form, needed_form);
    let query = content(query, needed);
    let mut item = json!({
        "operationId": id,
        "summary": "Has dependencies.",
        "parameters": [{ "name": "request", "in": "querystring", "required": true, "content": query }],
        "x-dependencies": operation.dependencies,
        "responses": { "200": { "description": "Success.", "content": {
            "application/json": { "schema": { "type": "object", "properties": {} } }
        } } },
    });
    if has_form {
        item["requestBody"] = json!({ "required": true, "content": form });
    }
    json!({ "post": item })
}

/// The dependencies of an operation as they are judged by, and the values that its parameters are tried with.
#[derive(Debug)]
pub struct Judged<'o> {
    operation: &'o Operation,
    dependencies: Vec<Dependency>,
    /// The parameters that each names.
    named: Vec<Vec<&'o str>>,
    /// In the order of the parameters that the dependencies name.
    pub domains: Vec<(&'o str, Vec<Option<Value>>)>,
    /// What is given in each request, for it is always required and nothing depends on it.
    always: Request,
}

impl<'o> Judged<'o> {
    /// Reads the dependencies.
    ///
    /// # Panics
    ///
    /// When a text is no dependency.
    pub fn of(operation: &'o Operation) -> Self {
        let texts = &operation.dependencies;
        let dependencies = texts.iter().map(|text| Dependency::parse(text)).collect();
        let mut mentioned: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let mut named = Vec::new();
        for text in texts {
            let mut names = Vec::new();
            for (name, values) in domains::mentioned(text, &operation.parameters) {
                mentioned.entry(name).or_default().extend(values);
                names.push(name);
            }
            named.push(names);
        }
        let (mut domains, mut always) = (Vec::new(), Request::new());
        for parameter in &operation.parameters {
            let values = mentioned.get(parameter.name.as_str());
            let domain = domains::domain(parameter, values.map_or(&[][..], |values| values));
            if values.is_some() {
                let domain = [None].into_iter().chain(domain.into_iter().map(Some)).collect();
                domains.push((parameter.name.as_str(), domain));
            } else if parameter.required {
                always
                    .extend(domain.into_iter().next().map(|value| (parameter.name.clone(), value)));
            }
        }
        Self { operation, dependencies, named, domains, always }
    }

    /// How many requests there are; nothing beyond a number that a program can count to.
    pub fn count(&self) -> Option<u64> {
        self.domains
            .iter()
            .try_fold(1_u64, |count, (_, domain)| count.checked_mul(domain.len() as u64))
    }

    /// The request of this number.
    pub fn request(&self, mut number: u64) -> Request {
        let mut request = self.always.clone();
        for (name, domain) in &self.domains {
            let size = domain.len() as u64;
            let value = usize::try_from(number % size).ok().and_then(|index| domain[index].clone());
            number /= size;
            request.extend(value.map(|value| ((*name).to_owned(), value)));
        }
        request
    }

    /// Any request; in half of them few parameters are given, since most are refused that have many.
    pub fn random(&self, rng: &mut Rng) -> Request {
        let mut request = self.always.clone();
        let rare = rng.u32(1..=6);
        for (name, domain) in &self.domains {
            let given = domain.len() > 1 && rng.u32(0..rare + 1) == 0;
            if let Some(value) =
                given.then(|| &domain[rng.usize(1..domain.len())]).cloned().flatten()
            {
                request.insert((*name).to_owned(), value);
            }
        }
        request
    }

    /// Whether a request has what is always required and only what parameters can be, and satisfies the
    /// dependencies.
    pub fn is_valid(&self, request: &Request) -> bool {
        self.broken(request).is_empty()
    }

    /// The parameters that a request lacks, or that have what they cannot be, and the dependencies that it does not
    /// satisfy: of those that name what it lacks nothing is said, since no request that is whole is like it.
    pub fn broken(&self, request: &Request) -> Vec<&str> {
        let parameters = &self.operation.parameters;
        let lacks =
            |parameter: &Parameter| parameter.required && !request.contains_key(&parameter.name);
        let is_wrong = |parameter: &&Parameter| {
            lacks(parameter)
                || request.get(&parameter.name).is_some_and(|value| !parameter.fits(value))
        };
        let is_whole = |names: &[&str]| {
            !parameters
                .iter()
                .any(|parameter| lacks(parameter) && names.contains(&&*parameter.name))
        };
        let all = self.operation.dependencies.iter().zip(&self.dependencies).zip(&self.named);
        let unmet =
            all.filter(|((_, dependency), names)| !dependency.holds(request) && is_whole(names));
        let wrong = parameters.iter().filter(is_wrong).map(|parameter| parameter.name.as_str());
        wrong.chain(unmet.map(|((text, _), _)| text.as_str())).collect()
    }
}

/// Up to `most` requests: all there are, or as many random ones.
pub fn requests<'j>(
    judged: &'j Judged<'_>,
    most: u64,
    rng: &'j mut Rng,
) -> Box<dyn Iterator<Item = Request> + 'j> {
    match judged.count().filter(|count| *count <= most) {
        Some(count) => Box::new((0..count).map(|number| judged.request(number))),
        None => Box::new((0..most).map(|_| judged.random(rng))),
    }
}
