//! Conditions in words of IDL, each with what can be done with it.

use crate::idl::tree::Group;

/// A condition in words of the language.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) shape: Shape,
    /// Whether it can be an element of a group, which has no `NOT`.
    pub(super) is_positive: bool,
}

/// What a condition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Others with `OR` between them.
    Any,
    /// Others with `AND` between them.
    All,
    /// Another with `NOT` before it.
    Not,
    /// `Or(…)` and its like.
    Group,
    /// One of them with `NOT` before it.
    NotGroup,
    /// Of parameters with each other, or of a sum with a number.
    Comparison,
    /// Of one parameter.
    Term,
}

impl Said {
    pub(super) fn new(text: String, shape: Shape) -> Self {
        Self { text, shape, is_positive: true }
    }

    /// What is said of one parameter.
    pub(super) fn term(text: String) -> Self {
        Self::new(text, Shape::Term)
    }

    /// The opposite. The grammar has `NOT` before terms, groups and parentheses.
    pub(super) fn negated(self) -> Self {
        let (text, shape) = match self.shape {
            Shape::Group => (format!("NOT {}", self.text), Shape::NotGroup),
            Shape::Term => (format!("NOT {}", self.text), Shape::Not),
            Shape::Any | Shape::All | Shape::Not | Shape::NotGroup | Shape::Comparison => {
                (format!("NOT ({})", self.text), Shape::Not)
            }
        };
        Self { text, shape, is_positive: false }
    }

    /// One of these, of which there is at least one.
    pub(super) fn any(parts: Vec<Self>) -> Self {
        Self::joined(parts, "OR", Shape::Any)
    }

    /// All of these, of which there is at least one.
    pub(super) fn all(parts: Vec<Self>) -> Self {
        Self::joined(parts, "AND", Shape::All)
    }

    fn joined(mut parts: Vec<Self>, word: &str, shape: Shape) -> Self {
        if parts.len() == 1
            && let Some(lone) = parts.pop()
        {
            return lone;
        }
        let is_positive = parts.iter().all(|part| part.is_positive);
        // `AND` binds closer.
        let within = |part: &Self| match (part.shape, shape) {
            (Shape::Any, Shape::All) => format!("({})", part.text),
            _ => part.text.clone(),
        };
        let parts: Vec<String> = parts.iter().map(within).collect();
        Self { text: parts.join(&format!(" {word} ")), shape, is_positive }
    }

    /// So many of these; each has to be positive.
    pub(super) fn group(of: Group, parts: &[Self]) -> Self {
        let parts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        Self::new(format!("{}({})", of.word(), parts.join(", ")), Shape::Group)
    }

    /// As a dependency of its own, where it can be one.
    pub(super) fn alone(self) -> Option<String> {
        let can_be = matches!(self.shape, Shape::Group | Shape::NotGroup | Shape::Comparison);
        can_be.then(|| format!("{};", self.text))
    }
}
