//! The crates of a corpus, compiled as their users would. Knows no metadata and no specs.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is asked of every crate.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ask {
    /// That it compiles.
    Check,
    /// That it becomes code that a program can call.
    Build,
    /// That its docs can be made.
    Docs,
}

impl Ask {
    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check | Self::Build => "code",
            Self::Docs => "docs",
        }
    }

    /// What Cargo is called with.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--quiet", "--workspace"],
            Self::Build => &["build", "--quiet", "--workspace"],
            Self::Docs => &["doc", "--quiet", "--workspace", "--no-deps"],
        }
    }
}

/// Where Cargo puts what it makes, below the workspace.
const TARGET: &str = "target";

/// What is not needed to see whether code compiles and runs is not made.
const SETTINGS: &str = "resolver = \"3\"\n\n\
    [profile.dev]\ndebug = false\nincremental = false\noverflow-checks = false\npanic = \"abort\"\n";

/// A workspace of crates.
#[derive(Debug)]
pub(super) struct Workspace<'w> {
    folder: &'w Path,
}

impl<'w> Workspace<'w> {
    /// Makes one in `folder` of those crates in its folder `crates` that were made now, deletes the others,
    /// and has a program beside them if it is named.
    pub(super) fn new(
        folder: &'w Path,
        made: &BTreeSet<&str>,
        program: Option<&str>,
    ) -> io::Result<Self> {
        let crates = folder.join("crates");
        fs::create_dir_all(&crates)?;
        for entry in fs::read_dir(&crates)? {
            let entry = entry?;
            if !made.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let program = program.map(|name| format!(", {name:?}")).unwrap_or_default();
        let manifest = format!("[workspace]\nmembers = [\"crates/*\"{program}]\n{SETTINGS}");
        fs::write(folder.join("Cargo.toml"), manifest)?;
        Ok(Self { folder })
    }

    /// Whether all crates do what is asked, without a warning.
    pub(super) fn passes(&self, ask: Ask) -> io::Result<bool> {
        let status = Command::new("cargo")
            .args(ask.arguments())
            .args(["--target-dir", TARGET])
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .current_dir(self.folder)
            .status()?;
        Ok(status.success())
    }

    /// Where a program is that was built.
    pub(super) fn binary(&self, program: &str) -> PathBuf {
        let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        self.folder.join(TARGET).join("debug").join(name)
    }
}
