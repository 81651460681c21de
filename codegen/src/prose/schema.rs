//! Rules → JSON Schema, as specs have it.

use serde_json::{Map, Value, json};

use super::meaning::{Condition, Id, Need, Relation, Rule};

/// Names of parameters on the wire.
pub(super) struct Writer<'n> {
    pub(super) names: &'n [&'n str],
}

impl Writer<'_> {
    /// A rule.
    pub(super) fn rule(&self, rule: &Rule) -> Value {
        match (&rule.when, &rule.need) {
            (None, need) => self.need(need),
            (Some(Condition::Given(name)), Need::Required(names)) => self.with(*name, names),
            (Some(Condition::Given(name)), Need::Excluded(names)) => match names.as_slice() {
                [other] => json!({"not": {"required": self.all(&[*name, *other])}}),
                _ => self.both_ways(*name, names),
            },
            (Some(Condition::Not(inner)), Need::Required(names)) => match (&**inner, &names[..]) {
                (Condition::Given(name), [other]) => self.any_of(&[*other, *name]),
                _ => self.conditional(rule),
            },
            _ => self.conditional(rule),
        }
    }

    fn conditional(&self, rule: &Rule) -> Value {
        let when = rule.when.as_ref().map_or(json!(true), |when| self.condition(when));
        json!({"if": when, "then": self.need(&rule.need)})
    }

    /// A condition.
    pub(super) fn condition(&self, condition: &Condition) -> Value {
        match condition {
            Condition::Given(name) => json!({"required": [self.names[*name]]}),
            Condition::Is(name, values) => self.given(*name, one_of(values)),
            Condition::Compared(name, relation, number) => {
                let (keyword, bound) = limit(*relation, *number);
                self.given(*name, json!({keyword: bound}))
            }
            Condition::Not(inner) => json!({"not": self.condition(inner)}),
            Condition::All(inner) => self.together(inner),
            Condition::Any(inner) => {
                json!({"anyOf": inner.iter().map(|one| self.condition(one)).collect::<Vec<_>>()})
            }
            // Who does not understand something says nothing.
            Condition::Unclear(_) => json!(false),
        }
    }

    /// Conditions that all hold, in one object where each is about a parameter of its own.
    fn together(&self, all: &[Condition]) -> Value {
        let parts: Vec<Value> = all.iter().map(|one| self.condition(one)).collect();
        let (mut required, mut properties) = (Vec::new(), Map::new());
        for part in &parts {
            let is_plain =
                part.as_object().is_some_and(|part| part.keys().all(|key| PLAIN.contains(&&**key)));
            let names = part["required"].as_array().cloned().unwrap_or_default();
            if !is_plain || names.iter().any(|name| required.contains(name)) {
                return json!({"allOf": parts});
            }
            required.extend(names);
            if let Some(more) = part["properties"].as_object() {
                properties.extend(more.clone());
            }
        }
        match properties.is_empty() {
            true => json!({"required": required}),
            false => json!({"required": required, "properties": properties}),
        }
    }

    fn need(&self, need: &Need) -> Value {
        match need {
            Need::Required(names) => json!({"required": self.all(names)}),
            Need::Excluded(names) => match names.as_slice() {
                [name] => json!({"not": {"required": [self.names[*name]]}}),
                _ => json!({"not": self.any_of(names)}),
            },
            Need::Is(name, values) => self.property(*name, json!({"enum": values})),
            Need::IsNot(name, values) => self.property(*name, json!({"not": {"enum": values}})),
            Need::Limits(name, least, most) => {
                let mut limits = Map::new();
                let mut say = |keyword: &str, bound: &Option<i64>| {
                    if let Some(bound) = bound {
                        limits.insert(keyword.to_owned(), json!(bound));
                    }
                };
                say("minimum", least);
                say("maximum", most);
                self.property(*name, Value::Object(limits))
            }
            Need::AnyOf(names) => self.any_of(names),
            Need::OneOf(names) => json!({"oneOf": self.each(names)}),
            Need::MostOneOf(names) => self.most_one(names),
            Need::AllOrNone(names) => {
                let others = |name: Id| names.iter().copied().filter(move |other| *other != name);
                let all = names.iter().map(|name| {
                    let others: Vec<Id> = others(*name).collect();
                    (self.names[*name].to_owned(), self.all(&others))
                });
                json!({"dependentRequired": all.collect::<Map<_, _>>()})
            }
            Need::With(name, others) => self.with(*name, others),
            Need::Order(left, relation, right) => {
                let relation = match relation {
                    Relation::Less => "<",
                    Relation::AtMost => "<=",
                    Relation::AtLeast => ">=",
                    Relation::Greater => ">",
                };
                let (left, right) = (self.names[*left], self.names[*right]);
                json!({"x-relations": [{"left": left, "relation": relation, "right": right}]})
            }
            Need::Unclear(_) => json!(true),
        }
    }

    fn most_one(&self, names: &[Id]) -> Value {
        let mut pairs = Vec::new();
        for (index, one) in names.iter().enumerate() {
            for other in &names[index + 1..] {
                pairs.push(json!({"not": {"required": self.all(&[*one, *other])}}));
            }
        }
        match pairs.len() {
            1 => pairs.swap_remove(0),
            _ => json!({"allOf": pairs}),
        }
    }

    /// A parameter, and each of some others, are not given both.
    fn both_ways(&self, name: Id, others: &[Id]) -> Value {
        let pair = |other: &Id| json!({"not": {"required": self.all(&[name, *other])}});
        json!({"allOf": others.iter().map(pair).collect::<Vec<_>>()})
    }

    fn with(&self, name: Id, others: &[Id]) -> Value {
        json!({"dependentRequired": {self.names[name]: self.all(others)}})
    }

    fn any_of(&self, names: &[Id]) -> Value {
        json!({"anyOf": self.each(names)})
    }

    fn given(&self, name: Id, value: Value) -> Value {
        let name = self.names[name];
        json!({"required": [name], "properties": {name: value}})
    }

    fn property(&self, name: Id, value: Value) -> Value {
        json!({"properties": {self.names[name]: value}})
    }

    fn all(&self, names: &[Id]) -> Value {
        names.iter().map(|name| self.names[*name]).collect()
    }

    fn each(&self, names: &[Id]) -> Value {
        names.iter().map(|name| json!({"required": [self.names[*name]]})).collect()
    }
}

/// What conditions are written with that can be put together.
const PLAIN: [&str; 2] = ["required", "properties"];

fn one_of(values: &[Value]) -> Value {
    match values {
        [one] => json!({"const": one}),
        _ => json!({"enum": values}),
    }
}

fn limit(relation: Relation, number: i64) -> (&'static str, i64) {
    match relation {
        Relation::Less => ("exclusiveMaximum", number),
        Relation::AtMost => ("maximum", number),
        Relation::AtLeast => ("minimum", number),
        Relation::Greater => ("exclusiveMinimum", number),
    }
}
