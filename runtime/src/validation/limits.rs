//! Whether a value satisfies a limit.

use super::ViolationKind;
use crate::field::{Bound, Check, Comparison, Value};

impl Check {
    #[inline]
    pub(super) fn holds(&self, value: Value<'_>) -> bool {
        match (self, value) {
            // A parameter may take fewer values than its type documents.
            (Self::Documented(values), Value::Enum { text, documented }) => {
                documented && values.contains(&text)
            }
            (Self::Compare(comparison, Bound::Integer(bound)), Value::Integer(number)) => {
                comparison.holds(&number, bound)
            }
            (Self::Compare(comparison, Bound::Number(bound)), Value::Number(number)) => {
                comparison.holds(&number, bound)
            }
            (check, Value::Secret(secret)) => {
                check.holds_for_text(secrecy::ExposeSecret::expose_secret(secret))
            }
            (check, Value::Text(text)) => check.holds_for_text(text),
            _ => true,
        }
    }

    #[inline]
    fn holds_for_text(&self, text: &str) -> bool {
        match self {
            Self::MinLength(limit) => text.chars().count() >= *limit,
            // A text has at least as many bytes as characters, so short texts need no counting.
            Self::MaxLength(limit) => text.len() <= *limit || text.chars().count() <= *limit,
            Self::Characters { ranges, min, .. } => {
                (*min == 0 || text.chars().nth(*min - 1).is_some())
                    && text.chars().all(|found| {
                        ranges.iter().any(|(first, last)| (first..=last).contains(&&found))
                    })
            }
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => pattern.is_match(text),
            Self::Documented(_) | Self::Compare(..) => true,
        }
    }

    pub(super) fn kind(&self) -> ViolationKind {
        match self {
            Self::Documented(values) => ViolationKind::Enum(values),
            Self::MinLength(limit) => ViolationKind::MinLength(*limit),
            Self::MaxLength(limit) => ViolationKind::MaxLength(*limit),
            Self::Characters { pattern, .. } => ViolationKind::Pattern(pattern),
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => ViolationKind::Pattern(pattern.as_str()),
            Self::Compare(Comparison::AtLeast, bound) => ViolationKind::Minimum(*bound),
            Self::Compare(Comparison::AtMost, bound) => ViolationKind::Maximum(*bound),
            Self::Compare(Comparison::MoreThan, bound) => ViolationKind::ExclusiveMinimum(*bound),
            Self::Compare(Comparison::LessThan, bound) => ViolationKind::ExclusiveMaximum(*bound),
        }
    }
}

impl Comparison {
    #[inline]
    fn holds<T: PartialOrd>(self, number: &T, bound: &T) -> bool {
        match self {
            Self::AtLeast => number >= bound,
            Self::AtMost => number <= bound,
            Self::MoreThan => number > bound,
            Self::LessThan => number < bound,
        }
    }
}
