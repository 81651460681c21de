//! The checkout that the commands work on: the one in which they are run.
//!
//! Cargo may take this program for up to date that it has built in another checkout, so no path of
//! the build is part of it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use alibabacloud_codegen::Specs;

/// The root of the checkout: the nearest folder, from the current one upwards, with a workspace of
/// Cargo and a folder `specs`.
///
/// # Errors
///
/// When there is none.
pub fn root() -> io::Result<PathBuf> {
    let current = env::current_dir()?;
    let root = current.ancestors().find(|folder| is_root(folder));
    root.map(Path::to_path_buf).ok_or_else(|| {
        let message = format!(
            "{} is in no checkout of this repository: no folder above it has a `Cargo.toml` with a \
             `[workspace]` and a folder `specs`",
            current.display()
        );
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}

fn is_root(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let mut lines = manifest.lines();
    lines.any(|line| line.trim_end() == "[workspace]") && folder.join("specs").is_dir()
}

/// Reads the specs of the one service version there is.
///
/// # Errors
///
/// When there is no checkout, when it has no specs or several, or when they cannot be read.
pub fn read_specs() -> io::Result<Specs> {
    let root = root()?;
    Specs::read(&root, &spec_folder(&root)?)
}

/// The one service version that there are specs for, as a path below the checkout's root.
fn spec_folder(root: &Path) -> io::Result<String> {
    let entries: Vec<PathBuf> = fs::read_dir(root.join("specs"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    let folders: Vec<&PathBuf> = entries.iter().filter(|path| path.is_dir()).collect();
    match folders.as_slice() {
        [folder] => {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            Ok(format!("specs/{name}"))
        }
        [] => Err(io::Error::other("specs/ has no folder with an `openapi.json`")),
        _ => Err(io::Error::other(
            "specs/ has several folders, and `generated/` holds one service version",
        )),
    }
}
