//! What became of the documents of a corpus, as a table: a row for each, then what they are together.
//!
//! Knows figures alone.

use std::collections::BTreeMap;
use std::fmt;

use super::super::questions::Found;
use super::{Made, Outcome};
use crate::{Balance, Thing};

/// All documents, by the names of their files, and what became of each.
#[derive(Debug, Default)]
pub(super) struct Table<'o> {
    rows: Vec<(&'o str, &'o Outcome)>,
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
    pub(super) total: Balance,
    /// What sentences of all documents state.
    found: Found,
    /// By the style, how many operations there are, and how many are complete.
    styles: BTreeMap<&'o str, (usize, usize)>,
}

impl<'o> Table<'o> {
    pub(super) fn new(rows: Vec<(&'o str, &'o Outcome)>) -> Self {
        let mut table = Self::default();
        for (document, outcome) in &rows {
            match outcome {
                Outcome::Made(made) => {
                    let Made { style, balance, .. } = made.as_ref();
                    table.passed += 1;
                    table.total.add(document, balance);
                    table.found.add(&made.found);
                    let (operations, complete) = table.styles.entry(style).or_default();
                    *operations += balance.operations;
                    *complete += balance.complete;
                }
                Outcome::Skipped(_) => table.skipped += 1,
                Outcome::Failed(_) => table.failed += 1,
            }
        }
        Self { rows, ..table }
    }

    /// The documents, and what became of each.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'o str, &'o Outcome)> {
        self.rows.iter().copied()
    }

    /// How many operations are imported.
    pub(super) fn operations(&self) -> usize {
        self.total.counts(Thing::Operation).carried
    }
}

/// Of a hundred operations of each style, how many are to be complete.
const AIMS: [(&str, f64); 3] = [("RPC", 99.7), ("ROA", 99.0), ("V3", 99.0)];

/// How wide the names of documents are.
const NAMES: usize = 40;

impl fmt::Display for Table<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["operations", "complete", "parameters", "elements", "left out", "repaired"];
        write!(formatter, "{:NAMES$} style", "document")?;
        for column in columns {
            write!(formatter, "{column:>12}")?;
        }
        writeln!(formatter)?;
        for (name, outcome) in &self.rows {
            match outcome {
                Outcome::Made(made) => write_figures(formatter, name, &made.style, &made.balance)?,
                Outcome::Skipped(reason) => writeln!(formatter, "{name:NAMES$} skipped: {reason}")?,
                Outcome::Failed(reason) => writeln!(formatter, "{name:NAMES$} failed\n{reason}")?,
            }
        }
        write_figures(formatter, "all", "", &self.total)?;
        write!(formatter, "\n{}{}", self.total, self.found)?;
        for (style, (operations, complete)) in &self.styles {
            // Of no operations all are complete.
            let share = 100.0 * *complete as f64 / (*operations).max(1) as f64;
            write!(formatter, "{style:4} {complete:>6} of {operations:>6} complete: {share:.2} %")?;
            match AIMS.iter().find(|(known, _)| known == style) {
                Some((_, aim)) => writeln!(formatter, " (aim {aim} %)")?,
                None => writeln!(formatter)?,
            }
        }
        Ok(())
    }
}

fn write_figures(
    formatter: &mut fmt::Formatter<'_>,
    name: &str,
    style: &str,
    balance: &Balance,
) -> fmt::Result {
    write!(formatter, "{name:NAMES$} {style:5}")?;
    let carried = |thing| balance.counts(thing).carried;
    for count in [
        carried(Thing::Operation),
        balance.complete,
        carried(Thing::Parameter),
        carried(Thing::Element),
        balance.left_out(),
        balance.repaired(),
    ] {
        write!(formatter, "{count:>12}")?;
    }
    writeln!(formatter)
}
