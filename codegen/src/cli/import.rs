//! `import`

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::home::Home;
use super::print_problems;
use super::questions::Found;
use crate::write::Prepared;
use crate::{
    Account, Against, Balance, Changes, Counts, Marker, OutputFile, Plan, Report, Sentence,
    Settled, Specs, Texts, Thing, Translation, import,
};

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

    /// Leave rules out that descriptions state
    #[arg(long)]
    no_rules: bool,

    /// The same metadata in another language: what only one of the two states becomes a question
    #[arg(long, value_name = "FILE")]
    texts_of: Option<PathBuf>,

    /// Write what became of everything into a file, with each thing that was left out or repaired
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Import {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let home = Home::find(self.specs.as_deref())?;
        let metadata = Specs::read_file(&self.file)?;
        let texts_of = self.texts_of.as_deref().map(Specs::read_file).transpose()?;
        let texts_of = match texts_of.as_ref().map(Translation::read).transpose() {
            Ok(texts_of) => texts_of,
            Err(diagnostics) => {
                print_problems(texts_of.as_ref().unwrap_or(&metadata), &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        let import = import::Import {
            package: self.package.clone(),
            operations: self.operations.clone(),
            without_texts: self.without_texts,
            no_rules: self.no_rules,
            texts_of,
        };
        let imported = match import.run(&metadata) {
            Ok(imported) => imported,
            Err(diagnostics) => {
                print_problems(&metadata, &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        let report = imported.report;
        let sentences = imported.sentences;
        let balance = Balance::of(&report);
        let files: Vec<OutputFile> = imported.files.into_iter().map(OutputFile::from).collect();
        let source = home.source(&imported.folder);
        let plan = Plan::import(&home.root.join(&source), &files)
            .map_err(|error| io::Error::new(error.kind(), format!("{source}/{error}")))?;
        // It takes its place when all the rest has, and nothing is changed if it cannot be written.
        let account = self.account(&report, &sentences)?;
        plan.apply()?;
        account.map_or(Ok(()), Prepared::place)?;
        print!("{balance}{}\n{}", success(report.markers()), changes(&files, &plan));
        print!("{}{}", Found::of(&sentences), left_out(&sentences));
        let changes = plan.changes();
        let new = changes.iter().filter(|change| change.old.is_none()).count();
        let gone = changes.iter().filter(|change| change.new.is_none()).count();
        let changed = changes.len() - new - gone;
        println!("{source}: {new} files new, {gone} gone, {changed} changed of {}", files.len());
        let Counts { carried, left_out, .. } = balance.counts(Thing::Operation);
        println!("passed {carried}, failed 0, skipped {left_out}");
        Ok(ExitCode::SUCCESS)
    }

    /// The report for programs, if one is wanted, ready to take its place.
    fn account(&self, report: &Report, sentences: &Settled) -> io::Result<Option<Prepared>> {
        let Some(path) = &self.json else { return Ok(None) };
        let text = serde_json::to_string_pretty(&Account::of(report).with_sentences(sentences))?;
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        Prepared::new(path, &text).map(Some).map_err(named)
    }
}

/// Rules that sentences state, and that do not go together with the rest.
fn left_out(sentences: &Settled) -> String {
    let line = |(sentence, against): &(Sentence, Against)| {
        let Sentence { operation, parameter, sentence, .. } = sentence;
        format!("left out, {}: {operation}.{parameter}: {sentence}\n", against.code)
    };
    sentences.left_out.iter().map(line).collect()
}

/// What tells how a call went, and on how many documented answers that rests.
fn success(markers: &[Marker]) -> String {
    let line = |marker: &Marker| {
        let Marker { member, examples, fitting, is_taken } = marker;
        let what = if *is_taken { "tells how a call went" } else { "tells nothing of it" };
        format!(
            "{member} {what}: {fitting} of {examples} documented answers have a value that does\n"
        )
    };
    markers.iter().map(line).collect()
}

/// What this import changes of the one before it.
fn changes(files: &[OutputFile], plan: &Plan<'_>) -> Changes {
    let new: Texts<'_> =
        files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    let mut old = new.clone();
    for change in plan.changes() {
        match &change.old {
            Some(text) => old.insert(&change.path, text),
            None => old.remove(change.path.as_str()),
        };
    }
    Changes::between(&old, &new)
}
