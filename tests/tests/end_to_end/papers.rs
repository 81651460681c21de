//! The papers for people say what there is: links and files that they name, licences, keys of our own, and
//! the example of an overlay.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use alibabacloud_codegen::Specs;
use serde_json::{Value, json};
use tests::checkout::root;
use tests::fixtures;

const PAPERS: [&str; 10] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "codegen/README.md",
    "runtime/README.md",
    "specs/README.md",
    "tests/README.md",
    "tests/bench/README.md",
    "runtime/tests/vectors/README.md",
];

const PACKAGES: [&str; 5] =
    ["codegen", "runtime", "generated/dbs", "generated/dysmsapi", "generated/sts"];

fn read(path: &str) -> String {
    let text = fs::read_to_string(root().join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands in a text between `start` and `end`, wherever they do.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}

/// The parts of a paper that are no examples.
fn prose(paper: &str) -> String {
    read(paper).split("```").step_by(2).collect()
}

/// What links to the headings of a paper end with.
fn anchors(paper: &str) -> BTreeSet<String> {
    let headings = prose(paper);
    let headings =
        headings.lines().filter_map(|line| line.trim_start_matches('#').strip_prefix(' '));
    let anchor = |heading: &str| {
        let kept = heading.to_lowercase().replace(' ', "-");
        kept.chars().filter(|found| found.is_alphanumeric() || "-_".contains(*found)).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_somewhere() {
    for paper in PAPERS {
        let folder = Path::new(paper).parent().expect("a paper has a folder");
        let text = prose(paper);
        for link in between(&text, "](", ")") {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            if path.starts_with("https://") {
                continue;
            }
            let target =
                if path.is_empty() { root().join(paper) } else { root().join(folder).join(path) };
            assert!(target.exists(), "{paper}: {link}");
            if !anchor.is_empty() {
                let target = target.canonicalize().expect("it is there");
                let target = target.strip_prefix(root().canonicalize().expect("it is there"));
                let target =
                    target.expect("it is in the repository").to_string_lossy().into_owned();
                assert!(anchors(&target).contains(anchor), "{paper}: {link}");
            }
        }
    }
}

#[test]
fn the_first_page_is_short() {
    assert!(read("README.md").lines().count() <= 120);
}

/// The alternatives of `bind/{members,types}.rs`.
fn alternatives(text: &str) -> Vec<String> {
    let parts = text.split_once('{').and_then(|(start, rest)| {
        let (names, end) = rest.split_once('}')?;
        Some(names.split(',').map(|name| format!("{start}{name}{end}")).collect())
    });
    parts.unwrap_or_else(|| vec![text.to_owned()])
}

#[test]
fn files_that_the_architecture_names_are_there() {
    let text = prose("ARCHITECTURE.md");
    let named = text.split('`').skip(1).step_by(2).flat_map(alternatives);
    let named: Vec<String> = named
        .filter(|name| name.ends_with(".rs") || name.ends_with('/') || name.ends_with(".json"))
        .filter(|name| !name.contains(['<', ' ']))
        .collect();
    assert!(named.len() > 100, "{named:?}");
    let folders = ["", "codegen/src/", "codegen/src/rules/"];
    let folders: Vec<&str> =
        folders.into_iter().chain(["runtime/src/", "runtime/src/credentials/"]).collect();
    for name in named {
        let is_there = |folder: &&str| root().join(format!("{folder}{name}")).exists();
        assert!(folders.iter().any(is_there), "{name}");
    }
}

#[test]
fn every_direct_dependency_has_a_reason() {
    let reasons = read("CONTRIBUTING.md");
    for package in ["codegen", "runtime"] {
        let manifest = read(&format!("{package}/Cargo.toml"));
        let [section] = between(&manifest, "\n[dependencies]\n", "\n[")[..] else {
            panic!("{package} has one list of dependencies")
        };
        for line in section.lines().filter(|line| line.contains('=')) {
            let (name, _) = line.split_once(['.', ' ', '=']).expect("a name comes first");
            assert!(reasons.contains(&format!("`{name}`")), "{package}: {name}");
        }
    }
}

#[test]
fn packages_have_the_licences_and_one_oldest_rust() {
    let workspace = read("Cargo.toml");
    let [oldest] = between(&workspace, "\nrust-version = \"", "\"")[..] else {
        panic!("the workspace says its `rust-version` once")
    };
    for package in PACKAGES {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            assert_eq!(read(&format!("{package}/{licence}")), read(licence), "{package}");
        }
        let manifest = read(&format!("{package}/Cargo.toml"));
        let own = between(&manifest, "\nrust-version = \"", "\"");
        let inherits = manifest.contains("\nrust-version.workspace = true\n");
        assert!(own == [oldest] || (own.is_empty() && inherits), "{package}: {own:?}");
    }
    for paper in ["README.md", "codegen/README.md", "runtime/README.md"] {
        assert!(read(paper).contains(&format!("Rust {oldest} or newer")), "{paper}");
    }
}

/// The JSON Schemas of keys of our own, by the keys.
fn own_keys() -> BTreeMap<String, Value> {
    let text = read("specs/README.md");
    let (_, text) = text.split_once("\n## Keys of our own\n").expect("the chapter is there");
    let block = between(text, "```json\n", "```")[0].to_owned();
    let block: Value = serde_json::from_str(&block).expect("it is JSON");
    let keys = block["$defs"].as_object().expect("it has definitions").clone();
    keys.into_iter().collect()
}

#[test]
fn keys_of_our_own_are_those_that_the_generator_reads() {
    let mut sources = String::new();
    for folder in ["codegen/src/read", "codegen/src/overlay"] {
        for entry in fs::read_dir(root().join(folder)).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            // Keys of other dialects are read to say what to write instead.
            if path.file_name().is_some_and(|name| name != "foreign.rs") {
                sources += &fs::read_to_string(path).expect("it is text");
            }
        }
    }
    let is_key = |text: &&str| text.chars().all(|found| found.is_ascii_lowercase() || found == '-');
    let read_keys: BTreeSet<&str> =
        between(&sources, "\"x-", "\"").into_iter().filter(is_key).collect();
    let documented = own_keys();
    let documented: BTreeSet<&str> =
        documented.keys().map(|key| key.trim_start_matches("x-")).collect();
    assert_eq!(documented, read_keys);
    let text = read("specs/README.md");
    for key in documented {
        assert!(text.contains(&format!("\n| `x-{key}` | ")), "the table lacks x-{key}");
    }
}

/// Shows all values of keys of our own, wherever they stand.
fn each_own(value: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if key.starts_with("x-") {
                    visit(key, value);
                }
                each_own(value, visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_own(item, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn values_of_keys_of_our_own_are_as_documented() {
    let validators: BTreeMap<String, jsonschema::Validator> = own_keys()
        .into_iter()
        .map(|(key, schema)| (key, jsonschema::validator_for(&schema).expect("it is a schema")))
        .collect();
    let mut seen = 0;
    for service in ["dbs-2019-03-06", "dysmsapi-2017-05-25", "sts-2015-04-01"] {
        let specs = Specs::read(&root().join("specs"), service).expect("they can be read");
        for file in specs.files() {
            let json: Value = serde_json::from_str(&file.text).expect("it is JSON");
            each_own(&json, &mut |key, value| {
                let validator = validators.get(key).unwrap_or_else(|| panic!("{key}"));
                assert!(validator.is_valid(value), "{}: {key}: {value}", file.path);
                seen += 1;
            });
        }
    }
    assert!(seen > 300, "{seen}");
}

/// Specs of `StartThing`, as an importer might write them.
fn facts() -> BTreeMap<String, Value> {
    let schema = json!({
        "type": "object",
        "properties": {
            "Mode": { "$ref": "../schemas/Mode.json" },
            "At": { "type": "string", "description": "When.", "examples": ["noon"] },
            "Zone": { "type": "string" },
        },
        "required": ["Mode"],
        "allOf": [{ "dependentRequired": { "Zone": ["At"] } }],
    });
    let request = json!({ "application/x-www-form-urlencoded": { "schema": schema } });
    let answer =
        json!({ "application/json": { "schema": { "type": "object", "properties": {} } } });
    let operation = json!({ "post": {
        "operationId": "StartThing",
        "summary": "Facts.",
        "parameters": [
            { "name": "request", "in": "querystring", "required": true, "content": request },
        ],
        "responses": { "200": { "description": "Success.", "content": answer } },
    } });
    let mode = json!({ "type": "string", "oneOf": [
        { "const": "now" }, { "const": "timed" }, { "const": "legacy" },
    ] });
    let file = |path: &str, json| (path.to_owned(), json);
    BTreeMap::from([file("operations/StartThing.json", operation), file("schemas/Mode.json", mode)])
}

#[test]
fn the_overlay_does_what_is_said_of_it() {
    let text = read("specs/README.md");
    let (_, chapter) = text.split_once("\n## Overlays\n").expect("the chapter is there");
    let overlay = between(chapter, "```json\n", "```")[0];
    let overlay: Value = serde_json::from_str(overlay).expect("it is JSON");
    let mut files = facts();
    files.insert("overlays/start.json".to_owned(), overlay);
    let specs = fixtures::specs("start", &files);
    let output =
        fixtures::generate(&specs).unwrap_or_else(|problems| panic!("{}", problems.render(false)));
    let all: String = output.files.iter().map(|file| file.text.as_str()).collect();
    assert!(all.contains("Starts a thing, now or later."));
    assert!(all.contains("`At` is required when `Mode` is `timed`"));
    assert!(!all.contains("legacy"));
}
