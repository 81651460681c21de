//! Findings → what stands in each file of the crate: all that emitters ask, answered once.
//!
//! Knows no JSON Schema, and of Rust what things are called and of which types they are, not how they
//! are written. The facts of a file are put together when it is about to be written, and live as long
//! as its tokens. A file in `blueprint/` has the facts that the emitter of the same name writes down.

#![deny(clippy::wildcard_enum_match_arm)]

mod coverage;
pub(crate) mod doctest;
pub(crate) mod enumeration;
pub(crate) mod errors;
pub(crate) mod field_docs;
pub(crate) mod field_type;
pub(crate) mod front;
mod imports;
pub(crate) mod links;
pub(crate) mod operation;
pub(crate) mod package;
pub(crate) mod pages;
pub(crate) mod parameters;
pub(crate) mod received_struct;
pub(crate) mod request_docs;
pub(crate) mod root;
pub(crate) mod sent_struct;
pub(crate) mod structure;
pub(crate) mod validator;
pub(crate) mod violation;
pub(crate) mod waits;
pub(crate) mod when;

use std::collections::BTreeSet;

use crate::config::Config;
use crate::findings::Findings;
use crate::model::{Api, Endpoint, Envelope, Field, OperationId, Shape, Type, TypeId};
use coverage::Coverage;
use enumeration::EnumerationFile;
use links::{Links, Operations};
use operation::OperationFile;
use package::{Manifest, Readme};
use root::{Client, Library, OperationModule, TypeModule};
use structure::StructureFile;

/// The crate that is to be written.
#[derive(Debug)]
pub(crate) struct Blueprint<'m> {
    findings: &'m Findings,
    config: &'m Config,
    /// For each type whether it, or something inside it, has limits or rules.
    checked: Vec<bool>,
    /// For each type whether two of its values can be compared: not where one may hold a secret.
    comparable: Vec<bool>,
    /// What texts may name.
    operations: Operations<'m>,
}

/// A file of the crate. Each can be written without the others.
#[derive(Debug, Clone, Copy)]
pub(crate) enum File {
    Manifest,
    Readme,
    Rustfmt,
    Library,
    Client,
    Blocking,
    Operations,
    Types,
    Endpoints,
    Envelope,
    Operation(OperationId),
    Type(TypeId),
}

/// All that is to be known of a file.
#[derive(Debug)]
pub(crate) struct Sheet<'m> {
    /// Below the crate's folder, with `/` between its parts.
    pub(crate) path: String,
    /// The spec file or folder that it comes from.
    pub(crate) source: String,
    /// What the texts in it point to.
    pub(crate) links: Links<'m>,
    pub(crate) drawing: Drawing<'m>,
}

/// What is to be written into a file.
#[derive(Debug)]
pub(crate) enum Drawing<'m> {
    Manifest(Manifest<'m>),
    Readme(Readme<'m>),
    Rustfmt,
    Library(Library<'m>),
    Client(Client<'m>),
    Blocking,
    Operations(Vec<OperationModule<'m>>),
    Types(Vec<TypeModule<'m>>),
    Endpoints(&'m [Endpoint]),
    Envelope(&'m Envelope),
    Operation(Box<OperationFile<'m>>),
    Structure(Box<StructureFile<'m>>),
    Enumeration(EnumerationFile<'m>),
}

impl<'m> Blueprint<'m> {
    pub(crate) fn new(findings: &'m Findings, config: &'m Config) -> Self {
        let api = &findings.api;
        Self {
            findings,
            config,
            checked: api.type_ids().map(|id| has_checks(findings, id)).collect(),
            comparable: api.type_ids().map(|id| !api.holds_secret(&Type::Named(id))).collect(),
            operations: Operations::of(findings),
        }
    }

    /// The files of the crate, in their order.
    pub(crate) fn files(&self) -> Vec<File> {
        let mut files = vec![
            File::Manifest,
            File::Readme,
            File::Rustfmt,
            File::Library,
            File::Client,
            File::Blocking,
            File::Operations,
            File::Types,
            File::Endpoints,
            File::Envelope,
        ];
        files.extend(self.findings.api.operation_ids().map(File::Operation));
        files.extend(root::shared_types(self.findings).map(File::Type));
        files
    }

    /// What is to be written into a file.
    pub(crate) fn sheet(&self, file: File) -> Sheet<'_> {
        let findings = self.findings;
        let Api { folder, endpoints, envelope, .. } = &findings.api;
        let (path, source, drawing) = match file {
            File::Manifest => {
                ("Cargo.toml", None, Drawing::Manifest(Manifest::of(findings, self.config)))
            }
            File::Readme => ("README.md", None, Drawing::Readme(Readme::of(findings))),
            File::Rustfmt => ("rustfmt.toml", None, Drawing::Rustfmt),
            File::Library => ("src/lib.rs", None, Drawing::Library(Library::of(findings))),
            File::Client => ("src/client.rs", None, Drawing::Client(Client::of(findings))),
            File::Blocking => ("src/blocking.rs", None, Drawing::Blocking),
            File::Operations => {
                ("src/operations.rs", None, Drawing::Operations(root::operations(findings)))
            }
            File::Types => ("src/types.rs", None, Drawing::Types(root::types(findings))),
            File::Endpoints => {
                ("src/endpoints.rs", Some("openapi.json"), Drawing::Endpoints(endpoints))
            }
            File::Envelope => {
                ("src/envelope.rs", Some("openapi.json"), Drawing::Envelope(envelope))
            }
            File::Operation(id) => {
                let module = findings.names.operation(id).module.plain();
                let source = findings.api.operation(id).path.as_str();
                let drawing = Drawing::Operation(Box::new(OperationFile::of(self, id)));
                (&*format!("src/operations/{module}.rs"), Some(source), drawing)
            }
            File::Type(id) => {
                let type_ = findings.api.type_(id);
                let module = findings.names.type_(id).module.plain();
                let drawing = match &type_.shape {
                    Shape::Enum(values) => {
                        Drawing::Enumeration(EnumerationFile::of(findings, id, values))
                    }
                    Shape::Struct(_) => Drawing::Structure(Box::new(StructureFile::of(self, id))),
                };
                (&*format!("src/types/{module}.rs"), Some(type_.path.as_str()), drawing)
            }
        };
        let source = match source {
            Some(path) => format!("{folder}/{path}"),
            None => folder.clone(),
        };
        Sheet { path: path.to_owned(), source, links: self.links(file), drawing }
    }

    /// What the texts of a file point to. Only tests compile a crate as a module, so no path starts at
    /// its root.
    fn links(&self, file: File) -> Links<'_> {
        let (path, own) = match file {
            File::Operation(id) => {
                ("super", Some(self.findings.api.operation(id).id.value.as_str()))
            }
            File::Type(_) => ("super::super::operations", None),
            File::Client | File::Blocking | File::Endpoints | File::Envelope => {
                ("super::operations", None)
            }
            File::Operations => ("self", None),
            File::Types => ("super::operations", None),
            File::Manifest | File::Readme | File::Rustfmt | File::Library => ("operations", None),
        };
        Links::new(&self.operations, path, own)
    }

    pub(crate) fn operation_count(&self) -> usize {
        self.findings.api.operations.len()
    }

    /// How much of the API there is.
    pub(crate) fn coverage(&self) -> Coverage {
        Coverage::in_total(self.findings)
    }

    /// How many types have files of their own.
    pub(crate) fn shared_type_count(&self) -> usize {
        root::shared_types(self.findings).count()
    }

    fn is_checked(&self, id: TypeId) -> bool {
        self.checked[id.0]
    }

    fn is_comparable(&self, id: TypeId) -> bool {
        self.comparable[id.0]
    }

    /// Whether there are limits or rules inside a field's value.
    fn has_checks_inside(&self, field: &Field) -> bool {
        field.type_.named().is_some_and(|id| self.is_checked(id))
    }
}

/// Whether there are limits or rules in a struct, wherever in it. One that may hold itself is always
/// checked: how deep it goes has a limit.
fn has_checks(findings: &Findings, id: TypeId) -> bool {
    let (mut open, mut seen) = (vec![id], BTreeSet::new());
    while let Some(id) = open.pop() {
        let type_ = findings.api.type_(id);
        let fields = findings.api.fields(id);
        let has_limits = fields.iter().any(|field| !field.limits.is_empty());
        if type_.is_recursive || has_limits || !findings.rules(id).is_empty() {
            return true;
        }
        let inside = fields.iter().filter_map(|field| field.type_.named());
        open.extend(inside.filter(|id| seen.insert(*id)));
    }
    false
}
