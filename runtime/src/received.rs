//! Answers in files: by their wire names, without what is absent, and without secrets. What comes back
//! of them is `lenient`'s to read.
//!
//! Knows neither a media type nor how a call went.

use serde::ser::{Error as _, Serialize as _, Serializer};

use crate::field::Fields;
use crate::json::{self, Json, Purpose};

/// Writes a response with members, or an object in one.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(object: &dyn Fields, serializer: S) -> Result<S::Ok, S::Error> {
    json::serialize(object, Purpose::View, serializer)
}

/// Writes a response that is one value: as that value, text as a string and bytes as base64. What is not
/// there is `null`, as is a response of which nothing is documented.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize_whole<S: Serializer>(
    response: &dyn Fields,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = Ok(serde_json::Value::Null);
    response.show(&mut |_, values| {
        if let Some(body) = values.first() {
            let json = Json { value: body.as_value(), purpose: Purpose::View };
            written = serde_json::to_value(json);
        }
    });
    written.map_err(S::Error::custom)?.serialize(serializer)
}
