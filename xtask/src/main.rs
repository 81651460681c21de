//! The maintainers' commands: parses flags, calls `alibabacloud-codegen`, prints.

mod add;
mod bench;
mod checkout;
mod codegen;
mod diff;
mod explain;
mod fuzz;

use std::process::ExitCode;

use clap::Parser;

/// Generating is mostly building and dropping trees, on several threads at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The maintainers' commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    Add(add::Add),
    Bench(bench::Bench),
    Codegen(codegen::Codegen),
    Diff(diff::Diff),
    Explain(explain::Explain),
    Fuzz(fuzz::Fuzz),
}

fn main() -> ExitCode {
    match Command::parse() {
        Command::Add(command) => command.run(),
        Command::Bench(command) => command.run(),
        Command::Codegen(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Fuzz(command) => command.run(),
    }
}
