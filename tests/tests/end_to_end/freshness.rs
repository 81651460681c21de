//! `specs/` and `generated/`: the one is what the generator makes of the other.

use std::collections::BTreeSet;
use std::fs;

use alibabacloud_codegen::{Config, OutputFile, Plan, Runtime, SpecFile, Specs, cli};
use tests::checkout::root;
use tests::fixtures::generate;
use tests::specs;

fn files_of(specs: &Specs) -> Vec<OutputFile> {
    generate(specs).unwrap_or_else(|refusal| panic!("{refusal}")).files
}

/// The specs with one of their files changed.
fn specs_with(path: &str, change: impl Fn(&str) -> String) -> Specs {
    let changed = |file: &SpecFile| {
        let text = if file.path == path { change(&file.text) } else { file.text.clone() };
        SpecFile { path: file.path.clone(), text }
    };
    let files: Vec<SpecFile> = specs().files().iter().map(changed).collect();
    assert_ne!(text_of(&files, path), text_of(specs().files(), path), "{path} is not changed");
    Specs::new(specs().folder(), files)
}

fn text_of(files: &[SpecFile], path: &str) -> Option<String> {
    files.iter().find(|file| file.path == path).map(|file| file.text.clone())
}

/// The paths of the generated files that the changed specs change.
fn changed_by(path: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    let (before, after) = (files_of(&specs()), files_of(&specs_with(path, change)));
    let all = |files: &[OutputFile]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(all(&before), all(&after));
    let pairs = before.into_iter().zip(after);
    pairs.filter(|(old, new)| old != new).map(|(old, _)| old.path).collect()
}

#[test]
fn generated_is_what_the_specs_say() {
    let services = cli::read(None, None).expect("the specs are readable");
    let config = Config {
        runtime: Runtime { path: Some("../../runtime".to_owned()), ..Runtime::published() },
        ..xtask::config().expect("the licences are readable")
    };
    let mut folders = BTreeSet::new();
    for specs in &services {
        let output = alibabacloud_codegen::generate(specs, &config);
        let output = output.unwrap_or_else(|refusal| panic!("{refusal}"));
        let plan = Plan::new(&root().join("generated").join(&output.folder), &output.files);
        let plan = plan.expect("the folder of a crate holds generated files only");
        let stale: Vec<String> = plan.changes().iter().map(|change| change.diff()).collect();
        assert!(stale.is_empty(), "run `cargo xtask codegen`\n{}", stale.join("\n"));
        folders.insert(output.folder);
    }
    let entries = fs::read_dir(root().join("generated")).expect("it is readable");
    let there = entries.map(|entry| entry.expect("it is readable").file_name().into_string());
    let there: BTreeSet<String> = there.map(|name| name.expect("it is ASCII")).collect();
    assert_eq!(there, folders, "generated/ holds the crates of the services and nothing else");
}

#[test]
fn another_run_gives_the_same_bytes() {
    let mut files = specs().files().to_vec();
    files.reverse();
    assert_eq!(files_of(&specs()), files_of(&Specs::new(specs().folder(), files)));
}

#[test]
fn a_value_that_leaves_an_enum_changes_the_files_that_show_it() {
    let without_drds = |text: &str| {
        let mut json: serde_json::Value = serde_json::from_str(text).expect("specs are JSON");
        let values = json["oneOf"].as_array_mut().expect("it is an enum");
        values.retain(|value| value["const"] != "DRDS");
        json.to_string()
    };
    assert_eq!(
        changed_by("schemas/DatabaseType.json", without_drds),
        [
            "src/operations/configure_backup_plan.rs",
            "src/operations/create_and_start_backup_plan.rs",
            "src/operations/create_backup_plan.rs",
            "src/operations/create_get_db_list_from_agent_task.rs",
            "src/operations/create_restore_task.rs",
            "src/operations/modify_backup_source_endpoint.rs",
            "src/types/backup_plan_context.rs",
            "src/types/database_type.rs",
        ],
    );
}

#[test]
fn a_region_changes_the_endpoints_alone() {
    let changed =
        changed_by("openapi.json", |text| text.replacen("\"cn-qingdao\"", "\"cn-elsewhere\"", 1));
    assert_eq!(changed, ["src/endpoints.rs"]);
}

#[test]
fn a_description_changes_the_file_of_its_operation_alone() {
    let path = "operations/CreateGetDBListFromAgentTask.json";
    let changed = changed_by(path, |text| text.replace("the engine of the databases", "an engine"));
    assert_eq!(changed, ["src/operations/create_get_db_list_from_agent_task.rs"]);
}
