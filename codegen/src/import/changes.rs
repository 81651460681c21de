//! Two imports of a service → which operations are new, gone or changed, and what that breaks.
//!
//! Reads the files that imports write. Knows nothing of metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use crate::json::value_of_text;

/// What differs between two imports, by the names of operations.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Operations that were not there.
    pub new: Vec<String>,
    /// Operations that are there no more.
    pub gone: Vec<String>,
    /// Operations of which something differs, their texts included.
    pub changed: Vec<String>,
    /// Why code that uses the crate may no longer compile or be accepted: sentences without a period.
    pub breaking: BTreeSet<String>,
}

/// The texts of files by their paths.
pub type Texts<'f> = BTreeMap<&'f str, &'f str>;

/// An operation as its files have it.
struct Seen {
    /// All that is written of it, types included.
    text: String,
    members: BTreeMap<String, Member>,
}

/// A parameter, or a member of a type.
#[derive(PartialEq, Eq)]
struct Member {
    type_: String,
    required: bool,
}

impl Changes {
    /// Compares what an import wrote with what the one before it did.
    pub fn between(old: &Texts<'_>, new: &Texts<'_>) -> Self {
        let (old, new) = (operations(old), operations(new));
        let beyond = |these: &BTreeMap<String, Seen>, those: &BTreeMap<String, Seen>| {
            these.keys().filter(|name| !those.contains_key(*name)).cloned().collect::<Vec<_>>()
        };
        let mut changes =
            Self { new: beyond(&new, &old), gone: beyond(&old, &new), ..Self::default() };
        changes.breaking = changes.gone.iter().map(|name| format!("{name} is gone")).collect();
        for (name, old) in old {
            if let Some(new) = new.get(&name).filter(|new| new.text != old.text) {
                changes.breaking.extend(broken(&old, new));
                changes.changed.push(name);
            }
        }
        changes
    }

    /// Whether both are the same.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

/// What plainly breaks: a member that is gone, has another type, or cannot be left out any more.
fn broken(old: &Seen, new: &Seen) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, member) in &old.members {
        match new.members.get(name) {
            None => broken.push(format!("{name} is gone")),
            Some(now) if now.type_ != member.type_ => {
                broken.push(format!("{name} has another type"));
            }
            Some(_) => {}
        }
    }
    for (name, member) in new.members.iter().filter(|(_, member)| member.required) {
        if old.members.get(name).is_none_or(|old| !old.required && old.type_ == member.type_) {
            broken.push(format!("{name} is required"));
        }
    }
    broken
}

/// The operations of a spec.
fn operations(files: &Texts<'_>) -> BTreeMap<String, Seen> {
    let schemas = files.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("schemas/")?.strip_suffix(".json")?;
        // What somebody damaged is as good as not there.
        Some((name, (*text, value_of_text(text).ok()?)))
    });
    let schemas: BTreeMap<&str, (&str, Value)> = schemas.collect();
    let items = files.iter().filter(|(path, _)| path.starts_with("operations/"));
    let items = items.filter_map(|(_, text)| value_of_text(text).ok());
    let mut operations = BTreeMap::new();
    for item in items {
        for operation in item.as_object().into_iter().flat_map(Map::values) {
            if let Some(name) = operation["operationId"].as_str() {
                operations.insert(name.to_owned(), Seen::new(name, operation, &schemas));
            }
        }
    }
    operations
}

impl Seen {
    /// Follows an operation into all its types.
    fn new(name: &str, operation: &Value, schemas: &BTreeMap<&str, (&str, Value)>) -> Self {
        let mut seen = Self { text: operation.to_string(), members: BTreeMap::new() };
        let mut open: Vec<(String, &Value)> = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            match parameter.get("schema").zip(parameter["name"].as_str()) {
                Some((schema, wire)) => {
                    let name = format!("{name}.{wire}");
                    seen.add(&name, schema, parameter["required"] == true);
                    open.push((name, schema));
                }
                None => open.extend(contents(&parameter["content"], name)),
            }
        }
        open.extend(contents(&operation["requestBody"]["content"], name));
        let answer = format!("{name} answer");
        open.extend(contents(&operation["responses"]["200"]["content"], &answer));
        let mut met = BTreeSet::new();
        while let Some((name, schema)) = open.pop() {
            if let Some(type_) = schema["$ref"].as_str().map(stem) {
                if let Some((text, schema)) = schemas.get(type_).filter(|_| met.insert(type_)) {
                    seen.text.push_str(text);
                    open.push((type_.to_owned(), schema));
                }
                continue;
            }
            for inner in ["items", "additionalProperties"] {
                open.extend(schema.get(inner).map(|inner| (name.clone(), inner)));
            }
            let required = schema["required"].as_array();
            for (wire, member) in schema["properties"].as_object().into_iter().flatten() {
                let is_required =
                    required.is_some_and(|names| names.iter().any(|name| name == wire));
                let name = format!("{name}.{wire}");
                seen.add(&name, member, is_required);
                open.push((name, member));
            }
        }
        seen
    }

    fn add(&mut self, name: &str, schema: &Value, required: bool) {
        self.members.insert(name.to_owned(), Member { type_: type_of(schema), required });
    }
}

/// The schemas of a body.
fn contents<'v>(content: &'v Value, name: &str) -> Vec<(String, &'v Value)> {
    let media = content.as_object().into_iter().flat_map(Map::values);
    media.filter_map(|media| Some((name.to_owned(), media.get("schema")?))).collect()
}

/// The name of the type to which a reference leads.
fn stem(reference: &str) -> &str {
    let file = reference.rsplit('/').next().unwrap_or(reference);
    file.strip_suffix(".json").unwrap_or(file)
}

/// What a member is in Rust, as far as its own schema says it.
fn type_of(schema: &Value) -> String {
    let mut schema = schema;
    let mut written = String::new();
    loop {
        let named = schema["$ref"].as_str().map(stem);
        for word in
            [named, schema["type"].as_str(), schema["format"].as_str()].into_iter().flatten()
        {
            written.push_str(word);
            written.push(' ');
        }
        match schema.get("items").or_else(|| schema.get("additionalProperties")) {
            Some(inner) => schema = inner,
            None => return written,
        }
    }
}

/// How many names a line has.
const FIRST: usize = 5;

/// What is new, gone and changed, and what that breaks, a line each.
impl fmt::Display for Changes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [("new", &self.new), ("gone", &self.gone), ("changed", &self.changed)];
        for (what, names) in rows.into_iter().filter(|(_, names)| !names.is_empty()) {
            let count = names.len();
            let operations = if count == 1 { "operation" } else { "operations" };
            writeln!(formatter, "{count} {operations} {what}: {}", first(names.iter()))?;
        }
        if !self.breaking.is_empty() {
            let count = self.breaking.len();
            writeln!(formatter, "{count} breaking: {}", first(self.breaking.iter()))?;
        }
        Ok(())
    }
}

/// The first of several names.
fn first<'n>(names: impl ExactSizeIterator<Item = &'n String>) -> String {
    let more = if names.len() > FIRST { ", …" } else { "" };
    let names: Vec<&str> = names.take(FIRST).map(String::as_str).collect();
    format!("{}{more}", names.join(", "))
}
