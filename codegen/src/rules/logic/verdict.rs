//! Formulas on JSON values: what the generated check computes, computed here.
//!
//! Serves analysis, the choice of examples, and tests that compare with other validators.

use serde_json::Value;

use crate::bound::Subject;
use crate::bound::condition::Relation;
use crate::decimal::{Decimal, integer};
use crate::json::value_of_text;
use crate::model::limit::Bound;
use crate::model::{Api, Type};
use crate::rules::logic::formula::{Count, Formula};
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::{ObjectRules, Rule};

/// The value of each parameter that is given.
pub(crate) type Facts<'v> = dyn Fn(Subject) -> Option<&'v Value> + 'v;

/// Whether the formula holds.
pub(crate) fn holds(space: &Space<'_>, formula: &Formula, facts: &Facts<'_>) -> bool {
    let all = |formulas: &[Formula]| formulas.iter().all(|part| holds(space, part, facts));
    match formula {
        Formula::True => true,
        Formula::False => false,
        Formula::Is(subject, states) => is_in(states, facts(*subject)),
        Formula::Test(test) => facts(test.subject)
            .map_or(test.absent, |value| satisfies(space, &test.predicate, value) != test.negated),
        Formula::Relation(relation) => {
            compares(space, &relation.compared, facts).unwrap_or(false) != relation.negated
        }
        Formula::All(formulas) => all(formulas),
        Formula::Any(formulas) => formulas.iter().any(|part| holds(space, part, facts)),
        Formula::Count(Count { of, min, max, negated }) => {
            let held = of.iter().filter(|part| holds(space, part, facts)).count();
            (held >= *min && max.is_none_or(|max| held <= max)) != *negated
        }
    }
}

/// Whether values compare so; nothing where one of them is not given, or is none that compares.
fn compares(space: &Space<'_>, relation: &Relation, facts: &Facts<'_>) -> Option<bool> {
    if let Some((left, right)) = relation.pair()
        && let Some(format) = space.time_format(left)
    {
        let moment = |subject| format.read(facts(subject)?.as_str()?);
        return Some(relation.operator.holds(moment(left)?, moment(right)?));
    }
    relation.holds(|subject| facts(subject).and_then(integer))
}

fn is_in(states: &States, value: Option<&Value>) -> bool {
    let Some(value) = value else { return states.absent };
    let named = states.named().iter().any(|literal| literal.is(value));
    named == matches!(states.values, Values::Only(_))
}

/// Whether a scalar satisfies a predicate; what is said of lists and objects is said of no scalar.
pub(crate) fn of_scalar(predicate: &Predicate, value: &Value) -> bool {
    match predicate {
        Predicate::Limit(check) => check.holds(value),
        Predicate::MultipleOf(Bound::Integer(divisor)) => {
            integer(value).is_some_and(|number| number.checked_rem(*divisor) == Some(0))
        }
        Predicate::MultipleOf(Bound::Number(divisor)) => Decimal::of(value)
            .zip(Decimal::of_double(*divisor))
            .is_some_and(|(number, divisor)| number.is_multiple_of(divisor)),
        Predicate::Whole => Decimal::of(value).is_some_and(Decimal::is_whole),
        Predicate::Equals(number) => match (Decimal::of(value), Decimal::of_double(*number)) {
            (Some(value), Some(number)) => value == number,
            _ => value.as_f64() == Some(*number),
        },
        _ => false,
    }
}

/// Whether a value satisfies a predicate.
pub(crate) fn satisfies(space: &Space<'_>, predicate: &Predicate, value: &Value) -> bool {
    let items = || value.as_array().map(Vec::as_slice).unwrap_or_default();
    match predicate {
        Predicate::Limit(_)
        | Predicate::MultipleOf(_)
        | Predicate::Whole
        | Predicate::Equals(_) => of_scalar(predicate, value),
        Predicate::MinItems(limit) => items().len() as u64 >= *limit,
        Predicate::MaxItems(limit) => items().len() as u64 <= *limit,
        Predicate::UniqueItems => {
            let items = items();
            !items.iter().enumerate().any(|(index, item)| items[..index].contains(item))
        }
        Predicate::Contains { item, min, max } => {
            let held = items().iter().filter(|value| within(space, item, value)).count() as u64;
            held >= *min && max.is_none_or(|max| held <= max)
        }
        Predicate::Each(item) => items().iter().all(|value| within(space, item, value)),
        Predicate::Items(inner) => {
            let items = items();
            items.len() == inner.len()
                && inner.iter().zip(items).all(|(inner, value)| within(space, inner, value))
        }
        Predicate::Object(inner) => within(space, inner, value),
    }
}

fn within(space: &Space<'_>, inner: &Inner, value: &Value) -> bool {
    let space = space.inner(&inner.type_);
    if space.is_object() {
        let member = |subject: Subject| value.get(space.name(subject));
        holds(&space, &inner.formula, &member)
    } else {
        holds(&space, &inner.formula, &|_| Some(value))
    }
}

/// The first rule that a value breaks of the objects inside it.
pub(crate) fn first_broken<'r>(
    api: &Api,
    rules: &'r [ObjectRules],
    type_: &Type,
    value: &Value,
) -> Option<&'r Rule> {
    match type_ {
        Type::JsonText(inner) => {
            let value = value_of_text(value.as_str()?).ok()?;
            first_broken(api, rules, inner, &value)
        }
        Type::List(item) => {
            let items = value.as_array()?;
            items.iter().find_map(|value| first_broken(api, rules, item, value))
        }
        Type::Map(inner) => {
            let members = value.as_object()?;
            members.values().find_map(|value| first_broken(api, rules, inner, value))
        }
        Type::Named(id) => {
            let space = Space::inside(api, type_);
            let member = |subject: Subject| value.get(space.name(subject));
            let broken = |rule: &&Rule| holds(&space, &rule.broken, &member);
            rules[id.0].rules.iter().find(broken).or_else(|| {
                space.request().find_map(|subject| {
                    first_broken(api, rules, space.type_(subject), member(subject)?)
                })
            })
        }
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::Bytes
        | Type::Any => None,
    }
}
