//! What a schema reaches through its references: itself, which may have no end, or too much, or a file
//! that could not be read.
//!
//! A type may be part of itself: later stages know types by their names. Conditions and scalars stand
//! written out where they are referred to, so that after this stage they end, and soon.

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
    let (open, known, endless) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    let mut walk = Walk { resolved, open, known, endless, is_told: false, sink };
    for (_, item) in &resolved.operations {
        let requirements = item.request.requirements.as_ref();
        for schema in item.schemas() {
            let is_rule = requirements.is_some_and(|rules| std::ptr::eq(rules, schema));
            walk.is_told = false;
            let extent = walk.extent(schema, if is_rule { Role::Rule } else { Role::Type });
            walk.report_large(extent, schema.origin);
        }
    }
    for (index, named) in resolved.schemas.iter().enumerate() {
        let target = (Target::File(SchemaId(index)), Role::Type);
        let extent = walk.target(target, named.name.origin);
        walk.report_large(extent, Some(named.name.origin));
    }
    report_unending(resolved, walk.sink);
    walk.endless
}

/// Reports types that no value can have, since each would have to hold another one.
fn report_unending(resolved: &Resolved, sink: &mut Sink) {
    let (mut open, mut done) = (Vec::new(), BTreeSet::new());
    for index in 0..resolved.types {
        follow_required(resolved, SchemaId(index), &mut open, &mut done, sink);
    }
}

/// Follows members that are always there, and are objects themselves.
fn follow_required(
    resolved: &Resolved,
    id: SchemaId,
    open: &mut Vec<SchemaId>,
    done: &mut BTreeSet<SchemaId>,
    sink: &mut Sink,
) {
    if !done.insert(id) || open.len() > MAX_DEPTH {
        return;
    }
    open.push(id);
    let schema = &resolved.schemas[id.0].schema;
    let is_required = |name: &str| schema.required.iter().any(|required| required.value == name);
    for property in schema.properties.iter().filter(|one| is_required(&one.name.value)) {
        let mut held = &property.schema;
        while let Some(inner) = &held.content_schema {
            held = inner;
        }
        let Some(reference) = &held.reference else { continue };
        let Some(target) = resolved.target(reference) else { continue };
        if open.contains(&target) {
            let name = crate::english::code(&resolved.schemas[target.0].name.value);
            let message = format!("each {name} needs another one inside it, without an end");
            let help = "take one of the members on the way out of `required`, or make it a list";
            sink.error_with_help(Code::RecursiveSchema, reference.origin, message, help);
        } else {
            follow_required(resolved, target, open, done, sink);
        }
    }
    open.pop();
}

/// The schema files that something unread is part of, wherever it stands in them or behind them.
pub(super) fn unread(resolved: &Resolved, sink: &Sink) -> BTreeSet<SchemaId> {
    let ids = || (0..resolved.schemas.len()).map(SchemaId);
    let mut users: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    let mut open = Vec::new();
    for id in ids() {
        let named = &resolved.schemas[id.0];
        let mut has_gap = sink.has_gap_in_file(named.file);
        for reference in references_of(&named.schema) {
            match resolved.target(&reference) {
                Some(target) => users.entry(target).or_default().push(id),
                None => has_gap |= resolved.schema(&reference).is_none(),
            }
        }
        open.extend(has_gap.then_some(id));
    }
    let mut unread = BTreeSet::new();
    while let Some(id) = open.pop() {
        if unread.insert(id) {
            open.extend(users.get(&id).into_iter().flatten());
        }
    }
    unread
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

/// What a schema is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// It says what values are made of; objects and enums are known by their names.
    Type,
    /// It asks something of values, and stands written out.
    Rule,
}

struct Walk<'w> {
    resolved: &'w Resolved,
    /// The innermost last.
    open: Vec<(Target, Role)>,
    known: BTreeMap<(Target, Role), Extent>,
    /// References that cannot be followed to an end, or not soon.
    endless: BTreeSet<Origin>,
    /// Whether it was said that the schema where the walk started is too large.
    is_told: bool,
    sink: &'w mut Sink,
}

impl Walk<'_> {
    fn extent(&mut self, schema: &Schema, role: Role) -> Extent {
        let mut extent = Extent::ONE;
        schema.for_each_part(&mut |part| extent.hold(self.extent(part, role)));
        schema.for_each_rule(&mut |rule| extent.hold(self.extent(rule, Role::Rule)));
        if let Some(reference) = &schema.reference {
            let target = match self.resolved.target(reference) {
                Some(id) => (Target::File(id), role),
                None => (Target::Part(reference.origin), Role::Rule),
            };
            let inner = self.target(target, reference.origin);
            extent.hold(self.report_large(inner, Some(reference.origin)));
        }
        extent
    }

    fn target(&mut self, target: (Target, Role), reference: Origin) -> Extent {
        if let Some(known) = self.known.get(&target) {
            return *known;
        }
        let resolved = self.resolved;
        let schema = match target.0 {
            Target::File(SchemaId(index)) => Some(&resolved.schemas[index].schema),
            Target::Part(origin) => resolved.local.get(&origin),
        };
        let Some(schema) = schema else { return Extent::ONE };
        if let Some(start) = self.open.iter().position(|open| *open == target) {
            if self.open[start..].iter().all(|open| self.is_written_out(*open)) {
                self.report_recursion(target.0, reference);
            }
            return Extent::ONE;
        }
        if self.open.len() > MAX_DEPTH {
            // Deeper than this, the walk itself would need too much of the stack.
            return self.report_large(Extent { depth: usize::MAX, ..Extent::ONE }, Some(reference));
        }
        self.open.push(target);
        let extent = self.extent(schema, target.1);
        self.open.pop();
        self.known.insert(target, extent);
        extent
    }

    /// Whether what a reference leads to stands in its place.
    fn is_written_out(&self, (target, role): (Target, Role)) -> bool {
        match (target, role) {
            (Target::File(id), Role::Type) => self.resolved.is_scalar(id),
            (Target::File(_), Role::Rule) | (Target::Part(_), _) => true,
        }
    }

    /// A condition that contains itself would need a bound in every walk.
    fn report_recursion(&mut self, target: Target, reference: Origin) {
        let what = match target {
            Target::File(SchemaId(index)) => {
                crate::english::code(&self.resolved.schemas[index].name.value)
            }
            Target::Part(_) => "a schema".to_owned(),
        };
        let message = format!("this reference makes {what} contain itself");
        let help = "only the members of objects may lead back to where they stand: write out what a condition asks for, as \
                    deep as it goes, or make a text a string without `contentSchema`";
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
