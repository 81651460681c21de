//! What became of what was published: carried, left out for a reason, or merged or repaired by a rule.
//!
//! Knows nothing of how it is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::complete::Completeness;
use super::ledger::{Fate, Id, Ledger, Line, Spot};
use super::reasons::{LeftOut, Repair, Thing};

/// What became of what was published: each thing in it is carried, left out or merged.
#[derive(Debug, Default)]
pub struct Report {
    ledger: Ledger,
    /// What is missing from operations, once all is decided.
    completeness: Completeness,
    /// What was mended: a set, since what is sent and received is met twice.
    repaired: BTreeMap<Repair, BTreeSet<Id>>,
    /// What the envelope rests on.
    markers: Vec<Marker>,
}

/// A member of answers that may tell how a call went, and what the documented answers make of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Marker {
    /// What it is called: `Success`, `Code`.
    pub member: String,
    /// How many documented answers have it.
    pub examples: usize,
    /// In how many of them it is as a marker of success is: a flag, or one of the good codes.
    pub fitting: usize,
    /// Whether these are enough, so that it is in `x-envelope`.
    pub is_taken: bool,
}

/// A thing, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it stands in the metadata, as a JSON pointer.
    pub pointer: String,
    /// The names that lead there, for people.
    pub shown: String,
    /// The operation of which it is.
    pub operation: Option<String>,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It is in the spec.
    Carried,
    /// It is in the spec together with something else.
    Merged(Repair),
    /// It is not in the spec.
    LeftOut(LeftOut),
    /// Nobody knows, which is a defect of the importer.
    Unknown,
}

impl Report {
    pub(super) fn root(&mut self) -> Id {
        self.ledger.root()
    }

    pub(super) fn list(&mut self, own: Id, lines: impl IntoIterator<Item = Line>) -> Spot {
        self.ledger.list(own, lines)
    }

    pub(super) fn label(&mut self, id: Id, label: &str) {
        self.ledger.label(id, label);
    }

    pub(super) fn is_malformed(&mut self, id: Id) {
        self.ledger.is_malformed(id);
    }

    pub(super) fn mark(&mut self, id: Id, fate: Fate) {
        self.ledger.mark(id, fate);
    }

    pub(super) fn carry(&mut self, id: Id) {
        self.ledger.mark(id, Fate::Carried);
    }

    pub(super) fn leave_out(&mut self, id: Id, reason: LeftOut) {
        self.ledger.mark(id, Fate::LeftOut(reason));
    }

    /// Carries the member with this key.
    pub(super) fn carry_key(&mut self, spot: Spot, key: &str) {
        self.mark_key(spot, key, Fate::Carried);
    }

    /// Leaves the member with this key out.
    pub(super) fn leave_out_key(&mut self, spot: Spot, key: &str, reason: LeftOut) {
        self.mark_key(spot, key, Fate::LeftOut(reason));
    }

    pub(super) fn mark_key(&mut self, spot: Spot, key: &str, fate: Fate) {
        if let Some(id) = self.ledger.member(spot, key) {
            self.ledger.mark(id, fate);
        }
    }

    /// Says the same of all members that count as this.
    pub(super) fn mark_members(&mut self, spot: Spot, thing: Thing, fate: Fate) {
        for id in self.ledger.members(spot, thing) {
            self.ledger.mark(id, fate);
        }
    }

    /// Puts a thing into another one, by a rule.
    pub(super) fn merge(&mut self, id: Id, rule: Repair) {
        self.ledger.mark(id, Fate::Merged(rule));
        self.repair(rule, id);
    }

    /// Puts the member with this key into what stands beside it, by a rule.
    pub(super) fn merge_key(&mut self, spot: Spot, key: &str, rule: Repair) {
        if let Some(id) = self.ledger.member(spot, key) {
            self.merge(id, rule);
        }
    }

    /// Mends something that is carried.
    pub(super) fn repair(&mut self, rule: Repair, id: Id) {
        self.repaired.entry(rule).or_default().insert(id);
    }

    /// The ends of all nodes.
    pub(super) fn ends(&self) -> Vec<End> {
        let closed = self.ledger.closed().into_iter();
        let end = closed.map(|fate| match fate {
            Fate::Carried => End::Carried,
            Fate::Merged(rule) => End::Merged(rule),
            Fate::LeftOut(reason) => End::LeftOut(reason),
            Fate::Unknown | Fate::Along | Fate::Unless(_) => End::Unknown,
        });
        end.collect()
    }

    /// Everything that was published, in the order in which it was read, and what became of it.
    pub fn things(&self) -> impl Iterator<Item = (Thing, End, impl Fn() -> Place)> {
        let ends = self.ends();
        self.ledger.things().map(move |(id, thing)| {
            let end = ends.get(id.index()).copied().unwrap_or(End::Unknown);
            (thing, end, move || self.place(id))
        })
    }

    /// Where what was mended stands, by how: what is carried in another form. What was merged is not among
    /// it.
    pub fn repaired(&self) -> impl Iterator<Item = (Repair, Place)> {
        let ends = self.ends();
        let rules = self.repaired.iter();
        let places = rules.flat_map(|(rule, ids)| ids.iter().map(|id| (*rule, *id)));
        let merged = |id: Id| matches!(ends.get(id.index()), Some(End::Merged(_)));
        let carried: Vec<_> = places.filter(|(_, id)| !merged(*id)).collect();
        carried.into_iter().map(|(rule, id)| (rule, self.place(id)))
    }

    /// Says what the envelope rests on.
    pub(super) fn rest_on(&mut self, markers: Vec<Marker>) {
        self.markers = markers;
    }

    /// The members that may tell how a call went, and whether they are taken to do so.
    pub fn markers(&self) -> &[Marker] {
        &self.markers
    }

    /// Says what is missing from operations.
    pub(super) fn conclude(&mut self, completeness: Completeness) {
        self.completeness = completeness;
    }

    /// How many operations were to be imported.
    pub fn operations(&self) -> usize {
        self.completeness.operations
    }

    /// Operations that lack a parameter or an element, and the first that each lacks.
    pub fn incomplete(&self) -> impl Iterator<Item = (Place, Place)> {
        let places = self.completeness.incomplete.iter();
        places.map(|(operation, lacking)| (self.place(*operation), self.place(*lacking)))
    }

    /// Parameters that calls cannot be without, and that are left out.
    pub fn required_lost(&self) -> impl Iterator<Item = Place> {
        self.completeness.required_lost.iter().map(|id| self.place(*id))
    }

    fn place(&self, id: Id) -> Place {
        Place {
            pointer: self.ledger.pointer(id),
            shown: self.ledger.shown(id),
            operation: self.ledger.operation(id).map(str::to_owned),
        }
    }
}
