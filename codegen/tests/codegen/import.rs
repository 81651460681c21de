//! Specs that are made of what services publish: the files, what was repaired, and what is refused.

use std::fmt::Write as _;

use alibabacloud_codegen::{
    Balance, Counts, End, Import, Imported, Marker, Place, SpecFile, Specs, Thing,
};

use crate::fixtures::{generate, metadata};

fn import(metadata: &Specs) -> Imported {
    Import::default().run(metadata).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// What became of a document: what was counted, then the files.
fn shown(imported: &Imported) -> String {
    let mut shown = String::new();
    for (thing, end, place) in imported.report.things() {
        let Place { shown: place, pointer, .. } = place();
        match end {
            End::Carried => {}
            End::LeftOut(reason) => {
                let _ = writeln!(shown, "left out: {thing:?}, {reason:?}: {place} ({pointer})");
            }
            End::Merged(rule) => {
                let _ = writeln!(shown, "merged: {thing:?}, {rule:?}: {place} ({pointer})");
            }
            End::Unknown => panic!("nobody knows what became of {place}"),
        }
    }
    for (rule, place) in imported.report.repaired() {
        let _ = writeln!(shown, "repaired: {rule:?}: {}", place.shown);
    }
    for Marker { member, examples, fitting, is_taken } in imported.report.markers() {
        let what = if *is_taken { "a marker" } else { "no marker" };
        let _ = writeln!(shown, "{what}: {member}, in {fitting} of {examples} examples");
    }
    let _ = write!(shown, "\n{}", Balance::of(&imported.report));
    for file in &imported.files {
        let _ = write!(shown, "\n=== {}\n{}", file.path, file.text);
    }
    shown
}

#[test]
fn metadata_becomes_the_files_in_its_snapshot() {
    for metadata in metadata() {
        let imported = import(&metadata);
        insta::with_settings!({ snapshot_path => "../fixtures/metadata", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(imported.folder.clone(), shown(&imported));
        });
    }
}

#[test]
fn what_is_imported_is_the_same_every_time_and_generates() {
    for metadata in metadata() {
        let imported = import(&metadata);
        assert_eq!(shown(&import(&metadata)), shown(&imported));
        let specs = Specs::new(imported.folder, imported.files);
        assert!(generate(&specs).is_ok());
    }
}

#[test]
fn of_everything_that_is_published_it_is_known_what_became_of_it() {
    for metadata in metadata() {
        let all = import(&metadata);
        let source = Balance::of(&all.report);
        let names = all.report.things().filter(|(thing, ..)| *thing == Thing::Operation);
        let first = names.map(|(_, _, place)| place().shown).take(1).collect();
        for options in [
            Import::default(),
            Import { without_texts: true, ..Import::default() },
            Import { operations: first, ..Import::default() },
        ] {
            let imported = options.run(&metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
            let balance = Balance::of(&imported.report);
            assert_eq!(balance.unknown.count, 0, "{}", balance.unknown.first);
            for (thing, counts) in &balance.things {
                let Counts { source: all, carried, left_out, merged, .. } = *counts;
                assert_eq!(all, carried + left_out + merged, "{thing:?}");
                assert_eq!(all, source.counts(*thing).source, "{thing:?}");
            }
        }
    }
}

#[test]
fn some_operations_are_imported_with_the_types_that_they_need() {
    let metadata = metadata().remove(0);
    let import = Import { operations: vec!["GetApp".to_owned()], ..Import::default() };
    let imported = import.run(&metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    let paths: Vec<&str> = imported.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["openapi.json", "operations/GetApp.json"]);
}

/// What is said of a document that is none.
fn refusal(text: &str) -> String {
    let file = SpecFile { path: "metadata.json".to_owned(), text: text.to_owned() };
    let metadata = Specs::new("published", vec![file]);
    match Import::default().run(&metadata) {
        Ok(imported) => panic!("{} was imported", imported.folder),
        Err(refusal) => refusal.render(false),
    }
}

#[test]
fn what_is_no_metadata_is_refused_at_its_place() {
    for (text, part) in [
        ("", "the file is empty"),
        ("{ \"apis\": {", "published/metadata.json:1:"),
        ("[]", "this is an array, and the metadata of a service is an object"),
        ("{ \"openapi\": \"3.2.0\" }", "this is no metadata of a service: it has no `apis`"),
        ("{ \"apis\": {} }", "the metadata has no `info`"),
        ("{ \"apis\": {}, \"info\": { \"style\": \"RPC\" } }", "does not say its `product`"),
        (
            "{ \"apis\": {}, \"info\": { \"style\": \"RPC\", \"product\": \"P\", \"version\": \"1\" } }",
            "the metadata has no operation",
        ),
        (
            "{ \"apis\": { \"A\": {} }, \"info\": { \"style\": \"OSS\", \"product\": \"Oss\", \"version\": \"1\" } }",
            "services of the style `OSS` have a gateway of their own, which signs in another way",
        ),
    ] {
        let refusal = refusal(text);
        assert!(refusal.contains(part), "{text}: {refusal}");
    }
}

/// The operations that are left out.
fn left_out(imported: &Imported) -> Vec<String> {
    let operations = imported.report.things().filter(|(thing, ..)| *thing == Thing::Operation);
    let left_out = operations.filter(|(_, end, _)| matches!(end, End::LeftOut(_)));
    left_out.map(|(_, _, place)| place().shown).collect()
}

#[test]
fn names_that_lead_out_of_the_folder_are_left_out() {
    let text = r#"{
        "info": { "style": "RPC", "product": "P", "version": "1" },
        "apis": { "../A": { "methods": ["post"] }, "B": {} }
    }"#;
    let file = SpecFile { path: "metadata.json".to_owned(), text: text.to_owned() };
    let imported = import(&Specs::new("published", vec![file]));
    assert!(imported.files.iter().all(|file| !file.path.contains("..")));
    assert_eq!(left_out(&imported), ["../A"]);
}

#[test]
fn operations_that_differ_in_case_and_lists_in_headers_generate() {
    let text = r#"{
        "info": { "style": "ROA", "product": "P", "version": "1" },
        "apis": {
            "GetVPC": { "path": "/a", "methods": ["get"], "parameters": [
                { "name": "Ids", "in": "header", "schema": { "type": "array", "items": { "type": "string" } } } ] },
            "GetVpc": { "path": "/b", "methods": ["get"], "parameters": [] },
            "Taken": { "path": "/b", "methods": ["get"], "parameters": [] }
        }
    }"#;
    let file = SpecFile { path: "metadata.json".to_owned(), text: text.to_owned() };
    let imported = import(&Specs::new("published", vec![file]));
    assert_eq!(left_out(&imported), ["Taken"]);
    let specs = Specs::new(imported.folder, imported.files);
    let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    let manifest = generated.files.iter().find(|file| file.path == "Cargo.toml");
    let manifest = &manifest.expect("a crate has a manifest").text;
    assert!(manifest.contains("get-vpc = ") && manifest.contains("get-vpc2 = "), "{manifest}");
}
