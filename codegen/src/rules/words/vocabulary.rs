//! Predicates → English.

use crate::english::{Mood, at_least, at_most, code, counted, joined};
use crate::rules::logic::predicate::Predicate;

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
        Predicate::Limit(limit) => limit.said(negated, mood),
        Predicate::MultipleOf(divisor) => {
            format!("{} a multiple of {divisor}", if negated { is_not } else { is })
        }
        Predicate::Whole => format!("{} a whole number", if negated { is_not } else { is }),
        Predicate::Equals(number) => format!("{} {number}", if negated { is_not } else { is }),
        Predicate::MinItems(limit) => format!("{has} {}", at_least(*limit, "item", negated)),
        Predicate::MaxItems(limit) => format!("{has} {}", at_most(*limit, "item", negated)),
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
                None => at_least(*min, "item", negated),
                Some(max) if *min == 0 => at_most(*max, "item", negated),
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
