//! `cargo xtask codegen`

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::Instant;

use alibabacloud_codegen::{Change, Code, Diagnostics, Plan, Specs, generate};

use crate::checkout::{read_specs, root};

/// Generates the crate in `generated/` from the specs in `specs/`.
///
/// Prints a line for each file that changed and a summary. Problems of a spec are printed with their
/// place in the file; then nothing is written.
#[derive(Debug, clap::Args)]
pub struct Codegen {
    /// Write nothing; show what differs, and exit with status 1 when `generated/` is stale
    #[arg(long)]
    check: bool,

    /// How problems of the specs are told: to people, on standard error, or as JSON on standard
    /// output, an object on each line, as Cargo does it for editors and CI
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,

    /// Print the page about a code, such as `unknown-key`, and do nothing else
    #[arg(long, value_name = "CODE")]
    explain: Option<Code>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum MessageFormat {
    Human,
    Json,
}

impl Codegen {
    pub fn run(&self) -> ExitCode {
        if let Some(code) = self.explain {
            print!("{}", code.explanation());
            return ExitCode::SUCCESS;
        }
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
                match self.message_format {
                    MessageFormat::Human => print_problems(&specs, &diagnostics),
                    MessageFormat::Json => println!("{}", diagnostics.to_json_lines()),
                }
                return Ok(ExitCode::FAILURE);
            }
        };
        let plan = Plan::new(&root()?.join("generated"), &generated.files)
            .map_err(|error| io::Error::new(error.kind(), format!("generated/{error}")))?;
        if self.check {
            plan.changes().iter().for_each(|change| self.tell(&change.diff()));
        } else {
            plan.apply()
                .map_err(|error| io::Error::new(error.kind(), format!("generated/{error}")))?;
            plan.changes().iter().for_each(|change| self.tell(&describe(change)));
        }
        let summary = generated.summary;
        self.tell(&format!(
            "{} operations, {} types, {} rules, {} files, {} {}, {} ms",
            summary.operations,
            summary.types,
            summary.rules,
            summary.files,
            plan.changes().len(),
            if self.check { "stale" } else { "changed" },
            started.elapsed().as_millis(),
        ));
        let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
        self.tell(&format!(
            "an operation has {} lines and {:.1} kB in the middle, {} lines and {:.1} kB at most",
            summary.lines.median,
            kilobytes(summary.bytes.median),
            summary.lines.max,
            kilobytes(summary.bytes.max),
        ));
        if self.check && !plan.changes().is_empty() {
            eprintln!("error: generated/ is stale; run `cargo xtask codegen`");
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Codegen {
    /// Prints a line about the run, where it does not mix with JSON.
    fn tell(&self, line: &str) {
        match self.message_format {
            MessageFormat::Human => println!("{line}"),
            MessageFormat::Json => eprintln!("{line}"),
        }
    }
}

fn describe(change: &Change<'_>) -> String {
    let verb = match (&change.old, change.new) {
        (None, _) => "created",
        (Some(_), Some(_)) => "updated",
        (Some(_), None) => "deleted",
    };
    format!("{verb} generated/{}", change.path)
}

/// Prints what is wrong with the specs.
pub fn print_problems(specs: &Specs, diagnostics: &Diagnostics<'_>) {
    let count = diagnostics.iter().count();
    let problems = if count == 1 { "1 problem" } else { &format!("{count} problems") };
    eprintln!("{}", diagnostics.render(io::stderr().is_terminal()));
    eprintln!("\n{problems} in {}; nothing was written", specs.folder());
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code()).collect();
    if let Some(code) = codes.first() {
        eprintln!("`cargo xtask codegen --explain {code}` tells more, as for every code");
    }
}
