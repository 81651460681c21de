//! Every small change to a rule of the real specs is noticed.
//!
//! A mutant is killed when its rules cannot be read, or when a request is judged otherwise than the
//! document wants it. Mutants are judged by the formulas from which validators are written; that both
//! agree is what the differential tests show.

use alibabacloud_codegen::{SpecFile, Specs, judge};
use serde_json::{Value, json};
use tests::specs;

use crate::documents;

const MODIFY: &str = "ModifyBackupSourceEndpoint";
const CREATE: &str = "CreateGetDBListFromAgentTask";
const SCHEMA: &str = "/post/parameters/0/content/application~1x-www-form-urlencoded/schema";

const INSTANCE_TYPES: [&str; 6] = ["RDS", "ECS", "Express", "Agent", "DDS", "Other"];
const DATABASES: [&str; 8] =
    ["MySQL", "MSSQL", "Oracle", "MariaDB", "PostgreSQL", "DRDS", "MongoDB", "Redis"];

/// A change to a request's schema.
struct Mutant {
    name: String,
    schema: Value,
}

fn schema(specs: &Specs, operation: &str) -> Value {
    let path = format!("operations/{operation}.json");
    let file = specs.files().iter().find(|file| file.path == path).expect("the file is there");
    let item: Value = serde_json::from_str(&file.text).expect("it is JSON");
    item.pointer(SCHEMA).expect("it has a request").clone()
}

/// The specs with another request schema.
fn with(specs: &Specs, operation: &str, schema: &Value) -> Specs {
    let path = format!("operations/{operation}.json");
    let files = specs.files().iter().cloned().map(|mut file| {
        if file.path == path {
            let mut item: Value = serde_json::from_str(&file.text).expect("it is JSON");
            *item.pointer_mut(SCHEMA).expect("it has a request") = schema.clone();
            file.text = item.to_string();
        }
        SpecFile { path: file.path, text: file.text }
    });
    Specs::new(specs.folder(), files.collect())
}

/// Every way to change one thing below `node`; `make` builds the whole from the changed node.
fn mutations(node: &Value, name: &str, make: &dyn Fn(Value) -> Value, mutants: &mut Vec<Mutant>) {
    let mut add = |what: String, changed: Value| {
        mutants.push(Mutant { name: format!("{name}: {what}"), schema: make(changed) });
    };
    if let Some(list) = node.get("enum").and_then(Value::as_array) {
        for (index, value) in list.iter().enumerate() {
            let mut changed = node.clone();
            changed["enum"].as_array_mut().expect("it is a list").remove(index);
            add(format!("without {value}"), changed);
        }
    }
    if let Some(constant) = node.get("const").and_then(Value::as_str) {
        let values = if DATABASES.contains(&constant) { &DATABASES[..] } else { &INSTANCE_TYPES };
        for other in values.iter().filter(|other| **other != constant) {
            let mut changed = node.clone();
            changed["const"] = (*other).into();
            add(format!("{other} for {constant}"), changed);
        }
    }
    if let Some(inner) = node.get("not") {
        let mut changed = node.clone();
        let members = changed.as_object_mut().expect("it is an object");
        members.remove("not");
        members.extend(inner.as_object().expect("it is an object").clone());
        add("`not` dropped".to_owned(), changed);
    }
    if let Some(names) = node.get("required").and_then(Value::as_array) {
        for (index, old) in names.iter().enumerate() {
            let mut changed = node.clone();
            changed["required"].as_array_mut().expect("it is a list").remove(index);
            add(format!("{old} not required"), changed);
            for new in ["SourceEndpointIP", "BackupGatewayId", "CrossRoleName"] {
                if names.iter().all(|name| name != new) {
                    let mut changed = node.clone();
                    changed["required"][index] = new.into();
                    add(format!("{new} for {old}"), changed);
                }
            }
        }
    }
    match node {
        Value::Object(members) => {
            for (key, child) in members {
                let make = |changed: Value| {
                    let mut node = node.clone();
                    node[key.as_str()] = changed;
                    make(node)
                };
                mutations(child, &format!("{name}/{key}"), &make, mutants);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                let make = |changed: Value| {
                    let mut node = node.clone();
                    node[index] = changed;
                    make(node)
                };
                mutations(child, &format!("{name}/{index}"), &make, mutants);
            }
        }
        _ => {}
    }
}

/// Whether the request, given no optional parameter or all of them, is judged as the document wants.
fn is_as_documented(specs: &Specs) -> bool {
    let Ok(Some(judge)) = judge(specs, MODIFY) else { return false };
    let databases = DATABASES.into_iter().map(Some).chain([None]);
    databases.clone().all(|database| {
        INSTANCE_TYPES.into_iter().all(|instance_type| {
            let mut merged =
                json!({ "BackupPlanId": "x", "SourceEndpointInstanceType": instance_type });
            if let Some(database) = database {
                merged["DatabaseType"] = database.into();
            }
            let expected: Vec<&str> = documents::asked_for(instance_type, database).collect();
            let lacking = judge.violations(&merged) == expected;
            for name in expected {
                merged[name] = match name {
                    "SourceEndpointPort" | "BackupGatewayId" => 1.into(),
                    "BackupObjects" => "[]".into(),
                    _ => "x".into(),
                };
            }
            lacking && judge.violations(&merged).is_empty()
        })
    })
}

#[test]
fn every_changed_rule_is_noticed() {
    let specs = specs();
    assert!(is_as_documented(&specs));
    let schema = schema(&specs, MODIFY);
    let mut mutants = Vec::new();
    let rules = schema["allOf"].as_array().expect("the request has rules");
    for (index, rule) in rules.iter().enumerate() {
        let make = |changed: Value| {
            let mut schema = schema.clone();
            schema["allOf"][index] = changed;
            schema
        };
        mutations(rule, &format!("rule {index}"), &make, &mut mutants);
        let mut without = schema.clone();
        without["allOf"].as_array_mut().expect("it is a list").remove(index);
        mutants.push(Mutant { name: format!("rule {index} dropped"), schema: without });
    }
    let survivors: Vec<&str> = mutants
        .iter()
        .filter(|mutant| is_as_documented(&with(&specs, MODIFY, &mutant.schema)))
        .map(|mutant| mutant.name.as_str())
        .collect();
    println!("{MODIFY}: {} killed of {}", mutants.len() - survivors.len(), mutants.len());
    assert!(mutants.len() > 100, "only {} mutants", mutants.len());
    assert!(survivors.is_empty(), "survivors: {survivors:#?}");
}

#[test]
fn every_changed_limit_is_noticed() {
    let specs = specs();
    let mut schema = schema(&specs, CREATE);
    let shared = specs.files().iter().find(|file| file.path == "schemas/BoundedClientToken.json");
    let shared = &shared.expect("several operations share the token").text;
    schema["properties"]["ClientToken"] = serde_json::from_str(shared).expect("it is JSON");
    let is_as_documented = |schema: &Value| {
        let specs = with(&specs, CREATE, schema);
        let Ok(Some(judge)) = judge(&specs, CREATE) else { return false };
        let token = |text: &str| json!({ "BackupGatewayId": 1, "ClientToken": text });
        judge.violations(&json!({})) == ["BackupGatewayId"]
            && judge.violations(&token("")).is_empty()
            && judge.violations(&token(&"x".repeat(64))).is_empty()
            && judge.violations(&token(&"x".repeat(65))) == ["ClientToken"]
            && judge.violations(&token("\u{7f}")).is_empty()
            && judge.violations(&token("\u{80}")) == ["ClientToken"]
    };
    assert!(is_as_documented(&schema));
    let token = |key: &str, value: Option<Value>| {
        let mut schema = schema.clone();
        let members = schema["properties"]["ClientToken"].as_object_mut().expect("it is an object");
        match value {
            Some(value) => members.insert(key.to_owned(), value),
            None => members.remove(key),
        };
        schema
    };
    let mut optional = schema.clone();
    optional["required"] = json!([]);
    let mutants = [
        optional,
        token("maxLength", Some(63.into())),
        token("maxLength", Some(65.into())),
        token("maxLength", None),
        token("minLength", Some(1.into())),
        token("pattern", None),
        token("pattern", Some("^[\\x00-\\x7E]*$".into())),
        token("pattern", Some("^[\\x00-\\xFF]*$".into())),
        token("pattern", Some("^[\\x00-\\x7F]+$".into())),
        token("pattern", Some("[\\x00-\\x7F]*".into())),
    ];
    let killed = mutants.iter().filter(|mutant| !is_as_documented(mutant)).count();
    println!("{CREATE}: {killed} killed of {}", mutants.len());
    assert_eq!(killed, mutants.len());
}
