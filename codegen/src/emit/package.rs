//! The generated crate's manifest, README and formatter settings.

use super::front::{self, Page};
use super::markdown::unlinked;
use crate::blueprint::front::Front;
use crate::blueprint::package::{Manifest, Readme};
use crate::config::Runtime;
use crate::english::{counted, visible};

/// `rustfmt.toml`: prettyplease has formatted the sources, and `cargo fmt` would not agree with it.
pub(super) const RUSTFMT: &str = "disable_all_formatting = true\n";

/// The oldest Rust that compiles what is emitted.
pub(super) const RUST_VERSION: &str = "1.89";

/// `Cargo.toml`: one feature for each operation.
pub(super) fn manifest(manifest: &Manifest<'_>) -> String {
    let Manifest { features, config, .. } = manifest;
    let defaults: Vec<String> =
        features.iter().map(|feature| format!("    \"{feature}\",\n")).collect();
    let operations: Vec<String> =
        features.iter().map(|feature| format!("{feature} = []\n")).collect();
    let pattern = if manifest.needs_patterns { ", features = [\"pattern\"]" } else { "" };
    let description = toml_string(&format!(
        "{}, API version {}: a client whose requests know the rules between their parameters",
        manifest.title, manifest.version
    ));
    format!(
        "[package]\n\
         name = \"{package}\"\n\
         description = {description}\n\
         version = {version}\n\
         edition = \"2024\"\n\
         rust-version = \"{RUST_VERSION}\"\n\
         {license}{repository}\
         categories = [\"api-bindings\"]\n\
         keywords = [\"alibaba-cloud\", \"openapi\", \"validation\"]\n\
         readme = \"README.md\"\n\
         \n\
         # Said, so that Cargo reads the workspace even while `src` is deleted.\n\
         [lib]\n\
         path = \"src/lib.rs\"\n\
         \n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\
         rustdoc-args = [\"--cfg\", \"docsrs\"]\n\
         \n\
         [features]\n\
         default = [\n    \"reqwest\",\n{defaults}]\n\
         # `blocking::Client`, for programs without `async`.\n\
         blocking = [\"alibabacloud-runtime/blocking\"]\n\
         # The built-in transport; without it, clients have to be given one.\n\
         reqwest = [\"alibabacloud-runtime/reqwest\"]\n\
         # `Serialize` and `Deserialize` for requests, `Serialize` for answers; never with secrets.\n\
         serde = []\n\
         # `mock` and setters for answers, for tests of programs.\n\
         test-util = [\"alibabacloud-runtime/test-util\"]\n\
         {operations}\
         \n\
         [dependencies]\n\
         alibabacloud-runtime = {{ {runtime}, default-features = false{pattern} }}\n",
        package = manifest.package,
        version = toml_string(&config.package.version),
        license = line("license", config.package.license.as_deref()),
        repository = line("repository", config.package.repository.as_deref()),
        runtime = runtime(&config.runtime),
        defaults = defaults.concat(),
        operations = operations.concat(),
    )
}

/// `key = "text"`, when there is a text.
fn line(key: &str, text: Option<&str>) -> String {
    text.map(|text| format!("{key} = {}\n", toml_string(text))).unwrap_or_default()
}

/// `version = "0.1.0", path = "../../runtime"`
fn runtime(runtime: &Runtime) -> String {
    let version = format!("version = {}", toml_string(&runtime.version));
    match &runtime.path {
        Some(path) => format!("{version}, path = {}", toml_string(path)),
        None => version,
    }
}

/// A basic string; JSON's escapes are TOML's. What hides is shown before, as it is in docs.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(visible(text)).to_string()
}

/// `README.md`: what the crate is and which operations it has.
pub(super) fn readme(readme: &Readme<'_>) -> String {
    let mut rows = String::new();
    for operation in &readme.operations {
        rows.push_str(&format!(
            "| `{}` | `{}` | {} |\n",
            operation.action,
            operation.feature,
            unlinked(operation.summary)
        ));
    }
    format!(
        "# {package}\n\n{title}, API version {version}: a client with typed requests, typed responses, and \
         validators for every requirement between parameters that the documents state.\n\n\
         {front}## Operations\n\n\
         | operation | feature | what it does |\n|---|---|---|\n{rows}\n\
         ## Coverage\n\n{coverage}",
        package = readme.package,
        title = unlinked(readme.title),
        version = readme.version,
        front = front(&readme.front),
        coverage = coverage(readme),
    )
}

/// What the first page of the docs shows, too.
fn front(front: &Front<'_>) -> String {
    let sections = front::sections(front, Page::Readme).into_iter();
    sections.map(|lines| lines.join("\n") + "\n\n").collect()
}

/// What is covered, operation by operation and in total.
fn coverage(readme: &Readme<'_>) -> String {
    let mut table = "Response elements are counted wherever they stand. Each rule is one between \
                     parameters that the documents state.\n\n\
                     | operation | parameters | response elements | rules | document of |\n\
                     |---|---|---|---|---|\n"
        .to_owned();
    for operation in &readme.operations {
        let (id, covered) = (operation.action, operation.coverage);
        let (name, date) = match operation.document {
            Some(document) => {
                (format!("[`{id}`]({})", document.url), document.last_updated.as_deref())
            }
            None => (format!("`{id}`"), None),
        };
        let date = date.unwrap_or_default();
        table.push_str(&format!(
            "| {name} | {} | {} | {} | {date} |\n",
            covered.parameters, covered.elements, covered.rules,
        ));
    }
    let shared = readme.shared_rules;
    if shared > 0 {
        table.push_str(&format!("| objects that several may hold | | | {shared} | |\n"));
    }
    let total = readme.total;
    table.push_str(&format!(
        "| **{}** | **{}** | **{}** | **{}** | |\n",
        counted(readme.operations.len() as u64, "operation"),
        total.parameters,
        total.elements,
        total.rules,
    ));
    table
}
