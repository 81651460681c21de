//! What a run writes down besides what the specs say: whose crates these are.
//!
//! Knows no spec and no service. A fact of one repository stands in a value of [`Config`] and nowhere
//! else in this crate.

use crate::format::OutputFile;

/// What every generated crate of a run has in common.
#[derive(Debug, Clone)]
pub struct Config {
    /// The command that makes the files, as the first line of each of them names it.
    pub command: String,
    /// What the manifests say of the crates besides their names.
    pub package: Package,
    /// Which runtime the crates use.
    pub runtime: Runtime,
    /// Files that each crate gets as they are, such as its licences.
    pub attached: Vec<OutputFile>,
}

/// The part of a generated `Cargo.toml` that no spec says.
#[derive(Debug, Clone)]
pub struct Package {
    /// The version of the crate.
    pub version: String,
    /// An SPDX expression; without one the manifest names no licence.
    pub license: Option<String>,
    /// Where the sources are kept, when they are kept somewhere.
    pub repository: Option<String>,
}

/// The version of [`alibabacloud-runtime`] that generated crates depend on.
///
/// [`alibabacloud-runtime`]: https://docs.rs/alibabacloud-runtime
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// What Cargo has to look for: `0.1.0`.
    pub version: String,
    /// Where it stands on disk, seen from a crate's folder, when it is not taken from a registry.
    pub path: Option<String>,
}

impl Runtime {
    /// The runtime that was published together with this generator.
    pub fn published() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), path: None }
    }
}

/// Crates of nobody in particular, with the runtime from the registry.
impl Default for Config {
    fn default() -> Self {
        Self {
            command: "alibabacloud-codegen codegen".to_owned(),
            package: Package { version: "0.1.0".to_owned(), license: None, repository: None },
            runtime: Runtime::published(),
            attached: Vec::new(),
        }
    }
}
