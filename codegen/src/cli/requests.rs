//! `requests`

use std::io::{self, BufRead as _, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Map, Value, json};

use super::home::Home;
use super::print_problems;
use crate::english::code;
use crate::{Judge, Unanswered, judge};

/// Prints requests of an operation, and what can be said of all of them.
///
/// Without more, random valid requests, a JSON object on each line: what rules call a parameter, which is its
/// name on the wire unless two places share it, with its value, JSON text as text. Facts of the context are
/// unknown unless `--given` says them, and are not printed.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("question"))]
pub struct Requests {
    /// The operation, such as `ModifyBackupSourceEndpoint`
    operation: String,

    /// How many requests; of those that are nearly valid, how many for each thing that is broken
    #[arg(long, default_value_t = 1)]
    count: u64,

    /// What random requests are made from
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// A parameter that every request has, or a fact of the context
    #[arg(long, value_name = "NAME=VALUE")]
    given: Vec<String>,

    /// Requests that break one rule or limit each, and nothing else, with what they break; a rule about a fact of
    /// the context can be broken where `--given` says the fact
    #[arg(long, group = "question")]
    nearly: bool,

    /// All valid requests, where parameters have few values
    #[arg(long, group = "question")]
    all: bool,

    /// How many valid requests there are, where parameters have few values
    #[arg(long, group = "question")]
    number: bool,

    /// Whether there is a valid request, which parameters none has, and which all have though they are optional
    #[arg(long, group = "question")]
    sound: bool,

    /// Judge requests on lines of standard input: is each valid, what does it break, can it become valid when more is added
    #[arg(long, group = "question")]
    judge: bool,

    /// The service that has the operation, where several have one of this name
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// The folder of services; `specs` unless said
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Requests {
    pub(super) fn run(&self) -> io::Result<ExitCode> {
        let home = Home::find(self.specs.as_deref())?;
        let specs = home.with_operation(self.service.as_deref(), &self.operation)?;
        let judge = match judge(&specs, &self.operation) {
            Ok(judge) => judge.ok_or_else(|| {
                let message = format!("there is no operation {}", code(&self.operation));
                io::Error::other(message)
            })?,
            Err(diagnostics) => {
                print_problems(&specs, &diagnostics);
                return Ok(ExitCode::FAILURE);
            }
        };
        let mut given = Map::new();
        for told in &self.given {
            let (name, text) = told.split_once('=').ok_or_else(|| {
                io::Error::other(format!("`--given {told}` has no value; say `NAME=VALUE`"))
            })?;
            let value = judge.value_of(name, text).map_err(io::Error::other)?;
            if given.insert(name.to_owned(), value).is_some() {
                return Err(io::Error::other(format!("`{name}` is given twice")));
            }
        }
        let answered = match self {
            Self { nearly: true, .. } => self.nearly(&judge, &given),
            Self { all: true, .. } => all(&judge, &given),
            Self { number: true, .. } => {
                line(&json!(judge.number(&given).map_err(io::Error::other)?))
            }
            Self { sound: true, .. } => {
                sound(&judge).map_err(io::Error::other).and_then(|told| line(&told))
            }
            Self { judge: true, .. } => judged(&judge, &given),
            _ => self.valid(&judge, &given),
        };
        match answered {
            // Whoever reads has enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
            answered => answered.map(|()| ExitCode::SUCCESS),
        }
    }

    fn valid(&self, judge: &Judge, given: &Map<String, Value>) -> io::Result<()> {
        let mut draws = judge.draws(self.seed, given).map_err(io::Error::other)?;
        for _ in 0..self.count {
            line(&draws.valid().map_err(io::Error::other)?.into())?;
        }
        Ok(())
    }

    fn nearly(&self, judge: &Judge, given: &Map<String, Value>) -> io::Result<()> {
        let mut draws = judge.draws(self.seed, given).map_err(io::Error::other)?;
        for (demand, (_, sentence)) in judge.demands().into_iter().enumerate() {
            for _ in 0..self.count {
                let reason = match draws.nearly_valid(demand) {
                    Ok(nearly) => {
                        line(&json!({
                            "parameter": nearly.parameter,
                            "breaks": nearly.broken,
                            "request": nearly.request,
                        }))?;
                        continue;
                    }
                    Err(Unanswered::Nothing) => {
                        format!("no request breaks this and nothing else: {sentence}")
                    }
                    Err(error) => format!(
                        "nothing was made that breaks this and nothing else: {sentence}: {error}"
                    ),
                };
                let facts = judge.facts_of(demand).into_iter();
                let unknown = facts.filter(|fact| !given.contains_key(*fact));
                let advice: String = unknown
                    .map(|fact| format!("; {} is unknown unless `--given` says it", code(fact)))
                    .collect();
                eprintln!("{reason}{advice}");
                break;
            }
        }
        Ok(())
    }
}

fn all(judge: &Judge, given: &Map<String, Value>) -> io::Result<()> {
    let mut failed = Ok(());
    let answered = judge.each_valid(given, &mut |request| match line(&request.clone().into()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Err(error);
            ControlFlow::Break(())
        }
    });
    answered.map_err(io::Error::other)?;
    failed
}

fn sound(judge: &Judge) -> Result<Value, Unanswered> {
    Ok(json!({
        "sound": judge.is_sound()?,
        "neverGiven": judge.dead()?,
        "alwaysGiven": judge.falsely_optional()?,
    }))
}

fn judged(judge: &Judge, given: &Map<String, Value>) -> io::Result<()> {
    let demands = judge.demands();
    for (number, text) in io::stdin().lock().lines().enumerate() {
        let text = text?;
        let mut request: Map<String, Value> = serde_json::from_str(&text)
            .map_err(|error| io::Error::other(format!("line {}: {error}", number + 1)))?;
        request.extend(given.clone());
        let can_become_valid = match judge.can_become_valid(&request) {
            Ok(can_become_valid) => can_become_valid,
            Err(Unanswered::Misfit(reason)) => {
                line(&json!({ "valid": false, "breaks": [reason], "canBecomeValid": false }))?;
                continue;
            }
            Err(error) => {
                return Err(io::Error::other(format!("line {}: {error}", number + 1)));
            }
        };
        let merged = Value::from(request);
        let broken = judge.broken(&merged).into_iter();
        let mut broken: Vec<String> = broken.map(|demand| demands[demand].1.to_owned()).collect();
        let unfit = judge.unfit(&merged).into_iter();
        broken
            .extend(unfit.filter(|reason| !demands.iter().any(|(_, sentence)| sentence == reason)));
        line(&json!({
            "valid": judge.is_valid(&merged),
            "breaks": broken,
            "canBecomeValid": can_become_valid,
        }))?;
    }
    Ok(())
}

fn line(value: &Value) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{value}")
}
