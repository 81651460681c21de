//! Every thing that stands in the metadata, and what became of it.
//!
//! A thing is a node of the JSON text that somebody could miss in the spec: an operation, an element, a
//! limit, a sentence. Each gets one fate, and the best of those that it is given; what has none of its own
//! shares that of what it stands in. Knows neither what the keys of the metadata mean nor what specs say.

use super::reasons::{LeftOut, Repair, Thing};
use crate::json::escaped;

/// A thing, or what things stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(u32);

/// An object or a list of the metadata: where it stands itself, and its members.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Spot {
    pub(super) own: Id,
    first: u32,
    count: u32,
}

const NOWHERE: Id = Id(u32::MAX);

/// What the importer makes itself stands nowhere in the metadata.
impl Default for Id {
    fn default() -> Self {
        NOWHERE
    }
}

/// What became of a thing, from what says least to what decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nobody has said anything.
    Unknown,
    /// It is said by what it stands in.
    Along,
    /// It is left out unless somebody does something with it.
    Unless(LeftOut),
    LeftOut(LeftOut),
    /// It is part of what a rule made of several things.
    Merged(Repair),
    Carried,
}

/// Nothing can be done with what is no object where one stands.
const MALFORMED: Fate = Fate::LeftOut(LeftOut::Malformed);

impl Fate {
    fn rank(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Along => 1,
            Self::Unless(_) => 2,
            Self::LeftOut(_) => 3,
            Self::Merged(_) => 4,
            Self::Carried => 5,
        }
    }

    /// What became of it in the end, in something of which became what it did.
    fn within(self, outer: Self) -> Self {
        match (self, outer) {
            (_, Self::LeftOut(_) | Self::Merged(_)) => outer,
            (Self::Along, Self::Unknown) => outer,
            (Self::Along, _) => Self::Carried,
            (Self::Unless(reason), _) => Self::LeftOut(reason),
            (Self::Carried | Self::Merged(_) | Self::LeftOut(_) | Self::Unknown, _) => self,
        }
    }
}

/// A node of the metadata.
#[derive(Debug)]
struct Entry {
    outer: Id,
    /// Its key, or its number in a list.
    step: String,
    /// What people call it, if not by its key.
    label: Option<String>,
    /// What it counts as; nothing, if only its parts count.
    thing: Option<Thing>,
    fate: Fate,
}

/// All nodes of the metadata, outer ones before inner ones.
#[derive(Debug, Default)]
pub(super) struct Ledger(Vec<Entry>);

/// What is written into the ledger of one node.
pub(super) struct Line {
    pub(super) step: String,
    pub(super) thing: Option<Thing>,
    pub(super) fate: Fate,
}

impl Ledger {
    /// The document itself.
    pub(super) fn root(&mut self) -> Id {
        self.list(NOWHERE, [Line { step: String::new(), thing: None, fate: Fate::Unknown }]).at(0)
    }

    /// Writes down what stands in a node.
    pub(super) fn list(&mut self, own: Id, lines: impl IntoIterator<Item = Line>) -> Spot {
        let first = self.0.len();
        self.0.extend(lines.into_iter().map(|line| Entry {
            outer: own,
            step: line.step,
            label: None,
            thing: line.thing,
            fate: line.fate,
        }));
        // Documents are bounded, far below this.
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Spot { own, first: number(first), count: number(self.0.len() - first) }
    }

    /// What people call a node.
    pub(super) fn label(&mut self, id: Id, label: &str) {
        if let Some(entry) = self.0.get_mut(id.0 as usize) {
            entry.label = Some(label.to_owned());
        }
    }

    /// Counts what only holds things, and is not of the kind that can.
    pub(super) fn is_malformed(&mut self, id: Id) {
        if let Some(entry) = self.0.get_mut(id.0 as usize)
            && matches!(entry.thing, None | Some(Thing::Member))
        {
            entry.thing = Some(Thing::Member);
            entry.fate = MALFORMED;
        }
    }

    /// Says what became of a node; of several fates the best is its own.
    pub(super) fn mark(&mut self, id: Id, fate: Fate) {
        if let Some(entry) = self.0.get_mut(id.0 as usize) {
            // The last of the reasons that hold unless something is done, the first of the others.
            let is_better = match fate {
                Fate::Unless(_) => fate.rank() >= entry.fate.rank(),
                _ => fate.rank() > entry.fate.rank(),
            };
            if is_better && entry.fate != MALFORMED {
                entry.fate = fate;
            }
        }
    }

    /// The member with this key.
    pub(super) fn member(&self, spot: Spot, key: &str) -> Option<Id> {
        let members = spot.first..spot.first + spot.count;
        members.map(Id).find(|id| self.0[id.0 as usize].step == key)
    }

    /// The members that count as this.
    pub(super) fn members(&self, spot: Spot, thing: Thing) -> Vec<Id> {
        let members = (spot.first..spot.first + spot.count).map(Id);
        members.filter(|id| self.0[id.0 as usize].thing == Some(thing)).collect()
    }

    /// The end of all nodes, in their order: what each counts as, if it counts, and its fate.
    pub(super) fn closed(&self) -> Vec<Fate> {
        let mut fates: Vec<Fate> = Vec::with_capacity(self.0.len());
        for entry in &self.0 {
            let outer = fates.get(entry.outer.0 as usize).copied().unwrap_or(Fate::Carried);
            let fate = entry.fate.within(outer);
            // What only holds parts is as open as what it stands in.
            let is_open = entry.thing.is_none() && fate == Fate::Unknown;
            fates.push(if is_open { outer } else { fate });
        }
        fates
    }

    /// What counts, with its place in [`Self::closed`].
    pub(super) fn things(&self) -> impl Iterator<Item = (Id, Thing)> {
        let ids = (0..).map(Id);
        ids.zip(&self.0).filter_map(|(id, entry)| Some((id, entry.thing?)))
    }

    /// Where a node stands, as a JSON pointer.
    pub(super) fn pointer(&self, id: Id) -> String {
        let mut steps = self.way(id);
        // The document has no step.
        steps.pop();
        steps.iter().rev().map(|entry| format!("/{}", escaped(&entry.step))).collect()
    }

    /// What people call a node: the names on the way, and its key.
    pub(super) fn shown(&self, id: Id) -> String {
        let way = self.way(id);
        let mut shown = String::new();
        for (index, entry) in way.iter().enumerate().rev() {
            let word = entry.label.as_deref().unwrap_or(&entry.step);
            let is_name = match entry.thing {
                Some(Thing::Operation | Thing::Parameter | Thing::Element) => true,
                Some(_) => false,
                None => entry.label.is_some(),
            };
            if is_name {
                let dot = if shown.is_empty() { "" } else { "." };
                shown.push_str(&format!("{dot}{word}"));
            } else if index == 0 {
                let gap = if shown.is_empty() { "" } else { ": " };
                shown.push_str(&format!("{gap}{word}"));
            }
        }
        shown
    }

    /// The operation in which a node stands.
    pub(super) fn operation(&self, id: Id) -> Option<&str> {
        let way = self.way(id);
        way.into_iter()
            .find(|entry| entry.thing == Some(Thing::Operation))
            .map(|entry| &*entry.step)
    }

    /// The node and what it stands in, outwards.
    fn way(&self, id: Id) -> Vec<&Entry> {
        let first = self.0.get(id.0 as usize);
        std::iter::successors(first, |entry| self.0.get(entry.outer.0 as usize)).collect()
    }
}

impl Spot {
    /// The member of this number.
    pub(super) fn at(self, index: usize) -> Id {
        match u32::try_from(index) {
            Ok(index) if index < self.count => Id(self.first + index),
            _ => NOWHERE,
        }
    }
}

impl Id {
    /// Where its fate is in [`Ledger::closed`].
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}
