//! Random values of a parameter in a situation: scalars here, what holds others in `insides`.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::draw::Draws;
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::decimal::as_float;
use crate::model::Type;
use crate::model::limit::{Check, Limit};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::Values;
use crate::rules::logic::verdict::of_scalar;
use crate::rules::solve::numbers::{self, Lattice};
use crate::rules::solve::situations::Situation;
use crate::rules::solve::texts;

/// How many texts are found for a situation, of which each stands for many.
const MOST_TEXTS: usize = 24;

/// How much longer than need be texts and lists are.
const LONGER: u64 = 12;

/// How many texts are tried where some are named that it must not be.
pub(super) const TRIES: usize = 64;

/// Texts for situations with patterns, as the first and the last of the characters in each place.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<(Situation, Rc<Found>)>);

/// What can stand in each place of a text, for each of several texts.
type Found = Vec<Vec<(char, char)>>;

/// How many situations are remembered.
const MOST_SITUATIONS: usize = 256;

impl Draws<'_> {
    /// A value of a parameter that is given; nothing when none could be made.
    pub(super) fn value(
        &mut self,
        space: &Space<'_>,
        subject: Subject,
        situation: &Situation,
        limits: &[Limit],
        depth: usize,
    ) -> Option<Value> {
        let named = match &situation.states.values {
            Values::Only(values) => return self.rng.choice(values).map(Literal::to_value),
            Values::Except(named) => named,
        };
        match space.domain(subject) {
            Domain::Boolean => {
                let left = [true, false].into_iter().map(Literal::Boolean);
                let left: Vec<Literal> = left.filter(|value| !named.contains(value)).collect();
                self.rng.choice(&left).map(Literal::to_value)
            }
            Domain::Int32 => self.integer(situation, named, i32::MIN.into(), i32::MAX.into()),
            Domain::Int64 => self.integer(situation, named, i64::MIN, i64::MAX),
            Domain::Double => self.double(situation, *space.type_(subject) == Type::Float),
            // Where nothing is asked of an enum, a value that is documented says more than others.
            Domain::Enum(values)
                if situation.holding.is_empty() && situation.failing.is_empty() =>
            {
                let is_left = |text: &&str| !named.contains(&Literal::Text((**text).to_owned()));
                let left: Vec<&str> = values.iter().copied().filter(is_left).collect();
                match self.rng.choice(&left) {
                    Some(text) => Some(Value::from(*text)),
                    None => self.text(situation, named),
                }
            }
            Domain::Enum(_) | Domain::Text => {
                let format = space.time_format(subject);
                let moment = format.and_then(|format| self.moment(format, situation, named));
                moment.or_else(|| self.text(situation, named))
            }
            Domain::Opaque => self.inside(space, space.type_(subject), situation, limits, depth),
        }
    }

    fn integer(
        &mut self,
        situation: &Situation,
        named: &[Literal],
        least: i64,
        most: i64,
    ) -> Option<Value> {
        let (low, high) = numbers::bounds(&situation.holding, &situation.failing);
        let (low, high) = (low.max(least.into()), high.min(most.into()));
        if low > high {
            return None;
        }
        let holes: BTreeSet<i64> = numbers::whole(named);
        let divisors = numbers::divisors(&situation.holding);
        let others = numbers::divisors(&situation.failing);
        let lattice = Lattice { divisors, others, holes: &holes };
        let near = |number: i128| number.clamp(low, high);
        let start = match self.rng.u8(..4) {
            0 => near(low.saturating_add(self.rng.u8(..4).into())),
            1 => near(high.saturating_sub(self.rng.u8(..4).into())),
            2 => near(self.rng.i16(-8..=200).into()),
            _ => self.rng.i128(low..=high),
        };
        let found = lattice.next(start, low..=high).ok()?;
        let found = found.or_else(|| lattice.next(low, low..=high).ok().flatten());
        found.map(Value::from)
    }

    fn double(&mut self, situation: &Situation, is_float: bool) -> Option<Value> {
        let predicates = [situation.holding.as_slice(), &situation.failing].concat();
        let mut samples = numbers::samples(&predicates)?;
        let drawn = (0..8).map(|_| f64::from(self.rng.i32(-4_000..4_000)) / 16.0);
        samples.extend(drawn.collect::<Vec<f64>>());
        let holds = |number: &f64| {
            let value = Value::from(*number);
            let is_kept =
                !is_float || as_float(*number).map(f64::to_bits) == Some(number.to_bits());
            is_kept
                && situation.holding.iter().all(|held| of_scalar(held, &value))
                && !situation.failing.iter().any(|failed| of_scalar(failed, &value))
        };
        samples.retain(holds);
        self.rng.choice(&samples).map(|number| Value::from(*number))
    }

    fn text(&mut self, situation: &Situation, named: &[Literal]) -> Option<Value> {
        let predicates = || situation.holding.iter().chain(&situation.failing);
        let is_new = |text: &String| !named.contains(&Literal::Text(text.clone()));
        if predicates().all(|predicate| texts::of_length(predicate, 0).is_some()) {
            let (least, most) = lengths(situation);
            let texts = (0..TRIES).map(|_| {
                let length =
                    self.rng.u64(least..=most.min(least.saturating_add(LONGER)).max(least));
                (0..length).map(|_| self.character()).collect::<String>()
            });
            let text = texts.filter(|_| least <= most).find(is_new);
            return text.map(Value::from);
        }
        let found = self.texts.of(situation, named)?;
        let ranges = self.rng.choice(found.iter())?;
        let text: String = ranges.iter().map(|range| self.of_range(*range)).collect();
        Some(Value::from(text))
    }

    /// A character, rarely one that is not of ASCII.
    fn character(&mut self) -> char {
        match self.rng.u8(..32) {
            0 => *self.rng.choice(&['\u{e9}', '\u{df}', '\u{ff}']).unwrap_or(&'e'),
            1 => self.rng.char('!'..='~'),
            _ => self.rng.alphanumeric(),
        }
    }

    /// A character of a range: one that can be seen, where there is one.
    fn of_range(&mut self, (first, last): (char, char)) -> char {
        let (seen_first, seen_last) = (first.max('!'), last.min('~'));
        if seen_first <= seen_last {
            let plain = [('a', 'z'), ('0', '9'), ('A', 'Z')];
            let plain = plain.map(|(low, high)| (seen_first.max(low), seen_last.min(high)));
            let plain: Vec<(char, char)> =
                plain.into_iter().filter(|(low, high)| low <= high).collect();
            let (low, high) = self.rng.choice(&plain).copied().unwrap_or((seen_first, seen_last));
            self.rng.char(low..=high)
        } else {
            self.rng.char(first..=last)
        }
    }
}

/// The least and the greatest length of a text, or of a list, in a situation.
pub(super) fn lengths(situation: &Situation) -> (u64, u64) {
    let (mut least, mut most) = (0, u64::MAX);
    for held in &situation.holding {
        match held {
            Predicate::Limit(Check::MinLength(limit)) | Predicate::MinItems(limit) => {
                least = least.max(*limit);
            }
            Predicate::Limit(Check::MaxLength(limit)) | Predicate::MaxItems(limit) => {
                most = most.min(*limit);
            }
            _ => {}
        }
    }
    for failed in &situation.failing {
        match failed {
            Predicate::Limit(Check::MinLength(limit)) | Predicate::MinItems(limit) => {
                most = most.min(limit.saturating_sub(1));
            }
            Predicate::Limit(Check::MaxLength(limit)) | Predicate::MaxItems(limit) => {
                least = least.max(limit.saturating_add(1));
            }
            _ => {}
        }
    }
    (least, most)
}

impl Texts {
    /// Texts for a situation; nothing when there are too many to try.
    fn of(&mut self, situation: &Situation, named: &[Literal]) -> Option<Rc<Found>> {
        if let Some((_, found)) = self.0.iter().find(|(known, _)| known == situation) {
            return Some(Rc::clone(found));
        }
        let found = texts::found(&situation.holding, &situation.failing, named, MOST_TEXTS)?;
        let found = Rc::new(found);
        if self.0.len() >= MOST_SITUATIONS {
            self.0.clear();
        }
        self.0.push((situation.clone(), Rc::clone(&found)));
        Some(found)
    }
}
