//! `cargo xtask add`

use std::process::ExitCode;
use std::{fs, io};

use alibabacloud_codegen::{Diagnostics, Specs, skeleton};

use crate::checkout::{read_specs, root};
use crate::codegen::print_problems;

/// What is left to a person, in the order of the file.
const TO_DO: &str = "\
From the document page fill in, in this order:
  summary, description   one to three sentences of your own
  externalDocs           the page's address and its date
  x-ram                  access level, resource type, ARN
  properties, required   the request table; `Valid values` become a file in schemas/
  allOf                  one rule for each `required when …`
  responses              the response table, the success response as `example`, the error codes
specs/README.md shows the form of each. `cargo xtask codegen` says what is still missing.";

/// Writes the file of a new operation, to be filled in, and its line in `openapi.json`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The operation, such as `DescribeRegions`
    operation: String,
}

impl Add {
    pub fn run(&self) -> ExitCode {
        let outcome = read_specs().and_then(|specs| match skeleton(&specs, &self.operation) {
            Ok(Ok(skeleton)) => {
                let path = format!("{}/{}", specs.folder(), skeleton.operation.path);
                let folder = root()?.join(specs.folder());
                fs::write(folder.join(&skeleton.operation.path), skeleton.operation.text)?;
                fs::write(folder.join(&skeleton.index.path), skeleton.index.text)?;
                println!(
                    "created {path}\nadded its line to {}/openapi.json\n\n{TO_DO}",
                    specs.folder()
                );
                Ok(ExitCode::SUCCESS)
            }
            Ok(Err(message)) => Err(io::Error::other(message)),
            Err(diagnostics) => Ok(refused(&specs, &diagnostics)),
        });
        outcome.unwrap_or_else(|error| {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        })
    }
}

fn refused(specs: &Specs, diagnostics: &Diagnostics<'_>) -> ExitCode {
    print_problems(specs, diagnostics);
    ExitCode::FAILURE
}
