//! What is written of an exchange: nothing but what is known to be harmless.
//!
//! The type of the request says what it is of parameters and of an answer: members that it does not know are
//! left out, and those that it calls secrets are marked. Where no crate describes the operation, values
//! of parameters are marked, and of an answer there is no more than what an error would tell. Whatever
//! proves who calls is written nowhere, and is struck out of what the service repeats of it.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::action;
use super::parameters::Parameters;
use crate::envelope::Said;
use crate::meta::EnvelopeMembers;
use crate::redact::{MARK, Redactor};
use crate::response::without_mark;
use crate::transport::{HttpRequest, HttpResponse, TransportError, TransportErrorKind};
use crate::typed::Typed;

/// The headers of an answer that are kept. How long to wait is not among them.
const HEADERS: [&str; 2] = ["date", "x-acs-request-id"];

/// The headers of a request that prove who calls.
const PROOFS: [&str; 3] = ["authorization", "x-acs-bearer-token", "x-acs-security-token"];

/// What tells a call from another one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) action: String,
    version: String,
    parameters: Value,
}

impl Call {
    /// None for what is no call of an operation, such as a question for keys.
    pub(super) fn of(request: &HttpRequest, redactor: &Redactor) -> Option<Self> {
        let action = action(request)?.to_owned();
        let version = header(request, "x-acs-version").unwrap_or_default().to_owned();
        let parameters = match request.typed() {
            Some(typed) => struck(typed.parameters(), redactor),
            None => marked(&Parameters::of(request)),
        };
        Some(Self { action, version, parameters })
    }

    /// Reads what [`Exchange::line`] has written.
    pub(super) fn read(line: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| Some(line.get(name)?.as_str()?.to_owned());
        let parameters = line.get("parameters")?.clone();
        Some(Self { action: text("action")?, version: text("version")?, parameters })
    }
}

/// A call whose answer is waited for.
pub(super) struct Exchange {
    call: Call,
    typed: Option<Arc<dyn Typed>>,
    redactor: Redactor,
}

impl Exchange {
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let redactor = redactor(request);
        let call = Call::of(request, &redactor)?;
        Some(Self { call, typed: request.typed().cloned(), redactor })
    }

    /// The exchange as a line of a file.
    pub(super) fn line(&self, received: &Result<HttpResponse, TransportError>) -> String {
        let Call { action, version, parameters } = &self.call;
        let mut line = json!({ "action": action, "version": version, "parameters": parameters });
        if let Some(operation) = self.typed.as_ref().map(|typed| typed.operation()) {
            line["method"] = operation.method.as_str().into();
            line["path"] = operation.path.into();
        }
        match received {
            Ok(response) => {
                line["status"] = response.status().into();
                line["headers"] = self.headers(response);
                if let Some(answer) = self.answer(response) {
                    line["answer"] = struck(answer, &self.redactor);
                }
            }
            Err(error) => {
                line["failure"] = failure(error.kind()).into();
                line["permanent"] = error.is_permanent().into();
            }
        }
        format!("{line}\n")
    }

    fn headers(&self, response: &HttpResponse) -> Value {
        let found = HEADERS.iter().filter_map(|name| Some((*name, response.header(name)?)));
        let written =
            |(name, value): (&str, &str)| (name.to_owned(), self.redactor.whole(value).into());
        Value::Object(found.map(written).collect())
    }

    fn answer(&self, response: &HttpResponse) -> Option<Value> {
        if response.header("content-encoding").is_some_and(|encoding| encoding != "identity") {
            return None;
        }
        let is_success = (200..300).contains(&response.status());
        let typed = self.typed.as_ref().filter(|_| is_success && !response.is_cut());
        typed.and_then(|typed| typed.answer(response.body())).or_else(|| self.said(response))
    }

    /// How the call went, by the answer's own account.
    fn said(&self, response: &HttpResponse) -> Option<Value> {
        let body: Map<String, Value> =
            serde_json::from_slice(without_mark(response.body())).ok()?;
        let typed = self.typed.as_deref();
        let envelope = typed.map_or(&EnvelopeMembers::USUAL, |typed| typed.operation().envelope);
        let said = Said::of(envelope);
        let is_secret = |name: &str| typed.is_some_and(|typed| typed.may_hold_secret(name));
        let is_kept = |name: &str, value: &Value| {
            let is_scalar = match value {
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
                Value::Array(_) | Value::Object(_) => false,
            };
            is_scalar && said.knows(name) && !is_secret(name)
        };
        let kept = body.into_iter().filter(|(name, value)| is_kept(name, value));
        Some(Value::Object(kept.collect()))
    }
}

/// What strikes out all that nobody may see: of a request, and of what proves who calls.
pub(super) fn redactor(request: &HttpRequest) -> Redactor {
    let of_request = match request.typed() {
        Some(typed) => typed.redactor(),
        None => {
            let parameters = Parameters::of(request);
            Redactor::of([], None).and(parameters.iter().map(|(_, value)| value))
        }
    };
    let proofs = PROOFS.iter().filter_map(|name| header(request, name));
    // A service that repeats a part of it repeats a key or a signature.
    let parts = proofs.flat_map(|proof| {
        let parts = proof.split([' ', ',']).filter_map(|part| part.split_once('='));
        let parts = parts.filter(|(name, _)| *name != "SignedHeaders").map(|(_, value)| value);
        [proof].into_iter().chain(parts)
    });
    of_request.and(parts).and(request.beside().values())
}

fn header<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request.expose_headers().find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// Parameters that nobody knows, by their names.
fn marked(parameters: &Parameters) -> Value {
    parameters.iter().map(|(name, _)| (name.to_owned(), Value::from(MARK))).collect()
}

/// The value with every text, and every name that a service may have chosen, without secrets.
fn struck(value: Value, redactor: &Redactor) -> Value {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
        Value::String(text) => redactor.whole(&text).into(),
        Value::Array(items) => items.into_iter().map(|item| struck(item, redactor)).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, value)| (redactor.whole(&name), struck(value, redactor))).collect()
        }
    }
}

/// The names of failures in files.
pub(super) fn failure(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "connect",
        TransportErrorKind::NoResponse => "no response",
        TransportErrorKind::Incomplete => "incomplete",
    }
}
