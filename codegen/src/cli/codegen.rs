//! `codegen`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::home::{Home, relative};
use super::print_problems;
use crate::{Change, Code, Config, Diagnostics, Output, Plan, Runtime, Specs, clashes, generate};

/// Generates the crates of services.
///
/// Prints a line for each file that changed and a summary. Problems of a spec are printed with their
/// place in the file; then nothing is written, of no service.
#[derive(Debug, clap::Args)]
pub struct Codegen {
    /// The services to generate, by their folders or the starts of these, such as `dbs`; all of them
    /// unless said
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,

    /// The folder of crates; `generated`, beside the folder of services, unless said
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The runtime that the crates depend on: the folder of its sources, or a version; the folder
    /// `runtime` beside that of the services, or else the version that belongs to this program
    #[arg(long, value_name = "PATH|VERSION")]
    runtime: Option<String>,

    /// Write nothing; show what differs, and exit with status 1 when a crate is stale
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
    pub(super) fn run(&self, config: &Config) -> io::Result<ExitCode> {
        if let Some(code) = self.explain {
            print!("{}", code.explanation());
            return Ok(ExitCode::SUCCESS);
        }
        let started = Instant::now();
        let home = Home::find(self.specs.as_deref())?;
        let all = home.services()?;
        let (mut chosen, mut unknown) = (Vec::new(), 0);
        for asked in &self.services {
            match home.service(asked) {
                Ok(service) => chosen.push(service),
                Err(error) => {
                    unknown += 1;
                    eprintln!("error: {error}");
                }
            }
        }
        if unknown > 0 {
            self.tell(&format!("passed 0, failed {unknown}, skipped {}", all.len()));
            return Ok(ExitCode::FAILURE);
        }
        if chosen.is_empty() {
            chosen.clone_from(&all);
        }
        chosen.sort();
        chosen.dedup();
        let out = match &self.out {
            Some(out) => std::path::absolute(out)?,
            None => home.root.join("generated"),
        };
        let config = Config { runtime: self.runtime(&home, &out)?, ..config.clone() };
        let specs: Vec<Specs> =
            chosen.iter().map(|service| home.read(service)).collect::<io::Result<_>>()?;
        let (made, failed) = self.generate(&specs, &config);
        let skipped = all.len() - chosen.len();
        let last = format!("passed {}, failed {failed}, skipped {skipped}", specs.len() - failed);
        if failed > 0 {
            self.tell(&last);
            return Ok(ExitCode::FAILURE);
        }
        let plans = plans(&home, &out, &specs, &made, &config, skipped == 0)?;
        let stale = self.apply(&out, &plans)?;
        let changed = if self.check { "stale" } else { "changed" };
        for (specs, output) in specs.iter().zip(&made) {
            self.tell(&summary(specs, output));
        }
        self.tell(&format!("{stale} files {changed}, {} ms", started.elapsed().as_millis()));
        self.tell(&last);
        if self.check && stale > 0 {
            let folder = out.file_name().unwrap_or_default().to_string_lossy();
            eprintln!("error: {folder}/ is stale; run `{}`", config.command);
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Generates all crates in memory; returns those that there are, and how many services have
    /// problems, which are printed.
    fn generate(&self, specs: &[Specs], config: &Config) -> (Vec<Output>, usize) {
        let mut made = Vec::new();
        let mut failed = 0;
        for specs in specs {
            match generate(specs, config) {
                Ok(output) => made.push(output),
                Err(diagnostics) => {
                    failed += 1;
                    self.refuse(specs, &diagnostics);
                }
            }
        }
        if failed == 0 {
            let pairs: Vec<(&Specs, &Output)> = specs.iter().zip(&made).collect();
            let clashes = clashes(&pairs);
            failed = clashes.len();
            clashes.iter().for_each(|(specs, diagnostics)| self.refuse(specs, diagnostics));
        }
        (made, failed)
    }

    fn refuse(&self, specs: &Specs, diagnostics: &Diagnostics<'_>) {
        match self.message_format {
            MessageFormat::Human => print_problems(specs, diagnostics),
            MessageFormat::Json => println!("{}", diagnostics.to_json_lines()),
        }
    }

    /// Makes the changes, or shows them; returns how many there are.
    fn apply(&self, out: &Path, plans: &[(String, Plan<'_>)]) -> io::Result<usize> {
        let out = out.file_name().unwrap_or_default().to_string_lossy();
        for (folder, plan) in plans {
            if self.check {
                plan.changes().iter().for_each(|change| self.tell(&change.diff()));
                continue;
            }
            let place = format!("{out}/{folder}");
            plan.apply().map_err(|error| below(&place, error))?;
            plan.changes().iter().for_each(|change| self.tell(&describe(&place, change)));
        }
        Ok(plans.iter().map(|(_, plan)| plan.changes().len()).sum())
    }

    /// The runtime that the call names, or the one that stands beside the services.
    fn runtime(&self, home: &Home, out: &Path) -> io::Result<Runtime> {
        let published = Runtime::published();
        let folder = match &self.runtime {
            Some(asked) if !is_version(asked) => PathBuf::from(asked),
            Some(version) => return Ok(Runtime { version: version.clone(), ..published }),
            None => home.root.join("runtime"),
        };
        let is_runtime = fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|manifest| manifest.contains("name = \"alibabacloud-runtime\""));
        if !is_runtime {
            return match &self.runtime {
                Some(asked) => {
                    let message =
                        format!("{asked} is neither a version nor the folder of the runtime");
                    Err(io::Error::other(message))
                }
                None => Ok(published),
            };
        }
        let path = relative(&without_links(out)?.join("crate"), &fs::canonicalize(folder)?);
        Ok(Runtime { path: Some(path), ..published })
    }

    /// Prints a line about the run, where it does not mix with JSON.
    fn tell(&self, line: &str) {
        match self.message_format {
            MessageFormat::Human => println!("{line}"),
            MessageFormat::Json => eprintln!("{line}"),
        }
    }
}

/// Where a folder is without links, or where it will be: it may not be there yet.
fn without_links(folder: &Path) -> io::Result<PathBuf> {
    match (fs::canonicalize(folder), folder.parent(), folder.file_name()) {
        (Err(error), Some(parent), Some(name)) if error.kind() == io::ErrorKind::NotFound => {
            Ok(without_links(parent)?.join(name))
        }
        (found, _, _) => found,
    }
}

/// Whether the text is a requirement on a version, such as `0.1` or `=0.1.0`, and no path.
fn is_version(text: &str) -> bool {
    let bare = text.trim_start_matches(['=', '^', '~']);
    bare.starts_with(|first: char| first.is_ascii_digit()) && !bare.contains(['/', '\\'])
}

/// What has to happen to the folders of the crates, and to those of crates whose services are gone.
fn plans<'o>(
    home: &Home,
    out: &Path,
    specs: &[Specs],
    made: &'o [Output],
    config: &'o Config,
    are_all: bool,
) -> io::Result<Vec<(String, Plan<'o>)>> {
    let name = out.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut plans = Vec::new();
    for (specs, output) in specs.iter().zip(made) {
        let place = format!("{name}/{}", output.folder);
        let root = out.join(&output.folder);
        if let Some(other) = Plan::source(&root).filter(|source| source != specs.folder()) {
            let service = other.rsplit('/').next().unwrap_or(&other);
            // A service whose folder was renamed keeps its crate.
            if home.services()?.iter().any(|known| known == service) {
                let message = format!("{place} is the crate of {other}");
                return Err(io::Error::other(message));
            }
        }
        let plan = Plan::new(&root, &output.files).map_err(|error| below(&place, error))?;
        plans.push((output.folder.clone(), plan));
    }
    if !are_all || !out.is_dir() {
        return Ok(plans);
    }
    for entry in fs::read_dir(out)? {
        let folder = entry?.file_name().to_string_lossy().into_owned();
        let root = out.join(&folder);
        let is_ours =
            Plan::source(&root).is_some_and(|source| source.starts_with(&home.source("")));
        if is_ours && plans.iter().all(|(known, _)| *known != folder) {
            let plan = Plan::removal(&root, &config.attached)
                .map_err(|error| below(&format!("{name}/{folder}"), error))?;
            plans.push((folder, plan));
        }
    }
    Ok(plans)
}

fn below(place: &str, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{place}/{error}"))
}

fn describe(place: &str, change: &Change<'_>) -> String {
    let verb = match (&change.old, change.new) {
        (None, _) => "created",
        (Some(_), Some(_)) => "updated",
        (Some(_), None) => "deleted",
    };
    format!("{verb} {place}/{}", change.path)
}

/// How much there is of a service, in a line.
fn summary(specs: &Specs, output: &Output) -> String {
    let summary = output.summary;
    let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
    format!(
        "{}: {} operations, {} types, {} rules, {} files; an operation has {} lines and {:.1} kB in the \
         middle, {} lines and {:.1} kB at most",
        specs.folder(),
        summary.operations,
        summary.types,
        summary.rules,
        summary.files,
        summary.lines.median,
        kilobytes(summary.bytes.median),
        summary.lines.max,
        kilobytes(summary.bytes.max),
    )
}
