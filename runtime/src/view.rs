//! Requests as JSON, for people, tests and files.

use serde::Serializer;

use crate::field::Fields;
use crate::json::{self, Purpose};

/// Shows a request as the JSON object that its schema in the spec describes.
///
/// Members that are not given are left out, secrets are `"[REDACTED]"`, and a parameter that holds
/// JSON text is that text.
///
/// # Panics
///
/// Never: every field has a name and a value that JSON knows.
pub fn to_value(request: &impl Fields) -> serde_json::Value {
    json::serialize(request, Purpose::View, serde_json::value::Serializer)
        .expect("fields have names and values that JSON knows")
}

/// Writes what a file may keep of a request: no secrets, and JSON text as the value that it holds.
///
/// # Errors
///
/// Those of the serializer.
#[doc(hidden)]
pub fn serialize<S: Serializer>(fields: &impl Fields, serializer: S) -> Result<S::Ok, S::Error> {
    json::serialize(fields, Purpose::File, serializer)
}
