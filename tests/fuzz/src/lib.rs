//! Damages specs, and metadata that become specs, and looks at what the generator makes of them.
//!
//! A mutant is a function of the seed and its number, so every finding can be seen again. What has
//! to hold of each: it is refused with problems that have a place and can be shown, or it becomes
//! files that are Rust and TOML, in which text of the spec stands in docs and literals only.

mod base;
mod bytes;
mod examine;
mod mutate;
mod node;
mod words;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use alibabacloud_codegen::{Code, Specs};

pub use base::{Bases, Kind};
pub use examine::{Outcome, Seen, examine};

/// What a number of mutants came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Mutants that were looked at.
    pub mutants: u64,
    /// Mutants that became code.
    pub accepted: u64,
    /// Mutants that were refused.
    pub refused: u64,
    /// Mutants that were imported, and refused then; they are among those that were refused.
    pub refused_later: u64,
    /// How often each code was the reason, by its name.
    pub codes: std::collections::BTreeMap<&'static str, u64>,
    /// What went wrong: the number of the mutant, and how.
    pub findings: Vec<(u64, String)>,
    /// The mutant that took longest.
    pub slowest: (Duration, u64),
}

impl Report {
    fn refuse(&mut self, codes: BTreeSet<Code>) {
        self.refused += 1;
        for code in codes {
            *self.codes.entry(code.as_str()).or_default() += 1;
        }
    }
}

/// The files of one mutant.
pub fn mutant(bases: &Bases, seed: u64, number: u64) -> Specs {
    // Neighbouring seeds of this generator start alike; their products with an odd number do not.
    let mixed = (seed.rotate_left(32) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut random = fastrand::Rng::with_seed(mixed);
    let (service, files) = bases.pick(&mut random);
    let mut files = files.clone();
    mutate::mutate(bases, &mut files, &mut random);
    let mut files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(path, root)| (path, root.to_text().into_bytes())).collect();
    bytes::damage(&mut files, &mut random);
    Specs::from_bytes(service.folder.as_str(), files)
}

/// Looks at the mutants with these numbers. `watch` is told the number of each before its turn.
pub fn run(
    bases: &Bases,
    seed: u64,
    numbers: std::ops::Range<u64>,
    watch: &mut dyn FnMut(u64, &Report),
) -> Report {
    let mut report = Report::default();
    let mut seen = Seen::default();
    for number in numbers {
        watch(number, &report);
        let files = mutant(bases, seed, number);
        let started = Instant::now();
        let examined = catch_unwind(AssertUnwindSafe(|| examine(bases.kind(), &files, &mut seen)));
        report.slowest = report.slowest.max((started.elapsed(), number));
        report.mutants += 1;
        match examined {
            Ok(Ok(Outcome::Accepted)) => report.accepted += 1,
            Ok(Ok(Outcome::Refused(codes))) => report.refuse(codes),
            Ok(Ok(Outcome::RefusedLater(codes))) => {
                report.refused_later += 1;
                report.refuse(codes);
            }
            Ok(Err(finding)) => report.findings.push((number, finding)),
            Err(payload) => report.findings.push((number, panic_text(payload.as_ref()))),
        }
    }
    report
}

fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    format!("panicked: {}", text.unwrap_or("with no message"))
}
