//! Tests in a process of their own, whose environment is theirs alone.

use std::env;
use std::path::Path;
use std::process::Command;

/// Runs the ignored `test` in `module`, which is a `module_path!()` of this binary, with nothing but
/// these variables and `home`; returns what it prints.
///
/// # Panics
///
/// When it fails.
pub fn run(module: &str, test: &str, home: &Path, variables: &[(&str, &str)]) -> String {
    let test = name(module, test);
    let binary = env::current_exe().expect("this runs from a file");
    let output = Command::new(binary)
        .args(["--exact", &test, "--ignored", "--nocapture"])
        .env_clear()
        .env("HOME", home)
        .envs(variables.iter().copied())
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let shown = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("1 passed"), "there is no test `{test}`: {shown}");
    shown
}

/// The name of a test as the harness has it, which is its path without that of the crate.
pub fn name(module: &str, test: &str) -> String {
    match module.split_once("::") {
        Some((_, inner)) => format!("{inner}::{test}"),
        None => test.to_owned(),
    }
}
