//! `cargo xtask bench`

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alibabacloud_codegen::{Plan, Specs};
use bench::corpus::{Corpus, FOLDER};

use crate::codegen::print_problems;

/// Measures what generating costs.
#[derive(Debug, clap::Args)]
pub struct Bench {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, clap::Subcommand)]
enum Step {
    /// Write the made-up API that is measured
    Corpus {
        /// Where to; `specs/`, `openapi-3.0.json` and `openapi-3.1.json` are made in it
        folder: PathBuf,
        /// How many operations it has
        #[arg(long, default_value_t = 1_000)]
        operations: usize,
        /// What it is made from
        #[arg(long, default_value_t = 0)]
        seed: u64,
    },
    /// Generate the crate of a made-up API that `corpus` has written
    Generate {
        /// The folder that was given to `corpus`
        folder: PathBuf,
        /// Where the crate goes
        to: PathBuf,
    },
}

impl Bench {
    pub fn run(&self) -> ExitCode {
        let done = match &self.step {
            Step::Corpus { folder, operations, seed } => {
                Corpus::new(*seed, *operations).write(folder).map(|()| ExitCode::SUCCESS)
            }
            Step::Generate { folder, to } => generate_crate(folder, to),
        };
        done.unwrap_or_else(|error| {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        })
    }
}

fn generate_crate(folder: &std::path::Path, to: &std::path::Path) -> io::Result<ExitCode> {
    let started = std::time::Instant::now();
    let specs = Specs::read(folder, FOLDER)?;
    let sums = std::sync::Mutex::new(std::collections::BTreeMap::new());
    println!("read {:?}", started.elapsed());
    let generated = match alibabacloud_codegen::generate_observed(&specs, &|phase, time| {
        *sums.lock().unwrap().entry(phase).or_insert(std::time::Duration::ZERO) += time;
    }) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            print_problems(&specs, &diagnostics);
            return Ok(ExitCode::FAILURE);
        }
    };
    println!("{:?}", sums.lock().unwrap());
    println!("generated {:?}", started.elapsed());
    let plan = Plan::new(to, &generated.files)?;
    plan.apply()?;
    println!("written {:?}", started.elapsed());
    Ok(ExitCode::SUCCESS)
}
