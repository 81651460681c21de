//! Limits of single values.

/// A limit and the sentence that states it.
#[derive(Debug, Clone)]
pub(crate) struct Limit {
    pub(crate) check: Check,
    pub(crate) sentence: String,
}

/// What a limit checks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Check {
    /// The value is one of the enum's documented ones, which are these.
    Documented(Vec<String>),
    MinLength(u64),
    MaxLength(u64),
    /// A pattern of the form `^[…]*$` or `^[…]+$`, which needs no regular expression engine.
    Characters {
        pattern: String,
        ranges: Vec<(char, char)>,
        min: u64,
    },
    Pattern(String),
    Compare(Comparison, Bound),
    /// The number is so many times this one.
    MultipleOf(i64),
    /// The number is this one.
    Equals(Bound),
    MinItems(u64),
    MaxItems(u64),
    /// No two items of the list are equal.
    UniqueItems,
}

/// How a number has to compare with its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
}

/// The bound of a number, in the type of its field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    Integer(i64),
    Number(f64),
}

impl Check {
    /// What the value must be or have, after the word "must".
    pub(crate) fn predicate(&self) -> String {
        match self {
            Self::Documented(values) => format!("be {}", crate::english::any_of(values)),
            Self::MinLength(limit) => format!("have at least {}", characters(*limit)),
            Self::MaxLength(limit) => format!("have at most {}", characters(*limit)),
            Self::Characters { pattern, .. } | Self::Pattern(pattern) => {
                format!("match {}", crate::english::code(pattern))
            }
            Self::Compare(comparison, bound) => {
                let words = match comparison {
                    Comparison::AtLeast => "at least",
                    Comparison::AtMost => "at most",
                    Comparison::MoreThan => "more than",
                    Comparison::LessThan => "less than",
                };
                format!("be {words} {bound}")
            }
            Self::MultipleOf(divisor) => format!("be a multiple of {divisor}"),
            Self::Equals(bound) => format!("be {bound}"),
            Self::MinItems(limit) => format!("have at least {}", items(*limit)),
            Self::MaxItems(limit) => format!("have at most {}", items(*limit)),
            Self::UniqueItems => "have no two equal items".to_owned(),
        }
    }

    /// Whether a JSON value of the field's own type satisfies the limit.
    pub(crate) fn holds(&self, value: &serde_json::Value) -> bool {
        match self {
            Self::Documented(values) => {
                value.as_str().is_none_or(|text| values.iter().any(|value| value == text))
            }
            Self::MinLength(limit) => length(value).is_none_or(|length| length >= *limit),
            Self::MaxLength(limit) => length(value).is_none_or(|length| length <= *limit),
            Self::Characters { pattern, .. } | Self::Pattern(pattern) => {
                let regex = regex::Regex::new(pattern);
                value.as_str().is_none_or(|text| regex.is_ok_and(|regex| regex.is_match(text)))
            }
            Self::Compare(comparison, Bound::Integer(bound)) => {
                value.as_i64().is_none_or(|number| comparison.holds(&number, bound))
            }
            Self::Compare(comparison, Bound::Number(bound)) => {
                value.as_f64().is_none_or(|number| comparison.holds(&number, bound))
            }
            Self::MultipleOf(divisor) => {
                value.as_i64().is_none_or(|number| number.checked_rem(*divisor) == Some(0))
            }
            Self::Equals(Bound::Integer(expected)) => value.as_i64() == Some(*expected),
            Self::Equals(Bound::Number(expected)) => value.as_f64() == Some(*expected),
            Self::MinItems(limit) => count(value).is_none_or(|count| count >= *limit),
            Self::MaxItems(limit) => count(value).is_none_or(|count| count <= *limit),
            Self::UniqueItems => value.as_array().is_none_or(|items| {
                let repeated = |(index, item)| items[..index].contains(item);
                !items.iter().enumerate().any(repeated)
            }),
        }
    }
}

impl Comparison {
    pub(crate) fn holds<T: PartialOrd>(self, number: &T, bound: &T) -> bool {
        match self {
            Self::AtLeast => number >= bound,
            Self::AtMost => number <= bound,
            Self::MoreThan => number > bound,
            Self::LessThan => number < bound,
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(formatter),
            Self::Number(number) => number.fmt(formatter),
        }
    }
}

fn characters(count: u64) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

fn items(count: u64) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

fn count(value: &serde_json::Value) -> Option<u64> {
    value.as_array().map(|items| items.len() as u64)
}

fn length(value: &serde_json::Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}
