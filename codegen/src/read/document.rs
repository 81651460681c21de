//! JSON → [`Document`]: the index of a service version, typed, each part with its place.
//!
//! Knows which keys exist and of what kind their values are; what they mean is decided later.

use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Member};
use crate::read::envelope::{EnvelopeItem, envelope};
use crate::read::reader::{Reader, check_form, string};
use crate::read::record;
use crate::read::security::{SchemeItem, SecurityItem, components, security};
use crate::source::{FileId, Origin, Spanned, is_package, is_version};
use crate::travel::Style;

/// `openapi.json`. The default stands for one that could not be read, beside its diagnostics.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) title: Spanned<String>,
    pub(crate) version: Spanned<String>,
    pub(crate) product: Spanned<String>,
    /// The name of the package, when it is not made from the product.
    pub(crate) package: Option<Spanned<String>>,
    pub(crate) style: Style,
    /// Which members of answers say how a call went.
    pub(crate) envelope: Option<EnvelopeItem>,
    pub(crate) description: Option<Spanned<String>>,
    /// Parameters that were left out on purpose.
    pub(crate) omitted: Vec<OmittedItem>,
    pub(crate) servers: Vec<Server>,
    /// By what calls may be proven, where an operation does not say it itself.
    pub(crate) security: Option<SecurityItem>,
    pub(crate) schemes: Vec<SchemeItem>,
    /// Path → path item file.
    pub(crate) paths: Vec<PathEntry>,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            title: unread(),
            version: unread(),
            product: unread(),
            package: None,
            style: Style::Rpc,
            envelope: None,
            description: None,
            omitted: Vec::new(),
            servers: Vec::new(),
            security: None,
            schemes: Vec::new(),
            paths: Vec::new(),
        }
    }
}

/// Stands for a text that could not be read, beside its diagnostic.
pub(super) fn unread() -> Spanned<String> {
    Spanned { value: "Unread".to_owned(), origin: Origin::new(FileId::new(0), 0, 0) }
}

/// A parameter that the service has and the specs leave out.
#[derive(Debug)]
pub(crate) struct OmittedItem {
    pub(crate) name: String,
    /// Why.
    pub(crate) note: String,
}

/// A line of the path index.
#[derive(Debug)]
pub(crate) struct PathEntry {
    pub(crate) path: Spanned<String>,
    pub(crate) reference: Spanned<String>,
}

/// A host.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) url: Spanned<String>,
    /// The internet, when nothing is said.
    pub(crate) network: Option<Spanned<String>>,
    pub(crate) regions: Vec<Spanned<String>>,
    /// What `x-document` says of it.
    pub(crate) note: Option<String>,
}

/// Reads `openapi.json`.
pub(crate) fn document(json: &Json, sink: &mut Sink) -> Option<Document> {
    let mut root = Reader::open(json, "OpenAPI document", sink)?;
    if let Some(version) = root.required_string("openapi", sink)
        && version.value != "3.2.0"
    {
        let message = format!("OpenAPI {} is not supported", version.value);
        sink.error_with_help(Code::InvalidValue, version.origin, message, "write `3.2.0`");
    }
    let info = root.required("info", sink).and_then(|info| Reader::open(info, "info", sink));
    let mut title = None;
    let mut version = None;
    let mut product = None;
    let mut package = None;
    let mut style = Style::Rpc;
    let mut envelope = None;
    let mut description = None;
    let mut omitted = Vec::new();
    if let Some(mut info) = info {
        title = info.required_text("title", sink);
        version = info.required_string("version", sink);
        if let Some(version) = &version {
            check_form(version, is_version, "a version, such as `2019-03-06`", sink);
        }
        product = info.required_string("x-product", sink);
        package = package_name(&mut info, sink);
        style = self::style(&mut info, sink);
        envelope = info.value("x-envelope").and_then(|json| self::envelope(json, sink));
        description = info.text("description", sink);
        let items = info.array("x-omitted-parameters", sink).unwrap_or_default();
        omitted = items.iter().filter_map(|json| omitted_item(json, sink)).collect();
        imported(&mut info, sink);
        for key in ["summary", "termsOfService"] {
            info.string(key, sink);
        }
        for key in ["contact", "license"] {
            info.map(key, sink);
        }
        info.finish(sink);
    }
    let servers = root.array("servers", sink).unwrap_or_default();
    let servers = servers.iter().filter_map(|json| server(json, sink)).collect();
    let paths = match root.required("paths", sink) {
        Some(_) => root.map("paths", sink).unwrap_or_default(),
        None => &[],
    };
    let paths: Vec<PathEntry> =
        paths.iter().filter_map(|member| path_entry(member, sink)).collect();
    if let Some(json) = root.value("paths").filter(|_| paths.is_empty()) {
        sink.error(Code::InvalidValue, json.origin, "there is no operation in this index");
    }
    let security = root.value("security").and_then(|json| security(json, sink));
    let schemes = root.value("components").map(|json| components(json, sink));
    root.finish(sink);
    Some(Document {
        title: title.unwrap_or_else(unread),
        version: version.unwrap_or_else(unread),
        product: product.unwrap_or_else(unread),
        package,
        style,
        envelope,
        description,
        omitted,
        servers,
        security,
        schemes: schemes.unwrap_or_default(),
        paths,
    })
}

/// What the package is called, where that is not left to the product.
fn package_name(info: &mut Reader<'_>, sink: &mut Sink) -> Option<Spanned<String>> {
    let package = info.string("x-package", sink)?;
    check_form(&package, is_package, "a package, such as `alibabacloud-dbs`", sink);
    Some(package)
}

/// Whether an importer wrote the files, who alone has a use for it.
fn imported(info: &mut Reader<'_>, sink: &mut Sink) {
    if let Some(mark) = info.boolean("x-imported", sink)
        && !mark.value
    {
        let message = "only `true` says something here";
        sink.error_with_help(Code::InvalidValue, mark.origin, message, "leave the key out");
    }
}

fn style(info: &mut Reader<'_>, sink: &mut Sink) -> Style {
    match info.string("x-style", sink) {
        None => Style::Rpc,
        Some(style) => match style.value.as_str() {
            "RPC" => Style::Rpc,
            "ROA" => Style::Roa,
            other => {
                let message = format!("the style {} has no code", crate::english::code(other));
                let help = "write `RPC` or `ROA`, or leave the key out, which says `RPC`";
                sink.error_with_help(Code::InvalidValue, style.origin, message, help);
                Style::Rpc
            }
        },
    }
}

fn server(json: &Json, sink: &mut Sink) -> Option<Server> {
    let mut reader = Reader::open(json, "server", sink)?;
    let url = reader.required_string("url", sink);
    let network = reader.string("x-network", sink);
    let regions = reader.filled("x-regions", sink).unwrap_or_default();
    let regions: Vec<Spanned<String>> =
        regions.iter().filter_map(|region| string(region, sink)).collect();
    for region in &regions {
        let plain =
            |found: char| found.is_ascii_lowercase() || found.is_ascii_digit() || found == '-';
        let form = "a region, such as `cn-hangzhou`";
        check_form(region, |text| !text.is_empty() && text.chars().all(plain), form, sink);
    }
    reader.string("description", sink);
    let note = record::x_document(&mut reader, sink).map(|(note, _)| note);
    reader.finish(sink);
    Some(Server { url: url?, network, regions, note })
}

fn omitted_item(json: &Json, sink: &mut Sink) -> Option<OmittedItem> {
    let mut reader = Reader::open(json, "omitted parameter", sink)?;
    let name = reader.required_text("name", sink);
    let note = reader.required_text("note", sink);
    reader.finish(sink);
    Some(OmittedItem { name: name?.value, note: note?.value })
}

fn path_entry(member: &Member, sink: &mut Sink) -> Option<PathEntry> {
    let mut reader = Reader::open(&member.value, "path index entry", sink)?;
    let reference = reader.required_string("$ref", sink);
    reader.finish(sink);
    let path = Spanned { value: member.key.clone(), origin: member.key_origin };
    Some(PathEntry { path, reference: reference? })
}
