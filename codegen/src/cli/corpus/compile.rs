//! The crates of a corpus, compiled as their users would. Knows no metadata and no specs.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// What is asked of every crate.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ask {
    /// That it compiles.
    Check,
    /// That its docs can be made.
    Docs,
}

impl Ask {
    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "code",
            Self::Docs => "docs",
        }
    }

    /// What Cargo is called with.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--quiet", "--workspace"],
            Self::Docs => &["doc", "--quiet", "--workspace", "--no-deps"],
        }
    }
}

/// A workspace of crates.
#[derive(Debug)]
pub(super) struct Workspace<'w> {
    folder: &'w Path,
}

impl<'w> Workspace<'w> {
    /// Makes one in `folder` of those crates in its folder `crates` that were made now; deletes the others.
    pub(super) fn new(folder: &'w Path, made: &BTreeSet<&str>) -> io::Result<Self> {
        let crates = folder.join("crates");
        fs::create_dir_all(&crates)?;
        for entry in fs::read_dir(&crates)? {
            let entry = entry?;
            if !made.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let manifest = "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n";
        fs::write(folder.join("Cargo.toml"), manifest)?;
        Ok(Self { folder })
    }

    /// Whether all crates do what is asked, without a warning.
    pub(super) fn passes(&self, ask: Ask) -> io::Result<bool> {
        let status = Command::new("cargo")
            .args(ask.arguments())
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .current_dir(self.folder)
            .status()?;
        Ok(status.success())
    }
}
