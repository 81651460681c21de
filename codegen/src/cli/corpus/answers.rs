//! The documented example answers of a corpus, read into the types of its crates, and what came out
//! compared with what went in.
//!
//! Prints and counts; what a type is, and how crates are compiled, is not known here.

mod compare;
mod declared;
mod examples;
pub(super) mod program;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value, json};

use compare::{Comparison, Lenience};
use declared::Declared;
use examples::{Example, Skipped, examples};
use program::Outcome;

/// A document, and the folder of its crate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) document: &'s Path,
    pub(super) folder: &'s str,
}

/// What became of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Whole,
    /// Whole, and callers are told of the failure that it shows.
    Failure,
    /// Whole, and callers are told of a failure, since its code is none of success: a slip of the
    /// documents, or of what the importer knows of the service's codes.
    Mistaken,
    Lost,
    Changed,
    Refused,
    Unknown,
}

impl Fate {
    const ALL: [Self; 7] = [
        Self::Whole,
        Self::Failure,
        Self::Mistaken,
        Self::Lost,
        Self::Changed,
        Self::Refused,
        Self::Unknown,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Whole => "read whole",
            Self::Failure => "read whole, and told to callers as the failure that it shows",
            Self::Mistaken => "read whole, and told to callers as a failure by its code alone",
            Self::Lost => "an element is lost",
            Self::Changed => "an element is changed",
            Self::Refused => "cannot be read",
            Self::Unknown => "of an operation that was left out",
        }
    }

    fn is_whole(self) -> bool {
        match self {
            Self::Whole | Self::Failure | Self::Mistaken => true,
            Self::Lost | Self::Changed | Self::Refused | Self::Unknown => false,
        }
    }
}

/// What was found out of an example.
#[derive(Debug)]
struct Verdict {
    document: String,
    operation: String,
    place: String,
    fate: Fate,
    /// Where its first value stands that is not of the type that the schema declares.
    misfit: Option<String>,
    /// What differs, or why it was refused.
    difference: Option<String>,
    elements: usize,
    undeclared: usize,
    lenient: BTreeMap<Lenience, usize>,
}

/// What became of all examples.
#[derive(Debug, Default)]
pub(super) struct Answers {
    verdicts: Vec<Verdict>,
    skipped: BTreeMap<Skipped, usize>,
}

/// Reads the examples of all documents with the program, and keeps each verdict in a file.
pub(super) fn read(binary: &Path, sources: &[Source<'_>], file: &Path) -> io::Result<Answers> {
    let of_each: Vec<Answers> =
        sources.par_iter().map(|source| of(binary, *source)).collect::<io::Result<_>>()?;
    let mut answers = Answers::default();
    for found in of_each {
        answers.verdicts.extend(found.verdicts);
        for (reason, count) in found.skipped {
            *answers.skipped.entry(reason).or_default() += count;
        }
    }
    let lines: String =
        answers.verdicts.iter().map(|verdict| format!("{}\n", verdict.json())).collect();
    fs::write(file, lines)?;
    Ok(answers)
}

fn of(binary: &Path, source: Source<'_>) -> io::Result<Answers> {
    let metadata: Value = serde_json::from_slice(&fs::read(source.document)?)?;
    let name = source.document.to_string_lossy();
    let mut answers = Answers::default();
    let examples = examples(&metadata, &mut answers.skipped);
    let bodies: Vec<(&str, &str)> =
        examples.iter().map(|example| (example.operation, example.body.as_str())).collect();
    let outcomes = program::read(binary, source.folder, &bodies)?;
    let pairs = examples.iter().zip(outcomes);
    answers.verdicts =
        pairs.map(|(example, outcome)| verdict(&name, &metadata, example, outcome)).collect();
    Ok(answers)
}

fn verdict(document: &str, metadata: &Value, example: &Example<'_>, outcome: Outcome) -> Verdict {
    let declared = Declared::of(metadata, example.operation);
    let mut comparison = Comparison::default();
    let (fate, reason) = match outcome {
        Outcome::Read(kept) => compared(&mut comparison, example, &kept, declared, Fate::Whole),
        Outcome::Failure(Ok(kept)) => {
            let fate = if example.shows_failure() { Fate::Failure } else { Fate::Mistaken };
            compared(&mut comparison, example, &kept, declared, fate)
        }
        Outcome::Taken(true) => (Fate::Whole, None),
        Outcome::Taken(false) => (Fate::Changed, Some("the body".to_owned())),
        Outcome::Refused(reason) | Outcome::Failure(Err(reason)) => (Fate::Refused, Some(reason)),
        Outcome::Unknown => (Fate::Unknown, None),
    };
    Verdict {
        document: document.to_owned(),
        operation: example.operation.to_owned(),
        place: example.place.clone(),
        fate,
        misfit: declared.and_then(|declared| declared.misfit(&example.value)),
        difference: reason,
        elements: comparison.elements,
        undeclared: comparison.undeclared,
        lenient: comparison.lenient,
    }
}

/// What became of an example that was read; `whole` if nothing differs.
fn compared(
    comparison: &mut Comparison,
    example: &Example<'_>,
    kept: &Value,
    declared: Option<Declared<'_>>,
    whole: Fate,
) -> (Fate, Option<String>) {
    comparison.compare(&example.value, Some(kept), declared);
    let Some(difference) = &comparison.difference else { return (whole, None) };
    let (pointer, went) = (&difference.pointer, &difference.went_in);
    match &difference.came_out {
        Some(came) => (Fate::Changed, Some(format!("{pointer}: {went} came out as {came}"))),
        None => (Fate::Lost, Some(format!("{pointer}: {went} did not come out"))),
    }
}

impl Verdict {
    fn json(&self) -> Value {
        let lenient = self.lenient.iter().map(|(lenience, count)| (lenience.name(), count));
        json!({
            "document": self.document,
            "operation": self.operation,
            "place": self.place,
            "whole": self.fate.is_whole(),
            "fate": self.fate.name(),
            "misfit": self.misfit,
            "difference": self.difference,
            "elements": self.elements,
            "undeclared": self.undeclared,
            "lenient": lenient.collect::<BTreeMap<_, _>>(),
        })
    }

    /// Whether an example that is as it is declared was not read whole.
    fn is_defect(&self) -> bool {
        self.misfit.is_none() && !self.fate.is_whole()
    }
}

impl Answers {
    /// How many examples that are as they are declared were not read whole.
    pub(super) fn defects(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.is_defect()).count()
    }

    fn count(&self, is_such: impl Fn(&Verdict) -> bool) -> usize {
        self.verdicts.iter().filter(|verdict| is_such(verdict)).count()
    }
}

/// The table.
impl fmt::Display for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.verdicts.len();
        let fit = self.count(|verdict| verdict.misfit.is_none());
        let whole = self.count(|verdict| verdict.misfit.is_none() && verdict.fate.is_whole());
        writeln!(formatter, "\n{:8}{:>8}  documented answers", "as", "not as")?;
        writeln!(formatter, "{:8}{:>8}", "declared", "declared")?;
        for fate in Fate::ALL {
            let fits = self.count(|verdict| verdict.fate == fate && verdict.misfit.is_none());
            let rest = self.count(|verdict| verdict.fate == fate && verdict.misfit.is_some());
            writeln!(formatter, "{fits:8}{rest:8}  {}", fate.name())?;
        }
        writeln!(formatter, "{fit:8}{:8}  in JSON", all - fit)?;
        for (reason, count) in &self.skipped {
            writeln!(formatter, "{:8}{count:8}  not read: {}", "", reason.name())?;
        }
        let sum = |of: fn(&Verdict) -> usize| self.verdicts.iter().map(of).sum::<usize>();
        let undeclared = sum(|verdict| verdict.undeclared);
        writeln!(formatter, "\n{:8} elements went in", sum(|verdict| verdict.elements))?;
        writeln!(
            formatter,
            "{undeclared:8} of them are not in the schema, which is no loss of ours"
        )?;
        let mut lenient: BTreeMap<Lenience, usize> = BTreeMap::new();
        for (lenience, count) in self.verdicts.iter().flat_map(|verdict| &verdict.lenient) {
            *lenient.entry(*lenience).or_default() += count;
        }
        for (lenience, count) in lenient {
            writeln!(formatter, "{count:8} were read leniently: {}", lenience.name())?;
        }
        let is_shown = |verdict: &&Verdict| verdict.is_defect() || verdict.fate == Fate::Mistaken;
        for verdict in self.verdicts.iter().filter(is_shown) {
            let Verdict { document, place, fate, .. } = verdict;
            let difference = verdict.difference.iter();
            let difference: String = difference.map(|found| format!(": {found}")).collect();
            let name = Path::new(document).file_stem().unwrap_or_default().to_string_lossy();
            writeln!(formatter, "{name}{place}: {}{difference}", fate.name())?;
        }
        let share = 100.0 * whole as f64 / fit.max(1) as f64;
        writeln!(
            formatter,
            "{whole} of {fit} answers that are as declared were read whole: {share:.2} %"
        )
    }
}
