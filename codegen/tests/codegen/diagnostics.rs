//! How problems are told: places, JSON for machines, pages about codes, and bounds on how much.

use std::collections::BTreeMap;

use alibabacloud_codegen::{Code, SpecFile, Specs};
use serde_json::Value;

use crate::fixtures::{Case, cases, generate};

fn case(name: &str) -> Case {
    let found = cases("refused").into_iter().find(|case| case.name == name);
    found.expect("there is such a fixture")
}

#[test]
fn json_has_a_line_for_each_problem_and_one_that_counts_them() {
    let case = case("unknown-key_in_schema");
    let lines = case.generate().expect_err("it is refused").to_json_lines();
    let lines: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let [problem, count] = lines.as_slice() else { panic!("{lines:?}") };
    let pointer = "/post/parameters/0/content/application~1x-www-form-urlencoded/schema/requird";
    let expected = serde_json::json!({
        "code": "unknown-key",
        "message": "`requird` is not a key of a schema",
        "help": "did you mean `required`?",
        "file": "fixtures/unknown-key_in_schema/operations/Refuse.json",
        "line": 11,
        "column": 5,
        "end_line": 11,
        "end_column": 14,
        "pointer": pointer,
        "source": "    \"requird\": [\"Id\"]",
        "rendered": case.generate().expect_err("it is refused").render(false),
    });
    assert_eq!(*problem, expected);
    assert_eq!(*count, serde_json::json!({ "problems": 1, "left_out": 0 }));
}

#[test]
fn places_are_where_the_text_is() {
    for case in cases("refused") {
        let refusal = case.generate().expect_err("it is refused");
        for located in refusal.located(false) {
            let name = located.file.strip_prefix(&format!("{}/", case.specs.folder()));
            let file = case.specs.files().iter().find(|file| Some(file.path.as_str()) == name);
            let text = &file.unwrap_or_else(|| panic!("{} is a file", located.file)).text;
            let line = text.lines().nth(located.line - 1).unwrap_or_default();
            // A very long line is shown in part.
            assert!(line == located.source || line.len() > 1_000, "{}", case.name);
            assert!(line.contains(located.source), "{}", case.name);
            let place = (located.line, located.column);
            assert!(place <= (located.end_line, located.end_column), "{}", case.name);
            assert!(located.column <= line.chars().count() + 1, "{}", case.name);
            let json = serde_json::from_str::<Value>(text);
            let leads_somewhere =
                json.map_or(true, |json| json.pointer(&located.pointer).is_some());
            assert!(leads_somewhere, "{} {}", case.name, located.pointer);
        }
    }
}

#[test]
fn every_problem_says_where_and_shows_its_line() {
    for case in cases("refused") {
        let refusal = case.generate().expect_err("it is refused");
        for located in refusal.located(false) {
            let place = format!("{}:{}:{}", located.file, located.line, located.column);
            assert!(located.rendered.contains(&place), "{}", located.rendered);
            assert!(located.rendered.contains('━'), "{}", located.rendered);
        }
    }
}

#[test]
fn hundreds_of_problems_are_counted_and_not_shown() {
    let keys: Vec<String> = (0..500).map(|number| format!("\"key{number}\": 0")).collect();
    let file = SpecFile { path: "openapi.json".into(), text: format!("{{ {} }}", keys.join(", ")) };
    let specs = Specs::new("specs/none", vec![file]);
    let refusal = generate(&specs).expect_err("it is refused");
    let count = refusal.iter().count();
    assert!(count > 500);
    assert_eq!(refusal.located(false).len() + refusal.left_out(), count);
    let last = format!("\n\n{} more problems are not shown", refusal.left_out());
    assert!(refusal.render(false).ends_with(&last));
    let json = refusal.to_json_lines();
    let last = format!("{{\"problems\":{count},\"left_out\":{}}}", refusal.left_out());
    assert!(json.ends_with(&last), "{json}");
}

#[test]
fn nothing_of_a_spec_moves_the_cursor_of_a_terminal() {
    let hides =
        |found: &char| found.is_control() && *found != '\n' || "\u{202e}\u{2028}".contains(*found);
    for case in cases("refused") {
        let rendered = case.generate().expect_err("it is refused").render(false);
        let hidden: Vec<char> = rendered.chars().filter(hides).collect();
        assert!(hidden.is_empty(), "{} shows {hidden:?}", case.name);
    }
}

#[test]
fn a_code_is_found_by_its_name() {
    for code in Code::ALL {
        assert_eq!(code.as_str().parse(), Ok(*code));
    }
    let unknown = "unknown-keys".parse::<Code>().expect_err("there is no such code");
    assert_eq!(unknown, "there is no code `unknown-keys`; did you mean `unknown-key`?");
}

#[test]
fn the_wrong_example_of_every_page_is_wrong_and_the_right_one_right() {
    // No spec has a defect of the generator.
    for code in Code::ALL.iter().filter(|code| **code != Code::Defect) {
        let page = code.explanation();
        assert!(page.starts_with(&format!("# {code}\n\n")), "{code}");
        let (wrong, right) = page.split_once("\n## Right\n").expect("every page has both");
        let (_, wrong) = wrong.split_once("\n## Wrong\n").expect("every page has both");
        let refused = example(wrong);
        let refusal = generate(&refused).expect_err("the wrong example is refused");
        let found: Vec<Code> = refusal.iter().map(|diagnostic| diagnostic.code()).collect();
        assert!(found.iter().all(|found| found == code), "{code}:\n{refusal}");
        let accepted = example(right);
        generate(&accepted).unwrap_or_else(|refusal| panic!("{code}:\n{refusal}"));
    }
}

/// The spec that the blocks of a page are pieces of; each says in its first line which.
fn example(section: &str) -> Specs {
    let mut files = BTreeMap::new();
    let mut request = "{ \"type\": \"object\", \"properties\": {} }".to_owned();
    let mut blocks = section.split("```");
    while let (Some(_), Some(block)) = (blocks.next(), blocks.next()) {
        let (place, text) = block.split_once('\n').expect("a block has lines");
        match place.strip_prefix("json ").expect("a block says what it is") {
            "request" => request = text.to_owned(),
            path => drop(files.insert(path.to_owned(), text.to_owned())),
        }
    }
    let operation = include_str!("../frame/operation.json").replace("\"REQUEST\"", &request);
    files.entry("operations/Example.json".to_owned()).or_insert(operation);
    let index = include_str!("../frame/openapi.json").to_owned();
    files.entry("openapi.json".to_owned()).or_insert(index);
    let files = files.into_iter().map(|(path, text)| SpecFile { path, text });
    Specs::new("specs/example", files.collect())
}
