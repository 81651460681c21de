//! What mutants are made of: specs, or what services publish of their APIs, whole and cut down to single
//! operations.

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
    whole: Files,
    /// Each operation alone, the smallest first.
    single: Vec<Files>,
}

impl Bases {
    /// Takes valid specs of services, and small ones that have each form that there is.
    ///
    /// # Panics
    ///
    /// When there is no service.
    pub fn new(services: &[Specs], forms: &[Specs]) -> Self {
        let of = |specs: &[Specs]| specs.iter().map(|specs| Service::new(specs, split)).collect();
        Self::of(Kind::Specs, of(services), of(forms))
    }

    /// Takes the metadata of services, a document each.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn metadata(documents: &[Specs]) -> Self {
        let services = documents.iter().map(|document| Service::new(document, cut));
        Self::of(Kind::Metadata, services.collect(), Vec::new())
    }

    fn of(kind: Kind, services: Vec<Service>, forms: Vec<Service>) -> Self {
        assert!(!services.is_empty(), "mutants are made of something");
        let mut parts = Vec::new();
        for (_, root) in services.iter().chain(&forms).flat_map(|service| &service.whole) {
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
    fn new(specs: &Specs, single: fn(&Files) -> Vec<Files>) -> Self {
        let files = specs.files().iter();
        let parsed = files.filter_map(|file| Some((file.path.clone(), Node::parse(&file.text)?)));
        let whole: Files = parsed.collect();
        let mut single = single(&whole);
        let length = |files: &Files| files.iter().map(|(_, root)| root.count()).sum::<usize>();
        single.sort_by_key(length);
        Self { folder: specs.folder().to_owned(), whole, single }
    }

    /// All operations, so that they meet each other, or mostly one of the smaller ones, which are
    /// looked at many times faster.
    fn pick(&self, random: &mut Rng) -> &Files {
        if self.single.is_empty() || random.u8(..32) == 0 {
            return &self.whole;
        }
        let draws = (0..3).map(|_| random.usize(..self.single.len()));
        &self.single[draws.min().unwrap_or_default()]
    }
}

fn collect(key: Option<&str>, node: &Node, parts: &mut Vec<(Option<String>, Node)>) {
    parts.push((key.map(str::to_owned), node.clone()));
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

/// Metadata of each operation.
fn cut(whole: &Files) -> Vec<Files> {
    let count = whole.first().map_or(0, |(_, root)| match member(&mut root.clone(), "apis") {
        Some(Node::Object(operations)) => operations.len(),
        _ => 0,
    });
    let only = |index: usize| {
        let mut files = whole.clone();
        for (_, root) in &mut files {
            if let Some(Node::Object(operations)) = member(root, "apis") {
                *operations = operations.drain(..).skip(index).take(1).collect();
            }
        }
        files
    };
    (0..count).map(only).collect()
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
