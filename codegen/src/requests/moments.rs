//! Random dates and times, and those that lie next to others.

use fastrand::Rng;
use serde_json::Value;

use super::draw::Draws;
use super::values::TRIES;
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::moment::{TimeFormat, of_day};
use crate::rules::logic::formula::{Atom, Formula};
use crate::rules::logic::space::Space;
use crate::rules::logic::verdict::of_scalar;
use crate::rules::solve::situations::Situation;

impl Draws<'_> {
    /// A text in this format that is in the situation; nothing when none was found.
    pub(super) fn moment(
        &mut self,
        format: TimeFormat,
        situation: &Situation,
        named: &[Literal],
    ) -> Option<Value> {
        let mut drawn = (0..TRIES).map(|_| Literal::Text(random(&mut self.rng, format)));
        let is_right = |literal: &Literal| {
            let value = literal.to_value();
            !named.contains(literal)
                && situation.holding.iter().all(|held| of_scalar(held, &value))
                && !situation.failing.iter().any(|failed| of_scalar(failed, &value))
        };
        drawn.find(is_right).as_ref().map(Literal::to_value)
    }
}

fn random(rng: &mut Rng, format: TimeFormat) -> String {
    let (first, last) = TimeFormat::days();
    let day = |rng: &mut Rng| match rng.u8(..8) {
        0 => of_day(rng.i64(first..=last)),
        // From the year 2000 to the year 2040.
        _ => of_day(rng.i64(730_485..=745_460)),
    };
    match format {
        TimeFormat::Date => day(rng),
        TimeFormat::DateTime => format!("{}T{}", day(rng), time(rng)),
        TimeFormat::Time => time(rng),
    }
}

fn time(rng: &mut Rng) -> String {
    let (hour, minute, second) = (rng.u8(..24), rng.u8(..60), rng.u8(..60));
    let fraction = match rng.u8(..4) {
        0 => format!(".{}", rng.u32(..1_000_000)),
        _ => String::new(),
    };
    let offset = match rng.u8(..4) {
        0 => format!("{}{:02}:00", rng.choice(['+', '-']).unwrap_or('+'), rng.u8(..13)),
        _ => "Z".to_owned(),
    };
    format!("{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

/// Texts of which one does where any text in this format does: whatever compares is decided by those that
/// are named or drawn already, and there is nothing else to tell moments apart.
pub(super) fn neighbours<'v>(
    space: &Space<'_>,
    format: TimeFormat,
    formula: &Formula,
    drawn: impl Iterator<Item = (&'v Subject, &'v Value)>,
) -> Vec<Value> {
    let is_one = |subject: Subject| space.time_format(subject) == Some(format);
    let mut known: Vec<String> = drawn
        .filter(|(subject, _)| is_one(**subject))
        .filter_map(|(_, value)| value.as_str().map(str::to_owned))
        .collect();
    formula.for_each_atom(&mut |subject, atom| {
        if let (Atom::Is(states), true) = (atom, is_one(subject)) {
            known.extend(states.named().iter().filter_map(|literal| match literal {
                Literal::Text(text) => Some(text.clone()),
                Literal::Integer(_) | Literal::Boolean(_) => None,
            }));
        }
    });
    known.retain(|text| format.read(text).is_some());
    known.push(format.earliest().to_owned());
    let texts: Vec<String> = match format {
        TimeFormat::Date => {
            let others = (known.len() + formula.subjects().len()) as i64;
            days_around(&known, others)
        }
        TimeFormat::DateTime | TimeFormat::Time => instants_after(&known, format),
    };
    texts.into_iter().map(Value::from).collect()
}

/// As many days before and after each as others may lie between.
fn days_around(known: &[String], others: i64) -> Vec<String> {
    let (first, last) = TimeFormat::days();
    let counts = known.iter().filter_map(|text| Some(TimeFormat::Date.read(text)?.count()));
    let counts = counts.chain([last]).flat_map(|count| count - others..=count + others);
    let mut counts: Vec<i64> = counts.filter(|count| (first..=last).contains(count)).collect();
    counts.sort_unstable();
    counts.dedup();
    counts.into_iter().map(of_day).collect()
}

/// Each, in other words, and what lies behind each and before all that are later.
fn instants_after(known: &[String], format: TimeFormat) -> Vec<String> {
    let seconds_end = if format == TimeFormat::DateTime { 19 } else { 8 };
    let split = |text: &str| -> (String, String, String) {
        let (clock, rest) = text.split_at(seconds_end);
        let rest_without_point = rest.strip_prefix('.').unwrap_or(rest);
        let length = if rest.starts_with('.') {
            rest_without_point.bytes().take_while(u8::is_ascii_digit).count()
        } else {
            0
        };
        let (fraction, offset) = rest_without_point.split_at(length);
        (clock.to_owned(), fraction.to_owned(), offset.to_owned())
    };
    let parts: Vec<(String, String, String)> = known.iter().map(|text| split(text)).collect();
    let finest = parts.iter().map(|(_, fraction, _)| fraction.len()).max().unwrap_or(0);
    let zeros = "0".repeat(finest);
    let texts = parts.iter().flat_map(|(clock, fraction, offset)| {
        [format!("{clock}.{fraction}{zeros}1{offset}"), format!("{clock}.{fraction}0{offset}")]
    });
    known.iter().cloned().chain(texts).collect()
}
