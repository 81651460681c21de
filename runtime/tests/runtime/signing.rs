//! Signature V3 against vectors: those in `vectors/` and, on demand, others.

use std::collections::BTreeMap;
use std::path::Path;

use crate::service::transport::Body;
use crate::service::{
    Access, Answer, Credentials, EnvelopeMembers, ExposeSecret, Method, OperationMeta, Query,
};
use alibabacloud_runtime::encoded::Encoded;
use alibabacloud_runtime::signature::Signable;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};

use crate::vectors::{self, Parameters, Signed, SignedRequest, Vector, leaked, own, own_requests};

/// Reproduces every vector of a file; returns how many there are.
fn reproduce(path: &Path) -> usize {
    let vectors: Vec<Vector> = vectors::read(path);
    for vector in &vectors {
        let query = Query::encode(&Parameters(vector.params.clone()));
        assert_eq!(query.expose(), vector.expected.canonical_query, "{}", vector.name);
        as_calls_sign(vector);
        if let Some(signed) = &vector.expected.signed {
            as_the_official_sdk_signs(vector, &query, signed);
        }
    }
    println!("{} vectors", vectors.len());
    vectors.len()
}

fn as_calls_sign(vector: &Vector) {
    let operation = OperationMeta {
        action: leaked(&vector.action),
        version: leaked(&vector.version),
        envelope: &EnvelopeMembers::USUAL,
        answer: Answer::Object,
        method: Method::Post,
        path: "/",
        ram_action: None,
        access: Access::Write,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: None,
    };
    let credentials = vector.credentials();
    let (host, date, nonce) = (&vector.host, &vector.date, &vector.nonce);
    let request = Encoded::new(&operation, &Parameters(vector.params.clone()), None);
    let signable = Signable::new(&operation, &request, host, date, nonce, &credentials);
    let headers = signable.headers().iter().map(|(name, value)| (*name, *value));
    let expected = &vector.expected_minimal.signed_headers;
    let expected = expected.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    assert!(headers.eq(expected), "{}: {:?}", vector.name, signable.headers());
    check(&vector.name, &signable, &vector.expected_minimal, &credentials);
}

/// It signs `accept`, `user-agent` and what else it sends, too.
fn as_the_official_sdk_signs(vector: &Vector, query: &Query, signed: &Signed) {
    let headers = signed.names().rev();
    let headers = headers.map(|name| (leaked(name), vector.expected.headers_sent[name].as_str()));
    let body = Body::none();
    let signable = Signable::with_headers(Method::Post, "/", query, headers, &body);
    check(&vector.name, &signable, signed, &vector.credentials());
}

fn check(name: &str, signable: &Signable<'_>, expected: &Signed, credentials: &Credentials) {
    let canonical = signable.canonical_request();
    assert_eq!(canonical.expose_secret(), expected.canonical_request, "{name}");
    assert_eq!(signable.string_to_sign(), expected.string_to_sign, "{name}");
    let secret = credentials.access_key_secret().expect("it is a key");
    let signature = signable.signature(secret);
    assert_eq!(signature, expected.signature, "{name}");
    let authorization = signable.authorization(credentials);
    assert_eq!(authorization.as_ref(), Some(&expected.authorization), "{name}");
}

#[test]
fn the_vectors_of_the_repository_are_reproduced() {
    assert_eq!(reproduce(&own()), 14);
}

#[test]
fn the_vectors_that_the_environment_names_are_reproduced() {
    // Without the variable there is nothing to do; CI has no other file.
    if let Some(path) = std::env::var_os("ALIBABACLOUD_ACS3_VECTORS") {
        assert!(reproduce(Path::new(&path)) > 0);
    }
}

/// Reproduces every request of a file, whatever its method, path and body are; returns how many there
/// are.
fn reproduce_requests(path: &Path) -> usize {
    let requests = vectors::read_requests(path);
    for vector in &requests {
        let method = method(&vector.method);
        let query = Query::encode(&Parameters(vector.query.clone()));
        let body = match vector.headers.get("content-type") {
            Some(type_) => Body::new(leaked(type_), &vector.body),
            None => Body::none(),
        };
        assert_eq!(body.sha256(), vector.headers["x-acs-content-sha256"], "{}", vector.name);
        let headers = vector.signed.names().rev();
        let headers = headers.map(|name| (leaked(name), vector.headers[name].as_str()));
        let signable = Signable::with_headers(method, &vector.path, &query, headers, &body);
        let credentials = Credentials::new(&*vector.access_key_id, &*vector.access_key_secret);
        if vector.has_escaped_names {
            check(&vector.name, &signable, &vector.signed, &credentials);
        } else {
            as_signed_without_escapes(vector, signable.canonical_request().expose_secret());
        }
    }
    println!("{} requests", requests.len());
    requests.len()
}

/// But for the escapes in names of parameters, what is signed is what the vector says, and with that the
/// signature is its own.
fn as_signed_without_escapes(vector: &SignedRequest, canonical: &str) {
    let unescaped = |line: &str| {
        let pairs = line.split('&').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            format!("{}={value}", percent_decode_str(name).decode_utf8_lossy())
        });
        pairs.collect::<Vec<_>>().join("&")
    };
    let lines = canonical.split('\n').enumerate();
    let lines =
        lines.map(|(index, line)| if index == 2 { unescaped(line) } else { line.to_owned() });
    let canonical = lines.collect::<Vec<_>>().join("\n");
    assert_eq!(canonical, vector.signed.canonical_request, "{}", vector.name);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let string = format!("ACS3-HMAC-SHA256\n{}", hex(&Sha256::digest(&canonical)));
    let mut mac = Hmac::<Sha256>::new_from_slice(vector.access_key_secret.as_bytes())
        .expect("a key has any length");
    mac.update(string.as_bytes());
    assert_eq!(hex(&mac.finalize().into_bytes()), vector.signed.signature, "{}", vector.name);
}

fn method(name: &str) -> Method {
    let methods = [Method::Delete, Method::Get, Method::Patch, Method::Post, Method::Put];
    let found = methods.into_iter().find(|method| method.as_str() == name);
    found.expect("it is a method")
}

#[test]
fn methods_paths_and_bodies_are_signed_as_the_vectors_say() {
    assert_eq!(reproduce_requests(&own_requests()), 4);
}

#[test]
fn the_requests_that_the_environment_names_are_signed_as_they_say() {
    // Without the variable there is nothing to do; CI has no other file.
    if let Some(path) = std::env::var_os("ALIBABACLOUD_ACS3_REQUESTS") {
        assert!(reproduce_requests(Path::new(&path)) > 0);
    }
}

#[test]
fn the_published_example_is_among_them() {
    let text = std::fs::read_to_string(own()).expect("the vectors are readable");
    assert!(text.contains("YourAccessKeyId"));
    assert!(text.contains("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"));
}

#[test]
fn white_space_around_a_header_is_not_signed() {
    let query = Query::encode(&Parameters(BTreeMap::new()));
    let body = Body::none();
    let signable = |headers| Signable::with_headers(Method::Post, "/", &query, headers, &body);
    let bare = signable([("host", "a"), ("x-acs-action", "B")]);
    let padded = signable([("x-acs-action", "\tB "), ("host", " a ")]);
    assert_eq!(padded.string_to_sign(), bare.string_to_sign());
}
