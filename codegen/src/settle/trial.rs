//! An operation of a spec → a spec with this operation alone, in which rules are tried.
//!
//! It has what is sent and nothing of what is received, of which no rule speaks. So a trial takes a moment, however
//! large the service is. Knows nothing of sentences.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Against, written};
use crate::import::Sentence;
use crate::source::{SpecFile, Specs};
use crate::{Clock, findings};

/// The files of a spec by their paths.
pub(super) struct Spec<'f> {
    folder: &'f str,
    files: BTreeMap<&'f str, &'f str>,
    /// `openapi.json`, and its paths.
    index: Value,
    paths: Value,
}

/// What is kept of an operation.
const SENT: [&str; 8] = [
    "operationId",
    "summary",
    "x-access",
    "security",
    "x-whole-path",
    "parameters",
    "requestBody",
    "x-requirements",
];

impl<'f> Spec<'f> {
    pub(super) fn of(folder: &'f str, files: &'f [SpecFile]) -> Self {
        let by_path = |file: &'f SpecFile| (file.path.as_str(), file.text.as_str());
        let files: BTreeMap<&str, &str> = files.iter().map(by_path).collect();
        let mut index = read(files.get("openapi.json"));
        let paths = index["paths"].take();
        // What tells of a failure is received.
        if let Some(info) = index["info"].as_object_mut() {
            info.remove("x-envelope");
        }
        Self { folder, files, index, paths }
    }

    /// The operation that a sentence is about, if it is judged to be sound without any rule.
    pub(super) fn trial(&self, sentence: &Sentence) -> Option<Trial<'_>> {
        let file = self.paths[&sentence.path]["$ref"].as_str()?;
        let mut item = read(self.files.get(file));
        let operation = item[sentence.method].as_object_mut()?;
        operation.retain(|key, _| SENT.contains(&key.as_str()));
        operation.insert("responses".to_owned(), json!({ "200": { "description": "Success." } }));
        let operation = json!({ sentence.method: operation });
        let file = format!("operations/{}.json", sentence.operation);
        let mut index = self.index.clone();
        index["paths"] = json!({ &sentence.path: { "$ref": &file } });
        let mut files = vec![
            SpecFile { path: "openapi.json".to_owned(), text: index.to_string() },
            SpecFile { path: file, text: operation.to_string() },
        ];
        for path in self.schemas(&operation) {
            let text = self.files.get(path.as_str()).copied().unwrap_or_default().to_owned();
            files.push(SpecFile { path, text });
        }
        Some(Trial { folder: self.folder, files })
    }

    /// The files that a schema needs.
    fn schemas(&self, schema: &Value) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![schema.clone()];
        while let Some(value) = open.pop() {
            each_reference(&value, &mut |reference| {
                let path = format!("schemas/{}", reference.rsplit('/').next().unwrap_or_default());
                if self.files.contains_key(path.as_str()) && found.insert(path.clone()) {
                    open.push(read(self.files.get(path.as_str())));
                }
            });
        }
        found
    }
}

/// A spec of one operation.
pub(super) struct Trial<'s> {
    folder: &'s str,
    files: Vec<SpecFile>,
}

impl Trial<'_> {
    /// What speaks against the operation with all of this; a problem of the overlay first.
    pub(super) fn against<'s>(
        &self,
        stated: impl Iterator<Item = &'s Sentence>,
    ) -> Option<Against> {
        let overlay = written::tried(stated);
        let mut files = self.files.clone();
        let name = overlay.path.clone();
        files.push(overlay);
        let specs = Specs::new(self.folder, files);
        let problems = findings(&specs, &Clock::SILENT).err()?;
        let own = specs.find(&name);
        let is_own = |problem: &&crate::Diagnostic| Some(problem.origin.file) == own;
        problems.iter().find(is_own).or_else(|| problems.iter().next()).map(Against::of)
    }
}

/// What a file says; nothing, if it is no JSON.
fn read(text: Option<&&str>) -> Value {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Calls with each reference.
fn each_reference(value: &Value, call: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(members) => each_of_object(members, call),
        Value::Array(items) => items.iter().for_each(|item| each_reference(item, call)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn each_of_object(members: &Map<String, Value>, call: &mut dyn FnMut(&str)) {
    for (key, member) in members {
        match member {
            Value::String(reference) if key == "$ref" => call(reference),
            member => each_reference(member, call),
        }
    }
}
