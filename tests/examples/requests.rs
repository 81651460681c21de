//! Draws requests of every operation of the services and of the accepted fixtures, valid ones and nearly valid
//! ones, and has each judged by the `jsonschema` crate:
//! `cargo run --release -p tests --example requests -- [<requests of each kind>]`; 100,000 unless said.

use std::env;
use std::process::ExitCode;

use alibabacloud_codegen::Specs;
use tests::checkout::root;
use tests::fixtures::{cases, has_overlays};
use tests::requests::Proof;

fn main() -> ExitCode {
    let wanted = env::args().nth(1).map_or(100_000, |text| text.parse().expect("it is a number"));
    let service = |folder: &str| {
        Specs::read(&root(), &format!("specs/{folder}")).expect("it is in the repository")
    };
    let services = ["dbs-2019-03-06", "dysmsapi-2017-05-25", "sts-2015-04-01"].map(service);
    let fixtures = cases("accepted").into_iter().map(|case| case.specs);
    let fixtures = fixtures.filter(|specs| !has_overlays(specs));
    let all: Vec<Specs> = services.into_iter().chain(fixtures).collect();
    let mut proof = Proof::default();
    let mut seed = 0;
    while proof.valid < wanted || proof.nearly < wanted {
        seed += 1;
        let before = (proof.valid, proof.nearly);
        for specs in &all {
            proof.add(specs, 100, seed);
        }
        if before == (proof.valid, proof.nearly) {
            break;
        }
    }
    println!("{proof}");
    if proof.disagreements.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
