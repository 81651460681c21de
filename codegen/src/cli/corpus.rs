//! `corpus`

mod account;
mod answers;
mod compile;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::home::nearest;
use super::questions::Found;
use crate::import::Import;
use crate::write::Prepared;
use crate::{Account, Balance, Called, Config, Output, Plan, Runtime, Specs, generate};
use answers::Source;
use answers::program::{self, Crate};
use compile::{Ask, Workspace};
use table::Table;

/// Imports and generates every document below a folder, and tells what became of each.
///
/// Prints a line for each document; exits with status 1 when one fails that is of a style which is
/// served. Nothing is written but what `--check` and `--answers` compile.
#[derive(Debug, clap::Args)]
pub struct Corpus {
    /// The folder with the metadata of services
    folder: PathBuf,

    /// Compile every crate, too, in one workspace, where a warning is a failure
    #[arg(long)]
    check: bool,

    /// Read every documented answer into its type, too, and compare what comes out with what went in
    #[arg(long)]
    answers: bool,

    /// Make the docs of every crate, too, where a warning is a failure
    #[arg(long, requires = "check")]
    docs: bool,

    /// Leave rules out that descriptions state
    #[arg(long)]
    no_rules: bool,

    /// Where crates are compiled; `target/corpus` beside the folder `runtime` unless said
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write what became of each document into a file, with each thing that was left out or repaired
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What became of a document.
#[derive(Debug)]
enum Outcome {
    Made(Box<Made>),
    /// It is of a style that is not served, or has no operation.
    Skipped(String),
    Failed(String),
}

/// A crate, and what its spec has.
#[derive(Debug)]
struct Made {
    style: String,
    package: String,
    folder: String,
    operations: Vec<Called>,
    balance: Balance,
    /// What sentences state.
    found: Found,
    /// Each thing that is not carried as it stands, where somebody wants to know.
    account: Option<Account>,
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
        let crates = (self.check || self.answers).then(|| out.join("crates"));
        let import = Import { no_rules: self.no_rules, ..Import::default() };
        let become_of = |document: &PathBuf| {
            outcome(document, &import, &config, crates.as_deref(), self.json.is_some())
        };
        let started = Instant::now();
        let outcomes: Vec<Outcome> = documents.par_iter().map(become_of).collect();
        let took = started.elapsed();
        let names = documents.iter().map(|document| {
            document.file_stem().unwrap_or_default().to_string_lossy().into_owned()
        });
        let names: Vec<String> = names.collect();
        let table = Table::new(names.iter().map(String::as_str).zip(&outcomes).collect());
        print!("{table}");
        let (operations, mut failed) = (table.operations(), table.failed);
        let memory = peak_memory().unwrap_or_default();
        let took = Pace { operations, took };
        println!("{operations} operations of {} documents: {took}{memory}", documents.len());
        if let Some(path) = &self.json {
            Prepared::new(path, &account::json(&table)?)?.place()?;
        }
        if crates.is_some() {
            let made =
                documents.iter().zip(&outcomes).filter_map(|(document, outcome)| match outcome {
                    Outcome::Made(made) => Some((document.as_path(), made.as_ref())),
                    Outcome::Skipped(_) | Outcome::Failed(_) => None,
                });
            failed += self.compile(&out, &runtime, &made.collect::<Vec<_>>(), operations)?;
        }
        println!("passed {}, failed {failed}, skipped {}", table.passed, table.skipped);
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Corpus {
    /// Compiles what was made, and reads answers if they were asked for; says how many of the things that
    /// were asked for failed.
    fn compile(
        &self,
        out: &Path,
        runtime: &Path,
        made: &[(&Path, &Made)],
        operations: usize,
    ) -> io::Result<usize> {
        let crates: BTreeMap<&str, &Made> =
            made.iter().map(|(_, made)| (made.folder.as_str(), *made)).collect();
        if self.answers {
            program::write(out, runtime, crates.values().map(|made| made.of_program()))?;
        }
        let folders = crates.keys().copied().collect();
        let workspace = Workspace::new(out, &folders, self.answers.then_some(program::NAME))?;
        let code = if self.answers { Ask::Build } else { Ask::Check };
        let asked = if self.docs { &[code, Ask::Docs][..] } else { &[code] };
        let mut failed = 0;
        for ask in asked {
            let started = Instant::now();
            let passes = workspace.passes(*ask)?;
            let verdict = if passes { "without a warning" } else { "failed" };
            let took = Pace { operations, took: started.elapsed() };
            println!("{} of {} crates: {verdict}, {took}", ask.name(), crates.len());
            failed += usize::from(!passes);
        }
        if self.answers && failed == 0 {
            let started = Instant::now();
            let sources =
                made.iter().map(|(document, made)| Source { document, folder: &made.folder });
            let binary = workspace.binary(program::NAME);
            let verdicts = out.join("answers.jsonl");
            let answers = answers::read(&binary, &sources.collect::<Vec<_>>(), &verdicts)?;
            println!("{answers}{:.1} s; {}", started.elapsed().as_secs_f64(), verdicts.display());
            failed += usize::from(answers.defects() > 0);
        }
        Ok(failed)
    }
}

impl Made {
    fn of_program(&self) -> Crate<'_> {
        let Self { package, folder, operations, .. } = self;
        Crate { package, folder, operations }
    }
}

/// How long something took, on all cores.
struct Pace {
    operations: usize,
    took: Duration,
}

impl fmt::Display for Pace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        let thousands = self.operations as f64 / 1000.0;
        write!(formatter, "{seconds:.1} s")?;
        if self.operations > 0 {
            write!(formatter, ", {:.2} s for 1,000 operations", seconds / thousands)?;
        }
        Ok(())
    }
}

/// The most memory that this process has had, where the system tells it in a file.
fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = peak.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!(", {} MiB", kibibytes / 1024))
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
fn outcome(
    document: &Path,
    import: &Import,
    config: &Config,
    crates: Option<&Path>,
    has_account: bool,
) -> Outcome {
    let metadata = match Specs::read_file(document) {
        Ok(metadata) => metadata,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let imported = match import.run(&metadata) {
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
    let balance = Balance::of(&imported.report);
    if balance.unknown.count > 0 {
        let reason = format!("a defect of the importer: nobody knows of {}", balance.unknown.first);
        return Outcome::Failed(reason);
    }
    let found = Found::of(&imported.sentences);
    let account =
        has_account.then(|| Account::of(&imported.report).with_sentences(&imported.sentences));
    let specs = Specs::new(imported.folder, imported.files);
    let output = match generate(&specs, config) {
        Ok(output) => output,
        Err(problems) => return Outcome::Failed(problems.render(false)),
    };
    let written = crates
        .map_or(Ok(()), |crates| Plan::new(&crates.join(&output.folder), &output.files)?.apply());
    match written {
        Ok(()) => {
            let Output { package, folder, operations, .. } = output;
            let style = imported.style;
            Outcome::Made(Box::new(Made {
                style,
                package,
                folder,
                operations,
                balance,
                found,
                account,
            }))
        }
        Err(error) => Outcome::Failed(error.to_string()),
    }
}
