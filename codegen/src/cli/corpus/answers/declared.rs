//! What the metadata declares of an answer: which types its values have, and whether an example has them.
//!
//! Reads the JSON of the metadata itself: how it is imported is not known here.

use serde_json::Value;

use crate::json::escaped;

/// What stands where nothing is said of a type.
static ANY: Value = Value::Null;

/// How many references may lead to one another.
const REFERENCES: usize = 32;

/// The schema of a value, with those that it may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'m> {
    schema: &'m Value,
    components: &'m Value,
}

impl<'m> Declared<'m> {
    /// The schema of what an operation answers: that of 200, or else of the first status of success.
    pub(super) fn of(metadata: &'m Value, operation: &str) -> Option<Self> {
        let responses = metadata["apis"][operation]["responses"].as_object()?;
        let success = |(status, _): &(&String, _)| status.starts_with('2');
        let first = || responses.iter().find(success).map(|(_, response)| response);
        let schema = responses.get("200").or_else(first)?.get("schema")?;
        Some(Self { schema, components: &metadata["components"]["schemas"] }.target())
    }

    /// The schema that references lead to.
    fn target(self) -> Self {
        let mut schema = self.schema;
        for _ in 0..REFERENCES {
            let Some(reference) = schema["$ref"].as_str() else { break };
            let name = reference.rsplit('/').next().unwrap_or(reference);
            schema = self.components.get(name).unwrap_or(&ANY);
        }
        Self { schema, ..self }
    }

    fn at(self, schema: &'m Value) -> Self {
        Self { schema, ..self }.target()
    }

    /// The member of this name; nothing when no such member is declared.
    pub(super) fn member(self, name: &str) -> Option<Self> {
        let declared = self.schema["properties"].as_object().filter(|members| !members.is_empty());
        if let Some(member) = declared.and_then(|members| members.get(name)) {
            return Some(self.at(member));
        }
        match self.schema.get("additionalProperties") {
            Some(entries @ Value::Object(_)) => Some(self.at(entries)),
            Some(Value::Bool(true)) => Some(self.at(&ANY)),
            // An object of which nothing is declared may have any members.
            _ if declared.is_none() => Some(self.at(&ANY)),
            _ => None,
        }
    }

    /// What an item of a list is.
    pub(super) fn item(self) -> Self {
        self.at(self.schema.get("items").unwrap_or(&ANY))
    }

    /// The type, if one is declared.
    pub(super) fn type_(self) -> Option<&'m str> {
        self.schema["type"].as_str().filter(|type_| *type_ != "any")
    }

    /// Whether it has a type of its own for texts: the letters of its values may be of another case.
    pub(super) fn has_values(self) -> bool {
        self.schema["enum"].as_array().is_some_and(|values| !values.is_empty())
    }

    /// Where the first value stands that is not of its type, as a JSON pointer.
    pub(super) fn misfit(self, value: &Value) -> Option<String> {
        let is_of_type = match self.type_() {
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("number") => value.is_number(),
            Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            Some("array") => value.is_array(),
            Some("object") => value.is_object(),
            Some(_) | None => true,
        };
        if !is_of_type {
            return Some(String::new());
        }
        let inside = |step: String, declared: Self, value| {
            declared.misfit(value).map(|rest| format!("/{step}{rest}"))
        };
        match value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(index, item)| inside(index.to_string(), self.item(), item)),
            Value::Object(members) => members
                .iter()
                .find_map(|(name, value)| inside(escaped(name), self.member(name)?, value)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }
}
