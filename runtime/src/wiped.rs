//! Memory for secrets on their way to the wire: wiped when it is freed, and when it grows, too.

use std::io;

use zeroize::Zeroizing;

/// Appends bytes.
///
/// A plain `Vec` frees its old memory as it is when it grows, and a password would stay in there.
#[inline]
pub(crate) fn push(memory: &mut Zeroizing<Vec<u8>>, bytes: &[u8]) {
    if memory.capacity() - memory.len() < bytes.len() {
        let room = (memory.len() + bytes.len()).max(2 * memory.capacity());
        let mut grown = Zeroizing::new(Vec::with_capacity(room));
        grown.extend_from_slice(memory);
        *memory = grown;
    }
    memory.extend_from_slice(bytes);
}

/// Appends whatever is written.
pub(crate) struct Writer<'m>(pub(crate) &'m mut Zeroizing<Vec<u8>>);

impl io::Write for Writer<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        push(self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
