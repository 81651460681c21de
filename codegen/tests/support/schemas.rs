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
        Self { files: files.collect(), operation: operation.to_owned() }
    }

    /// The schema of the request.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn request(&self) -> &Value {
        self.files[&self.operation].pointer(SCHEMA).expect("an operation has a request")
    }

    /// The other validator.
    ///
    /// # Panics
    ///
    /// When it does not take the schema for one.
    pub fn oracle(&self) -> Validator {
        let reference = json!({ "$ref": format!("fixture:///{}#{SCHEMA}", self.operation) });
        crate::relations::options()
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
            Some(content) => without_json_text(content),
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
