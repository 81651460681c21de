//! `bench`: the measurements that are asked for, as a table.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use bench::corpus::Corpus;
use bench::{Part, Plan};
use clap::Parser;

/// Measures what generating costs, and what the generated crate costs its users.
///
/// Prints a table. What is measured is made up from a seed, an API as large as is asked for; other
/// generators that are on the `PATH` are given the same one. Needs no network and a quiet machine.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
#[command(args_conflicts_with_subcommands = true)]
struct Bench {
    #[command(subcommand)]
    step: Option<Step>,

    /// What to measure; everything unless said
    #[arg(long, value_name = "PART", value_enum, value_delimiter = ',')]
    only: Vec<Measured>,

    /// How many operations the APIs have that are generated
    #[arg(long, value_name = "COUNT", value_delimiter = ',', default_values_t = [100, 1_000, 5_000])]
    sizes: Vec<usize>,

    /// How many operations the APIs have that are compiled
    #[arg(long, value_name = "COUNT", value_delimiter = ',', default_values_t = [100, 1_000])]
    compiled: Vec<usize>,

    /// How often each thing is done; the table has the medians
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    runs: usize,

    /// What the APIs are made from
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// Another checkout of this repository, whose generator is measured in turns with this one's
    #[arg(long, value_name = "CHECKOUT")]
    against: Option<PathBuf>,

    /// Write the figures to this file, too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    Bench::parse().run()
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Measured {
    /// The generator, phase by phase, and its peers
    Generate,
    /// `cargo check` and `cargo build` of what it generates
    Compile,
    /// `cargo check` of what its peers generate; Cargo fetches what they depend on
    Peers,
    /// `cargo xtask codegen` after a change
    Regenerate,
    /// The build of a program that makes one call
    Call,
    /// Validating and signing
    Request,
}

#[derive(Debug, clap::Subcommand)]
enum Step {
    /// Write a made-up API, in all forms
    Corpus {
        /// Where to
        folder: PathBuf,

        /// How many operations it has
        #[arg(long, default_value_t = 1_000)]
        operations: usize,

        /// What it is made from
        #[arg(long, default_value_t = 0)]
        seed: u64,
    },
    /// Generate the crate of a made-up API, and print what each phase took
    Generate {
        /// The folder that `corpus` wrote to
        folder: PathBuf,

        /// Where the crate goes
        to: PathBuf,

        /// The folder of the runtime that the crate depends on; the published one unless said
        #[arg(long, value_name = "PATH")]
        runtime: Option<String>,
    },
    /// Parse and print the Rust files below a folder, and print the seconds that it took
    Reformat {
        /// The folder
        folder: PathBuf,
    },
}

impl Bench {
    fn run(&self) -> ExitCode {
        let done = match &self.step {
            None => self.measure(),
            Some(step) => step.run(),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        }
    }

    fn measure(&self) -> io::Result<()> {
        let parts: Vec<Part> = match self.only.as_slice() {
            [] => Part::ALL.to_vec(),
            only => only.iter().map(|part| part.part()).collect(),
        };
        let (sizes, compiled) = (self.sizes.clone(), self.compiled.clone());
        let plan = Plan {
            root: std::env::current_dir()?,
            parts,
            sizes,
            compiled,
            seed: self.seed,
            runs: self.runs,
            against: self.against.clone(),
        };
        let report = bench::run(&plan, &|what| eprintln!("{what}"))?;
        print!("{}", report.table());
        match &self.json {
            Some(file) => std::fs::write(file, report.to_json()),
            None => Ok(()),
        }
    }
}

impl Step {
    fn run(&self) -> io::Result<()> {
        match self {
            Self::Corpus { folder, operations, seed } => {
                Corpus::new(*seed, *operations).write(folder)
            }
            Self::Generate { folder, to, runtime } => {
                let generating = bench::generate(folder, to, runtime.clone())?;
                println!("{}", serde_json::to_string(&generating)?);
                Ok(())
            }
            Self::Reformat { folder } => {
                println!("{}", bench::reformat(folder)?);
                Ok(())
            }
        }
    }
}

impl Measured {
    fn part(self) -> Part {
        match self {
            Self::Generate => Part::Generate,
            Self::Compile => Part::Compile,
            Self::Peers => Part::Peers,
            Self::Regenerate => Part::Regenerate,
            Self::Call => Part::Call,
            Self::Request => Part::Request,
        }
    }
}
