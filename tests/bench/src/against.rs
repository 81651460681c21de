//! Another checkout of this repository, whose generator is measured in turns with this one's.
//!
//! Its generator is built as a program of ours with the system's allocator, whatever its own programs
//! have, so that only what the two generators do is compared.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::process::{Cost, run};

/// The generator of another checkout.
#[derive(Debug)]
pub(crate) struct Against {
    /// How the report names it.
    pub(crate) name: String,
    program: PathBuf,
}

impl Against {
    /// Builds the generator of `checkout`, with optimizations, below `place`.
    pub(crate) fn build(checkout: &Path, place: &Path) -> io::Result<Self> {
        let checkout = fs::canonicalize(checkout)?;
        let folder = place.join("against");
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"against\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nbench = {{ path = {:?} }}\nserde_json = \"1\"\n",
            checkout.join("tests/bench")
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        // Before the benchmark was a program of its own, crates named no runtime.
        let is_program = checkout.join("tests/bench/src/main.rs").is_file();
        let runtime = if is_program { ", None" } else { "" };
        let main = format!(
            "fn main() {{\n    let folders: Vec<String> = std::env::args().skip(1).collect();\n    \
             let found = bench::generate(folders[0].as_ref(), folders[1].as_ref(){runtime});\n    \
             let found = found.expect(\"the specs are accepted\");\n    \
             println!(\"{{}}\", serde_json::to_string(&found).expect(\"it is JSON\"));\n}}\n"
        );
        fs::write(folder.join("src/main.rs"), main)?;
        fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let target = place.join("against-target");
        let mut build = Command::new("cargo");
        build.args(["build", "--quiet", "--release", "--offline"]).current_dir(&folder);
        run(build.env("CARGO_TARGET_DIR", &target))?;
        let name = checkout.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, program: target.join("release/against") })
    }

    /// Generates the crate of a made-up API into a new folder `to`.
    pub(crate) fn generate(&self, from: &Path, to: &Path) -> io::Result<Cost> {
        Ok(run(Command::new(&self.program).args([from, to]))?.0)
    }
}
