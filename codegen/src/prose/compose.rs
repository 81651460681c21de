//! A formula and what fills its slots → conditions, needs and rules.
//!
//! Knows no language. Where something is not known that must be, there is no meaning, or, if that is asked for,
//! one that says what is not known.

use serde_json::{Value, json};

use super::formula::{Asked, Formula, Told};
use super::matching::{Filled, Matcher, Slots};
use super::meaning::{Condition, Id, Need, Relation, THIS};
use super::values::{self, Raw, Stands};
use super::{Kind, Reason};

/// A parameter that nobody knows.
pub(super) const UNKNOWN: Id = usize::MAX;

/// The condition that a shape tells.
pub(super) fn condition(
    matcher: &Matcher<'_>,
    formula: &Formula,
    slots: &Slots,
) -> Option<Condition> {
    let Formula::Condition(all) = formula else { return None };
    let all: Option<Vec<Condition>> = all.iter().map(|one| told(matcher, one, slots)).collect();
    Condition::all(all?)
}

/// A condition over slots.
pub(super) fn told(matcher: &Matcher<'_>, told: &Told, slots: &Slots) -> Option<Condition> {
    let made = match told {
        Told::Is { name: letter, values, holds } => {
            let name = single(slots, *letter).unwrap_or(THIS);
            let raw = raw(slots, *values)?;
            // "如果传入DeviceName" speaks of no value.
            let is_of_this = single(slots, *letter).is_none();
            if is_of_this && raw.iter().any(|one| is_name(matcher, name, one)) {
                return None;
            }
            let made = values_of(matcher, name, raw);
            let is = made.map(|values| Condition::Is(name, values));
            if *holds { is } else { is.map(|is| Condition::Not(Box::new(is))) }
        }
        Told::IsOrNone { name, values } => {
            let name = single(slots, *name)?;
            let made = values_of(matcher, name, raw(slots, *values)?);
            let absent = || Condition::Not(Box::new(Condition::Given(name)));
            made.map(|values| Condition::Any(vec![absent(), Condition::Is(name, values)]))
        }
        Told::Given(name) => given(slots, *name, |all| Condition::all(all.collect())),
        Told::AnyGiven(name) => given(slots, *name, |all| Condition::any(all.collect())),
        Told::NoneGiven(name) => given(slots, *name, |all| {
            Condition::all(all.map(|one| Condition::Not(Box::new(one))).collect())
        }),
        Told::Compared(name, relation, number) => {
            let (name, number) = (single(slots, *name)?, number_of(slots, *number)?);
            match name {
                UNKNOWN => Err(Reason::NameUnknown),
                _ if matcher.names.parameter(name).kind != Kind::Integer => {
                    Err(Reason::ValueUnknown)
                }
                _ => Ok(Condition::Compared(name, *relation, number)),
            }
        }
        Told::Label => return label(matcher),
        Told::Yes => {
            return matcher.is_truth().then(|| Condition::Is(THIS, vec![json!(true)]));
        }
    };
    clear(matcher, made, Condition::Unclear)
}

/// The value of the item that the sentence stands in.
pub(super) fn label(matcher: &Matcher<'_>) -> Option<Condition> {
    let raw = Raw {
        text: matcher.surroundings.label?.to_owned(),
        is_marked: true,
        stands: Stands::Alone,
    };
    let made = values_of(matcher, THIS, &[raw]).map(|values| Condition::Is(THIS, values));
    clear(matcher, made, Condition::Unclear)
}

fn given(
    slots: &Slots,
    letter: char,
    join: impl FnOnce(&mut dyn Iterator<Item = Condition>) -> Option<Condition>,
) -> Result<Condition, Reason> {
    let names = several(slots, letter).unwrap_or_default();
    if names.contains(&UNKNOWN) {
        return Err(Reason::NameUnknown);
    }
    join(&mut names.into_iter().map(Condition::Given)).ok_or(Reason::NameUnknown)
}

/// What is known, or, if that is asked for, what says why it is not.
fn clear<T>(matcher: &Matcher<'_>, made: Result<T, Reason>, unclear: fn(Reason) -> T) -> Option<T> {
    match made {
        Ok(made) => Some(made),
        Err(reason) if matcher.is_lax => Some(unclear(reason)),
        Err(_) => None,
    }
}

/// The needs that a shape has.
pub(super) fn needs(matcher: &Matcher<'_>, formula: &Formula, slots: &Slots) -> Option<Vec<Need>> {
    let Formula::Needs(asked) = formula else { return None };
    asked_for(matcher, asked, slots)
}

/// Needs over slots.
pub(super) fn asked_for(
    matcher: &Matcher<'_>,
    asked: &[Asked],
    slots: &Slots,
) -> Option<Vec<Need>> {
    let mut all = Vec::new();
    for one in asked {
        for made in need(matcher, one, slots) {
            all.push(clear(matcher, made, Need::Unclear)?);
        }
    }
    // What is required anyway need not be said.
    if all.len() > 1 {
        let is_known = |need: &Need| {
            matches!(need, Need::Required(names)
                if names.iter().all(|name| matcher.names.parameter(*name).required))
        };
        all.retain(|need| !is_known(need));
    }
    Some(all)
}

fn need(matcher: &Matcher<'_>, asked: &Asked, slots: &Slots) -> Vec<Result<Need, Reason>> {
    let group = |letter: char, need: fn(Vec<Id>) -> Need, least: usize| {
        let names = several_or_this(slots, letter);
        vec![match names.contains(&UNKNOWN) || names.len() < least {
            true => Err(Reason::NameUnknown),
            false => Ok(need(names)),
        }]
    };
    match asked {
        Asked::Required(name) => group(*name, Need::Required, 1),
        Asked::Excluded(name) => group(*name, Need::Excluded, 1),
        Asked::AnyOf(name) => group(*name, Need::AnyOf, 2),
        Asked::OneOf(name) => group(*name, Need::OneOf, 2),
        Asked::MostOneOf(name) => match groups(slots, *name) {
            Some(groups) => apart(groups),
            None => group(*name, Need::MostOneOf, 2),
        },
        Asked::AllOrNone(name) => group(*name, Need::AllOrNone, 2),
        Asked::With(name, others) => vec![with(slots, *name, *others)],
        Asked::Without(name, others) => without(slots, *name, *others),
        Asked::Order(left, relation, right) => {
            vec![order(matcher, slots, *left, *relation, *right)]
        }
        Asked::Is { name, values, holds } => {
            let raw = raw(slots, *values).unwrap_or_default();
            let names = several_or_this(slots, *name);
            let made = |name: Id| {
                if raw.iter().any(|one| is_name(matcher, name, one)) {
                    return Err(Reason::ValueUnknown);
                }
                let values = values_of(matcher, name, raw)?;
                Ok(if *holds { Need::Is(name, values) } else { Need::IsNot(name, values) })
            };
            names.into_iter().map(made).collect()
        }
        Asked::Limits { name, least, most } => {
            let bound = |slot: &Option<char>| slot.and_then(|slot| number_of(slots, slot));
            vec![limits(matcher, slots, *name, bound(least), bound(most))]
        }
        Asked::Compared(name, relation, number) => {
            let number = number_of(slots, *number);
            let (least, most) = match relation {
                Relation::Less => (None, number.map(|number| number.saturating_sub(1))),
                Relation::AtMost => (None, number),
                Relation::AtLeast => (number, None),
                Relation::Greater => (number.map(|number| number.saturating_add(1)), None),
            };
            vec![limits(matcher, slots, *name, least, most)]
        }
    }
}

fn with(slots: &Slots, name: char, others: char) -> Result<Need, Reason> {
    let name = single(slots, name).unwrap_or(THIS);
    let others = several_or_this(slots, others);
    if name == UNKNOWN || others.contains(&UNKNOWN) {
        return Err(Reason::NameUnknown);
    }
    Ok(Need::With(name, others))
}

fn without(slots: &Slots, name: char, others: char) -> Vec<Result<Need, Reason>> {
    let name = single(slots, name).unwrap_or(THIS);
    let others = several(slots, others).unwrap_or_default();
    others.into_iter().map(|other| pair_apart(name, other)).collect()
}

/// Not both of two parameters.
fn pair_apart(one: Id, other: Id) -> Result<Need, Reason> {
    match one == UNKNOWN || other == UNKNOWN {
        true => Err(Reason::NameUnknown),
        false => Ok(Need::MostOneOf(vec![one, other])),
    }
}

/// No parameter of one group together with one of another.
fn apart(groups: &[Vec<Id>]) -> Vec<Result<Need, Reason>> {
    let mut pairs = Vec::new();
    for (index, others) in groups.iter().enumerate() {
        for one in groups[..index].iter().flatten() {
            pairs.extend(others.iter().map(|other| pair_apart(*one, *other)));
        }
    }
    pairs
}

fn order(
    matcher: &Matcher<'_>,
    slots: &Slots,
    left: char,
    relation: Relation,
    right: char,
) -> Result<Need, Reason> {
    let left = single(slots, left).unwrap_or(THIS);
    let right = single(slots, right).unwrap_or(THIS);
    if left == UNKNOWN || right == UNKNOWN {
        return Err(Reason::NameUnknown);
    }
    let kind = |id: Id| matcher.names.parameter(id).kind;
    let is_ordered = |id: Id| matches!(kind(id), Kind::Integer | Kind::Number | Kind::Text);
    match is_ordered(left) && is_ordered(right) {
        true => Ok(Need::Order(left, relation, right)),
        false => Err(Reason::ValueUnknown),
    }
}

/// The limits of a number, or of a text that holds one.
fn limits(
    matcher: &Matcher<'_>,
    slots: &Slots,
    name: char,
    least: Option<i64>,
    most: Option<i64>,
) -> Result<Need, Reason> {
    let name = single(slots, name).unwrap_or(THIS);
    if name == UNKNOWN {
        return Err(Reason::NameUnknown);
    }
    let is_order = least.zip(most).is_none_or(|(least, most)| least <= most);
    match (matcher.names.parameter(name).kind, least, most) {
        (Kind::Integer | Kind::Number, _, _) if is_order => Ok(Need::Limits(name, least, most)),
        (Kind::Text, Some(least), Some(most)) => values::written_out(least, most)
            .map(|values| Need::Is(name, values))
            .ok_or(Reason::ValueUnknown),
        _ => Err(Reason::ValueUnknown),
    }
}

/// The values that words stand for; all of them, or none.
fn values_of(matcher: &Matcher<'_>, name: Id, raw: &[Raw]) -> Result<Vec<Value>, Reason> {
    if name == UNKNOWN {
        return Err(Reason::NameUnknown);
    }
    let parameter = matcher.names.parameter(name);
    let listed = if name == THIS { matcher.listed } else { &parameter.listed };
    let mut values = Vec::new();
    for one in raw {
        let is_known = values::is_plain(one, parameter) || listed.contains(&one.text);
        if !is_known {
            return Err(Reason::ValueUnknown);
        }
        values.push(values::value(one, parameter, listed).ok_or(Reason::ValueUnknown)?);
    }
    if values.is_empty() { Err(Reason::ValueUnknown) } else { Ok(values) }
}

/// Values that the items of a list name; all of them, or none.
pub(super) fn listed(matcher: &Matcher<'_>, name: Id, values: &[&str]) -> Option<Vec<Value>> {
    let raw =
        |text: &&str| Raw { text: (*text).to_owned(), is_marked: true, stands: Stands::Alone };
    let raw: Vec<Raw> = values.iter().map(raw).collect();
    values_of(matcher, name, &raw).ok()
}

/// Whether what stands where a value could is the name of a parameter, and no value that is known.
fn is_name(matcher: &Matcher<'_>, of: Id, raw: &Raw) -> bool {
    if of == UNKNOWN || !matcher.names.is_exact(&raw.text) {
        return false;
    }
    let parameter = matcher.names.parameter(of);
    let listed = if of == THIS { matcher.listed } else { &parameter.listed };
    !listed.contains(&raw.text) && !values::is_listed(raw, parameter)
}

pub(super) fn several(slots: &Slots, letter: char) -> Option<Vec<Id>> {
    slots.iter().find_map(|(slot, filled)| match filled {
        Filled::Names(names) if *slot == letter => Some(names.clone()),
        _ => None,
    })
}

/// The names of a slot, or the described parameter where a template has no such slot.
pub(super) fn several_or_this(slots: &Slots, letter: char) -> Vec<Id> {
    several(slots, letter).unwrap_or_else(|| vec![THIS])
}

/// The condition that a template has.
pub(super) fn condition_in(slots: &Slots) -> Option<&Condition> {
    slots.iter().find_map(|(_, filled)| match filled {
        Filled::Condition(condition) => Some(condition),
        _ => None,
    })
}

fn groups(slots: &Slots, letter: char) -> Option<&[Vec<Id>]> {
    slots.iter().find_map(|(slot, filled)| match filled {
        Filled::Groups(groups) if *slot == letter => Some(groups.as_slice()),
        _ => None,
    })
}

fn single(slots: &Slots, letter: char) -> Option<Id> {
    several(slots, letter).and_then(|names| names.first().copied())
}

fn raw(slots: &Slots, letter: char) -> Option<&[Raw]> {
    slots.iter().find_map(|(slot, filled)| match filled {
        Filled::Values(values) if *slot == letter => Some(values.as_slice()),
        _ => None,
    })
}

fn number_of(slots: &Slots, letter: char) -> Option<i64> {
    slots.iter().find_map(|(slot, filled)| match filled {
        Filled::Number(number) if *slot == letter => Some(*number),
        _ => None,
    })
}
