//! Which shared types a file names: those of fields, and the enums whose variants rules name.

use std::collections::BTreeSet;

use super::parameters::struct_of;
use crate::bound::Subject;
use crate::findings::Findings;
use crate::model::{Operation, Role, Type, TypeId};
use crate::naming::Name;
use crate::rules::logic::formula::{Atom, Formula};

/// The shared types that the file of an operation names, in their order.
pub(super) fn of_operation<'m>(findings: &'m Findings, operation: &Operation) -> Vec<&'m Name> {
    let mut used = used_by_struct(findings, operation.request, operation.context);
    used.extend(types_of_fields(findings, operation.response));
    used.extend(operation.pagination.as_ref().and_then(|pagination| pagination.item.named()));
    names(findings, used)
}

/// The shared types that the file of a struct names, in their order.
pub(super) fn of_struct(findings: &Findings, id: TypeId) -> Vec<&Name> {
    let mut used = used_by_struct(findings, id, None);
    // Its own definition stands there.
    used.remove(&id);
    names(findings, used)
}

fn names(findings: &Findings, used: BTreeSet<TypeId>) -> Vec<&Name> {
    let is_named = |id: &TypeId| {
        let type_ = findings.api.type_(*id);
        // What may be any text stands there as one.
        type_.role == Role::Shared && !type_.is_open
    };
    let shared = used.into_iter().filter(is_named);
    let mut names: Vec<&Name> = shared.map(|id| &findings.names.type_(id).ident).collect();
    names.sort();
    names.dedup();
    names
}

fn types_of_fields(findings: &Findings, id: TypeId) -> impl Iterator<Item = TypeId> {
    findings.api.fields(id).iter().filter_map(|field| field.type_.named())
}

/// The types that a struct's definition and checks name.
fn used_by_struct(findings: &Findings, id: TypeId, context: Option<TypeId>) -> BTreeSet<TypeId> {
    let mut used: BTreeSet<TypeId> = types_of_fields(findings, id).collect();
    used.extend(context);
    for rule in findings.rules(id) {
        add_enums(findings, Owner::Struct(id), context, &rule.broken, &mut used);
    }
    used
}

#[derive(Clone, Copy)]
enum Owner<'t> {
    Struct(TypeId),
    Lone(&'t Type),
}

/// Adds the enums of whose values a formula names some.
fn add_enums(
    findings: &Findings,
    owner: Owner<'_>,
    context: Option<TypeId>,
    formula: &Formula,
    used: &mut BTreeSet<TypeId>,
) {
    formula.for_each_atom(&mut |subject, atom| {
        let owner = match (subject, context) {
            (Subject::Context(_), Some(context)) => Owner::Struct(context),
            (Subject::Context(_), None) | (Subject::Request(_), _) => owner,
        };
        let type_ = match owner {
            Owner::Struct(id) => &findings.api.fields(id)[subject.index()].type_,
            Owner::Lone(type_) => type_,
        };
        match atom {
            Atom::Is(states) if !states.named().is_empty() => used.extend(type_.named()),
            Atom::Is(_) => {}
            Atom::Test(test) => {
                for inner in test.predicate.inner() {
                    let owner = match struct_of(findings, &inner.type_) {
                        Some(id) => Owner::Struct(id),
                        None => Owner::Lone(&inner.type_),
                    };
                    add_enums(findings, owner, None, &inner.formula, used);
                }
            }
        }
    });
}
