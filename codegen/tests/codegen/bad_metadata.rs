//! Metadata with something wrong: refused at its place, or mended and counted, and never half of a spec.

use std::fs;

use alibabacloud_codegen::{End, Import, Imported, LeftOut, Repair, SpecFile, Specs, Thing};
use serde_json::{Value, json};

use crate::fixtures::{generate, metadata};

fn document(text: &str) -> Specs {
    let file = SpecFile { path: "metadata.json".to_owned(), text: text.to_owned() };
    Specs::new("published", vec![file])
}

/// What is said of a document that is refused.
fn refusal(metadata: &Specs) -> String {
    match Import::default().run(metadata) {
        Ok(imported) => panic!("{} was imported", imported.folder),
        Err(refusal) => refusal.render(false),
    }
}

/// Metadata of these operations and components.
fn service(apis: Value, components: Value) -> Value {
    json!({
        "info": { "style": "RPC", "product": "Shop", "version": "2026-01-01" },
        "apis": apis,
        "components": { "schemas": components },
    })
}

/// Imports, and generates what was imported.
fn imported(metadata: &Value) -> Imported {
    let text = metadata.to_string();
    let metadata = document(&text);
    let imported = Import::default().run(&metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    let specs = Specs::new(imported.folder.clone(), imported.files.clone());
    generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    imported
}

fn query(name: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "schema": schema })
}

/// An operation with these parameters.
fn one(parameters: Value) -> Value {
    json!({ "Pay": { "methods": ["post"], "parameters": parameters } })
}

/// Where something was mended so, whether it is carried or merged.
fn repaired(imported: &Imported, rule: Repair) -> Vec<String> {
    let mended = imported.report.repaired().filter(|(found, _)| *found == rule);
    let mended = mended.map(|(_, place)| place.shown);
    mended.chain(ended(imported, |_, end| end == End::Merged(rule))).collect()
}

/// Where something was left out for this reason.
fn left_out(imported: &Imported, thing: Thing, reason: LeftOut) -> Vec<String> {
    ended(imported, |found, end| (found, end) == (thing, End::LeftOut(reason)))
}

/// Where the things are that ended so.
fn ended(imported: &Imported, is_such: impl Fn(Thing, End) -> bool) -> Vec<String> {
    let found = imported.report.things().filter(|(thing, end, _)| is_such(*thing, *end));
    found.map(|(_, _, place)| place().shown).collect()
}

/// How many operations are in the spec.
fn carried(imported: &Imported) -> usize {
    ended(imported, |thing, end| (thing, end) == (Thing::Operation, End::Carried)).len()
}

/// A schema of this many objects, each a member of the other.
fn nested(depth: usize) -> Value {
    (0..depth).fold(
        json!({ "type": "string" }),
        |inner, _| json!({ "type": "object", "properties": { "Inner": inner } }),
    )
}

#[test]
fn a_document_that_ends_early_is_refused_where_it_ends() {
    let documents = metadata();
    let whole = &documents[0].files()[0].text;
    for part in 1..40 {
        let mut end = whole.trim_end().len() * part / 40;
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        let refusal = refusal(&document(&whole[..end]));
        assert!(refusal.starts_with("error[syntax]: "), "{refusal}");
        assert!(refusal.contains("published/metadata.json:"), "{refusal}");
    }
}

#[test]
fn texts_that_are_no_json_are_refused_at_the_place() {
    for (text, part) in [
        ("\u{feff}{}", "the file starts with a byte order mark"),
        ("{ \"apis\": {}, \"apis\": {} }", "`apis`"),
        ("{ \"apis\": { \"A\": \"\\ud800\" } }", "published/metadata.json:1:"),
        ("<!DOCTYPE html>", "published/metadata.json:1:1"),
        ("{ \"apis\": 01 }", "published/metadata.json:1:"),
        ("{} {}", "the file goes on after its end"),
    ] {
        let refusal = refusal(&document(text));
        assert!(refusal.contains(part), "{text}: {refusal}");
    }
    let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [utf16, b"{ \"a\": \"\xff\" }".to_vec()] {
        let metadata = Specs::from_bytes("published", vec![("metadata.json".to_owned(), bytes)]);
        assert!(refusal(&metadata).contains("published/metadata.json:1:"));
    }
}

#[test]
fn another_document_is_refused_as_such() {
    for (text, part) in [
        (json!([{ "code": "Ecs", "versions": ["2014-05-26"] }]), "this is an array"),
        (json!({}), "it has no `apis`"),
        (json!("text"), "this is a string"),
        (json!({ "openapi": "3.2.0", "info": {}, "paths": {} }), "it has no `apis`"),
        (json!({ "code": 404, "message": "no such product" }), "it has no `apis`"),
        (json!({ "info": {}, "apis": [] }), "it has no `apis`"),
    ] {
        let refusal = refusal(&document(&text.to_string()));
        assert!(refusal.contains(part), "{text}: {refusal}");
        assert!(
            refusal.contains("take the JSON document that Alibaba Cloud publishes"),
            "{refusal}"
        );
    }
}

#[test]
fn a_service_with_another_gateway_is_refused_with_what_to_use_instead() {
    for style in ["OSS", "SLS", "FC", "PDS", "AliGenie", "rpc", "", "\u{202e}RPC"] {
        let mut metadata = service(one(json!([])), json!({}));
        metadata["info"]["style"] = json!(style);
        let refusal = refusal(&document(&metadata.to_string()));
        if style.is_empty() {
            assert!(refusal.contains("does not say its `style`"), "{refusal}");
        } else {
            assert!(refusal.contains("have a gateway of their own"), "{refusal}");
            assert!(refusal.contains("use the SDK that Alibaba Cloud has"), "{refusal}");
        }
        assert!(!refusal.contains('\u{202e}'), "{refusal}");
    }
}

#[test]
fn a_product_or_version_that_leads_out_of_the_folder_is_refused_at_its_place() {
    let long = "a".repeat(300);
    for name in ["../x", "..", "/etc", "a/b", "a\\b", "a\0b", "\u{202e}x", "商店", "", " ", &long]
    {
        for key in ["product", "version"] {
            let mut metadata = service(one(json!([])), json!({}));
            metadata["info"][key] = json!(name);
            let refusal = refusal(&document(&metadata.to_string()));
            assert!(refusal.contains("published/metadata.json:1:"), "{refusal}");
            let hidden = ['\0', '\u{202e}'];
            assert!(!refusal.contains(hidden) && refusal.len() < 3_000, "{refusal}");
        }
    }
    let text = service(one(json!([])), json!({})).to_string();
    let import = Import { package: Some("../x".to_owned()), ..Import::default() };
    let metadata = document(&text);
    let refusal = import.run(&metadata).expect_err("it leads out of the folder").render(false);
    assert!(refusal.contains("no package can be called `../x`"), "{refusal}");
}

#[test]
fn names_of_any_kind_stay_in_their_folder() {
    let long = "A".repeat(300);
    let names = [
        "../Up",
        "a/b",
        "CON",
        "aux",
        "Com1",
        "nul",
        "a\0b",
        "\u{202e}Left",
        "商店",
        &long,
        "",
        ".",
    ];
    let text = json!({ "type": "object", "properties": { "Name": { "type": "string" } } });
    let mut operations = json!({});
    let mut components = json!({});
    for name in names {
        components[name] = text.clone();
        let parameters: Vec<Value> = names
            .iter()
            .map(|name| query(name, json!({ "$ref": format!("#/components/schemas/{name}") })))
            .chain([query("Values", json!({ "type": "string", "enum": names }))])
            .collect();
        operations[name] = json!({ "parameters": parameters });
    }
    operations["Pay"] = operations["CON"].clone();
    let imported = imported(&service(operations, components));
    for SpecFile { path, .. } in &imported.files {
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".json");
        let is_plain = stem.chars().all(|found| found.is_ascii_alphanumeric());
        assert!(is_plain && (1..200).contains(&stem.len()), "{path}");
        let devices = ["con", "aux", "com1", "nul"];
        assert!(!devices.contains(&stem.to_ascii_lowercase().as_str()), "{path}");
    }
    let nameless = left_out(&imported, Thing::Operation, LeftOut::Nameless);
    for name in [
        "../Up",
        "a/b",
        "a\0b",
        "\u{202e}Left",
        "商店",
        "",
        ".",
        "CON",
        "aux",
        "Com1",
        "nul",
        &long,
    ] {
        assert!(nameless.iter().any(|found| found == name), "{name:?} of {nameless:?}");
    }
}

#[test]
fn references_in_circles_and_to_nothing_are_any_value() {
    let refer = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let imported = imported(&service(
        one(json!([
            query("Own", refer("Own")),
            query("Pair", refer("Left")),
            query("List", refer("List")),
            query("Tree", refer("Tree")),
            query("Lost", refer("Lost")),
            query("Odd", json!({ "$ref": 7 })),
        ])),
        json!({
            "Own": refer("Own"),
            "Left": refer("Right"),
            "Right": refer("Left"),
            "List": { "type": "array", "items": refer("List") },
            "Tree": { "type": "object", "properties": { "Branches": { "type": "array", "items": refer("Tree") } } },
        }),
    ));
    assert_eq!(repaired(&imported, Repair::DanglingReference), ["Pay.Lost: $ref", "Pay.Odd: $ref"]);
    let endless = repaired(&imported, Repair::EndlessType);
    assert_eq!(endless, ["List: $ref", "Own: $ref", "Right: $ref"]);
    assert!(imported.files.iter().any(|file| file.path == "schemas/Tree.json"));
}

#[test]
fn operations_that_say_little_or_the_wrong_thing_are_imported() {
    let imported = imported(&service(
        json!({
            "Nothing": {},
            "Null": null,
            "Text": "text",
            "NoSchema": { "parameters": [{ "name": "Id", "in": "query" }] },
            "NoPlace": { "parameters": [{ "name": "Id", "schema": { "type": "string" } }] },
            "NoName": { "parameters": [{ "in": "query", "schema": { "type": "string" } }] },
            "NoList": { "parameters": { "Id": {} }, "methods": "post", "responses": [] },
            "Scalars": { "parameters": [1, "Id", null], "responses": { "200": 7 } },
            "NoType": { "responses": { "200": { "schema": {} }, "x": {}, "": { "schema": null } } },
        }),
        json!({}),
    ));
    assert_eq!(carried(&imported), 9);
    let nameless = left_out(&imported, Thing::Parameter, LeftOut::Nameless);
    assert!(nameless.iter().any(|found| found == "NoName."), "{nameless:?}");
}

#[test]
fn numbers_and_limits_that_no_type_has_are_left_out_by_name() {
    let huge = |key: &str, value: &str| {
        let text = format!(r#"{{ "type": "integer", "format": "int32", "{key}": {value} }}"#);
        let schema: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        (text, schema)
    };
    for (key, value) in [
        ("maximum", "\"1e999\""),
        ("maximum", "\"9223372036854775808\""),
        ("minimum", "\"-1e30\""),
        ("minimum", "\"NaN\""),
        ("maximum", "[]"),
        ("maximum", "\"\\u202e5\""),
    ] {
        let (text, schema) = huge(key, value);
        assert!(schema.is_object(), "{text}");
        let imported = imported(&service(one(json!([query("Count", schema)])), json!({})));
        let lost = left_out(&imported, Thing::Constraint, LeftOut::Senseless);
        assert!(!lost.is_empty(), "{text}");
    }
    // JSON itself has such numbers.
    let schema = r#"{ "type": "integer", "maximum": 1e999, "minimum": -1e999, "example": 1e999 }"#;
    let text = service(one(json!([query("Count", json!("SCHEMA"))])), json!({})).to_string();
    let metadata = document(&text.replace("\"SCHEMA\"", schema));
    let imported = Import::default().run(&metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    generate(&Specs::new("specs/shop", imported.files))
        .unwrap_or_else(|refusal| panic!("{refusal}"));
}

#[test]
fn what_is_nested_too_deep_is_refused_at_its_place_and_what_is_not_generates() {
    imported(&service(one(json!([query("Deep", nested(25))])), json!({})));
    let text = service(one(json!([query("Deep", nested(30))])), json!({})).to_string();
    let refusal = refusal(&document(&text));
    assert!(refusal.starts_with("error[too-large]: "), "{refusal}");
    assert!(refusal.contains("no request and no answer is nested so"), "{refusal}");
}

#[test]
fn ten_thousand_operations_are_imported_and_one_more_is_refused() {
    let apis = |count: usize| -> Value {
        let operation = json!({ "methods": ["post"], "parameters": [query("Id", json!({ "type": "string" }))] });
        let operations = (0..count).map(|number| (format!("Pay{number}"), operation.clone()));
        Value::Object(operations.collect())
    };
    let text = service(apis(10_000), json!({})).to_string();
    let metadata = document(&text);
    let imported = Import::default().run(&metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(carried(&imported), 10_000);
    let text = service(apis(10_001), json!({})).to_string();
    let refusal = refusal(&document(&text));
    assert!(refusal.contains("here stand more than 10000 members"), "{refusal}");
}

#[test]
fn a_document_of_200_megabytes_is_refused_when_its_start_was_read() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("metadata.json");
    // Characters of three bytes, so that the place where reading ends is inside one. The rest is a hole.
    fs::write(&path, "店".repeat(23 << 20)).expect("there is room");
    let file = fs::OpenOptions::new().write(true).open(&path).expect("it was written");
    file.set_len(200 << 20).expect("holes take no room");
    let metadata = Specs::read_file(&path).expect("its start is readable");
    assert_eq!(metadata.files()[0].text.len() >> 20, 64);
    let refusal = refusal(&metadata);
    assert!(refusal.contains("the file has more than 64 MiB"), "{refusal}");
    assert!(refusal.contains("take the document of one version of one service"), "{refusal}");
}
