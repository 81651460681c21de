//! Every dependency of a collection, read, compiled, and compared with what IDL means by it:
//! `cargo run --release -p tests --example dependencies -- <dependencies.json>`.
//!
//! For each operation all requests over a small domain are judged, or 100,000 random ones; then 10,000 random
//! dependencies.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use alibabacloud_codegen::{Code, Judge, generate, judge};
use fastrand::Rng;
use tests::dependencies::{Judged, Operation, drawn, id, labelled, requests, specs};

/// From where on random requests are tried.
const MOST: u64 = 100_000;

/// How many random dependencies.
const DRAWN: usize = 10_000;

fn main() -> io::Result<ExitCode> {
    let Some(path) = env::args().nth(1) else {
        eprintln!("usage: dependencies <dependencies.json>");
        return Ok(ExitCode::FAILURE);
    };
    let collection: BTreeMap<String, Vec<Operation>> = serde_json::from_slice(&fs::read(path)?)?;
    let mut all = Tally::default();
    println!(
        "{:24} {:>10} {:>12} {:>9} {:>12} {:>13}",
        "API", "operations", "dependencies", "compiled", "requests", "disagreements"
    );
    for (api, operations) in &collection {
        let tally = compare(api, operations);
        println!(
            "{api:24} {:10} {:12} {:9} {:12} {:13}",
            operations.len(),
            tally.dependencies,
            tally.compiled,
            tally.requests,
            tally.disagreements
        );
        all.add(&tally);
    }
    all.times.sort_unstable();
    let median = all.times.get(all.times.len() / 2).copied().unwrap_or_default();
    println!("\nmedian of a verdict: {:.1} µs", median.as_secs_f64() * 1e6);
    let random = random();
    println!(
        "\n{DRAWN} random dependencies: {} compiled, {} that no request can meet, {} requests, {} disagreements",
        random.compiled, random.dependencies, random.requests, random.disagreements
    );
    let disagreements = all.disagreements + random.disagreements;
    let operations: usize = collection.values().map(Vec::len).sum();
    println!(
        "\n{} dependencies, {operations} operations, {disagreements} disagreements",
        all.compiled
    );
    let is_well = disagreements == 0 && all.compiled == all.dependencies;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What was found.
#[derive(Default)]
struct Tally {
    dependencies: usize,
    compiled: usize,
    requests: usize,
    disagreements: usize,
    times: Vec<Duration>,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.dependencies += other.dependencies;
        self.compiled += other.compiled;
        self.requests += other.requests;
        self.disagreements += other.disagreements;
        self.times.extend(&other.times);
    }

    /// Judges requests in both ways.
    fn judge(&mut self, judge: &Judge, operation: &Operation, most: u64, rng: &mut Rng) {
        let judged = Judged::of(operation);
        for (number, request) in requests(&judged, most, rng).enumerate() {
            let merged = labelled(operation, &request);
            let start = Instant::now();
            let found = judge.violations(&merged).is_empty();
            if number % 1000 == 0 {
                self.times.push(start.elapsed());
            }
            self.requests += 1;
            let wanted = judged.is_valid(&request);
            if found != wanted {
                self.disagreements += 1;
                if self.disagreements <= 3 {
                    println!(
                        "{:?}\n{merged}: {found}, and IDL says {wanted}",
                        operation.dependencies
                    );
                }
            }
        }
    }
}

fn compare(api: &str, operations: &[Operation]) -> Tally {
    let mut tally = Tally::default();
    if let Err(problems) =
        generate(&specs("Collected", operations), &alibabacloud_codegen::Config::default())
    {
        println!("{api}:\n{}", problems.render(false));
    }
    let mut rng = Rng::with_seed(22);
    for operation in operations {
        tally.dependencies += operation.dependencies.len();
        let specs = specs("Collected", std::slice::from_ref(operation));
        match judge(&specs, &id(0)) {
            Ok(Some(judge)) => {
                tally.compiled += operation.dependencies.len();
                tally.judge(&judge, operation, MOST, &mut rng);
            }
            Ok(None) => println!("{api}: there is no operation"),
            Err(problems) => println!("{api}:\n{}", problems.render(false)),
        }
    }
    tally
}

/// Random dependencies, some of which no request can meet: those are refused, which is asked, too.
fn random() -> Tally {
    let mut tally = Tally::default();
    for seed in 0..DRAWN as u64 {
        let mut rng = Rng::with_seed(seed);
        let operation = drawn::operation(&mut rng);
        let specs = specs("Drawn", std::slice::from_ref(&operation));
        match judge(&specs, &id(0)) {
            Ok(Some(judge)) => {
                tally.compiled += 1;
                tally.judge(&judge, &operation, 300, &mut rng);
            }
            Err(problems)
                if problems.iter().all(|problem| problem.code() == Code::Unsatisfiable) =>
            {
                tally.dependencies += 1;
                let judged = Judged::of(&operation);
                let all = requests(&judged, 300, &mut rng);
                tally.disagreements += all.filter(|request| judged.is_valid(request)).count();
            }
            Ok(None) | Err(_) => {
                tally.disagreements += 1;
                println!("{:?}", operation.dependencies);
                if let Err(problems) = judge(&specs, &id(0)) {
                    println!("{}", problems.render(false));
                }
            }
        }
    }
    tally
}
