//! JSONPath (RFC 9535): which values of a document a path selects, as ways from the root.

use serde_json_path::{JsonPath, PathElement};

use crate::json::{Json, Kind};

/// From a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// A path that was understood.
#[derive(Debug)]
pub(super) enum Query {
    /// One that names every step, as most do; it is followed without a copy of the document.
    Singular(Vec<Step>),
    Any(JsonPath),
}

impl Query {
    /// Reads a path; the error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let path = JsonPath::parse(text).map_err(|error| error.to_string())?;
        Ok(singular(text).map_or(Self::Any(path), Self::Singular))
    }

    /// The ways to what the path selects. `copy` is the document as other crates have it.
    pub(super) fn select<'c>(
        &self,
        root: &Json,
        copy: impl FnOnce() -> &'c serde_json::Value,
    ) -> Vec<Vec<Step>> {
        match self {
            Self::Singular(steps) => at(root, steps).map(|_| steps.clone()).into_iter().collect(),
            Self::Any(path) => {
                let located = path.query_located(copy());
                let way = |location: &serde_json_path::NormalizedPath<'_>| {
                    let steps = location.iter().map(|element| match element {
                        PathElement::Name(name) => Step::Name((*name).to_owned()),
                        PathElement::Index(index) => Step::Index(*index),
                    });
                    steps.collect()
                };
                let mut ways: Vec<Vec<Step>> = located.locations().map(way).collect();
                ways.sort();
                ways.dedup();
                ways
            }
        }
    }
}

/// The steps of a path that is `$` and names in dots or quotes and numbers in brackets, and has no
/// escapes; whatever else there is, RFC 9535 is left to the library.
fn singular(text: &str) -> Option<Vec<Step>> {
    let mut rest = text.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let name = &after[..end];
            let plain = |found: char| found.is_ascii_alphanumeric() || found == '_';
            if name.is_empty() || !name.chars().all(plain) {
                return None;
            }
            steps.push(Step::Name(name.to_owned()));
            rest = &after[end..];
            continue;
        }
        let after = rest.strip_prefix('[')?;
        let quote = after.chars().next().filter(|first| ['\'', '"'].contains(first));
        if let Some(quote) = quote {
            let (name, after) = after[1..].split_once(quote)?;
            if name.contains('\\') {
                return None;
            }
            steps.push(Step::Name(name.to_owned()));
            rest = after.strip_prefix(']')?;
        } else {
            let (index, after) = after.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        }
    }
    Some(steps)
}

/// The value that a way leads to.
pub(super) fn at<'j>(root: &'j Json, steps: &[Step]) -> Option<&'j Json> {
    steps.iter().try_fold(root, |json, step| match (&json.kind, step) {
        (Kind::Object(members), Step::Name(name)) => {
            members.iter().find(|member| member.key == *name).map(|member| &member.value)
        }
        (Kind::Array(items), Step::Index(index)) => items.get(*index),
        _ => None,
    })
}

/// As [`at`], to change it.
pub(super) fn at_mut<'j>(root: &'j mut Json, steps: &[Step]) -> Option<&'j mut Json> {
    steps.iter().try_fold(root, |json, step| match (&mut json.kind, step) {
        (Kind::Object(members), Step::Name(name)) => {
            members.iter_mut().find(|member| member.key == *name).map(|member| &mut member.value)
        }
        (Kind::Array(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Takes what a way leads to out of what it is in; `false` when there is nothing, and for the root.
pub(super) fn remove(root: &mut Json, steps: &[Step]) -> bool {
    let Some((last, before)) = steps.split_last() else { return false };
    let Some(parent) = at_mut(root, before) else { return false };
    match (&mut parent.kind, last) {
        (Kind::Object(members), Step::Name(name)) => {
            let count = members.len();
            members.retain(|member| member.key != *name);
            members.len() < count
        }
        (Kind::Array(items), Step::Index(index)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}
