//! The program that depends on the crates of other services, and calls their operations.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{io, thread};

use serde::Deserialize;
use tests::wire::Vector;
use tests::wire::arrived::Arrived;
use tests::wire::crates::{Crates, Made, Wanted};

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
    pub fn build(metadata: &Path, services: &Wanted) -> io::Result<Self> {
        let crates = Crates::make("wire", metadata, services)?;
        let mut arms = String::new();
        for Made { service, action, krate, request } in &crates.operations {
            let _ = writeln!(
                arms,
                "        ({service:?}, {action:?}) => arrived::call::<{krate}::Client, \
                 {krate}::operations::{request}>(params),"
            );
        }
        Ok(Self { binary: crates.build(&MAIN.replace("@arms@", &arms))? })
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
