//! What the specs of the real service say of its operations, read without the generator.

use jsonschema::{Retrieve, Uri, Validator};
use serde_json::{Map, Value};

use crate::checkout::root;
use crate::random::SCHEMA;

/// Where what the service answers stands.
const RESPONSE: &str = "/post/responses/200/content/application~1json";

/// An operation of the service.
pub struct Documented {
    /// Its name.
    pub id: String,
    document: Value,
}

/// A documented error.
pub struct DocumentedError {
    /// The HTTP status that it comes with.
    pub status: u16,
    /// Its code.
    pub code: String,
    /// What the service says with it.
    pub message: String,
}

impl Documented {
    /// The operations in the order of the index.
    ///
    /// # Panics
    ///
    /// When a file is missing or is not JSON.
    pub fn all() -> Vec<Self> {
        let index = read("openapi.json");
        let paths = index["paths"].as_object().expect("there is an index");
        let operation = |reference: &Value| {
            let document = read(reference["$ref"].as_str().expect("it names a file"));
            let id = document["post"]["operationId"].as_str().expect("it has a name").to_owned();
            Self { id, document }
        };
        paths.values().map(operation).collect()
    }

    /// The parameters with their examples, JSON text as the value that it holds.
    ///
    /// # Panics
    ///
    /// When one has no example.
    pub fn request(&self) -> Map<String, Value> {
        let example = |(name, schema): (&String, &Value)| {
            let shared = shared(schema);
            let examples = [schema, &shared].map(|schema| schema.pointer("/examples/0").cloned());
            let example = examples.into_iter().flatten().next();
            let example = example.unwrap_or_else(|| panic!("`{name}` has no example"));
            let value = match example.as_str() {
                Some(text) if schema.get("contentSchema").is_some() => {
                    serde_json::from_str(text).expect("the example is JSON text")
                }
                _ => example,
            };
            (name.clone(), value)
        };
        let properties = self.document.pointer(SCHEMA).map(|schema| &schema["properties"]);
        properties
            .and_then(Value::as_object)
            .expect("there is a request")
            .iter()
            .map(example)
            .collect()
    }

    /// The example of what the service answers.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn response(&self) -> Value {
        let example = self.document.pointer(&format!("{RESPONSE}/example"));
        example.unwrap_or_else(|| panic!("`{}` shows no response", self.id)).clone()
    }

    /// The elements of what the service answers, as JSON pointers into the example: lists stand for
    /// their first item.
    pub fn elements(&self) -> Vec<String> {
        let mut elements = Vec::new();
        let schema = self.document.pointer(&format!("{RESPONSE}/schema"));
        collect(schema.unwrap_or(&Value::Null), "", &mut elements);
        elements
    }

    /// The documented errors.
    pub fn errors(&self) -> Vec<DocumentedError> {
        let responses = self.document["post"]["responses"].as_object();
        let errors = |(status, response): (&String, &Value)| {
            let status = status.parse().expect("it is an HTTP status");
            let codes = response["x-error-codes"].as_array().cloned().unwrap_or_default();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            codes.into_iter().map(move |error| DocumentedError {
                status,
                code: text(&error["code"]),
                message: text(&error["message"]),
            })
        };
        responses.into_iter().flatten().flat_map(errors).collect()
    }
}

/// A validator that knows nothing of us, of an operation's request schema as it is written: JSON text is
/// text.
///
/// # Panics
///
/// When there is no such operation.
pub fn oracle(id: &str) -> Validator {
    let file = format!("operations/{id}.json");
    let document = read(&file);
    let schema = document.pointer(SCHEMA).expect("the operation has a request schema");
    crate::relations::options([&document])
        .with_base_uri(format!("specs:///{file}"))
        .with_retriever(Files)
        .build(schema)
        .expect("the request schema is a JSON Schema")
}

/// The specs' files under a made-up scheme, so that relative references find their way.
struct Files;

impl Retrieve for Files {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        try_read(uri.path().as_str().trim_start_matches('/'))
    }
}

fn try_read(path: &str) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
    let root = root().join("specs/dbs-2019-03-06");
    Ok(serde_json::from_slice(&std::fs::read(root.join(path))?)?)
}

fn read(path: &str) -> Value {
    try_read(path).expect("the file is in the repository, and is JSON")
}

/// The schema file that a property refers to, or nothing.
fn shared(schema: &Value) -> Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    name.map_or(Value::Null, |name| read(&format!("schemas/{name}")))
}

fn collect(schema: &Value, path: &str, elements: &mut Vec<String>) {
    let shared = shared(schema);
    let schema = if shared.is_null() { schema } else { &shared };
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}/{name}");
        elements.push(path.clone());
        collect(property, &path, elements);
    }
    if let Some(items) = schema.get("items") {
        collect(items, &format!("{path}/0"), elements);
    }
}
