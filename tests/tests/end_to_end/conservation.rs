//! Nothing that is published is lost by an import without a word: of the documents that we have made up.

use std::collections::BTreeSet;
use std::fs;

use alibabacloud_codegen::Import;
use serde_json::Value;
use tests::checkout::root;
use tests::conservation::{examine, published, rust};

/// The documents, by their names.
fn documents() -> Vec<(String, String)> {
    let folder = root().join("codegen/tests/fixtures/metadata");
    let entries = fs::read_dir(folder).expect("the fixtures are readable");
    let paths = entries.map(|entry| entry.expect("the fixtures are readable").path());
    let documents = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).expect("the fixtures are readable");
        (path.display().to_string(), text)
    };
    documents.map(read).collect()
}

#[test]
fn everything_that_is_published_is_in_the_code_or_in_the_report() {
    let documents = documents();
    assert!(documents.len() > 2);
    let (mut parameters, mut elements) = (0, 0);
    for (name, text) in documents {
        for import in [Import::default(), Import { without_texts: true, ..Import::default() }] {
            let examined = examine(&import, &text).unwrap_or_else(|refusal| panic!("{refusal}"));
            assert_eq!(examined.findings, Vec::<String>::new(), "{name}");
            parameters += examined.found.parameters;
            elements += examined.found.elements;
        }
    }
    assert!(parameters > 100 && elements > 150, "{parameters} parameters, {elements} elements");
}

#[test]
fn what_is_in_neither_is_found() {
    let (_, text) =
        documents().into_iter().find(|(name, _)| name.contains("rows")).expect("it is there");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let mut findings = Vec::new();
    let found = rust::look_for(&document, &rust::Code::default(), &BTreeSet::new(), &mut findings);
    assert_eq!((found, findings.len()), (rust::Found::default(), 4));
    assert_eq!(published::count(&document)["operations"], 4);
    assert!(published::count(&document)["elements"] > 10);
}
