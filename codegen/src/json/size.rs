//! How much the generator reads: bounds within which every later stage ends soon.
//!
//! Later stages walk nested values by recursion and look names up in lists, so depth and width are
//! bounded here, once. The bounds are far from what any documented API needs. Knows no OpenAPI.

use crate::diagnostic::{Code, Sink};
use crate::source::{FileId, MAX_BYTES, MAX_METADATA, Origin};

/// How deep objects and arrays stand in each other, and schemas refer to each other.
pub(crate) const MAX_DEPTH: usize = 64;

/// How much of a text is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How many bytes the text has.
    bytes: usize,
    /// How deep objects and arrays stand in each other.
    depth: usize,
    /// How many members an object or an array has.
    pub(super) members: usize,
    /// What is advised where a text is too long, and where it is too deep.
    advice: [&'static str; 2],
}

impl Bounds {
    /// A file of a spec.
    pub(crate) const SPEC: Self = Self {
        bytes: MAX_BYTES,
        depth: MAX_DEPTH,
        members: 1_000,
        advice: [
            "split it: each operation and each schema has a file of its own",
            "move inner schemas into files of their own in `schemas/`, and rules into `allOf`",
        ],
    };

    /// The index, which names every operation, and overlays. Nothing there is compared with everything
    /// else, as the members of a schema are.
    pub(crate) const INDEX: Self = Self { members: 10_000, ..Self::SPEC };

    /// What a service publishes: all of it in one text.
    pub(crate) const METADATA: Self = Self {
        bytes: MAX_METADATA,
        advice: [
            "take the document of one version of one service, which has a few MiB at most",
            "no request and no answer is nested so; download the document once more",
        ],
        ..Self::INDEX
    };
}

/// Reports a text that is too long or nested too deep, without parsing it.
pub(super) fn report_text(file: FileId, text: &str, bounds: Bounds, sink: &mut Sink) -> bool {
    if text.len() > bounds.bytes {
        let message = format!("the file has more than {} MiB", bounds.bytes >> 20);
        sink.error_with_help(Code::TooLarge, Origin::new(file, 0, 0), message, bounds.advice[0]);
        return true;
    }
    let depth = bounds.depth;
    let Some(start) = too_deep(text, depth) else { return false };
    let message = format!("objects and arrays stand more than {depth} deep in each other");
    let origin = Origin::new(file, start, start + 1);
    sink.error_with_help(Code::TooLarge, origin, message, bounds.advice[1]);
    true
}

/// Whether a text is one that [`report_text`] lets pass.
pub(super) fn is_readable(text: &str) -> bool {
    text.len() <= MAX_METADATA && too_deep(text, MAX_DEPTH).is_none()
}

/// The bracket that opens one object or array too many.
///
/// Up to the first error in a text, this sees strings where the parser sees them.
fn too_deep(text: &str, most: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut bytes = text.bytes().enumerate();
    while let Some((position, byte)) = bytes.next() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                while let Some((_, byte)) = bytes.next() {
                    match byte {
                        b'"' => break,
                        b'\\' => drop(bytes.next()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        if depth > most {
            return Some(position);
        }
    }
    None
}

/// Drops the members that are too many and reports the first of them.
pub(super) fn cut<T>(
    members: &mut Vec<T>,
    most: usize,
    place: impl Fn(&T) -> Origin,
    sink: &mut Sink,
) {
    if let Some(first) = members.get(most) {
        let message = format!("here stand more than {most} members");
        let help = "leave out what nobody needs, or split it";
        sink.error_with_help(Code::TooLarge, place(first), message, help);
        members.truncate(most);
    }
}
