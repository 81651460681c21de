//! What the parameters of a formula are.

use super::field_type::FieldType;
use crate::bound::Subject;
use crate::findings::Findings;
use crate::model::{Shape, Type, TypeId};
use crate::moment::TimeFormat;
use crate::naming::Name;
use crate::rules::logic::predicate::Inner;

/// The parameters that a formula may name.
#[derive(Debug)]
pub(crate) struct Parameters<'m> {
    findings: &'m Findings,
    owner: Owner<'m>,
    context: Option<TypeId>,
}

#[derive(Debug)]
enum Owner<'m> {
    Struct(TypeId),
    /// One value that is no struct.
    Lone(FieldType<'m>),
}

/// A parameter that a formula names.
#[derive(Debug)]
pub(crate) struct Parameter<'m> {
    pub(crate) stands: Stands<'m>,
    pub(crate) type_: FieldType<'m>,
    pub(crate) is_required: bool,
    /// What its text is, when it is a date or a time.
    pub(crate) time_format: Option<TimeFormat>,
}

/// Where the value of a parameter stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stands<'m> {
    Field(&'m Name),
    ContextField(&'m Name),
    /// It is the one value that the formula is about.
    Alone,
}

impl<'m> Parameters<'m> {
    pub(super) fn of_struct(findings: &'m Findings, id: TypeId, context: Option<TypeId>) -> Self {
        Self { findings, owner: Owner::Struct(id), context }
    }

    /// The parameters of a formula about what is inside a value.
    pub(crate) fn inside(&self, inner: &Inner) -> Self {
        let owner = match struct_of(self.findings, &inner.type_) {
            Some(id) => Owner::Struct(id),
            None => Owner::Lone(FieldType::of(self.findings, &inner.type_)),
        };
        Self { findings: self.findings, owner, context: None }
    }

    /// What a formula means by a parameter.
    pub(crate) fn find(&self, subject: Subject) -> Parameter<'m> {
        match (subject, self.context, &self.owner) {
            (Subject::Context(index), Some(context), _) => {
                self.field(context, index, Stands::ContextField)
            }
            (Subject::Request(index) | Subject::Context(index), _, Owner::Struct(id)) => {
                self.field(*id, index, Stands::Field)
            }
            (Subject::Request(_) | Subject::Context(_), _, Owner::Lone(type_)) => {
                let type_ = type_.clone();
                Parameter { stands: Stands::Alone, type_, is_required: true, time_format: None }
            }
        }
    }

    fn field(
        &self,
        id: TypeId,
        index: usize,
        stands: impl Fn(&'m Name) -> Stands<'m>,
    ) -> Parameter<'m> {
        let field = &self.findings.api.fields(id)[index];
        Parameter {
            stands: stands(&self.findings.names.type_(id).members[index]),
            type_: FieldType::of(self.findings, &field.type_),
            is_required: field.required,
            time_format: field.time_format,
        }
    }
}

/// The struct that values of a type are, if they are any.
pub(super) fn struct_of(findings: &Findings, type_: &Type) -> Option<TypeId> {
    match type_ {
        Type::Named(id) => match findings.api.type_(*id).shape {
            Shape::Struct(_) => Some(*id),
            Shape::Enum(_) => None,
        },
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::List(_)
        | Type::Map(_)
        | Type::Bytes
        | Type::Any
        | Type::JsonText(_) => None,
    }
}
