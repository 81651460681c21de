//! What the generator says of an operation's requests, and the requests that it draws, against a JSON Schema
//! validator that knows nothing of us.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::{Duration, Instant};

use alibabacloud_codegen::{Judge, NearlyValid, Specs, Unanswered, judges};
use serde_json::{Map, Value};

use crate::schemas::Schemas;

/// What was drawn, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Proof {
    /// Operations that were asked.
    pub operations: BTreeSet<String>,
    /// Valid requests.
    pub valid: u64,
    /// Requests that break one thing.
    pub nearly: u64,
    /// What can be broken of requests, by operation and sentence, and whether a request breaks it alone.
    pub demands: BTreeMap<(String, String), bool>,
    /// Why no request was drawn, with how often.
    pub unanswered: BTreeMap<String, u64>,
    /// What the other validator, or the judge, says otherwise.
    pub disagreements: Vec<String>,
    judging: Vec<Duration>,
    analysing: Vec<Duration>,
}

/// What is said of a request that is valid, or breaks what is named.
pub type Check<'c> =
    &'c dyn Fn(&Judge, &Map<String, Value>, Option<&NearlyValid>) -> Option<String>;

/// What is known of the context of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facts {
    /// Nothing.
    Unknown,
    /// Nothing of every second request, and else some facts that are drawn, too.
    Drawn,
}

impl Proof {
    /// Draws so many valid requests of each operation of a service, and as many that break one thing.
    ///
    /// # Panics
    ///
    /// When the specs cannot be read.
    pub fn add(&mut self, specs: &Specs, draws: u64, seed: u64) {
        for judge in judges(specs).unwrap_or_else(|refusal| panic!("{refusal}")) {
            // A document of several operations is none that the other validator is shown, and IDL none that
            // it knows: an evaluator of its own judges that, in the crate `tests`.
            let path = format!("operations/{}.json", judge.operation());
            let is_shown = |text: &str| !text.contains("\"x-dependencies\"");
            if !specs.files().iter().any(|file| file.path == path && is_shown(&file.text)) {
                continue;
            }
            let oracle = Schemas::of_operation(specs, judge.operation()).oracle();
            let check = |_: &Judge, merged: &Map<String, Value>, broken: Option<&NearlyValid>| {
                let is_valid = oracle.is_valid(&Value::from(merged.clone()));
                (is_valid != broken.is_none()).then(|| format!("it is valid: {is_valid}"))
            };
            self.add_operation(&judge, draws, seed, Facts::Drawn, &check);
        }
    }

    /// Draws requests of one operation, and shows each to `check` with its facts, JSON text as what it holds.
    ///
    /// # Panics
    ///
    /// When facts that were drawn are none.
    pub fn add_operation(
        &mut self,
        judge: &Judge,
        draws: u64,
        seed: u64,
        facts_are: Facts,
        check: Check<'_>,
    ) {
        self.operations.insert(judge.operation().to_owned());
        let demands = judge.demands();
        let key = |demand: usize| {
            let (_, sentence): (&str, &str) = demands[demand];
            (judge.operation().to_owned(), sentence.to_owned())
        };
        for demand in 0..demands.len() {
            self.demands.entry(key(demand)).or_default();
        }
        self.time_analysis(judge);
        for number in 0..draws {
            let seed = (seed << 32) ^ number;
            let mut facts = Map::new();
            if facts_are == Facts::Drawn && number % 2 == 1 {
                let drawn = judge.draws(seed, &facts).and_then(|mut draws| draws.facts());
                facts = drawn.unwrap_or_default();
            }
            let mut draws = match judge.draws(seed, &facts) {
                Ok(draws) => draws,
                Err(error) => panic!("{}: {error}", judge.operation()),
            };
            match draws.valid() {
                Ok(request) => {
                    self.valid += 1;
                    self.see(judge, &request, &facts, None, check);
                }
                Err(error) => self.count(judge, &error),
            }
            if demands.is_empty() {
                continue;
            }
            let demand = usize::try_from(number).unwrap_or_default() % demands.len();
            match draws.nearly_valid(demand) {
                Ok(nearly) => {
                    self.nearly += 1;
                    self.demands.insert(key(demand), true);
                    self.see(judge, &nearly.request, &facts, Some(&nearly), check);
                }
                Err(Unanswered::Nothing) => {}
                Err(error) => self.count(judge, &error),
            }
        }
    }

    fn count(&mut self, judge: &Judge, error: &Unanswered) {
        *self.unanswered.entry(format!("{}: {error}", judge.operation())).or_default() += 1;
    }

    fn see(
        &mut self,
        judge: &Judge,
        request: &Map<String, Value>,
        facts: &Map<String, Value>,
        nearly: Option<&NearlyValid>,
        check: Check<'_>,
    ) {
        let with_facts = |request: &Map<String, Value>| {
            let mut merged = request.clone();
            merged.extend(facts.clone());
            merged
        };
        let merged = Value::from(with_facts(request));
        let started = Instant::now();
        let is_valid = judge.is_valid(&merged);
        self.judging.push(started.elapsed());
        let said = check(judge, &with_facts(&judge.held(request)), nearly);
        let broken = judge.broken(&merged);
        let demands = judge.demands();
        let is_right = match nearly {
            None => is_valid && broken.is_empty(),
            Some(nearly) => {
                let named = (nearly.parameter.as_str(), nearly.broken.as_str());
                !is_valid && matches!(broken.as_slice(), [one] if demands[*one] == named)
            }
        };
        let wrong = said.or_else(|| (!is_right).then(|| format!("it breaks {broken:?}")));
        if let Some(wrong) = wrong {
            let named = nearly.map_or("valid", |nearly| &nearly.broken);
            self.disagreements.push(format!("{} ({named}): {merged}: {wrong}", judge.operation()));
        }
    }

    fn time_analysis(&mut self, judge: &Judge) {
        let part: Map<String, Value> = judge
            .draws(1, &Map::new())
            .and_then(|mut draws| draws.valid())
            .map(|request| request.into_iter().take(2).collect())
            .unwrap_or_default();
        let mut time = |question: &dyn Fn() -> bool| {
            let started = Instant::now();
            let answered = question();
            self.analysing.push(started.elapsed());
            answered
        };
        time(&|| judge.is_sound().is_ok());
        time(&|| judge.dead().is_ok());
        time(&|| judge.falsely_optional().is_ok());
        time(&|| judge.can_become_valid(&part).is_ok());
        time(&|| judge.number(&Map::new()).is_ok());
    }
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

impl fmt::Display for Proof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (reason, count) in &self.unanswered {
            writeln!(formatter, "{count} times {reason}")?;
        }
        for disagreement in self.disagreements.iter().take(20) {
            writeln!(formatter, "{disagreement}")?;
        }
        write!(
            formatter,
            "{} operations: {} valid requests and {} nearly valid ones, which break {} demands one by one; \
             {} more are broken with others only; is one valid: {:?} in the median, a question: {:?}; \
             {} disagreements",
            self.operations.len(),
            self.valid,
            self.nearly,
            self.demands.values().filter(|is_alone| **is_alone).count(),
            self.demands.values().filter(|is_alone| !**is_alone).count(),
            median(&self.judging),
            median(&self.analysing),
            self.disagreements.len(),
        )
    }
}
