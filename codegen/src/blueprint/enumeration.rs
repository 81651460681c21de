//! The file of an enum.

use crate::findings::Findings;
use crate::model::{EnumValue, Operation, Type, TypeId};
use crate::naming::Name;
use crate::rules::guide::table::Table;

/// All that stands in the file of an enum.
#[derive(Debug)]
pub(crate) struct EnumerationFile<'m> {
    pub(crate) ident: &'m Name,
    /// The wire name.
    pub(crate) name: &'m str,
    pub(crate) description: Option<&'m str>,
    /// Whether it only has names for some values of a text, which may have others.
    pub(crate) is_open: bool,
    pub(crate) variants: Vec<Variant<'m>>,
}

/// A documented value.
#[derive(Debug)]
pub(crate) struct Variant<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) wire: &'m str,
    pub(crate) meaning: Option<&'m str>,
    pub(crate) requirements: Vec<Requirement<'m>>,
}

/// What an operation requires with a value.
#[derive(Debug)]
pub(crate) struct Requirement<'m> {
    pub(crate) operation: &'m str,
    /// What its parameters are called.
    pub(crate) parameters: Vec<&'m str>,
}

impl<'m> EnumerationFile<'m> {
    pub(super) fn of(findings: &'m Findings, id: TypeId, values: &'m [EnumValue]) -> Self {
        let names = findings.names.type_(id);
        let type_ = findings.api.type_(id);
        let users = turning_on(findings, id);
        let variants = values.iter().zip(&names.members).map(|(value, ident)| {
            let wire = value.wire.value.as_str();
            let requirements = users.iter().map(|(operation, table)| Requirement {
                operation: operation.id.value.as_str(),
                parameters: table.required_with(wire),
            });
            Variant {
                ident,
                wire,
                meaning: value.meaning.as_deref(),
                requirements: requirements.filter(|found| !found.parameters.is_empty()).collect(),
            }
        });
        Self {
            ident: &names.ident,
            name: &type_.name.value,
            description: type_.description.as_deref(),
            is_open: type_.is_open,
            variants: variants.collect(),
        }
    }
}

/// The operations whose requirement tables turn on an enum.
fn turning_on(findings: &Findings, id: TypeId) -> Vec<(&Operation, &Table)> {
    let users = findings.api.type_(id).usage.operations.iter();
    let users = users.map(|user| (findings.api.operation(*user), &findings.guide(*user).table));
    let turns = |(operation, table): &(&Operation, &Table)| {
        let fields = findings.api.fields(operation.request);
        let decider = fields.iter().find(|field| Some(field.label()) == table.decider.as_deref());
        decider.is_some_and(|field| field.type_ == Type::Named(id))
    };
    users.filter(turns).collect()
}
