//! Predicates → English.

use crate::english::{Mood, at_least, at_most, code, counted, joined};
use crate::idl::pattern;
use crate::model::limit::Check;
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
        Predicate::Limit(limit) => match like_of(limit) {
            Some(text) => like(&text, negated, mood),
            None => limit.said(negated, mood),
        },
        Predicate::MultipleOf(divisor) => {
            format!("{} a multiple of {divisor}", if negated { is_not } else { is })
        }
        Predicate::Whole => format!("{} a whole number", if negated { is_not } else { is }),
        Predicate::Equals(number) => format!("{} {number}", if negated { is_not } else { is }),
        Predicate::MinItems(limit) => format!("{has} {}", at_least(*limit, "item", negated)),
        Predicate::MaxItems(limit) => format!("{has} {}", at_most(*limit, "item", negated)),
        Predicate::UniqueItems if negated => format!("{has} two equal items"),
        Predicate::UniqueItems => format!("{has} no two equal items"),
        Predicate::Contains { item, min, max } => {
            format!("{has} {}", containing(&inside(item, false), *min, *max, negated))
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

/// How many items a list has of which this is said.
fn containing(said: &str, min: u64, max: Option<u64>, negated: bool) -> String {
    let quantity = match max {
        None if min == 1 && negated => return format!("no item {}", that(said)),
        None if min == 1 => return format!("an item {}", that(said)),
        Some(0) if min == 0 && negated => return format!("an item {}", that(said)),
        Some(0) if min == 0 => return format!("no item {}", that(said)),
        None => at_least(min, "item", negated),
        Some(max) if min == 0 => at_most(max, "item", negated),
        Some(max) if negated => format!("fewer than {min} or more than {max} items"),
        Some(max) if min == max => format!("exactly {}", counted(min, "item")),
        Some(max) => format!("{min} to {max} items"),
    };
    let is_one = max == Some(1) && !negated && min <= 1;
    format!("{quantity} {}", if is_one { that(said) } else { each(said) })
}

/// The pattern of IDL that a limit of texts is, where there is one.
fn like_of(limit: &Check) -> Option<String> {
    match limit {
        Check::Pattern(regular) => pattern::like(regular),
        Check::Characters { .. }
        | Check::Documented(_)
        | Check::MinLength(_)
        | Check::MaxLength(_)
        | Check::Compare(..) => None,
    }
}

/// "starts with `a`", of a text that is like `a*`.
///
/// A limit that a schema has of a value is told as it is written there; only what is said of it in rules is put
/// so, from whatever it was written in.
fn like(like: &str, negated: bool, mood: Mood) -> String {
    let inner = like.trim_matches('*');
    let (states, demands) = match (like.starts_with('*'), like.ends_with('*')) {
        _ if inner.contains('*') || (inner.is_empty() && !like.is_empty()) => {
            ("looks like", "look like")
        }
        (false, true) => ("starts with", "start with"),
        (true, false) => ("ends with", "end with"),
        (true, true) => ("contains", "contain"),
        (false, false) => ("is", "be"),
    };
    let shown = code(if states == "looks like" { like } else { inner });
    match (mood, negated) {
        (Mood::States, false) => format!("{states} {shown}"),
        (Mood::States, true) if states == "is" => format!("is not {shown}"),
        (Mood::States, true) => format!("does not {demands} {shown}"),
        (Mood::Demands, false) => format!("{demands} {shown}"),
        (Mood::Demands, true) => format!("not {demands} {shown}"),
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
