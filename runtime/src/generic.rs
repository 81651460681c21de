//! A call of an operation that no crate describes: its name, and its parameters by theirs.
//!
//! Knows no operation, and nothing of what an answer holds but how services say that a call failed.

use std::borrow::Cow;
use std::time::Duration;

use secrecy::SecretString;
use tracing::Instrument as _;

use crate::answer;
use crate::attempt::{Outgoing, attempts};
use crate::call;
use crate::credentials::Credentials;
use crate::encoded::Encoded;
use crate::error::Error;
use crate::field::Value;
use crate::meta::{Access, Answer, EnvelopeMembers, Method, OperationMeta, Security};
use crate::observer::Watch;
use crate::query::Pairs;
use crate::redact::Redactor;
use crate::session::Shared;
use crate::transport::{HttpResponse, Received};
use crate::travel::Encoding;

/// A request of the RPC style, for an operation that only reads and whose answer holds secrets.
pub(crate) struct Generic {
    operation: OperationMeta,
    query: Vec<(Cow<'static, str>, String)>,
    /// They travel in a form, where fewer look than at a URL.
    secrets: Vec<(Cow<'static, str>, SecretString)>,
}

impl Generic {
    pub(crate) fn new(action: &'static str, version: &'static str, security: Security) -> Self {
        let operation = OperationMeta {
            action,
            version,
            envelope: &EnvelopeMembers::USUAL,
            answer: Answer::Object,
            method: Method::Post,
            path: "/",
            ram_action: None,
            access: Access::Read,
            security,
            idempotency_parameter: None,
        };
        Self { operation, query: Vec::new(), secrets: Vec::new() }
    }

    /// Adds a parameter.
    pub(crate) fn query(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Adds a parameter that nobody may see.
    pub(crate) fn secret(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<SecretString>,
    ) -> Self {
        self.secrets.push((name.into(), value.into()));
        self
    }

    /// Makes the call; the answer is one of success.
    pub(crate) async fn send(
        &self,
        client: &Shared,
        timeout: Duration,
    ) -> Result<HttpResponse, Error> {
        let watch = Watch::new(client, self.operation.action);
        let result = self.make(client, timeout, &watch).await;
        watch.end(result.as_ref().err());
        result
    }

    async fn make(
        &self,
        client: &Shared,
        timeout: Duration,
        watch: &Watch<'_>,
    ) -> Result<HttpResponse, Error> {
        let outgoing = Outgoing::of(client, self.operation, self.encoded())?;
        let mut answer = None;
        let mut read = |received: Received, credentials: Option<&Credentials>| {
            let secrets = || self.secrets.iter().map(|(_, secret)| secret);
            let redactor = || Redactor::of(secrets(), credentials).beside_secrets(true);
            answer = Some(answer::success(received, &self.operation, &redactor)?);
            Ok(())
        };
        let span = call::span(client, &self.operation);
        attempts(client, &outgoing, timeout, watch, &mut read).instrument(span).await?;
        Ok(answer.expect("the attempts end with an answer that was read, or with an error"))
    }

    fn encoded(&self) -> Encoded {
        let mut query = Pairs::with_room(self.query.len(), 256);
        for (name, value) in &self.query {
            query.add(name.clone(), Value::Text(value), Encoding::Indexed);
        }
        let form = (!self.secrets.is_empty()).then(|| {
            let mut form = Pairs::with_room(self.secrets.len(), 0);
            for (name, value) in &self.secrets {
                form.add(name.clone(), Value::Secret(value), Encoding::Indexed);
            }
            form
        });
        Encoded::of_parameters(query, form)
    }
}
