//! What the compiled examples in docs are made of: the spec's own examples, as values of Rust's types.

use std::collections::BTreeSet;

use serde_json::Value;

use super::field_type::{EnumType, FieldType};
use crate::bound::Subject;
use crate::findings::Findings;
use crate::json::value_of_text;
use crate::model::{Field, OperationId, Shape, Type, TypeId};
use crate::naming::Name;
use crate::rules::guide::forms::{Form, Forms};

/// A value of a Rust type.
#[derive(Debug)]
pub(crate) enum Sample<'m> {
    Text(String),
    Secret(String),
    /// A boolean or a whole number, which Rust writes as JSON does.
    Plain(Value),
    /// A floating-point number of either width.
    Double(f64),
    Variant(EnumType<'m>, String),
    Object(ObjectSample<'m>),
    List(Vec<Sample<'m>>),
    Map(Vec<(String, Sample<'m>)>),
    Any(Value),
}

/// A struct with the values of its fields.
#[derive(Debug)]
pub(crate) struct ObjectSample<'m> {
    pub(crate) ident: &'m Name,
    /// The required ones, in the order of the fields.
    pub(crate) arguments: Vec<Sample<'m>>,
    pub(crate) setters: Vec<(&'m Name, Sample<'m>)>,
}

/// A request.
#[derive(Debug)]
pub(crate) struct RequestSample<'m> {
    pub(crate) krate: String,
    pub(crate) request: ObjectSample<'m>,
    /// The shared types that it names.
    pub(crate) types: BTreeSet<&'m Name>,
}

/// A call of an operation.
#[derive(Debug)]
pub(crate) struct CallSample<'m> {
    pub(crate) krate: String,
    pub(crate) method: &'m Name,
    pub(crate) request: &'m Name,
    pub(crate) response: &'m Name,
    /// The request; none when the examples of the spec make no valid one, and then callers have it.
    pub(crate) made: Option<RequestSample<'m>>,
    /// Whether the answer is a page of a list, which is followed.
    pub(crate) is_paged: bool,
    pub(crate) is_deprecated: bool,
}

/// A request that is made from the form for one value.
#[derive(Debug)]
pub(crate) struct FormSample<'m> {
    pub(crate) krate: String,
    pub(crate) module: &'m Name,
    pub(crate) request: &'m Name,
    pub(crate) variant: &'m Name,
    pub(crate) members: Vec<FormMember<'m>>,
    /// The shared types that it names.
    pub(crate) types: BTreeSet<&'m Name>,
    /// Whether `from` is a setter of the request, and no conversion.
    pub(crate) has_setter_from: bool,
}

/// A member of a form with its value.
#[derive(Debug)]
pub(crate) struct FormMember<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) type_: FieldType<'m>,
    pub(crate) value: Sample<'m>,
}

impl<'m> CallSample<'m> {
    pub(super) fn of(findings: &'m Findings, id: OperationId) -> Self {
        let operation = findings.api.operation(id);
        let example = findings.guide(id).example.as_ref();
        Self {
            krate: findings.names.krate(),
            method: &findings.names.operation(id).method,
            request: &findings.names.type_(operation.request).ident,
            response: &findings.names.type_(operation.response).ident,
            made: example.map(|chosen| RequestSample::of(findings, id, chosen)),
            is_paged: operation.pagination.is_some(),
            is_deprecated: operation.deprecation.is_some(),
        }
    }
}

impl<'m> RequestSample<'m> {
    /// With these parameters, as far as the spec has examples of them.
    pub(super) fn of(findings: &'m Findings, id: OperationId, chosen: &[Subject]) -> Self {
        let request = findings.api.operation(id).request;
        let fields = findings.api.fields(request);
        let mut types = BTreeSet::new();
        let given = chosen.iter().map(|subject| subject.index());
        let given = given.filter_map(|index| Some((index, fields[index].example.as_ref()?)));
        let request = ObjectSample::of(findings, request, given, &mut types);
        Self { krate: findings.names.krate(), request, types }
    }
}

impl<'m> FormSample<'m> {
    /// None when the spec lacks an example for a member of the form.
    pub(super) fn of(
        findings: &'m Findings,
        id: OperationId,
        forms: &Forms,
        form: &Form,
    ) -> Option<Self> {
        let request = findings.api.operation(id).request;
        let names = findings.names.type_(request);
        let fields = findings.api.fields(request);
        let mut types = BTreeSet::new();
        let member = |index: &usize| {
            let field = &fields[*index];
            let value = Sample::of(findings, &field.type_, field.example.as_ref()?, &mut types);
            let type_ = FieldType::of(findings, &field.type_);
            Some(FormMember { ident: &names.members[*index], type_, value })
        };
        let members = form.members.iter().map(member).collect::<Option<Vec<_>>>()?;
        Some(Self {
            krate: findings.names.krate(),
            module: &findings.names.operation(id).module,
            request: &names.ident,
            variant: &findings.names.type_(forms.kind).members[form.variant],
            members,
            types,
            has_setter_from: names.members.iter().any(|member| member.plain() == "from"),
        })
    }
}

/// Whether the spec has an example for each member of a form.
pub(super) fn has_all(fields: &[Field], form: &Form) -> bool {
    form.members.iter().all(|index| fields[*index].example.is_some())
}

impl<'m> ObjectSample<'m> {
    /// A struct with these of its fields; notes the types that it names.
    fn of<'v>(
        findings: &'m Findings,
        id: TypeId,
        given: impl Iterator<Item = (usize, &'v Value)>,
        types: &mut BTreeSet<&'m Name>,
    ) -> Self {
        let names = findings.names.type_(id);
        let fields = findings.api.fields(id);
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for (index, value) in given {
            let field = &fields[index];
            let value = Sample::of(findings, &field.type_, value, types);
            if field.required {
                arguments.push(value);
            } else {
                setters.push((&names.members[index], value));
            }
        }
        Self { ident: &names.ident, arguments, setters }
    }
}

impl<'m> Sample<'m> {
    /// An example of the spec, which has been checked against its type.
    fn of(
        findings: &'m Findings,
        type_: &Type,
        value: &Value,
        types: &mut BTreeSet<&'m Name>,
    ) -> Self {
        let text = || value.as_str().unwrap_or_default();
        match type_ {
            Type::String | Type::Bytes => Self::Text(text().to_owned()),
            Type::Secret => Self::Secret(text().to_owned()),
            Type::Boolean | Type::Int32 | Type::Int64 => Self::Plain(value.clone()),
            Type::Float | Type::Double => Self::Double(value.as_f64().unwrap_or_default()),
            // What may be any text is one.
            Type::Named(id) if findings.api.type_(*id).is_open => Self::Text(text().to_owned()),
            Type::Named(id) => {
                types.insert(&findings.names.type_(*id).ident);
                match &findings.api.type_(*id).shape {
                    Shape::Enum(values) => {
                        let type_ = EnumType::new(findings, *id, values);
                        Self::Variant(type_, text().to_owned())
                    }
                    Shape::Struct(fields) => {
                        let fields = fields.iter().enumerate();
                        let given = fields.filter_map(|(index, field)| {
                            Some((index, value.get(&field.wire.value)?))
                        });
                        Self::Object(ObjectSample::of(findings, *id, given, types))
                    }
                }
            }
            Type::List(item) => {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let items = items.iter().map(|value| Self::of(findings, item, value, types));
                Self::List(items.collect())
            }
            Type::Map(inner) => {
                let members = value.as_object().into_iter().flatten();
                let members = members
                    .map(|(key, value)| (key.clone(), Self::of(findings, inner, value, types)));
                Self::Map(members.collect())
            }
            Type::Any => Self::Any(value.clone()),
            Type::JsonText(inner) => {
                let value = value_of_text(text()).unwrap_or_default();
                Self::of(findings, inner, &value, types)
            }
        }
    }
}
