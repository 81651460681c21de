//! Documents → [`Bound`]: names and references are followed, values get the type of what they are
//! compared with, and conditions become trees.
//!
//! Everything that is wrong with a keyword is said here. After it there is no JSON Schema. Knows no
//! Rust identifiers, and does not ask whether conditions make sense together.

mod conditions;
mod direction;
mod envelope;
mod index;
mod limits;
mod members;
mod operation;
mod pagination;
mod path;
mod pattern;
mod pointers;
mod reach;
mod references;
mod request;
mod requirements;
mod response;
mod scalar;
mod security;
mod service;
mod travel;
mod types;
mod usual;
mod wait;
mod way;

pub(crate) use envelope::is_spelled;
pub(crate) use pattern::is_portable as portable;
pub(crate) use travel::takes_header;

use crate::bound::{Bound, Types};
use crate::diagnostic::Sink;
use crate::model::OperationId;
use crate::read::Documents;
use crate::source::Specs;

/// Binds all documents of a service version.
pub(crate) fn bind(specs: &Specs, documents: Documents, sink: &mut Sink) -> Bound {
    let mut resolved = references::resolve(specs, documents, sink);
    sink.start_stage();
    let service = service::bind(&resolved, sink);
    let security = security::of_document(&resolved.document, sink);
    let shared = sink.each(resolved.types(), |named, sink| types::bind(&resolved, named, sink));
    let mut types = Types(shared);
    // Most schemas are those of operations, so each lives no longer than it takes to bind it.
    let items: Vec<_> = std::mem::take(&mut resolved.operations).into_iter().enumerate().collect();
    let bound = sink.each(items, |(index, (file, item)), sink| {
        operation::bind(&resolved, &types, &security, OperationId(index), file, &item, sink)
    });
    let mut operations = Vec::with_capacity(bound.len());
    for (operation, request, response) in bound {
        operations.push(operation);
        types.0.extend([request, response]);
    }
    let envelope = envelope::of_service(&resolved, &operations, &types, sink);
    direction::mark(&operations, &mut types);
    direction::report_mixed(&types, sink);
    direction::report_unchecked(&resolved, &types, sink);
    sink.start_stage();
    let requirements = requirements::shared(&resolved, &types, sink);
    for (item, requirements) in types.0.iter_mut().zip(requirements) {
        item.requirements = requirements;
    }
    Bound { service, envelope, operations, types }
}
