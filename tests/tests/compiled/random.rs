//! Random schemas, compiled: the validators against an independent JSON Schema validator.
//!
//! By default a small share with fixed seeds. More of it:
//! `RANDOM_SCHEMAS=200 RANDOM_INSTANCES=1000 cargo test -p tests --test compiled random -- --nocapture`,
//! and another `RANDOM_SEED` for other schemas.

use alibabacloud_codegen::{Judge, NearlyValid, judge};
use fastrand::Rng;
use serde_json::{Map, Value};
use tests::RANDOM;
use tests::drawn::{Drawn, number, refused_because_unknown, request};
use tests::fixtures::specs;
use tests::random::Operation;
use tests::requests::{Facts, Proof};
use tests::schemas::Schemas;

#[test]
fn compiled_validators_agree_with_json_schema() {
    let instances = number("RANDOM_INSTANCES", 200);
    let mut disagreements = Vec::new();
    let (mut drawn, mut unknown) = (Drawn::default(), 0);
    let (mut judged, mut valid) = (0, 0);
    for random in RANDOM {
        let operation = Operation::new(&mut Rng::with_seed(random.seed), random.id);
        let oracle = Schemas::of(&specs("random", &operation.files)).oracle();
        drawn.add(&operation);
        let mut rng = Rng::with_seed(random.seed);
        for _ in 0..instances {
            let instance = operation.instance(&mut rng);
            let accepts = |instance: &Value| {
                (random.accepts)(request(&operation, instance, false).into(), instance)
            };
            let (wrong, looked) =
                refused_because_unknown(&operation, &mut rng, &instance, &accepts);
            unknown += looked;
            let wrong = wrong.iter().map(|known| format!("{} only knows: {known}", random.id));
            disagreements.extend(wrong);
            let theirs = oracle.is_valid(&instance);
            judged += 1;
            valid += u64::from(theirs);
            if accepts(&instance) != theirs {
                disagreements.push(format!("{} {}: {instance}", random.id, random.seed));
            }
        }
    }
    println!(
        "compiled: {} schemas, {drawn}; {judged} instances, {valid} of them valid, and {unknown} \
         refusals with an unknown fact, {} disagreements",
        RANDOM.len(),
        disagreements.len(),
    );
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(valid * 20 > judged && valid < judged, "one verdict is too rare");
    assert!(drawn.of_facts > 0 && unknown > 0, "there is too little to find");
    assert!(drawn.sums > 0 && drawn.of_moments > 0, "no relation is a sum, or of dates and times");
    assert!(drawn.spread * 4 > RANDOM.len() as u64, "too few are over several places");
}

#[test]
fn compiled_validators_agree_about_requests_that_are_valid_and_nearly_so() {
    let mut proof = Proof::default();
    for random in RANDOM {
        let operation = Operation::new(&mut Rng::with_seed(random.seed), random.id);
        let specs = specs("random", &operation.files);
        let judge = judge(&specs, random.id).expect("it can be read").expect("it is there");
        let oracle = Schemas::of(&specs).oracle();
        let check = |_: &Judge, held: &Map<String, Value>, nearly: Option<&NearlyValid>| {
            let merged = Value::from(held.clone());
            let members = request(&operation, &merged, false).into();
            let verdicts = [oracle.is_valid(&merged), (random.accepts)(members, &merged)];
            (verdicts != [nearly.is_none(); 2]).then(|| format!("the verdicts are {verdicts:?}"))
        };
        proof.add_operation(&judge, number("RANDOM_DRAWN", 100), random.seed, Facts::Drawn, &check);
    }
    println!("compiled: {proof}");
    assert!(proof.disagreements.is_empty());
    assert!(proof.valid > 1_000 && proof.nearly > 1_000, "too few are drawn");
}
