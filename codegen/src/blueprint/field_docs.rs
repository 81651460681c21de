//! What the docs of a field say.

use serde_json::Value;

use super::field_type::{FieldType, NamesDocs, WireForm};
use crate::bound::Subject;
use crate::facts::KnownName;
use crate::findings::Findings;
use crate::model::{Type, TypeId};
use crate::rules::rule::{Effect, Kind, Rule};
use crate::travel::Travel;

/// What is said of a field that is sent.
#[derive(Debug)]
pub(crate) struct FieldDocs<'m> {
    pub(crate) wire: &'m str,
    /// What rules call it, when not by its name on the wire.
    pub(crate) label: Option<&'m str>,
    pub(crate) description: Option<&'m str>,
    pub(crate) presence: Presence,
    /// Whether some source says that it is required.
    pub(crate) is_asked_for: bool,
    pub(crate) is_secret: bool,
    pub(crate) wire_form: WireForm,
    /// None of what is no parameter.
    pub(crate) travel: Option<Travel>,
    /// The names that a map is known to have.
    pub(crate) known_names: &'m [KnownName],
    /// What it is made of, where that takes words.
    pub(crate) made_of: Option<String>,
    /// What has names for some of its values.
    pub(crate) names: Option<NamesDocs<'m>>,
    /// Limits, then rules, then effects.
    pub(crate) statements: Vec<Statement<'m>>,
    /// What the service takes when the field is not given.
    pub(crate) default: Option<&'m Value>,
    pub(crate) example: Option<&'m Value>,
}

/// Which word says whether a field has to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
    /// None: rules say when.
    Ruled,
}

/// A sentence about a field.
#[derive(Debug)]
pub(crate) struct Statement<'m> {
    pub(crate) sentence: &'m str,
    /// Facts that must be known for it to be judged.
    pub(crate) unknown: Option<&'m str>,
    /// What the author says of it besides.
    pub(crate) note: Option<&'m str>,
}

impl<'m> Statement<'m> {
    fn plain(sentence: &'m str) -> Self {
        Self { sentence, unknown: None, note: None }
    }

    fn of_rule(rule: &'m Rule) -> Self {
        Self {
            sentence: &rule.sentence,
            unknown: rule.unknown.as_deref(),
            note: rule.note.as_deref(),
        }
    }
}

impl<'m> FieldDocs<'m> {
    pub(super) fn of(findings: &'m Findings, id: TypeId, index: usize) -> Self {
        let field = &findings.api.fields(id)[index];
        let rules = rules_about(findings.rules(id), index);
        let presence = if field.required {
            Presence::Required
        } else if rules.iter().all(|rule| rule.kind == Kind::Value) {
            // What is said of a value says nothing of whether there is one.
            Presence::Optional
        } else {
            Presence::Ruled
        };
        let format = field.time_format.into_iter().map(|format| Statement::plain(format.said()));
        let limits = field.limits.iter().map(|limit| Statement::plain(&limit.sentence));
        let effects = effects_on(findings.effects(id), index);
        let effects = effects.map(|effect| Statement::plain(&effect.sentence));
        let rules = rules.iter().map(|rule| Statement::of_rule(rule));
        Self {
            wire: &field.wire.value,
            label: field.label.as_deref(),
            description: field.description.as_deref(),
            presence,
            is_asked_for: field.is_asked_for,
            is_secret: *field.type_.innermost() == Type::Secret,
            wire_form: WireForm::of(&field.type_),
            travel: field.travel,
            known_names: &field.known_names,
            made_of: FieldType::of(findings, &field.type_).words(),
            names: NamesDocs::of(findings, id, &field.type_),
            statements: format.chain(limits).chain(rules).chain(effects).collect(),
            default: field.default.as_ref(),
            // What stands for bytes in code is no example of the spec's.
            example: field.example.as_ref().filter(|_| field.type_ != Type::Bytes),
        }
    }
}

fn rules_about(rules: &[Rule], index: usize) -> Vec<&Rule> {
    let field = Subject::Request(index);
    rules.iter().filter(|rule| rule.target == field || rule.about.contains(&field)).collect()
}

fn effects_on(effects: &[Effect], index: usize) -> impl Iterator<Item = &Effect> {
    effects.iter().filter(move |effect| effect.target == Subject::Request(index))
}
