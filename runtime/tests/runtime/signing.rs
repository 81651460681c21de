//! Signature V3 against vectors: those in `vectors/` and, on demand, others.

use std::collections::BTreeMap;
use std::path::Path;

use crate::service::{Access, ExposeSecret, OperationMeta, Query};
use alibabacloud_runtime::signature::Signable;

use crate::vectors::{self, Parameters, Signed, Vector, leaked, own};

/// Reproduces every vector of a file; returns how many there are.
fn reproduce(path: &Path) -> usize {
    let vectors = vectors::read(path);
    for vector in &vectors {
        let query = Query::encode(&Parameters(vector.params.clone()));
        assert_eq!(query.expose(), vector.expected.canonical_query, "{}", vector.name);
        as_calls_sign(vector, &query);
        if let Some(signed) = &vector.expected.signed {
            as_the_official_sdk_signs(vector, &query, signed);
        }
    }
    println!("{} vectors", vectors.len());
    vectors.len()
}

fn as_calls_sign(vector: &Vector, query: &Query) {
    let operation = OperationMeta {
        action: leaked(&vector.action),
        version: leaked(&vector.version),
        ram_action: None,
        access: Access::Write,
        idempotency_parameter: None,
    };
    let credentials = vector.credentials();
    let (host, date, nonce) = (&vector.host, &vector.date, &vector.nonce);
    let signable = Signable::new(query, &operation, host, date, nonce, &credentials);
    let headers = signable.headers().iter().map(|(name, value)| (*name, *value));
    let expected = &vector.expected_minimal.signed_headers;
    let expected = expected.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    assert!(headers.eq(expected), "{}: {:?}", vector.name, signable.headers());
    check(vector, &signable, &vector.expected_minimal);
}

/// It signs `accept`, `user-agent` and what else it sends, too.
fn as_the_official_sdk_signs(vector: &Vector, query: &Query, signed: &Signed) {
    let (_, names) = signed.authorization.split_once("SignedHeaders=").expect("headers are signed");
    let (names, _) = names.split_once(',').expect("the signature follows");
    let headers = names.split(';').rev();
    let headers = headers.map(|name| (leaked(name), vector.expected.headers_sent[name].as_str()));
    check(vector, &Signable::with_headers(query, headers), signed);
}

fn check(vector: &Vector, signable: &Signable<'_>, expected: &Signed) {
    let credentials = vector.credentials();
    let canonical = signable.canonical_request();
    assert_eq!(canonical.expose_secret(), expected.canonical_request, "{}", vector.name);
    assert_eq!(signable.string_to_sign(), expected.string_to_sign, "{}", vector.name);
    let signature = signable.signature(credentials.access_key_secret());
    assert_eq!(signature, expected.signature, "{}", vector.name);
    let authorization = signable.authorization(&credentials);
    assert_eq!(authorization, expected.authorization, "{}", vector.name);
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

#[test]
fn the_published_example_is_among_them() {
    let text = std::fs::read_to_string(own()).expect("the vectors are readable");
    assert!(text.contains("YourAccessKeyId"));
    assert!(text.contains("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"));
}

#[test]
fn white_space_around_a_header_is_not_signed() {
    let query = Query::encode(&Parameters(BTreeMap::new()));
    let bare = Signable::with_headers(&query, [("host", "a"), ("x-acs-action", "B")]);
    let padded = Signable::with_headers(&query, [("x-acs-action", "\tB "), ("host", " a ")]);
    assert_eq!(padded.string_to_sign(), bare.string_to_sign());
}
