//! The tables of `README.md`, compared with the sources that they are about.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::readme::{code, rows};

/// The package's folder, in which Cargo runs its tests.
fn package() -> PathBuf {
    env::current_dir().expect("the current folder is there")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file is in the repository")
}

/// The sources of the package.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    paths
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

#[test]
fn each_setting_of_the_builder_has_its_row_and_each_row_its_setting() {
    let source = package().join("src");
    let mut files = sources(&source.join("session"));
    files.push(source.join("client.rs"));
    let mut methods = BTreeSet::new();
    for file in files {
        let text = read(&file);
        let functions = text.split("    pub fn ").skip(1);
        methods.extend(functions.filter_map(|function| {
            let (name, rest) = function.split_once('(')?;
            rest.trim_start().starts_with("mut self").then(|| name.to_owned())
        }));
    }
    let rows: Vec<&str> = rows("Settings").iter().flat_map(|row| code(row[0])).collect();
    let named: BTreeSet<String> = rows.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(rows.len(), named.len(), "a setting stands there twice");
    assert_eq!(named, methods, "the table of settings is not what the builder has");
}

/// Whether a text in the sources is the name of a variable of the environment.
fn is_variable(text: &str) -> bool {
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    matches!(text, "HOME" | "USERPROFILE" | "REQUEST_METHOD")
        || (text.starts_with("ALIBABA_CLOUD_")
            && text.bytes().all(|byte| !byte.is_ascii_lowercase()))
        || (text.ends_with("_PROXY") && is_name(text))
}

#[test]
fn each_variable_that_is_read_has_its_row_and_each_row_is_read() {
    let mut read_there = BTreeSet::new();
    for file in sources(&package().join("src")) {
        let text = read(&file);
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines {
            let texts = line.split('"').skip(1).step_by(2);
            read_there.extend(texts.filter(|text| is_variable(text)).map(str::to_owned));
        }
    }
    assert!(read_there.len() > 20, "{read_there:?}");
    // These two are read by what the system's certificates come from.
    let others = ["SSL_CERT_FILE", "SSL_CERT_DIR"].map(str::to_owned);
    let rows = rows("What is read of the machine");
    let words = rows.iter().flat_map(|row| code(row[0]));
    let named: BTreeSet<String> = words
        .filter(|word| {
            word.bytes().all(|byte| byte.is_ascii_uppercase() || b"_123".contains(&byte))
        })
        .map(str::to_owned)
        .collect();
    let expected: BTreeSet<String> = read_there.into_iter().chain(others).collect();
    assert_eq!(named, expected);
}

#[test]
fn what_stands_in_for_a_variable_is_a_setting() {
    let settings: BTreeSet<&str> = rows("Settings").iter().flat_map(|row| code(row[0])).collect();
    for row in rows("What is read of the machine") {
        for setting in code(row[2]) {
            assert!(settings.contains(setting), "`{setting}` of {row:?}");
        }
    }
}

#[test]
fn each_setting_of_one_call_has_its_row_and_each_row_its_setting() {
    let text = read(&package().join("src/overrides.rs"));
    let functions = text.split("        pub fn ").skip(1);
    let methods: BTreeSet<String> =
        functions.filter_map(|rest| Some(rest.split_once('(')?.0.to_owned())).collect();
    let rows = rows("One call");
    let named: BTreeSet<String> =
        rows.iter().flat_map(|row| code(row[0])).map(str::to_owned).collect();
    assert_eq!(rows.len(), named.len(), "a setting stands there twice");
    assert_eq!(named, methods, "the table is not what a call has");
}
