//! Random values that hold others: lists, objects, maps, JSON text, and whatever JSON has.

use serde_json::{Map, Value, json};

use super::draw::{DEEP, Draws, Wish};
use super::values::lengths;
use crate::bound::Subject;
use crate::model::Type;
use crate::model::limit::Limit;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::space::{Space, limited};
use crate::rules::logic::states::States;
use crate::rules::logic::verdict::satisfies;
use crate::rules::solve::situations::Situation;

/// How many lists are put together before there is taken to be none.
const TRIES: usize = 200;

/// How many items more than need be a list has.
const LONGER: u64 = 3;

/// Longer lists are not made.
const LONGEST: u64 = 4096;

/// How many items of a kind are made anew for one list.
const FRESH: usize = 4;

impl Draws<'_> {
    /// A value of a type that is no scalar.
    pub(super) fn inside(
        &mut self,
        space: &Space<'_>,
        type_: &Type,
        situation: &Situation,
        limits: &[Limit],
        depth: usize,
    ) -> Option<Value> {
        match type_ {
            Type::List(item) => self.list(space, item, situation, limits, depth),
            Type::Named(_) => {
                let asks = |predicate: &Predicate, holds: bool| {
                    let inner = predicate.inner().first()?;
                    let formula = &inner.formula;
                    Some(if holds { (**formula).clone() } else { formula.negated() })
                };
                let held = situation.holding.iter().filter_map(|held| asks(held, true));
                let failed = situation.failing.iter().filter_map(|failed| asks(failed, false));
                self.one(space, type_, Formula::All(held.chain(failed).collect()), depth + 1)
            }
            Type::Map(inner) => {
                let count = if depth < DEEP { self.rng.usize(..3) } else { 0 };
                let mut members = Map::new();
                for index in 0..count {
                    let value = self.typed(space, inner, limits, depth + 1)?;
                    members.insert(format!("key{index}"), value);
                }
                Some(members.into())
            }
            Type::JsonText(inner) => {
                let value = self.typed(space, inner, limits, depth)?;
                Some(Value::from(value.to_string()))
            }
            // A schema may say that it is some object.
            Type::Any => Some(match self.rng.u8(..3) {
                0 => json!({ "key": [1, "text", null] }),
                1 => json!({ "key": self.rng.u16(..), "other": { "key": true } }),
                _ => json!({}),
            }),
            // In files they stand as base64.
            Type::Bytes => Some(json!("Ynl0ZXM=")),
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double => None,
        }
    }

    /// A value of a type, within limits.
    fn typed(
        &mut self,
        space: &Space<'_>,
        type_: &Type,
        limits: &[Limit],
        depth: usize,
    ) -> Option<Value> {
        match type_ {
            Type::Map(_) | Type::JsonText(_) => {
                let states = States::present();
                let anything = Situation { states, holding: Vec::new(), failing: Vec::new() };
                self.inside(space, type_, &anything, limits, depth)
            }
            _ => self.one(space, type_, limited(Subject::Request(0), type_, limits), depth),
        }
    }

    /// A value of a type that meets a formula about what is in it, or about the one value that it is.
    fn one(
        &mut self,
        space: &Space<'_>,
        type_: &Type,
        formula: Formula,
        depth: usize,
    ) -> Option<Value> {
        let known = self.judge.known();
        if let Type::Named(id) = type_
            && !known.api.is_enum(*id)
        {
            let asked = known.asked(*id);
            let wish = Wish { besides: Some(formula), ..Wish::default() };
            let members = self.members(asked, &wish, depth).ok()?;
            let fields = known.api.fields(*id);
            let members = members
                .into_iter()
                .map(|(subject, value)| (fields[subject.index()].wire.value.clone(), value));
            return Some(members.collect::<Map<_, _>>().into());
        }
        // Each value may take as many splits as any other.
        let alone = space.inner_anew(type_);
        let rng = &mut self.rng;
        let chosen = alone.witness_by(&formula, &mut |situations| rng.shuffle(situations))?;
        let situation = chosen.into_iter().map(|(_, situation)| situation).next();
        let situation = situation.unwrap_or_else(|| Situation {
            states: States::present(),
            holding: Vec::new(),
            failing: Vec::new(),
        });
        self.value(&alone, Subject::Request(0), &situation, &[], depth)
    }

    fn list(
        &mut self,
        space: &Space<'_>,
        item: &Type,
        situation: &Situation,
        limits: &[Limit],
        depth: usize,
    ) -> Option<Value> {
        let kinds = self.kinds(space, item, situation)?;
        let (least, most) = counts(situation);
        let is_unique = situation.holding.contains(&Predicate::UniqueItems);
        let repeats = situation.failing.contains(&Predicate::UniqueItems);
        if least > most || least > LONGEST {
            return None;
        }
        let mut exact = situation.holding.iter().filter_map(|predicate| match predicate {
            Predicate::Items(items) => Some(items.as_slice()),
            _ => None,
        });
        if let Some(items) = exact.next() {
            return self.items(space, item, items, situation, depth);
        }
        let low = lengths(situation).0;
        let as_typed = !limits.is_empty() && matches!(item, Type::Map(_) | Type::JsonText(_));
        for _ in 0..TRIES {
            let longer = if depth < DEEP { LONGER } else { 0 };
            let from = if self.rng.bool() { low.min(most) } else { least };
            let longest = most.min(least.saturating_add(longer)).max(from);
            let length = if kinds.is_empty() { 0 } else { self.rng.u64(from..=longest) };
            let main = self.rng.usize(..kinds.len().max(1));
            let mut items: Vec<Value> = Vec::new();
            for _ in 0..length {
                if repeats && !items.is_empty() && self.rng.bool() {
                    items.push(items[0].clone());
                    continue;
                }
                let kind = if self.rng.bool() { main } else { self.rng.usize(..kinds.len()) };
                let mut value = None;
                for _ in 0..FRESH {
                    value = match as_typed {
                        true => self.typed(space, item, limits, depth),
                        false => self.one(space, item, kinds[kind].clone(), depth),
                    };
                    if !is_unique || value.as_ref().is_none_or(|value| !items.contains(value)) {
                        break;
                    }
                }
                items.push(value?);
            }
            let list = Value::from(items);
            if is_in(space, situation, &list) {
                return Some(list);
            }
        }
        None
    }

    /// A list of exactly these items.
    fn items(
        &mut self,
        space: &Space<'_>,
        item: &Type,
        items: &[Inner],
        situation: &Situation,
        depth: usize,
    ) -> Option<Value> {
        for _ in 0..TRIES {
            let mut list = Vec::new();
            for inner in items {
                list.push(self.one(space, item, (*inner.formula).clone(), depth)?);
            }
            let list = Value::from(list);
            if is_in(space, situation, &list) {
                return Some(list);
            }
        }
        None
    }

    /// The kinds of items that a list in this situation can have, each as what it has to meet.
    fn kinds(&self, space: &Space<'_>, item: &Type, situation: &Situation) -> Option<Vec<Formula>> {
        let mut each = Vec::new();
        for held in &situation.holding {
            if let Predicate::Each(inner) = held {
                each.push((*inner.formula).clone());
            }
        }
        let each = Formula::All(each);
        let mut told: Vec<Formula> = Vec::new();
        let all = situation.holding.iter().chain(&situation.failing);
        for inner in all.flat_map(Predicate::inner) {
            if !told.contains(&inner.formula)
                && !matches!(&each, Formula::All(parts) if parts.contains(&inner.formula))
            {
                told.push((*inner.formula).clone());
            }
        }
        let alone = space.inner_anew(item);
        let outcomes = alone.outcomes(&told);
        let kinds = outcomes.into_iter().map(|truths| {
            let parts = told.iter().zip(truths);
            let parts =
                parts.map(|(part, holds)| if holds { part.clone() } else { part.negated() });
            Formula::All([each.clone()].into_iter().chain(parts).collect())
        });
        let kinds = kinds.filter(|kind| alone.is_satisfiable(kind)).collect();
        (!alone.is_exhausted()).then_some(kinds)
    }
}

/// The least and the greatest length of a list in which there is room for all items that are asked for.
fn counts(situation: &Situation) -> (u64, u64) {
    let (mut least, most) = lengths(situation);
    for predicate in situation.holding.iter().chain(&situation.failing) {
        if let Predicate::Contains { min, max, .. } = predicate {
            let asked = max.map_or(*min, |max| max.saturating_add(1)).max(*min);
            least = least.max(asked.min(most));
        }
    }
    let repeats = situation.failing.contains(&Predicate::UniqueItems);
    (if repeats { least.max(2) } else { least }, most)
}

/// Whether a list is in a situation.
fn is_in(space: &Space<'_>, situation: &Situation, list: &Value) -> bool {
    situation.holding.iter().all(|held| satisfies(space, held, list))
        && !situation.failing.iter().any(|failed| satisfies(space, failed, list))
}
