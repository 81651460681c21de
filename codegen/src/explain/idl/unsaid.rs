//! Why a rule cannot be said in IDL.

use crate::english::code;

/// What the language has no words for.
#[derive(Debug)]
pub(in crate::explain) enum Unsaid {
    /// That a parameter has no effect.
    Effect,
    /// A fact of the context, which has this name.
    Fact(String),
    /// A parameter with this name.
    Name(String),
    /// What is always or never met.
    Constant,
    /// Something of one parameter, whatever the others are.
    Alone,
    /// A rule that is not put as a condition and what then holds.
    Whole,
    /// How long a text is.
    Length,
    /// How many items a list has, and what they are.
    Items,
    /// What the members of an object are.
    Inside,
    /// That a number is a multiple of another.
    Multiple,
    /// A text that matches this regular expression.
    Pattern(String),
    /// A sum that has a parameter more than a few times.
    Coefficient,
    /// A count of more conditions than can be written out.
    Counted,
}

impl std::fmt::Display for Unsaid {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Effect => "it cannot say that something has no effect",
            Self::Fact(name) => {
                return write!(formatter, "{} is a fact and no parameter", code(name));
            }
            Self::Name(name) => {
                return write!(formatter, "it cannot write the name {}", code(name));
            }
            Self::Constant => "it cannot say that something always holds",
            Self::Alone => "it has no dependency of one parameter alone",
            Self::Whole => "it has no dependency of this form",
            Self::Length => "it does not look at lengths",
            Self::Items => "it does not look into lists",
            Self::Inside => "it does not look into objects",
            Self::Multiple => "it does not know multiples",
            Self::Pattern(pattern) => {
                return write!(formatter, "its patterns have `*` and not {}", code(pattern));
            }
            Self::Coefficient => "its sums have no coefficients",
            Self::Counted => "it counts no further than one",
        })
    }
}
