//! What a struct that is sent has to satisfy.

use super::Blueprint;
use super::parameters::Parameters;
use super::violation::Violation;
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::findings::Findings;
use crate::model::limit::{Bound, Check, Comparison, Limit};
use crate::model::{Field, Shape, Type, TypeId};
use crate::naming::Name;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::Rule;

/// The checks of a struct.
#[derive(Debug)]
pub(crate) struct Validator<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) context: Option<Context<'m>>,
    pub(crate) members: Vec<MemberChecks<'m>>,
    pub(crate) rules: Vec<RuleCheck<'m>>,
    /// What the formulas of members and rules speak of.
    pub(crate) parameters: Parameters<'m>,
}

/// What rules may ask besides the request.
#[derive(Debug)]
pub(crate) struct Context<'m> {
    pub(crate) ident: &'m Name,
    /// Whether any rule does.
    pub(crate) is_asked: bool,
}

/// What is checked of a member alone.
#[derive(Debug)]
pub(crate) struct MemberChecks<'m> {
    pub(crate) ident: &'m Name,
    /// What rules call it.
    pub(crate) label: &'m str,
    /// Whether it has to be one of the values that its enum documents, which the enum knows.
    pub(crate) is_documented: bool,
    pub(crate) limits: MemberLimits<'m>,
    /// When the limits have to be asked at all, where that is told faster.
    pub(crate) guard: Option<Formula>,
    /// Whether there are checks of what is inside it.
    pub(crate) has_inside: bool,
}

/// The limits of a member.
#[derive(Debug)]
pub(crate) enum MemberLimits<'m> {
    None,
    Short(ShortLimits),
    Listed(Vec<&'m Check>),
    /// In a `static`, because a compiled pattern is kept in them.
    Kept(Vec<&'m Check>),
}

/// The limits that are stated most, which have a call of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ShortLimits {
    MaxLength(u64),
    Length(u64, u64),
    AtLeast(i64),
    Between(i64, i64),
}

/// The check of a rule.
#[derive(Debug)]
pub(crate) struct RuleCheck<'m> {
    pub(crate) broken: &'m Formula,
    /// What the parameter is called that a violation names.
    pub(crate) parameter: &'m str,
    pub(crate) sentence: &'m str,
    pub(crate) violation: Violation<'m>,
}

impl<'m> Validator<'m> {
    pub(super) fn of(blueprint: &Blueprint<'m>, id: TypeId, context: Option<TypeId>) -> Self {
        let findings = blueprint.findings;
        let names = findings.names.type_(id);
        let rules = findings.rules(id);
        let asks_context =
            |rule: &Rule| rule.broken.subjects().iter().any(|subject| subject.is_context());
        let members = findings.api.fields(id).iter().zip(&names.members).enumerate();
        Self {
            ident: &names.ident,
            context: context.map(|context| Context {
                ident: &findings.names.type_(context).ident,
                is_asked: rules.iter().any(asks_context),
            }),
            members: members
                .map(|(index, (field, ident))| MemberChecks {
                    ident,
                    label: field.label(),
                    is_documented: takes_all_values(findings, field),
                    limits: MemberLimits::of(findings, field),
                    guard: guard(findings, index, field),
                    has_inside: blueprint.has_checks_inside(field),
                })
                .collect(),
            rules: rules
                .iter()
                .map(|rule| RuleCheck {
                    broken: &rule.broken,
                    parameter: findings.api.fields(id)[rule.target.index()].label(),
                    sentence: &rule.sentence,
                    violation: Violation::of(findings, id, rule),
                })
                .collect(),
            parameters: Parameters::of_struct(findings, id, context),
        }
    }
}

impl<'m> MemberLimits<'m> {
    fn of(findings: &Findings, field: &'m Field) -> Self {
        if let Some(short) = ShortLimits::of(&field.limits) {
            return Self::Short(short);
        }
        let checks = field.limits.iter().map(|limit| &limit.check);
        let is_listed = |check: &&Check| match check {
            Check::Documented(_) => !takes_all_values(findings, field),
            Check::MinLength(_)
            | Check::MaxLength(_)
            | Check::Characters { .. }
            | Check::Pattern(_)
            | Check::Compare(..) => true,
        };
        let checks: Vec<&Check> = checks.filter(is_listed).collect();
        if checks.is_empty() {
            Self::None
        } else if checks.iter().any(|check| matches!(check, Check::Pattern(_))) {
            Self::Kept(checks)
        } else {
            Self::Listed(checks)
        }
    }
}

impl ShortLimits {
    fn of(limits: &[Limit]) -> Option<Self> {
        match limits {
            [Limit { check: Check::MaxLength(max), .. }] => Some(Self::MaxLength(*max)),
            [
                Limit { check: Check::MinLength(min), .. },
                Limit { check: Check::MaxLength(max), .. },
            ] => Some(Self::Length(*min, *max)),
            [Limit { check: Check::Compare(Comparison::AtLeast, Bound::Integer(min)), .. }] => {
                Some(Self::AtLeast(*min))
            }
            [
                Limit { check: Check::Compare(Comparison::AtLeast, Bound::Integer(min)), .. },
                Limit { check: Check::Compare(Comparison::AtMost, Bound::Integer(max)), .. },
            ] => Some(Self::Between(*min, *max)),
            _ => None,
        }
    }
}

/// Whether a field has to be one of all the values that its enum documents.
fn takes_all_values(findings: &Findings, field: &Field) -> bool {
    let Some(id) = field.type_.named() else { return false };
    let type_ = findings.api.type_(id);
    let Shape::Enum(all) = &type_.shape else { return false };
    // A text does not know which values are documented.
    if type_.is_open {
        return false;
    }
    documented(field).any(|values| values.len() == all.len())
}

/// The values that the limits of a field name.
fn documented(field: &Field) -> impl Iterator<Item = &Vec<String>> {
    field.limits.iter().filter_map(|limit| match &limit.check {
        Check::Documented(values) => Some(values),
        Check::MinLength(_)
        | Check::MaxLength(_)
        | Check::Characters { .. }
        | Check::Pattern(_)
        | Check::Compare(..) => None,
    })
}

/// When one enum has a value that it must not have, where it takes but some of those that it
/// documents: variants compare faster than the texts that limits have.
fn guard(findings: &Findings, index: usize, field: &Field) -> Option<Formula> {
    let [Limit { check: Check::Documented(values), .. }] = field.limits.as_slice() else {
        return None;
    };
    if !matches!(field.type_, Type::Named(_)) || takes_all_values(findings, field) {
        return None;
    }
    let values = values.iter().map(|value| Literal::Text(value.clone())).collect();
    let states = States { absent: false, values: Values::Except(values) };
    Some(Formula::Is(Subject::Request(index), states))
}
