//! The body of a request: its bytes, what they are, and their hash.
//!
//! Knows no field; whoever encodes a request writes the bytes.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::digest::Hex;

/// What a request carries behind its headers.
///
/// It may hold passwords, so `Debug` shows nothing of it, and its memory is wiped when the last copy
/// is dropped. Copies share it.
#[derive(Clone)]
pub struct Body {
    content: Option<Content>,
    sha256: Hex,
}

#[derive(Clone)]
struct Content {
    type_: &'static str,
    bytes: Arc<Zeroizing<Vec<u8>>>,
}

impl Body {
    /// No body.
    #[must_use]
    pub const fn none() -> Self {
        Self { content: None, sha256: Hex::OF_NOTHING }
    }

    /// Some bytes and their media type.
    #[must_use]
    pub fn new(content_type: &'static str, bytes: &[u8]) -> Self {
        Self::of(content_type, Zeroizing::new(bytes.to_vec()))
    }

    pub(crate) fn of(type_: &'static str, bytes: Zeroizing<Vec<u8>>) -> Self {
        let sha256 = Hex::of(&bytes);
        Self { content: Some(Content { type_, bytes: Arc::new(bytes) }), sha256 }
    }

    /// The media type, where there is a body.
    pub fn content_type(&self) -> Option<&'static str> {
        self.content.as_ref().map(|content| content.type_)
    }

    /// The bytes with every value in them, passwords included: for the wire and nothing else.
    pub fn expose(&self) -> &[u8] {
        self.content.as_ref().map_or(&[], |content| content.bytes.as_slice())
    }

    /// The SHA-256 of the bytes, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        self.sha256.as_str()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.content_type();
        formatter.debug_struct("Body").field("type", &content_type).finish_non_exhaustive()
    }
}
