//! The situations of a parameter: all that a formula can tell apart of it.

use std::borrow::Cow;

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::rules::logic::formula::{Atom, Formula};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::{States, Values};
use crate::rules::logic::verdict;
use crate::rules::solve::insides;
use crate::rules::solve::numbers;
use crate::rules::solve::texts;

/// A state of a parameter, as far as a formula can tell it from others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Situation {
    pub(crate) states: States,
    /// Which of the formula's predicates hold.
    pub(crate) holding: Vec<Predicate>,
    /// Which do not.
    pub(crate) failing: Vec<Predicate>,
}

impl Space<'_> {
    /// Every situation of a parameter that the formula can tell from the others.
    pub(crate) fn situations(&self, formula: &Formula, subject: Subject) -> Vec<Situation> {
        let mut named: Vec<Literal> = Vec::new();
        let mut predicates: Vec<Predicate> = Vec::new();
        formula.for_each_atom(&mut |found, atom| match atom {
            _ if found != subject => {}
            Atom::Is(states) => named.extend(states.named().iter().cloned()),
            Atom::Test(test) if predicates.contains(&test.predicate) => {}
            Atom::Test(test) => predicates.push(test.predicate.clone()),
        });
        if self.is_boolean(subject) {
            named.extend([true, false].map(Literal::Boolean));
        }
        named.sort();
        named.dedup();
        let mut situations = Vec::new();
        let mut add = |states: States, truths: &[bool]| {
            let states =
                self.normal(subject, Cow::Owned(states.intersection(&self.possible(subject))));
            let of = |wanted: bool| {
                let pairs = predicates.iter().zip(truths);
                let wanted = pairs.filter(|(_, holds)| **holds == wanted);
                wanted.map(|(predicate, _)| predicate.clone()).collect()
            };
            let situation =
                Situation { states: states.into_owned(), holding: of(true), failing: of(false) };
            if !situation.states.is_empty() && !situations.contains(&situation) {
                situations.push(situation);
            }
        };
        add(States::absent(), &[]);
        for literal in &named {
            let value = literal.to_value();
            let truths: Vec<bool> =
                predicates.iter().map(|predicate| verdict::of_scalar(predicate, &value)).collect();
            add(States::only(vec![literal.clone()]), &truths);
        }
        let other = States { absent: false, values: Values::Except(named.clone()) };
        for truths in self.truths(subject, &predicates, &named) {
            add(other.clone(), &truths);
        }
        situations
    }

    /// What the predicates can come to, all at once, for values that nobody has named.
    fn truths(
        &self,
        subject: Subject,
        predicates: &[Predicate],
        named: &[Literal],
    ) -> Vec<Vec<bool>> {
        let truths = match self.domain(subject) {
            Domain::Int32 => {
                numbers::integers(predicates, named, i32::MIN.into()..=i32::MAX.into())
            }
            Domain::Int64 => {
                numbers::integers(predicates, named, i64::MIN.into()..=i64::MAX.into())
            }
            Domain::Double => numbers::doubles(predicates),
            Domain::Boolean => Some(Vec::new()),
            Domain::Text | Domain::Enum(_) if self.is_closed() => texts::truths(predicates, named),
            Domain::Opaque if self.is_closed() => {
                insides::truths(self, self.type_(subject), predicates)
            }
            Domain::Text | Domain::Enum(_) | Domain::Opaque => Some(free(predicates, named)),
        };
        truths.unwrap_or_else(|| {
            self.give_up();
            Vec::new()
        })
    }
}

/// Where only lengths are computed and all else is free.
fn free(predicates: &[Predicate], named: &[Literal]) -> Vec<Vec<bool>> {
    let mut truths = Vec::new();
    for length in texts::lengths(predicates, named) {
        let mut choices = vec![Vec::new()];
        for predicate in predicates {
            let known = texts::of_length(predicate, length);
            let values = known.map_or(vec![true, false], |holds| vec![holds]);
            choices = choices
                .iter()
                .flat_map(|choice: &Vec<bool>| {
                    values.iter().map(|value| [choice.as_slice(), &[*value]].concat())
                })
                .collect();
        }
        truths.extend(choices);
    }
    truths
}
