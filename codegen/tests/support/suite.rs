//! Cases in the form of the official JSON-Schema-Test-Suite, through the rule compiler.
//!
//! A case is a schema, a value, and whether the one satisfies the other. The schema becomes a rule of a
//! request whose members have the types of the value's own members, or of a request with the one
//! member `value` when the value is no object. What no typed request can hold is skipped, and so is
//! what the generator refuses with a located error; each with its reason.

use std::collections::BTreeMap;

use alibabacloud_codegen::{Code, judge};
use serde_json::{Map, Value, json};

use crate::fixtures::specs;
use crate::random::{SCHEMA, operation};

/// What became of some cases.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many were judged as expected.
    pub passed: usize,
    /// How many were skipped, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// What was judged otherwise.
    pub failed: Vec<String>,
}

impl Outcome {
    /// Adds what became of other cases.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        for (reason, count) in other.skipped {
            *self.skipped.entry(reason).or_default() += count;
        }
    }

    fn skip(&mut self, reason: impl Into<String>) {
        *self.skipped.entry(reason.into()).or_default() += 1;
    }
}

/// Runs the groups of cases of a file.
///
/// # Panics
///
/// When the file does not have the form of the suite.
pub fn run(file: &str, groups: &Value) -> Outcome {
    let mut outcome = Outcome::default();
    for group in groups.as_array().expect("a file is a list of groups") {
        for test in group["tests"].as_array().expect("a group has tests") {
            let name = format!("{file}: {}: {}", group["description"], test["description"]);
            let expected = test["valid"].as_bool().expect("a test has a verdict");
            match verdict(&group["schema"], &test["data"]) {
                Ok(found) if found == expected => outcome.passed += 1,
                Ok(_) => outcome.failed.push(name),
                Err(reason) => outcome.skip(reason),
            }
        }
    }
    outcome
}

/// Whether the rules made of the schema accept the value, or why that cannot be asked.
fn verdict(schema: &Value, data: &Value) -> Result<bool, String> {
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        // Says which draft the case is of; it is the one that the generator reads.
        members.remove("$schema");
    }
    let mut types = Types::default();
    let is_object = data.is_object();
    let mut request = if is_object {
        let mut names = Map::new();
        names_in(&schema, &mut names);
        types.object(data, &names, REQUEST)?
    } else {
        json!({ "type": "object", "properties": { "value": types.of(data, REQUEST)? }, "required": ["value"] })
    };
    let place = if is_object { "/allOf/0" } else { "/allOf/0/properties/value" };
    relocate(&mut schema, place);
    let rule = if is_object { schema } else { json!({ "properties": { "value": schema } }) };
    request["allOf"] = json!([rule]);
    let mut files = types.files;
    files.insert("operations/Case.json".to_owned(), operation("Case", &request));
    let specs = specs("suite", &files);
    let judge = judge(&specs, "Case").map_err(|diagnostics| {
        let first = diagnostics.iter().next().expect("there is a problem");
        reason(first.code(), first.message())
    })?;
    let instance = if is_object { data.clone() } else { json!({ "value": data }) };
    Ok(judge.expect("there is such an operation").violations(&instance).is_empty())
}

/// The reason of a located error, without the names that are its own.
fn reason(code: Code, message: &str) -> String {
    let keyword = message.split('`').nth(1).unwrap_or_default();
    match code {
        Code::UnsupportedKeyword => format!("located error: no code for `{keyword}` there"),
        Code::InvalidValue => "located error: a value that the member's type never has".to_owned(),
        Code::UnusedFile => "located error: a definition that nothing refers to".to_owned(),
        code => format!("located error: {code}"),
    }
}

/// How an operation names a schema file.
const REQUEST: &str = "../schemas/";

/// How a schema file names another one.
const SCHEMAS: &str = "";

/// Types for the members of requests, from values.
#[derive(Default)]
struct Types {
    files: BTreeMap<String, Value>,
}

impl Types {
    fn of(&mut self, data: &Value, from: &str) -> Result<Value, String> {
        Ok(match data {
            Value::Null => return Err("no typed field holds `null`".to_owned()),
            Value::Bool(_) => json!({ "type": "boolean" }),
            Value::String(_) => json!({ "type": "string" }),
            Value::Number(number) if number.is_i64() => {
                json!({ "type": "integer", "format": "int64" })
            }
            Value::Number(number) if number.is_f64() => json!({ "type": "number" }),
            Value::Number(_) => return Err("no typed field holds a number this large".to_owned()),
            Value::Array(items) => json!({ "type": "array", "items": self.common(items, from)? }),
            Value::Object(_) => {
                let schema = self.object(data, &Map::new(), SCHEMAS)?;
                let name = format!("Type{}.json", self.files.len());
                self.files.insert(format!("schemas/{name}"), schema);
                json!({ "$ref": format!("{from}{name}") })
            }
        })
    }

    /// The type that all items of a list have.
    fn common(&mut self, items: &[Value], from: &str) -> Result<Value, String> {
        let Some(first) = items.first() else { return Ok(json!({ "type": "string" })) };
        if items.iter().all(Value::is_object) {
            let mut merged = Map::new();
            for (name, value) in items.iter().filter_map(Value::as_object).flatten() {
                let known = merged.entry(name.clone()).or_insert_with(|| value.clone());
                if type_of(known)? != type_of(value)? {
                    return Err("no typed list holds items of several types".to_owned());
                }
            }
            return self.of(&merged.into(), from);
        }
        if items.iter().all(Value::is_number) && items.iter().any(Value::is_f64) {
            return Ok(json!({ "type": "number" }));
        }
        let type_ = self.of(first, from)?;
        for item in items {
            if type_of(item)? != type_of(first)? {
                return Err("no typed list holds items of several types".to_owned());
            }
        }
        Ok(type_)
    }

    /// An object with the members of `data` and, with types of their own, those that `names` has.
    fn object(
        &mut self,
        data: &Value,
        names: &Map<String, Value>,
        from: &str,
    ) -> Result<Value, String> {
        let mut properties = Map::new();
        for (name, value) in data.as_object().into_iter().flatten() {
            properties.insert(name.clone(), self.of(value, from)?);
        }
        for (name, type_) in names {
            properties.entry(name.clone()).or_insert_with(|| type_.clone());
        }
        if properties.keys().any(|name| !is_name(name)) {
            return Err("no member of a request has such a name".to_owned());
        }
        Ok(json!({ "type": "object", "properties": properties }))
    }
}

/// The type of a value, with the types of all that is inside it.
fn type_of(data: &Value) -> Result<String, String> {
    let mut types = Types::default();
    let type_ = types.of(data, REQUEST)?;
    Ok(format!("{type_} {:?}", types.files))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|found: char| found.is_control())
}

/// The members that a schema names, each with a type that the schema's own words allow.
fn names_in(schema: &Value, names: &mut Map<String, Value>) {
    match schema {
        Value::Object(members) => {
            let plain = json!({ "type": "string" });
            for (name, inner) in
                members.get("properties").and_then(Value::as_object).into_iter().flatten()
            {
                names.entry(name.clone()).or_insert_with(|| guess(inner));
            }
            let listed = members.get("required").and_then(Value::as_array).into_iter().flatten();
            let dependent = members.get("dependentRequired").and_then(Value::as_object);
            let dependent = dependent.into_iter().flatten();
            let required = dependent.clone().flat_map(|(_, names)| names.as_array()).flatten();
            let triggers = dependent.map(|(name, _)| name.clone());
            let schemas = members.get("dependentSchemas").and_then(Value::as_object);
            let schemas = schemas.into_iter().flatten().map(|(name, _)| name.clone());
            let listed = listed.chain(required).filter_map(Value::as_str).map(str::to_owned);
            for name in listed.chain(triggers).chain(schemas) {
                names.entry(name).or_insert_with(|| plain.clone());
            }
            let listed = members.get("enum").and_then(Value::as_array).into_iter().flatten();
            let values = members.get("const").into_iter().chain(listed);
            for (name, value) in values.filter_map(Value::as_object).flatten() {
                names.entry(name.clone()).or_insert_with(|| guess(&json!({ "const": value })));
            }
            members
                .iter()
                .filter(|(keyword, _)| !["properties", "const", "enum"].contains(&keyword.as_str()))
                .for_each(|(_, inner)| names_in(inner, names));
        }
        Value::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        _ => {}
    }
}

/// A type for a member that the value does not have; any will do that the schema can speak of.
fn guess(schema: &Value) -> Value {
    let named = schema.get("const").or_else(|| schema["enum"].get(0));
    let is_about =
        |keywords: &[&str]| keywords.iter().any(|keyword| schema.get(*keyword).is_some());
    let numeric = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    let of_list = ["items", "minItems", "maxItems", "uniqueItems", "contains"];
    match (schema["type"].as_str(), named) {
        (_, Some(Value::Bool(_))) | (Some("boolean"), _) => json!({ "type": "boolean" }),
        (_, Some(Value::Number(_))) | (Some("integer"), _) => {
            json!({ "type": "integer", "format": "int64" })
        }
        (Some("number"), _) => json!({ "type": "number" }),
        (Some("array"), _) => json!({ "type": "array", "items": { "type": "string" } }),
        _ if is_about(&numeric) => json!({ "type": "number" }),
        _ if is_about(&of_list) => json!({ "type": "array", "items": { "type": "string" } }),
        _ => json!({ "type": "string" }),
    }
}

/// Lets references to parts of the schema find them in the file of the operation.
fn relocate(schema: &mut Value, place: &str) {
    match schema {
        Value::Object(members) => {
            for (keyword, value) in members {
                match value {
                    Value::String(reference) if keyword == "$ref" => {
                        if let Some(pointer) = reference.strip_prefix('#')
                            && (pointer.is_empty() || pointer.starts_with('/'))
                        {
                            *reference = format!("#{SCHEMA}{place}{pointer}");
                        }
                    }
                    value => relocate(value, place),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| relocate(item, place)),
        _ => {}
    }
}
