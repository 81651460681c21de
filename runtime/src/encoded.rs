//! Requests as they travel, without their hosts and signatures.
//!
//! Knows neither hosts nor signatures.

use std::fmt;

use zeroize::Zeroizing;

use crate::beside::Beside;
use crate::body::Body;
use crate::field::Fields;
use crate::meta::{Method, OperationFacts};
use crate::path::path;
use crate::places::{self, Named, Places};
use crate::query::Query;
use crate::validation::Violation;

/// A request without its host, encoded once for all attempts.
///
/// It carries passwords, so `Debug` shows the names of parameters only.
#[derive(Clone)]
pub struct Encoded {
    path: Zeroizing<String>,
    query: Query,
    headers: Vec<Named>,
    /// What callers add.
    beside: Beside,
    body: Body,
    has_token: bool,
    /// Whether the body is a JSON object, some of whose members may be given.
    takes_members: bool,
}

impl Encoded {
    /// Encodes every given field of a request, and `token` as the idempotency token when the request
    /// can have one and has none.
    pub fn new(operation: &OperationFacts<'_>, request: &impl Fields, token: Option<&str>) -> Self {
        let mut places = Places::of(request, operation.idempotency_parameter, token);
        Self {
            path: match places.whole_path.take() {
                Some(path) => path,
                None => path(operation.path, &places.path),
            },
            body: places.take_body(),
            query: places.query.finish(),
            headers: places.headers,
            beside: Beside::default(),
            has_token: places.has_token,
            takes_members: places.takes_members,
        }
    }

    /// A request that has nothing but a path, escaped, and a body.
    pub(crate) fn of(path: &str, body: Body) -> Self {
        Self {
            path: Zeroizing::new(path.to_owned()),
            body,
            query: Query::none(),
            headers: Vec::new(),
            beside: Beside::default(),
            has_token: false,
            takes_members: false,
        }
    }

    /// The same with headers and parameters that its operation does not have.
    pub(crate) fn with(self, beside: &Beside) -> Result<Self, Vec<Violation>> {
        let violations = beside.check(&self);
        if !violations.is_empty() {
            return Err(violations);
        }
        let query = self.query.and(beside.pairs().finish());
        Ok(Self { query, beside: beside.clone(), ..self })
    }

    /// Whether the query or the form has a parameter of that name.
    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        self.query.has(name) || places::has(&self.body, name)
    }

    /// The same with `{}` where the body is a JSON object of which no member is given.
    pub(crate) fn with_empty_body(self) -> Self {
        let is_empty = self.takes_members && self.body.content_type().is_none();
        if is_empty { Self { body: places::empty_object(), ..self } } else { self }
    }

    /// The same with its query in a form, where the operation takes one: services of the RPC style look
    /// in both.
    pub(crate) fn in_form(self, operation: &OperationFacts<'_>) -> Self {
        let is_rpc = operation.method == Method::Post && operation.is_rpc();
        match places::join(&self.body, &self.query) {
            Some(body) if is_rpc => Self { query: Query::none(), body, ..self },
            Some(_) | None => self,
        }
    }

    /// The path, escaped.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The headers of the request that are signed; their names are lower-case.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        own.chain(self.beside.headers(true))
    }

    /// The headers of the request that are not.
    pub(crate) fn unsigned_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.beside.headers(false)
    }

    /// What callers have added.
    #[cfg(feature = "test-util")]
    pub(crate) fn beside(&self) -> &Beside {
        &self.beside
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Whether the request has an idempotency token, its own or the one that was given.
    pub(crate) fn has_token(&self) -> bool {
        self.has_token
    }
}

impl fmt::Debug for Encoded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers().map(|(name, _)| name).collect();
        formatter
            .debug_struct("Encoded")
            .field("query", &self.query)
            .field("headers", &names)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl Query {
    /// Encodes every given field of `request` that travels in the query.
    pub fn encode(request: &impl Fields) -> Self {
        Places::of(request, None, None).query.finish()
    }
}
