//! Both ways: what the generator says of a rule is a sentence of which the table makes the same rule.

use alibabacloud_codegen::prose::{self, Description, Kind, Parameter};
use alibabacloud_codegen::{SpecFile, Specs, explain};
use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::specs;

/// The operation file of a spec, and the object of the operation's parameters in it.
fn operation(specs: &Specs, name: &str) -> Value {
    let path = format!("operations/{name}.json");
    let file = specs.files().iter().find(|file| file.path == path).expect("there is such a file");
    serde_json::from_str(&file.text).expect("it is JSON")
}

fn parameters_of(item: &mut Value) -> &mut Map<String, Value> {
    item.pointer_mut("/post/parameters/0/content/application~1x-www-form-urlencoded/schema")
        .and_then(Value::as_object_mut)
        .expect("RPC operations have one object of parameters")
}

/// The spec with one rule of an operation, and no other.
fn with_rule(specs: &Specs, name: &str, rule: Option<&Value>) -> Specs {
    let mut item = operation(specs, name);
    let schema = parameters_of(&mut item);
    schema.retain(|key, _| ["type", "required", "properties"].contains(&key.as_str()));
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            property.remove("x-effective-when");
        }
    }
    if let Some(rule) = rule {
        item["post"]["x-requirements"] = json!({ "type": "object", "allOf": [rule] });
    }
    let path = format!("operations/{name}.json");
    let files = specs.files().iter().filter(|file| file.path != path).cloned();
    let changed = SpecFile { path: path.clone(), text: item.to_string() };
    Specs::new(specs.folder(), files.chain([changed]).collect())
}

/// The sentences of an operation, each in one line and without a note behind it.
fn sentences(specs: &Specs, name: &str) -> Vec<String> {
    let text =
        explain(specs, name, &[]).unwrap_or_else(|problems| panic!("{}", problems.render(false)));
    let text = text.expect("there is such an operation");
    let items = text.split("\n- ").skip(1);
    let line = |item: &str| {
        let item = item.split("\n\n").next().unwrap_or_default();
        let line = item.split_whitespace().collect::<Vec<_>>().join(" ");
        // Notes start with a small letter behind what is said: "… is `x` (the table says so)".
        line.split(" (").next().unwrap_or_default().to_owned()
    };
    items.map(line).collect()
}

/// The parameters of an operation, behind one that no sentence is about.
fn parameters(specs: &Specs, name: &str) -> Vec<Parameter> {
    let mut item = operation(specs, name);
    let schema = parameters_of(&mut item);
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let parameter = |name: &str, schema: &Value| Parameter {
        name: name.to_owned(),
        label: name.to_owned(),
        title: String::new(),
        kind: match schema["type"].as_str() {
            Some("integer") => Kind::Integer,
            Some("boolean") => Kind::Truth,
            Some("string") => Kind::Text,
            _ => Kind::Unknown,
        },
        required: required.iter().any(|required| required == name),
        values: values(schema),
        listed: Vec::new(),
        example: None,
    };
    let properties = schema["properties"].as_object().expect("parameters are named");
    let own = properties.iter().map(|(name, schema)| parameter(name, &followed(specs, schema)));
    std::iter::once(parameter("Nobody", &json!({}))).chain(own).collect()
}

/// The values that a schema lists.
fn values(schema: &Value) -> Vec<Value> {
    let listed = schema["oneOf"].as_array().into_iter().flatten().map(|one| one["const"].clone());
    schema["enum"].as_array().cloned().unwrap_or_else(|| listed.collect())
}

/// What a schema refers to, or the schema itself.
fn followed(specs: &Specs, schema: &Value) -> Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("../"));
    let file = specs.files().iter().find(|file| Some(file.path.as_str()) == name);
    file.map_or_else(
        || schema.clone(),
        |file| serde_json::from_str(&file.text).expect("it is JSON"),
    )
}

/// The one rule that a sentence states; several that come to one stand together.
fn read(parameters: &[Parameter], sentence: &str) -> Option<Value> {
    let described = Description { parameters, described: 0, english: sentence, chinese: "" };
    let said = prose::read(&described);
    let rules: Vec<Value> = said.rules.into_iter().map(|rule| rule.schema).collect();
    match rules.as_slice() {
        [] => None,
        [rule] => Some(rule.clone()),
        _ => Some(json!({ "allOf": rules })),
    }
}

/// Whether a sentence is about facts that no request carries, a single parameter, or when one has an effect.
fn is_apart(sentence: &str) -> bool {
    let is_of_one = sentence.contains(" must ") && sentence.matches('`').count() > 2;
    ["the backup plan's", "has an effect", "Not checked"].iter().any(|part| sentence.contains(part))
        || is_of_one && !sentence.contains(" when ") && !sentence.contains(" than ")
        || sentence.contains(" must ")
            && !sentence.contains(" when ")
            && sentence.matches('`').count() == 2
}

#[test]
fn the_sentences_of_dbs_are_rules_again() {
    let specs = specs();
    let names = specs.files().iter().filter_map(|file| {
        file.path.strip_prefix("operations/")?.strip_suffix(".json").map(str::to_owned)
    });
    let (mut read_again, mut wrong) = (0, Vec::new());
    for name in names {
        let parameters = parameters(&specs, &name);
        for sentence in sentences(&specs, &name).iter().filter(|sentence| !is_apart(sentence)) {
            let Some(rule) = read(&parameters, sentence) else {
                wrong.push(format!("{name}: {sentence}"));
                continue;
            };
            let again = sentences(&with_rule(&specs, &name, Some(&rule)), &name);
            match again.contains(sentence) {
                true => read_again += 1,
                false => wrong.push(format!("{name}: {sentence} => {rule} => {again:?}")),
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(read_again >= 40, "only {read_again} sentences");
}

/// Rules of the shapes, over parameters of an operation that has many.
const OPERATION: &str = "CreateBackupPlan";

fn random_rule(rng: &mut Rng, parameters: &[Parameter]) -> Value {
    let listed: Vec<&Parameter> = parameters
        .iter()
        .filter(|parameter| parameter.values.len() > 1 && !parameter.required)
        .collect();
    let optional: Vec<&Parameter> = parameters[1..]
        .iter()
        .filter(|parameter| !parameter.required && parameter.values.is_empty())
        .collect();
    let mut of = |from: &[&Parameter]| from[rng.usize(..from.len())].clone();
    let (case, other) = (of(&listed), of(&listed));
    let mut names = Vec::new();
    while names.len() < 3 {
        let name = of(&optional).name;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let [a, b, c] = names.try_into().expect("three");
    let value = |parameter: &Parameter| parameter.values.first().cloned().unwrap_or_default();
    let when = json!({"required": [case.name], "properties": {case.name.clone(): {"const": value(&case)}}});
    let each =
        |names: &[&str]| names.iter().map(|name| json!({"required": [name]})).collect::<Value>();
    match rng.u8(..8) {
        0 => json!({"if": when, "then": {"required": [a]}}),
        1 => json!({"if": when, "then": {"not": {"required": [a]}}}),
        2 if case.name != other.name => {
            json!({"if": when, "then": {"properties": {other.name.clone(): {"enum": [value(&other)]}}}})
        }
        3 => json!({"anyOf": each(&[&a, &b])}),
        4 => json!({"oneOf": each(&[&a, &b, &c])}),
        5 => json!({"dependentRequired": {a: [b]}}),
        6 => json!({"not": {"required": [a, b]}}),
        _ => json!({"if": {"required": [a]}, "then": {"anyOf": each(&[&b, &c])}}),
    }
}

#[test]
fn the_sentences_of_random_rules_are_the_rules_again() {
    let specs = specs();
    let parameters = parameters(&specs, OPERATION);
    let plain = sentences(&with_rule(&specs, OPERATION, None), OPERATION);
    let mut rng = Rng::with_seed(21);
    for _ in 0..24 {
        let rule = random_rule(&mut rng, &parameters);
        let said = |rule: &Value| -> Vec<String> {
            let said = sentences(&with_rule(&specs, OPERATION, Some(rule)), OPERATION);
            said.into_iter().filter(|sentence| !plain.contains(sentence)).collect()
        };
        let sentences = said(&rule);
        let [sentence] = sentences.as_slice() else { panic!("{rule}: {sentences:?}") };
        let again = read(&parameters, sentence).unwrap_or_else(|| panic!("{rule}: {sentence}"));
        assert_eq!(said(&again), sentences, "{rule} => {sentence} => {again}");
    }
}
