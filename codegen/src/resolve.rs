//! Follows every `$ref`: which file it names, and whether all files are named.
//!
//! Knows paths and names; does not look at what a schema says.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Sink};
use crate::load::document::{Document, OperationItem, is_operation_id};
use crate::load::reader::nearest;
use crate::load::schema::Schema;
use crate::load::{Loaded, NamedSchema};
use crate::source::{FileId, Origin, Spanned, Specs};

/// The documents, with every reference followed.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) document: Document,
    /// In the order of the path index.
    pub(crate) operations: Vec<(FileId, OperationItem)>,
    /// In the order of their names.
    pub(crate) schemas: Vec<NamedSchema>,
    references: BTreeMap<Origin, SchemaId>,
}

/// A schema file, by its position in [`Resolved::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);

impl Resolved {
    /// The schema file that a `$ref` names.
    pub(crate) fn target(&self, reference: &Spanned<String>) -> Option<SchemaId> {
        self.references.get(&reference.origin).copied()
    }
}

/// Resolves all references; reports those that lead nowhere and the files that none leads to.
pub(crate) fn resolve(specs: &Specs, loaded: Loaded, sink: &mut Sink) -> Option<Resolved> {
    let Loaded { document, operations, schemas } = loaded;
    let mut references = BTreeMap::new();
    for (file, item) in &operations {
        for schema in [&item.request, &item.response.schema] {
            follow(specs, *file, schema, &schemas, &mut references, sink);
        }
    }
    for named in &schemas {
        follow(specs, named.file, &named.schema, &schemas, &mut references, sink);
    }
    for (index, named) in schemas.iter().enumerate() {
        if !references.values().any(|target| *target == SchemaId(index)) {
            let origin = Origin::new(named.file, 0, 0);
            sink.error_with_help(
                Code::UnusedFile,
                origin,
                "nothing refers to this schema",
                "delete the file, or write the `$ref` that it was meant for",
            );
        }
    }
    let document = document?;
    let operations = in_index_order(specs, &document, operations, sink);
    let resolved = Resolved { document, operations, schemas, references };
    report_recursion(&resolved, sink);
    Some(resolved)
}

fn in_index_order(
    specs: &Specs,
    document: &Document,
    operations: Vec<(FileId, OperationItem)>,
    sink: &mut Sink,
) -> Vec<(FileId, OperationItem)> {
    let mut rest: Vec<Option<(FileId, OperationItem)>> = operations.into_iter().map(Some).collect();
    let mut ordered = Vec::new();
    for entry in &document.paths {
        let Some(file) = specs.find(&entry.reference.value) else {
            report_missing_path_item(specs, &entry.reference, sink);
            continue;
        };
        let Some(stem) = entry.reference.value.strip_prefix("operations/") else {
            sink.error_with_help(
                Code::InvalidRef,
                entry.reference.origin,
                format!("`{}` is not an operation's file", entry.reference.value),
                "write `operations/<OperationId>.json`",
            );
            continue;
        };
        let path = format!("/{}", stem.trim_end_matches(".json"));
        if entry.path.value != path {
            sink.error_with_help(
                Code::OperationMismatch,
                entry.path.origin,
                format!("`{}` leads to `{}`", entry.path.value, entry.reference.value),
                format!("write `{path}`"),
            );
        }
        let found = rest
            .iter_mut()
            .find(|slot| slot.as_ref().is_some_and(|(candidate, _)| *candidate == file))
            .and_then(Option::take);
        let Some((file, item)) = found else { continue };
        let id = &item.id.value;
        let expected = format!("operations/{id}.json");
        if entry.reference.value != expected && is_operation_id(id) {
            sink.error_with_help(
                Code::OperationMismatch,
                item.id.origin,
                format!("`{id}` stands in the file `{}`", entry.reference.value),
                format!("name the file `{expected}`"),
            );
        }
        ordered.push((file, item));
    }
    for (file, item) in rest.into_iter().flatten() {
        let id = &item.id.value;
        sink.error_with_help(
            Code::UnusedFile,
            Origin::new(file, 0, 0),
            "no path of `openapi.json` leads to this operation",
            format!("add `\"/{id}\": {{ \"$ref\": \"operations/{id}.json\" }}` to its `paths`"),
        );
    }
    ordered
}

fn report_missing_path_item(specs: &Specs, reference: &Spanned<String>, sink: &mut Sink) {
    let known = specs.files().iter().map(|file| file.path.as_str());
    let known = known.filter(|path| path.starts_with("operations/"));
    report_dangling(reference, nearest(&reference.value, known), sink);
}

fn report_dangling(reference: &Spanned<String>, nearest: Option<&str>, sink: &mut Sink) {
    let message = format!("there is no file `{}`", reference.value);
    match nearest {
        Some(known) => {
            let help = format!("did you mean `{known}`?");
            sink.error_with_help(Code::DanglingRef, reference.origin, message, help);
        }
        None => sink.error(Code::DanglingRef, reference.origin, message),
    }
}

fn follow(
    specs: &Specs,
    file: FileId,
    schema: &Schema,
    schemas: &[NamedSchema],
    references: &mut BTreeMap<Origin, SchemaId>,
    sink: &mut Sink,
) {
    if let Some(reference) = &schema.reference {
        let from = &specs.files()[file.index()].path;
        let prefix = if from.starts_with("schemas/") { "" } else { "../schemas/" };
        let name = reference.value.strip_prefix(prefix).filter(|name| !name.contains('/'));
        match name.and_then(|name| name.strip_suffix(".json")) {
            None => sink.error_with_help(
                Code::InvalidRef,
                reference.origin,
                format!("`{}` is not a reference to a schema file", reference.value),
                format!("write `{prefix}<Name>.json`"),
            ),
            Some(name) => match schemas.iter().position(|named| named.name.value == name) {
                Some(index) => {
                    references.insert(reference.origin, SchemaId(index));
                }
                // A file that is there but unreadable has its own error.
                None if specs.find(&format!("schemas/{name}.json")).is_some() => {}
                None => {
                    let known = schemas.iter().map(|named| named.name.value.as_str());
                    let nearest = nearest(name, known).map(|name| format!("{prefix}{name}.json"));
                    report_dangling(reference, nearest.as_deref(), sink);
                }
            },
        }
    }
    schema.for_each_child(&mut |child| follow(specs, file, child, schemas, references, sink));
}

/// A type that contains itself would need indirection in Rust and a bound in every walk.
fn report_recursion(resolved: &Resolved, sink: &mut Sink) {
    for index in 0..resolved.schemas.len() {
        let start = SchemaId(index);
        let mut seen = vec![start];
        let mut open = vec![start];
        while let Some(SchemaId(next)) = open.pop() {
            for reference in references_of(&resolved.schemas[next].schema) {
                let Some(target) = resolved.target(&reference) else { continue };
                if target == start {
                    let name = &resolved.schemas[index].name.value;
                    let message = format!("this reference makes `{name}` contain itself");
                    sink.error(Code::RecursiveSchema, reference.origin, message);
                    return;
                }
                if !seen.contains(&target) {
                    seen.push(target);
                    open.push(target);
                }
            }
        }
    }
}

/// Every `$ref` in a schema.
pub(crate) fn references_of(schema: &Schema) -> Vec<Spanned<String>> {
    let mut references: Vec<_> = schema.reference.iter().cloned().collect();
    schema.for_each_child(&mut |child| references.extend(references_of(child)));
    references
}
