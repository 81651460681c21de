//! Relations → English: "the sum of `A` and `B`", "at most twice `C` plus 1".
//!
//! Knows nothing of when a relation is asked for.

use crate::bound::Subject;
use crate::bound::condition::{Operator, Relation};
use crate::english::joined;
use crate::rules::logic::space::Space;

/// What is compared, and how it compares with what.
pub(in crate::rules) struct Sides {
    /// "`A`"
    pub(in crate::rules) left: String,
    /// "less than `B` minus 2"
    pub(in crate::rules) right: String,
}

impl Sides {
    /// Nothing is subtracted in words but a number: what is, stands on the other side.
    pub(in crate::rules) fn of(
        space: &Space<'_>,
        relation: &Relation,
        name: &mut dyn FnMut(Subject) -> String,
    ) -> Self {
        if let Some((left, right)) = relation.pair()
            && space.time_format(left).is_some()
        {
            let (left, right) = (name(left), name(right));
            return Self { left, right: format!("{} {right}", timed(relation.operator)) };
        }
        let is_turned = relation.terms.iter().all(|term| term.coefficient < 0);
        let mut side = |is_left: bool| -> Vec<(u32, String)> {
            let is_here = |coefficient: i32| (coefficient > 0) == is_left;
            let terms = relation.terms.iter().filter(|term| is_here(term.coefficient));
            terms.map(|term| (term.coefficient.unsigned_abs(), name(term.subject))).collect()
        };
        let (left, right) = (side(true), side(false));
        let (constant, minus) = (relation.constant.unsigned_abs(), relation.constant < 0);
        if is_turned {
            let operator = compared(relation.operator.turned());
            let minus = if minus || constant == 0 { "" } else { "-" };
            return Self { left: sum(&right), right: format!("{operator} {minus}{constant}") };
        }
        let operator = compared(relation.operator);
        let right = match (right.as_slice(), constant) {
            ([], _) => relation.constant.to_string(),
            (right, 0) => sum(right),
            (right, _) => {
                let added = if minus { "minus" } else { "plus" };
                format!("{} {added} {constant}", added_up(right))
            }
        };
        Self { left: sum(&left), right: format!("{operator} {right}") }
    }
}

fn compared(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => "less than",
        Operator::AtMost => "at most",
        Operator::Equal => "equal to",
        Operator::NotEqual => "other than",
        Operator::AtLeast => "at least",
        Operator::More => "more than",
    }
}

/// How dates and times compare.
fn timed(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => "earlier than",
        Operator::AtMost => "no later than",
        Operator::Equal => "the same as",
        Operator::NotEqual => "other than",
        Operator::AtLeast => "no earlier than",
        Operator::More => "later than",
    }
}

/// "the sum of `A` and `B`", and "twice `A` plus `B`".
fn sum(terms: &[(u32, String)]) -> String {
    let is_plain = terms.len() > 1 && terms.iter().all(|(times, _)| *times == 1);
    if is_plain {
        let names: Vec<String> = terms.iter().map(|(_, name)| name.clone()).collect();
        return format!("the sum of {}", joined(&names, "and"));
    }
    added_up(terms)
}

fn added_up(terms: &[(u32, String)]) -> String {
    let terms: Vec<String> = terms
        .iter()
        .map(|(times, name)| match times {
            1 => name.clone(),
            2 => format!("twice {name}"),
            _ => format!("{times} times {name}"),
        })
        .collect();
    terms.join(" plus ")
}
