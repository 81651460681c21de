//! Structs that are sent, and contexts, which are made in the same way.

use super::Blueprint;
use super::field_docs::FieldDocs;
use super::field_type::{FieldType, WireForm};
use crate::model::{Direction, TypeId};
use crate::naming::Name;
use crate::travel::Travel;

/// A struct that callers make.
#[derive(Debug)]
pub(crate) struct SentStruct<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) purpose: Purpose,
    /// Whether two values can be compared: not where one may hold a secret.
    pub(crate) is_comparable: bool,
    pub(crate) derives: Vec<Derive>,
    pub(crate) fields: Vec<SentField<'m>>,
}

/// What a struct is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Request,
    /// It is not sent: it can be made, and no more.
    Context,
}

/// A trait that is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Derive {
    Debug,
    Clone,
    PartialEq,
    Default,
}

/// A field of a struct that callers make.
#[derive(Debug)]
pub(crate) struct SentField<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) wire: &'m str,
    /// What rules call it, when not by its name on the wire.
    pub(crate) label: Option<&'m str>,
    pub(crate) type_: FieldType<'m>,
    pub(crate) wire_form: WireForm,
    /// How it travels, where that is not as most do.
    pub(crate) travel: Option<Travel>,
    pub(crate) is_required: bool,
    /// Whether it stands behind a pointer.
    pub(crate) is_boxed: bool,
    pub(crate) is_deprecated: bool,
    pub(crate) docs: FieldDocs<'m>,
}

impl<'m> SentStruct<'m> {
    pub(super) fn of(blueprint: &Blueprint<'m>, id: TypeId) -> Self {
        let findings = blueprint.findings;
        let names = findings.names.type_(id);
        let fields = findings.api.fields(id);
        let is_sent = findings.api.type_(id).usage.is(Direction::Sent);
        let is_comparable = blueprint.is_comparable(id);
        let has_default = fields.iter().all(|field| !field.required);
        // For whatever is sent, the list of its fields does the rest.
        let derives = [
            (Derive::Debug, !is_sent),
            (Derive::Clone, !is_sent),
            (Derive::PartialEq, !is_sent && is_comparable),
            (Derive::Default, has_default),
        ];
        let derives = derives.into_iter().filter(|(_, has_it)| *has_it);
        let fields = fields.iter().zip(&names.members).enumerate();
        Self {
            ident: &names.ident,
            purpose: if is_sent { Purpose::Request } else { Purpose::Context },
            is_comparable,
            derives: derives.map(|(derive, _)| derive).collect(),
            fields: fields
                .map(|(index, (field, ident))| SentField {
                    ident,
                    wire: &field.wire.value,
                    label: field.label.as_deref(),
                    type_: FieldType::of(findings, &field.type_),
                    wire_form: WireForm::of(&field.type_),
                    travel: field
                        .travel
                        .filter(|travel| *travel != Travel::USUAL || field.label.is_some()),
                    is_required: field.required,
                    is_boxed: field.is_boxed,
                    is_deprecated: field.is_deprecated,
                    docs: FieldDocs::of(findings, id, index),
                })
                .collect(),
        }
    }
}
