//! An operation's request schema for a JSON Schema validator that knows nothing of us.

use std::collections::{BTreeMap, BTreeSet};

use alibabacloud_codegen::Specs;
use jsonschema::{Retrieve, Uri, Validator};
use serde_json::{Map, Value, json};

use crate::random::SCHEMA;

/// The schemas of an operation, with JSON text as the value that it holds, which
/// is how requests are read from JSON.
#[derive(Clone)]
pub struct Schemas {
    files: BTreeMap<String, Value>,
    operation: String,
    /// Where the schema of the request stands in its file.
    pointer: &'static str,
}

impl Schemas {
    /// Reads them.
    ///
    /// # Panics
    ///
    /// When a file is not JSON, or there is no operation.
    pub fn of(specs: &Specs) -> Self {
        let mut files = specs.files().iter().map(|file| &file.path);
        let operation = files.find(|path| path.starts_with("operations/"));
        Self::of_file(specs, operation.expect("there is an operation"))
    }

    /// Reads those of one operation of many.
    ///
    /// # Panics
    ///
    /// When a file is not JSON.
    pub fn of_operation(specs: &Specs, id: &str) -> Self {
        Self::of_file(specs, &format!("operations/{id}.json"))
    }

    fn of_file(specs: &Specs, operation: &str) -> Self {
        let files = specs.files().iter().map(|file| {
            let json = serde_json::from_str(&file.text).expect("the file is JSON");
            (file.path.clone(), without_json_text(json))
        });
        let mut files: BTreeMap<String, Value> = files.collect();
        let item = files.get_mut(operation).expect("there is an operation");
        let pointer = if is_all_in_query(item) {
            SCHEMA
        } else {
            item["request"] = whole(item);
            "/request"
        };
        Self { files, operation: operation.to_owned(), pointer }
    }

    /// The schema of the request.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn request(&self) -> &Value {
        self.files[&self.operation].pointer(self.pointer).expect("an operation has a request")
    }

    /// The other validator.
    ///
    /// # Panics
    ///
    /// When it does not take the schema for one.
    pub fn oracle(&self) -> Validator {
        let reference =
            json!({ "$ref": format!("fixture:///{}#{}", self.operation, self.pointer) });
        crate::relations::options(self.files.values())
            .with_retriever(self.clone())
            .build(&reference)
            .expect("the request schema is a JSON Schema")
    }

    /// The file that a `$ref` names, or the schema itself.
    pub fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        name.map_or(schema, |name| &self.files[&format!("schemas/{name}")])
    }

    /// What relations add to their right sides, those of all files.
    pub fn added(&self) -> Vec<i64> {
        self.files.values().flat_map(crate::relations::added).collect()
    }

    /// The names of the request's own members.
    pub fn members(&self) -> BTreeSet<String> {
        let members = self.request()["properties"].as_object();
        members.into_iter().flat_map(Map::keys).cloned().collect()
    }
}

/// Whether the schema of the query says everything.
fn is_all_in_query(item: &Value) -> bool {
    let operation = &item["post"];
    operation["parameters"].as_array().is_some_and(|all| all.len() == 1)
        && item.pointer(SCHEMA).is_some()
        && operation["requestBody"].is_null()
        && operation["x-requirements"].is_null()
}

/// One schema of the parameters of all places, and of what is asked of them.
fn whole(item: &Value) -> Value {
    let methods = item.as_object().expect("a path item is an object").values();
    let operation = methods.into_iter().next().expect("it has an operation");
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().expect("a parameter has a name");
        let label = label(name, &parameter["schema"]);
        match parameter["in"].as_str().expect("a parameter stands somewhere") {
            "querystring" => add(&parameter["content"], &mut properties, &mut required),
            "path" => {
                // No path can have these.
                let schema = json!({ "not": { "enum": ["", ".", ".."] } });
                properties.insert(label.to_owned(), both(&parameter["schema"], schema));
                required.push(json!(label));
            }
            "header" => {
                let schema =
                    json!({ "pattern": "^([!-~\u{80}-ÿ]([ -~\u{80}-ÿ]*[!-~\u{80}-ÿ])?)?$" });
                properties.insert(label.to_owned(), both(&parameter["schema"], schema));
                required.extend((parameter["required"] == true).then(|| json!(label)));
            }
            "query" => {
                properties.insert(label.to_owned(), parameter["schema"].clone());
                required.extend((parameter["required"] == true).then(|| json!(label)));
            }
            other => panic!("nothing stands in `{other}`"),
        }
    }
    let body = &operation["requestBody"];
    if body["content"].pointer("/text~1plain").is_some() {
        properties.insert("body".to_owned(), body["content"]["text/plain"]["schema"].clone());
        required.extend((body["required"] == true).then(|| json!("body")));
    } else if body["content"].get("application/octet-stream").is_some() {
        // Of bytes JSON Schema says nothing.
        properties.insert("body".to_owned(), json!({}));
        required.extend((body["required"] == true).then(|| json!("body")));
    } else if let Some(schema) = body.pointer("/content/application~1json/schema")
        && schema["properties"].is_null()
    {
        properties.insert("body".to_owned(), schema.clone());
        required.extend((body["required"] == true).then(|| json!("body")));
    } else {
        add(&body["content"], &mut properties, &mut required);
    }
    let mut schema = operation["x-requirements"].as_object().cloned().unwrap_or_default();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("required".to_owned(), required.into());
    schema.into()
}

/// Adds the members of an object that one media type has.
fn add(content: &Value, properties: &mut Map<String, Value>, required: &mut Vec<Value>) {
    for media in content.as_object().into_iter().flat_map(Map::values) {
        let members = media["schema"]["properties"].as_object().into_iter().flatten();
        properties
            .extend(members.map(|(name, schema)| (label(name, schema).to_owned(), schema.clone())));
        let names = media["schema"]["required"].as_array().into_iter().flatten();
        let labels = names.map(|name| {
            let name = name.as_str().expect("it is a name");
            json!(label(name, &media["schema"]["properties"][name]))
        });
        required.extend(labels);
    }
}

/// What rules over several places call a parameter.
fn label<'s>(name: &'s str, schema: &'s Value) -> &'s str {
    schema["x-name"].as_str().unwrap_or(name)
}

/// A schema, and what else is asked of its values.
fn both(schema: &Value, more: Value) -> Value {
    let mut both = schema.clone();
    let mut all = both["allOf"].as_array().cloned().unwrap_or_default();
    all.push(more);
    both["allOf"] = all.into();
    both
}

impl Retrieve for Schemas {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let path = uri.path().as_str().trim_start_matches('/');
        self.files.get(path).cloned().ok_or_else(|| format!("there is no {path}").into())
    }
}

fn without_json_text(json: Value) -> Value {
    match json {
        Value::Object(mut members) => match members.remove("contentSchema") {
            Some(content) => {
                let mut content = without_json_text(content);
                // What rules call it is no fact of what it holds.
                if let Some(name) = members.remove("x-name") {
                    content["x-name"] = name;
                }
                content
            }
            None => members
                .into_iter()
                .map(|(key, value)| (key, without_json_text(value)))
                .collect::<Map<_, _>>()
                .into(),
        },
        Value::Array(items) => items.into_iter().map(without_json_text).collect(),
        scalar => scalar,
    }
}
