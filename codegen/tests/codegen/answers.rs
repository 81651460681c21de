//! `corpus --answers`, on a program that answers what a test wants: what is lost, changed or refused is told.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What `corpus --answers` said of answers, and what it keeps of each.
struct Told {
    code: Option<i32>,
    output: String,
    verdicts: Vec<Value>,
}

/// Answers of `Ask`, each with what a program says of it.
fn told(answers: &[(Value, Value)]) -> Told {
    let folder = tempfile::tempdir().expect("there is room");
    let entries = answers.iter().map(
        |(answer, _)| json!({ "type": "json", "example": answer.to_string(), "errorExample": "" }),
    );
    let mut entries: Vec<Value> = entries.collect();
    entries.push(json!({ "type": "xml", "example": "<Answer/>" }));
    entries.push(json!({ "type": "json", "example": "{ \"Id\": 1, }" }));
    let metadata = json!({
        "info": { "style": "RPC", "product": "Bank", "version": "2026-01-01" },
        "components": { "schemas": { "Note": { "type": "object", "properties": {
            "Text": { "type": "string" }, "Kind": { "type": "string", "enum": ["Red", "Blue"] },
        } } } },
        "apis": { "Ask": {
            "methods": ["post"],
            "responses": { "200": { "schema": { "type": "object", "properties": {
                "Id": { "type": "integer", "format": "int64" }, "Is": { "type": "boolean" },
                "Name": { "type": "string" }, "Note": { "$ref": "#/components/schemas/Note" },
                "Notes": { "type": "array", "items": { "$ref": "#/components/schemas/Note" } },
            } } } },
            "responseDemo": Value::Array(entries).to_string(),
        } },
    });
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below")).expect("there is room");
        fs::write(path, text).expect("there is room");
    };
    write("runtime/Cargo.toml", "[package]");
    write("published/bank.json", &metadata.to_string());
    let outcomes: String = answers.iter().map(|(_, outcome)| format!("{outcome}\n")).collect();
    write("outcomes", &outcomes);
    compiler(&folder);
    let path = env::join_paths(
        [folder.path().join("bin")].into_iter().chain(env::split_paths(&path_variable())),
    );
    let output = Command::new(env!("CARGO_BIN_EXE_alibabacloud-codegen"))
        .args(["corpus", "published", "--answers"])
        .current_dir(folder.path())
        .env("PATH", path.expect("it has no colon"))
        .output()
        .expect("the program runs");
    let verdicts = fs::read_to_string(folder.path().join("target/corpus/answers.jsonl"));
    let verdicts = verdicts.unwrap_or_default();
    let verdicts = verdicts.lines().map(|line| serde_json::from_str(line).expect("it is JSON"));
    Told {
        code: output.status.code(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        verdicts: verdicts.collect(),
    }
}

fn path_variable() -> std::ffi::OsString {
    env::var_os("PATH").unwrap_or_default()
}

/// Puts a `cargo` there that makes the program.
fn compiler(folder: &TempDir) {
    let program = "#!/bin/sh\ncat > /dev/null\ncat @outcomes@\n"
        .replace("@outcomes@", &folder.path().join("outcomes").to_string_lossy());
    let script = "#!/bin/sh\nmkdir -p target/debug\ncp @program@ target/debug/answers\n"
        .replace("@program@", &folder.path().join("bin/program").to_string_lossy());
    fs::create_dir_all(folder.path().join("bin")).expect("there is room");
    for (name, text) in [("program", program), ("cargo", script)] {
        let path = folder.path().join("bin").join(name);
        fs::write(&path, text).expect("there is room");
        allow(&path);
    }
}

fn allow(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[test]
fn what_is_read_leniently_is_counted_by_what_it_is() {
    let went_in = json!({
        "Id": "7", "Is": "True", "Name": 12.5, "Extra": [1, { "a": 2 }], "Notes": "",
        "Note": { "Text": true, "Kind": "red" },
    });
    let came_out = json!({
        "Id": 7, "Is": true, "Name": "12.5", "Notes": [], "Note": { "Text": "true", "Kind": "Red" },
    });
    let told = told(&[
        (went_in, json!({ "read": came_out })),
        (
            json!({ "Name": "s", "Id": null }),
            json!({ "read": { "Name": "[REDACTED]", "Notes": [] } }),
        ),
        (
            json!({ "Id": 3.0, "Note": [] }),
            json!({ "failure": { "Ok": { "Id": 3, "Notes": [] } } }),
        ),
    ]);
    assert_eq!(told.code, Some(0), "{}", told.output);
    let whole = told.verdicts.iter().all(|verdict| verdict["whole"] == true);
    assert!(whole, "{:?}", told.verdicts);
    for line in [
        "1 were read leniently: null for what is absent",
        "1 were read leniently: an empty text for what is absent",
        "1 were read leniently: an empty list or object for one of the other kind",
        "1 were read leniently: a number in a text",
        "1 were read leniently: a number for a text",
        "1 were read leniently: a boolean in a text",
        "1 were read leniently: a boolean for a text",
        "1 were read leniently: a whole number with a fraction of zero",
        "1 were read leniently: a value of an enum in letters of another case",
        "1 were read leniently: a secret, which is there and not shown",
        "4 of them are not in the schema, which is no loss of ours",
        "1  not read: XML, which no call asks for",
        "1  not read: a text that is no JSON",
    ] {
        assert!(told.output.contains(line), "{line} is not in\n{}", told.output);
    }
}

#[test]
fn what_is_lost_changed_made_up_or_refused_is_told_with_its_place() {
    let note = json!({ "Notes": [{ "Text": "a" }, { "Text": "b" }] });
    let told = told(&[
        (note.clone(), json!({ "read": { "Notes": [{ "Text": "a" }, {}] } })),
        (note.clone(), json!({ "read": { "Notes": [{ "Text": "a" }] } })),
        (note.clone(), json!({ "read": { "Notes": [{ "Text": "b" }, { "Text": "b" }] } })),
        (note.clone(), json!({ "read": { "Notes": note["Notes"], "Name": "new" } })),
        (json!({ "Id": 9007199254740993_i64 }), json!({ "read": { "Id": 9007199254740992.0 } })),
        (json!({ "Id": 1 }), json!({ "refused": "Id: it is no number" })),
        (json!({ "Id": "one" }), json!({ "refused": "Id: it is no number" })),
        (json!({ "Id": 2 }), json!({ "failure": { "Err": "Id: it is no number" } })),
        (json!({ "Id": 3 }), json!("unknown")),
    ]);
    assert_eq!(told.code, Some(1), "{}", told.output);
    for line in [
        "responseDemo/0/example: an element is lost: /Notes/1/Text: \"b\" did not come out",
        "responseDemo/1/example: an element is lost: /Notes/1: {\"Text\":\"b\"} did not come out",
        "responseDemo/2/example: an element is changed: /Notes/0/Text: \"a\" came out as \"b\"",
        "responseDemo/3/example: an element is changed: /Name: null came out as \"new\"",
        "responseDemo/4/example: an element is changed: /Id: 9007199254740993 came out as \
         9007199254740992.0",
        "responseDemo/5/example: cannot be read: Id: it is no number",
        "responseDemo/7/example: cannot be read: Id: it is no number",
        "responseDemo/8/example: of an operation that was left out",
        "0 of 8 answers that are as declared were read whole: 0.00 %",
    ] {
        assert!(told.output.contains(line), "{line} is not in\n{}", told.output);
    }
    assert!(!told.output.contains("responseDemo/6/"), "its schema asks for a number");
    assert_eq!(told.verdicts[6]["misfit"], "/Id");
}

#[test]
fn a_program_that_stops_is_an_error_and_no_verdict() {
    let told = told(&[(json!({}), json!({ "read": {} })), (json!({}), json!("not an outcome"))]);
    assert_eq!((told.code, told.verdicts.len()), (Some(1), 0), "{}", told.output);
}
