//! The index of paths: which file each operation stands in, and whether they agree.

use std::collections::BTreeMap;

use super::references::report_dangling;
use crate::diagnostic::{Code, Sink};
use crate::english::nearest;
use crate::read::document::{Document, PathEntry};
use crate::read::operation::OperationItem;
use crate::source::{FileId, Origin, Spanned, Specs, is_operation_id};
use crate::travel::Style;

/// The operations in the order in which the index names them; reports files that it does not name.
pub(super) fn in_order(
    specs: &Specs,
    document: &Document,
    operations: Vec<(FileId, Box<OperationItem>)>,
    sink: &mut Sink,
) -> Vec<(FileId, Box<OperationItem>)> {
    let mut rest: BTreeMap<String, Vec<(FileId, Box<OperationItem>)>> = BTreeMap::new();
    for (file, item) in operations {
        rest.entry(item.path.clone()).or_default().push((file, item));
    }
    let mut ordered = Vec::new();
    let mut missing = 0;
    for entry in &document.paths {
        let found = rest.remove(&entry.reference.value);
        if found.is_none() && specs.find(&entry.reference.value).is_none() {
            missing += 1;
            report_missing_path_item(specs, &entry.reference, missing <= MAX_HINTS, sink);
            continue;
        }
        let Some(stem) = entry.reference.value.strip_prefix("operations/") else {
            sink.error_with_help(
                Code::InvalidRef,
                entry.reference.origin,
                format!("`{}` is not an operation's file", entry.reference.value),
                "write `operations/<OperationId>.json`",
            );
            continue;
        };
        let mut items = found.unwrap_or_default();
        match document.style {
            Style::Rpc => {
                report_path(entry, stem, sink);
                report_several(&items, sink);
            }
            Style::Roa => {}
        }
        report_misnamed(&items, &entry.reference.value, sink);
        for (_, item) in &mut items {
            item.url = Some(entry.path.clone());
        }
        ordered.extend(items);
    }
    for (path, items) in &rest {
        let Some((file, _)) = items.first() else { continue };
        let stem = path.trim_start_matches("operations/").trim_end_matches(".json");
        let line = match document.style {
            Style::Rpc => format!("/{stem}"),
            Style::Roa => "/…".to_owned(),
        };
        sink.error_with_help(
            Code::UnusedFile,
            Origin::new(*file, 0, 0),
            "no path of `openapi.json` leads to this operation",
            format!("add `\"{line}\": {{ \"$ref\": \"{path}\" }}` to its `paths`"),
        );
        report_misnamed(items, path, sink);
    }
    ordered
}

/// In the RPC style, keys of the index are the names of operations.
fn report_path(entry: &PathEntry, stem: &str, sink: &mut Sink) {
    let path = format!("/{}", stem.trim_end_matches(".json"));
    if entry.path.value != path {
        sink.error_with_help(
            Code::OperationMismatch,
            entry.path.origin,
            format!("`{}` leads to `{}`", entry.path.value, entry.reference.value),
            format!("write `{path}`"),
        );
    }
}

/// In the RPC style, each operation has a file.
fn report_several(items: &[(FileId, Box<OperationItem>)], sink: &mut Sink) {
    for (_, item) in items.iter().skip(1) {
        let message = "an operation of the RPC style has a file of its own";
        let help = format!("move it into `operations/{}.json`", item.id.value);
        sink.error_with_help(Code::OperationMismatch, item.method.origin, message, help);
    }
}

/// A file has the name of its operation; of several, of the one whose name comes first.
fn report_misnamed(items: &[(FileId, Box<OperationItem>)], path: &str, sink: &mut Sink) {
    let Some((_, item)) = items.iter().min_by_key(|(_, item)| &item.id.value) else { return };
    let id = &item.id.value;
    let expected = format!("operations/{id}.json");
    if path != expected && is_operation_id(id) {
        let stem = path.trim_start_matches("operations/").trim_end_matches(".json");
        sink.error_with_help(
            Code::OperationMismatch,
            item.id.origin,
            format!("`{id}` stands in the file `{path}`"),
            format!("write `{stem}`, or name the file `{expected}`"),
        );
    }
}

/// For how many missing files of the index a similar one is looked for among all that are there.
const MAX_HINTS: usize = 100;

fn report_missing_path_item(
    specs: &Specs,
    reference: &Spanned<String>,
    with_hint: bool,
    sink: &mut Sink,
) {
    let known = specs.files().iter().map(|file| file.path.as_str());
    let known = known.filter(|path| with_hint && path.starts_with("operations/"));
    report_dangling(reference, nearest(&reference.value, known), sink);
}
