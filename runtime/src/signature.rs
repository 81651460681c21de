//! Signature V3 (`ACS3-HMAC-SHA256`), as pure functions: no clock, no random numbers, no network.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::credentials::Credentials;
use crate::meta::OperationMeta;
use crate::query::Query;
use crate::scratch::Scratch;

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// SHA-256 of the empty body: every parameter travels in the query.
const PAYLOAD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What a signature covers: `POST /`, the query, some headers, and an empty body.
///
/// It borrows the query and the security token, so there is no `Debug`.
#[derive(Clone)]
pub struct Signable<'a> {
    query: &'a str,
    headers: Vec<(&'static str, &'a str)>,
}

impl<'a> Signable<'a> {
    /// The headers that every call signs: `host` and all that start with `x-acs-`.
    ///
    /// `host` is as the header has it, with the port unless it is the scheme's own; `date` is UTC
    /// as `YYYY-MM-DDThh:mm:ssZ`; `nonce` differs from attempt to attempt.
    pub fn new(
        query: &'a Query,
        operation: &'a OperationMeta,
        host: &'a str,
        date: &'a str,
        nonce: &'a str,
        credentials: &'a Credentials,
    ) -> Self {
        let mut headers = Vec::with_capacity(8);
        headers.extend([
            ("host", host),
            ("x-acs-action", operation.action),
            ("x-acs-content-sha256", PAYLOAD),
            ("x-acs-date", date),
        ]);
        let token = credentials.security_token();
        headers.extend(token.map(|token| ("x-acs-security-token", token.expose_secret())));
        headers.extend([("x-acs-signature-nonce", nonce), ("x-acs-version", operation.version)]);
        Self { query: query.expose(), headers }
    }

    /// Any headers; their names are lower-case.
    pub fn with_headers(
        query: &'a Query,
        headers: impl IntoIterator<Item = (&'static str, &'a str)>,
    ) -> Self {
        let mut headers: Vec<_> = headers.into_iter().collect();
        headers.sort_unstable();
        Self { query: query.expose(), headers }
    }

    /// The headers, sorted by name.
    pub fn headers(&self) -> &[(&'static str, &'a str)] {
        &self.headers
    }

    /// The canonical request, passwords and security token included.
    pub fn canonical_request(&self) -> SecretString {
        let mut text = Scratch::with_capacity(self.query.len() + 1024);
        self.each_part(|part| text.push(part.as_bytes()));
        text.into_secret()
    }

    /// The algorithm's name and the hash of the canonical request.
    pub fn string_to_sign(&self) -> String {
        let mut hash = Sha256::new();
        self.each_part(|part| hash.update(part.as_bytes()));
        let mut text = String::with_capacity(ALGORITHM.len() + 65);
        text.push_str(ALGORITHM);
        text.push('\n');
        push_hex(&mut text, &hash.finalize());
        text
    }

    /// The signature, in lower-case hexadecimal.
    pub fn signature(&self, access_key_secret: &SecretString) -> String {
        let mut text = String::with_capacity(64);
        push_hex(&mut text, &self.sign(access_key_secret));
        text
    }

    /// The value of the header `authorization`.
    pub fn authorization(&self, credentials: &Credentials) -> String {
        let id = credentials.access_key_id();
        let mut text = String::with_capacity(256 + id.len());
        let _ = write!(text, "{ALGORITHM} Credential={id},SignedHeaders=");
        self.each_name(|part| text.push_str(part));
        text.push_str(",Signature=");
        push_hex(&mut text, &self.sign(credentials.access_key_secret()));
        text
    }

    fn sign(&self, access_key_secret: &SecretString) -> impl AsRef<[u8]> + use<> {
        let key = access_key_secret.expose_secret().as_bytes();
        let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        hmac.update(self.string_to_sign().as_bytes());
        hmac.finalize().into_bytes()
    }

    fn each_part(&self, mut visit: impl FnMut(&str)) {
        visit("POST\n/\n");
        visit(self.query);
        visit("\n");
        for (name, value) in &self.headers {
            visit(name);
            visit(":");
            visit(value.trim());
            visit("\n");
        }
        visit("\n");
        self.each_name(&mut visit);
        visit("\n");
        visit(PAYLOAD);
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

fn push_hex(text: &mut String, bytes: &impl AsRef<[u8]>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes.as_ref() {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}
