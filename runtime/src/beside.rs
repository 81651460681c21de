//! What a call sends besides its request: headers and parameters that no crate describes.
//!
//! Knows no operation. What cannot be sent, or would be sent twice, is refused with its name.

use std::fmt;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::encoded::Encoded;
use crate::field::Value;
use crate::query::Pairs;
use crate::travel::Encoding;
use crate::validation::{Violation, ViolationKind, unsendable_in_header, words};

/// The headers that the runtime and its transports make.
const MADE: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-signature-type",
    "x-acs-version",
];

/// The parameter that the runtime makes where a bearer token stands in for a signature.
const MADE_PARAMETER: &str = "SignatureType";

/// What a name starts with whose header is signed.
const SIGNED: &str = "x-acs-";

/// A name that callers choose, and the text that it has in a request.
type Named = (String, Zeroizing<String>);

/// What a call sends besides its request, as it was told.
///
/// Values may be secrets, so `Debug` shows names only.
#[derive(Clone, Default)]
pub(crate) struct Beside {
    /// With names in lower case.
    headers: Vec<Named>,
    query: Vec<Named>,
    secrets: Vec<SecretString>,
}

impl Beside {
    pub(crate) fn add_header(&mut self, name: String, value: String) {
        self.headers.push((name.to_ascii_lowercase(), Zeroizing::new(value)));
    }

    pub(crate) fn add_query(&mut self, name: String, value: String) {
        self.query.push((name, Zeroizing::new(value)));
    }

    pub(crate) fn add_secret(&mut self, secret: SecretString) {
        self.secrets.push(secret);
    }

    /// What has to be struck out of others' words.
    pub(crate) fn secrets(&self) -> &[SecretString] {
        &self.secrets
    }

    /// Every value of which nobody knows whether it is a secret, and every one that is.
    #[cfg(feature = "test-util")]
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        let added = self.headers.iter().chain(&self.query).map(|(_, value)| value.as_str());
        added.chain(self.secrets.iter().map(secrecy::ExposeSecret::expose_secret))
    }

    /// The headers that are signed, or those that are not.
    pub(crate) fn headers(&self, signed: bool) -> impl Iterator<Item = (&str, &str)> {
        let all = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        all.filter(move |(name, _)| name.starts_with(SIGNED) == signed)
    }

    /// The parameters.
    pub(crate) fn pairs(&self) -> Pairs {
        let mut pairs = Pairs::with_room(self.query.len(), 0);
        for (name, value) in &self.query {
            pairs.add(name.clone().into(), Value::Text(value), Encoding::Indexed);
        }
        pairs
    }

    /// What cannot be sent together with a request.
    pub(crate) fn check(&self, request: &Encoded) -> Vec<Violation> {
        let mut found = Vec::new();
        for (position, (name, value)) in self.headers.iter().enumerate() {
            let is_twice = self.headers[..position].iter().any(|(other, _)| other == name)
                || request.headers().any(|(other, _)| other == name);
            found.extend(header(name, value, is_twice));
        }
        for (position, (name, _)) in self.query.iter().enumerate() {
            let is_twice = self.query[..position].iter().any(|(other, _)| other == name)
                || request.has_parameter(name);
            found.extend(parameter(name, is_twice));
        }
        found
    }
}

fn header(name: &str, value: &str, is_twice: bool) -> Option<Violation> {
    let shown = words::code(name);
    let sentence = if !is_token(name) {
        format!("{shown} is no name that a header can have")
    } else if MADE.contains(&name) {
        format!("{shown} is a header that is made of other settings and must not be given")
    } else if is_twice {
        format!("{shown} is a header that the request has already")
    } else {
        let must = unsendable_in_header(value)?;
        return Some(Violation::of(name, ViolationKind::Value, format!("{shown} {must}")));
    };
    Some(Violation::of(name, ViolationKind::NotAllowed, sentence))
}

fn parameter(name: &str, is_twice: bool) -> Option<Violation> {
    let shown = words::code(name);
    let sentence = if name.is_empty() {
        "a parameter of the query must have a name".to_owned()
    } else if name == MADE_PARAMETER {
        format!("{shown} is a parameter that is made of other settings and must not be given")
    } else if is_twice {
        format!("{shown} is a parameter that the request has already")
    } else {
        return None;
    };
    Some(Violation::of(name, ViolationKind::NotAllowed, sentence))
}

/// Whether a text can be the name of a header.
fn is_token(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_plain)
}

impl fmt::Debug for Beside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |named: &[Named]| -> Vec<String> {
            named.iter().map(|(name, _)| name.clone()).collect()
        };
        formatter
            .debug_struct("Beside")
            .field("headers", &names(&self.headers))
            .field("query", &names(&self.query))
            .finish_non_exhaustive()
    }
}
