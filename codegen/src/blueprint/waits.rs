//! What callers wait for by asking an operation again and again.

use super::request_docs::PointedDocs;
use crate::findings::Findings;
use crate::model::{OperationId, Step, Take, WaitTest};
use crate::naming::Name;

/// All that an operation tells of.
#[derive(Debug)]
pub(crate) struct Waits<'m> {
    pub(crate) krate: String,
    pub(crate) action: &'m str,
    pub(crate) request: &'m Name,
    /// The field that makes repeating a request safe.
    pub(crate) idempotency_token: Option<&'m Name>,
    /// What people use instead, where they had better not use the operation.
    pub(crate) deprecation: Option<Vec<PointedDocs<'m>>>,
    pub(crate) waits: Vec<Wait<'m>>,
    /// Whether an answer is a page of a list.
    pub(crate) has_pages: bool,
}

/// Something that is waited for. Members stand by their names on the wire.
#[derive(Debug)]
pub(crate) struct Wait<'m> {
    pub(crate) method: &'m Name,
    pub(crate) name: &'m str,
    pub(crate) description: &'m str,
    pub(crate) items: Option<(Take, Vec<&'m str>)>,
    pub(crate) success: Vec<Test<'m>>,
    pub(crate) failure: Vec<Test<'m>>,
    /// Seconds.
    pub(crate) pause: u32,
    pub(crate) timeout: u32,
}

/// A test of a member, which holds with these values or, without any, when it is given.
#[derive(Debug)]
pub(crate) struct Test<'m> {
    pub(crate) path: Vec<&'m str>,
    pub(crate) values: &'m [String],
}

impl<'m> Waits<'m> {
    /// None when there is nothing to wait for.
    pub(super) fn of(findings: &'m Findings, id: OperationId) -> Option<Self> {
        let operation = findings.api.operation(id);
        if operation.waits.is_empty() {
            return None;
        }
        let names = findings.names.type_(operation.request);
        let fields = findings.api.fields(operation.request);
        let once = operation.idempotency_parameter.as_deref();
        let once = once.and_then(|name| fields.iter().position(|field| field.label() == name));
        let member = |step: &Step| findings.api.fields(step.owner)[step.member].wire.value.as_str();
        let path = |steps: &[Step]| steps.iter().map(member).collect::<Vec<&str>>();
        let tests = |tests: &'m [WaitTest]| {
            let test = |test: &'m WaitTest| Test { path: path(&test.way), values: &test.values };
            tests.iter().map(test).collect()
        };
        let methods = &findings.names.operation(id).waits;
        let waits = operation.waits.iter().zip(methods).map(|(wait, method)| Wait {
            method,
            name: &wait.name.value,
            description: &wait.description,
            items: wait.items.as_ref().map(|(take, steps)| (*take, path(steps))),
            success: tests(&wait.success),
            failure: tests(&wait.failure),
            pause: wait.pause,
            timeout: wait.timeout,
        });
        Some(Self {
            krate: findings.names.krate(),
            action: &operation.id.value,
            request: &names.ident,
            idempotency_token: once.map(|position| &names.members[position]),
            deprecation: PointedDocs::instead_of(findings, operation),
            waits: waits.collect(),
            has_pages: operation.pagination.is_some(),
        })
    }
}
