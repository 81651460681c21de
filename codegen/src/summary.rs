//! What a run found and emitted, in figures.

use rayon::prelude::*;

use crate::blueprint::Blueprint;
use crate::format::OutputFile;

/// What a run found and emitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many operations there are.
    pub operations: usize,
    /// How many parameters their requests have.
    pub parameters: usize,
    /// How many elements their responses have, those inside others included.
    pub elements: usize,
    /// How many shared types there are.
    pub types: usize,
    /// How many rules between parameters the specs state, whatever each is compiled to: parts of
    /// `allOf`, other keywords that combine members, and conditions of an effect.
    pub rules: usize,
    /// How many files there are.
    pub files: usize,
    /// How many lines an operation's file has.
    pub lines: Spread,
    /// How many bytes an operation's file has.
    pub bytes: Spread,
}

/// How a size is spread over the operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The one in the middle; the larger of two.
    pub median: usize,
    /// The largest one.
    pub max: usize,
}

impl Spread {
    fn of(sizes: impl ParallelIterator<Item = usize>) -> Self {
        let mut sizes: Vec<usize> = sizes.collect();
        sizes.sort_unstable();
        let at = |index: usize| sizes.get(index).copied().unwrap_or_default();
        Self { median: at(sizes.len() / 2), max: at(sizes.len().saturating_sub(1)) }
    }
}

impl Summary {
    pub(crate) fn of(blueprint: &Blueprint<'_>, files: &[OutputFile]) -> Self {
        let coverage = blueprint.coverage();
        let operations =
            || files.par_iter().filter(|file| file.path.starts_with("src/operations/"));
        Self {
            operations: blueprint.operation_count(),
            parameters: coverage.parameters,
            elements: coverage.elements,
            types: blueprint.shared_type_count(),
            rules: coverage.rules,
            files: files.len(),
            lines: Spread::of(operations().map(OutputFile::lines)),
            bytes: Spread::of(operations().map(|file| file.text.len())),
        }
    }
}
