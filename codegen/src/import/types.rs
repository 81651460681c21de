//! What values are → schemas of a spec, and the files in `schemas/` that these refer to.
//!
//! An object that stands inside another schema gets a file that is named after its way: what is the same
//! thing, the metadata says by a `$ref`; what merely looks alike today may differ tomorrow, and then
//! both types would have other names.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::Fate;
use super::limits;
use super::names;
use super::node::Node;
use super::published::Schema;
use super::reasons::{LeftOut, Repair, Thing};
use super::report::Report;
use crate::naming::{self, Spelling};
use crate::travel::Media;

/// The members of an object of a spec.
pub(super) type Members = Vec<(String, Node)>;

/// The files in `schemas/`.
pub(super) struct Types<'p> {
    components: BTreeMap<&'p str, &'p Schema>,
    /// Components that requests reach.
    sent: BTreeSet<&'p str>,
    /// What a component's type is called, once something refers to it. What is sent is strict, and what
    /// is received is not, so one that is both has two types.
    named: BTreeMap<(&'p str, Side), String>,
    /// Components that are no objects, and are being written where they are referred to.
    open: Vec<&'p str>,
    /// Names in small letters.
    taken: BTreeSet<String>,
    /// Whether descriptions and examples are wanted.
    pub(super) has_texts: bool,
    /// By their names.
    pub(super) made: BTreeMap<String, Node>,
}

/// Which way values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Sent,
    Received,
}

/// Where a schema stands in its property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Member,
    /// In a list.
    Inside,
    /// In a map, or in what is in one.
    Entry,
    /// It is a body as a whole.
    Whole,
}

/// Where a value is.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// What a type there is called.
    pub(super) name: String,
    pub(super) side: Side,
    pub(super) stands: Stands,
}

impl At {
    pub(super) fn new(name: String, side: Side) -> Self {
        Self { name, side, stands: Stands::Member }
    }

    /// A member of what stands there.
    pub(super) fn member(&self, wire: &str) -> Self {
        let words = naming::spelled(wire, Spelling::Type);
        let words = words.or_else(|| {
            let made = names::members([wire]).pop().flatten()?;
            naming::spelled(&made, Spelling::Type)
        });
        Self {
            name: format!("{}{}", self.name, words.unwrap_or_default()),
            side: self.side,
            stands: Stands::Member,
        }
    }

    fn inside(&self) -> Self {
        let stands = match self.stands {
            Stands::Member | Stands::Inside | Stands::Whole => Stands::Inside,
            Stands::Entry => Stands::Entry,
        };
        Self { stands, ..self.clone() }
    }

    /// A whole body that is no object.
    pub(super) fn whole(self) -> Self {
        Self { stands: Stands::Whole, ..self }
    }

    fn entry(&self) -> Self {
        Self { stands: Stands::Entry, ..self.clone() }
    }
}

/// How long the name of an operation or a type is, in letters: that of its file is a little longer.
pub(super) const LONGEST: usize = 120;

impl<'p> Types<'p> {
    /// `taken` are the names of types that operations have; `sent` is all that they send.
    pub(super) fn new(
        components: &'p [(String, Schema)],
        taken: impl Iterator<Item = String>,
        sent: impl Iterator<Item = &'p Schema>,
        has_texts: bool,
    ) -> Self {
        let components: BTreeMap<&str, &Schema> =
            components.iter().map(|(name, schema)| (name.as_str(), schema)).collect();
        let mut open: Vec<&Schema> = sent.collect();
        let mut reached = BTreeSet::new();
        while let Some(schema) = open.pop() {
            if let Some(name) = &schema.reference
                && let Some((name, component)) = components.get_key_value(name.as_str())
                && reached.insert(*name)
            {
                open.push(component);
            }
            open.extend(schema.properties.iter().map(|(_, schema)| schema));
            open.extend(schema.items.iter().chain(&schema.entries).map(AsRef::as_ref));
        }
        Self {
            components,
            sent: reached,
            named: BTreeMap::new(),
            open: Vec::new(),
            taken: taken.map(|name| name.to_lowercase()).collect(),
            has_texts,
            made: BTreeMap::new(),
        }
    }

    /// What a reference leads to in the end; the schema itself if it is none.
    pub(super) fn target(&self, schema: &'p Schema) -> Option<&'p Schema> {
        let mut schema = schema;
        for _ in 0..=self.components.len() {
            let Some(name) = &schema.reference else { return Some(schema) };
            schema = self.components.get(name.as_str())?;
        }
        None
    }

    /// The members of an object that stands there itself, if it is one.
    pub(super) fn members_of(&self, schema: &'p Schema) -> Option<&'p [(String, Schema)]> {
        let schema = self.target(schema)?;
        (is_struct(schema)).then_some(&schema.properties)
    }

    /// What a body is that is one value.
    pub(super) fn media(&self, schema: &'p Schema) -> Media {
        let target = self.target(schema);
        let format = target.and_then(|target| target.format.as_deref());
        match target.and_then(|target| target.type_.as_deref()) {
            Some("string") if format == Some("binary") => Media::Bytes,
            Some("string" | "integer" | "number" | "boolean") => Media::Text,
            _ => Media::Json,
        }
    }

    /// Whether a value is one text in a query.
    pub(super) fn is_scalar(&self, schema: &'p Schema) -> bool {
        self.target(schema).is_some_and(|schema| {
            matches!(schema.type_.as_deref(), Some("string" | "integer" | "number" | "boolean"))
        })
    }

    /// Accounts for a schema that is written, and for those that it refers to and that are written in its
    /// place.
    pub(super) fn reach(&self, schema: &Schema, side: Side, report: &mut Report) {
        let mut schema = schema;
        for _ in 0..=self.components.len() {
            reached(schema, side, report);
            let target =
                schema.reference.as_ref().and_then(|name| self.components.get(name.as_str()));
            let Some(target) = target else { return };
            schema = target;
        }
    }

    /// The schema of a value.
    pub(super) fn value(
        &mut self,
        wire: &str,
        schema: &'p Schema,
        at: &At,
        report: &mut Report,
    ) -> Members {
        reached(schema, at.side, report);
        if let Some(reference) = &schema.reference {
            return self.reference(wire, schema, reference, at, report);
        }
        match schema.type_.as_deref() {
            Some("string") => self.text(wire, schema, at, report),
            Some(type_ @ ("integer" | "number")) => {
                let declared = limits::format(type_, schema);
                if schema.format.as_deref() == Some(declared) {
                    report.carry_key(schema.spot, "format");
                }
                let format = match (declared, at.side) {
                    // Answers have more digits than the format has, which would be cut.
                    ("float", Side::Received) => "double",
                    (format, _) => format,
                };
                let mut members = typed(type_);
                members.push(("format".to_owned(), Node::text(format)));
                members.extend(limits::number(schema, format, at, report));
                members
            }
            Some("boolean") => typed("boolean"),
            Some("array") => {
                let item = match &schema.items {
                    Some(items) => self.value(wire, items, &at.inside(), report),
                    None if schema.properties.is_empty() => Vec::new(),
                    None => {
                        report.repair(Repair::MembersOfList, schema.spot.own);
                        self.structure(schema, at, report)
                    }
                };
                let mut members = typed("array");
                members.push(("items".to_owned(), Node::Object(item)));
                members.extend(limits::list(schema, at, report));
                members
            }
            Some("any") => Vec::new(),
            Some("object") | None => self.object(wire, schema, at, report),
            Some(_) => {
                report.merge_key(schema.spot, "type", Repair::UnknownType);
                Vec::new()
            }
        }
    }

    fn object(&mut self, wire: &str, schema: &'p Schema, at: &At, report: &mut Report) -> Members {
        if is_struct(schema) {
            return self.structure(schema, at, report);
        }
        let mut members = typed("object");
        if let Some(entries) = &schema.entries {
            // Beside members that are declared, others may be of any type.
            let entry = match schema.properties.as_slice() {
                [] => self.value(wire, entries, &at.entry(), report),
                members => {
                    let members = members.iter().map(|(_, member)| member.spot.own);
                    for own in members.chain([entries.spot.own]) {
                        report.merge(own, Repair::MembersOfMap);
                    }
                    Vec::new()
                }
            };
            members.push(("additionalProperties".to_owned(), Node::Object(entry)));
        }
        members
    }

    /// A type of its own with the members that are declared.
    fn structure(&mut self, schema: &'p Schema, at: &At, report: &mut Report) -> Members {
        let name = self.claim(&at.name);
        let at = At { name: name.clone(), ..at.clone() };
        let file = self.members(&schema.properties, &at, report);
        self.made.insert(name.clone(), Node::Object(file));
        referring(&name)
    }

    /// `type`, `required` and `properties` of an object.
    pub(super) fn members(
        &mut self,
        properties: &'p [(String, Schema)],
        at: &At,
        report: &mut Report,
    ) -> Members {
        let (shown, hidden): (Vec<_>, Vec<_>) =
            properties.iter().partition(|(wire, _)| naming::is_shown_whole(wire));
        for (_, schema) in hidden {
            report.leave_out(schema.spot.own, LeftOut::Nameless);
        }
        let names = names::members(shown.iter().map(|(wire, _)| wire.as_str()));
        let mut members = Vec::new();
        let mut required = Vec::new();
        for ((wire, schema), name) in shown.into_iter().zip(names) {
            let at = at.member(wire);
            let mut value = self.value(wire, schema, &at, report);
            if let Some(name) = name {
                report.repair(Repair::Renamed, schema.spot.own);
                value.push(("x-name".to_owned(), Node::Text(name)));
            }
            value.extend(self.words(wire, schema, at.side, report));
            if schema.required && at.side == Side::Sent {
                report.carry_key(schema.spot, "required");
                required.push(Node::text(wire));
            }
            members.push((wire.clone(), Node::Object(value)));
        }
        object(required, members)
    }

    fn reference(
        &mut self,
        wire: &str,
        from: &Schema,
        reference: &str,
        at: &At,
        report: &mut Report,
    ) -> Members {
        let Some((component, schema)) = self.components.get_key_value(reference) else {
            report.merge_key(from.spot, "$ref", Repair::DanglingReference);
            return Vec::new();
        };
        let (component, schema) = (*component, *schema);
        if let Some(name) = self.named.get(&(component, at.side)) {
            return referring(name);
        }
        if !is_struct(schema) {
            if self.open.contains(&component) {
                report.merge_key(from.spot, "$ref", Repair::EndlessType);
                return Vec::new();
            }
            self.open.push(component);
            let value = self.value(wire, schema, at, report);
            self.open.pop();
            return value;
        }
        let wanted: String = component.chars().filter(char::is_ascii_alphanumeric).collect();
        let wanted = naming::spelled(&wanted, Spelling::Type);
        let wanted = wanted.unwrap_or_else(|| "Component".to_owned());
        let is_second = at.side == Side::Received && self.sent.contains(component);
        let name = self.claim(&if is_second { format!("Received{wanted}") } else { wanted });
        self.named.insert((component, at.side), name.clone());
        let within = At::new(name.clone(), at.side);
        reached(schema, at.side, report);
        let file = self.members(&schema.properties, &within, report);
        self.made.insert(name.clone(), Node::Object(file));
        referring(&name)
    }

    /// A name that no other type has.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let mut first = wanted;
        while first.len() > LONGEST {
            // The operation stands in front, the member behind.
            let cut = first.char_indices().nth(1).map_or(0, |(start, _)| start);
            first = &first[cut..];
        }
        let mut name = first.to_owned();
        let mut number = 1;
        while naming::is_needed(&name)
            || naming::is_device(&name.to_ascii_lowercase())
            || !self.taken.insert(name.to_lowercase())
        {
            number += 1;
            name = naming::numbered(first, number, Spelling::Type);
        }
        name
    }
}

/// Accounts for a schema that is written; answers have no limits.
fn reached(schema: &Schema, side: Side, report: &mut Report) {
    report.carry(schema.spot.own);
    if side == Side::Received {
        let unchecked = Fate::Unless(LeftOut::Unchecked);
        report.mark_members(schema.spot, Thing::Constraint, unchecked);
        report.mark_members(schema.values_spot, Thing::Value, unchecked);
    }
}

/// Whether it is an object whose members are known, and no others.
fn is_struct(schema: &Schema) -> bool {
    matches!(schema.type_.as_deref(), Some("object") | None)
        && schema.reference.is_none()
        && schema.entries.is_none()
        && !schema.properties.is_empty()
}

/// An object with these members, of which those are required.
pub(super) fn object(required: Vec<Node>, properties: Members) -> Members {
    let mut members = typed("object");
    if !required.is_empty() {
        members.push(("required".to_owned(), Node::List(required)));
    }
    members.push(("properties".to_owned(), Node::Object(properties)));
    members
}

pub(super) fn typed(type_: &str) -> Members {
    vec![("type".to_owned(), Node::text(type_))]
}

pub(super) fn referring(name: &str) -> Members {
    vec![("$ref".to_owned(), Node::Type(name.to_owned()))]
}
