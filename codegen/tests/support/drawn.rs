//! What is drawn of random operations: requests of them, relations, and facts that are unknown.

use fastrand::Rng;
use serde_json::{Map, Value};

use crate::random::Operation;
use crate::relations::count;

/// A number that the environment may set.
///
/// # Panics
///
/// When it is none.
pub fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("it is a number"))
}

/// The members of the request, with JSON text as `text` or as the value that it holds.
pub fn request(operation: &Operation, instance: &Value, as_text: bool) -> Map<String, Value> {
    let members = operation.members().filter_map(|(name, holds_json)| {
        let value = instance.get(name)?;
        let text = || Value::from(value.to_string());
        Some((name.to_owned(), if as_text && holds_json { text() } else { value.clone() }))
    });
    members.collect()
}

/// What was drawn: relations, how many of them name a fact, how many are sums and how many of dates and times;
/// operations with parameters in several places.
#[derive(Default)]
pub struct Drawn {
    /// All of them.
    pub relations: u64,
    /// Those that name a fact.
    pub of_facts: u64,
    /// Those that add up.
    pub sums: u64,
    /// Those of dates and times.
    pub of_moments: u64,
    /// Operations with parameters in several places.
    pub spread: u64,
}

impl Drawn {
    /// Adds those of an operation.
    pub fn add(&mut self, operation: &Operation) {
        self.spread += u64::from(operation.is_spread());
        let facts: Vec<&str> = operation.facts().collect();
        let moments: Vec<&str> = operation.moments().collect();
        for file in operation.files.values() {
            let (all, named, sums) = count(file, &facts);
            self.relations += all;
            self.of_facts += named;
            self.sums += sums;
            self.of_moments += count(file, &moments).1;
        }
    }
}

impl std::fmt::Display for Drawn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { relations, of_facts, sums, of_moments, spread } = self;
        write!(
            formatter,
            "{spread} of them over several places, {relations} relations, {of_facts} of them with a fact, \
             {sums} of them sums, {of_moments} of them of dates and times"
        )
    }
}

/// What is refused while a fact is unknown has to be refused whatever the fact is; the facts for
/// which it is not, and how often that was looked at.
///
/// # Panics
///
/// When the instance is no object.
pub fn refused_because_unknown(
    operation: &Operation,
    rng: &mut Rng,
    instance: &Value,
    accepts: &dyn Fn(&Value) -> bool,
) -> (Vec<Value>, u64) {
    let (mut wrong, mut looked) = (Vec::new(), 0);
    for fact in operation.facts() {
        let mut unknown = instance.clone();
        unknown.as_object_mut().expect("it is an object").remove(fact);
        if accepts(&unknown) {
            continue;
        }
        for _ in 0..3 {
            let known = operation.with_fact(rng, &unknown, fact);
            looked += 1;
            if accepts(&known) {
                wrong.push(known);
            }
        }
    }
    (wrong, looked)
}
