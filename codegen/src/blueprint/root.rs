//! The crate's root, its two index modules, and the docs of its client.

use super::front::Front;
use crate::findings::Findings;
use crate::model::{Role, Type, TypeId};
use crate::naming::Name;

/// `src/lib.rs`
#[derive(Debug)]
pub(crate) struct Library<'m> {
    pub(crate) title: &'m str,
    pub(crate) version: &'m str,
    pub(crate) description: Option<&'m str>,
    pub(crate) front: Front<'m>,
    /// Whether any field is deprecated, which the crate itself writes and reads.
    pub(crate) has_deprecated: bool,
    /// Whether callers meet bytes.
    pub(crate) has_bytes: bool,
}

/// `src/client.rs`
#[derive(Debug)]
pub(crate) struct Client<'m> {
    pub(crate) title: &'m str,
    pub(crate) krate: String,
    /// A region that there is, for the example.
    pub(crate) region: Option<&'m str>,
}

/// A line of `src/operations.rs`.
#[derive(Debug)]
pub(crate) struct OperationModule<'m> {
    pub(crate) module: &'m Name,
    pub(crate) feature: &'m str,
    pub(crate) action: &'m str,
    pub(crate) request: &'m Name,
    pub(crate) response: &'m Name,
}

/// A line of `src/types.rs`.
#[derive(Debug)]
pub(crate) struct TypeModule<'m> {
    pub(crate) module: &'m Name,
    pub(crate) ident: &'m Name,
    /// Those of the operations that use it, any of which compiles it.
    pub(crate) features: Vec<&'m str>,
}

impl<'m> Library<'m> {
    pub(super) fn of(findings: &'m Findings) -> Self {
        let api = &findings.api;
        let fields = || api.type_ids().flat_map(|id| api.fields(id));
        Self {
            title: &api.title,
            version: &api.version,
            description: api.description.as_deref(),
            front: Front::of(findings),
            has_deprecated: fields().any(|field| field.is_deprecated),
            has_bytes: fields().any(|field| field.type_ == Type::Bytes),
        }
    }
}

impl<'m> Client<'m> {
    pub(super) fn of(findings: &'m Findings) -> Self {
        let mut endpoints = findings.api.endpoints.iter();
        Self {
            title: &findings.api.title,
            krate: findings.names.krate(),
            region: endpoints.find_map(|endpoint| endpoint.regions.first()).map(String::as_str),
        }
    }
}

/// The modules of operations, in their order.
pub(super) fn operations(findings: &Findings) -> Vec<OperationModule<'_>> {
    let module = |id| {
        let operation = findings.api.operation(id);
        let names = findings.names.operation(id);
        OperationModule {
            module: &names.module,
            feature: &names.feature,
            action: &operation.id.value,
            request: &findings.names.type_(operation.request).ident,
            response: &findings.names.type_(operation.response).ident,
        }
    };
    findings.api.operation_ids().map(module).collect()
}

/// The modules of shared types, in their order.
pub(super) fn types(findings: &Findings) -> Vec<TypeModule<'_>> {
    let module = |id| {
        let names = findings.names.type_(id);
        let operations = findings.api.type_(id).usage.operations.iter();
        let feature = |id| findings.names.operation(id).feature.as_str();
        TypeModule {
            module: &names.module,
            ident: &names.ident,
            features: operations.copied().map(feature).collect(),
        }
    };
    shared_types(findings).map(module).collect()
}

/// The types that have files of their own.
pub(super) fn shared_types(findings: &Findings) -> impl Iterator<Item = TypeId> {
    findings.api.type_ids().filter(|id| findings.api.type_(*id).role == Role::Shared)
}
