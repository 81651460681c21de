//! The file of an operation.

use super::Blueprint;
use super::imports;
use super::pages::Pages;
use super::received_struct::ReceivedStruct;
use super::request_docs::{PointedDocs, RequestDocs};
use super::sent_struct::SentStruct;
use super::validator::Validator;
use super::when::When;
use crate::model::security::Security;
use crate::model::{Access, Envelope, OperationId};
use crate::naming::Name;
use crate::travel::{Answer, Method};

/// All that stands in the file of an operation.
#[derive(Debug)]
pub(crate) struct OperationFile<'m> {
    /// The shared types that it names.
    pub(crate) imports: Vec<&'m Name>,
    pub(crate) request: Request<'m>,
    pub(crate) validator: Validator<'m>,
    pub(crate) when: Option<When<'m>>,
    pub(crate) response: Response<'m>,
    /// Where the answer says how a call went, when it does not as the service's others do.
    pub(crate) envelope: Option<&'m Envelope>,
    pub(crate) callable: Callable<'m>,
    pub(crate) pages: Option<Pages<'m>>,
}

/// The request.
#[derive(Debug)]
pub(crate) struct Request<'m> {
    pub(crate) docs: RequestDocs<'m>,
    /// What else a search in the docs finds it by: the action, where its name does not start so.
    pub(crate) alias: Option<&'m str>,
    pub(crate) structure: SentStruct<'m>,
}

/// The response.
#[derive(Debug)]
pub(crate) struct Response<'m> {
    pub(crate) request: &'m Name,
    pub(crate) description: Option<&'m str>,
    pub(crate) structure: ReceivedStruct<'m>,
    pub(crate) answer: Answer,
}

/// What makes a request callable.
#[derive(Debug)]
pub(crate) struct Callable<'m> {
    pub(crate) method: &'m Name,
    pub(crate) request: &'m Name,
    pub(crate) context: Option<&'m Name>,
    pub(crate) response: &'m Name,
    pub(crate) summary: &'m str,
    /// What people use instead, where they had better not use it.
    pub(crate) deprecation: Option<Vec<PointedDocs<'m>>>,
    pub(crate) action: &'m str,
    pub(crate) version: &'m str,
    pub(crate) answer: Answer,
    pub(crate) http_method: Method,
    /// The path of a call, with its parameters in braces.
    pub(crate) url_path: &'m str,
    pub(crate) ram_action: Option<&'m str>,
    pub(crate) access: Access,
    pub(crate) security: &'m Security,
    /// What the parameter that makes repeating a request safe is called.
    pub(crate) idempotency_parameter: Option<&'m str>,
}

impl<'m> OperationFile<'m> {
    pub(super) fn of(blueprint: &Blueprint<'m>, id: OperationId) -> Self {
        let findings = blueprint.findings;
        let operation = findings.api.operation(id);
        let ident = |id| &findings.names.type_(id).ident;
        let request = ident(operation.request);
        let response = ident(operation.response);
        let action = operation.id.value.as_str();
        Self {
            imports: imports::of_operation(findings, operation),
            request: Request {
                docs: RequestDocs::of(findings, id),
                alias: (!request.plain().starts_with(action)).then_some(action),
                structure: SentStruct::of(blueprint, operation.request),
            },
            validator: Validator::of(blueprint, operation.request, operation.context),
            when: When::of(findings, id),
            response: Response {
                request,
                description: findings.api.type_(operation.response).description.as_deref(),
                structure: ReceivedStruct::of_answer(blueprint, operation),
                answer: operation.answer,
            },
            envelope: operation.envelope.as_ref(),
            callable: Callable {
                method: &findings.names.operation(id).method,
                request,
                context: operation.context.map(ident),
                response,
                summary: &operation.summary,
                deprecation: PointedDocs::instead_of(findings, operation),
                action,
                version: &findings.api.version,
                ram_action: operation.ram.as_ref().map(|ram| ram.action.as_str()),
                answer: operation.answer,
                http_method: operation.method,
                url_path: &operation.url,
                access: operation.access,
                security: &operation.security,
                idempotency_parameter: operation.idempotency_parameter.as_deref(),
            },
            pages: Pages::of(findings, operation),
        }
    }
}
