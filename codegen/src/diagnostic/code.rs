//! The kinds of problems, by their stable names.

use std::fmt;
use std::str::FromStr;

use crate::english::code;
use crate::english::{listed, nearest};

/// The stable name of a kind of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// The text is not JSON.
    Syntax,
    /// More bytes, more nesting or more members than the generator reads.
    TooLarge,
    /// An object has the same key twice.
    DuplicateKey,
    /// A key that this place of the document does not have.
    UnknownKey,
    /// A JSON Schema keyword that the generator cannot turn into code.
    UnsupportedKeyword,
    /// A key that this place of the document must have.
    MissingKey,
    /// A value of the wrong JSON type, or outside the values that its key can have.
    InvalidValue,
    /// A `type` or `format` that has no Rust type here.
    UnknownType,
    /// A `$ref` to a file that is not there.
    DanglingRef,
    /// A `$ref` that does not have the form that the generator follows.
    InvalidRef,
    /// A schema that contains itself.
    RecursiveSchema,
    /// A file that nothing refers to, or one in a place where none belongs.
    UnusedFile,
    /// A rule that names a parameter which neither the request nor its context has.
    UnknownParameter,
    /// A name that cannot become a Rust identifier.
    InvalidName,
    /// Two names that become the same Rust identifier.
    NameCollision,
    /// Two operations, or an operation and its file or path, that do not agree on a name.
    OperationMismatch,
    /// A pattern that no engine would read as the author meant it.
    InvalidPattern,
    /// A text in `x-dependencies` that is no dependency.
    InvalidDependency,
    /// An example that does not satisfy its own schema.
    InvalidExample,
    /// A condition that no request meets.
    NeverHolds,
    /// A condition that every request meets, or a rule that asks for nothing.
    AlwaysHolds,
    /// A rule that says what another one says.
    DuplicateRule,
    /// A condition that reads otherwise than meant when an optional parameter is absent.
    VacuousCondition,
    /// A parameter, a value of one, or a set of compared ones, that no valid request can have.
    NeverGiven,
    /// A parameter that is not in `required` although every valid request has it.
    AlwaysRequired,
    /// Rules that no request can meet.
    Unsatisfiable,
    /// A rule that reports something because a fact of the context is unknown.
    UnknownFact,
    /// Rules over so many parameters that they cannot be judged.
    TooComplex,
    /// An action of an overlay that finds nothing to change, or changes nothing.
    NoEffect,
    /// The generator wrote something that is not Rust: its own fault, whatever the spec says.
    Defect,
}

impl Code {
    /// Every code there is.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::TooLarge,
        Self::DuplicateKey,
        Self::UnknownKey,
        Self::UnsupportedKeyword,
        Self::MissingKey,
        Self::InvalidValue,
        Self::UnknownType,
        Self::DanglingRef,
        Self::InvalidRef,
        Self::RecursiveSchema,
        Self::UnusedFile,
        Self::UnknownParameter,
        Self::InvalidName,
        Self::NameCollision,
        Self::OperationMismatch,
        Self::InvalidPattern,
        Self::InvalidDependency,
        Self::InvalidExample,
        Self::NeverHolds,
        Self::AlwaysHolds,
        Self::DuplicateRule,
        Self::VacuousCondition,
        Self::NeverGiven,
        Self::AlwaysRequired,
        Self::Unsatisfiable,
        Self::UnknownFact,
        Self::TooComplex,
        Self::NoEffect,
        Self::Defect,
    ];

    /// The code as it is printed: `unknown-key`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::TooLarge => "too-large",
            Self::DuplicateKey => "duplicate-key",
            Self::UnknownKey => "unknown-key",
            Self::UnsupportedKeyword => "unsupported-keyword",
            Self::MissingKey => "missing-key",
            Self::InvalidValue => "invalid-value",
            Self::UnknownType => "unknown-type",
            Self::DanglingRef => "dangling-ref",
            Self::InvalidRef => "invalid-ref",
            Self::RecursiveSchema => "recursive-schema",
            Self::UnusedFile => "unused-file",
            Self::UnknownParameter => "unknown-parameter",
            Self::InvalidName => "invalid-name",
            Self::NameCollision => "name-collision",
            Self::OperationMismatch => "operation-mismatch",
            Self::InvalidPattern => "invalid-pattern",
            Self::InvalidDependency => "invalid-dependency",
            Self::InvalidExample => "invalid-example",
            Self::NeverHolds => "never-holds",
            Self::AlwaysHolds => "always-holds",
            Self::DuplicateRule => "duplicate-rule",
            Self::VacuousCondition => "vacuous-condition",
            Self::NeverGiven => "never-given",
            Self::AlwaysRequired => "always-required",
            Self::Unsatisfiable => "unsatisfiable",
            Self::UnknownFact => "unknown-fact",
            Self::TooComplex => "too-complex",
            Self::NoEffect => "no-effect",
            Self::Defect => "defect",
        }
    }

    /// A page about it: what it means, a piece of a spec that has it, and how that is mended.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Syntax => include_str!("pages/syntax.md"),
            Self::TooLarge => include_str!("pages/too-large.md"),
            Self::DuplicateKey => include_str!("pages/duplicate-key.md"),
            Self::UnknownKey => include_str!("pages/unknown-key.md"),
            Self::UnsupportedKeyword => include_str!("pages/unsupported-keyword.md"),
            Self::MissingKey => include_str!("pages/missing-key.md"),
            Self::InvalidValue => include_str!("pages/invalid-value.md"),
            Self::UnknownType => include_str!("pages/unknown-type.md"),
            Self::DanglingRef => include_str!("pages/dangling-ref.md"),
            Self::InvalidRef => include_str!("pages/invalid-ref.md"),
            Self::RecursiveSchema => include_str!("pages/recursive-schema.md"),
            Self::UnusedFile => include_str!("pages/unused-file.md"),
            Self::UnknownParameter => include_str!("pages/unknown-parameter.md"),
            Self::InvalidName => include_str!("pages/invalid-name.md"),
            Self::NameCollision => include_str!("pages/name-collision.md"),
            Self::OperationMismatch => include_str!("pages/operation-mismatch.md"),
            Self::InvalidPattern => include_str!("pages/invalid-pattern.md"),
            Self::InvalidDependency => include_str!("pages/invalid-dependency.md"),
            Self::InvalidExample => include_str!("pages/invalid-example.md"),
            Self::NeverHolds => include_str!("pages/never-holds.md"),
            Self::AlwaysHolds => include_str!("pages/always-holds.md"),
            Self::DuplicateRule => include_str!("pages/duplicate-rule.md"),
            Self::VacuousCondition => include_str!("pages/vacuous-condition.md"),
            Self::NeverGiven => include_str!("pages/never-given.md"),
            Self::AlwaysRequired => include_str!("pages/always-required.md"),
            Self::Unsatisfiable => include_str!("pages/unsatisfiable.md"),
            Self::UnknownFact => include_str!("pages/unknown-fact.md"),
            Self::TooComplex => include_str!("pages/too-complex.md"),
            Self::NoEffect => include_str!("pages/no-effect.md"),
            Self::Defect => include_str!("pages/defect.md"),
        }
    }
}

/// Reads the name of a code; the error is a sentence that tells the nearest one.
impl FromStr for Code {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(code) = Self::ALL.iter().find(|code| code.as_str() == text) {
            return Ok(*code);
        }
        let names = Self::ALL.iter().map(|code| code.as_str());
        let help = match nearest(text, names.clone()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("the codes are {}", listed(&names.collect::<Vec<_>>())),
        };
        Err(format!("there is no code {}; {help}", code(text)))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
