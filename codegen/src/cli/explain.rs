//! `explain`

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::home::Home;
use super::print_problems;
use crate::{explain, explain_as_idl};

/// Prints what an operation requires.
///
/// Without `--given` it prints the requirement table and every rule; with it, what is then required,
/// optional, and not yet decidable.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The operation, such as `ModifyBackupSourceEndpoint`
    operation: String,

    /// A parameter or a fact of the context that is given, with or without its value
    #[arg(long, value_name = "NAME[=VALUE]")]
    given: Vec<String>,

    /// How it is told: in words, or as dependencies in IDL
    #[arg(long, value_enum, default_value_t, conflicts_with = "given")]
    format: Format,

    /// The service that has the operation, where several have one of this name
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

/// How an operation is told of.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Words,
    Idl,
}

impl Explain {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let given = |given: &String| match given.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (given.clone(), None),
        };
        let given: Vec<(String, Option<String>)> = self.given.iter().map(given).collect();
        let home = Home::find(self.specs.as_deref())?;
        let specs = home.with_operation(self.service.as_deref(), &self.operation)?;
        let told = match self.format {
            Format::Words => explain(&specs, &self.operation, &given),
            Format::Idl => explain_as_idl(&specs, &self.operation),
        };
        match told {
            Ok(text) => {
                print!("{}", text.map_err(io::Error::other)?);
                Ok(ExitCode::SUCCESS)
            }
            Err(diagnostics) => {
                print_problems(&specs, &diagnostics);
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
