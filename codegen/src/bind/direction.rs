//! Which way values of each type travel, and what has no meaning on that way.

use std::collections::BTreeSet;

use super::references::Resolved;
use crate::bound::{Operation, Shape, Types};
use crate::diagnostic::{Code, Sink};
use crate::dialect::Place;
use crate::model::{Direction, OperationId, Type, TypeId};
use crate::read::schema::Schema;

/// Marks every type with the operations that reach it, and with the directions of its values.
pub(super) fn mark(operations: &[Operation], types: &mut Types) {
    for (index, operation) in operations.iter().enumerate() {
        mark_operation(OperationId(index), operation, types);
    }
}

fn mark_operation(id: OperationId, operation: &Operation, types: &mut Types) {
    let starts = [
        (Some(operation.request), Direction::Sent),
        (Some(operation.response), Direction::Received),
        (operation.context, Direction::Facts),
    ];
    for (start, direction) in starts {
        let mut open: Vec<TypeId> = start.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            open.extend(types.members(next).iter().filter_map(|member| member.type_.named()));
            let usage = &mut types.0[next.0].usage;
            usage.operations.insert(id);
            usage.directions.insert(direction);
        }
    }
}

/// What is sent is strict and what is received is tolerant; one struct cannot be both.
pub(super) fn report_mixed(types: &Types, sink: &mut Sink) {
    for type_ in types.0.iter().filter(|type_| type_.usage.is(Direction::Received)) {
        let Shape::Object(members) = &type_.shape else { continue };
        if type_.usage.is(Direction::Sent) || type_.usage.is(Direction::Facts) {
            let message = format!("`{}` is used in responses and elsewhere", type_.name.value);
            let help = "write a schema of its own for the response";
            sink.error_with_help(Code::InvalidRef, type_.name.origin, message, help);
        }
        for member in members.iter().filter(|member| matches!(member.type_, Type::JsonText(_))) {
            let message = format!("JSON text in a response has no code: `{}`", member.name.value);
            let help = "leave `contentMediaType` and `contentSchema` out, and say in the `description` \
                        what the text holds";
            sink.error_with_help(Code::UnknownType, member.name.origin, message, help);
        }
    }
}

/// What is received is not checked, and facts are taken as they are: rules have no effect there.
pub(super) fn report_unchecked(resolved: &Resolved, types: &Types, sink: &mut Sink) {
    for (type_, named) in types.0.iter().zip(resolved.types()) {
        let place = if type_.usage.is(Direction::Received) {
            "an object that is received"
        } else if type_.usage.is(Direction::Facts) {
            "a context"
        } else {
            continue;
        };
        if let Shape::Object(_) = type_.shape {
            named.schema.check_keywords(Place::UncheckedObject, place, sink);
            let properties = named.schema.properties.iter();
            properties.for_each(|property| report_value_rules(&property.schema, place, sink));
        }
    }
}

fn report_value_rules(schema: &Schema, place: &str, sink: &mut Sink) {
    schema.check_keywords(Place::UncheckedValue, place, sink);
    for inner in [&schema.items, &schema.entries].into_iter().flatten() {
        report_value_rules(inner, place, sink);
    }
}
