//! What can be asked of all requests of operations, by the generator and by trying them; and requests that it draws.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::ControlFlow;

use alibabacloud_codegen::{Judge, NearlyValid, Unanswered, judge};
use fastrand::Rng;
use serde_json::{Map, Value};

use super::small::{Found, Small};
use super::{Judged, Operation, Parameter, id, labelled, labels, specs, unlabelled};
use crate::requests::{Facts, Proof};

/// How many valid requests are listed.
const LISTED: usize = 2_000;

/// How many parts of requests are asked about in an operation.
const PARTS: usize = 20;

/// The questions and what has been answered.
#[derive(Debug, Default)]
pub struct Asked {
    /// Each question.
    pub questions: BTreeMap<&'static str, Question>,
    /// The operations with too many requests to try them.
    pub untried: usize,
    /// The valid requests that were counted.
    pub valid: u128,
    /// What the generator says otherwise than trying all requests.
    pub disagreements: Vec<String>,
}

/// What has been answered to one question.
#[derive(Debug, Default)]
pub struct Question {
    /// How many operations have been asked, as they are.
    pub asked: usize,
    /// Why there was no answer, with how often.
    pub unanswered: BTreeMap<&'static str, usize>,
    /// How many answers, of operations with few values, were compared with trying all requests.
    pub tried: usize,
    /// Why there was no answer of an operation of which all requests were tried.
    pub untried: BTreeMap<&'static str, usize>,
}

const SOUND: &str = "is some request valid";
const DEAD: &str = "which parameters are dead";
const FALSELY: &str = "which are falsely optional";
const VALID: &str = "is this request valid";
const PART: &str = "can this part become valid";
const DRAWN: &str = "a random valid request";
const LIST: &str = "all valid requests";
const NUMBER: &str = "how many are valid";

impl Asked {
    /// Asks all there is to ask of an operation, as it is and with few values, of which up to `steps` are tried.
    ///
    /// # Panics
    ///
    /// When the dependencies cannot be read, or are refused.
    pub fn add(&mut self, operation: &Operation, judge: &Judge, steps: u64) {
        self.as_it_is(operation, judge);
        let small = Small::of(operation);
        let Some(found) = small.try_all(steps) else {
            self.untried += 1;
            return;
        };
        self.valid += found.valid;
        self.with_few_values(&small, &found, steps);
    }

    fn as_it_is(&mut self, operation: &Operation, judge: &Judge) {
        let nothing = Map::new();
        let judged = Judged::of(operation);
        let drawn = judge.draws(7, &nothing).and_then(|mut draws| draws.valid());
        let part = drawn.as_ref().map(|request| request.clone().into_iter().take(2).collect());
        let is_valid = drawn.as_ref().is_ok_and(|request| judge.is_valid(&request.clone().into()));
        let wanted =
            drawn.as_ref().is_ok_and(|drawn| judged.is_valid(&unlabelled(operation, drawn)));
        if is_valid != wanted {
            self.disagreements.push(format!("{:?}: {drawn:?}", operation.dependencies));
        }
        let can_become = judge.can_become_valid(&part.unwrap_or_default());
        if can_become == Ok(false) {
            self.disagreements.push(format!("{:?}: a part of {drawn:?}", operation.dependencies));
        }
        self.ask(SOUND, judge.is_sound());
        self.ask(DEAD, judge.dead());
        self.ask(FALSELY, judge.falsely_optional());
        self.ask(VALID, Ok(()));
        self.ask(PART, can_become);
        self.ask(DRAWN, drawn);
        self.ask(LIST, judge.each_valid(&nothing, &mut |_| ControlFlow::Break(())));
        self.ask(NUMBER, judge.number(&nothing));
    }

    fn ask<T>(&mut self, question: &'static str, answer: Result<T, Unanswered>) {
        let question = self.questions.entry(question).or_default();
        question.asked += 1;
        if let Err(error) = answer {
            *question.unanswered.entry(reason(&error)).or_default() += 1;
        }
    }

    fn with_few_values(&mut self, small: &Small<'_>, found: &Found, steps: u64) {
        let operation = &small.operation;
        let specs = specs("Few", std::slice::from_ref(operation));
        let judge = judge(&specs, &id(0)).unwrap_or_else(|refusal| panic!("{refusal}"));
        let judge = judge.expect("there is such an operation");
        let label = |name: &str| {
            let mut named = labels(operation).filter(|(own, _)| *own == name);
            named.next().map_or_else(String::new, |(_, label)| label)
        };
        let labels_of = |is_it: &dyn Fn(&Parameter) -> bool| -> Vec<String> {
            let parameters = operation.parameters.iter().filter(|parameter| is_it(parameter));
            parameters.map(|parameter| label(&parameter.name)).collect()
        };
        let owned =
            |names: Vec<&str>| -> Vec<String> { names.into_iter().map(str::to_owned).collect() };
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        self.compare(small, SOUND, judge.is_sound(), &(found.valid > 0));
        let dead = labels_of(&|parameter| !found.given.contains(&parameter.name));
        self.compare(small, DEAD, judge.dead().map(|names| sorted(owned(names))), &sorted(dead));
        let always =
            labels_of(&|parameter| !parameter.required && !found.missing.contains(&parameter.name));
        let told = judge.falsely_optional().map(|names| sorted(owned(names)));
        self.compare(small, FALSELY, told, &sorted(always));
        self.compare(small, NUMBER, judge.number(&Map::new()), &found.valid);
        self.list(small, &judge, found);
        self.parts(small, &judge, steps);
    }

    /// Asks whether random parts of requests can become valid, and whether they are.
    fn parts(&mut self, small: &Small<'_>, judge: &Judge, steps: u64) {
        let mut rng = Rng::with_seed(8);
        for _ in 0..PARTS {
            let mut part = Map::new();
            for (name, values) in small.domains() {
                let value = values[rng.usize(0..values.len())].clone();
                part.extend(
                    value.filter(|_| rng.u8(0..3) == 0).map(|value| ((*name).to_owned(), value)),
                );
            }
            let Some(wanted) = small.has_with(&part, steps) else { continue };
            let Value::Object(labelled) = labelled(&small.operation, &part) else { continue };
            self.compare(small, PART, judge.can_become_valid(&labelled), &wanted);
            let is_valid = small.has_all(&part) && small.is_valid(&part);
            self.compare(small, VALID, Ok(judge.is_valid(&labelled.into())), &is_valid);
        }
    }

    /// Lists valid requests, which have to be different, valid, and as many as there are.
    fn list(&mut self, small: &Small<'_>, judge: &Judge, found: &Found) {
        let mut listed = BTreeSet::new();
        let mut wrong = 0_usize;
        let answer = judge.each_valid(&Map::new(), &mut |request| {
            let is_new = listed.insert(Value::from(request.clone()).to_string());
            let request = unlabelled(&small.operation, request);
            let is_right = is_new && small.has_all(&request) && small.is_valid(&request);
            wrong += usize::from(!is_right);
            if listed.len() < LISTED { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let wanted = usize::try_from(found.valid).unwrap_or(LISTED).min(LISTED);
        self.compare(small, LIST, answer.map(|()| (listed.len(), wrong)), &(wanted, 0));
        let drawn = judge.draws(9, &Map::new()).and_then(|mut draws| draws.valid());
        let drawn = match drawn {
            Err(Unanswered::Nothing) => Ok(false),
            drawn => drawn.map(|drawn| small.is_valid(&unlabelled(&small.operation, &drawn))),
        };
        self.compare(small, DRAWN, drawn, &(found.valid > 0));
    }

    fn compare<T: PartialEq + fmt::Debug>(
        &mut self,
        small: &Small<'_>,
        name: &'static str,
        answer: Result<T, Unanswered>,
        wanted: &T,
    ) {
        let question = self.questions.entry(name).or_default();
        match answer {
            Ok(answer) if answer == *wanted => question.tried += 1,
            Ok(answer) => {
                question.tried += 1;
                let dependencies = &small.operation.dependencies;
                let said =
                    format!("{dependencies:?}: {name}: {answer:?}, and {wanted:?} by trying");
                self.disagreements.push(said);
            }
            Err(error) => *question.untried.entry(reason(&error)).or_default() += 1,
        }
    }
}

/// Why there is no answer, without names.
fn reason(error: &Unanswered) -> &'static str {
    match error {
        Unanswered::TooComplex => "the rules have too many combinations",
        Unanswered::Nothing => "there is none",
        Unanswered::Endless(_) => "parameters have values without end",
        Unanswered::NoValue(_) => "no value could be made",
        _ => "what was asked about is none of the operation's",
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for disagreement in self.disagreements.iter().take(20) {
            writeln!(formatter, "{disagreement}")?;
        }
        writeln!(formatter, "{:28} {:>8} {:>8}  not answered", "question", "asked", "tried")?;
        let told = |why: &BTreeMap<&str, usize>| {
            why.iter().map(|(reason, count)| format!("{count} {reason}")).collect::<Vec<_>>()
        };
        for (name, question) in &self.questions {
            let mut why = told(&question.unanswered);
            why.extend(
                told(&question.untried).into_iter().map(|why| format!("with few values: {why}")),
            );
            let why = why.join("; ");
            writeln!(formatter, "{name:28} {:8} {:8}  {why}", question.asked, question.tried)?;
        }
        let counted = self.questions.get(NUMBER).map_or(0, |question| question.tried);
        write!(
            formatter,
            "{counted} operations counted with few values as by trying all requests, {} of which are valid, and {} \
             with too many requests to try them; {} disagreements",
            self.valid,
            self.untried,
            self.disagreements.len()
        )
    }
}

/// Draws valid requests of an operation, and as many nearly valid ones; the evaluator has to say that they are
/// valid, and that these break one thing.
pub fn draw(proof: &mut Proof, judge: &Judge, operation: &Operation, draws: u64, seed: u64) {
    let judged = Judged::of(operation);
    let check = |_: &Judge, request: &Map<String, Value>, nearly: Option<&NearlyValid>| {
        let broken = judged.broken(&unlabelled(operation, request));
        let wanted = usize::from(nearly.is_some());
        (broken.len() != wanted).then(|| format!("IDL says that it breaks {broken:?}"))
    };
    proof.add_operation(judge, draws, seed, Facts::Unknown, &check);
}
