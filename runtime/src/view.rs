//! Requests as JSON, for people and tests.

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
