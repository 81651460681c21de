//! The made-up API that benchmarks measure: the same one every time, in forms that are what they say.

use alibabacloud_codegen::Specs;
use bench::corpus::{Corpus, FOLDER};
use serde_json::Value;
use tests::fixtures::generate;

const COUNT: usize = 3;

fn texts(corpus: &Corpus) -> Vec<String> {
    let files = corpus.folder().into_iter().map(|file| format!("{}\n{}", file.path, file.text));
    files.chain([corpus.openapi_3_0(), corpus.openapi_3_1()]).collect()
}

#[test]
fn the_generator_takes_it() {
    let specs = Specs::new(FOLDER, Corpus::new(1, COUNT).folder());
    let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(generated.summary.operations, COUNT);
    assert_eq!(generated.summary.rules, 3 * COUNT);
}

#[test]
fn the_same_seed_gives_the_same_api() {
    let first = texts(&Corpus::new(1, COUNT));
    assert_eq!(first, texts(&Corpus::new(1, COUNT)));
    assert_ne!(first, texts(&Corpus::new(2, COUNT)));
}

#[test]
fn what_other_generators_read_is_the_same_api() {
    let corpus = Corpus::new(1, COUNT);
    let forms = [(corpus.openapi_3_0(), "3.0.3"), (corpus.openapi_3_1(), "3.1.0")];
    for (text, version) in forms {
        let document: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(document["openapi"], version);
        let paths = document["paths"].as_object().expect("there are paths");
        assert_eq!(paths.len(), COUNT);
        for item in paths.values() {
            let body = &item["post"]["requestBody"]["content"]["application/json"]["schema"];
            let request = target(&document, body);
            assert_eq!(request["properties"].as_object().map(|members| members.len()), Some(15));
            assert_eq!(request["allOf"].is_array(), version == "3.1.0");
            let ok = &item["post"]["responses"]["200"]["content"]["application/json"]["schema"];
            let response = target(&document, ok);
            assert_eq!(response["properties"].as_object().map(|members| members.len()), Some(12));
        }
        assert_eq!(dangling(&document, &document), Vec::<String>::new());
    }
}

fn target<'d>(document: &'d Value, reference: &Value) -> &'d Value {
    let pointer = reference["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(&Value::Null)
}

/// The references that lead nowhere.
fn dangling(document: &Value, part: &Value) -> Vec<String> {
    match part {
        Value::Array(items) => items.iter().flat_map(|item| dangling(document, item)).collect(),
        Value::Object(members) if members.contains_key("$ref") => {
            let leads_nowhere = target(document, part).is_null();
            leads_nowhere.then(|| part["$ref"].to_string()).into_iter().collect()
        }
        Value::Object(members) => {
            members.values().flat_map(|value| dangling(document, value)).collect()
        }
        _ => Vec::new(),
    }
}
