//! Documents → model: the one place where types are mapped.
//!
//! Knows no identifiers: names stay as the wire has them. Rules between parameters are left to
//! `rules`.

mod envelope;
pub(crate) mod example;
mod field;
pub(crate) mod limits;
mod named;
mod pagination;
mod pattern;
pub(crate) mod usual;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Sink};
use crate::dialect::{Place, Side};
use crate::load::document::{Document, OperationItem, Server};
use crate::load::schema::Schema;
use crate::model::{
    Access, Api, Endpoint, Field, Method, Network, Operation, OperationId, Role, Shape, Type,
    TypeDef, TypeId, Usage,
};
use crate::resolve::Resolved;
use crate::source::{Spanned, Specs};

/// Maps everything but the rules.
pub(crate) fn lower(specs: &Specs, resolved: &Resolved, sink: &mut Sink) -> Api {
    let document = &resolved.document;
    let mut api = Api {
        folder: specs.folder().to_owned(),
        title: document.title.value.clone(),
        product: document.product.clone(),
        package: document.package.clone(),
        version: document.version.value.clone(),
        description: document.description.as_ref().map(|text| text.value.clone()),
        endpoints: document.servers.iter().filter_map(|server| endpoint(server, sink)).collect(),
        operations: Vec::new(),
        types: sink.each(resolved.types(), |schema, sink| named::lower(resolved, schema, sink)),
    };
    let bodies = sink.each(&resolved.operations, |(_, item), sink| bodies(resolved, item, sink));
    for ((_, item), bodies) in resolved.operations.iter().zip(bodies) {
        lower_operation(resolved, item, bodies, &mut api, sink);
    }
    report_repeated_regions(document, sink);
    report_omitted(resolved, sink);
    for id in api.operation_ids() {
        mark_usage(&mut api, id);
    }
    report_mixed_usage(&api, sink);
    report_unchecked_rules(resolved, &api, sink);
    example::check(resolved, &api, sink);
    api
}

fn endpoint(server: &Server, sink: &mut Sink) -> Option<Endpoint> {
    let host = server.url.value.strip_prefix("https://").filter(|host| {
        let (name, port) = host.split_once(':').unwrap_or((host, "443"));
        let allowed = |found: char| found.is_ascii_alphanumeric() || found == '-';
        let is_label = |label: &str| !label.is_empty() && label.chars().all(allowed);
        name.split('.').all(is_label) && port.parse::<u16>().is_ok()
    });
    if host.is_none() {
        sink.error_with_help(
            Code::InvalidValue,
            server.url.origin,
            "a server is `https://` and a host",
            "write `https://<host>`, without a path",
        );
    }
    let network = match &server.network {
        None => Some(Network::Public),
        Some(network) => match network.value.as_str() {
            "public" => Some(Network::Public),
            "vpc" => Some(Network::Vpc),
            other => {
                let message = format!("`{other}` is not a network");
                let help = "write `public` or `vpc`";
                sink.error_with_help(Code::InvalidValue, network.origin, message, help);
                None
            }
        },
    };
    let regions: Vec<String> = server.regions.iter().map(|region| region.value.clone()).collect();
    Some(Endpoint { host: host?.to_owned(), network: network?, regions })
}

/// A region has one host in each network.
fn report_repeated_regions(document: &Document, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for server in &document.servers {
        let network = server.network.as_ref().map_or("public", |network| network.value.as_str());
        for region in &server.regions {
            if !seen.insert((network, &region.value)) {
                let message =
                    format!("`{}` has a host in the network `{network}` already", region.value);
                sink.error(Code::InvalidValue, region.origin, message);
            }
        }
    }
}

/// What was left out on purpose comes back only by a decision.
fn report_omitted(resolved: &Resolved, sink: &mut Sink) {
    let operations = resolved.operations.iter();
    let whole = operations.flat_map(|(_, item)| [&item.request, &item.response.schema]);
    let shared = resolved.types().iter().map(|named| &named.schema);
    for property in whole.chain(shared).flat_map(|schema| &schema.properties) {
        let mut omitted = resolved.document.omitted.iter();
        let Some(omitted) = omitted.find(|omitted| omitted.name == property.name.value) else {
            continue;
        };
        let message = format!("`{}` was left out on purpose: {}", omitted.name, omitted.note);
        let help = "delete it here, or in `x-omitted-parameters` of `openapi.json`";
        sink.error_with_help(Code::InvalidName, property.name.origin, message, help);
    }
}

/// What an operation sends and receives.
struct Bodies {
    request: Vec<Field>,
    response: Vec<Field>,
}

fn bodies(resolved: &Resolved, item: &OperationItem, sink: &mut Sink) -> Bodies {
    let (request, response) = (&item.request, &item.response.schema);
    object_only(request, "request", sink);
    request.check_keywords(Place::Request, "a request", sink);
    object_only(response, "response", sink);
    response.check_keywords(Place::Response, "a response", sink);
    Bodies {
        request: field::lower_all(resolved, request, Side::Request, sink),
        response: field::lower_all(resolved, response, Side::Response, sink),
    }
}

fn lower_operation(
    resolved: &Resolved,
    item: &OperationItem,
    bodies: Bodies,
    api: &mut Api,
    sink: &mut Sink,
) {
    let operation = OperationId(api.operations.len());
    let path = item.path.clone();
    let mut add = |suffix: &str, role: Role, schema: &Schema, fields: Vec<Field>| {
        let name = format!("{}{suffix}", item.id.value);
        api.types.push(TypeDef {
            name: Spanned { value: name, origin: item.id.origin },
            path: path.clone(),
            role,
            title: None,
            description: schema.description.as_ref().map(|text| text.value.clone()),
            shape: Shape::Struct(fields),
            usage: Usage::default(),
        });
        TypeId(api.types.len() - 1)
    };
    let request = add("Request", Role::Request(operation), &item.request, bodies.request);
    let response = &item.response.schema;
    let response = add("Response", Role::Response(operation), response, bodies.response);
    let token = idempotency_parameter(&item.request, sink);
    let pagination = item.pagination.as_ref();
    let pagination = pagination.and_then(|item| {
        pagination::require_optional(api, request, token.as_deref(), sink);
        pagination::lower(api, request, response, item, sink)
    });
    api.operations.push(Operation {
        id: item.id.clone(),
        path,
        summary: item.summary.value.clone(),
        description: item.description.as_ref().map(|text| text.value.clone()),
        document: item.document.clone(),
        // The keys of `paths` are an index: all calls travel alike.
        method: Method::Post,
        url_path: "/".to_owned(),
        access: access(item, sink),
        ram: item.ram.clone(),
        errors: item.errors.clone(),
        request,
        response,
        context: context(resolved, item, api, sink),
        idempotency_parameter: token,
        envelope: envelope::parts(api.fields(response)),
        pagination,
    });
}

/// What the operation does to the service; writing, unless it is said to read.
fn access(item: &OperationItem, sink: &mut Sink) -> Access {
    match &item.access {
        None => Access::Write,
        Some(access) => match access.value.as_str() {
            "read" => Access::Read,
            "write" => Access::Write,
            other => {
                let message = format!("{} is no kind of access", crate::english::code(other));
                let help = "write `read` or `write`";
                sink.error_with_help(Code::InvalidValue, access.origin, message, help);
                Access::Write
            }
        },
    }
}

fn object_only(schema: &Schema, what: &str, sink: &mut Sink) {
    match &schema.type_ {
        Some(type_) if type_.value == "object" => {}
        Some(type_) => {
            let message = format!("a {what} is an object");
            sink.error_with_help(Code::UnknownType, type_.origin, message, "write `object`");
        }
        None => {
            let is_there = schema.keyword("type").is_some();
            if let Some(origin) = schema.origin.filter(|_| !is_there) {
                let message = format!("the schema of a {what} has no `type`");
                sink.error_with_help(
                    Code::MissingKey,
                    origin,
                    message,
                    "add `\"type\": \"object\"`",
                );
            }
        }
    }
}

/// The struct that `x-context` names; its members must not be the request's.
fn context(
    resolved: &Resolved,
    item: &OperationItem,
    api: &Api,
    sink: &mut Sink,
) -> Option<TypeId> {
    let schema = item.request.rules().context.as_deref()?;
    if schema.reference.is_some() {
        schema.check_keywords(Place::Facts, "`x-context`", sink);
    }
    let Some(reference) = &schema.reference else {
        let origin = item.request.keyword("x-context")?;
        let help = "write `{ \"$ref\": \"../schemas/<Name>.json\" }`";
        sink.error_with_help(Code::InvalidRef, origin, "a context is a `$ref`", help);
        return None;
    };
    if reference.value.starts_with('#') {
        let message = "a context cannot be a part of a file";
        let help = "move the schema into `schemas/<Name>.json`";
        sink.error_with_help(Code::InvalidRef, reference.origin, message, help);
        return None;
    }
    if resolved.target(reference).is_some_and(|id| resolved.is_scalar(id)) {
        sink.error(Code::InvalidRef, reference.origin, "a context is an object, not a scalar");
    }
    let id = TypeId(resolved.type_(reference)?.0);
    if let Shape::Enum(_) = api.type_(id).shape {
        sink.error(Code::InvalidRef, reference.origin, "a context is an object, not an enum");
        return None;
    }
    for field in api.fields(id) {
        if let Some(twin) =
            item.request.properties.iter().find(|property| property.name.value == field.wire.value)
        {
            let name = &twin.name.value;
            let message = format!("`{name}` is a parameter of the request and of its context");
            sink.error(Code::NameCollision, twin.name.origin, message);
        }
        if field.required {
            let message = format!("`{}` cannot be required in a context", field.wire.value);
            sink.error(Code::InvalidValue, field.wire.origin, message);
        }
    }
    Some(id)
}

fn idempotency_parameter(request: &Schema, sink: &mut Sink) -> Option<String> {
    let mut found: Option<String> = None;
    for property in &request.properties {
        let Some(mark) = &property.schema.idempotency_token else { continue };
        if !mark.value {
            let message = "only `true` says something here";
            sink.error_with_help(Code::InvalidValue, mark.origin, message, "leave the key out");
        } else if let Some(first) = &found {
            let message = format!("`{first}` is this request's idempotency token already");
            sink.error(Code::InvalidValue, mark.origin, message);
        } else if !has_room_for_uuid(&property.schema) {
            let message = "an idempotency token has room for a UUID, which calls make up";
            let help = "write a `maxLength` of at least 36";
            sink.error_with_help(Code::InvalidValue, mark.origin, message, help);
        } else {
            found = Some(property.name.value.clone());
        }
    }
    found
}

fn has_room_for_uuid(schema: &Schema) -> bool {
    schema.limits().max_length.as_ref().is_none_or(|length| length.value >= 36)
}

/// Marks every type that an operation reaches, by the way it is reached.
fn mark_usage(api: &mut Api, id: OperationId) {
    let operation = api.operation(id);
    let starts = [
        (Some(operation.request), Way::Request),
        (Some(operation.response), Way::Response),
        (operation.context, Way::Context),
    ];
    for (start, way) in starts {
        let mut open: Vec<TypeId> = start.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            open.extend(api.fields(next).iter().filter_map(|field| field.type_.named()));
            let usage = &mut api.types[next.0].usage;
            usage.operations.insert(id);
            match way {
                Way::Request => usage.in_requests = true,
                Way::Response => usage.in_responses = true,
                Way::Context => usage.as_context = true,
            }
        }
    }
}

/// What is sent is strict and what is received is tolerant; one struct cannot be both.
fn report_mixed_usage(api: &Api, sink: &mut Sink) {
    for type_ in api.types.iter().filter(|type_| type_.usage.in_responses) {
        let Shape::Struct(fields) = &type_.shape else { continue };
        if type_.usage.in_requests || type_.usage.as_context {
            let message = format!("`{}` is used in responses and elsewhere", type_.name.value);
            let help = "write a schema of its own for the response";
            sink.error_with_help(Code::InvalidRef, type_.name.origin, message, help);
        }
        for field in fields.iter().filter(|field| matches!(field.type_, Type::JsonText(_))) {
            let message = format!("JSON text in a response has no code: `{}`", field.wire.value);
            let help = "leave `contentMediaType` and `contentSchema` out, and say in the `description` \
                        what the text holds";
            sink.error_with_help(Code::UnknownType, field.wire.origin, message, help);
        }
    }
}

/// What is received is not checked, and facts are taken as they are: rules have no effect there.
fn report_unchecked_rules(resolved: &Resolved, api: &Api, sink: &mut Sink) {
    for (type_, named) in api.types.iter().zip(resolved.types()) {
        let place = if type_.usage.in_responses {
            "an object that is received"
        } else if type_.usage.as_context {
            "a context"
        } else {
            continue;
        };
        if let Shape::Struct(_) = type_.shape {
            named.schema.check_keywords(Place::UncheckedObject, place, sink);
            let properties = named.schema.properties.iter();
            properties.for_each(|property| report_value_rules(&property.schema, place, sink));
        }
    }
}

fn report_value_rules(schema: &Schema, place: &str, sink: &mut Sink) {
    schema.check_keywords(Place::UncheckedValue, place, sink);
    if let Some(items) = &schema.items {
        report_value_rules(items, place, sink);
    }
}

#[derive(Clone, Copy)]
enum Way {
    Request,
    Response,
    Context,
}
