//! Random requests: valid ones, and ones that break one thing.
//!
//! First the solver chooses situations in which all holds that has to hold, trying those of each parameter in
//! random order; then each parameter is given a value in its situation. What comes out is judged before it is
//! handed out.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Map, Value};

use super::asked::Asked;
use super::moments::neighbours;
use super::questions::{settled, with_value};
use super::{Unanswered, values};
use crate::bound::Subject;
use crate::judge::Judge;
use crate::model::limit::{Bound, Check, Comparison};
use crate::rules::logic::formula::{Formula, Test};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::logic::verdict::holds;
use crate::rules::solve::situations::Situation;
use crate::rules::solve::{Chosen, suppose};

/// How often a request is drawn anew when a value could not be made, or an order of situations leads nowhere.
const TRIES: usize = 12;

/// How many splits each try but the last may take: another order finds sooner what one has long looked for.
const HURRIED: u32 = 1 << 11;

/// In how many objects an object may stand that need not be there.
pub(super) const DEEP: usize = 3;

/// In how many objects an object may stand at all.
const DEEPEST: usize = 32;

/// How many values are tried of a parameter that is compared with others before the least one is looked for.
const COMPARED: usize = 6;

/// Draws requests of one operation; the same seed gives the same.
#[derive(Debug)]
pub struct Draws<'j> {
    pub(super) judge: &'j Judge,
    pub(super) rng: Rng,
    /// Texts that match what patterns ask for.
    pub(super) texts: values::Texts,
    /// How many splits a formula may take.
    splits: u32,
    given: Vec<(Subject, Value)>,
}

/// A request that breaks one thing and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct NearlyValid {
    /// The parameter that it is about.
    pub parameter: String,
    /// What it breaks: the sentence of a rule, of a limit, or that something is required.
    pub broken: String,
    /// The request, without facts.
    pub request: Map<String, Value>,
}

/// What an object has to be besides valid.
#[derive(Default)]
pub(super) struct Wish<'w> {
    /// What it has to meet, besides.
    pub(super) besides: Option<Formula>,
    /// The demand that it has to break.
    pub(super) broken: Option<usize>,
    /// What is given.
    pub(super) given: &'w [(Subject, Value)],
}

impl Judge {
    /// Draws requests that have all of `given`; facts of the context that are not among it are unknown.
    ///
    /// # Errors
    ///
    /// When a part of what is given is none of the operation's.
    pub fn draws(&self, seed: u64, given: &Map<String, Value>) -> Result<Draws<'_>, Unanswered> {
        let given = self.given(given)?;
        let rng = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let texts = values::Texts::default();
        Ok(Draws { judge: self, rng, texts, splits: HURRIED, given })
    }

    /// What can be broken of a request by itself: the name of a parameter, and the sentence that says what is
    /// asked of it. That a value has the type of its parameter is not among it, nor is what is asked inside of
    /// objects.
    pub fn demands(&self) -> Vec<(&str, &str)> {
        let asked = self.known().asked(self.item().request);
        let of_spec = asked.demands.iter().filter(|demand| !demand.is_of_place);
        let fields = self.known().api.fields(self.item().request);
        of_spec
            .map(|demand| (fields[demand.subject.index()].label(), demand.sentence.as_str()))
            .collect()
    }

    /// The facts of the context that one of [`Self::demands`], by its position, speaks of.
    pub fn facts_of(&self, demand: usize) -> Vec<&str> {
        let known = self.known();
        let asked = known.asked(self.item().request);
        let mut of_spec = asked.demands.iter().filter(|demand| !demand.is_of_place);
        let context = self.item().context.map_or(&[][..], |context| known.api.fields(context));
        let subjects = of_spec.nth(demand).map(|demand| demand.holds.subjects());
        let facts = subjects.into_iter().flatten().filter(|subject| subject.is_context());
        facts.map(|subject| context[subject.index()].label()).collect()
    }

    /// The positions among [`Self::demands`] of those that a request does not meet, the facts of its context
    /// among its members.
    pub fn broken(&self, merged: &Value) -> Vec<usize> {
        let asked = self.known().asked(self.item().request);
        let space = self.space();
        let facts = |subject| merged.get(space.name(subject));
        let of_spec = asked.demands.iter().filter(|demand| !demand.is_of_place);
        let broken =
            of_spec.enumerate().filter(|(_, demand)| !holds(&space, &demand.holds, &facts));
        broken.map(|(index, _)| index).collect()
    }
}

impl Draws<'_> {
    /// A valid request, without facts.
    ///
    /// # Errors
    ///
    /// When there is none that has what is given, and when none could be made.
    pub fn valid(&mut self) -> Result<Map<String, Value>, Unanswered> {
        self.request(None)
    }

    /// A request that breaks one of [`Judge::demands`], by its position, and nothing else.
    ///
    /// # Errors
    ///
    /// When there is none, because what breaks it breaks others, and when none could be made.
    ///
    /// # Panics
    ///
    /// When there are not so many demands.
    pub fn nearly_valid(&mut self, demand: usize) -> Result<NearlyValid, Unanswered> {
        let asked = self.judge.known().asked(self.judge.item().request);
        let of_spec = asked.demands.iter().enumerate().filter(|(_, demand)| !demand.is_of_place);
        let (position, found) = of_spec.into_iter().nth(demand).expect("there is such a demand");
        let broken = found.sentence.clone();
        let fields = self.judge.known().api.fields(self.judge.item().request);
        let parameter = fields[found.subject.index()].label().to_owned();
        let request = self.request(Some((demand, position)))?;
        Ok(NearlyValid { parameter, broken, request })
    }

    /// Some facts of the context, each of which is as often unknown.
    ///
    /// # Errors
    ///
    /// When there are too many combinations.
    pub fn facts(&mut self) -> Result<Map<String, Value>, Unanswered> {
        let mut facts = Map::new();
        let judge = self.judge;
        for subject in judge.space().subjects().filter(|subject| subject.is_context()) {
            if self.rng.bool() {
                continue;
            }
            let space = judge.space();
            let rng = &mut self.rng;
            let present = Formula::present(subject);
            let chosen = space.witness_by(&present, &mut |situations| rng.shuffle(situations));
            if space.is_exhausted() {
                return Err(Unanswered::TooComplex);
            }
            let situation = chosen.into_iter().flatten().map(|(_, situation)| situation).next();
            let value = situation.and_then(|found| self.value(&space, subject, &found, &[], 0));
            facts.extend(value.map(|value| (space.name(subject).to_owned(), value)));
        }
        Ok(facts)
    }

    fn request(
        &mut self,
        broken: Option<(usize, usize)>,
    ) -> Result<Map<String, Value>, Unanswered> {
        let judge = self.judge;
        let known = judge.known();
        let asked = known.asked(judge.item().request);
        let given = self.given.clone();
        let mut failed = Unanswered::NoValue(Vec::new());
        for attempt in 1..=TRIES {
            self.splits = if attempt < TRIES { HURRIED } else { u32::MAX };
            let position = broken.map(|(_, position)| position);
            let wish = Wish { broken: position, given: &given, ..Wish::default() };
            let drawn = match self.members(asked, &wish, 0) {
                Ok(drawn) => drawn,
                Err(Unanswered::Nothing) => return Err(Unanswered::Nothing),
                Err(error) => {
                    failed = error;
                    continue;
                }
            };
            let space = judge.space();
            let named = |(subject, value): (&Subject, &Value)| {
                (space.name(*subject).to_owned(), value.clone())
            };
            let request: Map<String, Value> = drawn.iter().map(named).collect();
            let mut merged = request.clone();
            let facts = given.iter().filter(|(subject, _)| subject.is_context());
            merged.extend(facts.map(|(subject, value)| named((subject, value))));
            let merged = Value::Object(merged);
            let is_right = match broken {
                None => judge.is_valid(&merged),
                Some((demand, _)) => {
                    judge.broken(&merged) == [demand] && judge.violations(&merged).len() == 1
                }
            };
            if is_right {
                return Ok(request);
            }
            failed = Unanswered::NoValue(request.keys().cloned().collect());
        }
        Err(failed)
    }

    /// The members of an object that is as it is wished for.
    pub(super) fn members(
        &mut self,
        asked: &Asked,
        wish: &Wish<'_>,
        depth: usize,
    ) -> Result<BTreeMap<Subject, Value>, Unanswered> {
        if depth > DEEPEST {
            return Err(Unanswered::NoValue(Vec::new()));
        }
        let known = self.judge.known();
        let mut drawn: BTreeMap<Subject, Value> =
            wish.given.iter().filter(|(subject, _)| !subject.is_context()).cloned().collect();
        let mut absent = Vec::new();
        for formula in self.wished(asked, wish) {
            // Each has as many splits as any other.
            let space = asked.space(&known.api, &known.rules).with_splits(self.splits);
            let formula = space.simplified(&formula).into_owned();
            let rng = &mut self.rng;
            let chosen = space.witness_by(&formula, &mut |situations| {
                rng.shuffle(situations);
                if depth >= DEEP {
                    situations.sort_by_key(|situation| situation.states != States::absent());
                }
            });
            if space.is_exhausted() {
                return Err(Unanswered::TooComplex);
            }
            let mut chosen = chosen.ok_or(Unanswered::Nothing)?;
            let rest = compared_of(&space, &formula, &chosen);
            chosen.retain(|(subject, _)| !drawn.contains_key(subject));
            let is_given = |situation: &Situation| situation.states != States::absent();
            absent.extend(
                chosen.iter().filter(|(_, found)| !is_given(found)).map(|(subject, _)| *subject),
            );
            self.compared(&space, rest, &mut chosen, &mut drawn)?;
            for (subject, situation) in chosen.iter().filter(|(_, found)| is_given(found)) {
                let limits = &known.api.fields(asked.id())[subject.index()].limits;
                let value = self.value(&space, *subject, situation, limits, depth);
                let name = || Unanswered::NoValue(vec![space.name(*subject).to_owned()]);
                drawn.insert(*subject, value.ok_or_else(name)?);
            }
        }
        let space = asked.space(&known.api, &known.rules);
        let anything =
            Situation { states: States::present(), holding: Vec::new(), failing: Vec::new() };
        for subject in space.request() {
            let is_open = !drawn.contains_key(&subject) && !absent.contains(&subject);
            if is_open && depth < DEEP && self.rng.bool() {
                let limits = &known.api.fields(asked.id())[subject.index()].limits;
                let value = self.value(&space, subject, &anything, limits, depth);
                drawn.extend(value.map(|value| (subject, value)));
            }
        }
        Ok(drawn)
    }

    /// What the groups of an object's members have to meet; what is wished for besides joins those that it
    /// touches.
    fn wished(&self, asked: &Asked, wish: &Wish<'_>) -> Vec<Formula> {
        let known = self.judge.known();
        let space = asked.space(&known.api, &known.rules);
        let mut formulas = asked.formulas(true, wish.broken);
        if let Some(besides) = &wish.besides {
            let named = besides.subjects();
            let mut parts = vec![besides.clone()];
            parts
                .extend(formulas.extract_if(.., |formula| !formula.subjects().is_disjoint(&named)));
            formulas.push(Formula::All(parts));
        }
        formulas.into_iter().map(|formula| settled(&space, formula, wish.given)).collect()
    }

    /// Gives values to the parameters that are compared with each other, one after the other, each so that
    /// there are values for the rest.
    fn compared(
        &mut self,
        space: &Space<'_>,
        rest: Formula,
        chosen: &mut Vec<(Subject, Situation)>,
        drawn: &mut BTreeMap<Subject, Value>,
    ) -> Result<(), Unanswered> {
        let mut rest = rest;
        let compared = rest.subjects();
        let (mut compared, others): (Vec<_>, Vec<_>) =
            chosen.drain(..).partition(|(subject, _)| compared.contains(subject));
        *chosen = others;
        self.rng.shuffle(&mut compared);
        for (subject, situation) in &compared {
            rest = rest.and(of_situation(*subject, situation));
        }
        for (subject, situation) in compared {
            let value = self.comparable(space, &rest, subject, &situation, drawn)?;
            rest = with_value(space, &rest, subject, &value);
            drawn.insert(subject, value);
        }
        Ok(())
    }

    /// A value of a parameter for which the others have values, too.
    fn comparable(
        &mut self,
        space: &Space<'_>,
        formula: &Formula,
        subject: Subject,
        situation: &Situation,
        drawn: &BTreeMap<Subject, Value>,
    ) -> Result<Value, Unanswered> {
        let can_be =
            |value: &Value| space.is_satisfiable(&with_value(space, formula, subject, value));
        let format = space.time_format(subject);
        let moments = format.map(|format| neighbours(space, format, formula, drawn.iter()));
        let moments = moments.unwrap_or_default();
        for index in 0..COMPARED {
            let near = drawn.values().nth(self.rng.usize(..drawn.len() + 1));
            let value = match near.filter(|value| index % 2 == 0 && value.is_i64()) {
                Some(near) => near
                    .as_i64()
                    .and_then(|near| near.checked_add(self.rng.i64(-3..=3)))
                    .map(Value::from),
                None if index % 2 == 0 && !moments.is_empty() => self.rng.choice(&moments).cloned(),
                None => self.value(space, subject, situation, &[], 0),
            };
            if let Some(value) = value.filter(&can_be) {
                return if space.is_exhausted() { Err(Unanswered::TooComplex) } else { Ok(value) };
            }
        }
        let found = match format {
            Some(_) => moments.into_iter().find(&can_be),
            None => least(space, formula, subject).map(Value::from).filter(&can_be),
        };
        if space.is_exhausted() {
            return Err(Unanswered::TooComplex);
        }
        let name = || Unanswered::NoValue(vec![space.name(subject).to_owned()]);
        found.ok_or_else(name)
    }
}

/// What is left of a formula once all situations are chosen: what compares parameters.
///
/// Goes the way of the search, for a situation speaks of the formula as it was when it was chosen.
fn compared_of(space: &Space<'_>, formula: &Formula, chosen: &Chosen) -> Formula {
    let mut rest = space.with_own_limits(formula);
    for (subject, situation) in chosen {
        let simpler = space.simplified(&rest).into_owned();
        rest = suppose(&simpler, *subject, situation).into_owned();
    }
    space.simplified(&rest).into_owned()
}

/// That a parameter is in a situation.
fn of_situation(subject: Subject, situation: &Situation) -> Formula {
    let test = |predicate: &Predicate, negated| {
        let predicate = predicate.clone();
        Formula::Test(Test { subject, predicate, negated, absent: false })
    };
    let mut parts = vec![Formula::Is(subject, situation.states.clone())];
    parts.extend(situation.holding.iter().map(|held| test(held, false)));
    parts.extend(situation.failing.iter().map(|failed| test(failed, true)));
    Formula::All(parts)
}

/// The least integer that a parameter can be.
fn least(space: &Space<'_>, formula: &Formula, subject: Subject) -> Option<i64> {
    let at_most = |bound: i64| {
        let check = Check::Compare(Comparison::AtMost, Bound::Integer(bound));
        let bound = Formula::test(subject, Predicate::Limit(check));
        space.is_satisfiable(&formula.clone().and(bound))
    };
    let (mut low, mut high) = (i64::MIN, i64::MAX);
    if !at_most(high) {
        return None;
    }
    while low < high {
        let middle = i64::midpoint(low, high);
        // Between two neighbours of which one is below 0 the middle is the upper one.
        let middle = if middle == high { low } else { middle };
        if at_most(middle) { high = middle } else { low = middle + 1 }
    }
    Some(low)
}
