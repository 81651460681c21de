//! Predicates → English.

use crate::english::{code, counted, joined};
use crate::model::limit::{Check, Comparison};
use crate::rules::logic::predicate::Predicate;

/// How a verb is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Mood {
    /// "`A` has …"
    States,
    /// "`A` must have …"
    Demands,
}

/// What is said of a value, without naming the value; `inside` puts what is said of items and
/// members.
pub(in crate::rules) fn predicate(
    predicate: &Predicate,
    negated: bool,
    mood: Mood,
    inside: &mut dyn FnMut(&crate::rules::logic::predicate::Inner, bool) -> String,
) -> String {
    let verb = |states: &'static str, demands: &'static str| match mood {
        Mood::States => states,
        Mood::Demands => demands,
    };
    let (has, is) = (verb("has", "have"), verb("is", "be"));
    let is_not = verb("is not", "not be");
    match predicate {
        Predicate::Limit(limit) => self::limit(limit, negated, mood),
        Predicate::MultipleOf(divisor) => {
            format!("{} a multiple of {divisor}", if negated { is_not } else { is })
        }
        Predicate::Whole => format!("{} a whole number", if negated { is_not } else { is }),
        Predicate::Equals(number) => format!("{} {number}", if negated { is_not } else { is }),
        Predicate::MinItems(limit) => format!("{has} {}", lower(*limit, "item", negated)),
        Predicate::MaxItems(limit) => format!("{has} {}", upper(*limit, "item", negated)),
        Predicate::UniqueItems if negated => format!("{has} two equal items"),
        Predicate::UniqueItems => format!("{has} no two equal items"),
        Predicate::Contains { item, min: 1, max: None } => {
            let quantity = if negated { "no item" } else { "an item" };
            format!("{has} {quantity} {}", that(&inside(item, false)))
        }
        Predicate::Contains { item, min: 0, max: Some(0) } => {
            let quantity = if negated { "an item" } else { "no item" };
            format!("{has} {quantity} {}", that(&inside(item, false)))
        }
        Predicate::Contains { item, min, max } => {
            let quantity = match max {
                None => lower(*min, "item", negated),
                Some(max) if *min == 0 => upper(*max, "item", negated),
                Some(max) if negated => format!("fewer than {min} or more than {max} items"),
                Some(max) if min == max => format!("exactly {}", counted(*min, "item")),
                Some(max) => format!("{min} to {max} items"),
            };
            let said = inside(item, false);
            let is_one = *max == Some(1) && !negated && *min <= 1;
            format!("{has} {quantity} {}", if is_one { that(&said) } else { each(&said) })
        }
        Predicate::Each(item) if negated => {
            format!("{has} an item {}", that(&inside(item, true)))
        }
        Predicate::Each(item) => format!("{has} only items {}", each(&inside(item, false))),
        Predicate::Items(items) => {
            let said = items
                .iter()
                .enumerate()
                .map(|(index, item)| format!("in item {} {}", index + 1, inside(item, false)));
            let said: Vec<String> = said.collect();
            let count = counted(items.len() as u64, "item");
            let not = if negated { verb("does not have", "not have") } else { has };
            let details =
                if said.is_empty() { String::new() } else { format!(": {}", said.join("; ")) };
            format!("{not} exactly {count}{details}")
        }
        Predicate::Object(object) => {
            format!("{is} such that {}", inside(object, negated))
        }
    }
}

/// "is `["a"]`", of a list or an object that is told as JSON.
pub(in crate::rules) fn equal(value: &serde_json::Value, negated: bool, mood: Mood) -> String {
    let is = match (mood, negated) {
        (Mood::States, false) => "is",
        (Mood::States, true) => "is not",
        (Mood::Demands, false) => "be",
        (Mood::Demands, true) => "not be",
    };
    format!("{is} {}", code(&value.to_string()))
}

/// "is not `a`", "is neither `a` nor `b`", "is none of `a`, `b` and `c`".
pub(in crate::rules) fn none_of(values: &[String], is_not: &str, is: &str) -> String {
    let values: Vec<String> = values.iter().map(|value| code(value)).collect();
    match values.as_slice() {
        [value] => format!("{is_not} {value}"),
        [first, second] => format!("{is} neither {first} nor {second}"),
        _ => format!("{is} none of {}", joined(&values, "and")),
    }
}

/// A clause about one item.
fn that(said: &str) -> String {
    match said.strip_prefix("it ") {
        Some(said) => format!("that {said}"),
        None => format!("in which {said}"),
    }
}

/// A clause about several items.
fn each(said: &str) -> String {
    match said.strip_prefix("it ") {
        Some(said) => format!("each of which {said}"),
        None => format!("in each of which {said}"),
    }
}

fn limit(limit: &Check, negated: bool, mood: Mood) -> String {
    let (has, is) = match mood {
        Mood::States => ("has", "is"),
        Mood::Demands => ("have", "be"),
    };
    let not = if negated { " not" } else { "" };
    match limit {
        Check::Documented(values) => format!("{is}{not} {}", crate::english::any_of(values)),
        Check::MinLength(limit) => format!("{has} {}", lower(*limit, "character", negated)),
        Check::MaxLength(limit) => format!("{has} {}", upper(*limit, "character", negated)),
        Check::Characters { pattern, .. } | Check::Pattern(pattern) => {
            let matches = match (mood, negated) {
                (Mood::States, false) => "matches",
                (Mood::States, true) => "does not match",
                (Mood::Demands, false) => "match",
                (Mood::Demands, true) => "not match",
            };
            format!("{matches} {}", code(pattern))
        }
        Check::Compare(comparison, bound) => {
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

fn lower(limit: u64, thing: &str, negated: bool) -> String {
    let quantity = if negated { "fewer than" } else { "at least" };
    format!("{quantity} {}", counted(limit, thing))
}

fn upper(limit: u64, thing: &str, negated: bool) -> String {
    if limit == 0 {
        return if negated { format!("at least 1 {thing}") } else { format!("no {thing}s") };
    }
    let quantity = if negated { "more than" } else { "at most" };
    format!("{quantity} {}", counted(limit, thing))
}
