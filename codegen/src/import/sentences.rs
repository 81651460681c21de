//! What descriptions say of the parameters of an operation → rules for an overlay, and questions.
//!
//! Which sentences are rules is known to `prose` alone. Whether a rule makes sense in the spec is not asked here.

use serde_json::{Value, json};

use super::item::Item;
use super::lists;
use super::others::Translation;
use super::published::{Operation, Schema};
use super::request::Request;
use super::texts;
use super::types::Types;
use crate::prose::{self, Certain, Description, Effect, Kind, Parameter, Question, Reason};
use crate::travel::{FORM, Media, Place};

/// What a sentence states, and where in the spec it belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The operation.
    pub operation: String,
    /// The parameter in whose description the sentence stands.
    pub parameter: String,
    /// The path of the operation, as a key of the index.
    pub path: String,
    /// The key of the operation in its path item.
    pub method: &'static str,
    /// The sentence.
    pub sentence: String,
    /// What kind of statement it is.
    pub pattern: &'static str,
    /// What it states.
    pub says: Says,
}

/// What sentences can state.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    /// A rule, as a schema of all parameters.
    Rule(Value),
    /// When a parameter is used at all.
    Effect {
        /// The parameter, as a JSONPath that starts at the operation.
        inside: String,
        /// A schema of all parameters.
        condition: Value,
    },
}

impl Sentence {
    /// What of the spec is changed, as a JSONPath.
    pub fn target(&self) -> String {
        let inside = match &self.says {
            Says::Rule(_) => "",
            Says::Effect { inside, .. } => inside,
        };
        format!("$.paths{}.{}{inside}", quoted(&self.path), self.method)
    }
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
    /// What is certain; that of an operation stands together.
    pub stated: Vec<Sentence>,
    /// What is not certain.
    pub questions: Vec<Asked>,
}

impl Sentences {
    /// Reads what is said of the parameters of an operation, which stands at this path and key.
    pub(super) fn read<'p>(
        &mut self,
        operation: &Operation,
        (path, method): (&str, &'static str),
        request: &Request<'p>,
        types: &Types<'p>,
        other: Option<&Translation>,
    ) {
        let parameter = |item: &Item<'p>| parameter(item, request.label(item), types);
        let parameters: Vec<Parameter> = request.items.iter().map(parameter).collect();
        let mut of_operation = OfOperation::default();
        for (index, item) in request.items.iter().enumerate() {
            let Some(own) = types.target(item.schema).and_then(described) else { continue };
            let second = other.and_then(|other| other.text(&operation.name, &item.wire));
            of_operation.read(&parameters, index, own, second);
        }
        let of =
            |said: &Stated| (operation.name.clone(), request.items[said.described].wire.clone());
        let OfOperation { rules, effects, mut questions } = of_operation;
        let effects = effects_of(effects, &mut questions);
        let rules = rules.into_iter().map(|stated| (stated, None));
        let effects = effects.into_iter().map(|stated| {
            let inside = inside(request, stated.of);
            (stated, Some(inside))
        });
        for (stated, inside) in rules.chain(effects) {
            let (operation, parameter) = of(&stated);
            let Stated { sentence, pattern, schema, .. } = stated;
            let says = match inside {
                Some(inside) => Says::Effect { inside, condition: schema },
                None => Says::Rule(schema),
            };
            let path = path.to_owned();
            let sentence = Sentence { operation, parameter, path, method, sentence, pattern, says };
            self.stated.push(sentence);
        }
        let asked = questions.into_iter().map(|(described, question)| Asked {
            operation: operation.name.clone(),
            parameter: request.items[described].wire.clone(),
            question,
        });
        self.questions.extend(asked);
    }
}

/// What the sentences of an operation say; parameters are numbers.
#[derive(Default)]
struct OfOperation {
    rules: Vec<Stated>,
    effects: Vec<Stated>,
    questions: Vec<(usize, Question)>,
}

struct Stated {
    /// The parameter in whose description it stands.
    described: usize,
    /// The parameter that it is about.
    of: usize,
    sentence: String,
    pattern: &'static str,
    schema: Value,
}

impl OfOperation {
    fn read(
        &mut self,
        parameters: &[Parameter],
        described: usize,
        own: &str,
        second: Option<&str>,
    ) {
        let of = |is_chinese: bool| {
            let mut said = [Some(own), second].into_iter().flatten();
            said.find(|text| texts::is_chinese(text) == is_chinese).unwrap_or_default()
        };
        let (english, chinese) = (of(false), of(true));
        let has_both = !english.is_empty() && !chinese.is_empty();
        let said = prose::read(&Description { parameters, described, english, chinese });
        self.questions.extend(said.questions.into_iter().map(|question| (described, question)));
        for rule in said.rules {
            let Certain { schema, pattern, sentence, .. } = rule;
            // What only one of two texts says is for people to decide.
            if has_both && !(rule.english && rule.chinese) {
                self.ask(described, Reason::LanguagesDiffer, sentence);
            } else if !self.rules.iter().any(|known| known.schema == schema) {
                let of = described;
                self.rules.push(Stated { described, of, sentence, pattern, schema });
            }
        }
        for (index, effect) in said.effects.iter().enumerate() {
            let is_same =
                |other: &Effect| other.name == effect.name && other.condition == effect.condition;
            if said.effects[..index].iter().any(is_same) {
                continue;
            }
            let sentence = effect.sentence.clone();
            if has_both && !said.effects[index + 1..].iter().any(is_same) {
                self.ask(described, Reason::LanguagesDiffer, sentence);
                continue;
            }
            let named = parameters.iter().position(|parameter| parameter.label == effect.name);
            let of = named.unwrap_or(described);
            let schema = effect.condition.clone();
            self.effects.push(Stated { described, of, sentence, pattern: EFFECT, schema });
        }
    }

    fn ask(&mut self, described: usize, reason: Reason, sentence: String) {
        self.questions.push((described, asked(reason, sentence)));
    }
}

/// A question whose sentence is understood.
fn asked(reason: Reason, sentence: String) -> Question {
    Question { reason, shape: sentence.clone(), sentence }
}

/// What tells when a parameter is used.
const EFFECT: &str = "effect";

/// The effects that are the only ones of their parameters; whether one of several is enough, nobody says.
fn effects_of(effects: Vec<Stated>, questions: &mut Vec<(usize, Question)>) -> Vec<Stated> {
    let is_alone = |stated: &Stated| {
        let mut same = effects.iter().filter(|other| other.of == stated.of);
        same.all(|other| other.schema == stated.schema)
    };
    let alone: Vec<bool> = effects.iter().map(is_alone).collect();
    let mut kept: Vec<Stated> = Vec::new();
    for (stated, is_alone) in effects.into_iter().zip(alone) {
        if !is_alone {
            questions.push((stated.described, asked(Reason::Ambiguous, stated.sentence)));
        } else if !kept.iter().any(|known| known.of == stated.of) {
            kept.push(stated);
        }
    }
    kept
}

/// Where in its operation the schema of a parameter stands, as the end of a JSONPath.
fn inside(request: &Request<'_>, index: usize) -> String {
    let item = &request.items[index];
    let is_lone = |item: &&Item<'_>| matches!(item.place, Place::Path | Place::Header);
    let member =
        |media: &str| format!(".content{}.schema.properties{}", quoted(media), quoted(&item.wire));
    match item.place {
        Place::Path | Place::WholePath | Place::Header => format!(".parameters[{index}].schema"),
        Place::Query => {
            let query = request.items.iter().filter(is_lone).count();
            format!(".parameters[{query}]{}", member(FORM))
        }
        Place::Form => format!(".requestBody{}", member(FORM)),
        Place::Member => format!(".requestBody{}", member(Media::Json.type_())),
        Place::Body(media) => format!(".requestBody.content{}.schema", quoted(media.type_())),
    }
}

/// A name as a step of a JSONPath.
fn quoted(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn described(schema: &Schema) -> Option<&str> {
    schema.description.as_deref()
}

/// The values that a description lists.
fn listed(description: &str) -> Vec<String> {
    lists::values(description).into_iter().map(|listed| listed.value).collect()
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
