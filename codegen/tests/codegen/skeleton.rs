//! What `cargo xtask add` writes: a file that is refused until it is filled in, and a line in the index.

use alibabacloud_codegen::{Skeleton, SpecFile, Specs, skeleton};

use crate::fixtures::generate;
use crate::specs;

fn made(specs: &Specs, operation: &str) -> Skeleton {
    skeleton(specs, operation)
        .unwrap_or_else(|refusal| panic!("{refusal}"))
        .unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn text<'s>(specs: &'s Specs, path: &str) -> &'s str {
    &specs.files().iter().find(|file| file.path == path).expect("there is such a file").text
}

/// The specs with what was made.
fn with(specs: &Specs, skeleton: Skeleton) -> Specs {
    let files = specs.files().iter().filter(|file| file.path != "openapi.json").cloned();
    let files = files.chain([skeleton.operation, skeleton.index]).collect();
    Specs::new(specs.folder(), files)
}

#[test]
fn the_index_gets_one_line_in_its_place_and_nothing_else() {
    let specs = specs();
    for operation in ["AddSomething", "DescribeNothing", "ZoneOut"] {
        let index = made(&specs, operation).index.text;
        let line = format!("    \"/{operation}\": {{ \"$ref\": \"operations/{operation}.json\" }}");
        let of_paths = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.contains("operations/")).map(str::to_owned).collect()
        };
        let lines = of_paths(&index);
        let commas = |line: &String| line.trim_end_matches(',').to_owned();
        assert!(lines.iter().map(commas).any(|found| found == line), "{index}");
        assert!(lines.iter().map(commas).is_sorted(), "{index}");
        // Only the comma after what was the last line may be new.
        let rest = index.replace(&format!("{line},\n"), "").replace(&format!(",\n{line}"), "");
        assert_eq!(rest, text(&specs, "openapi.json"));
    }
}

#[test]
fn every_gap_is_told_with_its_place() {
    let before = specs();
    let specs = with(&before, made(&before, "DescribeNothing"));
    let refusal = generate(&specs).expect_err("nothing is filled in");
    let problems = refusal.located(false);
    let pointers: Vec<&str> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
    let gaps = [
        "/post/summary",
        "/post/description",
        "/post/externalDocs/url",
        "/post/externalDocs/x-last-updated",
        "/post/x-ram/action",
        "/post/x-ram/accessLevel",
        "/post/x-ram/resources/0/type",
        "/post/x-ram/resources/0/arn",
        "/post/responses/200/description",
        "/post/responses/403/description",
        "/post/responses/403/x-error-codes/0/code",
    ];
    assert_eq!(pointers, gaps);
}

#[test]
fn filled_in_it_is_an_operation() {
    let before = specs();
    let mut skeleton = made(&before, "DescribeNothing");
    let filled = skeleton
        .operation
        .text
        .replace("\"url\": \"\"", "\"url\": \"https://example.com/nothing\"")
        .replace("\"x-last-updated\": \"\"", "\"x-last-updated\": \"2026-11-24\"")
        .replace("\"accessLevel\": \"\"", "\"accessLevel\": \"get\"")
        .replace("\"\"", "\"Nothing.\"");
    skeleton.operation = SpecFile { text: filled, ..skeleton.operation };
    let specs = with(&before, skeleton);
    let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    let path = "src/operations/describe_nothing.rs";
    assert!(generated.files.iter().any(|file| file.path == path));
}

#[test]
fn what_is_there_or_no_name_is_refused() {
    let specs = specs();
    for (operation, refusal) in [
        (
            "ModifyBackupSourceEndpoint",
            "specs/dbs-2019-03-06/operations/ModifyBackupSourceEndpoint.json is there already",
        ),
        ("describeRegions", "`describeRegions` is not the name of an operation"),
        ("../Describe", "`../Describe` is not the name of an operation"),
        ("", "`` is not the name of an operation"),
    ] {
        let message = skeleton(&specs, operation).unwrap_or_else(|refusal| panic!("{refusal}"));
        let message = message.expect_err("it is refused");
        assert!(message.starts_with(refusal), "{message}");
    }
}

#[test]
fn operations_that_have_paths_are_written_by_hand() {
    let before = specs();
    let files = before.files().iter().cloned().map(|mut file| {
        file.text = file.text.replace("\"info\": {", "\"info\": { \"x-style\": \"ROA\",");
        file
    });
    let specs = Specs::new("specs/with-paths", files.collect());
    let refusal = skeleton(&specs, "DescribeNothing").unwrap_or_else(|refusal| panic!("{refusal}"));
    let refusal = refusal.expect_err("nobody knows its path");
    assert!(refusal.contains("have paths"), "{refusal}");
}

#[test]
fn an_index_in_one_line_stays_one() {
    let index = r#"{"openapi":"3.2.0","info":{},"paths":{"/B":{"$ref":"operations/B.json"}}}"#;
    let file = SpecFile { path: "openapi.json".to_owned(), text: index.to_owned() };
    let specs = Specs::new("specs", vec![file]);
    for (operation, expected) in [
        ("A", r#""paths":{"/A": { "$ref": "operations/A.json" }, "/B":{"#),
        ("C", r#"operations/B.json"}, "/C": { "$ref": "operations/C.json" }}}"#),
    ] {
        let text = made(&specs, operation).index.text;
        assert!(text.contains(expected), "{text}");
    }
}
