//! JSON as text, members in the order in which they are given.

use std::fmt::Write as _;

/// A member of an object: a key and a value that is JSON already.
pub(super) type Pair = (String, String);

pub(super) fn pair(key: &str, value: String) -> Pair {
    (key.to_owned(), value)
}

/// A string without anything in it that JSON would escape.
pub(super) fn text(content: &str) -> String {
    format!("\"{content}\"")
}

pub(super) fn texts<'t>(contents: impl IntoIterator<Item = &'t str>) -> String {
    list(contents.into_iter().map(text))
}

pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

/// An object, a member on each line.
pub(super) fn object(members: impl IntoIterator<Item = Pair>) -> String {
    let mut object = "{".to_owned();
    for (index, (key, value)) in members.into_iter().enumerate() {
        let start = if index > 0 { "," } else { "" };
        // Writing into a string does not fail.
        let _ = write!(object, "{start}\n\"{key}\": {value}");
    }
    object + "}"
}

/// `{ "$ref": … }`
pub(super) fn reference(target: &str) -> String {
    object([pair("$ref", text(target))])
}
