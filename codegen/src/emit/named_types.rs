//! Which shared types the code of a struct names: those of its fields, and the enums whose variants
//! its rules name.

use std::collections::BTreeSet;

use crate::model::{Model, Type, TypeId};
use crate::rules::logic::formula::{Atom, Formula};
use crate::rules::logic::space::Subject;

/// The shared types that a struct's definition and checks name.
pub(super) fn of_struct(model: &Model, id: TypeId, context: Option<TypeId>) -> BTreeSet<TypeId> {
    let fields = model.api.fields(id).iter();
    let mut used: BTreeSet<TypeId> = fields.filter_map(|field| field.type_.named()).collect();
    used.extend(context);
    for rule in model.rules(id) {
        let owner = Owner::Struct(id);
        of_formula(model, owner, context.map(Owner::Struct), &rule.broken, &mut used);
    }
    used
}

#[derive(Clone, Copy)]
enum Owner<'m> {
    Struct(TypeId),
    Lone(&'m Type),
}

fn of_formula(
    model: &Model,
    owner: Owner<'_>,
    context: Option<Owner<'_>>,
    formula: &Formula,
    used: &mut BTreeSet<TypeId>,
) {
    formula.for_each_atom(&mut |subject, atom| {
        let owner = match (subject, context) {
            (Subject::Context(_), Some(context)) => context,
            _ => owner,
        };
        let type_ = match owner {
            Owner::Struct(id) => &model.api.fields(id)[subject.index()].type_,
            Owner::Lone(type_) => type_,
        };
        match atom {
            Atom::Is(states) if !states.named().is_empty() => used.extend(type_.named()),
            Atom::Is(_) => {}
            Atom::Test(test) => {
                for inner in test.predicate.inner() {
                    let owner = match &inner.type_ {
                        Type::Named(id) if !model.api.is_enum(*id) => Owner::Struct(*id),
                        type_ => Owner::Lone(type_),
                    };
                    of_formula(model, owner, None, &inner.formula, used);
                }
            }
        }
    });
}
