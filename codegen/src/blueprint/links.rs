//! Which operations a text may name, and where their docs stand.

use std::collections::BTreeMap;

use crate::findings::Findings;
use crate::naming::Name;

/// The operations of the crate by their names, with their requests, where their docs stand.
///
/// Without those whose names are one word: in a text, that word is most often none.
#[derive(Debug, Default)]
pub(super) struct Operations<'m>(BTreeMap<&'m str, &'m Name>);

impl<'m> Operations<'m> {
    pub(super) fn of(findings: &'m Findings) -> Self {
        let named = findings.api.operations.iter().map(|operation| {
            (operation.id.value.as_str(), &findings.names.type_(operation.request).ident)
        });
        Self(named.filter(|(name, _)| has_several_words(name)).collect())
    }
}

/// Whether a capital letter follows a small one.
fn has_several_words(name: &str) -> bool {
    let pairs = name.as_bytes().windows(2);
    pairs.into_iter().any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// The operations as the texts of one file name them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'s> {
    operations: &'s Operations<'s>,
    /// From the file to the requests, as a path of Rust.
    path: &'static str,
    /// The operation whose file it is, which points nobody to itself.
    own: Option<&'s str>,
}

impl<'s> Links<'s> {
    pub(super) fn new(
        operations: &'s Operations<'s>,
        path: &'static str,
        own: Option<&'s str>,
    ) -> Self {
        Self { operations, path, own }
    }

    /// Where the docs of an operation stand, if there is one of that name.
    pub(crate) fn find(&self, name: &str) -> Option<String> {
        let request = self.operations.0.get(name).filter(|_| self.own != Some(name))?;
        Some(format!("{}::{}", self.path, request.plain()))
    }
}
