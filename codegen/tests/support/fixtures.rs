//! The fixtures: minimal specs, each named for the one construct that it shows, in a folder with what is
//! expected of it.
//!
//! The crate `tests` compiles this file too, so that the tests and the compiled fixtures cannot see
//! different specs. Nothing else here knows how the generator is called.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use alibabacloud_codegen::{Config, Diagnostics, Output, SpecFile, Specs};
use serde_json::Value;

use crate::checkout::root;

/// What is expected of a fixture, beside its files.
const EXPECTED: &str = "expected.snap";

/// The fixtures in `fixtures/<folder>/`, sorted by name.
///
/// # Panics
///
/// When they cannot be read.
pub fn cases(folder: &str) -> Vec<Case> {
    let folder = root().join("codegen/tests/fixtures").join(folder);
    let entries = fs::read_dir(&folder).expect("the fixtures are readable");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("the fixtures are readable").file_name())
        .map(|name| name.into_string().expect("fixtures have ASCII names"))
        .collect();
    names.sort();
    names.into_iter().map(|name| Case::read(&folder, name)).collect()
}

/// Whether overlays add to specs what stands in no file that another validator reads.
pub fn has_overlays(specs: &Specs) -> bool {
    let is_overlay = |path: &str| path.starts_with("overlays/") || path == "prose.overlay.json";
    specs.files().iter().any(|file| is_overlay(&file.path))
}

/// The documents in `fixtures/metadata/`, each as a service publishes what it has, sorted by name.
///
/// # Panics
///
/// When they cannot be read.
pub fn metadata() -> Vec<Specs> {
    let folder = root().join("codegen/tests/fixtures/metadata");
    let entries = fs::read_dir(&folder).expect("the fixtures are readable");
    let mut paths: Vec<_> =
        entries.map(|entry| entry.expect("the fixtures are readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        Specs::read_file(path).expect("the fixtures are readable").named("metadata")
    };
    paths.iter().map(read).collect()
}

/// What the generator makes of specs, for crates of this repository.
///
/// # Errors
///
/// Those of the generator.
pub fn generate(specs: &Specs) -> Result<Output, Diagnostics<'_>> {
    let command = "cargo xtask codegen".to_owned();
    alibabacloud_codegen::generate(specs, &Config { command, ..Config::default() })
}

/// Specs of these files, with an `openapi.json`.
pub fn specs(name: &str, json: &BTreeMap<String, Value>) -> Specs {
    let mut files: Vec<SpecFile> = json
        .iter()
        .map(|(path, json)| SpecFile { path: path.clone(), text: json.to_string() })
        .collect();
    let text = index(&files, |stem| {
        let operation = &json[&format!("operations/{stem}.json")]["post"];
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let of_path = parameters.filter(|parameter| parameter["in"] == "path");
        of_path.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
    });
    files.push(SpecFile { path: "openapi.json".to_owned(), text });
    Specs::new(format!("fixtures/{name}"), files)
}

/// A fixture.
#[derive(Debug, Clone)]
pub struct Case {
    /// The construct that it shows.
    pub name: String,
    /// Its files, with the `openapi.json` that most fixtures leave out.
    pub specs: Specs,
}

impl Case {
    fn read(folder: &Path, name: String) -> Self {
        let mut files = Vec::new();
        read_below(&folder.join(&name), "", &mut files);
        // The tool for snapshots writes a new one beside the old.
        files.retain(|(path, _)| !path.starts_with(EXPECTED));
        let mut specs = Specs::from_bytes(format!("fixtures/{name}"), files);
        if !specs.files().iter().any(|file| file.path == "openapi.json") {
            let text = index(specs.files(), |_| Vec::new());
            specs = specs.with(SpecFile { path: "openapi.json".to_owned(), text });
        }
        Self { name, specs }
    }

    /// What the generator makes of it.
    ///
    /// # Errors
    ///
    /// Those of the generator.
    pub fn generate(&self) -> Result<Output, Diagnostics<'_>> {
        generate(&self.specs)
    }
}

fn read_below(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("the fixtures are readable") {
        let entry = entry.expect("the fixtures are readable");
        let name = entry.file_name().into_string().expect("fixtures have ASCII names");
        if entry.path().is_dir() {
            read_below(&entry.path(), &format!("{prefix}{name}/"), files);
        } else {
            let bytes = fs::read(entry.path()).expect("the fixtures are readable");
            files.push((format!("{prefix}{name}"), bytes));
        }
    }
}

/// The document that says nothing but which operations there are; of the style that has paths where
/// one of them has parameters in its path.
fn index(files: &[SpecFile], of_path: impl Fn(&str) -> Vec<String>) -> String {
    let mut paths = String::new();
    let mut style = "";
    for file in files {
        let stem =
            file.path.strip_prefix("operations/").and_then(|name| name.strip_suffix(".json"));
        if let Some(stem) = stem {
            let comma = if paths.is_empty() { "" } else { "," };
            let names = of_path(stem);
            if !names.is_empty() {
                style = ", \"x-style\": \"ROA\"";
            }
            let segments: String = names.iter().map(|name| format!("/{{{name}}}")).collect();
            let path = &file.path;
            let _ = write!(paths, "{comma}\n    \"/{stem}{segments}\": {{ \"$ref\": \"{path}\" }}");
        }
    }
    format!(
        "{{\n  \"openapi\": \"3.2.0\",\n  \"info\": {{ \"title\": \"Fixture\", \"version\": \
         \"2026-01-01\", \"x-product\": \"Fixture\"{style} }},\n  \"paths\": {{{paths}\n  }}\n}}\n"
    )
}
