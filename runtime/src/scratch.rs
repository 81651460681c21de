//! Memory for secrets on their way to the wire: wiped when it is freed, and when it grows, too.

use std::io;

use secrecy::SecretString;
use zeroize::Zeroizing;

/// Bytes that leave no copy behind.
///
/// A plain `Vec` frees its old memory as it is when it grows, and a password would stay in there.
pub(crate) struct Scratch(Zeroizing<Vec<u8>>);

impl Scratch {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(capacity)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Appends `bytes` with everything but `A-Z a-z 0-9 - _ . ~` as `%XX`.
    pub(crate) fn push_escaped(&mut self, bytes: &[u8]) {
        if self.room() < bytes.len() * 3 {
            self.reserve(escaped_len(bytes));
        }
        for byte in bytes {
            if is_unreserved(*byte) {
                self.0.push(*byte);
            } else {
                let [high, low] = hex(*byte);
                self.0.extend_from_slice(&[b'%', high, low]);
            }
        }
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
        let text = String::from_utf8(std::mem::take(&mut *self.0));
        text.expect("only texts are made secrets of").into()
    }

    fn room(&self) -> usize {
        self.0.capacity() - self.0.len()
    }

    fn reserve(&mut self, more: usize) {
        if self.room() < more {
            let mut grown = Vec::with_capacity((self.0.len() + more).max(self.0.capacity() * 2));
            grown.extend_from_slice(&self.0);
            self.0 = Zeroizing::new(grown);
        }
    }
}

/// As it is: for texts that are escaped later or not at all.
impl io::Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Escapes whatever is written.
pub(crate) struct Escaped<'s>(pub(crate) &'s mut Scratch);

impl io::Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push_escaped(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes `bytes` has once it is escaped.
pub(crate) fn escaped_len(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| if is_unreserved(*byte) { 1 } else { 3 }).sum()
}

fn is_unreserved(byte: u8) -> bool {
    const UNRESERVED: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = (byte as u8).is_ascii_alphanumeric()
                || matches!(byte as u8, b'-' | b'_' | b'.' | b'~');
            byte += 1;
        }
        table
    };
    UNRESERVED[usize::from(byte)]
}

fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}
