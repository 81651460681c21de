//! What the generator makes of dependencies beside what IDL means by them.

use alibabacloud_codegen::{Code, Config, Judge, generate, judge};
use fastrand::Rng;

use super::{Judged, Operation, drawn, id, labelled, requests, specs};

/// What was found.
#[derive(Debug, Default)]
pub struct Tally {
    /// Dependencies that were read; of random ones, those that no request can meet.
    pub dependencies: usize,
    /// Dependencies that were compiled.
    pub compiled: usize,
    /// Requests that were judged.
    pub requests: usize,
    /// How many of them were valid.
    pub valid: usize,
    /// How often the two say something else.
    pub disagreements: usize,
}

impl Tally {
    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.dependencies += other.dependencies;
        self.compiled += other.compiled;
        self.requests += other.requests;
        self.valid += other.valid;
        self.disagreements += other.disagreements;
    }

    /// Judges requests in both ways.
    fn judge(&mut self, judge: &Judge, operation: &Operation, most: u64, rng: &mut Rng) {
        let judged = Judged::of(operation);
        for request in requests(&judged, most, rng) {
            let merged = labelled(operation, &request);
            let found = judge.is_valid(&merged);
            self.requests += 1;
            let wanted = judged.is_valid(&request);
            self.valid += usize::from(wanted);
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

/// Judges up to `most` requests of each operation; nothing is compiled where the whole is refused.
pub fn compare(api: &str, operations: &[Operation], most: u64) -> Tally {
    let dependencies = operations.iter().map(|operation| operation.dependencies.len()).sum();
    let mut tally = Tally { dependencies, ..Tally::default() };
    if let Err(problems) = generate(&specs("Collected", operations), &Config::default()) {
        println!("{api}:\n{}", problems.render(false));
        return tally;
    }
    let mut rng = Rng::with_seed(22);
    for operation in operations {
        let specs = specs("Collected", std::slice::from_ref(operation));
        match judge(&specs, &id(0)) {
            Ok(Some(judge)) => {
                tally.compiled += operation.dependencies.len();
                tally.judge(&judge, operation, most, &mut rng);
            }
            Ok(None) => println!("{api}: there is no operation"),
            Err(problems) => println!("{api}:\n{}", problems.render(false)),
        }
    }
    tally
}

/// Random dependencies, some of which no request can meet: those are refused, which is asked, too.
pub fn random(count: u64) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..count {
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
