//! What `x-relations` says, written from `specs/README.md` for a validator that knows JSON Schema only.
//!
//! Knows nothing of how the generator reads it.

use std::collections::BTreeMap;

use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::{Map, Value};

use crate::moments::moment;

/// The JSON Schema of draft 2020-12, and `x-relations` as one more keyword of it; the files say which
/// members are dates and times.
pub fn options<'f>(files: impl IntoIterator<Item = &'f Value>) -> ValidationOptions<'static> {
    let mut formats = BTreeMap::new();
    files.into_iter().for_each(|file| add_formats(file, &mut formats));
    jsonschema::draft202012::options()
        .with_keyword("x-relations", move |_, entries, _| read(entries, &formats))
}

/// The members that are dates and times, with their formats; no name stands for two of them.
fn add_formats(schema: &Value, formats: &mut BTreeMap<String, String>) {
    if let Some(members) = schema["properties"].as_object() {
        formats.extend(members.iter().filter_map(|(name, member)| {
            let format = member["format"].as_str()?;
            let is_moment = ["date", "date-time", "time"].contains(&format);
            let label = member["x-name"].as_str().unwrap_or(name);
            is_moment.then(|| (label.to_owned(), format.to_owned()))
        }));
    }
    match schema {
        Value::Object(keywords) => keywords.values().for_each(|part| add_formats(part, formats)),
        Value::Array(items) => items.iter().for_each(|part| add_formats(part, formats)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How many relations a schema states, how many of them name one of these members, and how many are
/// sums.
pub fn count(schema: &Value, members: &[&str]) -> (u64, u64, u64) {
    let relations = all(schema);
    let of = |is_meant: &dyn Fn(&Relation) -> bool| {
        relations.iter().filter(|relation| is_meant(relation)).count() as u64
    };
    let names = |relation: &Relation| {
        relation.terms.iter().any(|(name, _)| members.contains(&name.as_str()))
    };
    (relations.len() as u64, of(&names), of(&|relation| relation.terms.len() != 2))
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
    /// Each name so many times; those of the right side less often than never.
    terms: Vec<(String, i128)>,
    operator: String,
    plus: i64,
    /// The format of what it compares, where that are dates or times.
    format: Option<String>,
}

impl Relation {
    fn read(entry: &Value) -> Option<Self> {
        let mut terms = side(entry.get("left")?, 1)?;
        if let Some(right) = entry.get("right") {
            terms.extend(side(right, -1)?);
        }
        let plus = entry.get("plus").map_or(Some(0), Value::as_i64)?;
        let operator = entry.get("relation")?.as_str()?.to_owned();
        Some(Self { terms, operator, plus, format: None })
    }

    /// Says nothing where one of the members is absent, or where a text is no date or time.
    fn holds(&self, object: &Map<String, Value>) -> bool {
        if let (Some(format), [(left, _), (right, _)]) = (&self.format, self.terms.as_slice()) {
            let of = |name: &String| moment(format, object.get(name)?.as_str()?);
            let pair = of(left).zip(of(right));
            return pair.is_none_or(|(left, right)| compares(&self.operator, &left, &right));
        }
        let terms = self.terms.iter().map(|(name, times)| {
            let number = object.get(name).and_then(Value::as_i64)?;
            Some(times * i128::from(number))
        });
        let (Some(sum), plus) = (terms.sum::<Option<i128>>(), i128::from(self.plus)) else {
            return true;
        };
        compares(&self.operator, &sum, &plus)
    }
}

fn compares<T: Ord>(operator: &str, left: &T, right: &T) -> bool {
    match operator {
        "<" => left < right,
        "<=" => left <= right,
        "=" => left == right,
        "!=" => left != right,
        ">=" => left >= right,
        ">" => left > right,
        other => panic!("`{other}` is no relation"),
    }
}

/// A name, or names with how many times each is added.
fn side(side: &Value, sign: i128) -> Option<Vec<(String, i128)>> {
    if let Some(name) = side.as_str() {
        return Some(vec![(name.to_owned(), sign)]);
    }
    let members = side.as_object()?.iter();
    let times = |times: &Value| Some(sign * i128::from(times.as_i64()?));
    members.map(|(name, value)| Some((name.clone(), times(value)?))).collect()
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
    entries: &'a Value,
    formats: &BTreeMap<String, String>,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
    let relation = |entry| {
        let relation = Relation::read(entry)?;
        let format = relation.terms.first().and_then(|(name, _)| formats.get(name)).cloned();
        Some(Relation { format, ..relation })
    };
    let relations: Option<Vec<Relation>> = entries.iter().map(relation).collect();
    match relations {
        Some(relations) => Ok(Box::new(Relations(relations))),
        None => Err(ValidationError::custom("this is no relation")),
    }
}
