//! The head of a request that a server received, and the signature that it should have.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// The head of a request, taken apart.
pub struct Head {
    /// The method, the target and the version.
    pub request_line: String,
    /// Names in lower case, in the order of the wire.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// Takes it apart.
    ///
    /// # Panics
    ///
    /// When it is no head.
    pub fn parse(head: &str) -> Self {
        let (request_line, headers) = head.split_once("\r\n").expect("there is a request line");
        let headers = headers.lines().filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { request_line: request_line.to_owned(), headers: headers.collect() }
    }

    /// The value of a header.
    ///
    /// # Panics
    ///
    /// When it is missing.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("there is no `{name}`"))
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.request_line.split(' ').next().unwrap_or_default()
    }

    /// The path of the target, as it travelled.
    ///
    /// # Panics
    ///
    /// When there is no target.
    pub fn path(&self) -> &str {
        self.target().split_once('?').map_or(self.target(), |(path, _)| path)
    }

    /// The query of the target, as it travelled.
    ///
    /// # Panics
    ///
    /// When there is no target.
    pub fn query(&self) -> &str {
        self.target().split_once('?').map_or("", |(_, query)| query)
    }

    fn target(&self) -> &str {
        self.request_line.split(' ').nth(1).expect("there is a target")
    }

    /// The parameters of the query, still escaped.
    pub fn parameters(&self) -> BTreeMap<&str, &str> {
        self.query().split('&').filter_map(|pair| pair.split_once('=')).collect()
    }

    /// Signs what was received, without a body, and compares.
    ///
    /// # Panics
    ///
    /// When the signature is another.
    pub fn check_signature(&self, access_key_id: &str, secret: &str) {
        self.check_signature_with(b"", access_key_id, secret);
    }

    /// Signs what was received, together with its body, and compares.
    ///
    /// # Panics
    ///
    /// When the signature is another.
    pub fn check_signature_with(&self, body: &[u8], access_key_id: &str, secret: &str) {
        let mut signed: Vec<&(String, String)> = self
            .headers
            .iter()
            .filter(|(name, _)| {
                matches!(name.as_str(), "host" | "content-type") || name.starts_with("x-acs-")
            })
            .collect();
        signed.sort();
        let names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(";");
        let lines: String =
            signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let payload = hex(&Sha256::digest(body));
        assert_eq!(self.header("x-acs-content-sha256"), payload);
        let (method, path, query) = (self.method(), self.path(), self.query());
        let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}");
        let to_sign = format!("ACS3-HMAC-SHA256\n{}", hex(&Sha256::digest(canonical)));
        let mut hmac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
        hmac.update(to_sign.as_bytes());
        let signature = hex(&hmac.finalize().into_bytes());
        let expected = format!(
            "ACS3-HMAC-SHA256 Credential={access_key_id},SignedHeaders={names},Signature={signature}"
        );
        assert_eq!(self.header("authorization"), expected);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
