//! What the program says of the requests of an operation.

use serde_json::{Value, json};

use crate::cli::Folder;

/// An operation whose requests can be told one by one.
const SWITCH: &str = r#"{ "post": { "operationId": "Switch", "summary": "Turns it on or off.",
    "externalDocs": { "url": "https://example.com/Switch", "x-last-updated": "2026-01-01" },
    "x-access": "write",
    "parameters": [{ "name": "request", "in": "querystring", "required": true, "content":
      { "application/x-www-form-urlencoded": { "schema": { "type": "object",
        "required": ["On"],
        "properties": {
          "On": { "type": "boolean" },
          "Level": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 3 } },
        "allOf": [{ "if": { "properties": { "On": { "const": true } }, "required": ["On"] },
                    "then": { "required": ["Level"] } }] } } } }],
    "responses": { "200": { "description": "Success.", "content": { "application/json":
      { "schema": { "type": "object", "properties": {} } } } } } } }"#;

/// A folder with this operation.
fn switch() -> Folder {
    let folder = Folder::new(&[("ecs-1", r#""x-product": "Ecs""#)]);
    let index = folder.read("specs/ecs-1/openapi.json");
    let index = index
        .replace(r#""/Ping":"#, r#""/Switch": { "$ref": "operations/Switch.json" }, "/Ping":"#);
    folder.write("specs/ecs-1/openapi.json", &index);
    folder.write("specs/ecs-1/operations/Switch.json", SWITCH);
    folder
}

#[test]
fn requests_are_printed_counted_and_judged() {
    let folder = switch();
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let called = folder.call(&[&["requests", "Switch"], arguments].concat());
        assert_eq!(called.code, Some(0), "{}{}", called.output, called.errors);
        let parsed = called.output.lines().map(serde_json::from_str);
        parsed.collect::<Result<_, _>>().expect("each line is JSON")
    };
    // On or off with three levels, and off without one.
    assert_eq!(lines(&["--number"]), [json!(7)]);
    assert_eq!(lines(&["--number", "--given", "On=true"]), [json!(3)]);
    assert_eq!(lines(&["--all", "--given", "Level=2"]).len(), 2);
    let all = lines(&["--all"]);
    assert_eq!(all.len(), 7);
    let drawn = lines(&["--count", "40"]);
    assert!(drawn.len() == 40 && drawn.iter().all(|request| all.contains(request)));
    assert_eq!(drawn, lines(&["--count", "40", "--seed", "0"]));
    assert!(all.iter().all(|request| drawn.contains(request)), "some are never drawn");
    let sound = json!({ "sound": true, "neverGiven": [], "alwaysGiven": [] });
    assert_eq!(lines(&["--sound"]), [sound]);
    let broken: Vec<Value> =
        lines(&["--nearly"]).into_iter().map(|line| line["breaks"].clone()).collect();
    let sentences = [
        "`On` is required",
        "`Level` must be at least 1",
        "`Level` must be at most 3",
        "`Level` is required when `On` is `true`",
    ];
    assert_eq!(broken, sentences);
    folder
        .call(&["requests", "Switch", "--given", "Level=x"])
        .fails("`Level` cannot have this value");
    for (given, reason) in [
        ("Level=9", "cannot have this value: `Level` must be at most 3"),
        ("Level=99999999999999999999", "cannot have this value: `Level` must be at most 3"),
        ("Level=2.5", "cannot have this value: it is not an int32"),
        ("On=1", "cannot have this value: it is not a boolean"),
    ] {
        folder.call(&["requests", "Switch", "--given", given]).fails(reason);
    }
    folder
        .call(&["requests", "Switch", "--given", "Lever=1"])
        .fails("there is no parameter `Lever`");
    folder.call(&["requests", "Swish"]).fails("there is no operation `Swish`");
}

#[test]
fn requests_on_standard_input_are_judged() {
    let folder = switch();
    let input = r#"{ "On": false, "Level": 2 }
        { "On": true, "Level": 1e30 }
        { "On": [[]], "Level": 1 }
        { "Lever": 1 }"#;
    let judged = folder.call_with("", &["requests", "Switch", "--judge"], input);
    judged.succeeds(
        r#"{"breaks":["there is no parameter `Lever`"],"canBecomeValid":false,"valid":false}"#,
    );
    let judged: Vec<Value> =
        judged.output.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert_eq!(judged[0], json!({ "breaks": [], "canBecomeValid": true, "valid": true }));
    assert_eq!(judged[1]["breaks"], json!(["`Level` must be at most 3"]));
    assert_eq!(judged[2]["breaks"], json!(["`On`: it is not a boolean"]));
}
