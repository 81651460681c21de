//! The paths of operations as URLs have them.

use percent_encoding::{AsciiSet, percent_encode};
use zeroize::Zeroizing;

use crate::places::Named;
use crate::query::ESCAPED;

/// What is escaped of a template: all but its slashes.
const LITERAL: &AsciiSet = &ESCAPED.remove(b'/');

/// Every path that a URL can have.
pub(crate) const ANY: &str = "/*";

/// A template with the values of its parameters, and everything escaped but its own slashes.
///
/// # Panics
///
/// If a parameter of the template has no value, which generated code rules out.
pub(crate) fn path(template: &str, parameters: &[Named]) -> Zeroizing<String> {
    let given: usize = parameters.iter().map(|(_, value)| value.len()).sum();
    // With room for everything, whatever is escaped, no copy is left behind unwiped.
    let mut path = Zeroizing::new(String::with_capacity(3 * (template.len() + given)));
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        path.extend(percent_encode(literal.as_bytes(), LITERAL));
        let (name, after) = after.split_once('}').expect("a template closes its braces");
        let value = parameters.iter().find(|(known, _)| *known == name);
        let (_, value) = value.expect("the parameters of a template are always given");
        path.extend(percent_encode(value.as_bytes(), ESCAPED));
        rest = after;
    }
    path.extend(percent_encode(rest.as_bytes(), LITERAL));
    path
}

/// Whether a text can be sent as a path, as it stands.
pub(crate) fn is_path(path: &str) -> bool {
    is_path_of(ANY, path)
}

/// Whether a text can be sent as a path of this template, as it stands: segment by segment, of which
/// `{name}` and `*` may be any, and a `*` at the end one or more.
pub(crate) fn is_path_of(template: &str, path: &str) -> bool {
    let (Some(mut template), Some(mut path)) = (template.strip_prefix('/'), path.strip_prefix('/'))
    else {
        return false;
    };
    loop {
        let (wanted, wanted_rest) = cut(template);
        let (found, found_rest) = cut(path);
        if !is_segment(found) || !is_like(wanted, found) {
            return false;
        }
        match (wanted_rest, found_rest) {
            (None, None) => return true,
            (None, Some(rest)) => return wanted == "*" && rest.split('/').all(is_segment),
            (Some(_), None) => return false,
            (Some(wanted), Some(found)) => (template, path) = (wanted, found),
        }
    }
}

/// The first segment, and what is behind it.
fn cut(path: &str) -> (&str, Option<&str>) {
    path.split_once('/').map_or((path, None), |(segment, rest)| (segment, Some(rest)))
}

/// Whether a segment is what a template has in its place.
fn is_like(wanted: &str, found: &str) -> bool {
    match (wanted.split_once('{'), wanted.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            let length = before.len() + after.len();
            found.len() > length && found.starts_with(before) && found.ends_with(after)
        }
        _ => {
            wanted == "*"
                || wanted == found
                || percent_encode(wanted.as_bytes(), ESCAPED).to_string() == found
        }
    }
}

/// Whether a URL has a segment as it is written, and nobody takes it for a way up or down.
fn is_segment(segment: &str) -> bool {
    let dots = segment.replace("%2e", ".").replace("%2E", ".");
    let bytes = segment.as_bytes();
    let is_plain = |(position, byte): (usize, &u8)| match byte {
        b'%' => {
            let digits = bytes.get(position + 1..position + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        }
        byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(byte),
    };
    !matches!(dots.as_str(), "" | "." | "..") && bytes.iter().enumerate().all(is_plain)
}
