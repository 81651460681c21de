//! What the first page of a crate shows: which operations it takes for its examples, and what it leaves out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::fixtures::{generate, specs};

/// The first page of the crate that has these operations.
fn first_page(operations: &[(&str, Value)]) -> String {
    let files = operations.iter().map(|(id, facts)| {
        let mut operation = json!({
            "operationId": id,
            "summary": "Does something.",
            "parameters": [querystring(&json!({}))],
            "responses": { "200": { "description": "Success.", "content": { "application/json": { "schema": {
                "type": "object",
                "properties": {
                    "Things": { "type": "array", "items": { "type": "string" } },
                    "NextToken": { "type": "string" }
                }
            } } } } }
        });
        let facts = facts.as_object().expect("facts are an object").clone();
        operation.as_object_mut().expect("it is an object").extend(facts);
        (format!("operations/{id}.json"), json!({ "post": operation }))
    });
    let specs = specs("front", &files.collect::<BTreeMap<String, Value>>());
    let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    let root = generated.files.iter().find(|file| file.path == "src/lib.rs");
    let readme = generated.files.iter().find(|file| file.path == "README.md").expect("it is there");
    let root = &root.expect("it is there").text;
    let page: Vec<&str> = root.lines().filter_map(|line| line.strip_prefix("//!")).collect();
    let page = page.join("\n").replace("\n ", "\n");
    for code in page.split("```").skip(1).step_by(2) {
        let (_, code) = code.split_once('\n').expect("it has lines");
        // A README hides no lines.
        let shown: String =
            code.split_inclusive('\n').filter(|line| !line.starts_with("# ")).collect();
        assert!(readme.text.contains(&shown), "the README lacks\n{shown}");
    }
    page
}

fn querystring(schema: &Value) -> Value {
    let mut object = json!({ "type": "object", "properties": {} });
    let own = schema.as_object().expect("it is an object").clone();
    object.as_object_mut().expect("it is an object").extend(own);
    json!({
        "name": "request", "in": "querystring", "required": true,
        "content": { "application/x-www-form-urlencoded": { "schema": object } }
    })
}

#[test]
fn a_call_reads_and_takes_little_and_is_not_deprecated() {
    let long = json!({ "properties": { "Id": { "type": "string", "examples": ["a"] } }, "required": ["Id"] });
    let page = first_page(&[
        ("DropThings", json!({})),
        ("ReadOldThings", json!({ "x-access": "read", "deprecated": true })),
        ("ReadThing", json!({ "x-access": "read", "parameters": [querystring(&long)] })),
        ("ReadThings", json!({ "x-access": "read" })),
    ]);
    assert!(page.contains("let response = client.read_things(request).await?;"), "{page}");
    assert!(!page.contains("# A list") && !page.contains("# A refusal"), "{page}");
}

#[test]
fn a_call_whose_request_no_example_makes_is_given_one() {
    let unknown = json!({ "properties": { "Id": { "type": "string" } }, "required": ["Id"] });
    let page = first_page(&[("ReadThing", json!({ "parameters": [querystring(&unknown)] }))]);
    assert!(
        page.contains("async fn call(request: ReadThingRequest) -> Result<(), Error> {"),
        "{page}"
    );
}

#[test]
fn a_list_is_one_that_comes_in_pages() {
    let paged = json!({
        "x-access": "read",
        "x-pagination": { "token": "NextToken", "nextToken": "/NextToken", "items": "/Things" },
        "parameters": [querystring(&json!({ "properties": { "NextToken": { "type": "string" } } }))]
    });
    let page =
        first_page(&[("ListThings", paged.clone()), ("ReadThings", json!({ "x-access": "read" }))]);
    assert!(page.contains("let response = client.read_things(request).await?;"), "{page}");
    assert!(page.contains("let mut items = client.list_things(request).items();"), "{page}");
    let page = first_page(&[("ListThings", paged)]);
    assert!(page.contains("let response = client.list_things(request).await?;"), "{page}");
}

#[test]
fn a_refusal_breaks_one_rule_and_says_it() {
    let text = |example: &str| json!({ "type": "string", "examples": [example] });
    let rule = json!({
        "properties": { "Id": text("a"), "Mode": text("b"), "Port": text("c"), "Host": text("d") },
        "required": ["Id"],
        "dependentRequired": { "Mode": ["Port", "Host"], "Port": ["Host"] }
    });
    let page = first_page(&[("MakeThing", json!({ "parameters": [querystring(&rule)] }))]);
    // A mode alone would break two.
    assert!(page.contains("MakeThingRequest::new(\"a\").port(\"c\");"), "{page}");
    let said =
        "\"invalid MakeThing request:\\n\\\n     - `Host` is required when `Port` is given\",";
    assert!(page.contains(said), "{page}");
}
