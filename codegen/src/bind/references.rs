//! Follows every `$ref`: which file it names, and whether all files are named.
//!
//! Knows paths and names; does not look at what a schema says.

use std::collections::{BTreeMap, BTreeSet};

use super::{index, reach, scalar};
use crate::diagnostic::{Code, Sink};
use crate::english::nearest;
use crate::json::Json;
use crate::model::{OperationId, TypeId};
use crate::read::document::Document;
use crate::read::operation::OperationItem;
use crate::read::schema::{self, Schema};
use crate::read::{Documents, NamedSchema};
use crate::source::{FileId, Origin, Spanned, Specs};

/// The documents, with every reference followed.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) document: Document,
    /// In the order of the path index.
    pub(crate) operations: Vec<(FileId, Box<OperationItem>)>,
    /// All of them by their names, also once they are bound.
    pub(super) ids: BTreeMap<String, OperationId>,
    /// Whether no name may be missing because something could not be read.
    pub(super) has_all_ids: bool,
    /// Types in the order of their names, then scalars.
    pub(crate) schemas: Vec<NamedSchema>,
    /// How many of them become types.
    pub(super) types: usize,
    pub(super) references: BTreeMap<Origin, SchemaId>,
    /// References to parts of their own file, by the place of the reference.
    pub(super) local: BTreeMap<Origin, Schema>,
    /// Schema files of which something could not be read.
    pub(super) unread: BTreeSet<SchemaId>,
    /// Files of which parts may stand in any of the others.
    pub(super) overlays: BTreeSet<FileId>,
}

/// A schema file, by its position in [`Resolved::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);

impl Resolved {
    /// The schema that a `$ref` names, in a file of its own or in the same one.
    pub(crate) fn schema(&self, reference: &Spanned<String>) -> Option<&Schema> {
        let file = self.target(reference).map(|target| &self.schemas[target.0].schema);
        file.or_else(|| self.local.get(&reference.origin))
    }

    /// The schema file that a `$ref` names.
    pub(crate) fn target(&self, reference: &Spanned<String>) -> Option<SchemaId> {
        self.references.get(&reference.origin).copied()
    }

    /// The schema file that a `$ref` names, when it is a type of which everything was read.
    pub(crate) fn type_(&self, reference: &Spanned<String>) -> Option<SchemaId> {
        self.target(reference).filter(|id| self.is_read(*id) && !self.is_scalar(*id))
    }

    /// The schema files that become types; a scalar stands in the place of those that refer to it.
    pub(crate) fn types(&self) -> &[NamedSchema] {
        &self.schemas[..self.types]
    }

    /// Whether a schema file holds a scalar and is no type of its own.
    pub(crate) fn is_scalar(&self, SchemaId(index): SchemaId) -> bool {
        index >= self.types
    }

    /// Whether a type is an enum, and no object.
    pub(super) fn is_enum(&self, TypeId(index): TypeId) -> bool {
        let type_ = &self.schemas[index].schema.type_;
        type_.as_ref().is_none_or(|type_| type_.value != "object")
    }

    /// Whether a schema file and all that it refers to was read.
    pub(crate) fn is_read(&self, id: SchemaId) -> bool {
        !self.unread.contains(&id)
    }

    /// The files that an operation is made of.
    pub(crate) fn files_of(&self, file: FileId, item: &OperationItem) -> BTreeSet<FileId> {
        reach::files_of(self, file, &item.schemas())
    }

    /// The files that a schema file and all that it refers to stand in.
    pub(crate) fn files_of_schema(&self, named: &NamedSchema) -> BTreeSet<FileId> {
        reach::files_of(self, named.file, &[&named.schema])
    }
}

/// Resolves all references; reports those that lead nowhere and the files that none leads to.
pub(crate) fn resolve(specs: &Specs, documents: Documents, sink: &mut Sink) -> Resolved {
    let Documents { document, operations, schemas, overlays, roots } = documents;
    let (scalars, mut schemas): (Vec<_>, Vec<_>) =
        schemas.into_iter().partition(|named| named.schema.is_scalar());
    let types = schemas.len();
    schemas.extend(scalars);
    // What was not read may hold the reference that a file seems to lack.
    let is_whole = !sink.has_gaps();
    let names = schemas.iter().enumerate();
    let names = names.map(|(index, named)| (named.name.value.as_str(), SchemaId(index))).collect();
    let files = Files { specs, names, roots: &roots };
    let mut found = sink.each(&operations, |(file, item), sink| {
        Follower::follow_all(&files, *file, &item.schemas(), sink)
    });
    found.extend(sink.each(&schemas, |named, sink| {
        Follower::follow_all(&files, named.file, &[&named.schema], sink)
    }));
    let (mut references, mut local) = (BTreeMap::new(), BTreeMap::new());
    let mut meant = BTreeSet::new();
    for found in found {
        references.extend(found.references);
        local.extend(found.local);
        meant.extend(found.meant);
    }
    meant.extend(references.values());
    for (index, named) in schemas.iter().enumerate() {
        if is_whole && !meant.contains(&SchemaId(index)) {
            let origin = Origin::new(named.file, 0, 0);
            sink.error_with_help(
                Code::UnusedFile,
                origin,
                "nothing refers to this schema",
                "delete the file, or write the `$ref` that it was meant for",
            );
        }
    }
    let operations = match &document {
        // An index that could not be read says nothing of the files.
        Some(document) if !document.paths.is_empty() => {
            index::in_order(specs, document, operations, sink)
        }
        _ => operations,
    };
    let ids = operations.iter().enumerate();
    let ids = ids.map(|(index, (_, item))| (item.id.value.clone(), OperationId(index))).collect();
    let mut resolved = Resolved {
        document: document.unwrap_or_default(),
        operations,
        ids,
        has_all_ids: is_whole,
        schemas,
        types,
        references,
        local,
        unread: BTreeSet::new(),
        overlays,
    };
    // Nobody follows them after this, so that every walk ends.
    for reference in reach::report(&resolved, sink) {
        resolved.references.remove(&reference);
        resolved.local.remove(&reference);
    }
    resolved.unread = reach::unread(&resolved, sink);
    scalar::replace(&mut resolved, sink);
    resolved
}

pub(super) fn report_dangling(reference: &Spanned<String>, nearest: Option<&str>, sink: &mut Sink) {
    let message = format!("there is no file `{}`", reference.value);
    sink.error_with_nearest(Code::DanglingRef, reference.origin, message, nearest);
}

/// What references may lead to.
struct Files<'f> {
    specs: &'f Specs,
    /// The schema files by their names.
    names: BTreeMap<&'f str, SchemaId>,
    roots: &'f BTreeMap<FileId, Json>,
}

/// Follows the references of one file and remembers where they lead.
struct Follower<'f> {
    files: &'f Files<'f>,
    references: Vec<(Origin, SchemaId)>,
    pub(super) local: BTreeMap<Origin, Schema>,
    /// Where the schemas start that local references lead to.
    targets: BTreeSet<Origin>,
    /// The targets that are being followed.
    open: Vec<Origin>,
    /// Schema files that a reference with a slip in it most likely means.
    meant: BTreeSet<SchemaId>,
}

impl<'f> Follower<'f> {
    fn follow_all(files: &'f Files<'f>, file: FileId, whole: &[&Schema], sink: &mut Sink) -> Self {
        let mut follower = Self {
            files,
            references: Vec::new(),
            local: BTreeMap::new(),
            targets: BTreeSet::new(),
            open: Vec::new(),
            meant: BTreeSet::new(),
        };
        whole.iter().for_each(|schema| follower.follow(file, schema, sink));
        whole.iter().for_each(|schema| follower.report_unused_definitions(schema, sink));
        follower
    }

    fn follow(&mut self, file: FileId, schema: &Schema, sink: &mut Sink) {
        if let Some(reference) = &schema.reference {
            match reference.value.strip_prefix('#') {
                Some(pointer) => self.follow_local(file, reference, pointer, sink),
                None => self.follow_file(file, reference, sink),
            }
        }
        schema.for_each_child(&mut |child| self.follow(file, child, sink));
    }

    fn follow_local(
        &mut self,
        file: FileId,
        reference: &Spanned<String>,
        pointer: &str,
        sink: &mut Sink,
    ) {
        if self.local.contains_key(&reference.origin) {
            // A part that several references share is followed once for each of them.
            return;
        }
        let Some(json) = self.files.roots.get(&file).and_then(|root| root.at(pointer)) else {
            let message = format!("`{}` leads nowhere in this file", reference.value);
            let help = "write `#` and a JSON pointer from the start of the file";
            sink.error_with_help(Code::DanglingRef, reference.origin, message, help);
            return;
        };
        let target = json.opening();
        if self.open.contains(&target) {
            let message = "this reference makes a schema contain itself";
            sink.error(Code::RecursiveSchema, reference.origin, message);
            return;
        }
        self.targets.insert(target);
        let Some(schema) = schema::schema(json, sink) else { return };
        self.open.push(target);
        self.follow(file, &schema, sink);
        self.open.pop();
        self.local.insert(reference.origin, schema);
    }

    fn follow_file(&mut self, file: FileId, reference: &Spanned<String>, sink: &mut Sink) {
        let from = &self.files.specs.files()[file.index()].path;
        let prefix = if from.starts_with("schemas/") { "" } else { "../schemas/" };
        let name = reference.value.strip_prefix(prefix).filter(|name| !name.contains('/'));
        let Some(name) = name.and_then(|name| name.strip_suffix(".json")) else {
            sink.error_with_help(
                Code::InvalidRef,
                reference.origin,
                format!("`{}` is not a reference to a schema file", reference.value),
                format!("write `{prefix}<Name>.json`"),
            );
            return;
        };
        let Files { specs, names, .. } = self.files;
        match names.get(name) {
            Some(id) => self.references.push((reference.origin, *id)),
            // A file that is there but unreadable has its own error.
            None if specs.find(&format!("schemas/{name}.json")).is_some() => {}
            None => {
                let nearest = nearest(name, names.keys().copied());
                self.meant.extend(nearest.and_then(|nearest| names.get(nearest)));
                let nearest = nearest.map(|name| format!("{prefix}{name}.json"));
                report_dangling(reference, nearest.as_deref(), sink);
            }
        }
    }

    fn report_unused_definitions(&self, schema: &Schema, sink: &mut Sink) {
        for definition in &schema.rules().definitions {
            let start = definition.schema.origin;
            if !start.is_some_and(|start| self.targets.contains(&start)) {
                let message = format!("nothing refers to `{}`", definition.name.value);
                sink.error(Code::UnusedFile, definition.name.origin, message);
            }
        }
        schema.for_each_child(&mut |child| self.report_unused_definitions(child, sink));
    }
}
