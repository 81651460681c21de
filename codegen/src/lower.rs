//! Bound specs → the model: what is to be generated.
//!
//! Knows no identifiers: names stay as the wire has them. Rules between parameters are left to
//! `rules`.

mod circles;
pub(crate) mod fits;
mod secrets;

use rayon::prelude::*;

use crate::bound::{self, Bound, EnumItem, Host, Member, TypeItem};
use crate::diagnostic::Sink;
use crate::english::code;
use crate::model::limit::Limit;
use crate::model::{Api, Endpoint, EnumValue, Field, Operation, Shape, Type, TypeDef};
use crate::source::Specs;

/// Maps everything but the rules.
pub(crate) fn lower(specs: &Specs, bound: &Bound, sink: &mut Sink) -> Api {
    let service = &bound.service;
    let mut api = Api {
        folder: specs.folder().to_owned(),
        title: service.title.clone(),
        product: service.product.clone(),
        package: service.package.clone(),
        version: service.version.clone(),
        description: service.description.clone(),
        endpoints: service.hosts.iter().map(endpoint).collect(),
        envelope: bound.envelope.clone(),
        operations: Vec::new(),
        types: bound.types.0.par_iter().map(type_).collect(),
    };
    api.operations = bound.operations.par_iter().map(operation).collect();
    circles::mark(&mut api);
    secrets::move_into_forms(&mut api);
    fits::check(bound, &api, sink);
    api
}

fn endpoint(host: &Host) -> Endpoint {
    let Host { name, network, regions, .. } = host;
    Endpoint { host: name.clone(), network: *network, regions: regions.clone() }
}

fn operation(bound: &bound::Operation) -> Operation {
    Operation {
        id: bound.id.clone(),
        rust_name: bound.rust_name.clone(),
        path: bound.path.clone(),
        method: bound.method,
        url: bound.url.clone(),
        summary: bound.summary.clone(),
        description: bound.description.clone(),
        document: bound.document.clone(),
        deprecation: bound.deprecation.clone(),
        progress: bound.progress.clone(),
        access: bound.access,
        security: bound.security.clone(),
        ram: bound.ram.clone(),
        errors: bound.errors.clone(),
        request: bound.request,
        response: bound.response,
        answer: bound.answer,
        context: bound.context,
        idempotency_parameter: bound.idempotency_parameter.clone(),
        envelope: bound.envelope.clone(),
        pagination: bound.pagination.clone(),
        waits: bound.waits.clone(),
    }
}

fn type_(item: &TypeItem) -> TypeDef {
    TypeDef {
        name: item.name.clone(),
        rust_name: item.rust_name.clone(),
        path: item.path.clone(),
        role: item.role,
        title: item.title.clone(),
        description: item.description.clone(),
        shape: match &item.shape {
            bound::Shape::Object(members) => Shape::Struct(members.iter().map(field).collect()),
            bound::Shape::Enum(values) => Shape::Enum(values.iter().map(value).collect()),
        },
        is_open: item.is_open,
        usage: item.usage.clone(),
        is_recursive: false,
    }
}

fn value(item: &EnumItem) -> EnumValue {
    EnumValue {
        wire: item.wire.clone(),
        rust_name: item.rust_name.clone(),
        meaning: item.meaning.clone(),
    }
}

fn field(member: &Member) -> Field {
    Field {
        wire: member.name.clone(),
        rust_name: member.rust_name.clone(),
        label: member.label.clone(),
        type_: member.type_.clone(),
        time_format: member.time_format,
        travel: member.travel,
        required: member.required,
        description: member.description.clone(),
        limits: limits(member),
        example: example(member),
        default: member.default.as_ref().map(|default| default.value.clone()),
        known_names: member.known_names.clone(),
        is_deprecated: member.is_deprecated,
        is_asked_for: !member.required
            && member.elsewhere.as_ref().is_some_and(|said| said.required == Some(true)),
        is_boxed: false,
    }
}

/// The first example of a member. Bytes have none in JSON, and some stand for them in code.
fn example(member: &Member) -> Option<serde_json::Value> {
    match &member.type_ {
        Type::Bytes => Some("bytes".into()),
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Any
        | Type::JsonText(_) => member.examples.first().map(|example| example.value.clone()),
    }
}

/// The limits of a member with their sentences. Those of a list are those of its items, and those of
/// a map those of its values.
fn limits(member: &Member) -> Vec<Limit> {
    let value = if let Type::JsonText(inner) = &member.type_ { inner } else { &member.type_ };
    let name = code(member.label());
    let subject = match value {
        Type::List(_) => format!("each item of {name}"),
        Type::Map(_) => format!("each value of {name}"),
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::Named(_)
        | Type::Bytes
        | Type::Any
        | Type::JsonText(_) => name,
    };
    let limit = |check: &_| Limit::new(&subject, check);
    member.limits.iter().map(limit).collect()
}
