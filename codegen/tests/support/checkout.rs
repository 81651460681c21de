//! The checkout that is tested: the one in which the tests run.
//!
//! Cargo may take tests for up to date that it has built in another checkout, so no path of the
//! build is part of them.

use std::env;
use std::path::PathBuf;

/// The root of the repository, which is looked for from the current folder upwards.
///
/// # Panics
///
/// When there is none.
pub fn root() -> PathBuf {
    let current = env::current_dir().expect("the current folder is there");
    let root = current.ancestors().find(|folder| folder.join("codegen/tests/fixtures").is_dir());
    let root = root.unwrap_or_else(|| panic!("{} is in no checkout", current.display()));
    root.to_path_buf()
}
