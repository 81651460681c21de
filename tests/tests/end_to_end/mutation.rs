//! Every small change to a rule of the real specs, and of rules over several places, is noticed.
//!
//! A mutant is killed when its rules cannot be read, or when a request is judged otherwise than the
//! document, or what a fixture is meant to say, wants it. Mutants are judged by the formulas from which validators are written; that both
//! agree is what the differential tests show.

use alibabacloud_codegen::{SpecFile, Specs, judge};
use serde_json::{Value, json};
use tests::fixtures::cases;
use tests::specs;

use crate::documents;

const MODIFY: &str = "ModifyBackupSourceEndpoint";
const CREATE: &str = "CreateGetDBListFromAgentTask";
const SCHEMA: &str = "/post/parameters/0/content/application~1x-www-form-urlencoded/schema";

const INSTANCE_TYPES: [&str; 6] = ["RDS", "ECS", "Express", "Agent", "DDS", "Other"];
const DATABASES: [&str; 8] =
    ["MySQL", "MSSQL", "Oracle", "MariaDB", "PostgreSQL", "DRDS", "MongoDB", "Redis"];

const CHANGE: &str = "ChangeDisk";
const REQUIREMENTS: &str = "/put/x-requirements";
const KINDS: [&str; 3] = ["Plain", "Local", "Remote"];

/// An operation whose rules are changed.
struct Subject {
    operation: &'static str,
    /// Where in its file the schema with the rules stands.
    pointer: &'static str,
    /// Values that a rule may name one for the other.
    values: &'static [&'static [&'static str]],
    /// Parameters that a rule may name for another one.
    names: &'static [&'static str],
}

const MODIFIED: Subject = Subject {
    operation: MODIFY,
    pointer: SCHEMA,
    values: &[&DATABASES, &INSTANCE_TYPES],
    names: &["SourceEndpointIP", "BackupGatewayId", "CrossRoleName"],
};

const CREATED: Subject = Subject { operation: CREATE, pointer: SCHEMA, values: &[], names: &[] };

const CHANGED: Subject = Subject {
    operation: CHANGE,
    pointer: REQUIREMENTS,
    values: &[&KINDS, &["system", "d-1"]],
    names: &["tags", "dryRun", "new_id"],
};

/// A change to a request's schema.
struct Mutant {
    name: String,
    schema: Value,
}

impl Subject {
    /// The schema with the rules.
    fn schema(&self, specs: &Specs) -> Value {
        let path = format!("operations/{}.json", self.operation);
        let file = specs.files().iter().find(|file| file.path == path).expect("the file is there");
        let item: Value = serde_json::from_str(&file.text).expect("it is JSON");
        item.pointer(self.pointer).expect("it has rules").clone()
    }

    /// The specs with another schema.
    fn with(&self, specs: &Specs, schema: &Value) -> Specs {
        let path = format!("operations/{}.json", self.operation);
        let files = specs.files().iter().cloned().map(|mut file| {
            if file.path == path {
                let mut item: Value = serde_json::from_str(&file.text).expect("it is JSON");
                *item.pointer_mut(self.pointer).expect("it has rules") = schema.clone();
                file.text = item.to_string();
            }
            SpecFile { path: file.path, text: file.text }
        });
        Specs::new(specs.folder(), files.collect())
    }

    /// Every rule changed and every rule dropped.
    fn mutants(&self, specs: &Specs) -> Vec<Mutant> {
        let schema = self.schema(specs);
        let mut mutants = Vec::new();
        let rules = schema["allOf"].as_array().expect("the request has rules");
        for (index, rule) in rules.iter().enumerate() {
            let make = |changed: Value| {
                let mut schema = schema.clone();
                schema["allOf"][index] = changed;
                schema
            };
            self.mutations(rule, &format!("rule {index}"), &make, &mut mutants);
            let mut without = schema.clone();
            without["allOf"].as_array_mut().expect("it is a list").remove(index);
            mutants.push(Mutant { name: format!("rule {index} dropped"), schema: without });
        }
        mutants
    }

    /// Sees to it that all of them are killed; says how many they were.
    fn kills_all(&self, specs: &Specs, is_as_documented: fn(&Specs) -> bool) -> usize {
        assert!(is_as_documented(specs));
        let mutants = self.mutants(specs);
        let survivors: Vec<&str> = mutants
            .iter()
            .filter(|mutant| is_as_documented(&self.with(specs, &mutant.schema)))
            .map(|mutant| mutant.name.as_str())
            .collect();
        let killed = mutants.len() - survivors.len();
        println!("{}: {killed} killed of {}", self.operation, mutants.len());
        assert!(survivors.is_empty(), "survivors: {survivors:#?}");
        killed
    }

    /// Every way to change one thing below `node`; `make` builds the whole from the changed node.
    fn mutations(
        &self,
        node: &Value,
        name: &str,
        make: &dyn Fn(Value) -> Value,
        mutants: &mut Vec<Mutant>,
    ) {
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
            let values = self.values.iter().find(|values| values.contains(&constant));
            let values = values.into_iter().flat_map(|values| values.iter());
            for other in values.filter(|other| **other != constant) {
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
                for new in self.names {
                    if names.iter().all(|name| name != new) {
                        let mut changed = node.clone();
                        changed["required"][index] = (*new).into();
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
                    self.mutations(child, &format!("{name}/{key}"), &make, mutants);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    let make = |changed: Value| {
                        let mut node = node.clone();
                        node[index] = changed;
                        make(node)
                    };
                    self.mutations(child, &format!("{name}/{index}"), &make, mutants);
                }
            }
            _ => {}
        }
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

/// Whether a change of a disk is judged as the fixture means it, whatever of it is given.
fn is_as_meant(specs: &Specs) -> bool {
    let Ok(Some(judge)) = judge(specs, CHANGE) else { return false };
    let cases = KINDS.into_iter().flat_map(|kind| (0..16).map(move |bits| (kind, bits)));
    cases.into_iter().all(|(kind, bits)| {
        let is = |bit: u8| bits & (1 << bit) != 0;
        let mut merged = json!({ "id": if is(0) { "system" } else { "d-1" }, "x-acs-kind": kind });
        for (name, value) in
            [("region", json!("north")), ("dryRun", true.into()), ("new_id", "d-2".into())]
                .into_iter()
                .zip(1..)
                .filter_map(|(given, bit)| is(bit).then_some(given))
        {
            merged[name] = value;
        }
        let lacks = |name: &str| merged.get(name).is_none();
        let is_renamed = !lacks("new_id");
        let lacking: Vec<&str> = [
            ("region", kind == "Remote" && lacks("region")),
            ("size", kind != "Plain"),
            ("key", kind == "Remote"),
            ("note", !lacks("dryRun")),
        ]
        .into_iter()
        .filter_map(|(name, is_lacking)| is_lacking.then_some(name))
        .collect();
        let mut found = judge.violations(&merged);
        let is_told = lacking.iter().all(|name| found.contains(name));
        found.retain(|name| !lacking.contains(name));
        let is_wrong = is_renamed && (is(0) || !lacks("region"));
        let is_judged = is_told && found.is_empty() != is_wrong;
        for name in lacking {
            merged[name] = if name == "size" { 1.into() } else { "x".into() };
        }
        let is_wrong = is_renamed && (is(0) || merged.get("region").is_some());
        is_judged && judge.violations(&merged).is_empty() != is_wrong
    })
}

#[test]
fn every_changed_rule_is_noticed() {
    let mutants = MODIFIED.kills_all(&specs(), is_as_documented);
    assert!(mutants > 100, "only {mutants} mutants");
}

#[test]
fn every_changed_rule_over_several_places_is_noticed() {
    let case = cases("accepted").into_iter().find(|case| case.name == "place_rules");
    let mutants = CHANGED.kills_all(&case.expect("there is such a fixture").specs, is_as_meant);
    assert!(mutants > 20, "only {mutants} mutants");
}

#[test]
fn every_changed_limit_is_noticed() {
    let specs = specs();
    let mut schema = CREATED.schema(&specs);
    let shared = specs.files().iter().find(|file| file.path == "schemas/BoundedClientToken.json");
    let shared = &shared.expect("several operations share the token").text;
    schema["properties"]["ClientToken"] = serde_json::from_str(shared).expect("it is JSON");
    let is_as_documented = |schema: &Value| {
        let specs = CREATED.with(&specs, schema);
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
