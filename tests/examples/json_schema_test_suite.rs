//! Runs the files of a JSON-Schema-Test-Suite checkout (draft 2020-12) through the rule compiler:
//! `cargo run -p tests --example json_schema_test_suite -- <folder with the .json files>`.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use tests::suite::{Outcome, run};

fn main() -> io::Result<ExitCode> {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("usage: json_schema_test_suite <folder>");
        return Ok(ExitCode::FAILURE);
    };
    let mut all = Outcome::default();
    let mut paths: Vec<_> = fs::read_dir(Path::new(&folder))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    println!("{:32} {:>6} {:>7} {:>6}", "file", "passed", "skipped", "failed");
    for path in paths {
        let groups = serde_json::from_slice(&fs::read(&path)?)?;
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = run(&file, &groups);
        let skipped: usize = outcome.skipped.values().sum();
        println!("{file:32} {:6} {skipped:7} {:6}", outcome.passed, outcome.failed.len());
        all.add(outcome);
    }
    println!("\nskipped because");
    for (reason, count) in &all.skipped {
        println!("{count:6} {reason}");
    }
    println!();
    all.failed.iter().for_each(|name| println!("failed: {name}"));
    let skipped: usize = all.skipped.values().sum();
    println!("{} passed, {skipped} skipped, {} failed", all.passed, all.failed.len());
    Ok(if all.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
