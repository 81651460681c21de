//! The same metadata in another language → what it says of parameters.
//!
//! Knows only where descriptions stand; a text that is no metadata has none.

use std::collections::BTreeMap;

use serde_json::Value;

/// Descriptions by operation and parameter.
#[derive(Debug, Default)]
pub(super) struct Others {
    texts: BTreeMap<(String, String), String>,
}

impl Others {
    pub(super) fn read(metadata: &str) -> Self {
        let mut others = Self::default();
        let json: Value = serde_json::from_str(metadata).unwrap_or_default();
        for (operation, api) in json["apis"].as_object().into_iter().flatten() {
            for parameter in api["parameters"].as_array().into_iter().flatten() {
                let schema = &parameter["schema"];
                if let Some(name) = parameter["name"].as_str() {
                    others.add(operation, name, schema);
                }
                for (name, member) in schema["properties"].as_object().into_iter().flatten() {
                    others.add(operation, name, member);
                }
            }
        }
        others
    }

    fn add(&mut self, operation: &str, parameter: &str, schema: &Value) {
        if let Some(text) = schema["description"].as_str() {
            let key = (operation.to_owned(), parameter.to_owned());
            self.texts.entry(key).or_insert_with(|| text.to_owned());
        }
    }

    /// What is said of a parameter.
    pub(super) fn text(&self, operation: &str, parameter: &str) -> Option<String> {
        self.texts.get(&(operation.to_owned(), parameter.to_owned())).cloned()
    }
}
