//! What the stages found out of the specs, put together; nobody changes it any more.
//!
//! Knows no JSON Schema. Stands above the stages that make its parts, none of which knows it.

use crate::model::{Api, OperationId, TypeId};
use crate::naming::Names;
use crate::rules::guide::Guide;
use crate::rules::rule::{Effect, ObjectRules, Rule};

/// All that is known of a service version.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) api: Api,
    /// In the order of the types.
    pub(crate) rules: Vec<ObjectRules>,
    /// In the order of the operations.
    pub(crate) guides: Vec<Guide>,
    pub(crate) names: Names,
}

impl Findings {
    /// The rules of a struct; none for one that is only received.
    pub(crate) fn rules(&self, id: TypeId) -> &[Rule] {
        &self.rules[id.0].rules
    }

    /// When members of a struct have an effect.
    pub(crate) fn effects(&self, id: TypeId) -> &[Effect] {
        &self.rules[id.0].effects
    }

    pub(crate) fn guide(&self, id: OperationId) -> &Guide {
        &self.guides[id.0]
    }
}
