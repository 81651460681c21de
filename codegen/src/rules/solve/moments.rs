//! Dates and times as whole numbers that compare as they do.
//!
//! A text of which no condition says which one it is may be any moment, whatever patterns and lengths ask of
//! it. In a closed space it is taken to be in its format; in an open one it may be in none, and then it
//! compares with nothing.

use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::moment::{Moment, TimeFormat};
use crate::rules::logic::space::Space;
use crate::rules::logic::states::Values;
use crate::rules::solve::relations::Choice;
use crate::rules::solve::situations::Situation;

/// How many others lie between two instants that are named: more than any rule compares.
const BETWEEN: i128 = 1 << 20;

/// What a text in this format can be in its situation; nothing when it is no date or time, or when it may
/// be none.
pub(super) fn choice(
    space: &Space<'_>,
    format: TimeFormat,
    situation: &Situation,
    chosen: &[&(Subject, Situation)],
    may_be_none: bool,
) -> Option<Choice> {
    let own = match text(situation) {
        Some(text) => Some(format.read(text)?),
        None if may_be_none => return None,
        None => None,
    };
    let (low, high) = if format == TimeFormat::Date {
        let (first, last) = TimeFormat::days();
        let day = own.map(Moment::count);
        (day.unwrap_or(first).into(), day.unwrap_or(last).into())
    } else {
        ranks(space, format, own, chosen)
    };
    let mut holes = BTreeSet::new();
    // A day is one text. An instant has many: with other offsets, and with zeros at the end.
    if let (TimeFormat::Date, Values::Except(texts)) = (format, &situation.states.values) {
        let days = texts.iter().filter_map(|literal| match literal {
            Literal::Text(text) => Some(format.read(text)?.count()),
            Literal::Integer(_) | Literal::Boolean(_) => None,
        });
        holes.extend(days);
    }
    Some(Choice { low, high, divisors: Vec::new(), others: Vec::new(), holes })
}

/// Where an instant stands among those that are named, with room between them; where any can stand.
fn ranks(
    space: &Space<'_>,
    format: TimeFormat,
    own: Option<Moment<'_>>,
    chosen: &[&(Subject, Situation)],
) -> (i128, i128) {
    let mut named: Vec<Moment<'_>> = chosen
        .iter()
        .filter(|(subject, _)| space.time_format(*subject) == Some(format))
        .filter_map(|(_, situation)| format.read(text(situation)?))
        .collect();
    named.sort();
    named.dedup();
    if let Some(own) = own {
        let earlier = named.iter().filter(|known| **known < own).count() as i128;
        return (BETWEEN * (earlier + 1), BETWEEN * (earlier + 1));
    }
    // Nothing is earlier than the first of all; there is no last one, for fractions have no end.
    let is_first =
        named.first().is_some_and(|first| Some(*first) == format.read(format.earliest()));
    let low = if is_first { BETWEEN } else { 0 };
    (low, BETWEEN * (named.len() as i128 + 1))
}

/// The text that a parameter is in its situation, where that is known.
fn text(situation: &Situation) -> Option<&str> {
    match &situation.states.values {
        Values::Only(values) => match values.as_slice() {
            [Literal::Text(text)] => Some(text),
            _ => None,
        },
        Values::Except(_) => None,
    }
}
