//! Text → typed documents, positions kept. Knows no Rust and follows no `$ref`.

pub(crate) mod document;
pub(crate) mod envelope;
mod foreign;
pub(crate) mod operation;
pub(crate) mod pagination;
pub(crate) mod reader;
mod record;
pub(crate) mod relations;
pub(crate) mod request;
pub(crate) mod responses;
pub(crate) mod schema;
pub(crate) mod security;
pub(crate) mod wait;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Sink};
use crate::json::size::Bounds;
use crate::json::{self, Json};
use crate::overlay;
use crate::source::{FileId, Origin, Spanned, SpecFile, Specs};
use document::Document;
use operation::OperationItem;
use schema::Schema;

/// The files of a service version, each read as what its place says it is.
#[derive(Debug)]
pub(crate) struct Documents {
    pub(crate) document: Option<Document>,
    pub(crate) operations: Vec<(FileId, Box<OperationItem>)>,
    pub(crate) schemas: Vec<NamedSchema>,
    /// The overlays, parts of which may stand in any of the others.
    pub(crate) overlays: BTreeSet<FileId>,
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

/// A file and what its place says it is.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) file: FileId,
    pub(crate) place: Place,
    /// Nothing for a file that is no JSON.
    pub(crate) json: Option<Json>,
}

/// What a file is there for.
#[derive(Debug)]
pub(crate) enum Place {
    Index,
    Operation {
        /// Below the folder: `operations/CreateThing.json`.
        path: String,
    },
    Schema {
        /// The file's name without `.json`.
        name: String,
    },
    Overlay {
        /// Whether people have written it, and no importer.
        is_own: bool,
        name: String,
    },
    /// No file belongs there.
    Strange,
}

impl Parsed {
    pub(crate) fn is_overlay(&self) -> bool {
        matches!(self.place, Place::Overlay { .. })
    }
}

impl Place {
    fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        let stem = parts.last().and_then(|name| name.strip_suffix(".json"));
        match (parts.as_slice(), stem) {
            (["openapi.json"], _) => Self::Index,
            (["operations", _], Some(_)) => Self::Operation { path: path.to_owned() },
            (["schemas", _], Some(stem)) => Self::Schema { name: stem.to_owned() },
            (["overlays", _], Some(stem)) => Self::Overlay { is_own: true, name: stem.to_owned() },
            ([PROSE], _) => Self::Overlay { is_own: false, name: String::new() },
            _ => Self::Strange,
        }
    }

    /// How much of such a file is read.
    fn bounds(&self) -> Bounds {
        match self {
            Self::Index | Self::Overlay { .. } => Bounds::INDEX,
            Self::Operation { .. } | Self::Schema { .. } | Self::Strange => Bounds::SPEC,
        }
    }
}

/// The overlay with the rules that an importer has found in sentences.
pub(crate) const PROSE: &str = "prose.overlay.json";

/// Reads every file, with the overlays over the others.
pub(crate) fn read(specs: &Specs, sink: &mut Sink) -> Documents {
    let files: Vec<(FileId, Place)> = specs.files().iter().enumerate().map(placed).collect();
    let overlays = files.iter().filter(|(_, place)| matches!(place, Place::Overlay { .. }));
    let overlays: BTreeSet<FileId> = overlays.map(|(file, _)| *file).collect();
    let read = if !overlays.is_empty() {
        let parsed = sink.each(files, |(file, place), sink| parse(specs, file, place, sink));
        let parsed = overlay::apply(parsed, sink);
        sink.each(parsed, |parsed, sink| {
            let refers = parsed.json.as_ref().is_some_and(Json::refers_to_itself);
            read_file(parsed, refers, sink)
        })
    } else {
        // Trees are large, so each lives no longer than it takes to read it.
        sink.each(files, |(file, place), sink| {
            let refers = REFERS.iter().any(|start| specs.text(file).contains(start));
            read_file(parse(specs, file, place, sink), refers, sink)
        })
    };
    let mut loaded = Documents {
        document: None,
        operations: Vec::new(),
        schemas: Vec::new(),
        overlays,
        roots: BTreeMap::new(),
    };
    let has_root = specs.find("openapi.json").is_some();
    for read in read {
        match read {
            Read::Document(document) => loaded.document = document.map(|document| *document),
            Read::Operations(file, json, items) => {
                let items = items.into_iter().map(|item| (file, Box::new(item)));
                loaded.operations.extend(items);
                loaded.roots.extend(json.map(|json| (file, json)));
            }
            Read::Schema(json, schema) => {
                loaded.roots.extend(json.map(|json| (schema.file, json)));
                loaded.schemas.push(*schema);
            }
            Read::Nothing => {}
        }
    }
    if !has_root {
        let message = format!("`{}` has no `openapi.json`", specs.folder());
        sink.error(Code::MissingKey, Origin::new(FileId::new(0), 0, 0), message);
    }
    loaded
}

/// How a text starts a reference to a part of its own file, of which there are few.
const REFERS: [&str; 2] = ["\"#", "\"\\u0023"];

fn placed((index, file): (usize, &SpecFile)) -> (FileId, Place) {
    (FileId::new(index), Place::of(&file.path))
}

fn parse(specs: &Specs, file: FileId, place: Place, sink: &mut Sink) -> Parsed {
    let json = match &place {
        Place::Strange => {
            sink.error_with_help(
                Code::UnusedFile,
                Origin::new(file, 0, 0),
                "no file belongs here",
                "a spec is `openapi.json`, `operations/<OperationId>.json`, `schemas/<Name>.json` and \
                 `overlays/<Name>.json`",
            );
            None
        }
        place => json::parse(specs, file, place.bounds(), sink),
    };
    Parsed { file, place, json }
}

/// What a file says.
enum Read {
    Document(Option<Box<Document>>),
    Operations(FileId, Option<Json>, Vec<OperationItem>),
    Schema(Option<Json>, Box<NamedSchema>),
    /// Nothing that can be read.
    Nothing,
}

/// Reads a file; `refers` tells whether its JSON is asked for again.
fn read_file(parsed: Parsed, refers: bool, sink: &mut Sink) -> Read {
    let Parsed { file, place, json } = parsed;
    let kept = |json| refers.then_some(json);
    match (place, json) {
        (Place::Index, json) => {
            Read::Document(json.and_then(|json| document::document(&json, sink)).map(Box::new))
        }
        (Place::Operation { path }, Some(json)) => {
            let items = operation::path_item(&json, &path, sink);
            Read::Operations(file, kept(json), items)
        }
        (Place::Schema { name }, Some(json)) => {
            let name = Spanned { value: name, origin: json.opening() };
            match schema::schema(&json, sink) {
                Some(schema) => {
                    Read::Schema(kept(json), Box::new(NamedSchema { file, name, schema }))
                }
                None => Read::Nothing,
            }
        }
        (
            Place::Operation { .. } | Place::Schema { .. } | Place::Overlay { .. } | Place::Strange,
            _,
        ) => Read::Nothing,
    }
}
