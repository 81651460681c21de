//! `questions`, and what sentences state in figures.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::Value;

use super::home::Home;
use crate::Settled;
use crate::read::PROSE;

/// Prints the sentences of an imported service that may state requirements, and make no rule.
///
/// What is asked most often comes first, so that one more rule, or one more shape of the table, answers most.
#[derive(Debug, clap::Args)]
pub struct Questions {
    /// The service, such as `ecs`
    service: String,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Questions {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let home = Home::find(self.specs.as_deref())?;
        let specs = home.read(&home.service(&self.service)?)?;
        let file = specs.files().iter().find(|file| file.path == PROSE);
        let overlay: Value = match file {
            Some(file) => serde_json::from_str(&file.text)?,
            None => Value::Null,
        };
        let questions = overlay["x-questions"].as_array().map(Vec::as_slice).unwrap_or_default();
        print!("{}", listed(questions));
        println!("{} questions of {}", questions.len(), specs.folder());
        Ok(ExitCode::SUCCESS)
    }
}

/// Questions by their shapes, the most frequent first, each with where it is asked.
fn listed(questions: &[Value]) -> String {
    let text = |question: &Value, key: &str| question[key].as_str().unwrap_or_default().to_owned();
    let mut shapes: BTreeMap<(String, String), Vec<&Value>> = BTreeMap::new();
    for question in questions {
        let key = (text(question, "reason"), text(question, "shape"));
        shapes.entry(key).or_default().push(question);
    }
    let mut shapes: Vec<_> = shapes.into_iter().collect();
    shapes.sort_by_key(|(_, asked)| std::cmp::Reverse(asked.len()));
    let mut lines = String::new();
    for ((reason, _), asked) in shapes {
        let first = asked.first().map(|first| text(first, "sentence")).unwrap_or_default();
        lines.push_str(&format!("{}, {reason}: {first}\n", asked.len()));
        for question in asked {
            let (operation, parameter) = (text(question, "operation"), text(question, "parameter"));
            lines.push_str(&format!("    {operation}.{parameter}\n"));
        }
    }
    lines
}

/// What sentences state, in figures.
#[derive(Debug, Default)]
pub(super) struct Found {
    stated: BTreeMap<&'static str, usize>,
    left_out: BTreeMap<&'static str, usize>,
    questions: BTreeMap<String, usize>,
}

impl Found {
    pub(super) fn of(settled: &Settled) -> Self {
        let mut found = Self::default();
        for sentence in &settled.stated {
            *found.stated.entry(sentence.pattern).or_default() += 1;
        }
        for (_, against) in &settled.left_out {
            *found.left_out.entry(against.code).or_default() += 1;
        }
        for asked in &settled.questions {
            *found.questions.entry(asked.question.reason.to_string()).or_default() += 1;
        }
        found
    }

    pub(super) fn add(&mut self, other: &Self) {
        let add = |own: &mut BTreeMap<&'static str, usize>,
                   other: &BTreeMap<&'static str, usize>| {
            other.iter().for_each(|(key, count)| *own.entry(key).or_default() += count);
        };
        add(&mut self.stated, &other.stated);
        add(&mut self.left_out, &other.left_out);
        for (key, count) in &other.questions {
            *self.questions.entry(key.clone()).or_default() += count;
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_line(formatter, "rules from sentences", self.stated.iter())?;
        write_line(formatter, "left out of them, as problems", self.left_out.iter())?;
        write_line(formatter, "questions", self.questions.iter())
    }
}

/// How many there are, and of which kinds.
fn write_line<'k>(
    formatter: &mut fmt::Formatter<'_>,
    what: &str,
    counts: impl Iterator<Item = (impl fmt::Display + 'k, &'k usize)> + Clone,
) -> fmt::Result {
    let all: usize = counts.clone().map(|(_, count)| count).sum();
    let kinds: Vec<String> = counts.map(|(kind, count)| format!("{kind} {count}")).collect();
    match kinds.as_slice() {
        [] => Ok(()),
        _ => writeln!(formatter, "{what}: {all} ({})", kinds.join(", ")),
    }
}
