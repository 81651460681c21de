//! The operations of the collection as crates, in one program that judges requests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use alibabacloud_codegen::{Config, Runtime, generate};
use fastrand::Rng;

use super::{Judged, Operation, id, labelled, requests, specs};
use crate::wire::crates::Crates;

/// How many requests of an operation the program judges.
const MOST: u64 = 2_000;

/// Compiles the operations, and compares the verdicts of their validators: how many were compiled, how many
/// requests were judged, and how often the verdict was another.
///
/// # Errors
///
/// When the crates cannot be made, or the program does not run.
pub fn compare(collection: &BTreeMap<String, Vec<Operation>>) -> io::Result<(usize, usize, usize)> {
    let runtime = Runtime { path: Some("../../../../runtime".to_owned()), ..Runtime::published() };
    let config = Config { runtime, ..Config::default() };
    let mut outputs = Vec::new();
    for (number, operations) in collection.values().enumerate() {
        let product = format!("Collected{number:02}");
        let specs = specs(&product, operations);
        let output = generate(&specs, &config);
        outputs
            .push((product, output.map_err(|problems| io::Error::other(problems.render(false)))?));
    }
    let crates = Crates::of("dependencies", &outputs)?;
    let mut arms = String::new();
    for made in &crates.operations {
        let _ = writeln!(
            arms,
            "{:?} => serde_json::from_str::<{}::operations::{}>(text).is_ok_and(|request| request.validate().is_ok()),",
            format!("{}/{}", made.service, made.action),
            made.krate,
            made.request
        );
    }
    let program = crates.build(&MAIN.replace("@arms@", &arms))?;
    let mut rng = Rng::with_seed(23);
    let (mut lines, mut wanted) = (String::new(), String::new());
    for (number, operations) in collection.values().enumerate() {
        for (index, operation) in operations.iter().enumerate() {
            let judged = Judged::of(operation);
            for request in requests(&judged, MOST, &mut rng) {
                let (id, request_text) = (id(index), labelled(operation, &request));
                let _ = writeln!(lines, "Collected{number:02}/{id}\t{request_text}");
                wanted.push(if judged.is_valid(&request) { '1' } else { '0' });
            }
        }
    }
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let stdin = child.stdin.take();
    let writer = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(lines.as_bytes()))
    });
    let output = child.wait_with_output()?;
    writer.join().map_err(|_| io::Error::other("the requests were not written"))??;
    let found = String::from_utf8_lossy(&output.stdout);
    let differences = found.chars().zip(wanted.chars()).filter(|(found, wanted)| found != wanted);
    let missing = wanted.len().abs_diff(found.len());
    Ok((crates.operations.len(), wanted.len(), differences.count() + missing))
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
