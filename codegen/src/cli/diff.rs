//! `diff`

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use super::home::Home;
use super::print_problems;
use crate::{Drift, drift};

/// Compares specs with what the service publishes of its API.
///
/// Prints a line for each operation, parameter and host that is new, gone or changed, and exits with
/// status 1 when there is any. What the specs record in `x-document`, and parameters that they leave
/// out on purpose, are counted and not listed.
#[derive(Debug, clap::Args)]
pub struct Diff {
    /// The service's metadata (`info`, `apis`, `endpoints`), or a file of facts (`about`,
    /// `operations`, `endpoints`)
    file: PathBuf,

    /// The service to compare with; the one that the file is about unless said
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Diff {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let file = self.file.display();
        let metadata = fs::read_to_string(&self.file)
            .map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))?;
        let home = Home::find(self.specs.as_deref())?;
        let services = match &self.service {
            Some(asked) => vec![home.service(asked)?],
            None => home.services()?,
        };
        let mut reason = String::new();
        for service in services {
            let specs = home.read(&service)?;
            match drift(&specs, &metadata) {
                Ok(Ok(Drift { differences, recorded })) => {
                    differences.iter().for_each(|difference| println!("{difference}"));
                    let (count, known) = (differences.len(), recorded.len());
                    println!("{count} differences, and {known} that the specs record");
                    let is_same = differences.is_empty();
                    return Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::FAILURE });
                }
                // The file is about another service, perhaps about the next one.
                Ok(Err(message)) => reason = message,
                Err(diagnostics) => {
                    print_problems(&specs, &diagnostics);
                    return Ok(ExitCode::FAILURE);
                }
            }
        }
        Err(io::Error::other(format!("{file}: {reason}")))
    }
}
