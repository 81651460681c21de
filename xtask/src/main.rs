//! The maintainers' commands: the verbs of `alibabacloud-codegen`, for the crates of this repository,
//! and the two tools that are built on their own because they take long to build.

use std::process::{Command, ExitCode};
use std::{env, io};

use alibabacloud_codegen::cli::Verb;
use clap::Parser;
use xtask::{config, root};

/// The maintainers' commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    #[command(flatten)]
    Generator(Verb),
    /// Measure what generating costs, and what the generated crates cost their users
    Bench(Tool),
    /// Damage specs in memory and look at what the generator makes of them
    Fuzz(Tool),
}

/// What is handed on to a tool; `--help` tells what it takes.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
struct Tool {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Generator(verb) => config().map(|config| verb.run(&config)),
        Task::Bench(tool) => tool.run("bench"),
        Task::Fuzz(tool) => tool.run("fuzz"),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

impl Tool {
    /// Builds the tool with optimizations and runs it.
    fn run(&self, package: &str) -> io::Result<ExitCode> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["run", "--quiet", "--release", "--package", package, "--"])
            .args(&self.arguments)
            .current_dir(root()?)
            .status()?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
