//! Generates Rust bindings from OpenAPI 3.2 documents, requirements between parameters included.
//!
//! The path of the data, each stage a plain function:
//!
//! ```text
//! Specs ─read─▶ documents ─overlay─▶ documents ─bind─▶ types and conditions, names followed
//!       ─lower─▶ model ─rules─▶ formulas, sentences, tables ─analyze─▶ the same, judged
//!       ─naming─▶ identifiers ─blueprint─▶ facts of each file ─emit─▶ tokens ─format─▶ files
//! ```
//!
//! Nothing is printed and no process ends here. What the generator does not understand is a
//! [`Diagnostic`] with its place in the spec; problems are collected, and with any problem there is
//! no output at all.

mod analyze;
mod bind;
mod blueprint;
mod bound;
#[cfg(feature = "cli")]
pub mod cli;
mod config;
mod decimal;
mod diagnostic;
mod dialect;
mod drift;
mod emit;
mod english;
mod explain;
mod facts;
mod findings;
mod format;
mod idl;
mod import;
mod json;
mod judge;
mod lower;
mod model;
mod moment;
mod naming;
mod overlay;
pub mod prose;
mod read;
mod requests;
mod rules;
mod settle;
mod skeleton;
mod source;
mod summary;
mod travel;
mod write;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rayon::prelude::*;

pub use config::{Config, Package, Runtime};
pub use diagnostic::{Code, Diagnostic, Diagnostics, Located};
pub use drift::{Difference, Drift};
pub use format::OutputFile;
pub use import::{
    Account, Asked, Balance, Changes, Counts, End, Import, Imported, LeftOut, Marker, Place,
    Repair, Report, Says, Sentence, Sentences, Tally, Texts, Thing, Translation,
};
pub use judge::Judge;
pub use requests::{Draws, NearlyValid, Unanswered};
pub use settle::{Against, Settled};
pub use skeleton::{Skeleton, skeleton};
pub use source::{SpecFile, Specs};
pub use summary::{Spread, Summary};
pub use write::{Change, Plan};

use blueprint::Blueprint;
use bound::Bound;
use diagnostic::Sink;
use findings::Findings;
use format::NotRust;
use model::{Api, TypeId};
use rules::rule::ObjectRules;
use source::Origin;

/// The generated crate, in memory.
#[derive(Debug)]
pub struct Output {
    /// The name of the package: `alibabacloud-dbs`.
    pub package: String,
    /// The name of the crate's folder: `dbs`.
    pub folder: String,
    /// What in the specs the name comes from.
    named_by: Origin,
    /// The files, in the order in which they were emitted.
    pub files: Vec<OutputFile>,
    /// What went into them.
    pub summary: Summary,
    /// What operations are called, in the order of the spec.
    pub operations: Vec<Called>,
}

/// What an operation is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// On the wire.
    pub action: String,
    /// The struct of its response, in the module `operations` of the crate.
    pub response: String,
}

/// What the generator does, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Phase {
    /// Text becomes documents.
    Read,
    /// References are followed, and documents become the model.
    Bind,
    /// Conditions become rules, and rules are judged.
    Rules,
    /// What was found out becomes the facts of each file, and these tokens.
    Emit,
    /// Tokens become text.
    Format,
}

/// Tells how long pieces of work take.
struct Clock<'o> {
    observe: &'o (dyn Fn(Phase, Duration) + Sync),
}

impl Clock<'_> {
    const SILENT: Self = Self { observe: &|_, _| () };

    fn time<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        (self.observe)(phase, started.elapsed());
        result
    }
}

/// Generates the crate for a service version.
///
/// # Errors
///
/// Every problem that was found, of all files and stages. What could not be read is left out by later
/// stages, and the rules of an operation are judged together only when nothing else is wrong with it.
/// A defect of this crate is told in the same way, with [`Code::Defect`].
pub fn generate<'s>(specs: &'s Specs, config: &Config) -> Result<Output, Diagnostics<'s>> {
    generate_observed(specs, config, &|_, _| ())
}

/// Like [`generate`], and tells `observe` of every piece of work how long it took.
///
/// Pieces are done on several threads at a time, so the times of a phase may add up to more than
/// passes on a clock.
///
/// # Errors
///
/// As [`generate`] does.
pub fn generate_observed<'s>(
    specs: &'s Specs,
    config: &Config,
    observe: &(dyn Fn(Phase, Duration) + Sync),
) -> Result<Output, Diagnostics<'s>> {
    let clock = Clock { observe };
    let findings = findings(specs, &clock)?;
    let blueprint = clock.time(Phase::Emit, || Blueprint::new(&findings, config));
    // The tokens of a file take many times the room of its text, so it lives on one thread
    // and only until it is text.
    let write_down = |file| {
        let emitted = clock.time(Phase::Emit, || emit::emit(blueprint.sheet(file)));
        clock.time(Phase::Format, || format::format(emitted, &config.command))
    };
    let written: Vec<Result<OutputFile, NotRust>> =
        blueprint.files().into_par_iter().with_max_len(1).map(write_down).collect();
    let mut files = written.into_iter().collect::<Result<Vec<_>, _>>().map_err(|defect| {
        let mut sink = Sink::default();
        defect.report(specs, &mut sink);
        Diagnostics::new(specs, sink)
    })?;
    let summary = Summary::of(&blueprint, &files);
    let (package, folder) = (findings.names.package.clone(), findings.names.folder().to_owned());
    let named_by = findings.api.package.as_ref().unwrap_or(&findings.api.product).origin;
    let operations = findings.api.operations.iter().map(|operation| Called {
        action: operation.id.value.clone(),
        response: findings.names.type_(operation.response).ident.to_string(),
    });
    let operations = operations.collect();
    files.extend(config.attached.iter().cloned());
    Ok(Output { package, folder, named_by, files, summary, operations })
}

/// Reports services whose crates would stand in the same folder, each at what names its package.
pub fn clashes<'s>(made: &[(&'s Specs, &Output)]) -> Vec<(&'s Specs, Diagnostics<'s>)> {
    let mut seen: BTreeMap<&str, &Specs> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (specs, output) in made {
        if let Some(first) = seen.insert(&output.folder, specs) {
            let mut sink = Sink::default();
            let message =
                format!("the package `{}` is that of `{}` already", output.package, first.folder());
            let help = "name another one in `x-package` of `info`";
            sink.error_with_help(Code::NameCollision, output.named_by, message, help);
            clashes.push((*specs, Diagnostics::new(specs, sink)));
        }
    }
    clashes
}

/// The table of the keywords that schemas may have, as the guide for writers of specs shows it.
pub fn keyword_table() -> String {
    dialect::table()
}

/// Explains what an operation requires, in lines of at most 80 columns: its table, or, when
/// parameters or context facts are `given`, what is then required, optional, and not yet decidable.
///
/// # Errors
///
/// The problems of the specs, or a sentence when there is no such operation, parameter or value.
pub fn explain<'s>(
    specs: &'s Specs,
    operation: &str,
    given: &[(String, Option<String>)],
) -> Result<Result<String, String>, Diagnostics<'s>> {
    let findings = findings(specs, &Clock::SILENT)?;
    Ok(explain::explain(&findings, operation, given))
}

/// The rules of an operation in IDL, the inter-parameter dependency language, a line each. What the language
/// cannot say stands in comments behind them, as a sentence.
///
/// # Errors
///
/// The problems of the specs, or a sentence when there is no such operation.
pub fn explain_as_idl<'s>(
    specs: &'s Specs,
    operation: &str,
) -> Result<Result<String, String>, Diagnostics<'s>> {
    let findings = findings(specs, &Clock::SILENT)?;
    Ok(explain::as_idl(&findings, operation))
}

/// Compiles the rules of an operation for judging requests without generated code; `None` when there
/// is no such operation.
///
/// Whether the rules make sense together is not asked here: a condition that never holds can be
/// judged as well as any other.
///
/// # Errors
///
/// The problems of the specs that keep rules from being read.
pub fn judge<'s>(specs: &'s Specs, operation: &str) -> Result<Option<Judge>, Diagnostics<'s>> {
    Ok(judges(specs)?.into_iter().find(|judge| judge.operation() == operation))
}

/// As [`judge`], for all operations of a service, in the order of the spec.
///
/// # Errors
///
/// As [`judge`] does.
pub fn judges(specs: &Specs) -> Result<Vec<Judge>, Diagnostics<'_>> {
    let mut sink = Sink::default();
    let Read { api, rules, .. } = read(specs, &Clock::SILENT, &mut sink);
    if sink.is_empty() { Ok(Judge::all(api, rules)) } else { Err(Diagnostics::new(specs, sink)) }
}

/// Compares the specs with what the service publishes of its API, in the service's own format or as a
/// file of facts.
///
/// Compared are operations, parameters with their types, whether they are required and which values
/// they take, and hosts. What an `x-document` records is no news: `required` and `values` of a parameter
/// are what other sources say of it, a note alone says that not all of them have the parameter, and one
/// on a value or a server that not all of them have that.
///
/// # Errors
///
/// The problems of the specs, or a sentence when the text says nothing of this service version.
pub fn drift<'s>(
    specs: &'s Specs,
    metadata: &str,
) -> Result<Result<Drift, String>, Diagnostics<'s>> {
    let mut sink = Sink::default();
    let Read { bound, api, .. } = read(specs, &Clock::SILENT, &mut sink);
    if sink.is_empty() {
        Ok(drift::drift(&bound, &api, metadata))
    } else {
        Err(Diagnostics::new(specs, sink))
    }
}

/// What the specs say, before it is asked whether it makes sense.
struct Read {
    bound: Bound,
    api: Api,
    rules: Vec<ObjectRules>,
}

fn read(specs: &Specs, clock: &Clock<'_>, sink: &mut Sink) -> Read {
    let documents = clock.time(Phase::Read, || read::read(specs, sink));
    sink.start_stage();
    let (bound, api) = clock.time(Phase::Bind, || {
        let bound = bind::bind(specs, documents, sink);
        sink.start_stage();
        let api = lower::lower(specs, &bound, sink);
        (bound, api)
    });
    sink.start_stage();
    let rules = clock.time(Phase::Rules, || rules::compile(&bound, &api, sink));
    sink.start_stage();
    Read { bound, api, rules }
}

fn findings<'s>(specs: &'s Specs, clock: &Clock<'_>) -> Result<Findings, Diagnostics<'s>> {
    let mut sink = Sink::default();
    let Read { bound, api, rules } = read(specs, clock, &mut sink);
    let (guides, names) = clock.time(Phase::Rules, || {
        rules::check_examples(&bound, &api, &rules, &mut sink);
        // A rule that could not be read whole would be judged by what is left of it.
        let whole = rules::whole(&bound, &sink.files());
        drop(bound);
        let guides = rules::guide::guide(&api, &rules, &mut sink);
        sink.start_stage();
        let troubled = sink.files();
        let is_sound =
            |id: TypeId| whole[id.0] && !troubled.contains(&api.type_(id).name.origin.file);
        analyze::analyze(&api, &rules, &is_sound, &mut sink);
        (guides, naming::name(&api, &mut sink))
    });
    if sink.is_empty() {
        Ok(Findings { api, rules, guides, names })
    } else {
        Err(Diagnostics::new(specs, sink))
    }
}
