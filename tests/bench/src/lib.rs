//! Measures what generating costs, and what the generated crate costs its users.
//!
//! What is measured is made from a seed, so that two runs of different days can be compared. Each
//! program that is measured is a process of its own, so that its memory is its own; programs that are
//! compared run in turns. Knows no flags and prints nothing.

mod against;
mod compiling;
pub mod corpus;
mod generating;
mod peers;
mod process;
mod regenerating;
mod report;
mod request;
mod step;

use std::io;
use std::path::PathBuf;

pub use report::{Report, Row};
pub use step::{Generating, generate, reformat};

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The generator on the made-up API, phase by phase, and the peers that are on the `PATH`.
    Generate,
    /// `cargo check` and `cargo build` of what was generated.
    Compile,
    /// `cargo check` of what the peers that are on the `PATH` generate.
    Peers,
    /// `cargo xtask codegen` after one spec was touched.
    Regenerate,
    /// A program that makes one call, dependency by dependency.
    Call,
    /// Validating and signing a request.
    Request,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Generate, Self::Compile, Self::Peers, Self::Regenerate, Self::Call, Self::Request];
}

/// How to measure.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The root of the repository.
    pub root: PathBuf,
    /// What is measured.
    pub parts: Vec<Part>,
    /// How many operations the made-up APIs have whose generation is measured.
    pub sizes: Vec<usize>,
    /// How many operations the made-up APIs have that are compiled.
    pub compiled: Vec<usize>,
    /// What the made-up APIs are made from.
    pub seed: u64,
    /// How often each thing is done; figures are medians.
    pub runs: usize,
    /// Another checkout, whose generator is measured in turns with this one's.
    pub against: Option<PathBuf>,
}

/// Measures everything that is asked for. A part that fails has a row that says so, and its error is
/// told whole; the others are measured all the same.
///
/// # Errors
///
/// When the program that is measured cannot be built; the error has what the compiler says.
pub fn run(plan: &Plan, tell: &dyn Fn(&str)) -> io::Result<Report> {
    let place = plan.root.join("target/bench");
    let mut report = Report::new();
    let program = process::build_bench(&plan.root)?;
    for part in &plan.parts {
        let rows = match part {
            Part::Generate => generating::measure(plan, &program, &place, tell),
            Part::Compile => compiling::measure(plan, &program, &place, tell),
            Part::Peers => compiling::measure_peers(plan, &program, &place, tell),
            Part::Regenerate => regenerating::measure(plan, tell),
            Part::Call => compiling::measure_call(plan, &place, tell),
            Part::Request => request::measure(plan, tell),
        };
        match rows {
            Ok(rows) => report.rows.extend(rows),
            Err(error) => {
                tell(&format!("error: {error}"));
                report.rows.push(Row::new(format!("{part:?}")).note("failed"));
            }
        }
    }
    Ok(report)
}
