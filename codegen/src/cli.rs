//! The verbs of the command line, the same for the maintainers of this repository and for others.
//!
//! Knows where files stand and how people are told things; what is done with the files is left to
//! the rest of the crate, which prints nothing.

mod add;
mod codegen;
mod corpus;
mod diff;
mod explain;
mod home;
mod import;
mod questions;
mod requests;

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;

use crate::{Config, Diagnostics, Specs};
pub use add::Add;
pub use codegen::Codegen;
pub use corpus::Corpus;
pub use diff::Diff;
pub use explain::Explain;
pub use import::Import;
pub use questions::Questions;
pub use requests::Requests;

/// What can be asked for.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Write the file of a new operation, to be filled in, and its line in `openapi.json`
    Add(Add),
    /// Generate the crates of services
    Codegen(Codegen),
    /// Import and generate every document below a folder
    Corpus(Corpus),
    /// Compare specs with what a service publishes of its API
    Diff(Diff),
    /// Print what an operation requires
    Explain(Explain),
    /// Write the specs of a service from what is published of its API
    Import(Import),
    /// Print the sentences of a service that may state requirements, and make no rule
    Questions(Questions),
    /// Print requests of an operation: valid ones, nearly valid ones, all of them, or how many there are
    Requests(Requests),
}

impl Verb {
    /// Does what was asked for, for crates of which `config` says whose they are.
    ///
    /// Results go to standard output, problems to standard error; the code is 1 for problems.
    pub fn run(&self, config: &Config) -> ExitCode {
        let done = match self {
            Self::Add(verb) => verb.run(),
            Self::Codegen(verb) => verb.run(config),
            Self::Corpus(verb) => verb.run(config),
            Self::Diff(verb) => verb.run(),
            Self::Explain(verb) => verb.run(),
            Self::Import(verb) => verb.run(),
            Self::Requests(verb) => verb.run(),
            Self::Questions(verb) => verb.run(),
        };
        done.unwrap_or_else(|error| {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        })
    }
}

/// The specs of the service that is named, or else of all services.
///
/// # Errors
///
/// When there is no such folder or service, and when a file cannot be read.
pub fn read(specs: Option<&Path>, service: Option<&str>) -> io::Result<Vec<Specs>> {
    let home = home::Home::find(specs)?;
    let services = match service {
        Some(asked) => vec![home.service(asked)?],
        None => home.services()?,
    };
    services.iter().map(|service| home.read(service)).collect()
}

/// Prints what is wrong with the specs of a service.
fn print_problems(specs: &Specs, diagnostics: &Diagnostics<'_>) {
    let count = diagnostics.iter().count();
    let problems = if count == 1 { "1 problem" } else { &format!("{count} problems") };
    eprintln!("{}", diagnostics.render(io::stderr().is_terminal()));
    eprintln!("\n{problems} in {}; nothing was written", specs.folder());
    let code = diagnostics.iter().map(|diagnostic| diagnostic.code()).min();
    if let Some(code) = code {
        eprintln!("`codegen --explain {code}` tells more, as for every code");
    }
}
