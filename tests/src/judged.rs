//! The documented answers of published metadata, judged by the `jsonschema` crate on the schema that the
//! metadata itself has, translated keyword by keyword. Shares no code with what imports it.

use std::collections::BTreeSet;

use alibabacloud_runtime::response::{Response, ResponseError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// An answer that metadata show.
#[derive(Debug)]
pub struct Judged {
    /// Where it stands in the metadata: operation, entry and member.
    pub place: String,
    /// As it stands there.
    pub body: String,
    /// Whether each value is of the type that the schema declares.
    pub has_types: bool,
    /// Whether it is all that the schema asks for.
    pub fits: bool,
}

/// What is kept of an answer that was read into its type.
#[derive(Debug)]
pub struct Read {
    /// As a file has it.
    pub kept: Value,
    /// Whether a caller would have got an error.
    pub is_failure: bool,
}

/// Reads a body as that of an answer with a status of success.
///
/// # Errors
///
/// Why it cannot be read.
pub fn read<R: Response + Serialize + DeserializeOwned>(body: &str) -> Result<Read, String> {
    let (response, is_failure) = match R::from_body(body.as_bytes()) {
        Ok(response) => (response, false),
        Err(ResponseError::Failure(_)) => {
            (serde_json::from_str(body).map_err(|error| error.to_string())?, true)
        }
        Err(error) => return Err(format!("{error:?}")),
    };
    let kept = serde_json::to_value::<R>(response).map_err(|error| error.to_string())?;
    Ok(Read { kept, is_failure })
}

/// Judges each documented answer that is JSON.
///
/// # Panics
///
/// When what comes of a translation is no JSON Schema.
pub fn judge(metadata: &Value) -> Vec<Judged> {
    let mut judged = Vec::new();
    for (operation, api) in metadata["apis"].as_object().into_iter().flatten() {
        let answers = answers(operation, api);
        if answers.is_empty() {
            continue;
        }
        let schema = schema_of(api);
        let validator = |is_strict| {
            let schema = Translation { metadata, is_strict }.whole(schema);
            let validator = jsonschema::draft202012::options().build(&schema);
            validator.unwrap_or_else(|error| panic!("{operation}: {error}: {schema}"))
        };
        let (strict, of_types) = (validator(true), validator(false));
        judged.extend(answers.into_iter().map(|(place, body, value)| {
            let (fits, has_types) = (strict.is_valid(&value), of_types.is_valid(&value));
            Judged { place, body, has_types, fits }
        }));
    }
    judged
}

/// Place, text and value of each answer.
fn answers(operation: &str, api: &Value) -> Vec<(String, String, Value)> {
    let demo: Value = match &api["responseDemo"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        other => other.clone(),
    };
    let mut answers = Vec::new();
    for (index, entry) in demo.as_array().into_iter().flatten().enumerate() {
        for member in ["example", "errorExample"] {
            let text = entry[member].as_str().filter(|_| entry["type"] == "json");
            let value = text.and_then(|text| Some((text, serde_json::from_str(text).ok()?)));
            if let Some((text, value)) = value {
                let place = format!("/apis/{operation}/responseDemo/{index}/{member}");
                answers.push((place, text.to_owned(), value));
            }
        }
    }
    answers
}

/// What is answered with 200, or else with the first other status of success.
fn schema_of(api: &Value) -> &Value {
    let Some(responses) = api["responses"].as_object() else { return &Value::Null };
    let mut others = responses.iter().filter(|(status, _)| status.starts_with('2'));
    let found = responses.get("200").or_else(|| others.next().map(|(_, response)| response));
    found.map_or(&Value::Null, |response| &response["schema"])
}

struct Translation<'m> {
    metadata: &'m Value,
    /// Whether constraints are translated, or types only.
    is_strict: bool,
}

impl Translation<'_> {
    /// A schema with all that it refers to.
    fn whole(&self, schema: &Value) -> Value {
        let mut open = BTreeSet::new();
        let mut whole = self.schema(schema, &mut open);
        let mut definitions = Map::new();
        while let Some(name) = open.iter().find(|name| !definitions.contains_key(*name)).cloned() {
            let component = &self.metadata["components"]["schemas"][&name];
            definitions.insert(name, self.schema(component, &mut open));
        }
        if let Some(members) = whole.as_object_mut() {
            members.insert("$defs".to_owned(), Value::Object(definitions));
        }
        whole
    }

    fn schema(&self, source: &Value, open: &mut BTreeSet<String>) -> Value {
        let mut schema = Map::new();
        if let Some(reference) = source["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let escaped = name.replace('~', "~0").replace('/', "~1");
            let escaped =
                percent_encoding::utf8_percent_encode(&escaped, percent_encoding::NON_ALPHANUMERIC);
            schema.insert("$ref".to_owned(), format!("#/$defs/{escaped}").into());
            open.insert(name.to_owned());
            return Value::Object(schema);
        }
        let type_ = source["type"].as_str().filter(|type_| *type_ != "any");
        schema.extend(type_.map(|type_| ("type".to_owned(), type_.into())));
        if let Some(properties) = source["properties"].as_object() {
            let each = properties.iter();
            let translated = each.map(|(name, member)| (name.clone(), self.schema(member, open)));
            schema.insert("properties".to_owned(), Value::Object(translated.collect()));
            let required = properties.iter().filter(|(_, member)| member["required"] == true);
            let required: Vec<&String> = required.map(|(name, _)| name).collect();
            if self.is_strict {
                schema.insert("required".to_owned(), json!(required));
            }
        }
        for key in ["items", "additionalProperties"] {
            match &source[key] {
                Value::Bool(any) => {
                    schema.insert(key.to_owned(), (*any).into());
                }
                inner @ Value::Object(_) => {
                    let inner = self.schema(inner, open);
                    schema.insert(key.to_owned(), inner);
                }
                _ => {}
            }
        }
        if self.is_strict {
            schema.extend(constraints(source, type_));
        }
        Value::Object(schema)
    }
}

/// What is asked of a value besides its type, where the metadata say it in a form that can be read.
fn constraints(source: &Value, type_: Option<&str>) -> Map<String, Value> {
    let mut found = Map::new();
    let text = |key: &str| match &source[key] {
        Value::String(text) => Some(text.clone()),
        number @ Value::Number(_) => Some(number.to_string()),
        _ => None,
    };
    let number = |key: &str| text(key)?.trim().parse::<f64>().ok();
    let is_number = matches!(type_, Some("integer" | "number"));
    for (key, beyond) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if let Some(bound) = number(key).filter(|_| is_number) {
            let key = if source[beyond] == true { beyond } else { key };
            found.insert(key.to_owned(), json!(bound));
        }
    }
    for key in ["minLength", "maxLength", "minItems", "maxItems"] {
        let bound = text(key).and_then(|text| text.trim().parse::<u32>().ok());
        found.extend(bound.map(|bound| (key.to_owned(), bound.into())));
    }
    let is_pattern =
        |pattern: &String| jsonschema::validator_for(&json!({ "pattern": pattern })).is_ok();
    found
        .extend(text("pattern").filter(is_pattern).map(|text| ("pattern".to_owned(), text.into())));
    let values: Vec<Value> = source["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|value| match value {
            // Numbers stand in texts there.
            Value::String(text) if type_ != Some("string") => {
                serde_json::from_str(text).unwrap_or_else(|_| value.clone())
            }
            value => value.clone(),
        })
        .collect();
    if !values.is_empty() {
        found.insert("enum".to_owned(), Value::Array(values));
    }
    found
}
