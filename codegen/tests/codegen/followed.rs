//! Advice of the generator, followed to the letter as a machine can: what stands between backticks is
//! written, what is to be left out is deleted.

use std::collections::BTreeMap;

use alibabacloud_codegen::{Diagnostics, SpecFile, Specs};
use serde_json::Value;

use crate::fixtures::generate;

/// A problem as it is told to machines.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Its code, such as `unknown-key`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The file, without the folder of the specs.
    pub file: String,
    /// The JSON pointer of the value or key that is wrong.
    pub pointer: String,
}

/// The problems of specs; none when they are accepted.
///
/// # Panics
///
/// When what is told is not in the form for machines.
pub fn problems(specs: &Specs) -> Vec<Problem> {
    generate(specs).err().map(|refusal| told(specs, &refusal)).unwrap_or_default()
}

fn told(specs: &Specs, refusal: &Diagnostics<'_>) -> Vec<Problem> {
    let folder = format!("{}/", specs.folder());
    let lines = refusal.to_json_lines();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON"));
    let problem = |line: Value| {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        Some(Problem {
            code: line["code"].as_str()?.to_owned(),
            message: text("message"),
            help: text("help"),
            file: text("file").trim_start_matches(&folder).to_owned(),
            pointer: text("pointer"),
        })
    };
    lines.filter_map(problem).collect()
}

/// The specs after the advice of a problem; nothing when only a person can follow it.
///
/// # Panics
///
/// When a file is not JSON.
pub fn followed(specs: &Specs, problem: &Problem) -> Option<Specs> {
    let steps = steps(problem)?;
    let is_key = ["unknown-key", "unsupported-keyword"].contains(&problem.code.as_str());
    let mut files: Vec<SpecFile> = specs.files().to_vec();
    let file = files.iter_mut().find(|file| file.path == problem.file)?;
    let mut json: Value = serde_json::from_str(&file.text).ok()?;
    for step in steps {
        step.apply(&mut json, &problem.pointer, is_key)?;
    }
    file.text = serde_json::to_string_pretty(&json).expect("it was JSON");
    Some(Specs::new(specs.folder(), files))
}

/// One thing that advice says.
#[derive(Debug)]
enum Step {
    /// Write this in the place of the value, or of the key where the key is wrong.
    Replace(String),
    /// Write this in the text in the place of that.
    Rewrite { from: String, to: String },
    /// Write this member beside the value, or into it when it is the object.
    Set(String, Value),
    /// Leave the value or member out.
    Delete,
    /// Leave these members out, beside the value or in it.
    DeleteMembers(Vec<String>),
}

/// What the advice says, in the order in which it can be done.
fn steps(problem: &Problem) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    if let Some(written) = problem.message.split("write `").nth(1)
        && let Some((to, rest)) = written.split_once("` instead of `")
    {
        let from = rest.split('`').next()?.to_owned();
        return Some(vec![Step::Rewrite { from, to: to.to_owned() }]);
    }
    let help = problem.help.as_str();
    if let Some(meant) = help.strip_prefix("did you mean `") {
        return Some(vec![Step::Replace(meant.split("`?").next()?.to_owned())]);
    }
    let sentence = help.split(": ").next().unwrap_or(help);
    if let Some(members) = help.strip_prefix("add ").filter(|text| is_exact(text)) {
        let alternative = members.split(", or").next().unwrap_or(members);
        steps.extend(fragments(alternative).into_iter().filter_map(|text| member(&text)));
    }
    if let Some(written) = help.strip_prefix("write ").filter(|text| is_exact(text)) {
        let written = written.split(", which").next().unwrap_or(written);
        let one = written.split(" or ").next().unwrap_or(written);
        let one = one.split(", and leave").next().unwrap_or(one);
        for text in fragments(one) {
            match member(&text) {
                Some(step) => steps.push(step),
                None => steps.push(Step::Replace(text)),
            }
        }
        if help.ends_with("instead") {
            steps.push(Step::Delete);
        }
    }
    if help.starts_with("leave it out") {
        steps.push(Step::Delete);
    } else if let Some(left) = sentence.split("leave `").nth(1)
        && let Some((names, _)) = left.split_once("` out")
    {
        steps.push(Step::DeleteMembers(names.split("` and `").map(str::to_owned).collect()));
    }
    // What stands for something else cannot be written as it is.
    let is_whole = |step: &Step| match step {
        Step::Replace(text) => !text.contains(['…', '<', ' ']),
        Step::Set(_, value) => !value.to_string().contains(['…', '<']),
        Step::Rewrite { .. } | Step::Delete | Step::DeleteMembers(_) => true,
    };
    (!steps.is_empty() && steps.iter().all(is_whole)).then_some(steps)
}

/// Whether the words that start with what is to be written say no more of it than where it goes.
fn is_exact(written: &str) -> bool {
    let Some((_, rest)) = written.strip_prefix('`').and_then(|text| text.split_once('`')) else {
        return false;
    };
    let goes_on = [",", ":", " or `", " and `", " beside it", " instead"];
    rest.is_empty() || goes_on.iter().any(|words| rest.starts_with(words))
}

/// What stands between backticks.
fn fragments(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// `"key": value`, when the text is that.
fn member(text: &str) -> Option<Step> {
    let members: BTreeMap<String, Value> = serde_json::from_str(&format!("{{{text}}}")).ok()?;
    let (key, value) = members.into_iter().next()?;
    Some(Step::Set(key, value))
}

impl Step {
    fn apply(self, json: &mut Value, pointer: &str, is_key: bool) -> Option<()> {
        let (parent, last) = pointer.rsplit_once('/').unwrap_or(("", ""));
        let last = last.replace("~1", "/").replace("~0", "~");
        match self {
            Self::Replace(text) if is_key => {
                let members = json.pointer_mut(parent)?.as_object_mut()?;
                let value = members.remove(&last)?;
                members.insert(text, value);
            }
            Self::Replace(text) => {
                let value = json.pointer_mut(pointer)?;
                *value = match value {
                    Value::String(_) => text.into(),
                    _ => serde_json::from_str(&text).ok()?,
                };
            }
            Self::Rewrite { from, to } => {
                let value = json.pointer_mut(pointer)?;
                *value = value.as_str()?.replace(&from, &to).into();
            }
            Self::Set(key, value) => {
                let is_object = json.pointer(pointer)?.is_object() && !is_key;
                let place = if is_object { pointer } else { parent };
                json.pointer_mut(place)?.as_object_mut()?.insert(key, value);
            }
            Self::Delete => match json.pointer_mut(parent)? {
                Value::Array(items) => drop(items.remove(last.parse().ok()?)),
                Value::Object(members) => drop(members.remove(&last)?),
                _ => return None,
            },
            Self::DeleteMembers(names) => {
                let has_all = |value: &Value| names.iter().all(|name| value.get(name).is_some());
                let place = if has_all(json.pointer(pointer)?) { pointer } else { parent };
                let members = json.pointer_mut(place)?.as_object_mut()?;
                for name in &names {
                    members.remove(name)?;
                }
            }
        }
        Some(())
    }
}
