//! What is true of this repository and of no other: where it is, and whose its crates are.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use alibabacloud_codegen::{Config, OutputFile, Package};

/// Whose crates those of this repository are.
///
/// # Errors
///
/// When the licences cannot be read, and outside the repository.
pub fn config() -> io::Result<Config> {
    let root = root()?;
    let attached = |name: &str| {
        let text = fs::read_to_string(root.join(name))?;
        io::Result::Ok(OutputFile { path: name.to_owned(), text })
    };
    Ok(Config {
        command: "cargo xtask codegen".to_owned(),
        package: Package {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            license: Some(env!("CARGO_PKG_LICENSE").to_owned()),
            repository: None,
        },
        attached: vec![attached("LICENSE-APACHE")?, attached("LICENSE-MIT")?],
        ..Config::default()
    })
}

/// The root of the checkout: the nearest folder, from the current one upwards, with a workspace of
/// Cargo and a folder `specs`.
///
/// Cargo may take this program for up to date that it has built in another checkout, so no path of
/// the build is part of it.
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
