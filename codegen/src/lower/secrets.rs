//! Secrets out of URLs: where there is a form, they travel in there.

use crate::model::{Api, Field, Operation, Shape};
use crate::travel::{Method, Place};

/// Moves secrets from the query into the form of operations that have one. Services of the RPC style
/// look in both, those of the other style do not.
pub(super) fn move_into_forms(api: &mut Api) {
    for index in 0..api.operations.len() {
        let operation = &api.operations[index];
        let request = operation.request;
        let fields = api.fields(request);
        if !is_rpc(operation) || !fields.iter().any(|field| stands_in(field, Place::Form)) {
            continue;
        }
        let is_secret = |field: &Field| api.holds_secret(&field.type_);
        let moved: Vec<bool> =
            fields.iter().map(|field| stands_in(field, Place::Query) && is_secret(field)).collect();
        if let Shape::Struct(fields) = &mut api.types[request.0].shape {
            for (field, _) in fields.iter_mut().zip(moved).filter(|(_, moved)| *moved) {
                if let Some(travel) = &mut field.travel {
                    travel.place = Place::Form;
                }
            }
        }
    }
}

fn is_rpc(operation: &Operation) -> bool {
    operation.method == Method::Post && operation.url == "/"
}

fn stands_in(field: &Field, place: Place) -> bool {
    field.travel.is_some_and(|travel| travel.place == place)
}
