//! Operations that an operation points to: what to use instead, what tells how far its task is.
//!
//! Knows no schemas.

use super::references::Resolved;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::{Deprecation, Pointed};
use crate::read::operation::OperationItem;
use crate::source::{Spanned, operation_of};

/// Whether an operation is not to be used any more, and what is instead.
pub(super) fn deprecation(
    resolved: &Resolved,
    item: &OperationItem,
    sink: &mut Sink,
) -> Option<Deprecation> {
    let Some(mark) = &item.deprecated else {
        for name in item.replaced_by.iter().take(1) {
            let message =
                "`x-replaced-by` says what to use instead of an operation that is deprecated";
            let help = "add `\"deprecated\": true`, or leave the key out";
            sink.error_with_help(Code::InvalidValue, name.origin, message, help);
        }
        return None;
    };
    if !mark.value {
        let message = "only `true` says something here";
        sink.error_with_help(Code::InvalidValue, mark.origin, message, "leave the key out");
    }
    let instead = item.replaced_by.iter();
    let instead = instead.filter_map(|name| pointed(resolved, item, name, sink)).collect();
    Some(Deprecation { instead })
}

/// The operation that tells how far the task is which this one starts.
pub(super) fn progress(
    resolved: &Resolved,
    item: &OperationItem,
    sink: &mut Sink,
) -> Option<Pointed> {
    item.progress.as_ref().and_then(|name| pointed(resolved, item, name, sink))
}

/// Finds an operation by its name; by product, version and name, where it is another service's.
fn pointed(
    resolved: &Resolved,
    item: &OperationItem,
    name: &Spanned<String>,
    sink: &mut Sink,
) -> Option<Pointed> {
    let Some((service, operation)) = operation_of(&name.value) else {
        let message = format!("{} is no name of an operation", code(&name.value));
        let help =
            "write its `operationId`, or `<product>::<version>::<operationId>` of another service";
        sink.error_with_help(Code::InvalidValue, name.origin, message, help);
        return None;
    };
    if operation == item.id.value && service.is_none() {
        let message = "an operation cannot point to itself";
        sink.error_with_help(Code::InvalidValue, name.origin, message, "leave the key out");
        return None;
    }
    match (resolved.ids.get(operation), service) {
        (Some(id), None) => Some(Pointed::Own(*id)),
        (_, Some((product, version))) => Some(Pointed::Other {
            product: product.to_owned(),
            version: version.to_owned(),
            operation: operation.to_owned(),
        }),
        (None, None) => {
            if resolved.has_all_ids {
                let known = resolved.ids.keys().map(String::as_str);
                let known = known.filter(|known| *known != item.id.value);
                let message = format!("there is no operation {}", code(operation));
                let help = match nearest(operation, known) {
                    Some(known) => format!("did you mean {}?", code(known)),
                    None => {
                        "write `<product>::<version>::<operationId>` of another service".to_owned()
                    }
                };
                sink.error_with_help(Code::DanglingRef, name.origin, message, help);
            }
            None
        }
    }
}
