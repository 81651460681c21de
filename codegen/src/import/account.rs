//! Reports → JSON: the figures, and each thing that was left out, merged or repaired, with its place.
//!
//! Knows nothing of how an import decides.

use serde::Serialize;

use super::balance::{Balance, Counts};
use super::reasons::Thing;
use super::report::{End, Marker, Place, Report};
use crate::settle::Settled;

/// A report for programs: what became of what was published, by kind, and each thing that is not carried as
/// it stands. Kinds, reasons and rules are called as in tables, places are JSON pointers into the metadata.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// How many operations were to be imported.
    operations: usize,
    /// How many have all parameters and elements.
    complete: usize,
    things: Vec<Kind>,
    left_out: Vec<Fact>,
    merged: Vec<Fact>,
    repaired: Vec<Fact>,
    success: Vec<Marker>,
    incomplete: Vec<Incomplete>,
    /// Pointers to parameters that calls cannot be without.
    required_lost: Vec<String>,
    /// Rules that sentences state, and that are left out.
    rules_left_out: Vec<Unsaid>,
    /// Sentences that may state rules.
    questions: Vec<Unsaid>,
}

/// A sentence that makes no rule of the spec.
#[derive(Debug, Serialize)]
struct Unsaid {
    operation: String,
    parameter: String,
    reason: String,
    sentence: String,
}

/// The figures of a kind of things.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kind {
    thing: &'static str,
    in_source: usize,
    carried: usize,
    left_out: usize,
    merged: usize,
}

/// A thing, and why or how it is not carried as it stands.
#[derive(Debug, Serialize)]
struct Fact {
    /// What it is; what is repaired may be of any kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    thing: Option<&'static str>,
    /// Why it is left out, or the rule that changed it.
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    pointer: String,
}

/// An operation that is not complete.
#[derive(Debug, Serialize)]
struct Incomplete {
    operation: String,
    /// The pointer of what it lacks first.
    lacks: String,
}

impl Account {
    /// Tells everything that a report knows.
    pub fn of(report: &Report) -> Self {
        let balance = Balance::of(report);
        let mut account = Self {
            operations: balance.operations,
            complete: balance.complete,
            things: kinds(&balance),
            left_out: Vec::new(),
            merged: Vec::new(),
            repaired: Vec::new(),
            success: report.markers().to_vec(),
            incomplete: Vec::new(),
            required_lost: report.required_lost().map(|place| place.pointer).collect(),
            rules_left_out: Vec::new(),
            questions: Vec::new(),
        };
        for (thing, end, place) in report.things() {
            let fact = |reason| Fact::new(Some(thing), reason, place());
            match end {
                End::Carried => {}
                End::LeftOut(reason) => account.left_out.push(fact(reason.name())),
                End::Merged(rule) => account.merged.push(fact(rule.name())),
                End::Unknown => account.left_out.push(fact("a defect of the importer")),
            }
        }
        let repaired = report.repaired();
        account.repaired =
            repaired.map(|(rule, place)| Fact::new(None, rule.name(), place)).collect();
        let incomplete = report.incomplete().map(|(operation, lacks)| Incomplete {
            operation: operation.shown,
            lacks: lacks.pointer,
        });
        account.incomplete = incomplete.collect();
        account
    }
}

impl Account {
    /// Tells what became of sentences, too.
    #[must_use]
    pub fn with_sentences(mut self, settled: &Settled) -> Self {
        let left_out = settled.left_out.iter().map(|(sentence, against)| Unsaid {
            operation: sentence.operation.clone(),
            parameter: sentence.parameter.clone(),
            reason: format!("{}: {}", against.code, against.message),
            sentence: sentence.sentence.clone(),
        });
        self.rules_left_out = left_out.collect();
        let questions = settled.questions.iter().map(|asked| Unsaid {
            operation: asked.operation.clone(),
            parameter: asked.parameter.clone(),
            reason: asked.question.reason.to_string(),
            sentence: asked.question.sentence.clone(),
        });
        self.questions = questions.collect();
        self
    }
}

impl Fact {
    fn new(thing: Option<Thing>, reason: &'static str, place: Place) -> Self {
        let Place { pointer, operation, .. } = place;
        Self { thing: thing.map(Thing::name), reason, operation, pointer }
    }
}

/// The figures of all kinds.
pub(super) fn kinds(balance: &Balance) -> Vec<Kind> {
    let kind = |thing: Thing| {
        let Counts { source, carried, left_out, merged, .. } = balance.counts(thing);
        Kind { thing: thing.name(), in_source: source, carried, left_out, merged }
    };
    Thing::ALL.into_iter().map(kind).collect()
}
