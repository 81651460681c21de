//! Random requests, and what is said of all requests of an operation.
//!
//! More of them: `DRAWN_REQUESTS=1000 cargo test -p alibabacloud-codegen requests -- --nocapture`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use alibabacloud_codegen::{Judge, Specs, Unanswered, judge};
use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::checkout::root;
use crate::drawn::number;
use crate::fixtures::{cases, has_overlays, specs};
use crate::random::Operation;
use crate::requests_proof::Proof;
use crate::schemas::Schemas;

fn service(folder: &str) -> Specs {
    Specs::read(&root(), &format!("specs/{folder}")).expect("it is in the repository")
}

#[test]
fn requests_of_the_fixtures_are_what_they_are_said_to_be() {
    let mut proof = Proof::default();
    let draws = number("DRAWN_REQUESTS", 12);
    for case in cases("accepted").into_iter().filter(|case| !has_overlays(&case.specs)) {
        proof.add(&case.specs, draws, 1);
    }
    println!("{proof}");
    assert!(proof.disagreements.is_empty());
    assert!(proof.valid > 100 * draws && proof.nearly > 100 * draws, "too few are drawn");
}

#[test]
fn requests_of_the_services_are_what_they_are_said_to_be() {
    let mut proof = Proof::default();
    for folder in ["dbs-2019-03-06", "sts-2015-04-01", "dysmsapi-2017-05-25"] {
        proof.add(&service(folder), number("DRAWN_REQUESTS", 30), 1);
    }
    println!("{proof}");
    assert!(proof.disagreements.is_empty() && proof.unanswered.is_empty());
}

#[test]
fn requests_of_random_schemas_are_what_they_are_said_to_be() {
    let mut proof = Proof::default();
    let mut seed = 1 << 35;
    let mut drawn = 0;
    while drawn < number("RANDOM_DRAWN", 60) {
        seed += 1;
        let operation = Operation::new(&mut Rng::with_seed(seed), "Random");
        let specs = specs("random", &operation.files);
        if judge(&specs, "Random").is_ok() {
            proof.add(&specs, 10, seed);
            drawn += 1;
        }
    }
    println!("{proof}");
    assert!(proof.disagreements.is_empty());
    let unanswered: u64 = proof.unanswered.values().sum();
    assert!(unanswered * 2 < proof.valid && proof.nearly > drawn, "too few are drawn");
}

/// Some of an instance, at random.
fn some_of(rng: &mut Rng, instance: &Map<String, Value>) -> Map<String, Value> {
    let some = instance.iter().filter(|_| rng.u8(..3) == 0);
    some.map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn all(judge: &Judge, given: &Map<String, Value>) -> Result<Vec<Map<String, Value>>, Unanswered> {
    let mut all = Vec::new();
    judge.each_valid(given, &mut |request| {
        all.push(request.clone());
        ControlFlow::Continue(())
    })?;
    Ok(all)
}

/// Which parameters no valid request has, and which all have, against the valid ones.
fn compare_members(
    judge: &Judge,
    operation: &Operation,
    valid: &[Map<String, Value>],
    schemas: &Schemas,
    seed: u64,
) {
    assert_eq!(judge.is_sound(), Ok(!valid.is_empty()), "seed {seed}");
    let members: Vec<&str> = operation.members().map(|(name, _)| name).collect();
    let has = |name: &str| valid.iter().filter(|found| found.contains_key(name)).count();
    let sorted = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let never = members.iter().copied().filter(|name| has(name) == 0).collect();
    assert_eq!(judge.dead().map(sorted), Ok(sorted(never)), "seed {seed}");
    let required = schemas.request()["required"].clone();
    let is_optional =
        |name: &&str| !required.as_array().is_some_and(|all| all.iter().any(|found| found == name));
    let always = members.iter().copied().filter(is_optional);
    let always = always.filter(|name| has(name) == valid.len()).collect();
    assert_eq!(judge.falsely_optional().map(sorted), Ok(sorted(always)), "seed {seed}");
}

#[test]
fn what_is_said_of_all_requests_is_what_trying_all_of_them_says() {
    let (mut seed, mut counted, mut requests, mut open, mut closed) = (1 << 36, 0, 0, 0, 0);
    while counted < number("RANDOM_COUNTED", 150) {
        seed += 1;
        let mut rng = Rng::with_seed(seed);
        let operation = Operation::finite(&mut rng, "Random");
        let specs = specs("random", &operation.files);
        let Ok(judge) = judge(&specs, "Random") else { continue };
        let judge = judge.expect("there is such an operation");
        counted += 1;
        let oracle = Schemas::of(&specs).oracle();
        let mut valid = operation.all_instances();
        valid.retain(|instance| oracle.is_valid(&Value::from(instance.clone())));
        let facts: Vec<&str> = operation.facts().collect();
        let is_unknown =
            |found: &&Map<String, Value>| facts.iter().all(|fact| !found.contains_key(*fact));
        let unknown: Vec<&Map<String, Value>> = valid.iter().filter(is_unknown).collect();
        let text = |request: &Map<String, Value>| Value::from(request.clone()).to_string();
        let tried: BTreeSet<String> = unknown.into_iter().map(text).collect();
        let told = all(&judge, &Map::new()).expect("there are few");
        assert_eq!(judge.number(&Map::new()), Ok(tried.len() as u128), "seed {seed}");
        assert_eq!(told.len(), tried.len(), "seed {seed}");
        assert_eq!(told.iter().map(text).collect::<BTreeSet<_>>(), tried, "seed {seed}");
        requests += told.len();

        compare_members(&judge, &operation, &valid, &Schemas::of(&specs), seed);
        let instances = operation.all_instances();
        for _ in 0..8 {
            let chosen = rng.usize(..instances.len());
            let part = some_of(&mut rng, &instances[chosen]);
            let is_extended = |found: &&Map<String, Value>| {
                let same = |name: &str| part.get(name) == found.get(name);
                part.iter().all(|(name, value)| found.get(name) == Some(value))
                    && facts.iter().all(|fact| same(fact))
            };
            let extended = valid.iter().filter(is_extended).count();
            let said = judge.can_become_valid(&part);
            assert_eq!(said, Ok(extended > 0), "seed {seed}: {part:?}");
            assert_eq!(judge.number(&part), Ok(extended as u128), "seed {seed}: {part:?}");
            open += u64::from(extended > 0);
            closed += u64::from(extended == 0);
        }
    }
    println!(
        "{counted} schemas with {requests} valid requests; {open} parts can become valid, {closed} cannot"
    );
    assert!(requests > 1_000 && open > 50 && closed > 50, "there is too little to find");
}

#[test]
fn what_has_no_end_is_said_and_not_counted() {
    let specs = service("sts-2015-04-01");
    let judge = judge(&specs, "AssumeRole").expect("it can be read").expect("it is there");
    let error = judge.number(&Map::new()).expect_err("a text has no end of values");
    let Unanswered::Endless(names) = &error else { panic!("{error}") };
    assert!(names.contains(&"RoleArn".to_owned()), "{names:?}");
    let nobody = json!({ "Nobody": 1 });
    let nobody = nobody.as_object().expect("it is an object");
    let error = judge.can_become_valid(nobody).expect_err("there is no such parameter");
    assert_eq!(error.to_string(), "there is no parameter `Nobody`");
}

#[test]
fn the_same_seed_gives_the_same_requests_and_others_give_others() {
    let specs = service("dbs-2019-03-06");
    let judge = judge(&specs, "ModifyBackupSourceEndpoint");
    let judge = judge.expect("it can be read").expect("it is there");
    let drawn = |seed| {
        let mut draws = judge.draws(seed, &Map::new()).expect("nothing is given");
        (0..5).map(|_| draws.valid().expect("there is one")).collect::<Vec<_>>()
    };
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
}

/// The judge of the only operation of a fixture.
fn of_fixture(name: &str, operation: &str) -> Judge {
    let case = cases("accepted").into_iter().find(|case| case.name == name);
    let case = case.expect("there is such a fixture");
    judge(&case.specs, operation).expect("it can be read").expect("it is there")
}

#[test]
fn what_is_wrong_with_a_value_is_said_by_the_limit_where_there_is_one() {
    let judge = of_fixture("limit_numbers", "LimitNumbers");
    let said = |request: Value| judge.unfit(&request);
    assert!(said(json!({ "Small": 10 })).is_empty());
    let limit = ["`Small` must be at most 10"];
    assert_eq!(said(json!({ "Small": 11 })), limit);
    assert_eq!(said(json!({ "Small": 1e30 })), limit);
    assert_eq!(said(json!({ "Small": 1.5 })), ["`Small`: it is not an int32"]);
    assert_eq!(said(json!({ "Small": [[1]] })), ["`Small`: it is not an int32"]);
    assert_eq!(judge.value_of("Small", "8"), Ok(json!(8)));
    let wrong = judge.value_of("Small", "70000").expect_err("it is too much");
    assert_eq!(wrong.to_string(), "`Small` cannot have this value: `Small` must be at most 10");
    assert_eq!(said(json!({ "Ratio": -1 })), ["`Ratio` must be at least -0.5"]);

    let judge = of_fixture("object_rules", "ObjectRules");
    let part = json!({ "Kind": "Small", "Size": 5 });
    let request = json!({ "Part": {}, "Parts": [part.clone()], "Text": part.to_string() });
    let said = judge.unfit(&request);
    let inside = "`Name` is required when `Size` is given";
    assert_eq!(
        said,
        [
            "`Part`: it has no `Kind`".to_owned(),
            format!("`Parts`: {inside}"),
            format!("`Text`: {inside}")
        ]
    );
}

#[test]
fn a_rule_about_a_fact_says_which_fact_it_has_to_know() {
    let judge = of_fixture("rule_context", "RuleContext");
    let of_facts: Vec<(&str, Vec<&str>)> = judge
        .demands()
        .into_iter()
        .enumerate()
        .map(|(demand, (_, sentence))| (sentence, judge.facts_of(demand)))
        .collect();
    assert!(of_facts.iter().any(|(_, facts)| !facts.is_empty()), "{of_facts:?}");
    for (sentence, facts) in of_facts {
        assert!(facts.iter().all(|fact| sentence.contains(fact)), "{sentence}: {facts:?}");
    }
}
