//! Sentences of descriptions → rules between the parameters of an operation, where they are certain, and
//! questions, where they only look like it.
//!
//! A text becomes sentences (`text`, `outline`), a sentence tokens (`token`), and what of it fits a shape of the
//! table (`table`, `matching`) a meaning (`compose`). Whatever does not fit as a whole makes no rule. Names and
//! values count only if they are those of the operation (`names`, `values`).
//!
//! Knows no product, no OpenAPI, and nothing of what becomes of a rule.

mod around;
mod called;
mod clause;
mod compose;
mod formula;
mod implied;
mod joined;
mod lists;
mod matching;
mod meaning;
mod names;
mod outline;
mod present;
mod purpose;
mod reading;
mod schema;
mod table;
mod text;
mod token;
mod values;

use std::fmt;

use serde_json::Value;

use meaning::Rule;
use names::Names;
use reading::{Reading, Text};
use schema::Writer;
use table::Column;

/// What a parameter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, also one that says when.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// True or false.
    Truth,
    /// Several of something.
    List,
    /// Something with members.
    Object,
    /// Nobody says what.
    Unknown,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// What texts call it: its name on the wire.
    pub name: String,
    /// What rules call it.
    pub label: String,
    /// What people call it; empty if nobody says.
    pub title: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it has to be there anyway.
    pub required: bool,
    /// The values that it may have; none if nobody says.
    pub values: Vec<Value>,
    /// Values that its description lists: not all that there are.
    pub listed: Vec<String>,
    /// The value that it has in the example that is published of the operation.
    pub example: Option<Value>,
}

/// What is said of a parameter. A text that there is not is empty.
#[derive(Debug, Clone, Copy)]
pub struct Description<'d> {
    /// All parameters of the operation.
    pub parameters: &'d [Parameter],
    /// Which of them is described.
    pub described: usize,
    /// In English.
    pub english: &'d str,
    /// In Chinese.
    pub chinese: &'d str,
}

/// What sentences say.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Said {
    /// What is certain.
    pub rules: Vec<Certain>,
    /// When parameters are used at all.
    pub effects: Vec<Effect>,
    /// What is not certain.
    pub questions: Vec<Question>,
}

/// A rule, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Certain {
    /// A schema of all parameters, by their names.
    pub schema: Value,
    /// What kind of rule it is.
    pub pattern: &'static str,
    /// The sentence.
    pub sentence: String,
    /// Whether the English text says it.
    pub english: bool,
    /// Whether the Chinese text says it.
    pub chinese: bool,
}

/// When a parameter is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The parameter.
    pub name: String,
    /// A schema of all parameters.
    pub condition: Value,
    /// The sentence.
    pub sentence: String,
}

/// A sentence that looks as if it asked for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Why it makes no rule.
    pub reason: Reason,
    /// The sentence.
    pub sentence: String,
    /// The sentence without names, values and numbers: what others like it look like, too.
    pub shape: String,
}

/// Why a sentence makes no rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It names what is no parameter of the operation.
    NameUnknown,
    /// It names a value that the parameter does not have.
    ValueUnknown,
    /// It has no shape of the table.
    ShapeUnknown,
    /// It depends on something that no request carries.
    FactOutside,
    /// It can be read in several ways, or depends on what stands around it.
    Ambiguous,
    /// Another sentence says that the parameter need not be given, in a case that is not understood.
    Exempted,
    /// The texts in two languages say different things.
    LanguagesDiffer,
    /// The example that is published of the operation breaks it.
    BrokenByExample,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NameUnknown,
        Self::ValueUnknown,
        Self::ShapeUnknown,
        Self::FactOutside,
        Self::Ambiguous,
        Self::Exempted,
        Self::LanguagesDiffer,
        Self::BrokenByExample,
    ];
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NameUnknown => "name unknown",
            Self::ValueUnknown => "value unknown",
            Self::ShapeUnknown => "shape unknown",
            Self::FactOutside => "fact outside of the request",
            Self::Ambiguous => "ambiguous",
            Self::Exempted => "exempted elsewhere",
            Self::LanguagesDiffer => "languages differ",
            Self::BrokenByExample => "broken by the published example",
        })
    }
}

/// Reads what is said of a parameter; nothing, if there is no such parameter.
pub fn read(description: &Description<'_>) -> Said {
    let Some(names) = Names::new(description.parameters, description.described) else {
        return Said::default();
    };
    let read = |text: &str, column: Column| match text {
        "" => Reading::default(),
        _ => reading::read(&Text { text, column, names: &names }),
    };
    let english = read(description.english, Column::English);
    let chinese = read(description.chinese, Column::Chinese);
    let labels = names.labels();
    let writer = Writer { names: &labels };
    let mut said = Said::default();
    for (name, condition, sentence) in english.effects.into_iter().chain(chinese.effects) {
        let (name, condition) = (labels[name].to_owned(), writer.condition(&condition));
        said.effects.push(Effect { name, condition, sentence });
    }
    said.questions = english.questions.into_iter().chain(chinese.questions).collect();
    let asks = Asks { names: &names, questions: &mut said.questions };
    said.rules = together(english.rules, chinese.rules, &writer, asks);
    said
}

/// Where questions go.
struct Asks<'a> {
    names: &'a Names<'a>,
    questions: &'a mut Vec<Question>,
}

impl Asks<'_> {
    fn ask(&mut self, reason: Reason, sentence: &str) {
        self.questions.push(reading::question(reason, sentence.to_owned(), self.names));
    }
}

/// A rule with its sentence.
type Stated = (Rule, String);

/// The rules of both texts, each once, and none that the two state differently.
fn together(
    english: Vec<Stated>,
    chinese: Vec<Stated>,
    writer: &Writer<'_>,
    mut asks: Asks<'_>,
) -> Vec<Certain> {
    let example = asks.names.example();
    let differs = |rule: &Rule, others: &[Stated]| {
        let is_said = others.iter().any(|(other, _)| implied::follows(rule, other));
        !is_said && others.iter().any(|(other, _)| is_other_version(rule, other))
    };
    let mut rules: Vec<(Rule, Certain)> = Vec::new();
    let both = [(&english, &chinese, true), (&chinese, &english, false)];
    for (own, others, is_english) in both {
        for (rule, sentence) in own {
            if differs(rule, others) {
                asks.ask(Reason::LanguagesDiffer, sentence);
                continue;
            }
            if !implied::allows(rule, &example) {
                asks.ask(Reason::BrokenByExample, sentence);
                continue;
            }
            if let Some((_, known)) =
                rules.iter_mut().find(|(known, _)| implied::follows(rule, known))
            {
                known.english |= is_english;
                known.chinese |= !is_english;
                continue;
            }
            let schema = writer.rule(rule);
            let (pattern, sentence) = (pattern(rule), sentence.clone());
            let (english, chinese) = (is_english, !is_english);
            rules.push((rule.clone(), Certain { schema, pattern, sentence, english, chinese }));
        }
    }
    rules.into_iter().map(|(_, certain)| certain).collect()
}

/// Whether two rules speak of the same parameters in the same way, so that one of them is a mistake: not if they
/// speak of different cases.
fn is_other_version(rule: &Rule, other: &Rule) -> bool {
    let is_alike = pattern(rule) == pattern(other)
        && rule.names() == other.names()
        && rule.need.names() == other.need.names();
    let (Some(when), Some(others)) = (&rule.when, &other.when) else { return is_alike };
    let near = |value: &str, known: &str| {
        value != known && value.len() > NEAR && strsim::levenshtein(value, known) < 2
    };
    let (values, known) = (when.values(), others.values());
    let is_near = values.iter().any(|value| known.iter().any(|known| near(value, known)));
    let is_shared = values.is_empty() || values.iter().any(|value| known.contains(value));
    is_alike && (is_near || is_shared)
}

/// Longer values are taken for misspelled ones if one letter of them is another.
const NEAR: usize = 4;

/// What kind of rule it is.
fn pattern(rule: &Rule) -> &'static str {
    use meaning::{Condition, Need};
    let is_by_presence = match &rule.when {
        Some(Condition::Given(_)) => true,
        Some(Condition::Not(inner)) => matches!(**inner, Condition::Given(_)),
        _ => false,
    };
    match (&rule.need, &rule.when) {
        (Need::Required(_), _) if is_by_presence => "required with another",
        (Need::Required(_), _) => "required in a case",
        (Need::Excluded(_), _) if is_by_presence => "not with another",
        (Need::Excluded(_), _) => "excluded in a case",
        (Need::Is(..) | Need::IsNot(..), _) => "values in a case",
        (Need::Limits(..), _) => "limits in a case",
        (Need::AnyOf(_), _) => "at least one",
        (Need::OneOf(_), _) => "exactly one",
        (Need::MostOneOf(_), _) => "at most one",
        (Need::AllOrNone(_), _) => "all or none",
        (Need::With(..), _) => "required with another",
        (Need::Order(..), _) => "order",
        (Need::Unclear(_), _) => "unclear",
    }
}

/// A sentence that the table of shapes has as an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub sentence: String,
    /// What it means, in short.
    pub meaning: String,
}

/// The examples of the table of shapes; the error says which of its lines cannot be read.
pub fn examples() -> Result<Vec<Example>, String> {
    table::Table::read(&[table::WORDS, table::SHAPES])?;
    let lines = table::SHAPES.lines().filter_map(|line| line.trim().strip_prefix('+'));
    let examples = lines.map(|line| {
        let (sentence, meaning) = line.split_once("=>").ok_or(format!("`{line}` has no `=>`"))?;
        Ok(Example { sentence: sentence.trim().to_owned(), meaning: meaning.trim().to_owned() })
    });
    examples.collect()
}
