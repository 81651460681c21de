//! What mutants are made of: specs, whole and cut down to single operations, or what services publish of their
//! APIs, cut down to three.

use std::collections::BTreeSet;

use alibabacloud_codegen::Specs;
use fastrand::Rng;

use crate::node::Node;

/// Files by path.
pub(crate) type Files = Vec<(String, Node)>;

/// What the files of a mutant are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A spec, which the generator reads.
    Specs,
    /// Metadata, which become a spec first.
    Metadata,
}

/// The specs of services, or their metadata, and what else mutants are made of.
#[derive(Debug)]
pub struct Bases {
    kind: Kind,
    services: Vec<Service>,
    /// Small specs, each of one form.
    forms: Vec<Service>,
    /// Every node of the specs, for splicing.
    pub(crate) parts: Vec<(Option<String>, Node)>,
}

/// The specs of a service.
#[derive(Debug)]
pub(crate) struct Service {
    /// How diagnostics name the folder.
    pub(crate) folder: String,
    /// All of it, unless it is only looked at in parts.
    whole: Option<Files>,
    /// Parts of it with few operations, the smallest first.
    parts: Vec<Files>,
}

impl Bases {
    /// Takes valid specs of services, and small ones that have each form that there is.
    ///
    /// # Panics
    ///
    /// When there is no service.
    pub fn new(services: &[Specs], forms: &[Specs]) -> Self {
        let of = |specs: &[Specs]| specs.iter().map(Service::specs).collect();
        Self::of(Kind::Specs, of(services), of(forms))
    }

    /// Takes the metadata of services, a document each, and cuts them to three operations.
    ///
    /// # Panics
    ///
    /// When there is none that has operations.
    pub fn metadata(documents: &[Specs]) -> Self {
        let services = documents.iter().map(Service::metadata);
        let services = services.filter(|service| !service.parts.is_empty());
        Self::of(Kind::Metadata, services.collect(), Vec::new())
    }

    fn of(kind: Kind, services: Vec<Service>, forms: Vec<Service>) -> Self {
        assert!(!services.is_empty(), "mutants are made of something");
        let mut parts = Vec::new();
        let all = services.iter().chain(&forms);
        for (_, root) in all.flat_map(|service| service.files()).flatten() {
            collect(None, root, &mut parts);
        }
        Self { kind, services, forms, parts }
    }

    /// What the files of each mutant are.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Any service, or any form.
    pub(crate) fn pick(&self, random: &mut Rng) -> (&Service, &Files) {
        let is_form = !self.forms.is_empty() && random.bool();
        let of = if is_form { &self.forms } else { &self.services };
        let service = &of[random.usize(..of.len())];
        (service, service.pick(random))
    }
}

impl Service {
    fn specs(specs: &Specs) -> Self {
        let whole = parsed(specs);
        let parts = smallest_first(split(&whole));
        Self { folder: specs.folder().to_owned(), whole: Some(whole), parts }
    }

    fn metadata(document: &Specs) -> Self {
        let parts = smallest_first(cut(&parsed(document)));
        Self { folder: document.folder().to_owned(), whole: None, parts }
    }

    /// The files in which all of it is seen.
    fn files(&self) -> Vec<&Files> {
        self.whole.as_ref().map_or_else(|| self.parts.iter().collect(), |whole| vec![whole])
    }

    /// All operations, so that they meet each other, or mostly one of the smaller parts, which are
    /// looked at many times faster.
    fn pick(&self, random: &mut Rng) -> &Files {
        if let Some(whole) = &self.whole
            && (self.parts.is_empty() || random.u8(..32) == 0)
        {
            return whole;
        }
        let draws = (0..3).map(|_| random.usize(..self.parts.len()));
        &self.parts[draws.min().unwrap_or_default()]
    }
}

fn parsed(specs: &Specs) -> Files {
    let files = specs.files().iter();
    files.filter_map(|file| Some((file.path.clone(), Node::parse(&file.text)?))).collect()
}

fn smallest_first(mut parts: Vec<Files>) -> Vec<Files> {
    parts.sort_by_cached_key(|files| files.iter().map(|(_, root)| root.count()).sum::<usize>());
    parts
}

/// How many nodes a part has that is put elsewhere: larger ones are kept by nobody's memory.
const LARGEST: usize = 200;

fn collect(key: Option<&str>, node: &Node, parts: &mut Vec<(Option<String>, Node)>) {
    if node.count() <= LARGEST {
        parts.push((key.map(str::to_owned), node.clone()));
    }
    match node {
        Node::Scalar(_) => {}
        Node::Array(items) => items.iter().for_each(|item| collect(None, item, parts)),
        Node::Object(members) => {
            members.iter().for_each(|(key, value)| collect(Some(key), value, parts));
        }
    }
}

/// Specs of each operation.
fn split(whole: &Files) -> Vec<Files> {
    let operations = whole.iter().filter(|(path, _)| path.starts_with("operations/"));
    operations.map(|(path, _)| only(whole, path)).collect()
}

/// How many operations of metadata are looked at together.
const TOGETHER: usize = 3;

/// How many hosts these have, of which there may be hundreds.
const HOSTS: usize = 3;

/// Metadata of some operations at a time, with the components that they need.
fn cut(whole: &Files) -> Vec<Files> {
    let Some((path, Node::Object(document))) = whole.first() else { return Vec::new() };
    let find = |key: &str| document.iter().find(|(known, _)| known == key).map(|(_, value)| value);
    let Some(Node::Object(operations)) = find("apis") else { return Vec::new() };
    let components = find("components").and_then(|components| match components {
        Node::Object(members) => members.iter().find(|(key, _)| key == "schemas"),
        Node::Scalar(_) | Node::Array(_) => None,
    });
    let components = match components {
        Some((_, Node::Object(schemas))) => schemas.as_slice(),
        _ => &[],
    };
    let part = |operations: &[(String, Node)]| {
        let members = document.iter().map(|(key, value)| {
            let value = match (key.as_str(), value) {
                ("apis", _) => Node::Object(operations.to_vec()),
                ("components", _) => {
                    let needed = needed(operations, components);
                    Node::Object(vec![("schemas".to_owned(), Node::Object(needed))])
                }
                ("endpoints", Node::Array(hosts)) => {
                    Node::Array(hosts.iter().take(HOSTS).cloned().collect())
                }
                ("directories", _) => Node::Array(Vec::new()),
                (_, value) => value.clone(),
            };
            (key.clone(), value)
        });
        vec![(path.clone(), Node::Object(members.collect()))]
    };
    operations.chunks(TOGETHER).map(part).collect()
}

/// The components that something refers to, and those that these refer to.
fn needed(operations: &[(String, Node)], components: &[(String, Node)]) -> Vec<(String, Node)> {
    let mut names = BTreeSet::new();
    operations.iter().for_each(|(_, operation)| operation.references(&mut names));
    loop {
        let before = names.len();
        for (name, schema) in components {
            if names.contains(name.as_str()) {
                schema.references(&mut names);
            }
        }
        if names.len() == before {
            break;
        }
    }
    components.iter().filter(|(name, _)| names.contains(name)).cloned().collect()
}

/// The operation at `path`, what it refers to, and an index that names no other one.
fn only(whole: &Files, path: &str) -> Files {
    let mut wanted = vec!["openapi.json".to_owned(), path.to_owned()];
    let mut next = 1;
    while let Some(current) = wanted.get(next).cloned() {
        let text = whole.iter().find(|(path, _)| *path == current).map(|(_, root)| root.to_text());
        for (candidate, _) in whole {
            let name = candidate.strip_prefix("schemas/");
            let refers = |name: &str| {
                let text = text.as_deref().unwrap_or_default();
                text.contains(&format!("/{name}\"")) || text.contains(&format!("\"{name}\""))
            };
            if name.is_some_and(refers) && !wanted.contains(candidate) {
                wanted.push(candidate.clone());
            }
        }
        next += 1;
    }
    let text =
        whole.iter().find(|(candidate, _)| candidate == path).map(|(_, root)| root.to_text());
    let mut files: Files =
        whole.iter().filter(|(path, _)| wanted.contains(path)).cloned().collect();
    for (_, root) in files.iter_mut().filter(|(path, _)| path == "openapi.json") {
        if let Some(Node::Object(entries)) = member(root, "paths") {
            entries.retain(|(_, entry)| entry.to_text().contains(path));
        }
        let envelope = member(root, "info").and_then(|info| member(info, "x-envelope"));
        if let Some(Node::Object(parts)) = envelope {
            parts.retain_mut(|(_, part)| keep_named(part, text.as_deref().unwrap_or_default()));
        }
    }
    files
}

/// Keeps those names of an envelope's part that stand in a text; says whether there are any.
fn keep_named(part: &mut Node, text: &str) -> bool {
    match part {
        Node::Scalar(_) => text.contains(&part.to_text()),
        Node::Array(names) => {
            names.retain(|name| text.contains(&name.to_text()));
            !names.is_empty()
        }
        Node::Object(markers) => {
            markers.retain(|(name, _)| text.contains(&format!("\"{name}\"")));
            !markers.is_empty()
        }
    }
}

fn member<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Node::Object(members) = node else { return None };
    members.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
}
