//! `cargo xtask diff`

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use alibabacloud_codegen::drift;

use crate::checkout::read_specs;
use crate::codegen::print_problems;

/// Compares the specs with what the service publishes of its API.
///
/// Prints a line for each operation, parameter and host that is new, gone or changed, and exits with
/// status 1 when there is any. What the specs record in `x-document`, and parameters that they leave
/// out on purpose, are counted and not listed.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The service's metadata (`info`, `apis`, `endpoints`), or a file of facts (`about`,
    /// `operations`, `endpoints`)
    file: PathBuf,
}

impl Diff {
    pub fn run(&self) -> ExitCode {
        self.compare().unwrap_or_else(|error| {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        })
    }

    fn compare(&self) -> io::Result<ExitCode> {
        let file = self.file.display();
        let metadata = fs::read_to_string(&self.file)
            .map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))?;
        let specs = read_specs()?;
        let found = match drift(&specs, &metadata) {
            Ok(outcome) => {
                outcome.map_err(|message| io::Error::other(format!("{file}: {message}")))?
            }
            Err(diagnostics) => {
                print_problems(&specs, &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        for difference in &found.differences {
            println!("{difference}");
        }
        println!(
            "{} differences, and {} that the specs record",
            found.differences.len(),
            found.recorded.len()
        );
        Ok(if found.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
