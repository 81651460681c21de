//! The crates of services, made of their metadata as users make them, and a program that depends on them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use alibabacloud_codegen::{Config, Diagnostics, Import, Output, Plan, Runtime, Specs, generate};

use crate::{checkout, spelled};

/// The operations of services that are wanted, by product and version.
pub type Wanted = BTreeMap<(String, String), BTreeSet<String>>;

/// An operation of a crate that was made.
#[derive(Debug)]
pub struct Made {
    /// Product and version.
    pub service: String,
    /// The operation.
    pub action: String,
    /// The crate, as code calls it.
    pub krate: String,
    /// The struct of its request.
    pub request: String,
}

/// A program in a folder below `target`, and the crates that it depends on.
#[derive(Debug)]
pub struct Crates {
    folder: PathBuf,
    name: &'static str,
    dependencies: String,
    /// What it can call.
    pub operations: Vec<Made>,
}

impl Crates {
    /// Makes a crate of each service, with these of its operations.
    ///
    /// # Errors
    ///
    /// When files cannot be read or written. A service of which no crate can be made is told, and has no
    /// operations.
    pub fn make(name: &'static str, metadata: &Path, services: &Wanted) -> io::Result<Self> {
        let mut outputs = Vec::new();
        for ((product, version), wanted) in services {
            let service = format!("{product}-{version}");
            match imported(&document(metadata, product, version), wanted) {
                Ok(output) => outputs.push((service, output)),
                Err(error) => println!("no crate of {service}: {error}"),
            }
        }
        Self::of(name, &outputs)
    }

    /// Writes the crates of these services, each under the name that its operations are told with.
    ///
    /// # Errors
    ///
    /// When files cannot be written.
    pub fn of(name: &'static str, services: &[(String, Output)]) -> io::Result<Self> {
        let folder = checkout::root().join("target").join(name);
        let mut dependencies = String::new();
        let mut operations = Vec::new();
        let mut kept = BTreeSet::new();
        for (service, output) in services {
            let place = folder.join("crates").join(&output.folder);
            Plan::new(&place, &output.files)?.apply()?;
            kept.insert(output.folder.clone());
            let _ = writeln!(
                dependencies,
                "{} = {{ path = \"crates/{}\", features = [\"serde\"] }}",
                output.package, output.folder
            );
            let found = output.files.iter().filter_map(|file| spelled::operation(&file.text));
            operations.extend(found.map(|found| Made {
                service: service.clone(),
                action: found.action,
                krate: output.package.replace('-', "_"),
                request: found.request,
            }));
        }
        fs::create_dir_all(folder.join("crates"))?;
        for entry in fs::read_dir(folder.join("crates"))? {
            let entry = entry?;
            if !kept.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(Self { folder, name, dependencies, operations })
    }

    /// Compiles the program, and tells where it is. In its text, `@name@` stands for the file of that name
    /// beside this one, and `@logs@` for what listens to logs.
    ///
    /// # Errors
    ///
    /// When files cannot be written, and when the crates do not compile.
    pub fn build(&self, main: &str) -> io::Result<PathBuf> {
        let root = checkout::root();
        let quoted = |path: &str| format!("{:?}", root.join(path).to_string_lossy());
        let manifest = MANIFEST
            .replace("@name@", self.name)
            .replace("@runtime@", &quoted("runtime"))
            .replace("@dependencies@", &self.dependencies);
        let main = main
            .replace("@arrived@", &quoted("tests/src/wire/arrived.rs"))
            .replace("@shown@", &quoted("tests/src/wire/shown.rs"))
            .replace("@logs@", &quoted("runtime/tests/support/logs.rs"));
        fs::create_dir_all(self.folder.join("src"))?;
        fs::write(self.folder.join("Cargo.toml"), manifest)?;
        fs::write(self.folder.join("src/main.rs"), main)?;
        // The versions that everything else here is tested with.
        fs::copy(root.join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        // All such programs depend on the same packages, which are compiled once.
        let target = root.join("target/programs");
        let status = Command::new("cargo")
            .args(["build", "--quiet", "--target-dir"])
            .arg(&target)
            .current_dir(&self.folder)
            .status()?;
        if !status.success() {
            return Err(io::Error::other("the crates do not compile"));
        }
        Ok(target.join("debug").join(self.name))
    }
}

/// The document of a service, in a folder that has all of them, or folders for them.
pub fn document(metadata: &Path, product: &str, version: &str) -> PathBuf {
    let flat = metadata.join(format!("{product}-{version}.json"));
    let nested = metadata.join(product).join(version).join("api-docs.json");
    if flat.is_file() { flat } else { nested }
}

/// The crate of a service with these of its operations.
fn imported(file: &Path, operations: &BTreeSet<String>) -> io::Result<Output> {
    let metadata = Specs::read_file(file)?;
    // The requests show how each parameter travels, and not which of them go together.
    let import = Import {
        operations: operations.iter().cloned().collect(),
        no_rules: true,
        ..Import::default()
    };
    let told = |problems: Diagnostics<'_>| {
        io::Error::other(format!("{}:\n{}", file.display(), problems.render(false)))
    };
    let imported = import.run(&metadata).map_err(told)?;
    let specs = Specs::new(imported.folder.clone(), imported.files);
    let runtime = Runtime { path: Some("../../../../runtime".to_owned()), ..Runtime::published() };
    generate(&specs, &Config { runtime, ..Config::default() }).map_err(told)
}

const MANIFEST: &str = r#"[package]
name = "@name@"
version = "0.0.0"
edition = "2024"

[dependencies]
alibabacloud-runtime = { path = @runtime@, default-features = false, features = ["pattern"] }
base64 = { version = "0.23", default-features = false, features = ["alloc"] }
heck = "0.5"
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tempfile = "3"
tokio = { version = "1", features = ["rt", "time"] }
tracing-subscriber = { version = "0.3", default-features = false, features = ["fmt", "tracing-log"] }
@dependencies@
[profile.dev]
debug = false

[workspace]
members = ["crates/*"]
"#;
