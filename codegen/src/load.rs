//! Text → typed documents, positions kept. Knows no Rust and follows no `$ref`.

pub(crate) mod decimal;
pub(crate) mod document;
mod foreign;
pub(crate) mod json;
pub(crate) mod keywords;
pub(crate) mod reader;
pub(crate) mod schema;
pub(crate) mod size;
mod syntax;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Code, Sink};
use crate::source::{FileId, Origin, Spanned, SpecFile, Specs};
use document::{Document, OperationItem};
use json::Json;
use schema::Schema;

/// The files of a service version, each read as what its place says it is.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) document: Option<Document>,
    pub(crate) operations: Vec<(FileId, Box<OperationItem>)>,
    pub(crate) schemas: Vec<NamedSchema>,
    /// The files with operations and schemas that refer to parts of themselves, as JSON.
    pub(crate) roots: BTreeMap<FileId, Json>,
}

/// A schema file.
#[derive(Debug)]
pub(crate) struct NamedSchema {
    pub(crate) file: FileId,
    /// The file's name without `.json`, which is the type's name.
    pub(crate) name: Spanned<String>,
    pub(crate) schema: Schema,
}

/// Reads every file.
pub(crate) fn load(specs: &Specs, sink: &mut Sink) -> Loaded {
    let mut loaded = Loaded {
        document: None,
        operations: Vec::new(),
        schemas: Vec::new(),
        roots: BTreeMap::new(),
    };
    let mut found_root = false;
    let files = specs.files().par_iter().enumerate();
    let read = sink.each(files, |(index, file), sink| read(specs, FileId::new(index), file, sink));
    for (index, read) in read.into_iter().enumerate() {
        let file = FileId::new(index);
        match read {
            Read::Document(document) => {
                found_root = true;
                loaded.document = document;
            }
            Read::Operation(json, item) => {
                loaded.operations.extend(item.map(|item| (file, item)));
                loaded.roots.extend(json.map(|json| (file, json)));
            }
            Read::Schema(json, name, schema) => {
                loaded.schemas.extend(schema.map(|schema| NamedSchema {
                    file,
                    name,
                    schema: *schema,
                }));
                loaded.roots.extend(json.map(|json| (file, json)));
            }
            Read::Nothing => {}
        }
    }
    if !found_root {
        let message = format!("`{}` has no `openapi.json`", specs.folder());
        sink.error(Code::MissingKey, Origin::new(FileId::new(0), 0, 0), message);
    }
    loaded
}

/// What a file is.
enum Read {
    Document(Option<Document>),
    Operation(Option<Json>, Option<Box<OperationItem>>),
    Schema(Option<Json>, Spanned<String>, Option<Box<Schema>>),
    /// Nothing that can be read.
    Nothing,
}

fn read(specs: &Specs, file: FileId, spec_file: &SpecFile, sink: &mut Sink) -> Read {
    // Trees are large, and few files refer to parts of themselves.
    let refers = ["\"#", "\"\\u0023"].iter().any(|start| spec_file.text.contains(start));
    let kept = |json| refers.then_some(json);
    let parts: Vec<&str> = spec_file.path.split('/').collect();
    let stem = parts.last().and_then(|name| name.strip_suffix(".json"));
    match (parts.as_slice(), stem) {
        (["openapi.json"], _) => {
            let json = json::parse(specs, file, size::MAX_INDEXED, sink);
            Read::Document(json.and_then(|json| document::document(&json, sink)))
        }
        (["operations", _], Some(_)) => match json::parse(specs, file, size::MAX_MEMBERS, sink) {
            Some(json) => {
                let item = document::path_item(&json, sink).map(Box::new);
                Read::Operation(kept(json), item)
            }
            None => Read::Nothing,
        },
        (["schemas", _], Some(stem)) => match json::parse(specs, file, size::MAX_MEMBERS, sink) {
            Some(json) => {
                let name = Spanned { value: stem.to_owned(), origin: json.opening() };
                let schema = schema::schema(&json, sink).map(Box::new);
                Read::Schema(kept(json), name, schema)
            }
            None => Read::Nothing,
        },
        _ => {
            sink.error_with_help(
                Code::UnusedFile,
                Origin::new(file, 0, 0),
                "no file belongs here",
                "a spec is `openapi.json`, `operations/<OperationId>.json` and `schemas/<Name>.json`",
            );
            Read::Nothing
        }
    }
}
