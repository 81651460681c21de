//! Changes to the bytes of a file, after it was written as JSON.

use fastrand::Rng;

/// Bytes that mean something to JSON or to UTF-8.
const BYTES: &[u8] = b"{}[]\",:\\'/0-9eEtn \n\r\t\x00\x1b\x7f\x80\xc3\xe2\xed\xf0\xff";

/// Damages some bytes of one file in one mutant of ten.
pub(crate) fn damage(files: &mut [(String, Vec<u8>)], random: &mut Rng) {
    if files.is_empty() || random.u8(..10) > 0 {
        return;
    }
    let index = random.usize(..files.len());
    let bytes = &mut files[index].1;
    for _ in 0..random.usize(1..4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.usize(..bytes.len());
        let byte = BYTES[random.usize(..BYTES.len())];
        match random.u8(..7) {
            0 => bytes[at] = random.u8(..),
            1 => bytes[at] = byte,
            2 => bytes.insert(at, byte),
            3 => drop(bytes.remove(at)),
            4 => bytes.truncate(at),
            5 => drop(bytes.splice(0..0, *b"\xef\xbb\xbf")),
            _ => {
                let end = (at + random.usize(..64)).min(bytes.len());
                let copied = bytes[at..end].to_vec();
                let to = random.usize(..=bytes.len());
                drop(bytes.splice(to..to, copied));
            }
        }
    }
}
