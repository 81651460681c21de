//! Random requests: schemas over every keyword that rules may use, with parameters in one place or in
//! several, and instances close to what the schemas ask for.
//!
//! The same seed always gives the same. Knows JSON Schema and the forms of `specs/README.md`; knows
//! nothing of how the generator reads them. `build.rs` compiles this file, too.

mod places;

use std::collections::BTreeMap;

use fastrand::Rng;
use places::Place;
use serde_json::{Map, Value, json};

/// Where a request's schema stands in the file of its operation.
pub const SCHEMA: &str = "/post/parameters/0/content/application~1x-www-form-urlencoded/schema";

const NAMES: [&str; 7] = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta"];
const KEYS: [&str; 4] = ["a", "b", "a.b", "\u{e9}"];
const MODES: [&str; 3] = ["Fast", "Slow", "Custom"];
const TEXTS: [&str; 10] = ["", "a", "b", "ab", "abc", "12", "é", "日本", "A", "a-b"];
const PATTERNS: [&str; 8] =
    ["^[a-z]*$", "^[a-z]+$", "b", "^a", "[0-9]$", "^(?:a|ab)$", "^[^a]{1,2}$", "^\\u65e5"];
const INTEGERS: [i64; 12] = [-5, -1, 0, 1, 2, 3, 4, 5, 6, 10, 12, 512];
const DOUBLES: [f64; 10] = [-1.5, -0.5, 0.0, 0.1, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0];

/// Texts of the formats of dates and times, some of which say the same and some of which say nothing.
const MOMENTS: [(&str, [&str; 5]); 3] = [
    ("date", ["2024-02-29", "2024-03-01", "2023-02-29", "2024-02-28", "2024-3-1"]),
    (
        "date-time",
        [
            "2026-01-31T08:00:00Z",
            "2026-01-31t16:00:00.00+08:00",
            "2026-01-31T15:00:00",
            "2026-01-31T07:59:59.9999999999999Z",
            "2016-12-31T23:59:60Z",
        ],
    ),
    ("time", ["08:00:00Z", "07:00:00-01:00", "23:58:60Z", "23:59:60Z", "23:59:59.5z"]),
];

/// The facts of a context; `build.rs` hands them over.
const FACTS: [(&str, Kind); 4] = [
    ("Engine", Kind::Mode),
    ("Level", Kind::Int32),
    ("Limit", Kind::Int64),
    ("Locked", Kind::Boolean),
];

/// A random operation: its files, and what its members hold.
pub struct Operation {
    /// Paths below the folder of the specs, and JSON.
    pub files: BTreeMap<String, Value>,
    members: Vec<Member>,
    facts: Vec<Member>,
}

impl Operation {
    /// Makes one.
    pub fn new(rng: &mut Rng, id: &str) -> Self {
        let mut members = members(rng);
        if rng.bool() {
            places::spread(rng, &mut members);
        }
        let facts = if rng.bool() {
            FACTS.map(|(name, kind)| Member::new(name, kind)).into()
        } else {
            Vec::new()
        };
        Self::with(rng, id, members, facts)
    }

    /// Makes one whose members have few values, so that all instances can be tried.
    pub fn finite(rng: &mut Rng, id: &str) -> Self {
        let count = rng.usize(2..=4);
        let moments = Kind::FewMoments(rng.usize(..MOMENTS.len()));
        let kinds = match rng.u8(..3) {
            0 => [Kind::Mode, Kind::Small, moments.clone(), moments],
            _ => [Kind::Mode, Kind::Boolean, Kind::Small, Kind::Small],
        };
        let kinds: Vec<Kind> =
            (0..count).map(|_| rng.choice(&kinds).expect("there are some").clone()).collect();
        let members = NAMES.into_iter().zip(kinds).map(|(name, kind)| Member::new(name, kind));
        let mut members: Vec<Member> = members.collect();
        if rng.u8(..3) == 0 {
            places::spread(rng, &mut members);
        }
        let facts = [("Level", Kind::Small), ("Locked", Kind::Boolean)];
        let facts = facts.map(|(name, kind)| Member::new(name, kind));
        let facts = if rng.u8(..3) == 0 { facts.into() } else { Vec::new() };
        Self::with(rng, id, members, facts)
    }

    /// All requests of one that was made by [`Self::finite`], with all facts known or unknown.
    pub fn all_instances(&self) -> Vec<Map<String, Value>> {
        let mut instances = vec![Map::new()];
        for member in self.members.iter().chain(&self.facts) {
            let values: Vec<Value> = member.kind.all_values();
            let given = instances.iter().flat_map(|instance| {
                values.iter().map(|value| {
                    let mut instance = instance.clone();
                    instance.insert(member.name.to_owned(), value.clone());
                    instance
                })
            });
            instances = given.chain(instances.iter().cloned()).collect();
        }
        instances
    }

    fn with(rng: &mut Rng, id: &str, members: Vec<Member>, facts: Vec<Member>) -> Self {
        let is_spread = members.iter().any(|member| member.place != Place::Query);
        let root = if is_spread { places::REQUIREMENTS } else { SCHEMA };
        let mut author = Author { rng, id, root, definitions: Map::new() };
        let mut schema = author.struct_of(&members, "../schemas/");
        let rules = author.rules(&members, &facts);
        let item = if is_spread {
            places::several(author.rng, id, &members, &schema, &rules)
        } else {
            for (keyword, rule) in rules.as_object().into_iter().flatten() {
                schema[keyword] = rule.clone();
            }
            operation(id, &schema)
        };
        let mut files = BTreeMap::from([
            (format!("operations/{id}.json"), item),
            (format!("schemas/{id}Item.json"), author.item()),
            (format!("schemas/{id}Facts.json"), author.struct_of(&facts, "")),
            (format!("schemas/{id}Mode.json"), json!({ "type": "string", "enum": MODES })),
        ]);
        for suffix in ["Facts", "Item", "Mode"] {
            let name = format!("{id}{suffix}.json");
            if !files.values().any(|file| file.to_string().contains(&name)) {
                files.remove(&format!("schemas/{name}"));
            }
        }
        Self { files, members, facts }
    }

    /// Whether facts of a context are part of its rules.
    pub fn has_facts(&self) -> bool {
        !self.facts.is_empty()
    }

    /// Whether parameters stand in several places.
    pub fn is_spread(&self) -> bool {
        self.members.iter().any(|member| member.place != Place::Query)
    }

    /// Whether every value of the instance can stand where its parameter does, which is no rule of the
    /// spec.
    pub fn can_travel(&self, instance: &Value) -> bool {
        let given =
            self.members.iter().filter_map(|member| Some((member, instance.get(member.name)?)));
        given.into_iter().all(|(member, value)| member.place.takes(value))
    }

    /// What rules call the request's members, and whether each holds JSON in text.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.members.iter().map(|member| (member.name, member.kind == Kind::JsonText))
    }

    /// The names of the facts.
    pub fn facts(&self) -> impl Iterator<Item = &'static str> {
        self.facts.iter().map(|fact| fact.name)
    }

    /// The members that are dates and times.
    pub fn moments(&self) -> impl Iterator<Item = &'static str> {
        let moments = self.members.iter().filter(|member| member.kind.is_moment());
        moments.map(|member| member.name)
    }

    /// The values that each member has of one that was made by [`Self::finite`].
    pub fn documented_values(&self) -> impl Iterator<Item = (&'static str, Vec<Value>)> {
        let with_few = self.members.iter().filter(|member| member.kind != Kind::Small);
        with_few.map(|member| (member.name, member.kind.all_values()))
    }

    /// The instance with another value of a fact.
    pub fn with_fact(&self, rng: &mut Rng, instance: &Value, name: &str) -> Value {
        let mut instance = instance.clone();
        if let Some(fact) = self.facts.iter().find(|fact| fact.name == name) {
            instance[name] = fact.kind.value(rng, Values::Any);
        }
        instance
    }

    /// A request with the facts that are known: every value has the type of its member, and what
    /// travels as JSON text is the value that it holds.
    pub fn instance(&self, rng: &mut Rng) -> Value {
        let all = self.members.iter().chain(&self.facts);
        let given = all.filter_map(|member| {
            let is_given = rng.u8(..3) > 0;
            is_given.then(|| (member.name.to_owned(), member.kind.value(rng, Values::Any)))
        });
        given.collect::<Map<_, _>>().into()
    }
}

struct Member {
    /// What rules call it.
    name: &'static str,
    /// What the service calls it.
    wire: &'static str,
    kind: Kind,
    place: Place,
}

impl Member {
    fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, wire: name, kind, place: Place::Query }
    }
}

/// What a member holds.
#[derive(Clone, PartialEq)]
enum Kind {
    Text,
    /// A date or a time, by its position among the formats.
    Moment(usize),
    /// One of few dates or times of a format.
    FewMoments(usize),
    Secret,
    Mode,
    Int32,
    Int64,
    /// 1 to 3.
    Small,
    Double,
    Boolean,
    Item,
    List(Box<Kind>),
    /// Items in JSON text; rules say only whether it is given.
    JsonText,
    /// Values under any names; rules say only whether it is given.
    Map(Box<Kind>),
    /// Whatever JSON has; rules say only whether it is given.
    Any,
}

/// Which values of a kind are wanted.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    /// Those that a schema may name.
    Documented,
    Any,
}

impl Kind {
    /// All values of one that has few.
    fn all_values(&self) -> Vec<Value> {
        match self {
            Self::Boolean => vec![json!(true), json!(false)],
            Self::Small => vec![json!(1), json!(2), json!(3)],
            Self::FewMoments(format) => {
                MOMENTS[*format].1[..4].iter().map(|text| json!(text)).collect()
            }
            _ => MODES.map(Value::from).into(),
        }
    }

    fn is_integer(&self) -> bool {
        matches!(self, Self::Int32 | Self::Int64 | Self::Small)
    }

    fn is_moment(&self) -> bool {
        matches!(self, Self::Moment(_) | Self::FewMoments(_))
    }

    /// Whether it is one text wherever it stands.
    fn is_scalar(&self) -> bool {
        !self.is_opaque() && !matches!(self, Self::Item | Self::List(_))
    }

    /// Whether rules can say only whether it is given.
    fn is_opaque(&self) -> bool {
        matches!(self, Self::JsonText | Self::Map(_) | Self::Any)
    }

    /// Whether a schema can name a value of it.
    fn is_comparable(&self) -> bool {
        match self {
            Self::List(item) => item.is_comparable(),
            other => !other.is_opaque(),
        }
    }

    fn value(&self, rng: &mut Rng, values: Values) -> Value {
        let is_odd = values == Values::Any && rng.u8(..20) == 0;
        match self {
            Self::Text | Self::Secret => json!(rng.choice(TEXTS)),
            Self::Moment(format) => json!(rng.choice(MOMENTS[*format].1)),
            Self::FewMoments(_) => rng.choice(self.all_values()).expect("there are some"),
            Self::Mode if is_odd => json!("Other"),
            Self::Mode => json!(rng.choice(MODES)),
            Self::Int32 if is_odd => json!(rng.choice([i32::MIN, i32::MAX])),
            Self::Int64 if is_odd => json!(rng.choice([i64::MIN, i64::MAX])),
            Self::Int32 | Self::Int64 => json!(rng.choice(INTEGERS)),
            Self::Small => json!(rng.i64(1..=3)),
            Self::Double => json!(rng.choice(DOUBLES)),
            Self::Boolean => json!(rng.bool()),
            Self::Item => {
                let mut item = Map::new();
                for Member { name, kind, .. } in item_members() {
                    let is_lacking = if name == "Name" { is_odd } else { rng.bool() };
                    let is_wanted = kind.is_comparable() || values == Values::Any;
                    if is_wanted && !is_lacking {
                        item.insert(name.to_owned(), kind.value(rng, values));
                    }
                }
                item.into()
            }
            Self::List(kind) => {
                let length = rng.usize(..4);
                (0..length).map(|_| kind.value(rng, values)).collect()
            }
            Self::JsonText => Self::List(Self::Item.into()).value(rng, values),
            Self::Map(kind) => {
                let keys = KEYS.iter().filter(|_| rng.bool()).map(|key| (*key).to_owned());
                let keys: Vec<String> = keys.collect();
                keys.into_iter()
                    .map(|key| (key, kind.value(rng, values)))
                    .collect::<Map<_, _>>()
                    .into()
            }
            Self::Any => match rng.u8(..5) {
                0 => json!({ "a": [null, 0.5], "b": {} }),
                1 => json!([1, "1"]),
                2 => json!(rng.bool()),
                3 => json!(rng.choice(INTEGERS)),
                _ => json!(rng.choice(TEXTS)),
            },
        }
    }

    /// The name that JSON Schema has for the type.
    fn type_name(&self) -> &'static str {
        match self {
            Self::Text | Self::Moment(_) | Self::FewMoments(_) => "string",
            Self::Secret | Self::Mode | Self::JsonText => "string",
            Self::Int32 | Self::Int64 | Self::Small => "integer",
            Self::Double => "number",
            Self::Boolean => "boolean",
            Self::Item | Self::Map(_) | Self::Any => "object",
            Self::List(_) => "array",
        }
    }
}

fn item_members() -> Vec<Member> {
    let tags = Kind::List(Kind::Text.into());
    let sizes = [("Size", Kind::Int64), ("Count", Kind::Int32)];
    let labels = [("Labels", Kind::Map(Kind::Text.into()))];
    [("Name", Kind::Text), ("Mode", Kind::Mode), ("Tags", tags)]
        .into_iter()
        .chain(sizes)
        .chain(labels)
        .map(|(name, kind)| Member::new(name, kind))
        .collect()
}

fn members(rng: &mut Rng) -> Vec<Member> {
    let count = rng.usize(3..=NAMES.len());
    // Where there are some, there are often two, and of one format.
    let moments = (rng.u8(..3) == 0).then(|| rng.usize(..MOMENTS.len()));
    let kinds = (0..count).map(|_| match (rng.u8(..21), moments) {
        (0..=9, Some(format)) => Kind::Moment(format),
        (choice, _) => kind(rng, choice),
    });
    let kinds: Vec<Kind> = kinds.collect();
    NAMES.into_iter().zip(kinds).map(|(name, kind)| Member::new(name, kind)).collect()
}

fn kind(rng: &mut Rng, choice: u8) -> Kind {
    match choice {
        0..=2 => Kind::Text,
        3 | 4 => Kind::Mode,
        5 | 14 | 15 => Kind::Int32,
        6 | 16 | 17 => Kind::Int64,
        7 => Kind::Double,
        8 => Kind::Boolean,
        9 => Kind::Secret,
        10 => Kind::Item,
        11 => Kind::JsonText,
        18 => Kind::Any,
        19 | 20 => {
            let texts = Kind::List(Kind::Text.into());
            let kinds = [Kind::Text, Kind::Secret, Kind::Int32, Kind::Item, Kind::Any, texts];
            Kind::Map(rng.choice(kinds).expect("there are some").into())
        }
        _ => {
            let labels = Kind::Map(Kind::Text.into());
            let kinds = [Kind::Text, Kind::Int32, Kind::Boolean, Kind::Mode, Kind::Item, labels];
            Kind::List(rng.choice(kinds).expect("there are some").into())
        }
    }
}

/// The file of an operation with this request.
pub fn operation(id: &str, request: &Value) -> Value {
    let content = json!({ "application/x-www-form-urlencoded": { "schema": request } });
    let success = json!({ "schema": { "type": "object", "properties": {} } });
    let everything = json!({ "type": "All Resource", "required": true, "arn": "*" });
    json!({ "post": {
        "operationId": id,
        "summary": "Has random rules.",
        "externalDocs": { "url": format!("https://example.com/{id}"), "x-last-updated": "2026-01-01" },
        "x-ram": { "action": format!("fixture:{id}"), "accessLevel": "get", "resources": [everything] },
        "parameters": [
            { "name": "request", "in": "querystring", "required": true, "content": content },
        ],
        "responses": {
            "200": { "description": "Success.", "content": { "application/json": success } },
        },
    } })
}

/// Writes the schemas of one operation.
struct Author<'r> {
    rng: &'r mut Rng,
    id: &'r str,
    /// Where the schema stands that has the rules of the request.
    root: &'static str,
    definitions: Map<String, Value>,
}

/// The members that a condition may name.
#[derive(Clone, Copy)]
struct Scope<'m> {
    members: &'m [Member],
    /// Only in an `if`, because no rule can ask for a fact.
    facts: &'m [Member],
    is_if: bool,
    /// Whether there is a place for `$defs`.
    is_request: bool,
}

impl<'m> Scope<'m> {
    fn any(&self, rng: &mut Rng) -> &'m Member {
        let facts = if self.is_if { self.facts } else { &[] };
        let index = rng.usize(..self.members.len() + facts.len());
        self.members.get(index).unwrap_or_else(|| &facts[index - self.members.len()])
    }
}

impl Author<'_> {
    /// What is asked of the members of a request together.
    fn rules(&mut self, members: &[Member], facts: &[Member]) -> Value {
        let mut schema = json!({});
        let scope = Scope { members, facts, is_if: false, is_request: true };
        let count = self.rng.usize(1..=2);
        let rules: Vec<Value> = (0..count).map(|_| self.object(scope, 3)).collect();
        schema["allOf"] = rules.into();
        if self.rng.u8(..4) == 0 {
            self.add_rules(&mut schema, scope, 2);
        }
        if !facts.is_empty() {
            schema["x-context"] = json!({ "$ref": format!("../schemas/{}Facts.json", self.id) });
        }
        let mut definitions = std::mem::take(&mut self.definitions);
        // A keyword that was written twice has lost what the first one referred to.
        while let Some(unused) = definitions.keys().find(|name| {
            let pointer = format!("{}/$defs/{name}\"", self.root);
            let texts = definitions.values().chain([&schema]);
            !texts.into_iter().any(|text| text.to_string().contains(&pointer))
        }) {
            let unused = unused.clone();
            definitions.remove(&unused);
        }
        if !definitions.is_empty() {
            schema["$defs"] = definitions.into();
        }
        schema
    }

    fn item(&mut self) -> Value {
        let members = item_members();
        let mut schema = self.struct_of(&members, "");
        schema["required"] = json!(["Name"]);
        if self.rng.bool() {
            let scope = Scope { members: &members, facts: &[], is_if: false, is_request: false };
            self.add_rules(&mut schema, scope, 2);
        }
        schema
    }

    /// Adds a condition's keywords to a schema that has properties.
    fn add_rules(&mut self, schema: &mut Value, scope: Scope<'_>, depth: u8) {
        if let Value::Object(rules) = self.object(scope, depth) {
            for (keyword, rule) in rules {
                if !["properties", "required", "$ref", "allOf"].contains(&keyword.as_str()) {
                    schema[keyword] = rule;
                }
            }
        }
    }

    fn struct_of(&mut self, members: &[Member], folder: &str) -> Value {
        let properties: Map<String, Value> = members
            .iter()
            .map(|member| (member.name.to_owned(), self.property(&member.kind, folder)))
            .collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !folder.is_empty() {
            let required = members.iter().filter(|_| self.rng.u8(..8) == 0);
            schema["required"] = required.map(|member| member.name).collect();
        }
        schema
    }

    /// A property: its type, sometimes with limits and rules of its own.
    fn property(&mut self, kind: &Kind, folder: &str) -> Value {
        let mut schema = match kind {
            Kind::Mode | Kind::Item | Kind::JsonText | Kind::Map(_) | Kind::Any => {
                return self.type_of(kind, folder);
            }
            Kind::List(item) => json!({ "type": "array", "items": self.property(item, folder) }),
            _ => self.type_of(kind, folder),
        };
        if let Kind::FewMoments(_) = kind {
            schema["enum"] = kind.all_values().into();
            return schema;
        }
        if *kind == Kind::Small {
            schema["minimum"] = json!(1);
            schema["maximum"] = json!(3);
            return schema;
        }
        // The values of facts are taken as they are.
        let is_fact = FACTS.iter().any(|(_, fact)| fact == kind) && *kind != Kind::Mode;
        let may_have_rules = !folder.is_empty() || !is_fact;
        if may_have_rules
            && self.rng.u8(..8) == 0
            && let Value::Object(rules) = self.value(kind, 1)
        {
            for (keyword, rule) in rules {
                if !["type", "items"].contains(&keyword.as_str()) {
                    schema[keyword] = rule;
                }
            }
        }
        schema
    }

    /// The type of a property, or of what is inside it, and nothing else.
    fn type_of(&mut self, kind: &Kind, folder: &str) -> Value {
        let reference = |name: &str| json!({ "$ref": format!("{folder}{}{name}.json", self.id) });
        match kind {
            Kind::Mode => reference("Mode"),
            Kind::Item => reference("Item"),
            Kind::JsonText => json!({
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": { "type": "array", "items": reference("Item") },
            }),
            Kind::Map(value) => {
                json!({ "type": "object", "additionalProperties": self.entry(value, folder) })
            }
            Kind::Any => json!({}),
            Kind::List(item) => json!({ "type": "array", "items": self.type_of(item, folder) }),
            Kind::Text | Kind::Boolean | Kind::Double => json!({ "type": kind.type_name() }),
            Kind::Moment(format) | Kind::FewMoments(format) => {
                json!({ "type": "string", "format": MOMENTS[*format].0 })
            }
            Kind::Secret => json!({ "type": "string", "format": "password" }),
            Kind::Int32 | Kind::Small => json!({ "type": "integer", "format": "int32" }),
            Kind::Int64 => json!({ "type": "integer", "format": "int64" }),
        }
    }

    /// A value in a map: its type, sometimes with a limit.
    fn entry(&mut self, kind: &Kind, folder: &str) -> Value {
        let mut schema = self.type_of(kind, folder);
        match kind {
            Kind::Text | Kind::Secret => schema["maxLength"] = json!(self.rng.u8(1..=3)),
            Kind::Int32 => schema["minimum"] = json!(self.rng.i8(-2..=1)),
            _ => {}
        }
        schema
    }

    /// A condition on an object.
    fn object(&mut self, scope: Scope<'_>, depth: u8) -> Value {
        let mut schema = Map::new();
        for _ in 0..self.rng.usize(1..=2) {
            self.object_keyword(scope, depth, &mut schema);
        }
        if schema.is_empty() { self.rng.bool().into() } else { schema.into() }
    }

    fn object_keyword(&mut self, scope: Scope<'_>, depth: u8, schema: &mut Map<String, Value>) {
        let name = scope.any(self.rng).name;
        match self.rng.u8(..20) {
            0..=3 => {
                schema.insert("required".to_owned(), json!([name]));
            }
            4..=7 => {
                let member = scope.any(self.rng);
                if !member.kind.is_opaque() {
                    let value = self.value(&member.kind, depth.min(2));
                    schema.insert("properties".to_owned(), json!({ member.name: value }));
                }
            }
            8 if scope.is_if || scope.facts.is_empty() => {
                let names = self.value(&Kind::Text, 0);
                let keyword = if names.is_boolean() { "minProperties" } else { "propertyNames" };
                let names = if names.is_boolean() { json!(1) } else { names };
                schema.insert(keyword.to_owned(), names);
            }
            8 | 9 => {
                let keyword = self.rng.choice(["minProperties", "maxProperties"]);
                let keyword = keyword.expect("there are some").to_owned();
                schema.insert(keyword, json!(self.rng.u8(..=4)));
            }
            10 if scope.is_if || scope.facts.is_empty() => {
                let other = scope.any(self.rng).name;
                if self.rng.bool() {
                    schema.insert("dependentRequired".to_owned(), json!({ name: [other] }));
                } else if depth > 0 {
                    let then = self.object(scope, depth - 1);
                    schema.insert("dependentSchemas".to_owned(), json!({ name: then }));
                }
            }
            11 if depth > 0 && scope.is_request => {
                let definition = format!("D{}", self.definitions.len());
                self.definitions.insert(definition.clone(), Value::Null);
                let inner = Scope { is_request: false, ..scope };
                self.definitions[&definition] = self.object(inner, depth - 1);
                schema
                    .insert("$ref".to_owned(), json!(format!("#{}/$defs/{definition}", self.root)));
            }
            16..=19 => self.relations(scope, schema),
            _ if depth == 0 => {}
            12 | 13 => {
                let condition = self.object(Scope { is_if: true, ..scope }, depth - 1);
                let mut part = || self.object(scope, depth - 1);
                schema.insert("if".to_owned(), condition);
                schema.insert("then".to_owned(), part());
                if self.rng.bool() {
                    let part = self.object(scope, depth - 1);
                    schema.insert("else".to_owned(), part);
                }
            }
            other => {
                let mut part = |author: &mut Self| author.object(scope, depth - 1);
                self.combination(other, &mut part, schema);
            }
        }
    }

    /// Relations between integers, or dates and times, one of which is a member of the request where a rule
    /// asks for them; in a condition often with `required` beside them.
    fn relations(&mut self, scope: Scope<'_>, schema: &mut Map<String, Value>) {
        let names = |members: &'_ [Member], is_meant: fn(&Kind) -> bool| -> Vec<&'static str> {
            let meant = members.iter().filter(|member| is_meant(&member.kind));
            meant.map(|member| member.name).collect()
        };
        let (own, facts) =
            (names(scope.members, Kind::is_integer), names(scope.facts, Kind::is_integer));
        let moments = names(scope.members, Kind::is_moment);
        let all = [own.clone(), facts].concat();
        let mut relations = Vec::new();
        for _ in 0..self.rng.usize(1..=2) {
            let are_moments = moments.len() > 1 && self.rng.u8(..4) > 0;
            let (from, to) = match scope.is_if {
                _ if are_moments => (&moments, &moments),
                true => (&all, &all),
                false => (&own, &all),
            };
            let (Some(left), Some(right)) = (self.rng.choice(from), self.rng.choice(to)) else {
                return;
            };
            let operator = self.rng.choice(["<", "<=", "=", "!=", ">=", ">"]);
            let mut relation = json!({ "left": left, "relation": operator, "right": right });
            if are_moments {
                // Nothing can be added to them.
            } else if left == right || self.rng.u8(..3) == 0 {
                self.sum(left, &all, &mut relation);
            } else if self.rng.u8(..4) == 0 {
                relation["plus"] = json!(self.rng.choice([-2, -1, 1, 2]));
            }
            if scope.is_if && left != right && self.rng.bool() {
                schema.insert("required".to_owned(), json!([left, right]));
            }
            if left != right || !are_moments {
                relations.push(relation);
            }
        }
        if !relations.is_empty() {
            schema.insert("x-relations".to_owned(), relations.into());
        }
    }

    /// Makes a relation one of sums: of one member or more on the left and perhaps some on the right,
    /// none of them on both.
    fn sum(&mut self, first: &str, all: &[&str], relation: &mut Value) {
        let mut sides = [Map::new(), Map::new()];
        sides[0].insert(first.to_owned(), self.times());
        for name in all.iter().filter(|name| **name != first) {
            let factor = self.times();
            match self.rng.u8(..3) {
                side @ (0 | 1) => sides[usize::from(side)].insert((*name).to_owned(), factor),
                _ => None,
            };
        }
        let [left, right] = sides;
        relation["left"] = left.into();
        let entry = relation.as_object_mut().expect("it is an object");
        entry.remove("right");
        if !right.is_empty() {
            entry.insert("right".to_owned(), right.into());
        }
        entry.insert("plus".to_owned(), json!(self.rng.i64(-4..=4)));
    }

    fn times(&mut self) -> Value {
        let times = self.rng.i64(1..=3);
        json!(if self.rng.u8(..4) == 0 { -times } else { times })
    }

    fn combination(
        &mut self,
        choice: u8,
        part: &mut dyn FnMut(&mut Self) -> Value,
        schema: &mut Map<String, Value>,
    ) {
        if choice.is_multiple_of(2) {
            let excluded = part(self);
            schema.insert("not".to_owned(), excluded);
            return;
        }
        let keyword = self.rng.choice(["allOf", "anyOf", "oneOf"]).expect("there are some");
        let parts: Vec<Value> = (0..self.rng.usize(1..=3)).map(|_| part(self)).collect();
        schema.insert(keyword.to_owned(), parts.into());
    }

    /// A condition on a value.
    fn value(&mut self, kind: &Kind, depth: u8) -> Value {
        let mut schema = Map::new();
        for _ in 0..self.rng.usize(1..=2) {
            if self.rng.u8(..5) < 2 {
                self.own_keyword(kind, depth, &mut schema);
            } else {
                self.value_keyword(kind, depth, &mut schema);
            }
        }
        if schema.is_empty() { self.rng.bool().into() } else { schema.into() }
    }

    /// Keywords for values of every kind.
    fn value_keyword(&mut self, kind: &Kind, depth: u8, schema: &mut Map<String, Value>) {
        match self.rng.u8(..9) {
            0..=4 if !kind.is_comparable() => {}
            0..=2 => {
                let value = kind.value(self.rng, Values::Documented);
                schema.insert("const".to_owned(), value);
            }
            3 | 4 => {
                let mut values: Vec<Value> = Vec::new();
                for _ in 0..self.rng.usize(1..=3) {
                    let value = kind.value(self.rng, Values::Documented);
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                schema.insert("enum".to_owned(), values.into());
            }
            5 => {
                let other = self.rng.choice(["string", "integer", "number", "object", "null"]);
                let types = [kind.type_name(), other.expect("there are some")];
                let type_ = match self.rng.u8(..3) {
                    0 if types[0] != types[1] => json!(types),
                    0 | 1 => json!(types[0]),
                    _ => json!(types[1]),
                };
                schema.insert("type".to_owned(), type_);
            }
            _ if depth == 0 => {}
            6 => {
                for keyword in ["if", "then", "else"] {
                    let part = self.value(kind, depth - 1);
                    schema.insert(keyword.to_owned(), part);
                }
            }
            other => {
                let mut part = |author: &mut Self| author.value(kind, depth - 1);
                self.combination(other, &mut part, schema);
            }
        }
    }

    /// Keywords that only values of this kind have.
    fn own_keyword(&mut self, kind: &Kind, depth: u8, schema: &mut Map<String, Value>) {
        let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
        let (keyword, value) = match kind {
            Kind::Text | Kind::Secret => match self.rng.u8(..3) {
                0 => ("minLength", json!(self.rng.u8(..=3))),
                1 => ("maxLength", json!(self.rng.u8(..=3))),
                _ => ("pattern", json!(self.rng.choice(PATTERNS))),
            },
            // Beside a divisor with decimals the other validator rounds integers of more than 53 bits.
            Kind::Int64 if self.rng.u8(..4) == 0 => {
                ("multipleOf", json!(self.rng.choice([2, 3, 4, 512])))
            }
            Kind::Int32 | Kind::Small if self.rng.u8(..4) == 0 => {
                ("multipleOf", json!(self.rng.choice([1.5, 2.0, 3.0, 4.0, 0.5, 512.0])))
            }
            Kind::Int32 | Kind::Int64 | Kind::Small => {
                (self.rng.choice(bounds).expect("there are some"), json!(self.rng.choice(INTEGERS)))
            }
            Kind::Double if self.rng.u8(..4) == 0 => {
                ("multipleOf", json!(self.rng.choice([0.1, 0.5, 1.0, 1.5])))
            }
            Kind::Double => {
                (self.rng.choice(bounds).expect("there are some"), json!(self.rng.choice(DOUBLES)))
            }
            Kind::List(item) => {
                self.list_keyword(item, depth, schema);
                return;
            }
            Kind::Item => {
                let members = item_members();
                let scope = Scope { members: &members, facts: &[], is_if: true, is_request: false };
                if let Value::Object(part) = self.object(scope, depth.saturating_sub(1)) {
                    schema.extend(part);
                }
                return;
            }
            Kind::Mode => {
                let text = json!(self.rng.choice(["^F", "o", "^[A-Z][a-z]+$"]));
                (self.rng.choice(["pattern", "minLength"]).expect("there are some"), text)
            }
            // What else is asked of the texts of dates and times, the analysis does not look at.
            Kind::Moment(_) | Kind::FewMoments(_) => return,
            Kind::Boolean | Kind::JsonText | Kind::Map(_) | Kind::Any => return,
        };
        let value = if keyword == "minLength" && value.is_string() { json!(5) } else { value };
        schema.insert(keyword.to_owned(), value);
    }

    fn list_keyword(&mut self, item: &Kind, depth: u8, schema: &mut Map<String, Value>) {
        let choices = if item.is_opaque() { 3 } else { 5 };
        let (keyword, value) = match self.rng.u8(..choices) {
            0 => ("minItems", json!(self.rng.u8(..=3))),
            1 => ("maxItems", json!(self.rng.u8(..=3))),
            2 => ("uniqueItems", json!(self.rng.u8(..4) > 0)),
            3 => ("items", self.value(item, depth.saturating_sub(1))),
            _ => {
                for keyword in ["minContains", "maxContains"] {
                    if self.rng.u8(..3) == 0 {
                        schema.insert(keyword.to_owned(), json!(self.rng.u8(..=2)));
                    }
                }
                ("contains", self.value(item, depth.saturating_sub(1)))
            }
        };
        schema.insert(keyword.to_owned(), value);
    }
}
