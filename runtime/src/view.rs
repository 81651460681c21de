//! Requests as JSON, for people, tests and files.

use serde::{Serialize, Serializer};

use crate::field::Fields;
use crate::json::{Purpose, object};

/// Shows a request as the JSON object that its schema in the spec describes.
///
/// Members that are not given are left out, secrets are `"[REDACTED]"`, and a parameter that holds
/// JSON text is that text.
pub fn to_value(request: &impl Fields) -> serde_json::Value {
    object(request, Purpose::View)
}

/// Writes what a file may keep of a request: no secrets, and JSON text as the value that it holds.
///
/// # Errors
///
/// Those of the serializer.
#[doc(hidden)]
pub fn serialize<S: Serializer>(fields: &impl Fields, serializer: S) -> Result<S::Ok, S::Error> {
    object(fields, Purpose::File).serialize(serializer)
}

/// Implements `Serialize` for something with fields.
#[doc(hidden)]
#[macro_export]
macro_rules! serialize {
    ($name:ident) => {
        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::view::serialize(self, serializer)
            }
        }
    };
}
