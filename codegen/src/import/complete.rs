//! Which operations are in the spec as a whole: with all parameters, and all elements of what they send and
//! answer.
//!
//! Knows nothing of why something is left out but whether anybody misses it.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::success;
use super::ledger::Id;
use super::published::{Operation, Published, Schema};
use super::reasons::LeftOut;
use super::report::{End, Report};

/// What is missing from operations that were to be imported.
#[derive(Debug, Default)]
pub(super) struct Completeness {
    /// How many were to be imported.
    pub(super) operations: usize,
    /// Those that are not whole, and what each lacks first.
    pub(super) incomplete: Vec<(Id, Id)>,
    /// Parameters that a call cannot be without.
    pub(super) required_lost: Vec<Id>,
}

/// Looks for what is missing.
pub(super) fn judge(published: &Published, report: &Report) -> Completeness {
    let ends = report.ends();
    let end = |id: Id| ends.get(id.index()).copied();
    let is_lost = |id: Id| matches!(end(id), Some(End::LeftOut(reason)) if !reason.is_harmless());
    let components: BTreeMap<&str, &Schema> =
        published.components.iter().map(|(name, schema)| (name.as_str(), schema)).collect();
    let mut found = Completeness::default();
    for operation in &published.operations {
        let own = operation.spot.own;
        if end(own) == Some(End::LeftOut(LeftOut::NotAsked)) {
            continue;
        }
        found.operations += 1;
        let parameters = operation.parameters.iter();
        let lost: Vec<_> = parameters.filter(|parameter| is_lost(parameter.spot.own)).collect();
        let first = if is_lost(own) { Some(own) } else { lost.first().map(|lost| lost.spot.own) };
        let first = first.or_else(|| elements(operation, &components, is_lost));
        found.incomplete.extend(first.map(|first| (own, first)));
        let required = lost.iter().filter(|parameter| parameter.schema.required);
        found.required_lost.extend(required.map(|parameter| parameter.spot.own));
    }
    found
}

/// The first element that an operation lacks in what it sends or answers.
fn elements(
    operation: &Operation,
    components: &BTreeMap<&str, &Schema>,
    is_lost: impl Fn(Id) -> bool,
) -> Option<Id> {
    let mut open: Vec<&Schema> = operation.parameters.iter().map(|found| &found.schema).collect();
    open.extend(success(operation));
    let mut met = BTreeSet::new();
    let mut lost = Vec::new();
    while let Some(schema) = open.pop() {
        let reference = schema.reference.as_deref().filter(|name| met.insert(*name));
        open.extend(reference.and_then(|name| components.get(name)));
        open.extend(schema.items.iter().chain(&schema.entries).map(AsRef::as_ref));
        for (_, element) in &schema.properties {
            if is_lost(element.spot.own) {
                lost.push(element.spot.own);
            }
            open.push(element);
        }
    }
    lost.into_iter().min()
}
