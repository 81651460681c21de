//! The file of a shared object.

use super::Blueprint;
use super::imports;
use super::received_struct::ReceivedStruct;
use super::sent_struct::SentStruct;
use super::validator::Validator;
use crate::model::{Direction, TypeId};
use crate::naming::Name;

/// All that stands in the file of a shared object.
#[derive(Debug)]
pub(crate) struct StructureFile<'m> {
    /// The wire name.
    pub(crate) name: &'m str,
    pub(crate) description: Option<&'m str>,
    /// The other shared types that it names.
    pub(crate) imports: Vec<&'m Name>,
    pub(crate) side: Side<'m>,
}

/// Where the object stands.
#[derive(Debug)]
pub(crate) enum Side<'m> {
    /// In requests or their context.
    Sent {
        structure: SentStruct<'m>,
        /// None where nothing is checked.
        validator: Option<Validator<'m>>,
    },
    /// In responses.
    Received(ReceivedStruct<'m>),
}

impl<'m> StructureFile<'m> {
    pub(super) fn of(blueprint: &Blueprint<'m>, id: TypeId) -> Self {
        let findings = blueprint.findings;
        let type_ = findings.api.type_(id);
        let is_checked = type_.usage.is(Direction::Sent) && blueprint.is_checked(id);
        let side = if type_.usage.is(Direction::Received) {
            Side::Received(ReceivedStruct::of(blueprint, id))
        } else {
            Side::Sent {
                structure: SentStruct::of(blueprint, id),
                validator: is_checked.then(|| Validator::of(blueprint, id, None)),
            }
        };
        Self {
            name: &type_.name.value,
            description: type_.description.as_deref(),
            imports: imports::of_struct(findings, id),
            side,
        }
    }
}
