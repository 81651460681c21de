//! Overlay documents: what is to be changed, and to what.

use super::merge::merge;
use super::path::{Query, Step, at, at_mut, remove};
use super::virtual_document::VirtualDocument;
use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Kind};
use crate::read::reader::Reader;
use crate::read::{Parsed, Place};
use crate::source::{Origin, Spanned};

/// A document with changes.
#[derive(Debug)]
pub(super) struct Overlay {
    /// What its turn is: overlays are applied in this order.
    pub(super) order: (bool, String),
    pub(super) actions: Vec<Action>,
}

/// Changes to all that a path selects.
#[derive(Debug)]
pub(super) struct Action {
    target: Query,
    origin: Origin,
    change: Change,
}

#[derive(Debug)]
enum Change {
    Update(Json),
    /// Merges in what a path selects in the same document.
    Copy(Query, Origin),
    Remove,
}

impl Overlay {
    /// Reads a document; reports what it says that no overlay can say.
    pub(super) fn read(parsed: Parsed, sink: &mut Sink) -> Option<Self> {
        let Place::Overlay { is_own, name } = parsed.place else { return None };
        let json = parsed.json?;
        let mut root = Reader::open(&json, "overlay", sink)?;
        if let Some(version) = root.required_string("overlay", sink)
            && !(version.value.starts_with("1.1.") || version.value.starts_with("1.0."))
        {
            let message = format!("Overlay {} is not supported", version.value);
            sink.error_with_help(Code::InvalidValue, version.origin, message, "write `1.1.0`");
        }
        if let Some(info) = root.required("info", sink)
            && let Some(mut info) = Reader::open(info, "info", sink)
        {
            info.required_string("title", sink);
            info.required_string("version", sink);
            info.string("description", sink);
            info.finish(sink);
        }
        root.string("extends", sink);
        // An importer may have found questions, and nothing that is certain.
        let has_questions = !is_own && root.value("x-questions").is_some();
        let actions = if has_questions {
            root.array("actions", sink).unwrap_or_default()
        } else {
            root.filled("actions", sink).unwrap_or_default()
        };
        let actions = actions.iter().filter_map(|json| Action::read(json, sink)).collect();
        root.finish(sink);
        Some(Self { order: (is_own, name), actions })
    }
}

impl Action {
    fn read(json: &Json, sink: &mut Sink) -> Option<Self> {
        let mut reader = Reader::open(json, "action", sink)?;
        let target = reader.required_string("target", sink);
        reader.string("description", sink);
        // Where the rule of an importer comes from, for whoever doubts it.
        reader.value("x-source");
        let update = reader.value("update").cloned();
        let copy = reader.string("copy", sink);
        let removes = reader.boolean("remove", sink);
        reader.finish(sink);
        let copy = match copy {
            Some(copy) => Some((query(&copy, sink)?, copy.origin)),
            None => None,
        };
        let removes = match removes {
            Some(Spanned { value: false, origin }) => {
                let help = "leave the key out";
                sink.error_with_help(
                    Code::InvalidValue,
                    origin,
                    "only `true` removes something",
                    help,
                );
                return None;
            }
            removes => removes.is_some(),
        };
        let change = match (update, copy, removes) {
            (Some(update), None, false) => Change::Update(update),
            (None, Some((query, origin)), false) => Change::Copy(query, origin),
            (None, None, true) => Change::Remove,
            _ => {
                let message = "an action has exactly one of `update`, `copy` and `remove`";
                let help = "write an action for each of them; they are applied one after the other";
                sink.error_with_help(Code::InvalidValue, json.opening(), message, help);
                return None;
            }
        };
        let target = target?;
        Some(Self { target: query(&target, sink)?, origin: target.origin, change })
    }

    /// Changes the document; reports when that finds or changes nothing.
    pub(super) fn apply(&self, document: &mut VirtualDocument, sink: &mut Sink) {
        let ways = document.select(&self.target);
        if ways.is_empty() {
            let help = "see whether what it was written for has another name now, or is gone";
            let message = "the target of this action is not there";
            sink.error_with_help(Code::NoEffect, self.origin, message, help);
            return;
        }
        let changed = match &self.change {
            Change::Remove => self.remove(document, &ways, sink),
            Change::Update(update) => self.merge(document, &ways, update, sink),
            Change::Copy(from, origin) => {
                let sources = document.select(from);
                let source = match sources.as_slice() {
                    [source] => at(&document.root, source).cloned(),
                    _ => None,
                };
                let Some(source) = source else {
                    let message = format!("`copy` selects {} values, not one", sources.len());
                    sink.error(Code::InvalidValue, *origin, message);
                    return;
                };
                self.merge(document, &ways, &source, sink)
            }
        };
        if changed == Some(false) {
            let message = "this action changes nothing: the document says so already";
            sink.error_with_help(Code::NoEffect, self.origin, message, "delete the action");
        }
    }

    /// Whether anything is gone; nothing when that was refused.
    fn remove(
        &self,
        document: &mut VirtualDocument,
        ways: &[Vec<Step>],
        sink: &mut Sink,
    ) -> Option<bool> {
        if ways.iter().any(Vec::is_empty) {
            sink.error(Code::InvalidValue, self.origin, "the whole document cannot be removed");
            return None;
        }
        document.change(|root| {
            // From behind, so that the places of the others stay what they are.
            let removed = ways.iter().rev().filter(|way| remove(root, way)).count();
            Some(removed > 0)
        })
    }

    /// Whether anything is different; nothing when that was refused.
    fn merge(
        &self,
        document: &mut VirtualDocument,
        ways: &[Vec<Step>],
        update: &Json,
        sink: &mut Sink,
    ) -> Option<bool> {
        let kind = |way: &Vec<Step>| match at(&document.root, way).map(|json| &json.kind) {
            Some(Kind::Object(_)) => "objects",
            Some(Kind::Array(_)) => "lists",
            _ => "single values",
        };
        let first = ways.first().map(kind)?;
        if let Some(other) = ways.iter().map(kind).find(|kind| *kind != first) {
            let message = format!("the target selects {first} and {other}");
            let help = "write an action for each of them";
            sink.error_with_help(Code::InvalidValue, self.origin, message, help);
            return None;
        }
        let had = sink.count();
        let changed = document.change(|root| {
            let mut changed = false;
            for way in ways {
                if let Some(target) = at_mut(root, way) {
                    changed |= merge(target, update, sink);
                }
            }
            Some(changed)
        });
        changed.filter(|_| sink.count() == had)
    }
}

fn query(text: &Spanned<String>, sink: &mut Sink) -> Option<Query> {
    match Query::parse(&text.value) {
        Ok(query) => Some(query),
        Err(error) => {
            let message = format!("this is not a JSONPath: {error}");
            let help = "write a path as RFC 9535 has it, such as `$.paths['/CreateThing'].post`";
            sink.error_with_help(Code::InvalidValue, text.origin, message, help);
            None
        }
    }
}
