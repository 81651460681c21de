//! Operations: what they send and receive, what rules may name besides, and what repeating one means.

use super::references::Resolved;
use super::{
    envelope, pagination, path, pointers, request, requirements, response, security, wait,
};
use crate::bound::{EnumItem, Member, Operation, Shape, TypeItem, Types};
use crate::diagnostic::{Code, Sink};
use crate::dialect::Place;
use crate::model::security::Security;
use crate::model::{Access, OperationId, Role, TypeId, Usage};
use crate::read::operation::OperationItem;
use crate::read::schema::Schema;
use crate::source::{FileId, Spanned};
use crate::travel::{Answer, Style};

/// Binds an operation, what it sends and what it receives. The types of schema files come first, then
/// for each operation these two. `security` is what counts where it says nothing itself.
pub(super) fn bind(
    resolved: &Resolved,
    shared: &Types,
    security: &Security,
    id: OperationId,
    file: FileId,
    item: &OperationItem,
    sink: &mut Sink,
) -> (Operation, TypeItem, TypeItem) {
    request::check(&item.request, sink);
    response::check(&item.response, sink);
    let files = resolved.files_of(file, item);
    let called = item.rust_name.as_ref().unwrap_or(&item.id);
    let body = |suffix: &str, role: Role, description: Option<String>, members| TypeItem {
        name: Spanned { value: format!("{}{suffix}", called.value), origin: called.origin },
        rust_name: None,
        path: item.path.clone(),
        role,
        title: None,
        description,
        shape: Shape::Object(members),
        is_open: false,
        usage: Usage::default(),
        files: files.clone(),
        requirements: None,
    };
    let described = |schema: &Schema| schema.description.as_ref().map(|text| text.value.clone());
    let description = match item.request.parts.as_slice() {
        [part] => described(&part.schema),
        _ => None,
    };
    let security = match &item.security {
        Some(item) => security::bind(&resolved.document, item, sink),
        None => security.clone(),
    };
    let parameters = request::members(resolved, &item.request, &security, sink);
    let mut sent = body("Request", Role::Request(id), description, parameters);
    let elements = response::members(resolved, &item.response, sink);
    let description = match item.response.answer {
        Answer::Object => described(&item.response.schema),
        // It is the field's.
        Answer::Whole(_) | Answer::Nothing => None,
    };
    let received = body("Response", Role::Response(id), description, elements);
    let first = shared.0.len() + 2 * id.0;
    let ids = (TypeId(first), TypeId(first + 1));
    let answer = item.response.answer;
    let own = Own { shared, answer, sent: (ids.0, &sent), received: (ids.1, &received) };
    let token = request::idempotency_parameter(&item.request, sink);
    let pagination = item.pagination.as_ref();
    let pagination =
        pagination.and_then(|item| pagination::bind(&own, item, token.as_deref(), sink));
    let access = access(item, sink);
    let waits = wait::bind(&own, &item.waits, access, token.as_deref(), sink);
    let context = context(resolved, item, &own, sink);
    let url = match (resolved.document.style, &item.url) {
        (Style::Roa, Some(url)) => {
            path::check(url, &item.request, sink);
            url.value.clone()
        }
        // Which has been reported.
        (Style::Roa, None) => "/".to_owned(),
        (Style::Rpc, _) => {
            path::check_rpc(&item.request, sink);
            "/".to_owned()
        }
    };
    if let Some(whole) = &item.request.whole_path {
        let template = item.url.as_ref().filter(|_| resolved.document.style == Style::Roa);
        path::check_whole(template, whole, sent.members(), sink);
    }
    let operation = Operation {
        id: item.id.clone(),
        rust_name: item.rust_name.clone(),
        path: item.path.clone(),
        method: item.method.value,
        url,
        summary: item.summary.value.clone(),
        description: item.description.as_ref().map(|text| text.value.clone()),
        document: item.document.clone(),
        deprecation: pointers::deprecation(resolved, item, sink),
        progress: pointers::progress(resolved, item, sink),
        access,
        envelope: envelope::of_operation(item, received.members(), shared, sink),
        security,
        ram: item.ram.clone(),
        errors: item.errors.clone(),
        request: ids.0,
        response: ids.1,
        context,
        idempotency_parameter: token,
        pagination,
        waits,
        answer,
        response_example: item.response.example.clone(),
    };
    sent.requirements =
        requirements::of_request(resolved, shared, file, &item.request, &sent, context, sink);
    (operation, sent, received)
}

/// The types of an operation, beside those that it shares.
#[derive(Clone, Copy)]
pub(super) struct Own<'t> {
    shared: &'t Types,
    pub(super) answer: Answer,
    pub(super) sent: (TypeId, &'t TypeItem),
    pub(super) received: (TypeId, &'t TypeItem),
}

impl<'t> Own<'t> {
    /// The members of an object; none of an enum.
    pub(super) fn members(self, id: TypeId) -> &'t [Member] {
        let mut own = [self.sent, self.received].into_iter();
        match own.find(|(own, _)| *own == id) {
            Some((_, item)) => item.members(),
            None => self.shared.members(id),
        }
    }

    /// The values of an enum; nothing for an object.
    pub(super) fn values(self, id: TypeId) -> Option<&'t [EnumItem]> {
        let mut own = [self.sent, self.received].into_iter();
        if own.any(|(own, _)| own == id) { None } else { self.shared.values(id) }
    }

    /// Whether it is an enum that may have other values, too.
    pub(super) fn is_open(self, id: TypeId) -> bool {
        self.values(id).is_some() && self.shared.item(id).is_open
    }
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

pub(super) fn object_only(schema: &Schema, what: &str, sink: &mut Sink) {
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
    own: &Own<'_>,
    sink: &mut Sink,
) -> Option<TypeId> {
    let root = item.request.root()?;
    let schema = root.rules().context.as_deref()?;
    if schema.reference.is_some() {
        schema.check_keywords(Place::Facts, "`x-context`", sink);
    }
    let Some(reference) = &schema.reference else {
        let origin = root.keyword("x-context")?;
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
    if let Shape::Enum(_) = own.shared.item(id).shape {
        sink.error(Code::InvalidRef, reference.origin, "a context is an object, not an enum");
        return None;
    }
    for member in own.shared.members(id) {
        let mut parameters = own.sent.1.members().iter();
        if let Some(twin) = parameters.find(|twin| twin.label() == member.name.value) {
            let name = twin.label();
            let message = format!("`{name}` is a parameter of the request and of its context");
            sink.error(Code::NameCollision, twin.name.origin, message);
        }
        if member.required {
            let message = format!("`{}` cannot be required in a context", member.name.value);
            sink.error(Code::InvalidValue, member.name.origin, message);
        }
    }
    Some(id)
}
