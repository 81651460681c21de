//! Answers that are one value and no object with members: the value is the one field, `body`.
//!
//! Knows neither what a body's media type is nor how a call went.

use bytes::Bytes;
use serde::Deserialize as _;
use serde::de::{DeserializeSeed as _, Deserializer, IgnoredAny};

use super::{Path, Receive, Scalar, Slot, Stands, Target};
use crate::base64_text;

/// The name of the field.
pub const BODY: &str = "body";

/// Text that is never absent: what is not there is empty.
impl Slot for String {
    fn expected(&self) -> &'static str {
        "a string"
    }

    fn is_filled(&self) -> bool {
        !self.is_empty()
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        let Scalar::Text(text) = scalar else { return false };
        text.clone_into(self);
        true
    }

    fn object(&mut self) -> Option<&mut dyn Receive> {
        None
    }
}

/// Bytes as they come; in files and other JSON they are base64.
impl Slot for Bytes {
    fn expected(&self) -> &'static str {
        "base64"
    }

    fn is_filled(&self) -> bool {
        !self.is_empty()
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        let Scalar::Text(text) = scalar else { return false };
        let decoded = base64_text::decode(text);
        decoded.map(|bytes| *self = bytes.into()).is_some()
    }

    fn object(&mut self) -> Option<&mut dyn Receive> {
        None
    }

    fn bytes(&mut self) -> Option<&mut Bytes> {
        Some(self)
    }
}

/// Reads a body as JSON; `path` then is where reading stopped.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    response: &mut dyn Receive,
    path: &Path,
    deserializer: D,
) -> Result<(), D::Error> {
    let Some(slot) = response.slot(BODY) else { return Ok(()) };
    Target { slot, path, stands: Stands::Member }.deserialize(deserializer)
}

/// Takes a body as the text that it is; `false` when it is none.
pub(crate) fn read_text(response: &mut dyn Receive, body: &[u8]) -> bool {
    let (Ok(text), Some(slot)) = (std::str::from_utf8(body), response.slot(BODY)) else {
        return false;
    };
    slot.put(Scalar::Text(text))
}

/// Takes a body as it is.
pub(crate) fn read_bytes(response: &mut dyn Receive, body: &[u8]) {
    if let Some(place) = response.slot(BODY).and_then(Slot::bytes) {
        *place = Bytes::copy_from_slice(body);
    }
}

/// Reads an answer from a file, which holds the body as JSON: text as a string, and bytes as base64.
///
/// # Errors
///
/// When the value is neither what it should be nor another way to write it.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Receive + Default,
    D: Deserializer<'de>,
{
    let mut response = T::default();
    read(&mut response, &Path::default(), deserializer)?;
    Ok(response)
}

/// Reads an answer without a body from a file: whatever stands there says nothing.
///
/// # Errors
///
/// When the file is broken.
pub fn deserialize_nothing<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default,
    D: Deserializer<'de>,
{
    IgnoredAny::deserialize(deserializer).map(|_| T::default())
}
