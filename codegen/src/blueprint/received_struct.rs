//! Responses, and shared objects that only stand in responses.

use serde_json::Value;

use super::Blueprint;
use super::field_type::{FieldType, NamesDocs};
use crate::facts::KnownName;
use crate::model::{Field, Operation, Type, TypeId};
use crate::naming::Name;
use crate::travel::{Answer, Media};

/// A struct that is read from an answer.
#[derive(Debug)]
pub(crate) struct ReceivedStruct<'m> {
    pub(crate) ident: &'m Name,
    /// Whether two values can be compared: not where one may hold a secret.
    pub(crate) is_comparable: bool,
    pub(crate) fields: Vec<ReceivedField<'m>>,
}

/// A field of a struct that is read from an answer.
#[derive(Debug)]
pub(crate) struct ReceivedField<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) wire: &'m str,
    pub(crate) type_: FieldType<'m>,
    /// The names that a map is known to have.
    pub(crate) known_names: &'m [KnownName],
    /// What it is made of, where that takes words.
    pub(crate) made_of: Option<String>,
    /// What has names for some of its values.
    pub(crate) names: Option<NamesDocs<'m>>,
    /// Whether a value that is not there is `None`; a list or map that is not there is an
    /// empty one.
    pub(crate) is_option: bool,
    /// Whether it stands behind a pointer.
    pub(crate) is_boxed: bool,
    pub(crate) is_deprecated: bool,
    pub(crate) description: Option<&'m str>,
    pub(crate) example: Option<&'m Value>,
}

impl<'m> ReceivedStruct<'m> {
    /// What an operation answers. Text and bytes are always there, and empty where nothing is.
    pub(super) fn of_answer(blueprint: &Blueprint<'m>, operation: &Operation) -> Self {
        let mut answer = Self::of(blueprint, operation.response);
        match operation.answer {
            Answer::Object | Answer::Nothing => {}
            Answer::Whole(media) => {
                for field in &mut answer.fields {
                    field.description.get_or_insert("The body of the answer.");
                    if media != Media::Json {
                        let is_plain = matches!(field.type_, FieldType::Text | FieldType::Bytes);
                        field.is_option = !is_plain;
                    }
                }
            }
        }
        answer
    }

    pub(super) fn of(blueprint: &Blueprint<'m>, id: TypeId) -> Self {
        let findings = blueprint.findings;
        let names = findings.names.type_(id);
        let fields = findings.api.fields(id).iter().zip(&names.members);
        Self {
            ident: &names.ident,
            is_comparable: blueprint.is_comparable(id),
            fields: fields
                .map(|(field, ident)| ReceivedField {
                    ident,
                    wire: &field.wire.value,
                    known_names: &field.known_names,
                    made_of: FieldType::of(findings, &field.type_).words(),
                    type_: FieldType::of(findings, &field.type_),
                    names: NamesDocs::of(findings, id, &field.type_),
                    is_option: !matches!(field.type_, Type::List(_) | Type::Map(_)),
                    is_boxed: field.is_boxed,
                    is_deprecated: field.is_deprecated,
                    description: field.description.as_deref(),
                    example: shown_example(field),
                })
                .collect(),
        }
    }
}

/// The example of a field, if it is one of the spec's.
fn shown_example(field: &Field) -> Option<&Value> {
    field.example.as_ref().filter(|_| field.type_ != Type::Bytes)
}
