//! `cargo xtask explain`

use std::process::ExitCode;

use alibabacloud_codegen::explain;

use crate::checkout::read_specs;
use crate::codegen::print_problems;

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
}

impl Explain {
    pub fn run(&self) -> ExitCode {
        let given: Vec<(String, Option<String>)> = self
            .given
            .iter()
            .map(|given| match given.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (given.clone(), None),
            })
            .collect();
        let specs = match read_specs() {
            Ok(specs) => specs,
            Err(error) => {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        };
        match explain(&specs, &self.operation, &given) {
            Ok(Ok(text)) => {
                print!("{text}");
                ExitCode::SUCCESS
            }
            Ok(Err(message)) => {
                eprintln!("error: {message}");
                ExitCode::FAILURE
            }
            Err(diagnostics) => {
                print_problems(&specs, &diagnostics);
                ExitCode::FAILURE
            }
        }
    }
}
