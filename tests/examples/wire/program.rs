//! The program that depends on the crates of other services, and calls their operations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io, thread};

use alibabacloud_codegen::{Config, Import, Output, Plan, Runtime, Specs, generate};
use serde::Deserialize;
use tests::wire::Vector;
use tests::wire::arrived::Arrived;
use tests::{checkout, spelled};

/// What became of a call.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Arrived(Arrived),
    Refused(String),
}

/// The program, compiled.
pub struct Program {
    binary: PathBuf,
}

impl Program {
    /// Makes a crate of each service, with these of its operations, and compiles the program.
    pub fn build(
        metadata: &Path,
        services: &BTreeMap<(String, String), BTreeSet<String>>,
    ) -> io::Result<Self> {
        let root = checkout::root();
        let folder = root.join("target/wire");
        let mut arms = String::new();
        let mut dependencies = String::new();
        let mut crates = BTreeSet::new();
        for ((product, version), operations) in services {
            let service = format!("{product}-{version}");
            let flat = metadata.join(format!("{service}.json"));
            let nested = metadata.join(product).join(version).join("api-docs.json");
            let file = if flat.is_file() { flat } else { nested };
            let output = match imported(&file, operations) {
                Ok(output) => output,
                Err(error) => {
                    // Its vectors fail, and those of the others are tried.
                    println!("no crate of {service}: {error}");
                    continue;
                }
            };
            let place = folder.join("crates").join(&output.folder);
            Plan::new(&place, &output.files)?.apply()?;
            crates.insert(output.folder.clone());
            let package = &output.package;
            let _ = writeln!(
                dependencies,
                "{package} = {{ path = \"crates/{}\", features = [\"serde\"] }}",
                output.folder
            );
            let krate = package.replace('-', "_");
            for found in output.files.iter().filter_map(|file| spelled::operation(&file.text)) {
                let (action, request) = (&found.action, &found.request);
                let _ = writeln!(
                    arms,
                    "        ({service:?}, {action:?}) => arrived::call::<{krate}::Client, \
                     {krate}::operations::{request}>(params),"
                );
            }
        }
        fs::create_dir_all(folder.join("crates"))?;
        for entry in fs::read_dir(folder.join("crates"))? {
            let entry = entry?;
            if !crates.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let runtime = root.join("runtime");
        let manifest = MANIFEST
            .replace("@runtime@", &format!("{:?}", runtime.to_string_lossy()))
            .replace("@dependencies@", &dependencies);
        let arrived = root.join("tests/src/wire/arrived.rs");
        let main = MAIN
            .replace("@arrived@", &format!("{:?}", arrived.to_string_lossy()))
            .replace("@arms@", &arms);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/main.rs"), main)?;
        // The versions that everything else here is tested with.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let status = Command::new("cargo")
            .args(["build", "--quiet", "--target-dir", "target"])
            .current_dir(&folder)
            .status()?;
        if !status.success() {
            return Err(io::Error::other("the crates do not compile"));
        }
        Ok(Self { binary: folder.join("target/debug/wire") })
    }

    /// Makes a call of each vector.
    pub fn run(&self, vectors: &[Vector]) -> io::Result<BTreeMap<String, Outcome>> {
        let mut child =
            Command::new(&self.binary).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut input = child.stdin.take().ok_or_else(|| io::Error::other("no input"))?;
        let mut lines = String::new();
        for vector in vectors {
            let service = format!("{}-{}", vector.product, vector.version);
            let call = serde_json::json!({
                "id": vector.id, "service": service, "operation": vector.operation, "params": vector.params,
            });
            let _ = writeln!(lines, "{call}");
        }
        let writer = thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = child.wait_with_output()?;
        writer.join().map_err(|_| io::Error::other("the calls were not written"))??;
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let outcomes = lines.lines().map(serde_json::from_str::<(String, Outcome)>);
        Ok(outcomes.collect::<Result<_, _>>()?)
    }
}

/// The crate of a service with these of its operations.
fn imported(file: &Path, operations: &BTreeSet<String>) -> io::Result<Output> {
    let metadata = Specs::read_file(file)?;
    let import = Import { operations: operations.iter().cloned().collect(), ..Import::default() };
    let told = |problems: alibabacloud_codegen::Diagnostics<'_>| {
        io::Error::other(format!("{}:\n{}", file.display(), problems.render(false)))
    };
    let imported = import.run(&metadata).map_err(told)?;
    let specs = Specs::new(imported.folder.clone(), imported.files);
    let runtime = Runtime { path: Some("../../../../runtime".to_owned()), ..Runtime::published() };
    generate(&specs, &Config { runtime, ..Config::default() }).map_err(told)
}

const MANIFEST: &str = r#"[package]
name = "wire"
version = "0.0.0"
edition = "2024"

[dependencies]
alibabacloud-runtime = { path = @runtime@, default-features = false, features = ["pattern"] }
base64 = { version = "0.23", default-features = false, features = ["alloc"] }
heck = "0.5"
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["rt", "time"] }
@dependencies@
[profile.dev]
debug = false

[workspace]
members = ["crates/*"]
"#;

const MAIN: &str = r#"#[path = @arrived@]
#[allow(dead_code)]
mod arrived;

use std::io::{BufRead as _, Write as _};

use serde_json::{Map, Value, json};

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line.expect("it is text")).expect("it is JSON");
        let text = |name: &str| call[name].as_str().unwrap_or_default().to_owned();
        let params = call["params"].as_object().cloned().unwrap_or_default();
        let outcome = match arrived(&text("service"), &text("operation"), &params) {
            Ok(arrived) => json!({ "arrived": arrived }),
            Err(reason) => json!({ "refused": reason }),
        };
        writeln!(out, "{}", json!([text("id"), outcome])).expect("somebody reads");
    }
}

fn arrived(service: &str, operation: &str, params: &Map<String, Value>) -> Result<arrived::Arrived, String> {
    match (service, operation) {
@arms@        _ => Err("no crate has the operation".to_owned()),
    }
}
"#;
