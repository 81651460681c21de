//! Rules that an importer found in sentences → the overlay with those that the generator takes.
//!
//! Each is tried in the spec: one that it cannot say, that contradicts another, that never holds or says nothing
//! new is left out, and why is told. Stands above the importer, which asks no stage that comes later.

use std::ops::Range;

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::english::code;
use crate::import::{Asked, Sentence, Sentences};
use crate::source::{SpecFile, Specs};
use crate::{Clock, findings};

/// What became of what sentences say.
#[derive(Debug, Default)]
pub struct Settled {
    /// The rules of the overlay.
    pub rules: Vec<Sentence>,
    /// Rules that are left out, each with what speaks against it.
    pub left_out: Vec<(Sentence, Against)>,
    /// Sentences that make no rule.
    pub questions: Vec<Asked>,
}

/// What speaks against a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// The stable name of the problem that it would be.
    pub code: &'static str,
    /// What is wrong with it.
    pub message: String,
}

/// The file of the overlay.
const FILE: &str = crate::read::PROSE;

/// As often is the rest tried without what was found to be wrong.
const ROUNDS: usize = 12;

/// Adds the overlay to the files.
pub(crate) fn settle(
    folder: &str,
    files: &mut Vec<SpecFile>,
    sentences: Sentences,
    is_told: bool,
) -> Settled {
    let mut settled = Settled { questions: sentences.questions, ..Settled::default() };
    let mut rules = sentences.rules;
    for round in 0..=ROUNDS {
        if rules.is_empty() {
            break;
        }
        let (text, places) = overlay(&rules, None);
        let mut tried = files.clone();
        tried.push(SpecFile { path: FILE.to_owned(), text });
        let specs = Specs::new(folder, tried);
        let Err(problems) = findings(&specs, &Clock::SILENT) else { break };
        let mut against: Vec<Option<Against>> = vec![None; rules.len()];
        for problem in problems.iter() {
            let file = specs.files().get(problem.origin.file.index());
            let place = problem.origin.range();
            for index in blamed(file, &place, &rules, &places) {
                against[index].get_or_insert_with(|| Against::of(problem));
            }
        }
        if against.iter().all(Option::is_none) {
            // The spec has a problem of its own, which is told when it is generated.
            break;
        }
        let (mut left, is_last) = (Vec::new(), round == ROUNDS);
        for (rule, against) in rules.into_iter().zip(against) {
            match against {
                Some(against) => settled.left_out.push((rule, against)),
                None if is_last => settled.left_out.push((rule, Against::unsettled())),
                None => left.push(rule),
            }
        }
        rules = left;
    }
    if !rules.is_empty() || (is_told && !settled.questions.is_empty()) {
        let questions: &[Asked] = if is_told { &settled.questions } else { &[] };
        let (text, _) = overlay(&rules, Some((is_told, questions)));
        files.push(SpecFile { path: FILE.to_owned(), text });
        files.sort_by(|left, right| left.path.cmp(&right.path));
    }
    settled.rules = rules;
    settled
}

impl Against {
    fn of(problem: &Diagnostic) -> Self {
        Self { code: problem.code().as_str(), message: problem.message().to_owned() }
    }

    /// What is still in trouble when enough was tried.
    fn unsettled() -> Self {
        let message = "the rules of the service still contradict each other".to_owned();
        Self { code: "unsettled", message }
    }
}

/// The rules that a problem is about: the one at its place, or all of the operation in whose file it is.
fn blamed(
    file: Option<&SpecFile>,
    place: &Range<usize>,
    rules: &[Sentence],
    places: &[Range<usize>],
) -> Vec<usize> {
    let Some(file) = file else { return Vec::new() };
    if file.path == FILE {
        let mut at = places.iter().enumerate().filter(|(_, own)| own.contains(&place.start));
        return at.next().map(|(index, _)| index).into_iter().collect();
    }
    let is_of =
        |rule: &Sentence| file.text.contains(&format!("\"operationId\": \"{}\"", rule.operation));
    rules.iter().enumerate().filter(|(_, rule)| is_of(rule)).map(|(index, _)| index).collect()
}

/// What the overlay says besides rules: whether sentences are quoted, and which of them are questions.
type Besides<'q> = (bool, &'q [Asked]);

/// The overlay, and where in it each rule stands. One that is only tried says nothing besides.
fn overlay(rules: &[Sentence], besides: Option<Besides<'_>>) -> (String, Vec<Range<usize>>) {
    let mut text = HEAD.to_owned();
    let mut places = Vec::new();
    let mut is_first = true;
    for rule in rules {
        text.push_str(if is_first { "\n    " } else { ",\n    " });
        is_first = false;
        let start = text.len();
        text.push_str(&action(rule, besides.map(|(is_quoted, _)| is_quoted)).to_string());
        places.push(start..text.len());
    }
    text.push_str("\n  ]");
    let questions = besides.map(|(_, questions)| questions).unwrap_or_default();
    for (index, asked) in questions.iter().enumerate() {
        text.push_str(if index == 0 { ",\n  \"x-questions\": [\n    " } else { ",\n    " });
        text.push_str(&question(asked).to_string());
    }
    text.push_str(if questions.is_empty() { "\n}\n" } else { "\n  ]\n}\n" });
    (text, places)
}

/// How the overlay starts.
const HEAD: &str = "{
  \"overlay\": \"1.1.0\",
  \"info\": { \"title\": \"What sentences of the documents state\", \"version\": \"1\" },
  \"actions\": [";

/// A rule; what is only tried says nothing of where it is from, as what repeats another rule may.
fn action(sentence: &Sentence, is_quoted: Option<bool>) -> Value {
    let mut rule = sentence.rule.schema.clone();
    let Some(is_quoted) = is_quoted else {
        return json!({ "target": sentence.target, "update": requirements(rule) });
    };
    let note = format!("from a sentence about {}", code(&sentence.parameter));
    rule["x-document"] = json!({ "note": note });
    let mut source = json!({ "parameter": sentence.parameter });
    if is_quoted {
        source["sentence"] = json!(sentence.rule.sentence);
    }
    json!({ "target": sentence.target, "update": requirements(rule), "x-source": source })
}

fn requirements(rule: Value) -> Value {
    json!({ "x-requirements": { "type": "object", "allOf": [rule] } })
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
