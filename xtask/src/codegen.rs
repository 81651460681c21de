//! `cargo xtask codegen`

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use alibabacloud_codegen::{Change, Diagnostics, Plan, Specs, generate};

/// Generates the crate in `generated/` from the specs in `specs/`.
///
/// Prints a line for each file that changed and a summary. Problems of a spec are printed with their
/// place in the file; then nothing is written.
#[derive(Debug, clap::Args)]
pub struct Codegen {
    /// Write nothing; show what differs, and exit with status 1 when `generated/` is stale
    #[arg(long)]
    check: bool,
}

impl Codegen {
    pub fn run(&self) -> ExitCode {
        match self.generate() {
            Ok(code) => code,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        }
    }

    fn generate(&self) -> io::Result<ExitCode> {
        let started = Instant::now();
        let specs = read_specs()?;
        let generated = match generate(&specs) {
            Ok(generated) => generated,
            Err(diagnostics) => {
                print_problems(&specs, &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        let plan = Plan::new(&root().join("generated"), &generated.files)
            .map_err(|error| io::Error::new(error.kind(), format!("generated/{error}")))?;
        if self.check {
            plan.changes().iter().for_each(|change| println!("{}", change.diff()));
        } else {
            plan.apply()
                .map_err(|error| io::Error::new(error.kind(), format!("generated/{error}")))?;
            plan.changes().iter().for_each(|change| println!("{}", describe(change)));
        }
        let summary = generated.summary;
        println!(
            "{} operations, {} types, {} rules, {} files, {} {}, {} ms",
            summary.operations,
            summary.types,
            summary.rules,
            summary.files,
            plan.changes().len(),
            if self.check { "stale" } else { "changed" },
            started.elapsed().as_millis(),
        );
        if self.check && !plan.changes().is_empty() {
            eprintln!("error: generated/ is stale; run `cargo xtask codegen`");
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn describe(change: &Change) -> String {
    let verb = match (&change.old, &change.new) {
        (None, _) => "created",
        (Some(_), Some(_)) => "updated",
        (Some(_), None) => "deleted",
    };
    format!("{verb} generated/{}", change.path)
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the specs of the one service version there is.
pub fn read_specs() -> io::Result<Specs> {
    let root = root();
    Specs::read(&root, &spec_folder(&root)?)
}

/// Prints what is wrong with the specs.
pub fn print_problems(specs: &Specs, diagnostics: &Diagnostics<'_>) {
    let count = diagnostics.iter().count();
    let problems = if count == 1 { "1 problem" } else { &format!("{count} problems") };
    eprintln!("{}", diagnostics.render(io::stderr().is_terminal()));
    eprintln!("\n{problems} in {}; nothing was written", specs.folder());
}

/// The one service version that there are specs for, as a path below the repository's root.
fn spec_folder(root: &Path) -> io::Result<String> {
    let entries: Vec<PathBuf> = fs::read_dir(root.join("specs"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    let folders: Vec<&PathBuf> = entries.iter().filter(|path| path.is_dir()).collect();
    match folders.as_slice() {
        [folder] => {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            Ok(format!("specs/{name}"))
        }
        [] => Err(io::Error::other("specs/ has no folder with an `openapi.json`")),
        _ => Err(io::Error::other(
            "specs/ has several folders, and `generated/` holds one service version",
        )),
    }
}
