//! What a validator reports when a rule is broken.

use super::field_type::WireForm;
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::findings::Findings;
use crate::model::TypeId;
use crate::model::limit::{Bound, Check, Comparison};
use crate::naming::Name;
use crate::rules::logic::formula::{Formula, Test};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::{Kind, Rule};

/// What is reported.
#[derive(Debug)]
pub(crate) enum Violation<'m> {
    Required,
    NotAllowed,
    Combination,
    /// The value of a field is wrong.
    Value {
        kind: ValueKind<'m>,
        ident: &'m Name,
        wire_form: WireForm,
    },
}

/// The kind of a violation by a value: that of the limit which the rule states, if it states one and
/// no more.
#[derive(Debug)]
pub(crate) enum ValueKind<'m> {
    Value,
    Enum(Vec<&'m str>),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MultipleOf(&'m Bound),
    MinLength(u64),
    MaxLength(u64),
    Pattern(&'m str),
    Compare(Comparison, &'m Bound),
}

impl<'m> Violation<'m> {
    pub(super) fn of(findings: &'m Findings, id: TypeId, rule: &'m Rule) -> Self {
        let index = rule.target.index();
        match rule.kind {
            Kind::Required => Self::Required,
            Kind::NotAllowed => Self::NotAllowed,
            Kind::Combination => Self::Combination,
            Kind::Value => Self::Value {
                kind: ValueKind::of(&rule.holds),
                ident: &findings.names.type_(id).members[index],
                wire_form: WireForm::of(&findings.api.fields(id)[index].type_),
            },
        }
    }
}

impl<'m> ValueKind<'m> {
    /// The kind of a rule that asks for this.
    fn of(holds: &'m Formula) -> Self {
        match holds {
            Formula::Test(Test { predicate, negated: false, .. }) => Self::of_predicate(predicate),
            Formula::Is(Subject::Request(_), States { values: Values::Only(values), .. }) => {
                let texts: Option<Vec<&str>> = values.iter().map(text).collect();
                texts.map_or(Self::Value, Self::Enum)
            }
            Formula::True
            | Formula::False
            | Formula::Is(..)
            | Formula::Test(_)
            | Formula::Relation(_)
            | Formula::All(_)
            | Formula::Any(_)
            | Formula::Count(_) => Self::Value,
        }
    }

    fn of_predicate(predicate: &'m Predicate) -> Self {
        match predicate {
            Predicate::MinItems(limit) => Self::MinItems(*limit),
            Predicate::MaxItems(limit) => Self::MaxItems(*limit),
            Predicate::UniqueItems => Self::UniqueItems,
            Predicate::MultipleOf(divisor) => Self::MultipleOf(divisor),
            Predicate::Limit(Check::MinLength(limit)) => Self::MinLength(*limit),
            Predicate::Limit(Check::MaxLength(limit)) => Self::MaxLength(*limit),
            Predicate::Limit(Check::Pattern(pattern) | Check::Characters { pattern, .. }) => {
                Self::Pattern(pattern)
            }
            Predicate::Limit(Check::Compare(comparison, bound)) => {
                Self::Compare(*comparison, bound)
            }
            Predicate::Limit(Check::Documented(_))
            | Predicate::Whole
            | Predicate::Equals(_)
            | Predicate::Contains { .. }
            | Predicate::Each(_)
            | Predicate::Items(_)
            | Predicate::Object(_) => Self::Value,
        }
    }
}

fn text(literal: &Literal) -> Option<&str> {
    match literal {
        Literal::Text(text) => Some(text),
        Literal::Integer(_) | Literal::Boolean(_) => None,
    }
}
