//! What `cargo xtask diff` finds, on a small service and two descriptions of it, all written by us.

use alibabacloud_codegen::{Difference, Import, SpecFile, Specs, drift};
use serde_json::{Value, json};

use crate::checkout::root;
use crate::fixtures;

fn read(path: &str) -> String {
    let path = root().join("codegen/tests/drift").join(path);
    std::fs::read_to_string(path).expect("the file is in the repository")
}

fn specs() -> Specs {
    let folder = root().join("codegen/tests/drift");
    Specs::read(&folder, "specs").expect("the specs are in the repository")
}

/// What is told, and what is not told since the specs record it.
fn both(metadata: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let specs = specs();
    let outcome = drift(&specs, metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    let shown = |found: &[Difference]| found.iter().map(ToString::to_string).collect();
    outcome.map(|drift| (shown(&drift.differences), shown(&drift.recorded)))
}

fn compared(metadata: &str) -> Result<Vec<String>, String> {
    both(metadata).map(|(told, _)| told)
}

/// The metadata with some members of a parameter of `SendParcel` changed, or one more parameter.
fn metadata_with(name: &str, members: &[(&str, Value)]) -> String {
    let mut metadata: Value = serde_json::from_str(&read("metadata.json")).expect("it is JSON");
    let parameters = &mut metadata["apis"]["SendParcel"]["parameters"];
    let parameters = parameters.as_array_mut().expect("it has parameters");
    if !parameters.iter().any(|parameter| parameter["name"] == name) {
        let schema = json!({ "type": "string", "required": false });
        parameters.push(json!({ "name": name, "in": "query", "schema": schema }));
    }
    let parameter = parameters.iter_mut().find(|parameter| parameter["name"] == name);
    let schema = &mut parameter.expect("it is there")["schema"];
    for (member, value) in members {
        schema[*member] = value.clone();
    }
    metadata.to_string()
}

#[test]
fn who_may_call_is_compared_where_the_metadata_say_it() {
    let told = |security: Value| {
        let mut metadata: Value = serde_json::from_str(&read("metadata.json")).expect("it is JSON");
        metadata["apis"]["SendParcel"]["security"] = security;
        let told = compared(&metadata.to_string()).expect("it is about this service");
        told.into_iter().find(|difference| difference.starts_with("changed: operation"))
    };
    assert_eq!(told(json!([{ "AK": [] }, { "APP": [] }])), None);
    assert_eq!(told(Value::Null), None);
    for (security, words) in [
        (json!([{ "AK": [] }, { "BearerToken": [] }]), "an access key or a bearer token"),
        (json!([{ "Anonymous": [] }]), "no credentials"),
        (json!([{ "ARS_OIDC": [] }]), "no credentials"),
        (json!([{ "PrivateKey": [] }, { "APP": [] }]), "`PrivateKey` or `APP`"),
    ] {
        let expected = format!("changed: operation `SendParcel` takes {words}, here an access key");
        assert_eq!(told(security), Some(expected));
    }
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
fn what_is_recorded_is_counted() {
    let (_, recorded) = both(&read("metadata.json")).expect("it is about this service");
    assert_eq!(
        recorded,
        [
            "new: parameter `SendParcel.OwnerId`",
            "gone: parameter `SendParcel.Colour`",
            "changed: VPC host of `north` is `parcels-inner.example.com`, here `parcels-vpc.example.com`",
            "changed: parameter `SendParcel.Insured` is optional, here required",
        ]
    );
}

#[test]
fn a_record_of_one_aspect_hides_no_other() {
    let told = |name: &str, members: &[(&str, Value)]| {
        let (told, recorded) = both(&metadata_with(name, members)).expect("it is of this service");
        let about = |found: Vec<String>| {
            let is_about = |line: &String| line.contains(&format!("`SendParcel.{name}`"));
            found.into_iter().filter(is_about).collect::<Vec<_>>()
        };
        (about(told), about(recorded))
    };
    // That it is optional is recorded; its type is not.
    let (differences, recorded) = told("Insured", &[("type", json!("string"))]);
    assert_eq!(
        differences,
        ["changed: parameter `SendParcel.Insured` is `string`, here `boolean`"]
    );
    assert_eq!(recorded, ["changed: parameter `SendParcel.Insured` is optional, here required"]);
    // That not all sources have it is recorded; what they say of it is not.
    let (differences, recorded) = told("Colour", &[("enum", json!(["red"]))]);
    assert_eq!(differences, ["changed: parameter `SendParcel.Colour` takes `red` besides"]);
    assert_eq!(recorded, [] as [&str; 0]);
    let (differences, _) = told("Colour", &[("required", json!(true))]);
    assert_eq!(differences, ["changed: parameter `SendParcel.Colour` is required, here optional"]);
}

#[test]
fn values_that_are_recorded_are_told_once_they_change() {
    let colour = |text: &str| {
        text.replace(
            "\"note\": \"the metadata do not have it\"",
            "\"values\": [\"red\", \"blue\"], \"note\": \"the metadata list some\"",
        )
    };
    let original = specs();
    let files =
        original.files().iter().map(|file| SpecFile { text: colour(&file.text), ..file.clone() });
    let specs = Specs::new("specs", files.collect());
    let told = |values: Value| {
        let metadata = metadata_with("Colour", &[("enum", values)]);
        let drift = drift(&specs, &metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
        let found = drift.expect("it is about this service").differences;
        let found = found.iter().map(ToString::to_string);
        found.filter(|line| line.contains("Colour")).collect::<Vec<_>>()
    };
    assert_eq!(told(json!(["blue", "red"])), [] as [&str; 0]);
    assert_eq!(
        told(json!(["blue", "green", "red"])),
        ["changed: parameter `SendParcel.Colour` takes `blue`, `green`, `red` besides"]
    );
}

#[test]
fn a_parameter_whose_need_is_recorded_is_told_when_it_is_gone() {
    let mut metadata: Value = serde_json::from_str(&read("metadata.json")).expect("it is JSON");
    let parameters = &mut metadata["apis"]["SendParcel"]["parameters"];
    let parameters = parameters.as_array_mut().expect("it has parameters");
    parameters.retain(|parameter| parameter["name"] != "Insured");
    let told = compared(&metadata.to_string()).expect("it is about this service");
    assert!(told.contains(&"gone: parameter `SendParcel.Insured`".to_owned()), "{told:?}");
}

#[test]
fn facts_that_the_specs_follow_are_no_difference() {
    assert_eq!(compared(&read("facts.json")), Ok(Vec::new()));
}

/// What is told of a fixture of metadata, changed, and of what an import made of it unchanged.
fn told_of(product: &str, change: impl Fn(&mut Value)) -> Vec<String> {
    let published = fixtures::metadata()
        .into_iter()
        .find(|found| found.files()[0].text.contains(&format!("\"product\": \"{product}\"")));
    let published = published.expect("there is such a fixture");
    let imported = Import::default().run(&published).unwrap_or_else(|refusal| panic!("{refusal}"));
    let specs = Specs::new(imported.folder, imported.files);
    let mut metadata = serde_json::from_str(&published.files()[0].text).expect("it is JSON");
    change(&mut metadata);
    let drift = drift(&specs, &metadata.to_string()).unwrap_or_else(|refusal| panic!("{refusal}"));
    let drift = drift.expect("it is about this service");
    drift.differences.iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_imported_differs_in_nothing() {
    for product in ["Rows", "Columns"] {
        assert_eq!(told_of(product, |_| {}), [] as [&str; 0], "{product}");
    }
}

#[test]
fn members_of_a_body_and_parameters_of_each_place_are_compared() {
    let told = told_of("Columns", |metadata| {
        let parameters = &mut metadata["apis"]["UpdateApp"]["parameters"];
        parameters[1]["schema"]["required"] = true.into();
        parameters[2]["in"] = "header".into();
        let members = &mut parameters[3]["schema"]["properties"];
        members["limit"]["format"] = "int64".into();
        members["depth"] = json!({ "type": "string" });
        members.as_object_mut().expect("it is an object").remove("rate");
        metadata["apis"]["SendText"]["parameters"][0]["schema"]["enum"] = json!(["a"]);
    });
    assert_eq!(
        told,
        [
            "new: parameter `UpdateApp.depth`",
            "gone: parameter `UpdateApp.rate`",
            "changed: parameter `SendText.body` takes `a` besides",
            "changed: parameter `UpdateApp.keep` stands in the headers, here in the query or form",
            "changed: parameter `UpdateApp.limit` is `integer` (`int64`), here `integer` (`int32`)",
            "changed: parameter `UpdateApp.x-acs-accept-language` is required, here optional",
        ]
    );
}

#[test]
fn what_is_about_something_else_is_refused() {
    let metadata = read("metadata.json");
    for (text, refusal) in [
        ("{", "not JSON: EOF while parsing an object"),
        ("{}", "not the metadata of a service: missing field `about`"),
        (r#"{ "apis": {} }"#, "the metadata has no `info`"),
        (&metadata.replace("Parcels\"", "Letters\""), "the product of the metadata is `Letters`"),
        (&metadata.replace("2026-01-01", "2027-01-01"), "the version of the metadata is `2027"),
        (
            &metadata.replace("\"RPC\"", "\"OSS\""),
            "services of the style `OSS` have a gateway of their own",
        ),
    ] {
        let message = compared(text).expect_err("it is refused");
        assert!(message.starts_with(refusal), "{message}");
    }
}

#[test]
fn a_network_of_which_the_metadata_name_no_host_is_not_compared() {
    let mut metadata: Value = serde_json::from_str(&read("metadata.json")).expect("it is JSON");
    for host in metadata["endpoints"].as_array_mut().expect("it has hosts") {
        host.as_object_mut().expect("hosts are objects").remove("vpc");
    }
    let differences = compared(&metadata.to_string()).expect("it is about this service");
    assert!(!differences.iter().any(|line| line.contains("VPC host")), "{differences:?}");
    assert!(differences.iter().any(|line| line.contains("public host")), "{differences:?}");
}
