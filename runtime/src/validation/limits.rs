//! Whether a value satisfies a limit.

use super::ViolationKind;
use crate::field::{Bound, Limit, Value};

impl Limit {
    #[inline]
    pub(super) fn holds(&self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Documented, Value::Enum { documented, .. }) => documented,
            (Self::OneOf(values), Value::Enum { text, .. }) => values.contains(&text),
            (Self::Minimum(bound), value) => compare(value, bound, f64::ge, i64::ge),
            (Self::Maximum(bound), value) => compare(value, bound, f64::le, i64::le),
            (Self::ExclusiveMinimum(bound), value) => compare(value, bound, f64::gt, i64::gt),
            (Self::ExclusiveMaximum(bound), value) => compare(value, bound, f64::lt, i64::lt),
            (limit, Value::Secret(secret)) => {
                limit.holds_for_text(secrecy::ExposeSecret::expose_secret(secret))
            }
            (limit, Value::Text(text)) => limit.holds_for_text(text),
            _ => true,
        }
    }

    #[inline]
    fn holds_for_text(&self, text: &str) -> bool {
        match self {
            Self::MinLength(limit) => text.chars().count() >= *limit,
            // A text has at least as many bytes as characters, so short texts need no counting.
            Self::MaxLength(limit) => text.len() <= *limit || text.chars().count() <= *limit,
            Self::Characters(_, min, ranges) => {
                (*min == 0 || text.chars().nth(*min - 1).is_some())
                    && text.chars().all(|found| {
                        ranges.iter().any(|(first, last)| (first..=last).contains(&&found))
                    })
            }
            Self::OneOf(values) => values.contains(&text),
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => pattern.is_match(text),
            _ => true,
        }
    }

    /// The kind of the limit that a value breaks.
    pub(super) fn kind(&self, value: Value<'_>) -> ViolationKind {
        match self {
            Self::Documented => match value {
                Value::Enum { values, .. } => ViolationKind::Enum(values),
                _ => ViolationKind::Value,
            },
            Self::OneOf(values) => ViolationKind::Enum(values),
            Self::MinLength(limit) => ViolationKind::MinLength(*limit),
            Self::MaxLength(limit) => ViolationKind::MaxLength(*limit),
            Self::Characters(pattern, ..) => ViolationKind::Pattern(pattern),
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => ViolationKind::Pattern(pattern.as_str()),
            Self::Minimum(bound) => ViolationKind::Minimum(*bound),
            Self::Maximum(bound) => ViolationKind::Maximum(*bound),
            Self::ExclusiveMinimum(bound) => ViolationKind::ExclusiveMinimum(*bound),
            Self::ExclusiveMaximum(bound) => ViolationKind::ExclusiveMaximum(*bound),
        }
    }
}

#[inline]
fn compare(
    value: Value<'_>,
    bound: &Bound,
    numbers: fn(&f64, &f64) -> bool,
    integers: fn(&i64, &i64) -> bool,
) -> bool {
    match (value, bound) {
        (Value::Integer(number), Bound::Integer(bound)) => integers(&number, bound),
        (Value::Number(number), Bound::Number(bound)) => numbers(&number, bound),
        _ => true,
    }
}
