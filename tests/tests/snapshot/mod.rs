//! Snapshots that are named by what they show: `snapshots/<folder>/<name>.snap`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use tests::checkout::root;

/// Compares a text with its snapshot.
pub fn check(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(snapshots().join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The snapshots of this checkout; `insta` alone would look into the one where it was compiled.
fn snapshots() -> PathBuf {
    root().join("tests/tests/snapshots")
}

/// Fails for snapshots that show nothing that exists, and for those that say where this checkout
/// stands.
pub fn check_all(folder: &str, names: &BTreeSet<String>) {
    let root = root();
    let checkout = root.to_string_lossy();
    let entries = fs::read_dir(snapshots().join(folder));
    for entry in entries.expect("there are snapshots") {
        let path = entry.expect("the folder is readable").path();
        if path.extension().is_none_or(|extension| extension != "snap") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        assert!(names.contains(&*name), "delete {}", path.display());
        let text = fs::read_to_string(&path).expect("snapshots are texts");
        assert!(!text.contains(&*checkout), "{} names {checkout}", path.display());
    }
}
