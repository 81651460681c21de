//! The paths of operations as URLs have them.

use percent_encoding::{AsciiSet, percent_encode};
use zeroize::Zeroizing;

use crate::places::Named;
use crate::query::ESCAPED;

/// What is escaped of a template: all but its slashes.
const LITERAL: &AsciiSet = &ESCAPED.remove(b'/');

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
