//! The same metadata in another language → what it says of parameters.
//!
//! Knows only where descriptions stand.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostics, Sink};
use crate::json;
use crate::json::size::Bounds;
use crate::source::{FileId, Specs};

/// What metadata in another language say of parameters.
#[derive(Debug, Clone)]
pub struct Translation {
    product: String,
    version: String,
    /// Descriptions by operation and parameter.
    texts: BTreeMap<(String, String), String>,
}

/// As many references are followed until a schema has a description of its own.
const MOST_REFERENCES: usize = 8;

impl Translation {
    /// Reads metadata, which are the one file of `metadata`.
    ///
    /// # Errors
    ///
    /// When the file is no metadata of a service.
    pub fn read(metadata: &Specs) -> Result<Self, Diagnostics<'_>> {
        let mut sink = Sink::default();
        let parsed = json::parse(metadata, FileId::new(0), Bounds::METADATA, &mut sink);
        let read = parsed.and_then(|json| {
            let translation = Self::of(&json.to_value());
            if translation.is_none() {
                let message = "this is no metadata of a service: it has no `apis`, or no product and version";
                let help = "take the document of the same service version that is published in the other language";
                sink.error_with_help(Code::InvalidValue, json.opening(), message, help);
            }
            translation
        });
        read.filter(|_| sink.is_empty()).ok_or_else(|| Diagnostics::new(metadata, sink))
    }

    fn of(metadata: &Value) -> Option<Self> {
        let said = |key: &str| metadata["info"][key].as_str().map(str::to_owned);
        let (product, version) = (said("product")?, said("version")?);
        let mut translation = Self { product, version, texts: BTreeMap::new() };
        for (operation, api) in metadata["apis"].as_object()? {
            for parameter in api["parameters"].as_array().into_iter().flatten() {
                let schema = &parameter["schema"];
                if let Some(name) = parameter["name"].as_str() {
                    let name = match parameter["in"].as_str() {
                        Some("header") => name.to_ascii_lowercase(),
                        _ => name.to_owned(),
                    };
                    translation.add(operation, &name, target(metadata, schema));
                }
                let members = target(metadata, schema)["properties"].as_object();
                for (name, member) in members.into_iter().flatten() {
                    translation.add(operation, name, target(metadata, member));
                }
            }
        }
        Some(translation)
    }

    fn add(&mut self, operation: &str, parameter: &str, schema: &Value) {
        if let Some(text) = schema["description"].as_str() {
            let key = (operation.to_owned(), parameter.to_owned());
            self.texts.entry(key).or_insert_with(|| text.to_owned());
        }
    }

    /// Whether it is of this version of a service.
    pub(super) fn is_of(&self, product: &str, version: &str) -> bool {
        self.product == product && self.version == version
    }

    /// What is said of a parameter.
    pub(super) fn text(&self, operation: &str, parameter: &str) -> Option<&str> {
        self.texts.get(&(operation.to_owned(), parameter.to_owned())).map(String::as_str)
    }
}

/// What a schema refers to.
fn target<'v>(metadata: &'v Value, schema: &'v Value) -> &'v Value {
    let mut target = schema;
    for _ in 0..MOST_REFERENCES {
        let pointer = target["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        let Some(next) = pointer.and_then(|pointer| metadata.pointer(pointer)) else { break };
        target = next;
    }
    target
}
