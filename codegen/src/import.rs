//! What a service publishes of its API → the files of a spec.
//!
//! ```text
//! text ─parse─▶ JSON ─published─▶ what the metadata says ─request, answer, types─▶ nodes ─node─▶ files
//! ```
//!
//! The metadata is not ours: what is wrong in it is repaired by a rule or left out for a reason, and each
//! has a name and is counted. What the specs then mean is asked of the generator, as of any other spec.

mod access;
mod account;
mod answer;
mod balance;
mod changes;
mod complete;
pub(crate) mod described;
mod enums;
mod envelope;
mod errors;
mod item;
mod keys;
mod ledger;
mod limits;
mod lists;
mod names;
mod node;
mod others;
mod pages;
mod path;
mod pointers;
mod published;
mod reasons;
mod report;
mod request;
mod secrets;
mod sentences;
mod service;
mod texts;
mod told;
mod types;
mod words;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics, Sink};
use crate::english::code;
use crate::json::size::Bounds;
use crate::json::{self, Json};
use crate::naming::is_device;
use crate::settle::{self, Settled};
use crate::source::{FileId, SpecFile, Specs, is_operation_id};
use crate::travel::{Method, Style};
use access::Schemes;
pub use account::Account;
pub use balance::{Balance, Counts, Tally};
pub use changes::{Changes, Texts};
use node::Node;
pub use others::Translation;
use pointers::Pointers;
use published::{Operation, Published};
pub use reasons::{LeftOut, Repair, Thing};
pub use report::{End, Marker, Place, Report};
use request::Request;
pub use sentences::{Asked, Says, Sentence, Sentences};
use types::{LONGEST, Types};

/// What is to be imported, and how.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// What the package is called, if not as its product and version.
    pub package: Option<String>,
    /// The operations that are wanted; all of them unless some are named.
    pub operations: Vec<String>,
    /// Whether descriptions and examples are left out.
    pub without_texts: bool,
    /// Whether rules that descriptions state are left out.
    pub no_rules: bool,
    /// What the same metadata say in another language.
    pub texts_of: Option<Translation>,
}

/// A service as files of a spec.
#[derive(Debug)]
pub struct Imported {
    /// How the service is called, as it says itself: `RPC`, `ROA` or `V3`.
    pub style: String,
    /// The service's folder: `ecs-2014-05-26`.
    pub folder: String,
    /// Its files, below the folder.
    pub files: Vec<SpecFile>,
    /// What became of what was published.
    pub report: Report,
    /// What its sentences say.
    pub sentences: Settled,
}

/// The styles whose calls the runtime can make.
const STYLES: [&str; 3] = ["RPC", "ROA", "V3"];

impl Import {
    /// Makes a spec of the metadata, which is the one file of `metadata`.
    ///
    /// # Errors
    ///
    /// When the file is no metadata, or of a service that is called in another way.
    pub fn run<'s>(&self, metadata: &'s Specs) -> Result<Imported, Diagnostics<'s>> {
        let mut sink = Sink::default();
        let mut report = Report::default();
        let file = FileId::new(0);
        let imported = json::parse(metadata, file, Bounds::METADATA, &mut sink).and_then(|json| {
            let published = published::read(&json, &mut report);
            let made = published.and_then(|published| {
                let files = self.files(&published, &mut report);
                files.map(|(folder, files, sentences)| (published.style, folder, files, sentences))
            });
            made.map_err(|(pointer, message)| refuse(&json, pointer, message, &mut sink)).ok()
        });
        match imported.filter(|_| sink.is_empty()) {
            Some((style, folder, mut files, sentences)) => {
                let sentences = settle::settle(&folder, &mut files, sentences, !self.without_texts);
                Ok(Imported { style, folder, files, report, sentences })
            }
            None => Err(Diagnostics::new(metadata, sink)),
        }
    }

    fn files(&self, published: &Published, report: &mut Report) -> Result<Files, Refusal> {
        check_style(published)?;
        self.check_translation(published)?;
        let package = self.package.clone().unwrap_or_else(|| service::package(published));
        service::check_names(published, &package)?;
        let operations = self.wanted(published, report)?;
        let style = style(published);
        let called = operations.iter().map(|operation| operation.name.as_str());
        let called = called.clone().zip(names::operations(called)).collect();
        let taken = operations.iter().flat_map(|operation| {
            ["Request", "Response"].map(|suffix| format!("{}{suffix}", operation.name))
        });
        let sent = operations.iter().flat_map(|operation| &operation.parameters);
        let sent = sent.map(|parameter| &parameter.schema);
        let mut types = Types::new(&published.components, taken, sent, !self.without_texts);
        let envelope = envelope::envelope(&published.operations, &operations, &types, report);
        let paths = by_path(operations, style, &types, report);
        let imported = paths.iter().flat_map(|(_, items)| items);
        let imported = imported.map(|(operation, _)| operation.name.as_str());
        let pointers = Pointers::new(published, imported.collect());
        let mut schemes = Schemes::default();
        let mut files = Vec::new();
        let mut index = Vec::new();
        let mut sentences = Sentences::default();
        for (key, items) in paths {
            let template = items.first().and_then(|(_, request)| request.path.clone());
            let name = items.iter().map(|(operation, _)| &operation.name).min();
            let path = format!("operations/{}.json", name.map_or("", String::as_str));
            let item = path_item(
                &items,
                template.as_deref(),
                (&called, &pointers),
                &mut types,
                &mut schemes,
                report,
            );
            files.push(SpecFile { path: path.clone(), text: item.file("../schemas/") });
            for (operation, request) in items.iter().filter(|_| !self.no_rules) {
                let place = (template.as_deref().unwrap_or(&key), self::key(request.method));
                sentences.read(operation, place, request, &types, self.texts_of.as_ref());
            }
            index.push((template.unwrap_or(key), Node::member("$ref", Node::Text(path))));
        }
        for (name, schema) in &types.made {
            files.push(SpecFile { path: format!("schemas/{name}.json"), text: schema.file("") });
        }
        let document =
            service::document(published, style, &package, envelope, index, schemes, report);
        files.push(SpecFile { path: "openapi.json".to_owned(), text: document.file("schemas/") });
        files.sort_by(|left, right| left.path.cmp(&right.path));
        report.conclude(complete::judge(published, report));
        Ok((service::folder(published), files, sentences))
    }

    /// Refuses texts of something else.
    fn check_translation(&self, published: &Published) -> Result<(), Refusal> {
        let Published { product, version, .. } = published;
        match &self.texts_of {
            Some(texts) if !texts.is_of(product, version) => {
                let message = format!(
                    "the texts in another language are not those of {} {version}",
                    code(product)
                );
                Err(("/info", message))
            }
            _ => Ok(()),
        }
    }

    /// The operations that are asked for, and can be called something.
    fn wanted<'p>(
        &self,
        published: &'p Published,
        report: &mut Report,
    ) -> Result<Vec<&'p Operation>, Refusal> {
        let names = published.operations.iter().map(|operation| operation.name.as_str());
        for asked in &self.operations {
            if !names.clone().any(|name| name == asked) {
                return Err(("/apis", format!("the metadata has no operation `{asked}`")));
            }
        }
        let is_asked = |operation: &&Operation| {
            self.operations.is_empty() || self.operations.contains(&operation.name)
        };
        for left in published.operations.iter().filter(|operation| !is_asked(operation)) {
            report.leave_out(left.spot.own, LeftOut::NotAsked);
        }
        let operations: Vec<&Operation> = published
            .operations
            .iter()
            .filter(is_asked)
            .filter(|operation| {
                let is_name = is_file(&operation.name);
                if !is_name {
                    report.leave_out(operation.spot.own, LeftOut::Nameless);
                }
                is_name
            })
            .collect();
        if operations.is_empty() {
            return Err(("/apis", "the metadata has no operation".to_owned()));
        }
        Ok(operations)
    }
}

/// The operations of a path, each with its request.
type Items<'p> = Vec<(&'p Operation, Request<'p>)>;

/// The operations by their paths, in the order in which these are first met. Two that have one method and
/// path cannot be told apart.
fn by_path<'p>(
    operations: Vec<&'p Operation>,
    style: Style,
    types: &Types<'p>,
    report: &mut Report,
) -> Vec<(String, Items<'p>)> {
    let mut paths: Vec<(String, Items<'p>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for operation in operations {
        let request = Request::new(operation, style, types, report);
        let key = match &request.path {
            Some(template) => path::shape(template),
            None => format!("/{}", operation.name),
        };
        let place = *places.entry(key.clone()).or_insert_with(|| {
            paths.push((key, Vec::new()));
            paths.len() - 1
        });
        let (_, items) = &mut paths[place];
        if items.iter().any(|(_, other)| other.method == request.method) {
            report.leave_out(operation.spot.own, LeftOut::PathTaken);
        } else {
            items.push((operation, request));
        }
    }
    paths
}

/// Refuses services that the runtime cannot call.
fn check_style(published: &Published) -> Result<(), Refusal> {
    let style = &published.style;
    if STYLES.contains(&style.as_str()) {
        return Ok(());
    }
    let message = format!(
        "services of the style {} have a gateway of their own, which signs in another way",
        code(style)
    );
    Err((STYLE, message))
}

/// The folder of a service, its files, and what its sentences say.
type Files = (String, Vec<SpecFile>, Sentences);

/// Where in the metadata something stands, as a JSON pointer, and what is wrong with it.
type Refusal = (&'static str, String);

/// Whether an operation's name can be that of a file, on every system.
fn is_file(operation: &str) -> bool {
    is_operation_id(operation)
        && operation.len() <= LONGEST
        && !is_device(&operation.to_ascii_lowercase())
}

/// Where the style stands.
const STYLE: &str = "/info/style";

fn refuse(json: &Json, pointer: &str, message: String, sink: &mut Sink) {
    let place = json.at(pointer).unwrap_or(json);
    let help = if pointer == STYLE {
        "use the SDK that Alibaba Cloud has for this service; the styles RPC, ROA and V3 can be imported"
    } else {
        "take the JSON document that Alibaba Cloud publishes of one version of a service of the style RPC, \
         ROA or V3"
    };
    sink.error_with_help(Code::InvalidValue, place.opening(), message, help);
}

/// Services of the style V3 are called by paths where they have them.
fn style(published: &Published) -> Style {
    let has_path = |operation: &Operation| operation.path.is_some();
    match published.style.as_str() {
        "RPC" => Style::Rpc,
        "V3" if !published.operations.iter().any(has_path) => Style::Rpc,
        _ => Style::Roa,
    }
}

/// The operations of a path.
fn path_item<'p>(
    items: &[(&'p Operation, Request<'p>)],
    template: Option<&str>,
    (called, pointers): (&BTreeMap<&str, Option<String>>, &Pointers<'_>),
    types: &mut Types<'p>,
    schemes: &mut Schemes,
    report: &mut Report,
) -> Node {
    let operations = items.iter().map(|(operation, request)| {
        let mut members = vec![
            ("operationId".to_owned(), Node::text(&operation.name)),
            ("summary".to_owned(), Node::Text(types.summary(operation, report))),
        ];
        if let Some(Some(name)) = called.get(operation.name.as_str()) {
            report.repair(Repair::Renamed, operation.spot.own);
            members.push(("x-name".to_owned(), Node::text(name)));
        }
        members.extend(types.description(operation, report));
        members.extend(pointers.of(operation, report));
        let access = if reads(operation) { "read" } else { "write" };
        members.push(("x-access".to_owned(), Node::text(access)));
        members.extend(schemes.of(operation, report));
        if let Some(whole) = &request.whole_path {
            members.push(("x-whole-path".to_owned(), Node::text(whole)));
        }
        let pages = pages::pagination(operation, request, types);
        members.extend(pages.map(|pages| ("x-pagination".to_owned(), pages)));
        members.extend(request.write(operation, template, types, report));
        members.push(("responses".to_owned(), answer::responses(operation, types, report)));
        report.carry(operation.spot.own);
        (key(request.method).to_owned(), Node::Object(members))
    });
    Node::Object(operations.collect())
}

/// Whether the operation surely changes nothing.
fn reads(operation: &Operation) -> bool {
    let is_got = matches!(operation.tag.as_deref(), Some("get" | "list"));
    match operation.kind.as_deref() {
        Some("read") => matches!(operation.tag.as_deref(), None | Some("get" | "list" | "none")),
        Some(_) => false,
        None => is_got,
    }
}

/// The key of a method in a path item.
fn key(method: Method) -> &'static str {
    Method::ALL.iter().find(|(_, known)| *known == method).map_or("post", |(key, _)| key)
}
