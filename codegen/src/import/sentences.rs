//! What descriptions say of the parameters of an operation → rules for an overlay, and questions.
//!
//! Which sentences are rules is known to `prose` alone. Whether a rule makes sense in the spec is not asked here.

use serde_json::{Value, json};

use super::item::Item;
use super::lists;
use super::published::{Operation, Schema};
use super::request::Request;
use super::types::Types;
use crate::prose::{self, Certain, Description, Kind, Parameter, Question, Reason};
use crate::travel::Place;

/// A rule from a sentence, and where in the spec it belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The operation.
    pub operation: String,
    /// The parameter in whose description the sentence stands.
    pub parameter: String,
    /// The operation in the spec, as a JSONPath.
    pub target: String,
    /// The rule.
    pub rule: Certain,
}

/// A sentence that may be a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The operation.
    pub operation: String,
    /// The parameter in whose description the sentence stands.
    pub parameter: String,
    /// The sentence, and why it makes no rule.
    pub question: Question,
}

/// What the sentences of a service say.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Sentences {
    /// The rules that are certain.
    pub rules: Vec<Sentence>,
    /// What is not certain.
    pub questions: Vec<Asked>,
}

impl Sentences {
    /// Reads what is said of the parameters of an operation. `other` has the descriptions in another language.
    pub(super) fn read<'p>(
        &mut self,
        (operation, target): (&Operation, String),
        request: &Request<'p>,
        types: &Types<'p>,
        other: &dyn Fn(&str) -> Option<String>,
    ) {
        let parameter = |item: &Item<'p>| parameter(item, request.label(item), types);
        let parameters: Vec<Parameter> = request.items.iter().map(parameter).collect();
        for (index, item) in request.items.iter().enumerate() {
            let Some(description) = types.target(item.schema).and_then(described) else { continue };
            let second = other(&item.wire);
            let texts = [Some(description), second.as_deref()];
            let of = |is_chinese: bool| {
                let mut texts = texts.iter().flatten().filter(|text| is_han(text) == is_chinese);
                texts.next().copied().unwrap_or_default()
            };
            let said = prose::read(&Description {
                parameters: &parameters,
                described: index,
                english: of(false),
                chinese: of(true),
            });
            let asked = |question| Asked {
                operation: operation.name.clone(),
                parameter: item.wire.clone(),
                question,
            };
            self.questions.extend(said.questions.into_iter().map(asked));
            for rule in said.rules {
                // What only one of two texts says is for people to decide.
                if second.is_some() && !(rule.english && rule.chinese) {
                    let reason = Reason::LanguagesDiffer;
                    let shape = rule.sentence.clone();
                    self.questions.push(asked(Question { reason, sentence: rule.sentence, shape }));
                    continue;
                }
                let is_known = |known: &Sentence| {
                    known.operation == operation.name && known.rule.schema == rule.schema
                };
                if !self.rules.iter().rev().any(is_known) {
                    let (operation, parameter) = (operation.name.clone(), item.wire.clone());
                    self.rules.push(Sentence {
                        operation,
                        parameter,
                        target: target.clone(),
                        rule,
                    });
                }
            }
        }
    }
}

/// An operation as a JSONPath.
pub(super) fn target(path: &str, method: &str) -> String {
    let path = path.replace('\\', "\\\\").replace('\'', "\\'");
    format!("$.paths['{path}'].{method}")
}

fn described(schema: &Schema) -> Option<&str> {
    schema.description.as_deref()
}

/// The values that a description lists.
fn listed(description: &str) -> Vec<String> {
    lists::values(description).into_iter().map(|listed| listed.value).collect()
}

/// Whether a text has Chinese characters.
fn is_han(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}'))
}

fn parameter<'p>(item: &Item<'p>, label: String, types: &Types<'p>) -> Parameter {
    let target = types.target(item.schema);
    let type_ = target.and_then(|schema| schema.type_.as_deref());
    let kind = match type_ {
        _ if matches!(item.place, Place::Body(_)) => Kind::Unknown,
        Some("string") => Kind::Text,
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Truth,
        Some("array") => Kind::List,
        Some("object") => Kind::Object,
        Some(_) | None => Kind::Unknown,
    };
    let values = target.map(|schema| schema.values.as_slice()).unwrap_or_default();
    let example = target.and_then(|schema| schema.example.as_deref());
    Parameter {
        name: item.wire.clone(),
        label,
        title: item.schema.title.clone().unwrap_or_default(),
        kind,
        required: item.required,
        listed: target.and_then(described).map(listed).unwrap_or_default(),
        values: values.iter().filter_map(|value| typed(value, kind)).collect(),
        example: example.and_then(|example| typed(example, kind)),
    }
}

/// A text of the metadata as a value.
fn typed(text: &str, kind: Kind) -> Option<Value> {
    match kind {
        Kind::Text => Some(json!(text)),
        Kind::Integer => text.trim().parse::<i64>().ok().map(|number| json!(number)),
        Kind::Truth => text.trim().parse::<bool>().ok().map(|truth| json!(truth)),
        Kind::Number | Kind::List | Kind::Object | Kind::Unknown => None,
    }
}
