//! What `cargo xtask diff` finds, on a small service and two descriptions of it, all written by us.

use std::path::Path;

use alibabacloud_codegen::{Specs, drift};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift").join(path);
    std::fs::read_to_string(path).expect("the file is in the repository")
}

fn compared(metadata: &str) -> Result<Vec<String>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift");
    let specs = Specs::read(&root, "specs").expect("the specs are in the repository");
    let outcome = drift(&specs, metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    outcome.map(|differences| differences.iter().map(ToString::to_string).collect())
}

#[test]
fn what_is_new_gone_or_changed_is_told_and_what_is_recorded_is_not() {
    let differences = compared(&read("metadata.json")).expect("it is about this service");
    assert_eq!(
        differences,
        [
            "new: operation `TrackParcel`",
            "new: parameter `SendParcel.Height`",
            "new: public host of `west` `parcels-west.example.com`",
            "gone: VPC host of `east` `parcels-east.example.com`",
            "gone: operation `ListParcels`",
            "gone: parameter `SendParcel.Note`",
            "changed: parameter `SendParcel.Receiver` is optional, here required",
            "changed: parameter `SendParcel.Speed` does not take `express`",
            "changed: parameter `SendParcel.Speed` takes `overnight` besides",
            "changed: parameter `SendParcel.Weight` is `integer` (`int64`), here `integer` (`int32`)",
            "changed: public host of `south` is `parcels-south.example.com`, here `parcels.example.com`",
        ]
    );
}

#[test]
fn facts_that_the_specs_follow_are_no_difference() {
    assert_eq!(compared(&read("facts.json")), Ok(Vec::new()));
}

#[test]
fn what_is_about_something_else_is_refused() {
    let metadata = read("metadata.json");
    for (text, refusal) in [
        ("{", "not JSON: EOF while parsing an object"),
        ("{}", "not the metadata of a service: missing field `about`"),
        (r#"{ "apis": {} }"#, "not the metadata of a service: missing field `info`"),
        (&metadata.replace("Parcels\"", "Letters\""), "the product of the metadata is `Letters`"),
        (&metadata.replace("2026-01-01", "2027-01-01"), "the version of the metadata is `2027"),
        (&metadata.replace("\"RPC\"", "\"ROA\""), "the style of the metadata is `ROA`"),
    ] {
        let message = compared(text).expect_err("it is refused");
        assert!(message.starts_with(refusal), "{message}");
    }
}
