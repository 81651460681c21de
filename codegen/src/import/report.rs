//! What became of what was published: carried, left out for a reason, or repaired by a rule.

use std::collections::BTreeMap;
use std::fmt;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A service's operations.
    Operation,
    /// What an operation takes.
    Parameter,
    /// A host.
    Host,
    /// A member of the metadata that describes these.
    Member,
    /// What is asked of a value.
    Constraint,
    /// A value that the docs show.
    Example,
}

impl Thing {
    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::Host => "hosts",
            Self::Member => "members of the metadata",
            Self::Constraint => "constraints",
            Self::Example => "examples",
        }
    }
}

/// Why something is not in the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// The metadata has it under a key that nobody knows.
    UnknownKey,
    /// It has no name, or none that can be sent.
    Nameless,
    /// Calls write this header themselves.
    OwnHeader,
    /// Nobody can meet it, or it says nothing.
    Senseless,
    /// Another operation has its method and path.
    PathTaken,
    /// It is an operation that was not asked for.
    NotAsked,
    /// The pattern cannot be written so that all engines read it alike.
    Pattern,
    /// Nobody is shown a value of a secret.
    Secret,
    /// It is an example or a default that its own schema refuses.
    UnfitValue,
}

impl LeftOut {
    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown key",
            Self::Nameless => "without a name that can be sent",
            Self::OwnHeader => "a header that calls write",
            Self::Senseless => "cannot be met, or says nothing",
            Self::PathTaken => "the method and path of another one",
            Self::NotAsked => "not asked for",
            Self::Pattern => "a pattern that engines read differently",
            Self::Secret => "of a secret",
            Self::UnfitValue => "refused by its own schema, or no scalar",
        }
    }
}

/// How something was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// A parameter that was listed twice is there once.
    ListedTwice,
    /// A body that its method cannot have travels in the query.
    BodyIntoQuery,
    /// A parameter of a path that the path lacks travels in the query.
    PathIntoQuery,
    /// A parameter that the path has was not listed.
    PathParameterMade,
    /// A parameter of the path was written in brackets.
    PathInBrackets,
    /// A type that nobody knows is any value.
    UnknownType,
    /// A reference leads to nothing.
    DanglingReference,
    /// A type that is made of itself alone is any value.
    EndlessType,
    /// A second body is a member of the first.
    SeveralBodies,
    /// The name is another one in Rust.
    Renamed,
    /// A value had its meaning beside it.
    Gloss,
    /// The scheme is none of the gateway: the key signs, and what the scheme asks for is a parameter.
    OwnScheme,
    /// The text is shown nowhere, since its name is that of a secret.
    Secret,
}

impl Repair {
    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ListedTwice => "listed twice",
            Self::BodyIntoQuery => "a body that the method cannot have, moved into the query",
            Self::PathIntoQuery => "not in the path, moved into the query",
            Self::PathParameterMade => "in the path and not listed",
            Self::PathInBrackets => "a parameter of the path in brackets",
            Self::UnknownType => "an unknown type, taken for any value",
            Self::DanglingReference => "a reference to nothing, taken for any value",
            Self::EndlessType => "made of itself alone, taken for any value",
            Self::SeveralBodies => "several bodies, made members of one",
            Self::Renamed => "another name in Rust",
            Self::Gloss => "a value with its meaning beside it",
            Self::OwnScheme => "a scheme of the service itself, signed with the key",
            Self::Secret => "a secret by its name, shown nowhere",
        }
    }
}

/// What became of what was published.
#[derive(Debug, Default)]
pub struct Report {
    /// How much is in the spec.
    carried: BTreeMap<Thing, usize>,
    /// Where what was left out stood.
    left_out: BTreeMap<(Thing, LeftOut), Vec<String>>,
    /// Where what was mended stands.
    repaired: BTreeMap<Repair, Vec<String>>,
}

/// The table for people: what is in the spec, what is not and why, and what was mended.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (thing, count) in &self.carried {
            writeln!(formatter, "{count:>7} {}", thing.name())?;
        }
        let row = |count: usize, what: &str, places: &[String]| {
            let first = places.first().map_or("", String::as_str);
            format!("{count:>7} {what}, such as {first}")
        };
        if !self.left_out.is_empty() {
            writeln!(formatter, "left out")?;
        }
        for ((thing, reason), places) in &self.left_out {
            let what = format!("{}: {}", thing.name(), reason.name());
            writeln!(formatter, "{}", row(places.len(), &what, places))?;
        }
        if !self.repaired.is_empty() {
            writeln!(formatter, "repaired")?;
        }
        for (rule, places) in &self.repaired {
            writeln!(formatter, "{}", row(places.len(), rule.name(), places))?;
        }
        Ok(())
    }
}

impl Report {
    pub(super) fn carry(&mut self, thing: Thing) {
        *self.carried.entry(thing).or_default() += 1;
    }

    pub(super) fn leave_out(&mut self, thing: Thing, reason: LeftOut, place: &str) {
        self.left_out.entry((thing, reason)).or_default().push(place.to_owned());
    }

    pub(super) fn repair(&mut self, rule: Repair, place: &str) {
        self.repaired.entry(rule).or_default().push(place.to_owned());
    }

    /// How much is in the spec.
    pub fn carried(&self, thing: Thing) -> usize {
        self.carried.get(&thing).copied().unwrap_or_default()
    }

    /// Where what was left out stood, by what it is and why.
    pub fn left_out(&self) -> impl Iterator<Item = (Thing, LeftOut, &[String])> {
        self.left_out.iter().map(|((thing, reason), places)| (*thing, *reason, places.as_slice()))
    }

    /// Where what was mended stands, by how.
    pub fn repaired(&self) -> impl Iterator<Item = (Repair, &[String])> {
        self.repaired.iter().map(|(rule, places)| (*rule, places.as_slice()))
    }
}
