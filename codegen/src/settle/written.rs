//! What sentences state → the text of an overlay.
//!
//! Judges nothing.

use serde_json::{Value, json};

use crate::english::code;
use crate::import::{Asked, Says, Sentence};
use crate::read::PROSE;
use crate::source::SpecFile;

/// The overlay as specs have it; `is_quoted` tells whether it has the sentences.
pub(super) fn file(stated: &[Sentence], is_quoted: bool, questions: &[Asked]) -> SpecFile {
    let actions = stated.iter().map(|sentence| action(sentence, is_quoted));
    overlay(actions, questions.iter().map(question))
}

/// An overlay that is only tried. It says nothing of where rules are from, for what does may repeat another one.
pub(super) fn tried<'s>(stated: impl Iterator<Item = &'s Sentence>) -> SpecFile {
    let actions =
        stated.map(|sentence| json!({ "target": sentence.target(), "update": bare(sentence) }));
    overlay(actions, std::iter::empty())
}

fn overlay(
    actions: impl Iterator<Item = Value>,
    questions: impl Iterator<Item = Value>,
) -> SpecFile {
    let mut text = HEAD.to_owned();
    push(&mut text, actions);
    let mut questions = questions.peekable();
    if questions.peek().is_some() {
        text.push_str(",\n  \"x-questions\": [");
        push(&mut text, questions);
    }
    text.push_str("\n}\n");
    SpecFile { path: PROSE.to_owned(), text }
}

/// Writes the items of a list, each on its line, and its end.
fn push(text: &mut String, items: impl Iterator<Item = Value>) {
    for (index, item) in items.enumerate() {
        text.push_str(if index == 0 { "\n    " } else { ",\n    " });
        text.push_str(&item.to_string());
    }
    text.push_str("\n  ]");
}

/// How the overlay starts.
const HEAD: &str = "{
  \"overlay\": \"1.1.0\",
  \"info\": { \"title\": \"What sentences of the documents state\", \"version\": \"1\" },
  \"actions\": [";

fn action(sentence: &Sentence, is_quoted: bool) -> Value {
    let mut noted = sentence.clone();
    if let Says::Rule(rule) = &mut noted.says {
        let note = format!("from a sentence about {}", code(&sentence.parameter));
        rule["x-document"] = json!({ "note": note });
    }
    let mut source = json!({ "parameter": sentence.parameter });
    if is_quoted {
        source["sentence"] = json!(sentence.sentence);
    }
    json!({ "target": sentence.target(), "update": bare(&noted), "x-source": source })
}

/// What is said, as a change.
fn bare(sentence: &Sentence) -> Value {
    match &sentence.says {
        Says::Rule(rule) => json!({ "x-requirements": { "type": "object", "allOf": [rule] } }),
        Says::Effect { condition, .. } => json!({ "x-effective-when": condition }),
    }
}

fn question(asked: &Asked) -> Value {
    json!({
        "operation": asked.operation,
        "parameter": asked.parameter,
        "reason": asked.question.reason.to_string(),
        "sentence": asked.question.sentence,
        "shape": asked.question.shape,
    })
}
