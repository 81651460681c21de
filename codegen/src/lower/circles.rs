//! Types that are part of themselves: which they are, and which of their fields Rust needs a pointer for.

use std::collections::BTreeSet;

use crate::model::{Api, Direction, Field, Shape, Type, TypeId};

/// Marks the types that may hold values of their own type, and the fields without which such a value
/// would have no size.
pub(super) fn mark(api: &mut Api) {
    let ids: Vec<TypeId> = api.type_ids().collect();
    for id in ids {
        api.types[id.0].is_recursive = reaches(api, id, id, |field| field.type_.named());
        let boxed: Vec<bool> =
            api.fields(id).iter().map(|field| is_boxed(api, id, field)).collect();
        if let Shape::Struct(fields) = &mut api.types[id.0].shape {
            for (field, is_boxed) in fields.iter_mut().zip(boxed) {
                field.is_boxed = is_boxed;
            }
        }
    }
}

/// Every circle of fields that hold each other has one that may be missing: that one is a pointer.
fn is_boxed(api: &Api, owner: TypeId, field: &Field) -> bool {
    let is_always_there = field.required && !api.type_(owner).usage.is(Direction::Received);
    let leads_back = |id| id == owner || reaches(api, id, owner, held);
    !is_always_there && held(field).is_some_and(leads_back)
}

/// The struct whose value stands in a field itself.
fn held(field: &Field) -> Option<TypeId> {
    match field.type_.held() {
        Type::Named(id) => Some(*id),
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::List(_)
        | Type::Map(_)
        | Type::Any
        | Type::Bytes
        | Type::JsonText(_) => None,
    }
}

/// Whether fields lead from a type to another one, or to itself; `next` says where a field leads.
fn reaches(api: &Api, from: TypeId, to: TypeId, next: fn(&Field) -> Option<TypeId>) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(id) = open.pop() {
        for id in api.fields(id).iter().filter_map(next) {
            if id == to {
                return true;
            }
            if seen.insert(id) {
                open.push(id);
            }
        }
    }
    false
}
