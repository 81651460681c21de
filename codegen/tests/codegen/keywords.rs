//! Our own cases for every keyword that rules may use, in the form of the official suite.

use std::fs;

use serde_json::Value;

use crate::suite::{Outcome, run};

/// Cargo runs tests in the folder of their package.
const FOLDER: &str = "tests/keywords";

#[test]
fn every_case_is_judged_as_it_says() {
    let mut all = Outcome::default();
    let mut paths: Vec<_> = fs::read_dir(FOLDER)
        .expect("the cases are readable")
        .map(|entry| entry.expect("the cases are readable").path())
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("the cases are readable");
        let groups: Value = serde_json::from_str(&text).expect("the cases are JSON");
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = run(&file, &groups);
        assert!(outcome.skipped.is_empty(), "{file}: {:?}", outcome.skipped);
        all.add(outcome);
    }
    println!("{} passed, {} failed", all.passed, all.failed.len());
    assert!(all.failed.is_empty(), "{}", all.failed.join("\n"));
    assert!(all.passed > 150, "only {} cases", all.passed);
}

#[test]
fn every_keyword_has_cases() {
    let keywords = [
        "$defs",
        "$ref",
        "allOf",
        "anyOf",
        "const",
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "if",
        "items",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "properties",
        "propertyNames",
        "required",
        "then",
        "type",
        "uniqueItems",
    ];
    let mut texts = String::new();
    for entry in fs::read_dir(FOLDER).expect("the cases are readable") {
        let path = entry.expect("the cases are readable").path();
        texts.push_str(&fs::read_to_string(path).expect("the cases are readable"));
    }
    for keyword in keywords {
        assert!(texts.contains(&format!("\"{keyword}\":")), "no case for `{keyword}`");
    }
}
