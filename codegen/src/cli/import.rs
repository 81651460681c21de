//! `import`

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::home::Home;
use super::print_problems;
use crate::{Balance, Counts, OutputFile, Plan, Specs, Thing, import};

/// Writes the specs of a service from what Alibaba Cloud publishes of its API.
///
/// The service's folder has to be one that was imported before, or new; what stands in its `overlays/` is
/// left as it is.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The metadata of one version of a service
    file: PathBuf,

    /// The package of the crate; from the product and the version unless said
    #[arg(long, value_name = "NAME")]
    package: Option<String>,

    /// The operations that are wanted, with commas between; all unless said
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    operations: Vec<String>,

    /// Leave descriptions and examples out
    #[arg(long)]
    without_texts: bool,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Import {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let home = Home::find(self.specs.as_deref())?;
        let metadata = Specs::read_file(&self.file)?;
        let import = import::Import {
            package: self.package.clone(),
            operations: self.operations.clone(),
            without_texts: self.without_texts,
        };
        let imported = match import.run(&metadata) {
            Ok(imported) => imported,
            Err(diagnostics) => {
                print_problems(&metadata, &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        let balance = Balance::of(&imported.report);
        let files: Vec<OutputFile> = imported.files.into_iter().map(OutputFile::from).collect();
        let source = home.source(&imported.folder);
        let plan = Plan::import(&home.root.join(&source), &files)
            .map_err(|error| io::Error::new(error.kind(), format!("{source}/{error}")))?;
        plan.apply()?;
        print!("{balance}");
        let changes = plan.changes();
        let new = changes.iter().filter(|change| change.old.is_none()).count();
        let gone = changes.iter().filter(|change| change.new.is_none()).count();
        let changed = changes.len() - new - gone;
        println!("{source}: {new} files new, {gone} gone, {changed} changed of {}", files.len());
        let Counts { carried, left_out, .. } = balance.counts(Thing::Operation);
        println!("passed {carried}, failed 0, skipped {left_out}");
        Ok(ExitCode::SUCCESS)
    }
}
