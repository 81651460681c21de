//! What the generator makes of the fixtures: code for the accepted ones, diagnostics for the others.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use alibabacloud_codegen::{Code, Output, SpecFile, Specs};

use crate::fixtures::{Case, cases, generate};
use crate::snapshot;

const FOLDERS: [&str; 2] = ["accepted", "refused"];

/// Longer fixtures show more than one construct.
const MAX_LINES: usize = 40;

/// The accepted case that is about the root of the crate and not about its operations.
const ROOT: &str = "document_root";

/// The codes of the refused cases that are not named after a single one.
const SEVERAL: &[(&str, &[Code])] = &[
    ("several_copied_file", &[Code::UnusedFile, Code::OperationMismatch]),
    (
        "several_files",
        &[
            Code::Syntax,
            Code::InvalidValue,
            Code::InvalidExample,
            Code::UnknownKey,
            Code::NeverGiven,
        ],
    ),
    (
        "several_problems",
        &[Code::UnknownType, Code::InvalidExample, Code::InvalidPattern, Code::UnknownParameter],
    ),
];

#[test]
fn accepted_fixtures_become_the_code_in_their_snapshots() {
    for_each("accepted", |case| {
        let generated = case.generate().unwrap_or_else(|refusal| panic!("{refusal}"));
        snapshot::check("accepted", &case.name, &code(&generated, case.name == ROOT));
    });
}

#[test]
fn refused_fixtures_become_the_diagnostics_in_their_snapshots() {
    for_each("refused", |case| {
        let refusal = case.generate().expect_err("it is refused");
        snapshot::check("refused", &case.name, &refusal.render(false));
    });
}

#[test]
fn refused_fixtures_have_the_codes_that_they_are_named_after() {
    for_each("refused", |case| {
        let refusal = case.generate().expect_err("it is refused");
        let found: BTreeSet<Code> = refusal.iter().map(|diagnostic| diagnostic.code()).collect();
        assert_eq!(found, expected_codes(&case.name));
    });
}

#[test]
fn every_code_has_a_refused_fixture_of_its_own() {
    let shown: BTreeSet<Code> = cases("refused")
        .iter()
        .filter(|case| !SEVERAL.iter().any(|(name, _)| *name == case.name))
        .flat_map(|case| expected_codes(&case.name))
        .collect();
    // No spec has a defect of the generator.
    let made = Code::ALL.iter().filter(|code| **code != Code::Defect);
    let missing: Vec<&Code> = made.filter(|code| !shown.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture in fixtures/refused/ for {missing:?}");
}

#[test]
fn an_overlay_gives_what_the_same_words_in_the_file_would_give() {
    let case = cases("accepted").into_iter().find(|case| case.name == "overlay_update");
    let case = case.expect("there is a fixture with an overlay");
    let files = case.specs.files().iter().filter(|file| !file.path.starts_with("overlays/"));
    let written = files.map(|file| {
        let text = file.text.replacen(
            "\"Port\": { \"type\": \"integer\", \"format\": \"int32\" }\n    }",
            "\"Port\": { \"type\": \"integer\", \"format\": \"int32\", \"description\": \"The port.\",
                       \"examples\": [3306] }
             },
             \"allOf\": [{ \"dependentRequired\": { \"Port\": [\"Host\"] } }]",
            1,
        );
        SpecFile { path: file.path.clone(), text }
    });
    let written = Specs::new(case.specs.folder(), written.collect());
    let overlaid = case.generate().unwrap_or_else(|refusal| panic!("{refusal}"));
    let written = generate(&written).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(overlaid.files, written.files);
    assert!(overlaid.summary.rules == 1, "the overlay has a rule");
}

#[test]
fn no_text_of_a_spec_becomes_code() {
    let case = cases("accepted").into_iter().find(|case| case.name == "text_hostile");
    let case = case.expect("there is a fixture with hostile texts");
    let generated = case.generate().unwrap_or_else(|refusal| panic!("{refusal}"));
    let rust = generated.files.iter().filter(|file| file.path.ends_with(".rs"));
    let (mut shown, mut code) = (String::new(), String::new());
    for file in rust {
        shown.push_str(&file.text);
        code.push_str(&without_comments_and_texts(&file.text));
    }
    assert!(shown.contains("evil()") && shown.contains("alert(1)"), "the texts are gone");
    assert!(!code.to_lowercase().contains("evil") && !code.contains("alert"), "{code}");
}

#[test]
fn no_generated_file_has_characters_that_hide() {
    let hides = |found: &char| match found {
        '\n' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => true,
        '\u{200b}'..='\u{200f}' | '\u{feff}' => true,
        other => other.is_control(),
    };
    for_each("accepted", |case| {
        for file in case.generate().expect("it is accepted").files {
            let hidden: Vec<char> = file.text.chars().filter(hides).collect();
            assert!(hidden.is_empty(), "{} has {hidden:?}", file.path);
        }
    });
}

#[test]
fn a_folder_without_openapi_json_is_refused() {
    let file = SpecFile { path: "operations/Lonely.json".to_owned(), text: "{}".to_owned() };
    refused_for_want_of_openapi_json(vec![file]);
}

#[test]
fn an_empty_folder_is_refused() {
    refused_for_want_of_openapi_json(Vec::new());
}

fn refused_for_want_of_openapi_json(files: Vec<SpecFile>) {
    let specs = Specs::new("fixtures/none", files);
    let rendered = generate(&specs).expect_err("there is no document").render(false);
    assert!(rendered.contains("`fixtures/none` has no `openapi.json`"), "{rendered}");
}

#[test]
fn the_same_fixture_always_gives_the_same_output() {
    for folder in FOLDERS {
        for_each(folder, |case| {
            let mut files = case.specs.files().to_vec();
            if files.iter().any(|file| file.text.contains(char::REPLACEMENT_CHARACTER)) {
                // Bytes that are no text cannot be handed over as one.
                return;
            }
            files.reverse();
            let reversed = Specs::new(case.specs.folder(), files);
            let first = outcome(&case.specs);
            assert!(first == outcome(&case.specs), "a second run differs");
            assert!(first == outcome(&reversed), "files in another order make a difference");
        });
    }
}

#[test]
fn fixtures_are_short() {
    for folder in FOLDERS {
        for_each(folder, |case| {
            for file in case.specs.files() {
                let lines = file.text.lines().count();
                assert!(lines <= MAX_LINES, "{} has {lines} lines", file.path);
            }
        });
    }
}

#[test]
fn every_fixture_has_a_spec_and_one_snapshot() {
    for folder in FOLDERS {
        snapshot::check_all(folder);
    }
}

/// Runs a test on every case, past those that fail, so that one run shows all of them.
fn for_each(folder: &str, test: impl Fn(&Case)) {
    let failed = |case: &Case| catch_unwind(AssertUnwindSafe(|| test(case))).is_err();
    let failed: Vec<String> =
        cases(folder).into_iter().filter(failed).map(|case| case.name).collect();
    assert!(failed.is_empty(), "failed in fixtures/{folder}/: {}", failed.join(", "));
}

/// The Rust files of the operations and types, or all other files.
fn code(generated: &Output, root: bool) -> String {
    let is_inner =
        |path: &str| path.starts_with("src/operations/") || path.starts_with("src/types/");
    let files = generated.files.iter().filter(|file| is_inner(&file.path) != root);
    let texts: Vec<String> =
        files.map(|file| format!("// ==> {}\n\n{}", file.path, file.text)).collect();
    texts.join("\n")
}

/// What is left of a Rust file for the compiler to run.
fn without_comments_and_texts(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('"') {
            code.push_str(before);
            let mut escaped = false;
            let end = after.find(|found| {
                let ends = found == '"' && !escaped;
                escaped = found == '\\' && !escaped;
                ends
            });
            rest = end.map_or("", |end| &after[end + 1..]);
        }
        code.push_str(rest);
        code.push('\n');
    }
    code
}

fn expected_codes(name: &str) -> BTreeSet<Code> {
    if let Some((_, codes)) = SEVERAL.iter().find(|(several, _)| *several == name) {
        return codes.iter().copied().collect();
    }
    let code = name.split('_').next().unwrap_or_default();
    let found = Code::ALL.iter().copied().filter(|known| known.as_str() == code);
    let found: BTreeSet<Code> = found.collect();
    assert!(!found.is_empty(), "`{code}` is not a code");
    found
}

fn outcome(specs: &Specs) -> Result<Vec<(String, String)>, String> {
    let generated = generate(specs).map_err(|refusal| refusal.render(true))?;
    Ok(generated.files.into_iter().map(|file| (file.path, file.text)).collect())
}
