//! Memory for secrets on their way to the wire: wiped when it is freed, and when it grows, too.

use std::io;

use secrecy::SecretString;

/// Bytes that leave no copy behind.
///
/// A plain `Vec` frees its old memory as it is when it grows, and a password would stay in there.
/// Nothing is ever taken out, so what lies beyond the end was never written.
pub(crate) struct Scratch(Vec<u8>);

impl Scratch {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Appends `bytes` with everything but `A-Z a-z 0-9 - _ . ~` as `%XX`.
    #[inline]
    pub(crate) fn push_escaped(&mut self, bytes: &[u8]) {
        let length = bytes.iter().map(|byte| usize::from(ESCAPES[usize::from(*byte)][3])).sum();
        if length == bytes.len() {
            self.push(bytes);
        } else {
            self.escape(bytes, length);
        }
    }

    /// Appends `bytes`, escaped to `length`, by writing four bytes for each one and keeping one or
    /// three of them, so that there is nothing to decide.
    fn escape(&mut self, bytes: &[u8], length: usize) {
        let mut end = self.len();
        // The last byte is written as four, too.
        let room = length + 3;
        self.reserve(room);
        self.0.resize(end + room, 0);
        for byte in bytes {
            let escape = ESCAPES[usize::from(*byte)];
            self.0[end..end + 4].copy_from_slice(&escape);
            end += usize::from(escape[3]);
        }
        self.0.truncate(end);
    }

    /// The bytes as a secret text.
    ///
    /// # Panics
    ///
    /// When they are no text.
    pub(crate) fn into_secret(mut self) -> SecretString {
        if self.room() > 0 {
            // `String` gives back what it does not need, and would move without wiping.
            let mut exact = Self::with_capacity(self.len());
            exact.push(&self.0);
            self = exact;
        }
        self.take().into()
    }

    /// The bytes as a text that is wiped when it is dropped, wherever it ends.
    ///
    /// # Panics
    ///
    /// When they are no text.
    pub(crate) fn into_text(mut self) -> WipedText {
        WipedText(self.take())
    }

    fn take(&mut self) -> String {
        String::from_utf8(std::mem::take(&mut self.0)).expect("only texts are taken as texts")
    }

    fn room(&self) -> usize {
        self.0.capacity() - self.0.len()
    }

    #[inline]
    fn reserve(&mut self, more: usize) {
        if self.room() < more {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let mut grown = Vec::with_capacity((self.0.len() + more).max(self.0.capacity() * 2));
        grown.extend_from_slice(&self.0);
        *self = Self(grown);
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// A text that is wiped when it is dropped.
///
/// Unlike a `SecretString` it need not fill its memory, so that making one takes no second copy.
#[derive(Clone)]
pub(crate) struct WipedText(String);

impl WipedText {
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for WipedText {
    fn drop(&mut self) {
        wipe(&mut std::mem::take(&mut self.0).into_bytes());
    }
}

/// Writes zeros, which the compiler must not leave out although nobody reads them.
fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    zeroize::optimization_barrier(bytes);
}

impl io::Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'-') | (byte == b'_') | (byte == b'.') | (byte == b'~')
}

/// What becomes of a byte: as many of the first three as the fourth says.
static ESCAPES: [[u8; 4]; 256] = {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escapes = [[0; 4]; 256];
    let mut byte = 0;
    while byte < 256 {
        escapes[byte] = if is_unreserved(byte as u8) {
            [byte as u8, 0, 0, 1]
        } else {
            [b'%', DIGITS[byte >> 4], DIGITS[byte & 15], 3]
        };
        byte += 1;
    }
    escapes
};
