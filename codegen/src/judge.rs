//! Requests judged without generated code, for tests that compare with other validators.

use serde_json::Value;

use crate::bound::Subject;
use crate::decimal::exact;
use crate::lower::fits::matches_field;
use crate::model::{Api, OperationId};
use crate::rules::logic::space::Space;
use crate::rules::logic::verdict::{first_broken, holds};
use crate::rules::rule::ObjectRules;

/// The rules of one operation, as the generator understands them.
///
/// Generated validators are written from the same formulas; this evaluates the formulas themselves.
#[derive(Debug)]
pub struct Judge {
    api: Api,
    rules: Vec<ObjectRules>,
    operation: OperationId,
}

impl Judge {
    pub(crate) fn new(api: Api, rules: Vec<ObjectRules>, operation: &str) -> Option<Self> {
        let position = api.operations.iter().position(|found| found.id.value == operation);
        position.map(OperationId).map(|operation| Self { api, rules, operation })
    }

    /// What the parameters are called that the request breaks a rule about, sorted as the fields
    /// are; none when the request is valid.
    ///
    /// `merged` is the request as JSON with the known facts of its context merged in.
    pub fn violations(&self, merged: &Value) -> Vec<&str> {
        let merged = &exact(merged);
        let api = &self.api;
        let operation = api.operation(self.operation);
        let fields = api.fields(operation.request);
        let context = operation.context.map_or(&[][..], |context| api.fields(context));
        let space = Space::of(api, self.operation);
        let facts = |subject| match subject {
            Subject::Request(index) => merged.get(fields[index].label()),
            Subject::Context(index) => merged.get(context[index].label()),
        };
        let rules = &self.rules[operation.request.0].rules;
        let mut found = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = field.label();
            let wrong = match merged.get(name) {
                Some(value) => {
                    matches_field(api, field, value).is_err()
                        || first_broken(api, &self.rules, &field.type_, value).is_some()
                }
                None => field.required,
            };
            if wrong {
                found.push(name);
            }
            let about = rules.iter().filter(|rule| rule.target == Subject::Request(index));
            found.extend(about.filter(|rule| holds(&space, &rule.broken, &facts)).map(|_| name));
        }
        found
    }
}
