//! What a schema reaches through its references: itself, which is an error, or too much, or a file
//! that could not be read.
//!
//! Later stages follow references by recursion. After this one they end, and soon.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{Resolved, SchemaId};
use crate::diagnostic::{Code, Sink};
use crate::json::size::MAX_DEPTH;
use crate::read::schema::Schema;
use crate::source::{FileId, Origin, Spanned};

/// How many schemas one may be made of, those that it refers to counted each time.
const MAX_SCHEMAS: usize = 10_000;

/// Reports references that make a schema contain itself, or make it too large, and returns them.
pub(super) fn report(resolved: &Resolved, sink: &mut Sink) -> BTreeSet<Origin> {
    let (open, known, endless) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
    let mut walk = Walk { resolved, open, known, endless, is_told: false, sink };
    for (_, item) in &resolved.operations {
        for schema in item.schemas() {
            walk.is_told = false;
            let extent = walk.extent(schema);
            walk.report_large(extent, schema.origin);
        }
    }
    for (index, named) in resolved.schemas.iter().enumerate() {
        let extent = walk.target(Target::File(SchemaId(index)), named.name.origin);
        walk.report_large(extent, Some(named.name.origin));
    }
    walk.endless
}

/// The schema files that something unread is part of, wherever it stands in them or behind them.
pub(super) fn unread(resolved: &Resolved, sink: &Sink) -> BTreeSet<SchemaId> {
    let mut known = BTreeMap::new();
    let ids = (0..resolved.schemas.len()).map(SchemaId);
    ids.filter(|id| is_unread(resolved, *id, &mut known, sink)).collect()
}

/// References have an end here, and soon.
fn is_unread(
    resolved: &Resolved,
    id: SchemaId,
    known: &mut BTreeMap<SchemaId, bool>,
    sink: &Sink,
) -> bool {
    if let Some(known) = known.get(&id) {
        return *known;
    }
    let named = &resolved.schemas[id.0];
    let is_unread = sink.has_gap_in_file(named.file)
        || references_of(&named.schema).iter().any(|reference| match resolved.target(reference) {
            Some(target) => is_unread(resolved, target, known, sink),
            None => resolved.schema(reference).is_none(),
        });
    known.insert(id, is_unread);
    is_unread
}

/// A file, and the files that schemas in it refer to.
pub(super) fn files_of(resolved: &Resolved, file: FileId, schemas: &[&Schema]) -> BTreeSet<FileId> {
    let mut files = resolved.overlays.clone();
    files.insert(file);
    let mut open: Vec<_> = schemas.iter().flat_map(|schema| references_of(schema)).collect();
    while let Some(reference) = open.pop() {
        let Some(SchemaId(target)) = resolved.target(&reference) else { continue };
        let named = &resolved.schemas[target];
        if files.insert(named.file) {
            open.extend(references_of(&named.schema));
        }
    }
    files
}

/// Every `$ref` in a schema, those included in whose place something else stands.
pub(super) fn references_of(schema: &Schema) -> Vec<Spanned<String>> {
    let replaced = schema.replaced.as_deref();
    let mut references: Vec<_> = schema.reference.iter().chain(replaced).cloned().collect();
    schema.for_each_child(&mut |child| references.extend(references_of(child)));
    references
}

/// How much a schema is, everything that it refers to written out.
#[derive(Debug, Clone, Copy)]
struct Extent {
    schemas: usize,
    depth: usize,
}

impl Extent {
    const ONE: Self = Self { schemas: 1, depth: 1 };

    fn hold(&mut self, inner: Self) {
        self.schemas = self.schemas.saturating_add(inner.schemas);
        self.depth = self.depth.max(inner.depth.saturating_add(1));
    }

    fn is_large(self) -> bool {
        self.schemas > MAX_SCHEMAS || self.depth > MAX_DEPTH
    }
}

/// Where a reference leads to: a file, or the part of a file that this reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    File(SchemaId),
    Part(Origin),
}

struct Walk<'w> {
    resolved: &'w Resolved,
    open: BTreeSet<Target>,
    known: BTreeMap<Target, Extent>,
    /// References that cannot be followed to an end, or not soon.
    endless: BTreeSet<Origin>,
    /// Whether it was said that the schema where the walk started is too large.
    is_told: bool,
    sink: &'w mut Sink,
}

impl Walk<'_> {
    fn extent(&mut self, schema: &Schema) -> Extent {
        let mut extent = Extent::ONE;
        schema.for_each_child(&mut |child| extent.hold(self.extent(child)));
        if let Some(reference) = &schema.reference {
            let target = match self.resolved.target(reference) {
                Some(id) => Target::File(id),
                None => Target::Part(reference.origin),
            };
            let inner = self.target(target, reference.origin);
            extent.hold(self.report_large(inner, Some(reference.origin)));
        }
        extent
    }

    fn target(&mut self, target: Target, reference: Origin) -> Extent {
        if let Some(known) = self.known.get(&target) {
            return *known;
        }
        let resolved = self.resolved;
        let schema = match target {
            Target::File(SchemaId(index)) => Some(&resolved.schemas[index].schema),
            Target::Part(origin) => resolved.local.get(&origin),
        };
        let Some(schema) = schema else { return Extent::ONE };
        if self.open.contains(&target) {
            self.report_recursion(target, reference);
            return Extent::ONE;
        }
        if self.open.len() > MAX_DEPTH {
            // Deeper than this, the walk itself would need too much of the stack.
            return self.report_large(Extent { depth: usize::MAX, ..Extent::ONE }, Some(reference));
        }
        self.open.insert(target);
        let extent = self.extent(schema);
        self.open.remove(&target);
        self.known.insert(target, extent);
        extent
    }

    /// A type that contains itself would need indirection in Rust and a bound in every walk.
    fn report_recursion(&mut self, target: Target, reference: Origin) {
        let what = match target {
            Target::File(SchemaId(index)) => {
                crate::english::code(&self.resolved.schemas[index].name.value)
            }
            Target::Part(_) => "a schema".to_owned(),
        };
        let message = format!("this reference makes {what} contain itself");
        let help = "give the inner value a schema of its own that ends, \
                    or make it a string of JSON text without `contentSchema`";
        self.sink.error_with_help(Code::RecursiveSchema, reference, message, help);
        self.endless.insert(reference);
    }

    /// Reports what is too large, once, and counts it as little from then on.
    fn report_large(&mut self, extent: Extent, origin: Option<Origin>) -> Extent {
        let Some(origin) = origin.filter(|_| extent.is_large()) else { return extent };
        self.endless.insert(origin);
        if std::mem::replace(&mut self.is_told, true) {
            return Extent::ONE;
        }
        let message = if extent.depth > MAX_DEPTH {
            format!("schemas stand more than {MAX_DEPTH} deep in each other here")
        } else {
            format!("this is made of more than {MAX_SCHEMAS} schemas, references written out")
        };
        let help = "leave out what repeats, or split it into several operations or types";
        self.sink.error_with_help(Code::TooLarge, origin, message, help);
        Extent::ONE
    }
}
