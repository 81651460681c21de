//! Facts of documents that no stage looks into: they are read, carried, and shown.

use std::collections::BTreeSet;

/// The page that an operation was transcribed from.
#[derive(Debug, Clone)]
pub(crate) struct DocumentPage {
    pub(crate) url: String,
    /// The date on the page, where it has one.
    pub(crate) last_updated: Option<String>,
}

/// What RAM has to allow.
#[derive(Debug, Clone)]
pub(crate) struct Ram {
    pub(crate) action: String,
    pub(crate) access_level: String,
    pub(crate) resources: Vec<RamResource>,
}

/// A resource that a RAM policy names.
#[derive(Debug, Clone)]
pub(crate) struct RamResource {
    pub(crate) kind: String,
    pub(crate) required: bool,
    pub(crate) arn: String,
}

/// A documented error code.
#[derive(Debug, Clone)]
pub(crate) struct ErrorCode {
    pub(crate) status: String,
    pub(crate) code: String,
    pub(crate) message: String,
}

/// What other sources say of a parameter, and the specs do not follow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Elsewhere {
    /// Whether they call it required.
    pub(crate) required: Option<bool>,
    /// The values that they list.
    pub(crate) values: Option<BTreeSet<String>>,
}

impl Elsewhere {
    /// Whether there is nothing that could be compared.
    pub(crate) fn is_silent(&self) -> bool {
        self.required.is_none() && self.values.is_none()
    }
}

/// A name that a map is known to have among others.
#[derive(Debug, Clone)]
pub(crate) struct KnownName {
    pub(crate) name: String,
    /// What is said of its value.
    pub(crate) description: Option<String>,
}
