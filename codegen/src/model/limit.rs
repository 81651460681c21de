//! Limits of single values.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::Regex;

use crate::decimal::{Decimal, integer};
use crate::english::{Mood, any_of, at_least, at_most, code};

/// A limit and the sentence that states it.
#[derive(Debug, Clone)]
pub(crate) struct Limit {
    pub(crate) check: Check,
    pub(crate) sentence: String,
}

impl Limit {
    /// A limit of what sentences call `subject`.
    pub(crate) fn new(subject: &str, check: &Check) -> Self {
        Self {
            check: check.clone(),
            sentence: format!("{subject} must {}", check.said(false, Mood::Demands)),
        }
    }
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
    /// What is said of a value that satisfies the limit, or does not, without naming the value.
    pub(crate) fn said(&self, negated: bool, mood: Mood) -> String {
        let (has, is) = match mood {
            Mood::States => ("has", "is"),
            Mood::Demands => ("have", "be"),
        };
        let not = if negated { " not" } else { "" };
        match self {
            Self::Documented(values) => format!("{is}{not} {}", any_of(values)),
            Self::MinLength(limit) => format!("{has} {}", at_least(*limit, "character", negated)),
            Self::MaxLength(limit) => format!("{has} {}", at_most(*limit, "character", negated)),
            Self::Characters { pattern, .. } | Self::Pattern(pattern) => {
                let matches = match (mood, negated) {
                    (Mood::States, false) => "matches",
                    (Mood::States, true) => "does not match",
                    (Mood::Demands, false) => "match",
                    (Mood::Demands, true) => "not match",
                };
                format!("{matches} {}", code(pattern))
            }
            Self::Compare(comparison, bound) => {
                let relation = match (comparison, negated) {
                    (Comparison::AtLeast, false) | (Comparison::LessThan, true) => "at least",
                    (Comparison::AtMost, false) | (Comparison::MoreThan, true) => "at most",
                    (Comparison::MoreThan, false) | (Comparison::AtMost, true) => "more than",
                    (Comparison::LessThan, false) | (Comparison::AtLeast, true) => "less than",
                };
                format!("{is} {relation} {bound}")
            }
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
            Self::Characters { ranges, min, .. } => value.as_str().is_none_or(|text| {
                let is_one = |found: char| {
                    ranges.iter().any(|(first, last)| (*first..=*last).contains(&found))
                };
                text.chars().count() as u64 >= *min && text.chars().all(is_one)
            }),
            Self::Pattern(pattern) => value.as_str().is_none_or(|text| matches(pattern, text)),
            Self::Compare(comparison, Bound::Integer(bound)) => match integer(value) {
                Some(number) => comparison.holds(&number, bound),
                // No integer of 64 bits, so the digits that a `double` has are enough.
                None => {
                    value.as_f64().is_none_or(|number| comparison.holds(&number, &(*bound as f64)))
                }
            },
            Self::Compare(comparison, Bound::Number(bound)) => {
                match (Decimal::of(value), Decimal::of_double(*bound)) {
                    (Some(number), Some(bound)) => comparison.holds(&number, &bound),
                    // More digits than a decimal has are no integer's of 64 bits.
                    _ => value.as_f64().is_none_or(|number| comparison.holds(&number, bound)),
                }
            }
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

fn length(value: &serde_json::Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}

/// How many patterns are kept compiled.
const MOST_PATTERNS: usize = 256;

thread_local! {
    /// Patterns that were asked for; to compile one takes a thousand times as long as to match it.
    static PATTERNS: RefCell<BTreeMap<String, Option<Regex>>> = const { RefCell::new(BTreeMap::new()) };
}

fn matches(pattern: &str, text: &str) -> bool {
    PATTERNS.with_borrow_mut(|patterns| {
        if !patterns.contains_key(pattern) {
            if patterns.len() >= MOST_PATTERNS {
                patterns.clear();
            }
            patterns.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        let regex = patterns.get(pattern).and_then(Option::as_ref);
        regex.is_some_and(|regex| regex.is_match(text))
    })
}
