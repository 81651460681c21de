//! `corpus`

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use rayon::prelude::*;

use super::home::nearest;
use crate::import::Import;
use crate::{Balance, Config, Plan, Runtime, Specs, Thing, generate};

/// Imports and generates every document below a folder, and tells what became of each.
///
/// Prints a line for each document; exits with status 1 when one fails that is of a style which is
/// served. Nothing is written but what `--check` compiles.
#[derive(Debug, clap::Args)]
pub struct Corpus {
    /// The folder with the metadata of services
    folder: PathBuf,

    /// Compile every crate, too, in one workspace, where a warning is a failure
    #[arg(long)]
    check: bool,

    /// Where crates are compiled; `target/corpus` beside the folder `runtime` unless said
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What became of a document.
enum Outcome {
    Made(Box<Made>),
    /// It is of a style that is not served, or has no operation.
    Skipped(String),
    Failed(String),
}

/// A crate, and what its spec has.
struct Made {
    folder: String,
    files: usize,
    balance: Balance,
}

impl Corpus {
    pub(super) fn run(&self, config: &Config) -> io::Result<ExitCode> {
        let mut documents = Vec::new();
        documents_below(&self.folder, &mut documents)?;
        documents.sort();
        let runtime = fs::canonicalize(nearest("runtime")?)?;
        let out = match &self.out {
            Some(out) => std::path::absolute(out)?,
            None => runtime.with_file_name("target").join("corpus"),
        };
        let path = Some(runtime.to_string_lossy().into_owned());
        let config = Config {
            runtime: Runtime { path, ..config.runtime.clone() },
            attached: Vec::new(),
            ..config.clone()
        };
        // Crates are many and large, so each lives no longer than it takes to write it.
        let crates = self.check.then(|| out.join("crates"));
        let become_of = |document: &PathBuf| outcome(document, &config, crates.as_deref());
        let outcomes: Vec<Outcome> = documents.par_iter().map(become_of).collect();
        let (mut passed, mut failed, mut skipped) = (0, 0, 0);
        let mut total = Balance::default();
        for (document, outcome) in documents.iter().zip(&outcomes) {
            let name = document.file_stem().unwrap_or_default().to_string_lossy();
            match outcome {
                Outcome::Made(made) => {
                    passed += 1;
                    total.add(&name, &made.balance);
                    println!("{name:40} {made}");
                }
                Outcome::Skipped(reason) => {
                    skipped += 1;
                    println!("{name:40} skipped: {reason}");
                }
                Outcome::Failed(reason) => {
                    failed += 1;
                    println!("{name:40} failed\n{reason}");
                }
            }
        }
        println!("\n{total}");
        if self.check {
            let made = outcomes.iter().filter_map(|outcome| match outcome {
                Outcome::Made(made) => Some(made.folder.as_str()),
                Outcome::Skipped(_) | Outcome::Failed(_) => None,
            });
            if !compiles(&out, &made.collect())? {
                println!("the crates do not compile without a warning");
                failed += 1;
            }
        }
        println!("passed {passed}, failed {failed}, skipped {skipped}");
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What stands in its line.
impl fmt::Display for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, balance, .. } = self;
        let operations = balance.counts(Thing::Operation).carried;
        let parameters = balance.counts(Thing::Parameter).carried;
        let (left_out, repaired) = (balance.left_out(), balance.repaired());
        write!(
            formatter,
            "{operations:5} operations {parameters:6} parameters {files:6} files {left_out:6} left out \
             {repaired:6} repaired"
        )
    }
}

/// The files below a folder that may be metadata.
fn documents_below(folder: &Path, documents: &mut Vec<PathBuf>) -> io::Result<()> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(named)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            documents_below(&path, documents)?;
        } else if path.extension().is_some_and(|ending| ending == "json") {
            documents.push(path);
        }
    }
    Ok(())
}

/// Imports a document and generates its crate, which is written to the folder of crates, if there is one.
fn outcome(document: &Path, config: &Config, crates: Option<&Path>) -> Outcome {
    let metadata = match Specs::read_file(document) {
        Ok(metadata) => metadata,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let imported = match Import::default().run(&metadata) {
        Ok(imported) => imported,
        Err(problems) => {
            let all = problems.located(false);
            return match all.first() {
                Some(first) if ["/info/style", "/apis"].contains(&first.pointer.as_str()) => {
                    Outcome::Skipped(first.message.to_owned())
                }
                _ => Outcome::Failed(problems.render(false)),
            };
        }
    };
    let specs = Specs::new(imported.folder, imported.files);
    let output = match generate(&specs, config) {
        Ok(output) => output,
        Err(problems) => return Outcome::Failed(problems.render(false)),
    };
    let written = crates
        .map_or(Ok(()), |crates| Plan::new(&crates.join(&output.folder), &output.files)?.apply());
    match written {
        Ok(()) => {
            let files = output.files.len();
            let balance = Balance::of(&imported.report);
            Outcome::Made(Box::new(Made { folder: output.folder, files, balance }))
        }
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// Compiles the crates that were written, in one workspace, where a warning is a failure.
fn compiles(out: &Path, made: &BTreeSet<&str>) -> io::Result<bool> {
    let crates = out.join("crates");
    fs::create_dir_all(&crates)?;
    for entry in fs::read_dir(&crates)? {
        let entry = entry?;
        if !made.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    fs::write(out.join("Cargo.toml"), "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n")?;
    let status = Command::new("cargo")
        .args(["check", "--quiet", "--workspace"])
        .env("RUSTFLAGS", "-D warnings")
        .current_dir(out)
        .status()?;
    Ok(status.success())
}
