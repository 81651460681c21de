//! Snapshots that stand beside what they are of: `fixtures/<folder>/<name>/expected.snap`.

use std::fs;
use std::path::PathBuf;

use crate::checkout::root;

/// Compares a text with what is expected of a fixture.
pub fn check(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    // `insta` alone would look into the checkout where it was compiled.
    settings.set_snapshot_path(fixtures().join(folder).join(name));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("expected", text));
}

fn fixtures() -> PathBuf {
    root().join("codegen/tests/fixtures")
}

/// Fails for expectations without a spec, for snapshots of another name, and for those that say where
/// this checkout stands.
pub fn check_all(folder: &str) {
    let root = root();
    let checkout = root.to_string_lossy();
    for entry in fs::read_dir(fixtures().join(folder)).expect("there are fixtures") {
        let fixture = entry.expect("the folder is readable").path();
        let files = fs::read_dir(&fixture).expect("a fixture is a folder");
        let names: Vec<_> = files.map(|file| file.expect("it is readable").file_name()).collect();
        assert!(names.len() > 1, "{} has no spec", fixture.display());
        let snapshots = names.iter().filter(|name| name.to_string_lossy().ends_with(".snap"));
        assert!(snapshots.eq(["expected.snap"]), "{} has other snapshots", fixture.display());
        let text = fs::read_to_string(fixture.join("expected.snap")).expect("snapshots are texts");
        assert!(!text.contains(&*checkout), "{} names {checkout}", fixture.display());
    }
}
