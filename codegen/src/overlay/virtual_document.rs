//! The files of a service as one document, and back.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::path::{Query, Step};
use crate::json::{Json, Kind, Member};
use crate::read::{Parsed, Place};
use crate::source::{FileId, Origin};

/// `openapi.json` with every path item in the place of its `$ref`, and the schema files in
/// `components.schemas`.
#[derive(Debug)]
pub(super) struct VirtualDocument {
    pub(super) root: Json,
    /// The same as other crates have it, made when it is asked for.
    copy: OnceCell<serde_json::Value>,
    index: FileId,
    /// What stood in the place of each path item that is a file, by the path.
    references: BTreeMap<String, Reference>,
    /// The files of schemas, by their names.
    schemas: BTreeMap<String, FileId>,
    /// What is no part of the document.
    rest: Vec<Parsed>,
}

/// The `$ref` to a path item's file.
#[derive(Debug)]
struct Reference {
    entry: Json,
    file: FileId,
    path: String,
}

impl VirtualDocument {
    /// Puts the files together; nothing when there is no `openapi.json`, which is told elsewhere.
    pub(super) fn of(files: Vec<Parsed>) -> Option<Self> {
        let mut root = None;
        let (mut operations, mut schemas) = (BTreeMap::new(), Vec::new());
        let mut rest = Vec::new();
        for parsed in files {
            match (&parsed.place, parsed.json) {
                (Place::Index, Some(json)) => root = Some((parsed.file, json)),
                (Place::Operation { path }, Some(json)) => {
                    operations.insert(path.clone(), (parsed.file, json));
                }
                (Place::Schema { name }, Some(json)) => {
                    schemas.push((name.clone(), parsed.file, json));
                }
                (_, json) => rest.push(Parsed { json, ..parsed }),
            }
        }
        let (index, mut root) = root?;
        let mut references = BTreeMap::new();
        for entry in members_of(&mut root, "paths").into_iter().flatten() {
            let Some(path) = reference_of(&entry.value) else { continue };
            if let Some((file, json)) = operations.remove(&path) {
                let entry_of = std::mem::replace(&mut entry.value, json);
                references.insert(entry.key.clone(), Reference { entry: entry_of, file, path });
            }
        }
        // Files that the index does not name are reported by whoever reads them.
        rest.extend(operations.into_iter().map(|(path, (file, json))| Parsed {
            file,
            place: Place::Operation { path },
            json: Some(json),
        }));
        let files = schemas.iter().map(|(name, file, _)| (name.clone(), *file)).collect();
        add_schemas(&mut root, schemas);
        Some(Self { root, copy: OnceCell::new(), index, references, schemas: files, rest })
    }

    /// The ways to what a path selects.
    pub(super) fn select(&self, query: &Query) -> Vec<Vec<Step>> {
        query.select(&self.root, || self.copy.get_or_init(|| self.root.to_value()))
    }

    /// Changes the document.
    pub(super) fn change<T>(&mut self, change: impl FnOnce(&mut Json) -> T) -> T {
        self.copy = OnceCell::new();
        change(&mut self.root)
    }

    /// Takes the files apart again. What an overlay has added becomes a file that stands where the
    /// overlay does.
    pub(super) fn into_files(mut self) -> Vec<Parsed> {
        let mut files = self.rest;
        for entry in members_of(&mut self.root, "paths").into_iter().flatten() {
            let known = self.references.remove(&entry.key);
            if known.is_none() && reference_of(&entry.value).is_some() {
                continue;
            }
            let json = entry.value.clone();
            let (reference, file, path) = match known {
                Some(Reference { entry, file, path }) => (entry, file, path),
                None => {
                    let path = format!("operations{}.json", entry.key);
                    (reference_to(&path, json.origin), json.origin.file, path)
                }
            };
            entry.value = reference;
            files.push(Parsed { file, place: Place::Operation { path }, json: Some(json) });
        }
        let components = members_of(&mut self.root, "components");
        let schemas = components.and_then(|members| {
            let place = members.iter().position(|member| member.key == "schemas")?;
            Some(members.remove(place).value.kind)
        });
        if let Some(Kind::Object(members)) = schemas {
            for Member { key, value, .. } in members {
                let file = self.schemas.get(&key).copied().unwrap_or(value.origin.file);
                files.push(Parsed { file, place: Place::Schema { name: key }, json: Some(value) });
            }
        }
        files.push(Parsed { file: self.index, place: Place::Index, json: Some(self.root) });
        files
    }
}

/// The members of an object that is a member of the root.
fn members_of<'j>(root: &'j mut Json, key: &str) -> Option<&'j mut Vec<Member>> {
    let Kind::Object(members) = &mut root.kind else { return None };
    match &mut members.iter_mut().find(|member| member.key == key)?.value.kind {
        Kind::Object(members) => Some(members),
        Kind::Null | Kind::Boolean(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) => None,
    }
}

fn reference_of(entry: &Json) -> Option<String> {
    let Kind::Object(members) = &entry.kind else { return None };
    let [Member { key, value: Json { kind: Kind::String(path), .. }, .. }] = members.as_slice()
    else {
        return None;
    };
    (key == "$ref").then(|| path.clone())
}

fn reference_to(path: &str, origin: Origin) -> Json {
    let value = Json { origin, kind: Kind::String(path.to_owned()) };
    let member = Member { key: "$ref".to_owned(), key_origin: origin, value };
    Json { origin, kind: Kind::Object(vec![member]) }
}

/// Adds the schemas as `components.schemas`, where nothing of that name stands.
fn add_schemas(root: &mut Json, schemas: Vec<(String, FileId, Json)>) {
    let origin = root.opening();
    let object = |members| Json { origin, kind: Kind::Object(members) };
    let member = |key: String, value| Member { key, key_origin: origin, value };
    let schemas: Vec<Member> =
        schemas.into_iter().map(|(name, _, json)| member(name, json)).collect();
    if members_of(root, "components").is_none()
        && let Kind::Object(members) = &mut root.kind
        && members.iter().all(|member| member.key != "components")
    {
        members.push(member("components".to_owned(), object(Vec::new())));
    }
    if let Some(components) = members_of(root, "components")
        && components.iter().all(|member| member.key != "schemas")
    {
        components.push(member("schemas".to_owned(), object(schemas)));
    }
}
