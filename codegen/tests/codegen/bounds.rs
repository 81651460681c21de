//! Specs that are too much: an answer or a clear limit, never a stack overflow or an endless run.
//!
//! A test that does not end is a test that fails; nothing here measures time.

use alibabacloud_codegen::{Code, Output, SpecFile, Specs};

use crate::fixtures::generate;

const INDEX: &str = include_str!("../frame/openapi.json");
const OPERATION: &str = include_str!("../frame/operation.json");

/// A spec with this request, and schema files beside it.
fn spec(request: &str, schemas: &[(String, String)]) -> Specs {
    let file = |path: &str, text: &str| SpecFile { path: path.to_owned(), text: text.to_owned() };
    let mut files: Vec<SpecFile> = schemas.iter().map(|(path, text)| file(path, text)).collect();
    files.push(file("openapi.json", INDEX));
    files.push(file("operations/Example.json", &OPERATION.replace("\"REQUEST\"", request)));
    Specs::new("specs/example", files)
}

fn object(properties: &str, rest: &str) -> String {
    format!("{{ \"type\": \"object\", \"properties\": {{ {properties} }}{rest} }}")
}

fn accepted(specs: &Specs) -> Output {
    generate(specs).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The sentences of the problems, all of them too much of something.
fn too_large(specs: &Specs) -> Vec<String> {
    let refusal = generate(specs).expect_err("it is too much");
    assert!(refusal.render(false).len() < 200_000, "the answer is too long");
    let codes = refusal.iter().map(|diagnostic| diagnostic.code());
    assert!(codes.into_iter().all(|code| code == Code::TooLarge), "{refusal}");
    refusal.iter().map(|diagnostic| diagnostic.message().to_owned()).collect()
}

#[test]
fn values_ten_thousand_deep() {
    let inner = "{ \"not\": ".repeat(10_000) + "{}" + &" }".repeat(10_000);
    let specs =
        spec(&object("\"Id\": { \"type\": \"string\" }", &format!(", \"not\": {inner}")), &[]);
    assert_eq!(too_large(&specs), ["objects and arrays stand more than 64 deep in each other"]);
    for open in ["[", "{\"a\":", "[{\"\":"] {
        let text = open.repeat(1_000_000);
        let specs = Specs::new("specs/none", vec![SpecFile { path: "openapi.json".into(), text }]);
        let refusal = generate(&specs).expect_err("it is too deep");
        assert_eq!(refusal.iter().next().map(|diagnostic| diagnostic.code()), Some(Code::TooLarge));
    }
}

#[test]
fn schema_files_ten_thousand_deep() {
    let schema = |number: usize| {
        let reference = format!("\"Next\": {{ \"$ref\": \"T{}.json\" }}", number + 1);
        let last = "\"Last\": { \"type\": \"string\" }".to_owned();
        let text = object(if number < 10_000 { &reference } else { &last }, "");
        (format!("schemas/T{number}.json"), text)
    };
    let schemas: Vec<_> = (0..=10_000).map(schema).collect();
    let specs = spec(&object("\"First\": { \"$ref\": \"../schemas/T0.json\" }", ""), &schemas);
    let found = too_large(&specs);
    assert!(found.iter().all(|message| message.contains("more than 64 deep")), "{found:?}");
}

#[test]
fn references_that_double_at_each_step() {
    let last = 40;
    let schema = |number: usize| {
        let twice = format!(
            "\"A\": {{ \"$ref\": \"T{next}.json\" }}, \"B\": {{ \"$ref\": \"T{next}.json\" }}",
            next = number + 1
        );
        let end = "\"End\": { \"type\": \"string\", \"maxLength\": 2 }".to_owned();
        let text = object(if number < last { &twice } else { &end }, "");
        (format!("schemas/T{number:02}.json").replace("T0", "T"), text)
    };
    let schemas: Vec<_> = (0..=last).map(schema).collect();
    let specs = spec(&object("\"First\": { \"$ref\": \"../schemas/T0.json\" }", ""), &schemas);
    let found = too_large(&specs);
    assert!(found.iter().all(|message| message.contains("10000 schemas")), "{found:?}");
}

#[test]
fn objects_that_all_hold_each_other() {
    let schema = |number: usize| {
        let members: Vec<String> =
            (0..9).map(|to| format!("\"M{to}\": {{ \"$ref\": \"T{to}.json\" }}")).collect();
        let rules =
            ", \"minProperties\": 1, \"dependentRequired\": { \"M1\": [\"M2\"], \"M3\": [\"M4\"] }";
        (format!("schemas/T{number}.json"), object(&members.join(", "), rules))
    };
    let schemas: Vec<_> = (0..9).map(schema).collect();
    let specs = spec(&object("\"First\": { \"$ref\": \"../schemas/T0.json\" }", ""), &schemas);
    accepted(&specs);
}

#[test]
fn a_hundred_thousand_properties() {
    let property = |number| format!("\"P{number}\": {{ \"type\": \"string\" }}");
    let properties: Vec<String> = (0..100_000).map(property).collect();
    let specs = spec(&object(&properties.join(","), ""), &[]);
    assert_eq!(too_large(&specs), ["here stand more than 1000 members"]);
}

/// A spec whose index names so many operations, none of which there is.
fn index(count: usize) -> Specs {
    let entry = |number| format!("\"/O{number}\": {{ \"$ref\": \"operations/O{number}.json\" }}");
    let entries: Vec<String> = (0..count).map(entry).collect();
    let paths = "{ \"/Example\": { \"$ref\": \"operations/Example.json\" } }";
    assert!(INDEX.contains(paths));
    let text = INDEX.replace(paths, &format!("{{ {} }}", entries.join(",")));
    Specs::new("specs/none", vec![SpecFile { path: "openapi.json".into(), text }])
}

#[test]
fn an_index_of_ten_thousand_operations() {
    let specs = index(10_000);
    let refusal = generate(&specs).expect_err("none of them is there");
    assert_eq!(refusal.iter().count(), 10_000);
    assert!(refusal.iter().all(|diagnostic| diagnostic.code() == Code::DanglingRef));
}

#[test]
fn an_index_of_twenty_thousand_operations() {
    let specs = index(20_000);
    let refusal = generate(&specs).expect_err("it is too much");
    let too_large = refusal.iter().filter(|diagnostic| diagnostic.code() == Code::TooLarge);
    let messages: Vec<&str> = too_large.map(|diagnostic| diagnostic.message()).collect();
    assert_eq!(messages, ["here stand more than 10000 members"]);
}

#[test]
fn a_thousand_properties_each_with_a_rule() {
    let property = |number| format!("\"P{number}\": {{ \"type\": \"string\" }}");
    let properties: Vec<String> = (0..1_000).map(property).collect();
    let rule =
        |number| format!("{{ \"dependentRequired\": {{ \"P{number}\": [\"P{}\"] }} }}", number + 1);
    let rules: Vec<String> = (0..999).step_by(2).map(rule).collect();
    let all = format!(", \"allOf\": [{}]", rules.join(","));
    let specs = spec(&object(&properties.join(","), &all), &[]);
    assert_eq!(accepted(&specs).summary.rules, rules.len());
}

#[test]
fn files_of_fifty_megabytes() {
    for text in
        ["[".to_owned() + &"0,".repeat(25 << 20), " ".repeat(50 << 20), "{".repeat(50 << 20)]
    {
        let specs = Specs::new("specs/none", vec![SpecFile { path: "openapi.json".into(), text }]);
        assert_eq!(too_large(&specs), ["the file has more than 4 MiB"]);
    }
}

#[test]
fn a_description_of_two_hundred_kilobytes() {
    let words = "A word or `two`, <b>bold</b>. ".repeat(200_000 / 30);
    let property = format!("\"Id\": {{ \"type\": \"string\", \"description\": \"{words}\" }}");
    let generated = accepted(&spec(&object(&property, ""), &[]));
    let shown: usize = generated.files.iter().map(|file| file.text.matches("bold").count()).sum();
    // The setter says the first sentence, too.
    assert_eq!(shown, words.matches("bold").count() + 1);
}

#[test]
fn one_line_of_four_megabytes_with_many_problems() {
    let property = |number| format!("\"P{number}\": {{ \"type\": \"strng\" }}");
    let properties: Vec<String> = (0..1_000).map(property).collect();
    let padding = " ".repeat(3 << 20);
    let specs = spec(&object(&(properties.join(",") + &padding), ""), &[]);
    let refusal = generate(&specs).expect_err("no type is right");
    assert_eq!(refusal.iter().count(), 1_000);
    assert_eq!(refusal.located(false).len() + refusal.left_out(), 1_000);
}

#[test]
fn names_of_a_megabyte() {
    let name = "x".repeat(1 << 20);
    let property = format!("\"Id\": {{ \"type\": \"string\" }}, \"{name} \": {{ \"{name}\": 0 }}");
    let specs = spec(&object(&property, &format!(", \"required\": [\"{name}\"]")), &[]);
    let refusal = generate(&specs).expect_err("there is no such key");
    for diagnostic in &refusal {
        assert!(diagnostic.message().len() < 2_000, "{} bytes", diagnostic.message().len());
    }
}
