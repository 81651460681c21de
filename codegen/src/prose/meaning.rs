//! What sentences mean: conditions, needs, and rules made of them.
//!
//! Knows no text. Parameters are numbers: the described one is [`THIS`], the others follow.

use serde_json::Value;

use super::Reason;

/// A parameter of the operation.
pub(super) type Id = usize;

/// The parameter that is described.
pub(super) const THIS: Id = 0;

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Less,
    AtMost,
    AtLeast,
    Greater,
}

/// What a request may be like.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// The parameter is given, and is one of these.
    Is(Id, Vec<Value>),
    Given(Id),
    Compared(Id, Relation, i64),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    /// Something that is not understood.
    Unclear(Reason),
}

/// What a request must be like.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    Required(Vec<Id>),
    Excluded(Vec<Id>),
    /// One of these values, if it is given.
    Is(Id, Vec<Value>),
    /// None of these values.
    IsNot(Id, Vec<Value>),
    /// A number between these.
    Limits(Id, Option<i64>, Option<i64>),
    AnyOf(Vec<Id>),
    OneOf(Vec<Id>),
    MostOneOf(Vec<Id>),
    AllOrNone(Vec<Id>),
    /// Who gives the first gives the others.
    With(Id, Vec<Id>),
    Order(Id, Relation, Id),
    /// Something that is not understood.
    Unclear(Reason),
}

/// A need, and when it is one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    pub(super) when: Option<Condition>,
    pub(super) need: Need,
}

impl Condition {
    /// One condition of several that all hold.
    pub(super) fn all(mut conditions: Vec<Self>) -> Option<Self> {
        match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(Self::All(conditions)),
        }
    }

    /// One condition of several of which one holds; values of one parameter are put together.
    pub(super) fn any(conditions: Vec<Self>) -> Option<Self> {
        let mut merged: Vec<Self> = Vec::new();
        for condition in conditions {
            match (&condition, merged.last_mut()) {
                (Self::Is(name, more), Some(Self::Is(last, values))) if name == last => {
                    values.extend(more.iter().cloned());
                }
                _ => merged.push(condition),
            }
        }
        match merged.len() {
            0 | 1 => merged.pop(),
            _ => Some(Self::Any(merged)),
        }
    }

    /// Calls with each parameter.
    pub(super) fn each(&self, call: &mut dyn FnMut(Id)) {
        match self {
            Self::Is(name, _) | Self::Given(name) | Self::Compared(name, _, _) => call(*name),
            Self::Not(inner) => inner.each(call),
            Self::All(inner) | Self::Any(inner) => inner.iter().for_each(|one| one.each(call)),
            Self::Unclear(_) => {}
        }
    }

    /// The values that it names, as texts.
    pub(super) fn values(&self) -> Vec<String> {
        match self {
            Self::Is(_, values) => values.iter().map(text).collect(),
            Self::Given(_) | Self::Compared(..) | Self::Unclear(_) => Vec::new(),
            Self::Not(inner) => inner.values(),
            Self::All(inner) | Self::Any(inner) => inner.iter().flat_map(Self::values).collect(),
        }
    }

    /// Why it is not understood.
    pub(super) fn unclear(&self) -> Option<Reason> {
        match self {
            Self::Is(..) | Self::Given(_) | Self::Compared(..) => None,
            Self::Not(inner) => inner.unclear(),
            Self::All(inner) | Self::Any(inner) => inner.iter().find_map(Self::unclear),
            Self::Unclear(reason) => Some(*reason),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Need {
    /// The parameters that it is about.
    pub(super) fn names(&self) -> Vec<Id> {
        match self {
            Self::Required(names)
            | Self::Excluded(names)
            | Self::AnyOf(names)
            | Self::OneOf(names)
            | Self::MostOneOf(names)
            | Self::AllOrNone(names) => names.clone(),
            Self::Is(name, _) | Self::IsNot(name, _) | Self::Limits(name, _, _) => vec![*name],
            Self::With(name, others) => {
                std::iter::once(*name).chain(others.iter().copied()).collect()
            }
            Self::Order(left, _, right) => vec![*left, *right],
            Self::Unclear(_) => Vec::new(),
        }
    }

    /// Whether it is one without a condition, too: what is asked of a single parameter stands in its schema.
    pub(super) fn is_of_several(&self) -> bool {
        match self {
            Self::Required(_) | Self::Excluded(_) => false,
            Self::Is(..) | Self::IsNot(..) | Self::Limits(..) => false,
            Self::AnyOf(_) | Self::OneOf(_) | Self::MostOneOf(_) | Self::AllOrNone(_) => true,
            Self::With(..) | Self::Order(..) => true,
            Self::Unclear(_) => false,
        }
    }
}

impl Rule {
    /// Why it is not understood.
    pub(super) fn unclear(&self) -> Option<Reason> {
        let need = match &self.need {
            Need::Unclear(reason) => Some(*reason),
            _ => None,
        };
        self.when.as_ref().and_then(Condition::unclear).or(need)
    }

    /// The parameters that it is about, each once.
    pub(super) fn names(&self) -> Vec<Id> {
        let mut names = self.need.names();
        if let Some(when) = &self.when {
            when.each(&mut |name| names.push(name));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether it says anything: a parameter is neither compared with itself, nor decides about itself whether
    /// it is there.
    pub(super) fn makes_sense(&self) -> bool {
        let mut conditions = Vec::new();
        if let Some(when) = &self.when {
            when.each(&mut |name| conditions.push(name));
        }
        let mut names = self.need.names();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        names.len() == all && !names.iter().any(|name| conditions.contains(name))
    }
}
