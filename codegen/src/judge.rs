//! Requests judged without generated code.
//!
//! What else can be asked of them is in `requests`.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use crate::bound::Subject;
use crate::decimal::exact;
use crate::english::code;
use crate::lower::fits::matches_field;
use crate::model::{Api, Field, Operation, OperationId, Type, TypeId};
use crate::requests::Asked;
use crate::rules::logic::space::Space;
use crate::rules::logic::verdict::{first_broken, holds};
use crate::rules::rule::ObjectRules;

/// The rules of one operation, as the generator understands them.
///
/// Generated validators are written from the same formulas; this evaluates the formulas themselves. A request
/// is a JSON object of what rules call its parameters, with the known facts of its context among them, and
/// JSON text as text.
#[derive(Debug, Clone)]
pub struct Judge {
    known: Arc<Known>,
    pub(crate) operation: OperationId,
}

/// What is known of a service.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) api: Api,
    pub(crate) rules: Vec<ObjectRules>,
    /// What is asked of each struct, once somebody wants to know.
    asked: Vec<OnceLock<Asked>>,
}

impl Known {
    pub(crate) fn new(api: Api, rules: Vec<ObjectRules>) -> Self {
        let asked = api.type_ids().map(|_| OnceLock::new()).collect();
        Self { api, rules, asked }
    }

    /// What is asked of a struct.
    pub(crate) fn asked(&self, id: TypeId) -> &Asked {
        self.asked[id.0].get_or_init(|| Asked::new(&self.api, &self.rules, id))
    }
}

impl Judge {
    /// The judges of all operations, in the order of the spec.
    pub(crate) fn all(api: Api, rules: Vec<ObjectRules>) -> Vec<Self> {
        let ids = api.operation_ids();
        let known = Arc::new(Known::new(api, rules));
        ids.map(|operation| Self { known: Arc::clone(&known), operation }).collect()
    }

    /// The name of the operation.
    pub fn operation(&self) -> &str {
        &self.item().id.value
    }

    pub(crate) fn known(&self) -> &Known {
        &self.known
    }

    pub(crate) fn item(&self) -> &Operation {
        self.known.api.operation(self.operation)
    }

    /// Whether the request breaks nothing.
    pub fn is_valid(&self, merged: &Value) -> bool {
        self.violations(merged).is_empty()
    }

    /// What the parameters are called that the request breaks a rule about, sorted as the fields
    /// are; none when the request is valid.
    ///
    /// `merged` is the request as JSON with the known facts of its context merged in.
    pub fn violations(&self, merged: &Value) -> Vec<&str> {
        let merged = &exact(merged);
        let api = &self.known.api;
        let operation = self.item();
        let fields = api.fields(operation.request);
        let context = operation.context.map_or(&[][..], |context| api.fields(context));
        let space = Space::of(api, self.operation);
        let facts = |subject| match subject {
            Subject::Request(index) => merged.get(fields[index].label()),
            Subject::Context(index) => merged.get(context[index].label()),
        };
        let rules = &self.known.rules[operation.request.0].rules;
        let mut found = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = field.label();
            let wrong = match merged.get(name) {
                Some(value) => self.wrong(field, value).is_some(),
                None => field.required,
            };
            if wrong {
                found.push(name);
            }
            let about = rules.iter().filter(|rule| rule.target == Subject::Request(index));
            found.extend(about.filter(|rule| holds(&space, &rule.broken, &facts)).map(|_| name));
        }
        found
    }

    /// What is wrong with the values of a request, each taken alone: that one has not the type of its parameter,
    /// breaks a limit, or holds an object that breaks a rule of its own.
    ///
    /// A limit's sentence is one of [`Self::demands`], too.
    pub fn unfit(&self, merged: &Value) -> Vec<String> {
        let merged = &exact(merged);
        let fields = self.known.api.fields(self.item().request).iter();
        fields.filter_map(|field| self.wrong(field, merged.get(field.label())?)).collect()
    }

    fn wrong(&self, field: &Field, value: &Value) -> Option<String> {
        let Known { api, rules, .. } = self.known();
        let inside = || first_broken(api, rules, &field.type_, value);
        let reason = matches_field(api, field, value).err();
        let reason = reason.or_else(|| inside().map(|rule| rule.sentence.clone()))?;
        let is_limit = field.limits.iter().any(|limit| limit.sentence == reason);
        Some(if is_limit { reason } else { format!("{}: {reason}", code(field.label())) })
    }

    /// The request with the values that its JSON texts hold in their place, which is how generated crates read
    /// and write requests as JSON.
    pub fn held(&self, request: &Map<String, Value>) -> Map<String, Value> {
        let api = &self.known.api;
        members_held(api, self.item().request, |field| field.label(), request)
    }
}

fn members_held(
    api: &Api,
    id: TypeId,
    name: impl Fn(&Field) -> &str,
    members: &Map<String, Value>,
) -> Map<String, Value> {
    let held = |(key, value): (&String, &Value)| {
        let field = api.fields(id).iter().find(|field| name(field) == key);
        let value = field.map_or_else(|| value.clone(), |field| held(api, &field.type_, value));
        (key.clone(), value)
    };
    members.iter().map(held).collect()
}

fn held(api: &Api, type_: &Type, value: &Value) -> Value {
    match (type_, value) {
        (Type::JsonText(inner), Value::String(text)) => {
            let value = crate::json::value_of_text(text);
            value.map_or_else(|_| Value::from(text.as_str()), |value| held(api, inner, &value))
        }
        (Type::List(item), Value::Array(items)) => {
            items.iter().map(|value| held(api, item, value)).collect()
        }
        (Type::Map(inner), Value::Object(members)) => {
            let members = members.iter().map(|(key, value)| (key.clone(), held(api, inner, value)));
            members.collect::<Map<_, _>>().into()
        }
        (Type::Named(id), Value::Object(members)) => {
            members_held(api, *id, |field| &field.wire.value, members).into()
        }
        _ => value.clone(),
    }
}
