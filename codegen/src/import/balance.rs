//! Reports → figures: how much of each kind was published, and what became of it, with one place for each
//! reason and rule. Those of several documents add up.
//!
//! Knows nothing of how an import decides.

use std::collections::BTreeMap;
use std::fmt;

use super::reasons::{LeftOut, Repair, Thing};
use super::report::{End, Report};

/// How much of a kind there is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// What stands in the metadata.
    pub source: usize,
    /// What is in the spec.
    pub carried: usize,
    /// What is not, for a reason.
    pub left_out: usize,
    /// What is in the spec together with something else.
    pub merged: usize,
    /// What nobody knows anything of, which is a defect of the importer.
    pub unknown: usize,
}

/// How often there is something, and where first.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How often.
    pub count: usize,
    /// The names that lead to the first place.
    pub first: String,
}

/// What became of what was published, in figures.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Balance {
    /// How many operations were to be imported.
    pub operations: usize,
    /// How many of them are in the spec with all parameters and elements.
    pub complete: usize,
    /// Operations that are not, each with what it lacks.
    pub incomplete: Tally,
    /// Parameters that calls cannot be without.
    pub required_lost: Tally,
    /// What there is of each kind.
    pub things: BTreeMap<Thing, Counts>,
    /// Why things are left out.
    pub left_out: BTreeMap<(Thing, LeftOut), Tally>,
    /// By which rules things were merged.
    pub merged: BTreeMap<(Thing, Repair), Tally>,
    /// By which rules things were mended that are carried.
    pub repaired: BTreeMap<Repair, Tally>,
    /// Things of which nobody knows what became of them.
    pub unknown: Tally,
}

impl Tally {
    fn add(&mut self, count: usize, first: impl FnOnce() -> String) {
        if self.count == 0 && count > 0 {
            self.first = first();
        }
        self.count += count;
    }
}

impl Balance {
    /// The figures of a report.
    pub fn of(report: &Report) -> Self {
        let mut balance = Self::default();
        for (thing, end, place) in report.things() {
            let counts = balance.things.entry(thing).or_default();
            let shown = || place().shown;
            counts.source += 1;
            match end {
                End::Carried => counts.carried += 1,
                End::Merged(rule) => {
                    counts.merged += 1;
                    balance.merged.entry((thing, rule)).or_default().add(1, shown);
                }
                End::LeftOut(reason) => {
                    counts.left_out += 1;
                    balance.left_out.entry((thing, reason)).or_default().add(1, shown);
                }
                End::Unknown => {
                    counts.unknown += 1;
                    balance.unknown.add(1, shown);
                }
            }
        }
        for (rule, place) in report.repaired() {
            balance.repaired.entry(rule).or_default().add(1, || place.shown);
        }
        balance.operations = report.operations();
        for (_, lacking) in report.incomplete() {
            balance.incomplete.add(1, || lacking.shown);
        }
        for place in report.required_lost() {
            balance.required_lost.add(1, || place.shown);
        }
        balance.complete = balance.operations - balance.incomplete.count;
        balance
    }

    /// Adds the figures of another document, whose places are called by its name.
    pub fn add(&mut self, document: &str, other: &Self) {
        let add = |tally: &mut Tally, other: &Tally| {
            tally.add(other.count, || format!("{document}/{}", other.first));
        };
        self.operations += other.operations;
        self.complete += other.complete;
        add(&mut self.incomplete, &other.incomplete);
        add(&mut self.required_lost, &other.required_lost);
        add(&mut self.unknown, &other.unknown);
        for (thing, counts) in &other.things {
            let sum = self.things.entry(*thing).or_default();
            sum.source += counts.source;
            sum.carried += counts.carried;
            sum.left_out += counts.left_out;
            sum.merged += counts.merged;
            sum.unknown += counts.unknown;
        }
        for (key, tally) in &other.left_out {
            add(self.left_out.entry(*key).or_default(), tally);
        }
        for (key, tally) in &other.merged {
            add(self.merged.entry(*key).or_default(), tally);
        }
        for (key, tally) in &other.repaired {
            add(self.repaired.entry(*key).or_default(), tally);
        }
    }

    /// What there is of a kind.
    pub fn counts(&self, thing: Thing) -> Counts {
        self.things.get(&thing).copied().unwrap_or_default()
    }

    /// How many things are left out.
    pub fn left_out(&self) -> usize {
        self.things.values().map(|counts| counts.left_out).sum()
    }

    /// How often something was mended, be it merged or carried.
    pub fn repaired(&self) -> usize {
        let merged: usize = self.things.values().map(|counts| counts.merged).sum();
        merged + self.repaired.values().map(|tally| tally.count).sum::<usize>()
    }
}

/// How wide the names of kinds are.
const NAMES: usize = 18;

/// The table for people: a row for each kind, then the reasons and rules, each with one place.
impl fmt::Display for Balance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["in the source", "carried", "left out", "merged"];
        write!(formatter, "{:NAMES$}", "")?;
        for column in columns {
            write!(formatter, "{column:>14}")?;
        }
        writeln!(formatter)?;
        for thing in Thing::ALL {
            let Counts { source, carried, left_out, merged, .. } = self.counts(thing);
            write!(formatter, "{:NAMES$}", thing.name())?;
            for count in [source, carried, left_out, merged] {
                write!(formatter, "{count:>14}")?;
            }
            writeln!(formatter)?;
        }
        self.write_reasons(formatter)?;
        let (complete, operations) = (self.complete, self.operations);
        writeln!(formatter, "\n{complete} of {operations} operations are complete")?;
        write_lost(formatter, "operations lack something", &self.incomplete)?;
        if self.required_lost.count == 0 {
            writeln!(formatter, "0 required parameters lost")?;
        }
        write_lost(formatter, "required parameters lost", &self.required_lost)?;
        let defect = "things without a fate, which is a defect of the importer: please report it";
        write_lost(formatter, defect, &self.unknown)
    }
}

impl Balance {
    fn write_reasons(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left_out =
            self.left_out.iter().map(|((thing, reason), tally)| (*thing, reason.name(), tally));
        write_rows(formatter, "left out", left_out)?;
        let merged = self.merged.iter().map(|((thing, rule), tally)| (*thing, rule.name(), tally));
        write_rows(formatter, "merged", merged)?;
        if !self.repaired.is_empty() {
            writeln!(formatter, "\nrepaired")?;
        }
        for (rule, tally) in &self.repaired {
            write_row(formatter, rule.name(), tally)?;
        }
        Ok(())
    }
}

/// The rows of one heading, those of a kind together.
fn write_rows<'t>(
    formatter: &mut fmt::Formatter<'_>,
    heading: &str,
    rows: impl Iterator<Item = (Thing, &'static str, &'t Tally)>,
) -> fmt::Result {
    let mut last = None;
    for (thing, name, tally) in rows {
        if last != Some(thing) {
            writeln!(formatter, "\n{heading}: {}", thing.name())?;
            last = Some(thing);
        }
        write_row(formatter, name, tally)?;
    }
    Ok(())
}

fn write_row(formatter: &mut fmt::Formatter<'_>, name: &str, tally: &Tally) -> fmt::Result {
    writeln!(formatter, "{:>8}  {name:54}  {}", tally.count, tally.first)
}

/// A row of what is missing, if something is.
fn write_lost(formatter: &mut fmt::Formatter<'_>, name: &str, tally: &Tally) -> fmt::Result {
    if tally.count == 0 {
        return Ok(());
    }
    writeln!(formatter, "{} {name}, the first: {}", tally.count, tally.first)
}
