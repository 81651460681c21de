//! Plants a text in the place of each secret that services take or give, by what is imported of their
//! metadata, and searches for it in whatever is shown or logged:
//! `cargo run -p tests --example secrets -- <folder> <product>-<version>…`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::{env, io, thread};

use alibabacloud_codegen::Specs;
use serde_json::json;
use tests::wire::crates::{Crates, Made, Wanted, document};
use tests::wire::planted::{Planted, operations_of};
use tests::wire::shown::Shown;

const USAGE: &str = "usage: secrets <folder> <product>-<version>…";

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let metadata = arguments.next().ok_or_else(|| io::Error::other(USAGE))?;
    let metadata = Path::new(&metadata);
    let mut wanted = Wanted::new();
    let mut cases = Vec::new();
    for service in arguments {
        let parts = service.len().checked_sub("-2026-01-01".len());
        let parts = parts.and_then(|end| Some((service.get(..end)?, service.get(end + 1..)?)));
        let (product, version) = parts.ok_or_else(|| io::Error::other(USAGE))?;
        let found = operations_of(&Specs::read_file(&document(metadata, product, version))?);
        let names = found.iter().map(|case| case.operation.clone()).collect();
        wanted.insert((product.to_owned(), version.to_owned()), names);
        cases.extend(found.into_iter().map(|case| (service.clone(), case)));
    }
    let outcomes = outcomes(metadata, &wanted, &cases)?;
    let (mut passed, mut failed, mut sent, mut received) = (0, 0, 0, 0);
    for ((service, case), outcome) in cases.iter().zip(&outcomes) {
        let faults = match outcome {
            Ok(shown) => case.faults(shown),
            Err(reason) => vec![reason.clone()],
        };
        if faults.is_empty() {
            passed += 1;
            sent += case.sent;
            received += case.received;
        } else {
            failed += 1;
            println!("failed: {service} {}", case.operation);
            faults.iter().for_each(|fault| println!("    {fault}"));
        }
    }
    println!("{sent} secrets sent and {received} received, and none of them shown");
    println!("passed {passed}, failed {failed}, skipped 0");
    Ok(if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes the calls in a program of their own.
fn outcomes(
    metadata: &Path,
    wanted: &Wanted,
    cases: &[(String, Planted)],
) -> io::Result<Vec<Result<Shown, String>>> {
    let crates = Crates::make("secrets", metadata, wanted)?;
    let mut arms = String::new();
    for Made { service, action, krate, request } in &crates.operations {
        let _ = writeln!(
            arms,
            "        ({service:?}, {action:?}) => shown::call::<{krate}::Client, \
             {krate}::operations::{request}>(params, answer),"
        );
    }
    let binary = crates.build(&MAIN.replace("@arms@", &arms))?;
    let mut child = Command::new(binary).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().ok_or_else(|| io::Error::other("no input"))?;
    let mut lines = String::new();
    for (service, case) in cases {
        let call = json!({
            "service": service, "operation": case.operation, "params": case.params, "answer": case.answer,
        });
        let _ = writeln!(lines, "{call}");
    }
    let writer = thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().map_err(|_| io::Error::other("the calls were not written"))??;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcomes = text.lines().map(serde_json::from_str::<Result<Shown, String>>);
    Ok(outcomes.collect::<Result<_, _>>()?)
}

const MAIN: &str = r#"#[path = @arrived@]
#[allow(dead_code)]
mod arrived;
#[path = @logs@]
mod logs;
#[path = @shown@]
mod shown;

use std::io::{BufRead as _, Write as _};

use serde_json::{Map, Value};

fn main() {
    logs::record();
    let mut out = std::io::stdout().lock();
    let mut logged = 0;
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line.expect("it is text")).expect("it is JSON");
        let text = |name: &str| call[name].as_str().unwrap_or_default().to_owned();
        let params = call["params"].as_object().cloned().unwrap_or_default();
        let outcome = called(&text("service"), &text("operation"), &params, &call["answer"]);
        let log = logs::text();
        let outcome = outcome.map(|mut shown| {
            shown.texts.extend(log[logged..].lines().map(str::to_owned));
            shown
        });
        logged = log.len();
        writeln!(out, "{}", serde_json::to_string(&outcome).expect("it is text")).expect("somebody reads");
    }
}

fn called(service: &str, operation: &str, params: &Map<String, Value>, answer: &Value) -> Result<shown::Shown, String> {
    match (service, operation) {
@arms@        _ => Err("no crate has the operation".to_owned()),
    }
}
"#;
