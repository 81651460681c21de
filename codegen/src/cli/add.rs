//! `add`

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use super::home::Home;
use super::print_problems;
use crate::skeleton;

/// What is left to a person, in the order of the file.
const TO_DO: &str = "\
From the document page fill in, in this order:
  summary, description   one to three sentences of your own
  externalDocs           the page's address and its date
  x-access               `read` for what changes nothing
  x-ram                  access level, resource type, ARN
  properties, required   the request table; `Valid values` become a file in schemas/
  allOf                  one rule for each `required when …`
  responses              the response table, the success response as `example`, the error codes
specs/README.md shows the form of each. `codegen` says what is still missing.";

/// Writes the file of a new operation, to be filled in, and its line in `openapi.json`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The operation, such as `DescribeRegions`
    operation: String,

    /// The service that has it, where there are several
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Add {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let home = Home::find(self.specs.as_deref())?;
        let specs = home.choose(self.service.as_deref(), |_| true)?;
        let skeleton = match skeleton(&specs, &self.operation) {
            Ok(skeleton) => skeleton.map_err(io::Error::other)?,
            Err(diagnostics) => {
                print_problems(&specs, &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        let folder = home.root.join(specs.folder());
        for file in [&skeleton.operation, &skeleton.index] {
            let path = folder.join(&file.path);
            path.parent().map(fs::create_dir_all).transpose()?;
            fs::write(path, &file.text)?;
        }
        let (name, path) = (specs.folder(), &skeleton.operation.path);
        println!("created {name}/{path}\nadded its line to {name}/openapi.json\n\n{TO_DO}");
        Ok(ExitCode::SUCCESS)
    }
}
