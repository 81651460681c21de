//! Overlays over the files of a service: OpenAPI Overlay 1.1.
//!
//! What an importer writes are facts, and may be written again at any time; what people add to them
//! stands beside, in documents that say what to change. Targets see one document, in which every path
//! item stands in the place of its `$ref`, and every schema file in `components.schemas`. Stricter than
//! Overlay 1.1 on purpose: an action that finds or changes nothing is an error, because the facts that it
//! was written for are gone.
//!
//! Knows JSON and where the files stand, and neither OpenAPI nor JSON Schema.

mod action;
mod merge;
mod path;
mod virtual_document;

use crate::diagnostic::Sink;
use crate::read::Parsed;
use action::Overlay;
use virtual_document::VirtualDocument;

/// Applies the overlays among the files to the others, in the order of their names; the rules that an
/// importer found in sentences come first.
pub(crate) fn apply(files: Vec<Parsed>, sink: &mut Sink) -> Vec<Parsed> {
    let (overlays, files): (Vec<_>, Vec<_>) = files.into_iter().partition(Parsed::is_overlay);
    let mut overlays: Vec<Overlay> =
        overlays.into_iter().filter_map(|parsed| Overlay::read(parsed, sink)).collect();
    overlays.sort_by(|left, right| left.order.cmp(&right.order));
    let Some(mut document) = VirtualDocument::of(files) else { return Vec::new() };
    for action in overlays.iter().flat_map(|overlay| &overlay.actions) {
        action.apply(&mut document, sink);
    }
    document.into_files()
}
