//! How much of the API the specs have.

use std::collections::BTreeSet;

use crate::findings::Findings;
use crate::model::{Api, Field, Operation, Role, TypeId};

/// How much of an operation, or of all of them, there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coverage {
    pub(crate) parameters: usize,
    /// Of the response, those inside others included.
    pub(crate) elements: usize,
    /// Of the request alone; in total also of the objects that requests hold.
    pub(crate) rules: usize,
}

impl Coverage {
    pub(crate) fn of(findings: &Findings, operation: &Operation) -> Self {
        Self {
            parameters: findings.api.fields(operation.request).len(),
            elements: elements(&findings.api, operation.response),
            rules: findings.rules[operation.request.0].documented,
        }
    }

    pub(super) fn in_total(findings: &Findings) -> Self {
        let operations = findings.api.operations.iter();
        let alone = operations.map(|operation| Self::of(findings, operation));
        let none = Self { parameters: 0, elements: 0, rules: shared_rules(findings) };
        alone.fold(none, |sum, one| Self {
            parameters: sum.parameters + one.parameters,
            elements: sum.elements + one.elements,
            rules: sum.rules + one.rules,
        })
    }
}

/// How many fields a struct has, those of structs inside it included; of one that holds itself, once.
fn elements(api: &Api, id: TypeId) -> usize {
    elements_besides(api, id, &mut BTreeSet::new())
}

fn elements_besides(api: &Api, id: TypeId, seen: &mut BTreeSet<TypeId>) -> usize {
    if api.type_(id).is_recursive && !seen.insert(id) {
        return 0;
    }
    let mut inside =
        |field: &Field| field.type_.named().map_or(0, |id| elements_besides(api, id, seen));
    api.fields(id).iter().map(|field| 1 + inside(field)).sum()
}

/// How many rules objects state that requests hold, whichever operations they are of.
pub(super) fn shared_rules(findings: &Findings) -> usize {
    let types = findings.api.types.iter().zip(&findings.rules);
    let shared = types.filter(|(type_, _)| type_.role == Role::Shared);
    shared.map(|(_, rules)| rules.documented).sum()
}
