//! Every dependency of a collection, read, compiled, and compared with what IDL means by it:
//! `cargo run --release -p tests --example dependencies -- <dependencies.json> [<requests>]`.
//!
//! For each operation all requests over a small domain are judged, or 100,000 random ones unless another number is
//! given; all that can be asked of its requests is asked, and compared with trying them; as many requests are drawn
//! of each kind; the operations are compiled as a crate, which judges, too; then a tenth as many random dependencies.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::{env, fs, io};

use alibabacloud_codegen::{Judge, judges};
use tests::dependencies::asked::{Asked, draw};
use tests::dependencies::compared::{Tally, compare, random};
use tests::dependencies::{Operation, programs, specs};
use tests::requests::Proof;

/// From where on random requests are tried, unless another number is given.
const MOST: u64 = 100_000;

/// How many steps are taken to try all requests of an operation, for each random request.
const STEPS: u64 = 200;

fn main() -> io::Result<ExitCode> {
    let Some(path) = env::args().nth(1) else {
        eprintln!("usage: dependencies <dependencies.json> [<requests>]");
        return Ok(ExitCode::FAILURE);
    };
    let most = env::args().nth(2).map_or(MOST, |text| text.parse().expect("it is a number"));
    let collection: BTreeMap<String, Vec<Operation>> = serde_json::from_slice(&fs::read(path)?)?;
    let operations: Vec<Operation> = collection.values().flatten().cloned().collect();
    let judged = judged(&collection, most);
    let specs = specs("Collected", &operations);
    let judges = judges(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    let mut asked = Asked::default();
    for (operation, judge) in operations.iter().zip(&judges) {
        asked.add(operation, judge, most * STEPS);
    }
    println!("\n{asked}");
    let drawn = drawn(&operations, &judges, most);
    println!("\n{drawn}");
    let compiled = programs::compare(&operations, most / 50)?;
    println!(
        "\n{} operations compiled as a crate: {} requests, {} disagreements",
        compiled.operations, compiled.requests, compiled.disagreements
    );
    let random = random(most / 10);
    println!(
        "\n{} random dependencies: {} compiled, {} that no request can meet, {} requests, {} of them valid, \
         {} disagreements",
        most / 10,
        random.compiled,
        random.dependencies,
        random.requests,
        random.valid,
        random.disagreements
    );
    let disagreements = [
        judged.disagreements,
        asked.disagreements.len(),
        drawn.disagreements.len(),
        compiled.disagreements,
        random.disagreements,
    ];
    let disagreements: usize = disagreements.into_iter().sum();
    println!(
        "\n{} dependencies, {} operations, {disagreements} disagreements",
        judged.compiled, compiled.operations
    );
    let is_whole =
        judged.compiled == judged.dependencies && compiled.operations == operations.len();
    Ok(if is_whole && disagreements == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Judges requests of each operation in both ways, and tells it of each API.
fn judged(collection: &BTreeMap<String, Vec<Operation>>, most: u64) -> Tally {
    let mut all = Tally::default();
    println!(
        "{:24} {:>10} {:>12} {:>9} {:>12} {:>12} {:>13}",
        "API", "operations", "dependencies", "compiled", "requests", "valid", "disagreements"
    );
    let line = |api: &str, operations: usize, tally: &Tally| {
        println!(
            "{api:24} {operations:10} {:12} {:9} {:12} {:12} {:13}",
            tally.dependencies, tally.compiled, tally.requests, tally.valid, tally.disagreements
        );
    };
    for (api, operations) in collection {
        let tally = compare(api, operations, most);
        line(api, operations.len(), &tally);
        all.add(&tally);
    }
    line("all", collection.values().map(Vec::len).sum(), &all);
    all
}

/// Draws so many requests of each kind.
fn drawn(operations: &[Operation], judges: &[Judge], most: u64) -> Proof {
    let mut proof = Proof::default();
    // A few more: some break nothing.
    let each = most / operations.len().max(1) as u64 * 51 / 50 + 1;
    for seed in 22.. {
        let before = (proof.valid, proof.nearly);
        for (operation, judge) in operations.iter().zip(judges) {
            draw(&mut proof, judge, operation, each, seed);
        }
        let is_enough = proof.valid >= most && proof.nearly >= most;
        if is_enough || before == (proof.valid, proof.nearly) {
            break;
        }
    }
    proof
}
