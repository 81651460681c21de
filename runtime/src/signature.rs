//! Signature V3 (`ACS3-HMAC-SHA256`), as pure functions: no clock, no random numbers, no network.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::body::Body;
use crate::credentials::Credentials;
use crate::digest::Hex;
use crate::encoded::Encoded;
use crate::meta::{Method, OperationFacts};
use crate::query::Query;

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What a signature covers: method, path, query, some headers, and the hash of the body.
///
/// It borrows the query and the security token, so there is no `Debug`.
#[derive(Clone)]
pub struct Signable<'a> {
    method: Method,
    path: &'a str,
    query: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    payload: &'a str,
}

impl<'a> Signable<'a> {
    /// With the headers that every call signs: `host`, all that start with `x-acs-`, `content-type`
    /// where there is a body, and those that are fields of the request.
    ///
    /// `host` is as the header has it, with the port unless it is the scheme's own; `date` is UTC
    /// as `YYYY-MM-DDThh:mm:ssZ`; `nonce` differs from attempt to attempt. Without credentials
    /// nothing says who calls.
    pub fn new(
        operation: &'a OperationFacts<'a>,
        request: &'a Encoded,
        host: &'a str,
        date: &'a str,
        nonce: &'a str,
        credentials: impl Into<Option<&'a Credentials>>,
    ) -> Self {
        let (credentials, body) = (credentials.into(), request.body());
        let bearer = credentials.and_then(Credentials::bearer_token);
        let mut headers = Vec::with_capacity(10);
        headers.extend(body.content_type().map(|type_| ("content-type", type_)));
        headers.extend([("host", host), ("x-acs-action", operation.action)]);
        headers.extend(bearer.map(|token| ("x-acs-bearer-token", token.expose_secret())));
        headers.extend([("x-acs-content-sha256", body.sha256()), ("x-acs-date", date)]);
        let token = credentials.and_then(Credentials::security_token);
        headers.extend(token.map(|token| ("x-acs-security-token", token.expose_secret())));
        headers.push(("x-acs-signature-nonce", nonce));
        let type_ = bearer.filter(|_| !operation.is_rpc());
        headers.extend(type_.map(|_| ("x-acs-signature-type", "BEARERTOKEN")));
        headers.push(("x-acs-version", operation.version));
        let known = headers.len();
        headers.extend(request.headers());
        if headers.len() > known {
            headers.sort_unstable();
        }
        let (method, path, query) = (operation.method, request.path(), request.query().expose());
        Self { method, path, query, headers, payload: body.sha256() }
    }

    /// With any headers; their names are lower-case. The path is escaped as it travels.
    pub fn with_headers(
        method: Method,
        path: &'a str,
        query: &'a Query,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &'a Body,
    ) -> Self {
        let mut headers: Vec<_> = headers.into_iter().collect();
        headers.sort_unstable();
        Self { method, path, query: query.expose(), headers, payload: body.sha256() }
    }

    /// The headers, sorted by name.
    pub fn headers(&self) -> &[(&'a str, &'a str)] {
        &self.headers
    }

    /// The canonical request, passwords and security token included.
    pub fn canonical_request(&self) -> SecretString {
        let mut length = 0;
        self.each_part(|part| length += part.len());
        // With room for all of it and for nothing more, no copy is left behind unwiped.
        let mut text = String::with_capacity(length);
        self.each_part(|part| text.push_str(part));
        text.into()
    }

    /// The algorithm's name and the hash of the canonical request.
    pub fn string_to_sign(&self) -> String {
        format!("{ALGORITHM}\n{}", self.hash())
    }

    /// The signature, in lower-case hexadecimal.
    pub fn signature(&self, access_key_secret: &SecretString) -> String {
        self.sign(access_key_secret).to_string()
    }

    /// The value of the header `authorization`, which only a key gives: a bearer token is a header of
    /// its own.
    pub fn authorization(&self, credentials: &Credentials) -> Option<String> {
        let (id, secret) = (credentials.access_key_id()?, credentials.access_key_secret()?);
        let mut text = String::with_capacity(256 + id.len());
        for part in [ALGORITHM, " Credential=", id, ",SignedHeaders="] {
            text.push_str(part);
        }
        self.each_name(|part| text.push_str(part));
        text.push_str(",Signature=");
        text.push_str(self.sign(secret).as_str());
        Some(text)
    }

    fn hash(&self) -> Hex {
        let mut hash = Sha256::new();
        self.each_part(|part| hash.update(part.as_bytes()));
        Hex::new(hash.finalize().into())
    }

    fn sign(&self, access_key_secret: &SecretString) -> Hex {
        let key = access_key_secret.expose_secret().as_bytes();
        let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        for part in [ALGORITHM, "\n", self.hash().as_str()] {
            hmac.update(part.as_bytes());
        }
        Hex::new(hmac.finalize().into_bytes().into())
    }

    fn each_part(&self, mut visit: impl FnMut(&str)) {
        for part in [self.method.as_str(), self.path, self.query] {
            visit(part);
            visit("\n");
        }
        for (name, value) in &self.headers {
            visit(name);
            visit(":");
            visit(value.trim());
            visit("\n");
        }
        visit("\n");
        self.each_name(&mut visit);
        visit("\n");
        visit(self.payload);
    }

    fn each_name(&self, mut visit: impl FnMut(&str)) {
        for (position, (name, _)) in self.headers.iter().enumerate() {
            if position > 0 {
                visit(";");
            }
            visit(name);
        }
    }
}
