//! The operations of the collection as one crate, and a program that judges requests by it.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use alibabacloud_codegen::{Config, Runtime, generate};
use fastrand::Rng;

use super::{Judged, Operation, id, labelled, requests, specs};
use crate::wire::crates::Crates;

/// What the crate says.
#[derive(Debug)]
pub struct Compared {
    /// The operations that were compiled.
    pub operations: usize,
    /// The requests that were judged.
    pub requests: usize,
    /// How often the verdict was another.
    pub disagreements: usize,
}

/// Compiles the operations, and compares the verdicts of their validators on up to `most` requests of each.
///
/// # Errors
///
/// When the crate cannot be made, or the program does not run.
pub fn compare(operations: &[Operation], most: u64) -> io::Result<Compared> {
    let runtime = Runtime { path: Some("../../../../runtime".to_owned()), ..Runtime::published() };
    let config = Config { runtime, ..Config::default() };
    let specs = specs("Collected", operations);
    let output = generate(&specs, &config);
    let output = output.map_err(|problems| io::Error::other(problems.render(false)))?;
    let crates = Crates::of("dependencies", &[("Collected".to_owned(), output)])?;
    let program = crates.build(&MAIN.replace("@arms@", &arms(&crates)))?;
    let mut rng = Rng::with_seed(23);
    let (mut lines, mut wanted) = (String::new(), String::new());
    for (index, operation) in operations.iter().enumerate() {
        let judged = Judged::of(operation);
        for request in requests(&judged, most, &mut rng) {
            let _ = writeln!(lines, "{}\t{}", id(index), labelled(operation, &request));
            wanted.push(if judged.is_valid(&request) { '1' } else { '0' });
        }
    }
    let found = answers(&program, lines)?;
    let differences = found.chars().zip(wanted.chars()).filter(|(found, wanted)| found != wanted);
    let missing = wanted.len().abs_diff(found.len());
    Ok(Compared {
        operations: crates.operations.len(),
        requests: wanted.len(),
        disagreements: differences.count() + missing,
    })
}

/// For each operation, the code that judges a request of it.
fn arms(crates: &Crates) -> String {
    let mut arms = String::new();
    for made in &crates.operations {
        let (krate, request) = (&made.krate, &made.request);
        let _ = writeln!(
            arms,
            "{:?} => serde_json::from_str::<{krate}::operations::{request}>(text)\
             .is_ok_and(|request| request.validate().is_ok()),",
            made.action
        );
    }
    arms
}

/// What the program answers to these lines.
fn answers(program: &Path, lines: String) -> io::Result<String> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let stdin = child.stdin.take();
    let writer = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(lines.as_bytes()))
    });
    let output = child.wait_with_output()?;
    writer.join().map_err(|_| io::Error::other("the requests were not written"))??;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

const MAIN: &str = r#"//! Judges requests: a line is an operation, a tab and JSON, and the answer to it is `1` or `0`.

use std::io::{self, BufRead as _, Write as _};

fn is_valid(operation: &str, text: &str) -> bool {
    match operation {
        @arms@
        _ => panic!("there is no {operation}"),
    }
}

fn main() -> io::Result<()> {
    let mut verdicts = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (operation, text) = line.split_once('\t').expect("a line has a tab");
        verdicts.push(if is_valid(operation, text) { b'1' } else { b'0' });
    }
    io::stdout().write_all(&verdicts)
}
"#;
