//! Requests as they travel: the one place where each field goes where it stands.
//!
//! Knows neither hosts nor signatures.

use std::fmt;
use std::mem;

use percent_encoding::percent_encode;
use zeroize::Zeroizing;

use crate::body::Body;
use crate::field::{Fields, Value};
use crate::meta::OperationMeta;
use crate::query::{ESCAPED, Pairs, Query};
use crate::travel::{Place, Travel};

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// A request without its host, encoded once for all attempts.
///
/// It carries passwords, so `Debug` shows the names of parameters only.
#[derive(Clone)]
pub struct Encoded {
    path: Zeroizing<String>,
    query: Query,
    body: Body,
    has_token: bool,
}

impl Encoded {
    /// Encodes every given field of a request, and `token` as the idempotency token when the request
    /// can have one and has none.
    pub fn new(operation: &OperationMeta, request: &impl Fields, token: Option<&str>) -> Self {
        let parameter = operation.idempotency_parameter;
        let places = Places::of(request, parameter.zip(token));
        let has_token = parameter.is_some_and(|name| places.has(name));
        Self {
            path: path(operation.path),
            query: places.query.finish(),
            body: form(places.form),
            has_token,
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
        formatter
            .debug_struct("Encoded")
            .field("query", &self.query)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl Query {
    /// Encodes every given field of `request` that travels in the query.
    pub fn encode(request: &impl Fields) -> Self {
        Places::of(request, None).query.finish()
    }
}

/// The fields of a request by their places.
struct Places {
    query: Pairs,
    form: Pairs,
}

impl Places {
    /// Takes a request apart; the field of that name has that value if it is not given.
    fn of(request: &impl Fields, token: Option<(&str, &str)>) -> Self {
        let mut places = Self { query: Pairs::with_room(20, 1024), form: Pairs::with_room(0, 0) };
        request.show(&mut |names, values| {
            for (name, value) in names.iter().zip(values) {
                let Travel { place, encoding } = value.travel();
                let mut value = value.as_value();
                if let (Value::Absent, Some((parameter, token))) = (value, token)
                    && parameter == *name
                {
                    value = Value::Text(token);
                }
                match place {
                    Place::Query => places.query.add((*name).into(), value, encoding),
                    Place::Form => places.form.add((*name).into(), value, encoding),
                }
            }
        });
        places
    }

    /// Whether a parameter is there and not empty.
    fn has(&self, name: &str) -> bool {
        self.query.has(name) || self.form.has(name)
    }
}

/// A form, or no body where nothing of it is given.
fn form(mut pairs: Pairs) -> Body {
    if pairs.is_empty() {
        return Body::none();
    }
    let mut text = pairs.write();
    Body::of(FORM, Zeroizing::new(mem::take(&mut *text).into_bytes()))
}

/// The path of an operation with everything escaped but its slashes.
fn path(template: &str) -> Zeroizing<String> {
    let mut path = Zeroizing::new(String::with_capacity(3 * template.len()));
    for (position, part) in template.split('/').enumerate() {
        if position > 0 {
            path.push('/');
        }
        path.extend(percent_encode(part.as_bytes(), ESCAPED));
    }
    path
}
