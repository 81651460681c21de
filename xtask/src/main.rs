//! The maintainers' commands: parses flags, calls `alibabacloud-codegen`, prints.

mod bench;
mod codegen;
mod explain;
mod fuzz;

use std::process::ExitCode;

use clap::Parser;

/// The maintainers' commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    Bench(bench::Bench),
    Codegen(codegen::Codegen),
    Explain(explain::Explain),
    Fuzz(fuzz::Fuzz),
}

fn main() -> ExitCode {
    match Command::parse() {
        Command::Bench(command) => command.run(),
        Command::Codegen(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Fuzz(command) => command.run(),
    }
}
