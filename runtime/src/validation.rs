//! The report that validators fill, and the error that a refused request becomes.

mod found;
mod limits;
pub(crate) mod moment;
pub(crate) mod number;
pub(crate) mod report;
mod travel;
pub(crate) mod words;

use std::borrow::Cow;
use std::fmt;

pub use crate::field::Bound;
pub(crate) use travel::unsendable_in_header;

/// Why a request was refused: every rule that it breaks, in the order of its fields.
///
/// `Display` prints one line for each, and so does `Debug`, for a `main` that ends with them; `{:#?}`
/// shows the members. Values of secret parameters are never part of it.
#[derive(Clone, PartialEq)]
pub struct Violations {
    operation: Cow<'static, str>,
    violations: Vec<Violation>,
}

impl Violations {
    /// Those of an operation that nobody may have described; there is at least one.
    pub(crate) fn of(operation: &str, violations: Vec<Violation>) -> Self {
        Self { operation: Cow::Owned(operation.to_owned()), violations }
    }

    /// The operation whose request was refused.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The broken rules; there is at least one.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.violations.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "invalid {} request:", self.operation)?;
        for violation in self {
            write!(formatter, "\n- {violation}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return fmt::Display::fmt(self, formatter);
        }
        let Self { operation, violations } = self;
        let mut shown = formatter.debug_struct("Violations");
        shown.field("operation", operation).field("violations", violations).finish()
    }
}

impl std::error::Error for Violations {}

/// One broken rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The request's own field, or what stands besides it.
    field: Cow<'static, str>,
    /// The path to a value inside that field, when the value is not the field's own.
    path: Option<String>,
    kind: ViolationKind,
    sentence: Cow<'static, str>,
    found: Option<String>,
}

impl Violation {
    /// A rule about something that is no field of the request.
    pub(crate) fn of(name: &str, kind: ViolationKind, sentence: String) -> Self {
        let (field, sentence) = (Cow::Owned(name.to_owned()), Cow::Owned(sentence));
        Self { field, path: None, kind, sentence, found: None }
    }

    /// The wire name of the parameter, with a path when it lies inside one:
    /// `SourceEndpointPort`, `BackupObjects[0].DBName`, `Labels["a"]`.
    pub fn parameter(&self) -> &str {
        self.path.as_deref().unwrap_or(&self.field)
    }

    /// The kind of the rule, with its limits.
    pub fn kind(&self) -> &ViolationKind {
        &self.kind
    }

    /// The rule in words, as the field's documentation has it.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(formatter, "`{path}`: ")?;
        }
        formatter.write_str(&self.sentence)?;
        match &self.found {
            Some(found) => write!(formatter, ", but {found}"),
            None => Ok(()),
        }
    }
}

/// The kind of a broken rule, named after the JSON Schema keyword that states it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// The parameter has to be given and is not.
    Required,
    /// The parameter is given and must not be.
    NotAllowed,
    /// The value is none of these, which are those that the documents list.
    Enum(&'static [&'static str]),
    /// The text is shorter than this many Unicode scalar values.
    MinLength(usize),
    /// The text is longer than this many Unicode scalar values.
    MaxLength(usize),
    /// The text does not match this pattern.
    Pattern(&'static str),
    /// The number is less than this.
    Minimum(Bound),
    /// The number is more than this.
    Maximum(Bound),
    /// The number is not more than this.
    ExclusiveMinimum(Bound),
    /// The number is not less than this.
    ExclusiveMaximum(Bound),
    /// The number is no multiple of this.
    MultipleOf(Bound),
    /// The list has fewer items than this.
    MinItems(usize),
    /// The list has more items than this.
    MaxItems(usize),
    /// The list has two equal items.
    UniqueItems,
    /// The value is not what the sentence says.
    Value,
    /// Several parameters do not go together as the sentence says.
    Combination,
}
