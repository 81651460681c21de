//! Judges the documented answers of published metadata on their own schemas, and asks which of those that
//! fit were read whole: `cargo run -p tests --example answers -- <folder> [<verdicts.jsonl>]`.
//!
//! The verdicts are those of `cargo xtask corpus <folder> --answers`, which is called unless they are given.
//! Whether an answer fits is said by the `jsonschema` crate, which knows nothing of us.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use serde::Deserialize;
use serde_json::Value;
use tests::checkout;
use tests::judged::judge;

/// What was found out of an answer when it was read into its type.
#[derive(Debug, Deserialize)]
struct Verdict {
    document: String,
    place: String,
    whole: bool,
    fate: String,
    difference: Option<String>,
}

/// How many answers there are, and how many of them were read whole.
#[derive(Debug, Default)]
struct Share {
    all: usize,
    whole: usize,
}

impl Share {
    fn add(&mut self, is_whole: bool) {
        self.all += 1;
        self.whole += usize::from(is_whole);
    }

    fn print(&self, what: &str) {
        let percent = 100.0 * self.whole as f64 / self.all.max(1) as f64;
        println!("{:6} {what}, {} of them read whole: {percent:.2} %", self.all, self.whole);
    }
}

fn main() -> io::Result<ExitCode> {
    let mut arguments = env::args().skip(1).map(PathBuf::from);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: answers <folder> [<verdicts.jsonl>]");
        return Ok(ExitCode::FAILURE);
    };
    let verdicts = match arguments.next() {
        Some(verdicts) => verdicts,
        None => read(&folder)?,
    };
    let mut known: BTreeMap<String, BTreeMap<String, Verdict>> = BTreeMap::new();
    for line in fs::read_to_string(verdicts)?.lines() {
        let verdict: Verdict = serde_json::from_str(line)?;
        known.entry(verdict.document.clone()).or_default().insert(verdict.place.clone(), verdict);
    }
    let (mut all, mut typed, mut fitting) = (Share::default(), Share::default(), Share::default());
    for (document, verdicts) in &known {
        let metadata: Value = serde_json::from_slice(&fs::read(document)?)?;
        for answer in judge(&metadata) {
            let verdict = verdicts.get(&answer.place);
            let is_whole = verdict.is_some_and(|verdict| verdict.whole);
            all.add(is_whole);
            if answer.has_types {
                typed.add(is_whole);
            }
            if answer.fits {
                fitting.add(is_whole);
            }
            if answer.has_types && !is_whole {
                let (fate, difference) = verdict.map_or(("no verdict", None), |verdict| {
                    (verdict.fate.as_str(), verdict.difference.as_deref())
                });
                let name = Path::new(document).file_stem().unwrap_or_default().to_string_lossy();
                let difference = difference.unwrap_or_default();
                println!("failed: {name}{}: {fate}: {difference}", answer.place);
            }
        }
    }
    all.print("documented answers in JSON");
    typed.print("whose values have the types that their schema declares");
    fitting.print("that are all that their schema asks for");
    let failed = typed.all - typed.whole;
    println!("passed {}, failed {failed}, skipped {}", typed.whole, all.all - typed.all);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Has the answers read, and says where the verdicts are.
fn read(folder: &Path) -> io::Result<PathBuf> {
    let out = checkout::root().join("target/corpus");
    let verdicts = out.join("answers.jsonl");
    if verdicts.exists() {
        fs::remove_file(&verdicts)?;
    }
    let status = Command::new("cargo")
        .args(["xtask", "corpus", "--answers", "--out"])
        .args([&out, folder])
        .status()?;
    // With defects in answers it fails, and tells of each all the same.
    if status.success() || verdicts.exists() {
        Ok(verdicts)
    } else {
        Err(io::Error::other("the answers were not read"))
    }
}
