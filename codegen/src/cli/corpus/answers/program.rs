//! The program that depends on the crates of a corpus, and reads bodies of answers into their types.
//!
//! Knows neither metadata nor what an answer should be.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, thread};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::Called;

/// The folder of its package, and what it is called.
pub(in crate::cli::corpus) const NAME: &str = "answers";

/// A crate whose answers are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli::corpus) struct Crate<'c> {
    pub(in crate::cli::corpus) package: &'c str,
    /// The name of its folder, by which bodies name it.
    pub(in crate::cli::corpus) folder: &'c str,
    pub(in crate::cli::corpus) operations: &'c [Called],
}

/// What became of a body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    /// It is JSON, and was read; this is what is kept of it.
    Read(Value),
    /// It is a text, or bytes; whether it was taken as it is.
    Taken(bool),
    /// It tells of a failure; what is kept of it when it is read all the same, or why it is not.
    Failure(Result<Value, String>),
    /// Why it could not be read.
    Refused(String),
    /// No crate has the operation.
    Unknown,
}

/// Writes the package of the program into its folder of a workspace.
pub(in crate::cli::corpus) fn write<'c>(
    workspace: &Path,
    runtime: &Path,
    crates: impl Iterator<Item = Crate<'c>>,
) -> io::Result<()> {
    let folder = workspace.join(NAME);
    let sources = folder.join("src");
    if sources.exists() {
        fs::remove_dir_all(&sources)?;
    }
    fs::create_dir_all(&sources)?;
    let (mut dependencies, mut modules, mut arms) = (String::new(), String::new(), String::new());
    for found in crates {
        let Crate { package, folder, .. } = found;
        let module = package.replace('-', "_");
        let _ = writeln!(
            dependencies,
            "{package} = {{ path = \"../crates/{folder}\", features = [\"serde\"] }}"
        );
        let _ = writeln!(modules, "mod of_{module};");
        let _ = writeln!(arms, "        {folder:?} => of_{module}::reader(operation),");
        fs::write(sources.join(format!("of_{module}.rs")), readers(&module, found.operations))?;
    }
    let runtime = json!(runtime.to_string_lossy()).to_string();
    let manifest = MANIFEST.replace("@runtime@", &runtime).replace("@dependencies@", &dependencies);
    fs::write(folder.join("Cargo.toml"), manifest)?;
    let main = MAIN.replace("@modules@", &modules).replace("@arms@", &arms);
    fs::write(sources.join("main.rs"), main)
}

/// The module that knows the types of a crate.
fn readers(module: &str, operations: &[Called]) -> String {
    let mut arms = String::new();
    for Called { action, response, .. } in operations {
        let _ = writeln!(
            arms,
            "        {action:?} => Some(crate::read::<{module}::operations::{response}>),"
        );
    }
    format!(
        "pub fn reader(operation: &str) -> Option<crate::Reader> {{\n    match operation {{\n{arms}        \
         _ => None,\n    }}\n}}\n"
    )
}

/// Reads bodies, each of an operation of the crate in this folder: an outcome for each.
pub(super) fn read(
    binary: &Path,
    folder: &str,
    bodies: &[(&str, &str)],
) -> io::Result<Vec<Outcome>> {
    let mut child = Command::new(binary).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().ok_or_else(|| io::Error::other("no input"))?;
    let mut lines = String::new();
    for (operation, body) in bodies {
        let _ = writeln!(lines, "{}", json!([folder, operation, body]));
    }
    let writer = thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output()?;
    let written = writer.join().map_err(|_| io::Error::other("the bodies were not written"))?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let outcomes: Result<Vec<Outcome>, _> = lines.lines().map(serde_json::from_str).collect();
    let outcomes = outcomes?;
    if outcomes.len() == bodies.len() {
        return Ok(outcomes);
    }
    written?;
    let stopped = bodies.get(outcomes.len()).map_or("", |(operation, _)| operation);
    let message = format!("the program stopped at an answer of `{stopped}` of {folder}");
    Err(io::Error::other(message))
}

const MANIFEST: &str = r#"[package]
name = "answers"
version = "0.0.0"
edition = "2024"

[dependencies]
alibabacloud-runtime = { path = @runtime@, default-features = false }
@dependencies@"#;

const MAIN: &str = r#"//! Reads bodies of answers, one of each line, into the types of the crates.

use std::io::{BufRead as _, Write as _};

use alibabacloud_runtime::Fields;
use alibabacloud_runtime::meta::Answer;
use alibabacloud_runtime::private::{field, serde};
use alibabacloud_runtime::response::{Response, ResponseError};
use alibabacloud_runtime::serde_json::{self, Value, json};
use serde::Serialize;
use serde::de::DeserializeOwned;

@modules@
pub type Reader = fn(&[u8]) -> Value;

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("it is text");
        let [folder, operation, body]: [String; 3] = serde_json::from_str(&line).expect("it is JSON");
        let outcome = match reader(&folder, &operation) {
            Some(read) => read(body.as_bytes()),
            None => json!("unknown"),
        };
        writeln!(out, "{outcome}").expect("somebody reads");
    }
}

fn reader(folder: &str, operation: &str) -> Option<Reader> {
    match folder {
@arms@        _ => None,
    }
}

pub fn read<R: Response + Serialize + DeserializeOwned>(body: &[u8]) -> Value {
    let kept = |response: R| serde_json::to_value(response).map_err(|error| error.to_string());
    match (R::META.answer, R::from_body(body)) {
        (Answer::Text | Answer::Bytes, Ok(response)) => json!({ "taken": is_taken(&response, body) }),
        (_, Ok(response)) => said("read", kept(response)),
        (_, Err(ResponseError::Failure(_))) => {
            let read = serde_json::from_slice(body).map_err(|error| error.to_string());
            match read.and_then(kept) {
                Ok(kept) => json!({ "failure": { "Ok": kept } }),
                Err(reason) => json!({ "failure": { "Err": reason } }),
            }
        }
        (_, Err(ResponseError::Decode(malformed))) => {
            let path = malformed.path().unwrap_or("the body");
            json!({ "refused": format!("{path}: {}", malformed.reason()) })
        }
        (_, Err(error)) => json!({ "refused": error.to_string() }),
    }
}

fn said(key: &str, outcome: Result<Value, String>) -> Value {
    match outcome {
        Ok(value) => json!({ key: value }),
        Err(reason) => json!({ "refused": reason }),
    }
}

/// Whether the one field of a response is the body; of a secret that is not asked.
fn is_taken(response: &dyn Fields, body: &[u8]) -> bool {
    let mut is_taken = false;
    response.show(&mut |_, values| {
        is_taken = values.iter().any(|value| match value.as_value() {
            field::Value::Text(text) => text.as_bytes() == body,
            field::Value::Bytes(bytes) => bytes == body,
            field::Value::Secret(_) => true,
            _ => false,
        });
    });
    is_taken
}
"#;
