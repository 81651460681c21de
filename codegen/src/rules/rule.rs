//! What becomes of the conditions of an object: rules, and what analysis wants to know of them.
//!
//! Knows no schema.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::bound::Subject;
use crate::model::Type;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::space::Space;
use crate::source::Origin;

/// The rules of one object: of a request, or of an object inside one.
#[derive(Debug, Default)]
pub(crate) struct ObjectRules {
    /// In the order of the members that they are about.
    pub(crate) rules: Vec<Rule>,
    /// Those that ask for the same as one of them.
    pub(crate) repeated: Vec<Rule>,
    /// Every `if`, those inside other conditions and inside values included.
    pub(crate) conditions: Vec<Condition>,
    /// What rules ask for that compares parameters.
    pub(crate) demands: Vec<Demand>,
    /// What is written as a rule and asks for nothing.
    pub(crate) idle: Vec<Idle>,
    /// When members have an effect; not a request that breaks it is refused.
    pub(crate) effects: Vec<Effect>,
    /// How many rules the author wrote, whatever they were compiled to.
    pub(crate) documented: usize,
    /// For each member what its own schema asks of its value, besides its limits.
    pub(crate) own: Vec<Formula>,
}

impl ObjectRules {
    /// When no rule is broken.
    pub(crate) fn valid(&self) -> Formula {
        match self.rules.as_slice() {
            [] => Formula::True,
            rules => Formula::All(rules.iter().map(|rule| rule.broken.negated()).collect()),
        }
    }
}

/// A condition that every request has to meet.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// The parameter that a violation names.
    pub(crate) target: Subject,
    pub(crate) kind: Kind,
    /// When the rule is broken.
    pub(crate) broken: Formula,
    /// When the rule asks for something.
    pub(crate) when: Formula,
    /// What the rule asks for, then; of a value that is given, when that is what it is about.
    pub(crate) holds: Formula,
    /// The parameters of which it asks something.
    pub(crate) about: BTreeSet<Subject>,
    /// The rule in words.
    pub(crate) sentence: String,
    /// What the author says of it besides.
    pub(crate) note: Option<String>,
    /// Facts that must be known for the rule to be judged, in words.
    pub(crate) unknown: Option<String>,
    pub(crate) origin: Origin,
    /// Which of the things that are written as rules it is part of; 0 for what a property says of
    /// itself.
    pub(crate) unit: usize,
}

impl Rule {
    /// Whether the rule says something of this parameter's value and of nothing else.
    pub(in crate::rules) fn is_about_only(&self, subject: Subject) -> bool {
        self.kind == Kind::Value && self.broken.subjects().iter().eq([&subject])
    }
}

/// Something that is written as a rule and asks for nothing.
#[derive(Debug, Clone)]
pub(crate) struct Idle {
    pub(crate) origin: Origin,
    /// When it is looked at.
    pub(crate) when: Formula,
    /// The positions of the conditions in it.
    pub(crate) conditions: Range<usize>,
}

/// That a parameter has an effect only when a condition holds.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    pub(crate) target: Subject,
    /// The condition in words, with what it is about.
    pub(crate) sentence: String,
}

/// The condition of an `if`.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) origin: Origin,
    /// The type of the value inside the object that it is about, when it is not about the object.
    pub(crate) inside: Option<Type>,
    /// When the `if` is looked at.
    pub(crate) outer: Formula,
    /// When it holds, as JSON Schema reads it.
    pub(crate) formula: Formula,
    /// When it would hold if `x-relations` asked for the members that it names.
    pub(crate) related: Formula,
    /// When it would hold if `properties` did so, too.
    pub(crate) strict: Formula,
}

/// What a rule asks for that compares parameters.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    pub(crate) origin: Origin,
    /// When it is asked for, and what is asked for beside it.
    pub(crate) within: Formula,
    /// When it is met, as it stands.
    pub(crate) holds: Formula,
    /// When it would be met if `x-relations` asked for the members that it names.
    pub(crate) related: Formula,
}

impl Condition {
    /// The parameters that the condition is about.
    pub(crate) fn space<'a>(&self, of: &Space<'a>) -> Space<'a> {
        self.inside.as_ref().map_or_else(|| of.clone(), |type_| of.inner(type_))
    }
}

/// What a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// That the target is given.
    Required,
    /// That the target is not given.
    NotAllowed,
    /// Something about the value of the target, wherever it is given.
    Value,
    /// Something about several parameters.
    Combination,
}

impl Kind {
    /// Whether no cell of a requirement table can show a rule of this kind.
    pub(crate) fn is_shown_apart(self) -> bool {
        matches!(self, Self::Value | Self::Combination)
    }
}
