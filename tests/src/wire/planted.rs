//! Parameters and answers of operations that somebody publishes, with a planted text in the place of each
//! secret, made from the metadata itself.
//!
//! Which names are those of secrets, the report of the import tells; where they stand is found without it.

use std::collections::BTreeSet;

use alibabacloud_codegen::{End, Import, Repair, Specs, Thing};
use serde_json::{Map, Value, json};

use super::shown::{PLANTED, Shown};

/// What an operation is called with, and what it answers.
#[derive(Debug)]
pub struct Planted {
    /// Its name.
    pub operation: String,
    /// What it has to have, and its secrets.
    pub params: Map<String, Value>,
    /// Its secrets.
    pub answer: Value,
    /// How many secrets are sent.
    pub sent: usize,
    /// How many secrets are received.
    pub received: usize,
}

impl Planted {
    /// What is wrong with what was shown.
    pub fn faults(&self, shown: &Shown) -> Vec<String> {
        let leaks = shown.texts.iter().filter(|text| text.contains(PLANTED));
        let mut faults: Vec<String> = leaks.map(|text| format!("shown: {text}")).collect();
        // What was not sent or not read proves nothing.
        let is_missing = |number: &usize| !shown.sent.contains(&format!("{PLANTED}-{number}{END}"));
        let missing = (1..=self.sent).filter(is_missing);
        faults
            .extend(missing.map(|number| format!("secret {number} was not sent: {}", shown.sent)));
        if self.received > 0 {
            let struck = shown.answer.as_ref().map(|answer| answer.matches("[REDACTED]").count());
            if struck.is_none_or(|struck| struck < self.received) {
                faults.push(format!("{struck:?} of {} secrets were read", self.received));
            }
        }
        faults
    }
}

/// What stands behind the number of a planted text.
const END: char = '_';

/// How deep samples are, since components may contain themselves.
const DEPTH: usize = 8;

/// The operations of a document that send or receive a secret.
///
/// # Panics
///
/// When it cannot be imported.
pub fn operations_of(document: &Specs) -> Vec<Planted> {
    let imported = Import::default().run(document).unwrap_or_else(|refusal| panic!("{refusal}"));
    let listed = imported.report.repaired().filter(|(rule, _)| *rule == Repair::Secret);
    // Names have dots, so all that may be one is tried.
    let ends = |place: &str| -> Vec<String> {
        let place = place.trim_end_matches(": schema");
        place.match_indices('.').map(|(dot, _)| place[dot + 1..].to_owned()).collect()
    };
    let secrets: BTreeSet<String> = listed.flat_map(|(_, place)| ends(&place.shown)).collect();
    let lost = imported
        .report
        .things()
        .filter(|(thing, end, _)| *thing == Thing::Parameter && matches!(end, End::LeftOut(_)));
    let lost: BTreeSet<String> = lost.map(|(.., place)| place().pointer).collect();
    let texts = imported.report.repaired().filter(|(rule, _)| *rule == Repair::TakenForText);
    let texts: BTreeSet<String> = texts.map(|(_, place)| place.pointer).collect();
    let text = &document.files()[0].text;
    operations(&serde_json::from_str(text).expect("it was imported"), &secrets, &lost, &texts)
}

/// `lost` are the pointers of parameters that requests do not have, `texts` those that are taken for text.
fn operations(
    metadata: &Value,
    secrets: &BTreeSet<String>,
    lost: &BTreeSet<String>,
    texts: &BTreeSet<String>,
) -> Vec<Planted> {
    let empty = Map::new();
    let apis = metadata["apis"].as_object().unwrap_or(&empty);
    let planted = apis.iter().map(|(name, operation)| {
        let mut sampler = Sampler { metadata, secrets, planted: 0 };
        let mut params = Map::new();
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for (index, parameter) in parameters.enumerate() {
            let pointer = format!("/apis/{name}/parameters/{index}");
            if lost.contains(&pointer) {
                continue;
            }
            let wire = parameter["name"].as_str().unwrap_or_default();
            let is_text = texts.contains(&pointer);
            let schema = if is_text { &json!({ "type": "string" }) } else { &parameter["schema"] };
            let needed = schema["required"] == true || parameter["in"] == "path";
            if let Some(value) = sampler.value(wire, schema, needed, DEPTH) {
                params.insert(wire.to_owned(), value);
            }
        }
        let sent = sampler.planted;
        let schema = &operation["responses"]["200"]["schema"];
        let answer = sampler.value("", schema, true, DEPTH).unwrap_or_else(|| json!({}));
        let received = sampler.planted - sent;
        Planted { operation: name.clone(), params, answer, sent, received }
    });
    planted.filter(|planted| planted.sent + planted.received > 0).collect()
}

struct Sampler<'m> {
    metadata: &'m Value,
    secrets: &'m BTreeSet<String>,
    planted: usize,
}

impl Sampler<'_> {
    /// A value that is needed, or that has a secret inside.
    fn value(&mut self, wire: &str, schema: &Value, needed: bool, depth: usize) -> Option<Value> {
        let schema = self.target(schema);
        let before = self.planted;
        let value = match schema["type"].as_str() {
            _ if depth == 0 => return needed.then_some(Value::Null),
            Some("string") if self.secrets.contains(wire) => {
                self.planted += 1;
                json!(format!("{PLANTED}-{}{END}", self.planted))
            }
            Some("string") => {
                let first = schema["enum"].get(0).and_then(Value::as_str);
                json!(first.unwrap_or("a"))
            }
            Some("integer") => json!(1),
            Some("number") => json!(1.5),
            Some("boolean") => json!(true),
            Some("array") => {
                let item = self.value(wire, &schema["items"], false, depth - 1);
                Value::Array(item.into_iter().collect())
            }
            _ => self.object(&schema, depth),
        };
        (needed || self.planted > before).then_some(value)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let mut members = Map::new();
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            let needed = schema["required"] == true;
            if let Some(value) = self.value(name, schema, needed, depth - 1) {
                members.insert(name.clone(), value);
            }
        }
        Value::Object(members)
    }

    /// What a reference leads to.
    fn target(&self, schema: &Value) -> Value {
        let mut schema = schema;
        for _ in 0..DEPTH {
            let Some(reference) = schema["$ref"].as_str() else { break };
            let name = reference.rsplit('/').next().unwrap_or_default();
            schema = &self.metadata["components"]["schemas"][name];
        }
        schema.clone()
    }
}
