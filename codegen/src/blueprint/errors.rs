//! The documented error codes of an operation: constants of those that can be one, and the others.

use crate::facts::ErrorCode;
use crate::findings::Findings;
use crate::model::OperationId;
use crate::naming::Name;

/// The error codes, in the order of the documents.
#[derive(Debug)]
pub(crate) struct Errors<'m> {
    pub(crate) constants: Vec<Constant<'m>>,
    /// What is no code but a pattern of codes.
    pub(crate) unnamed: Vec<&'m ErrorCode>,
}

/// A code, and all that documents say of it: with another status it may mean something else.
#[derive(Debug)]
pub(crate) struct Constant<'m> {
    pub(crate) ident: &'m Name,
    pub(crate) code: &'m str,
    pub(crate) told: Vec<&'m ErrorCode>,
}

impl<'m> Errors<'m> {
    pub(super) fn of(findings: &'m Findings, id: OperationId) -> Self {
        let errors = &findings.api.operation(id).errors;
        let names = &findings.names.operation(id).errors;
        let mut found = Self { constants: Vec::new(), unnamed: Vec::new() };
        for (error, name) in errors.iter().zip(names) {
            let Some(ident) = name else {
                found.unnamed.push(error);
                continue;
            };
            match found.constants.iter_mut().find(|known| known.ident == ident) {
                Some(known) => known.told.push(error),
                None => {
                    found.constants.push(Constant { ident, code: &error.code, told: vec![error] });
                }
            }
        }
        found
    }
}
