//! The commands work on the checkout in which they are run, wherever they were compiled.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The program that was built together with this test.
fn program() -> PathBuf {
    let test = env::current_exe().expect("this runs from a file");
    let folder = test.parent().and_then(Path::parent).expect("Cargo has a folder for tests");
    folder.join(format!("xtask{}", env::consts::EXE_SUFFIX))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The checkout that this test runs in.
fn origin() -> PathBuf {
    let current = env::current_dir().expect("the current folder is there");
    let root = current.ancestors().find(|folder| folder.join("specs").is_dir());
    root.expect("tests run in a checkout").to_path_buf()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("there is room");
    for entry in fs::read_dir(from).expect("the folder is readable") {
        let entry = entry.expect("the folder is readable");
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("there is room");
        }
    }
}

/// What the commands need of a checkout.
fn other_checkout() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for file in ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(origin().join(file), folder.path().join(file)).expect("there is room");
    }
    copy(&origin().join("specs"), &folder.path().join("specs"));
    folder
}

/// Every file below a folder, with what is in it.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("the file is readable");
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn an_operation_is_added_to_the_checkout_in_which_it_is_asked_for() {
    let other = other_checkout();
    let before = files(&origin().join("specs"));
    let output = run(&other.path().join("specs/dbs-2019-03-06/operations"), &["add", "TryThis"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let service = other.path().join("specs/dbs-2019-03-06");
    assert!(service.join("operations/TryThis.json").is_file());
    let index = fs::read_to_string(service.join("openapi.json")).expect("it is there");
    assert!(index.contains("operations/TryThis.json"));
    assert!(files(&origin().join("specs")) == before, "this checkout has changed");
}

#[test]
fn a_crate_is_generated_in_the_checkout_in_which_it_is_asked_for() {
    let other = other_checkout();
    let spec = other.path().join("specs/dbs-2019-03-06/operations/DescribeRegions.json");
    let changed = fs::read_to_string(&spec).expect("it is there");
    let changed = changed.replacen("\"summary\": \"", "\"summary\": \"In the copy: ", 1);
    fs::write(&spec, changed).expect("there is room");
    let before = files(&origin().join("generated/dbs/src"));
    let output = run(other.path(), &["codegen"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let generated = other.path().join("generated/dbs/src/operations/describe_regions.rs");
    let generated = fs::read_to_string(generated).expect("it is generated");
    assert!(generated.contains("//! In the copy: "), "{generated}");
    assert!(files(&origin().join("generated/dbs/src")) == before, "this checkout has changed");
    let output = run(other.path(), &["codegen", "--check"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn outside_of_any_checkout_is_said_so() {
    let nowhere = tempfile::tempdir().expect("there is room");
    fs::create_dir(nowhere.path().join("specs")).expect("there is room");
    for arguments in [&["codegen"][..], &["add", "TryThis"], &["explain", "DescribeRegions"]] {
        let output = run(nowhere.path(), arguments);
        assert!(!output.status.success());
        let error = text(&output.stderr);
        assert!(error.contains("is in no checkout of this repository"), "{error}");
    }
    assert_eq!(files(nowhere.path()), []);
}

#[test]
fn no_program_or_test_has_the_folder_compiled_in_where_it_was_built() {
    let macro_call = ["env!(\"CARGO", "_MANIFEST_DIR\")"].concat();
    for folder in ["codegen", "runtime", "tests", "xtask"] {
        for (path, text) in files(&origin().join(folder)) {
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            let text = String::from_utf8_lossy(&text);
            assert!(!is_rust || !text.contains(&macro_call), "{}", path.display());
        }
    }
}
