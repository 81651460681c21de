//! The parameters that conditions may name: the members of an object and those of its context.

use crate::bound::{Member, Subject, Types};
use crate::model::Type;
use crate::moment::TimeFormat;

/// What conditions about a value that is no object call it.
const LONE: &str = "value";

/// The parameters that the conditions of one object may name, or the one value that they are about.
pub(crate) struct Scope<'b> {
    members: Vec<Parameter<'b>>,
    context: Vec<Parameter<'b>>,
    /// What the members are called on the wire, in their order.
    sent: Vec<&'b str>,
    is_object: bool,
}

#[derive(Clone, Copy)]
struct Parameter<'b> {
    name: &'b str,
    type_: &'b Type,
    time_format: Option<TimeFormat>,
}

impl<'b> Scope<'b> {
    /// The members of an object, and the facts that are known besides.
    pub(crate) fn of(members: &'b [Member], facts: &'b [Member]) -> Self {
        let sent = members.iter().map(|member| member.name.value.as_str()).collect();
        Self { members: named(members), context: named(facts), sent, is_object: true }
    }

    /// The parameters of conditions about a value of this type.
    pub(crate) fn inside(types: &'b Types, type_: &'b Type) -> Self {
        match type_ {
            Type::Named(id) if types.values(*id).is_none() => Self::of(types.members(*id), &[]),
            Type::Named(_)
            | Type::String
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
            | Type::JsonText(_) => {
                let members = vec![Parameter { name: LONE, type_, time_format: None }];
                Self { members, context: Vec::new(), sent: Vec::new(), is_object: false }
            }
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        self.is_object
    }

    pub(crate) fn find(&self, name: &str) -> Option<Subject> {
        let position =
            |list: &[Parameter<'_>]| list.iter().position(|parameter| parameter.name == name);
        position(&self.members)
            .map(Subject::Request)
            .or_else(|| position(&self.context).map(Subject::Context))
    }

    /// The one member that is called so on the wire.
    pub(crate) fn find_sent(&self, name: &str) -> Option<Subject> {
        let mut found = (0..self.sent.len()).filter(|index| self.sent[*index] == name);
        found.next().filter(|_| found.next().is_none()).map(Subject::Request)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'b str> {
        self.members.iter().chain(&self.context).map(|parameter| parameter.name)
    }

    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> + use<> {
        let members = (0..self.members.len()).map(Subject::Request);
        members.chain((0..self.context.len()).map(Subject::Context))
    }

    pub(crate) fn name(&self, subject: Subject) -> &'b str {
        self.parameter(subject).name
    }

    pub(crate) fn type_(&self, subject: Subject) -> &'b Type {
        self.parameter(subject).type_
    }

    /// What the text of a parameter is, when it is a date or a time.
    pub(crate) fn time_format(&self, subject: Subject) -> Option<TimeFormat> {
        self.parameter(subject).time_format
    }

    fn parameter(&self, subject: Subject) -> Parameter<'b> {
        match subject {
            Subject::Request(index) => self.members[index],
            Subject::Context(index) => self.context[index],
        }
    }
}

fn named(members: &[Member]) -> Vec<Parameter<'_>> {
    let parameters = members.iter().map(|member| Parameter {
        name: member.label(),
        type_: &member.type_,
        time_format: member.time_format,
    });
    parameters.collect()
}
