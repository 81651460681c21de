//! How much of each kind stands in what is published. Knows no importer.

use std::collections::BTreeMap;

use serde_json::Value;

/// How much there is of each kind, by the names that reports have for them.
pub fn count(document: &Value) -> BTreeMap<&'static str, usize> {
    let mut counter = Counter::default();
    counter.document(document);
    counter.0
}

#[derive(Default)]
struct Counter(BTreeMap<&'static str, usize>);

const MEMBER: &str = "other members";

impl Counter {
    fn add(&mut self, kind: &'static str) {
        *self.0.entry(kind).or_default() += 1;
    }

    /// Walks an object that is nothing itself; what is none, and not nothing, is a member that is wrong.
    fn members(&mut self, value: &Value, mut each: impl FnMut(&mut Self, &str, &Value)) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    each(self, key, value);
                }
            }
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                self.add(MEMBER);
            }
        }
    }

    /// Walks what is an object or a list; anything else counts as a member.
    fn inside(
        &mut self,
        value: &Value,
        is_list: bool,
        mut each: impl FnMut(&mut Self, &str, &Value),
    ) {
        match value {
            Value::Object(members) if !is_list => {
                for (key, value) in members {
                    each(self, key, value);
                }
            }
            Value::Array(items) if is_list => {
                for item in items {
                    each(self, "", item);
                }
            }
            _ => self.add(MEMBER),
        }
    }

    fn document(&mut self, document: &Value) {
        self.members(document, |counter, key, value| match key {
            "info" => counter.inside(value, false, |counter, _, _| counter.add(MEMBER)),
            "apis" => counter.inside(value, false, |counter, _, value| counter.operation(value)),
            "components" => counter.inside(value, false, |counter, key, value| match key {
                "schemas" => counter.inside(value, false, |counter, _, value| {
                    counter.members(value, Self::keyword);
                }),
                _ => counter.add(MEMBER),
            }),
            "endpoints" => counter.inside(value, true, |counter, _, value| counter.host(value)),
            _ => counter.add(MEMBER),
        });
    }

    fn host(&mut self, host: &Value) {
        self.add("hosts");
        for key in host.as_object().into_iter().flat_map(|host| host.keys()) {
            if !["regionId", "endpoint", "public"].contains(&key.as_str()) {
                self.add(MEMBER);
            }
        }
    }

    fn operation(&mut self, operation: &Value) {
        self.add("operations");
        let Value::Object(members) = operation else { return };
        for (key, value) in members {
            match key.as_str() {
                "title"
                | "summary"
                | "description"
                | "requestParamsDescription"
                | "responseParamsDescription"
                | "extraInfo" => self.add("texts"),
                "responseDemo" => self.add("examples"),
                "systemTags" | "staticInfo" => {
                    self.inside(value, false, |counter, _, _| counter.add(MEMBER));
                }
                "errorCodes" => self.inside(value, false, |counter, _, codes| {
                    counter.inside(codes, true, |counter, _, _| counter.add("error codes"));
                }),
                "parameters" => self.inside(value, true, |counter, _, value| {
                    counter.parameter(value);
                }),
                "responses" => self.inside(value, false, |counter, _, value| {
                    counter.members(value, Self::response);
                }),
                _ => self.add(MEMBER),
            }
        }
    }

    fn parameter(&mut self, parameter: &Value) {
        self.add("parameters");
        for (key, value) in parameter.as_object().into_iter().flatten() {
            match key.as_str() {
                "name" => {}
                "examples" => self.inside(value, true, |counter, _, _| counter.add("examples")),
                "schema" => self.inside(value, false, Self::keyword),
                _ => self.add(MEMBER),
            }
        }
    }

    fn response(&mut self, key: &str, value: &Value) {
        match key {
            "description" => self.add("texts"),
            "headers" => self.inside(value, false, |counter, _, _| counter.add(MEMBER)),
            "examples" => self.inside(value, true, |counter, _, _| counter.add("examples")),
            "schema" => self.inside(value, false, Self::keyword),
            _ => self.add(MEMBER),
        }
    }

    /// A member of a schema.
    fn keyword(&mut self, key: &str, value: &Value) {
        let is_set = value == true || value == "true";
        match key {
            "title" | "description" => self.add("texts"),
            "example" => self.add("examples"),
            "default" => self.add("defaults"),
            "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
            | "pattern" => {
                self.add("constraints");
            }
            "required" | "docRequired" | "exclusiveMinimum" | "exclusiveMaximum" if is_set => {
                self.add("constraints");
            }
            "enum" => self.inside(value, true, |counter, _, _| counter.add("values")),
            "enumValueTitles" => {
                self.inside(value, false, |counter, _, _| counter.add("titles of values"));
            }
            "properties" => self.inside(value, false, |counter, _, member| {
                counter.add("elements");
                if let Value::Object(members) = member {
                    for (key, value) in members {
                        counter.keyword(key, value);
                    }
                }
            }),
            "items" | "additionalProperties" => self.inside(value, false, Self::keyword),
            _ => self.add(MEMBER),
        }
    }
}
