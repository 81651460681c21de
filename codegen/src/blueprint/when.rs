//! The enum with a variant for each value on which a request turns.

use super::doctest::{FormSample, has_all};
use super::field_type::FieldType;
use crate::findings::Findings;
use crate::model::{Field, OperationId};
use crate::naming::Name;
use crate::rules::guide::forms::{Form, Forms};

/// The forms of a request.
#[derive(Debug)]
pub(crate) struct When<'m> {
    pub(crate) request: &'m Name,
    /// What the parameter that has the value is called.
    pub(crate) decider: &'m str,
    /// The enum that the value is of.
    pub(crate) kind: &'m Name,
    pub(crate) variants: Vec<Variant<'m>>,
    /// The form that shows the most, where the spec has examples for it.
    pub(crate) sample: Option<FormSample<'m>>,
}

/// The form for one value.
#[derive(Debug)]
pub(crate) struct Variant<'m> {
    pub(crate) ident: &'m Name,
    /// The value.
    pub(crate) wire: &'m str,
    pub(crate) members: Vec<Member<'m>>,
    /// What the request is made with, in the order of its fields.
    pub(crate) arguments: Vec<Argument<'m>>,
    pub(crate) setters: Vec<&'m Name>,
}

/// A member of a form.
#[derive(Debug)]
pub(crate) struct Member<'m> {
    pub(crate) ident: &'m Name,
    /// What rules call it.
    pub(crate) label: &'m str,
    pub(crate) type_: FieldType<'m>,
}

/// What a request is made with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Argument<'m> {
    /// The value that the form is for.
    Decider,
    Member(&'m Name),
}

impl<'m> When<'m> {
    pub(super) fn of(findings: &'m Findings, id: OperationId) -> Option<Self> {
        let forms = findings.guide(id).forms.as_ref()?;
        let request = findings.api.operation(id).request;
        let fields = findings.api.fields(request);
        let names = findings.names.type_(request);
        let shown = longest(fields, forms);
        Some(Self {
            request: &names.ident,
            decider: fields[forms.decider].label(),
            kind: &findings.names.type_(forms.kind).ident,
            variants: forms
                .forms
                .iter()
                .map(|form| Variant::of(findings, fields, &names.members, forms, form))
                .collect(),
            sample: shown.and_then(|form| FormSample::of(findings, id, forms, form)),
        })
    }
}

/// The longest form shows the most; the first of several.
fn longest<'f>(fields: &[Field], forms: &'f Forms) -> Option<&'f Form> {
    let rank = |form: &Form| (has_all(fields, form), form.members.len());
    forms.forms.iter().rev().max_by_key(|form| rank(form))
}

impl<'m> Variant<'m> {
    fn of(
        findings: &'m Findings,
        fields: &'m [Field],
        members: &'m [Name],
        forms: &Forms,
        form: &Form,
    ) -> Self {
        let required = (0..fields.len()).filter(|index| fields[*index].required);
        let setters = form.members.iter().filter(|index| !fields[**index].required);
        Self {
            ident: &findings.names.type_(forms.kind).members[form.variant],
            wire: &findings.api.values(forms.kind)[form.variant].wire.value,
            members: form
                .members
                .iter()
                .map(|index| Member {
                    ident: &members[*index],
                    label: fields[*index].label(),
                    type_: FieldType::of(findings, &fields[*index].type_),
                })
                .collect(),
            arguments: required
                .map(|index| {
                    if index == forms.decider {
                        Argument::Decider
                    } else {
                        Argument::Member(&members[index])
                    }
                })
                .collect(),
            setters: setters.map(|index| &members[*index]).collect(),
        }
    }
}
