//! What `x-relations` says, written from `specs/README.md` for a validator that knows JSON Schema only.
//!
//! Knows nothing of how the generator reads it.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::{Map, Value};

/// The JSON Schema of draft 2020-12, and `x-relations` as one more keyword of it.
pub fn options() -> ValidationOptions<'static> {
    jsonschema::draft202012::options().with_keyword("x-relations", read)
}

/// How many relations a schema states, and how many of them name one of these members.
pub fn count(schema: &Value, members: &[&str]) -> (u64, u64) {
    let relations = all(schema);
    let names = |relation: &&Relation| {
        members.contains(&relation.left.as_str()) || members.contains(&relation.right.as_str())
    };
    (relations.len() as u64, relations.iter().filter(names).count() as u64)
}

/// What the relations of a schema add to their right sides.
pub fn added(schema: &Value) -> Vec<i64> {
    all(schema).into_iter().map(|relation| relation.plus).collect()
}

/// Every relation in a schema, however deep.
fn all(schema: &Value) -> Vec<Relation> {
    let parts: Vec<&Value> = match schema {
        Value::Object(keywords) => keywords.values().collect(),
        Value::Array(items) => items.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let own = schema["x-relations"].as_array().into_iter().flatten().filter_map(Relation::read);
    own.chain(parts.into_iter().flat_map(all)).collect()
}

struct Relation {
    left: String,
    operator: String,
    right: String,
    plus: i64,
}

impl Relation {
    fn read(entry: &Value) -> Option<Self> {
        let text = |key: &str| entry.get(key)?.as_str().map(str::to_owned);
        let plus = entry.get("plus").map_or(Some(0), Value::as_i64)?;
        Some(Self { left: text("left")?, operator: text("relation")?, right: text("right")?, plus })
    }

    /// Says nothing where one of the two members is absent.
    fn holds(&self, object: &Map<String, Value>) -> bool {
        let number = |name: &str| object.get(name).and_then(Value::as_i64).map(i128::from);
        let (Some(left), Some(right)) = (number(&self.left), number(&self.right)) else {
            return true;
        };
        let right = right + i128::from(self.plus);
        match self.operator.as_str() {
            "<" => left < right,
            "<=" => left <= right,
            "=" => left == right,
            "!=" => left != right,
            ">=" => left >= right,
            ">" => left > right,
            other => panic!("`{other}` is no relation"),
        }
    }
}

struct Relations(Vec<Relation>);

impl<'i> Keyword<'i> for Relations {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let holds = Keyword::is_valid(self, instance);
        if holds { Ok(()) } else { Err(ValidationError::custom("members do not compare so")) }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance
            .as_object()
            .is_none_or(|object| self.0.iter().all(|relation| relation.holds(object)))
    }
}

fn read<'a>(
    _schema: &'a Map<String, Value>,
    entries: &'a Value,
    _place: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
    let relations: Option<Vec<Relation>> = entries.iter().map(Relation::read).collect();
    match relations {
        Some(relations) => Ok(Box::new(Relations(relations))),
        None => Err(ValidationError::custom("this is no relation")),
    }
}
