//! `fuzz`: the mutants that are asked for, and what is wrong with them.

use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io, panic};

use alibabacloud_codegen::{Config, Import, Specs, cli};
use clap::Parser;
use fuzz::{Bases, Kind, Report, Seen};

#[path = "../../../codegen/tests/support/checkout.rs"]
mod checkout;
#[path = "../../../codegen/tests/support/fixtures.rs"]
#[allow(dead_code, reason = "random specs are made elsewhere")]
mod fixtures;

/// Damages specs in memory and looks at what the generator makes of them.
///
/// Half of the mutants are made of the fixtures, each of which has a form of its own, unless a service or a
/// folder is named.
///
/// Mutants are numbered; the same seed and number always give the same mutant.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask fuzz", bin_name = "cargo xtask fuzz")]
struct Fuzz {
    /// The service whose specs are damaged; all of them unless said
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,

    /// Damage what services publish, cut to three operations, and import it first: the fixtures, or the
    /// documents of a folder
    #[arg(long, value_name = "DIR", num_args = 0..=1, conflicts_with_all = ["service", "specs"])]
    metadata: Option<Option<PathBuf>>,

    /// How many mutants to look at
    #[arg(long, default_value_t = 10_000)]
    iterations: u64,

    /// What the mutants are made from
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// The number of the first mutant
    #[arg(long, default_value_t = 0)]
    start: u64,

    /// Print the mutant `start` and what becomes of it, and nothing else
    #[arg(long)]
    show: bool,
}

fn main() -> ExitCode {
    Fuzz::parse().run()
}

/// After this long without an end, a mutant is taken to hang the generator.
const PATIENCE: Duration = Duration::from_secs(60);

impl Fuzz {
    fn run(&self) -> ExitCode {
        let bases = match self.bases() {
            Ok(bases) => bases,
            Err(error) => {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        };
        if self.show {
            return self.show(&bases);
        }
        // Panics are findings, and are told as such.
        panic::set_hook(Box::new(|_| {}));
        let current = Arc::new(AtomicU64::new(self.start));
        let (finished, ends) = mpsc::channel();
        let watched = Arc::clone(&current);
        let watcher = thread::spawn(move || watch(&watched, &ends));
        let report = self.fuzz(&bases, &current);
        drop(finished);
        let _ = watcher.join();
        print_report(&report);
        if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn bases(&self) -> io::Result<Bases> {
        match &self.metadata {
            Some(None) => return Ok(Bases::metadata(&fixtures::metadata())),
            Some(Some(folder)) => return Ok(Bases::metadata(&documents(folder)?)),
            None => {}
        }
        let services = cli::read(self.specs.as_deref(), self.service.as_deref())?;
        let is_all = self.specs.is_none() && self.service.is_none();
        let cases = if is_all { fixtures::cases("accepted") } else { Vec::new() };
        let forms: Vec<Specs> = cases.into_iter().map(|case| case.specs).collect();
        Ok(Bases::new(&services, &forms))
    }

    fn fuzz(&self, bases: &Bases, current: &AtomicU64) -> Report {
        let started = Instant::now();
        let numbers = self.start..self.start.saturating_add(self.iterations);
        let mut told = 0;
        let mut watch = |number: u64, report: &Report| {
            current.store(number, Ordering::Relaxed);
            report.findings[told..].iter().for_each(print_finding);
            told = report.findings.len();
            if report.mutants > 0 && report.mutants.is_multiple_of(10_000) {
                let per_second = report.mutants as f64 / started.elapsed().as_secs_f64();
                eprintln!("{} mutants, {per_second:.0} a second", report.mutants);
            }
        };
        let report = fuzz::run(bases, self.seed, numbers, &mut watch);
        report.findings[told..].iter().for_each(print_finding);
        report
    }

    fn show(&self, bases: &Bases) -> ExitCode {
        let mutant = fuzz::mutant(bases, self.seed, self.start);
        for file in mutant.files() {
            println!("==> {}\n{}\n", file.path, file.text);
        }
        match bases.kind() {
            Kind::Specs => show_refusal(&mutant),
            Kind::Metadata => match Import::default().run(&mutant) {
                Err(refusal) => println!("{refusal}"),
                Ok(imported) => show_refusal(&Specs::new(imported.folder, imported.files)),
            },
        }
        match fuzz::examine(bases.kind(), &mutant, &mut Seen::default()) {
            Ok(outcome) => println!("{outcome:?}"),
            Err(finding) => println!("{finding}"),
        }
        ExitCode::SUCCESS
    }
}

fn show_refusal(specs: &Specs) {
    if let Err(refusal) = alibabacloud_codegen::generate(specs, &Config::default()) {
        println!("{refusal}");
    }
}

/// The documents in a folder, sorted by name.
fn documents(folder: &Path) -> io::Result<Vec<Specs>> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    let entries = fs::read_dir(folder).map_err(named)?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    if paths.is_empty() {
        return Err(named(io::Error::other("there is no document")));
    }
    let read = |path: &PathBuf| Ok(Specs::read_file(path)?.named("metadata"));
    paths.iter().map(read).collect()
}

/// Ends the process when the same mutant is still being looked at after a while.
fn watch(current: &AtomicU64, ends: &mpsc::Receiver<()>) {
    let mut last = None;
    while ends.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
        let now = current.load(Ordering::Relaxed);
        if last == Some(now) {
            println!("mutant {now}: no end after {} seconds", PATIENCE.as_secs());
            process::exit(1);
        }
        last = Some(now);
    }
}

fn print_finding((number, finding): &(u64, String)) {
    let start: String = finding.chars().take(200).collect();
    println!("mutant {number}: {start}");
}

fn print_report(report: &Report) {
    let (time, number) = report.slowest;
    println!(
        "{} mutants: {} accepted, {} refused, {} of them after an import, {} findings; the slowest, \
         {number}, took {} ms",
        report.mutants,
        report.accepted,
        report.refused,
        report.refused_later,
        report.findings.len(),
        time.as_millis(),
    );
    let codes: Vec<String> =
        report.codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
    println!("codes: {}", codes.join(", "));
}
