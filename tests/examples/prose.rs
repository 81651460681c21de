//! Descriptions of parameters → the rules that their sentences state, a line for each.
//!
//! ```text
//! cargo run --release -p tests --example prose -- [--language en|zh] [--questions] FILE.jsonl
//! ```
//!
//! A line of the file has `id`, `parameter`, `type`, `required`, `en`, `zh` and `siblings`; nothing else of it is
//! looked at. A printed line has `id` and `rules`, and with `--questions` also what looked like a rule.

use std::process::ExitCode;
use std::{env, fs};

use alibabacloud_codegen::prose::{self, Description, Kind, Parameter};
use serde_json::{Value, json};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let (mut language, mut file, mut asks) = (None, None, false);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--language" => language = arguments.next(),
            "--questions" => asks = true,
            _ => file = Some(argument),
        }
    }
    let language = language.as_deref();
    if !matches!(language, None | Some("en" | "zh")) {
        return Err("a language is `en` or `zh`".to_owned());
    }
    let file = file.ok_or("which file?")?;
    let text = fs::read_to_string(&file).map_err(|problem| format!("{file}: {problem}"))?;
    for line in text.lines() {
        let item: Value =
            serde_json::from_str(line).map_err(|problem| format!("{file}: {problem}"))?;
        println!("{}", said(&item, language, asks));
    }
    Ok(())
}

/// What one description says.
fn said(item: &Value, language: Option<&str>, asks: bool) -> Value {
    let siblings = item["siblings"].as_array().into_iter().flatten();
    let siblings = siblings.map(|sibling| parameter(sibling, "name"));
    let parameters: Vec<Parameter> =
        std::iter::once(parameter(item, "parameter")).chain(siblings).collect();
    let text = |of: &str| match language {
        Some(only) if only != of => "",
        _ => item[of].as_str().unwrap_or_default(),
    };
    let said = prose::read(&Description {
        parameters: &parameters,
        described: 0,
        english: text("en"),
        chinese: text("zh"),
    });
    let rules: Vec<&Value> = said.rules.iter().map(|rule| &rule.schema).collect();
    if !asks {
        return json!({"id": item["id"], "rules": rules});
    }
    let sentences: Vec<&str> = said.rules.iter().map(|rule| rule.sentence.as_str()).collect();
    let questions: Vec<Value> = said
        .questions
        .iter()
        .map(|question| json!([question.reason.to_string(), question.sentence, question.shape]))
        .collect();
    let effects: Vec<Value> = said
        .effects
        .iter()
        .map(|effect| json!([effect.name, effect.condition, effect.sentence]))
        .collect();
    json!({"id": item["id"], "rules": rules, "sentences": sentences, "effects": effects, "questions": questions})
}

fn parameter(item: &Value, name: &str) -> Parameter {
    let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    Parameter {
        name: text(name),
        label: text(name),
        title: text("title"),
        kind: match item["type"].as_str().unwrap_or_default() {
            "String" => Kind::Text,
            "Integer" | "Long" => Kind::Integer,
            "Float" | "Double" => Kind::Number,
            "Boolean" => Kind::Truth,
            "RepeatList" | "Array" => Kind::List,
            "Struct" | "Json" | "Map" => Kind::Object,
            _ => Kind::Unknown,
        },
        required: item["required"].as_bool().unwrap_or_default(),
        values: item["enum"].as_array().cloned().unwrap_or_default(),
        listed: Vec::new(),
        example: None,
    }
}
