//! Calls the operations of other services as the official SDKs were called, and compares what arrives:
//! `cargo run --release -p tests --example wire -- --metadata <folder> [--products A,B,…] <vectors.jsonl>…`.
//!
//! The metadata of each product becomes a crate, as it does for users; a program that depends on all of
//! them reads the parameters of each vector into the typed request and calls it.

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs, io};

use program::{Outcome, Program};
use tests::wire::Vector;

/// What is to be done.
struct Arguments {
    metadata: PathBuf,
    /// The products that are wanted; all unless said.
    products: Option<BTreeSet<String>>,
    vectors: Vec<PathBuf>,
}

const USAGE: &str = "usage: wire --metadata <folder> [--products A,B,…] <vectors.jsonl>…";

impl Arguments {
    fn read() -> io::Result<Self> {
        let mut metadata = None;
        let mut products = None;
        let mut vectors = Vec::new();
        let mut arguments = env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| io::Error::other(USAGE));
            match argument.as_str() {
                "--metadata" => metadata = Some(PathBuf::from(value()?)),
                "--products" => products = Some(value()?.split(',').map(str::to_owned).collect()),
                _ => vectors.push(PathBuf::from(argument)),
            }
        }
        match metadata {
            Some(metadata) if !vectors.is_empty() => Ok(Self { metadata, products, vectors }),
            _ => Err(io::Error::other(USAGE)),
        }
    }
}

fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::read()?;
    let mut vectors = Vec::new();
    for path in &arguments.vectors {
        for line in fs::read_to_string(path)?.lines() {
            let vector: Vector = serde_json::from_str(line)?;
            if arguments.products.as_ref().is_none_or(|wanted| wanted.contains(&vector.product)) {
                vectors.push(vector);
            }
        }
    }
    let mut services: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for vector in &vectors {
        let service = (vector.product.clone(), vector.version.clone());
        services.entry(service).or_default().insert(vector.operation.clone());
    }
    let program = Program::build(&arguments.metadata, &services)?;
    let outcomes = program.run(&vectors)?;
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut passed, mut failed) = (0, 0);
    for vector in &vectors {
        let differences = match outcomes.get(&vector.id) {
            Some(Outcome::Arrived(arrived)) => vector.canonical.compare(&vector.sdk_style, arrived),
            Some(Outcome::Refused(reason)) => vec![reason.clone()],
            None => vec!["it was not called".to_owned()],
        };
        let reason = if differences.is_empty() { None } else { excuse(vector, &differences) };
        match reason {
            Some(reason) => *skipped.entry(reason).or_default() += 1,
            None if differences.is_empty() => passed += 1,
            None => {
                failed += 1;
                println!("failed: {}", vector.id);
                differences.iter().for_each(|difference| println!("    {difference}"));
            }
        }
    }
    println!(
        "{} products, {} operations",
        services.len(),
        services.values().map(BTreeSet::len).sum::<usize>()
    );
    println!("skipped because");
    skipped.iter().for_each(|(reason, count)| println!("{count:6} {reason}"));
    println!("passed {passed}, failed {failed}, skipped {}", skipped.values().sum::<usize>());
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Why a vector need not pass.
fn excuse(vector: &Vector, differences: &[String]) -> Option<&'static str> {
    let missing = differences.iter().find_map(|line| line.strip_prefix("missing field `"));
    let missing = missing.and_then(|rest| rest.split('`').next());
    if !vector.nonconforming.is_empty() {
        Some("nonconforming: values that the documents do not allow, such as null in a list")
    } else if missing.is_some_and(|name| !vector.params.contains_key(name)) {
        Some("nonconforming: a required parameter is missing, whose schema is a reference")
    } else if vector.canonical.has_unusual_body() {
        Some("a body with GET, which goes into the query")
    } else if vector.canonical.has_brackets() {
        Some("brackets in a path that the metadata means as braces")
    } else {
        None
    }
}
