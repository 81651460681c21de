//! What an importer found in sentences → the overlay with that of it which the generator takes.
//!
//! Each rule is tried in the spec: one that it cannot say, that contradicts another, that never holds or says
//! nothing new is left out, and why is told. Stands above the importer, which asks no stage that comes later.

mod trial;
mod written;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::import::{Asked, Sentence, Sentences};
use crate::source::SpecFile;
use trial::{Spec, Trial};

/// What became of what sentences say.
#[derive(Debug, Default)]
pub struct Settled {
    /// What the overlay has.
    pub stated: Vec<Sentence>,
    /// What is left out, each with what speaks against it.
    pub left_out: Vec<(Sentence, Against)>,
    /// Sentences that state nothing for certain.
    pub questions: Vec<Asked>,
}

/// What speaks against a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// The stable name of the problem that it would be.
    pub code: &'static str,
    /// What is wrong with it.
    pub message: String,
}

/// Adds the overlay to the files; it quotes sentences and has the questions where texts are wanted.
pub(crate) fn settle(
    folder: &str,
    files: &mut Vec<SpecFile>,
    sentences: Sentences,
    is_told: bool,
) -> Settled {
    let Sentences { stated, questions } = sentences;
    let mut settled = Settled { questions, ..Settled::default() };
    let spec = Spec::of(folder, files);
    // What sentences say of an operation has nothing to do with any other.
    let operations: Vec<&[Sentence]> =
        stated.chunk_by(|left, right| left.operation == right.operation).collect();
    let tried = operations.into_par_iter().map(|stated| of_operation(&spec, stated));
    for (kept, left_out) in tried.collect::<Vec<_>>() {
        settled.stated.extend(kept);
        settled.left_out.extend(left_out);
    }
    let asked: &[Asked] = if is_told { &settled.questions } else { &[] };
    if !settled.stated.is_empty() || !asked.is_empty() {
        files.push(written::file(&settled.stated, is_told, asked));
        files.sort_by(|left, right| left.path.cmp(&right.path));
    }
    settled
}

/// What is kept of what sentences say of an operation, and what is not.
type Sorted = (Vec<Sentence>, Vec<(Sentence, Against)>);

fn of_operation(spec: &Spec<'_>, stated: &[Sentence]) -> Sorted {
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    let trial = stated.first().and_then(|first| spec.trial(first));
    match trial {
        Some(trial) => divide(&trial, stated, None, &mut kept, &mut left_out),
        None => left_out.extend(stated.iter().map(|one| (one, Against::unsettled()))),
    }
    let kept = kept.into_iter().cloned().collect();
    (kept, left_out.into_iter().map(|(one, against)| (one.clone(), against)).collect())
}

/// Keeps of what is stated what goes together with what is kept already, the first ones first. Mostly that is
/// all of it; if not, halves are tried. `known` is what speaks against all of it, where that was found out.
fn divide<'s>(
    trial: &Trial<'_>,
    stated: &'s [Sentence],
    known: Option<Against>,
    kept: &mut Vec<&'s Sentence>,
    left_out: &mut Vec<(&'s Sentence, Against)>,
) {
    let tried = || kept.iter().copied().chain(stated);
    let Some(against) = known.or_else(|| trial.against(tried())) else {
        kept.extend(stated);
        return;
    };
    match stated {
        [] => {}
        [one] => left_out.push((one, against)),
        _ => {
            let (first, second) = stated.split_at(stated.len() / 2);
            let before = left_out.len();
            divide(trial, first, None, kept, left_out);
            // When the first half is no trouble, the second one is tried with it, which is known.
            let known = (left_out.len() == before).then_some(against);
            divide(trial, second, known, kept, left_out);
        }
    }
}

impl Against {
    fn of(problem: &Diagnostic) -> Self {
        Self { code: problem.code().as_str(), message: problem.message().to_owned() }
    }

    /// Of an operation that cannot be tried by itself.
    fn unsettled() -> Self {
        let message = "the operation cannot be judged by itself".to_owned();
        Self { code: "unsettled", message }
    }
}
