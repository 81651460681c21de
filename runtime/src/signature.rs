//! Signature V3 (`ACS3-HMAC-SHA256`), as pure functions: no clock, no random numbers, no network.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::credentials::Credentials;
use crate::meta::OperationMeta;
use crate::query::Query;

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

    /// The value of the header `authorization`.
    pub fn authorization(&self, credentials: &Credentials) -> String {
        let id = credentials.access_key_id();
        let mut text = String::with_capacity(256 + id.len());
        for part in [ALGORITHM, " Credential=", id, ",SignedHeaders="] {
            text.push_str(part);
        }
        self.each_name(|part| text.push_str(part));
        text.push_str(",Signature=");
        text.push_str(self.sign(credentials.access_key_secret()).as_str());
        text
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

/// 32 bytes in lower-case hexadecimal.
struct Hex([u8; 64]);

impl Hex {
    fn new(bytes: [u8; 32]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Self(text)
    }

    fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("digits are ASCII")
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
