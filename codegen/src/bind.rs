//! Documents → [`Bound`]: names and references are followed, values get the type of what they are
//! compared with, and conditions become trees.
//!
//! Everything that is wrong with a keyword is said here. After it there is no JSON Schema. Knows no
//! Rust identifiers, and does not ask whether conditions make sense together.

mod conditions;
mod direction;
mod index;
mod limits;
mod members;
mod operation;
mod pagination;
mod pattern;
mod reach;
mod references;
mod requirements;
mod scalar;
mod service;
mod types;
mod usual;

use crate::bound::{Bound, Types};
use crate::diagnostic::Sink;
use crate::model::{OperationId, TypeId};
use crate::read::Documents;
use crate::source::Specs;

/// Binds all documents of a service version.
pub(crate) fn bind(specs: &Specs, documents: Documents, sink: &mut Sink) -> Bound {
    let resolved = references::resolve(specs, documents, sink);
    sink.start_stage();
    let service = service::bind(&resolved, sink);
    let shared = sink.each(resolved.types(), |named, sink| types::bind(&resolved, named, sink));
    let count = resolved.operations.len();
    let bodies =
        sink.each(0..count, |index, sink| operation::bodies(&resolved, OperationId(index), sink));
    let mut types = Types(shared);
    types.0.extend(bodies.into_iter().flatten());
    let operations: Vec<_> = (0..count)
        .map(|index| operation::bind(&resolved, OperationId(index), &types, sink))
        .collect();
    direction::mark(&operations, &mut types);
    direction::report_mixed(&types, sink);
    direction::report_unchecked(&resolved, &types, sink);
    sink.start_stage();
    let requirements = requirements::bind(&resolved, &operations, &types, sink);
    for (item, requirements) in types.0.iter_mut().zip(requirements) {
        item.requirements = requirements;
    }
    Bound { service, operations, types }
}

/// The type of what an operation sends; those of schema files come first.
fn request_id(shared: usize, OperationId(operation): OperationId) -> TypeId {
    TypeId(shared + 2 * operation)
}

/// The type of what an operation receives.
fn response_id(shared: usize, OperationId(operation): OperationId) -> TypeId {
    TypeId(shared + 2 * operation + 1)
}
