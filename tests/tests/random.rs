//! Random schemas: what the generator makes of them against an independent JSON Schema validator.
//!
//! By default a small share with fixed seeds. More of it:
//! `RANDOM_SCHEMAS=200 RANDOM_INSTANCES=1000 RANDOM_PAIRS=1000000 cargo test -p tests --test random
//! -- --nocapture`, and another `RANDOM_SEED` for other schemas.

use std::collections::BTreeSet;

use alibabacloud_codegen::{Code, generate, judge};
use fastrand::Rng;
use serde_json::{Map, Value};
use tests::RANDOM;
use tests::fixtures::specs;
use tests::random::Operation;
use tests::schemas::Schemas;

/// How many instances each schema of the formulas is tried with.
const INSTANCES: u64 = 50;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("it is a number"))
}

/// The members of the request, with JSON text as `text` or as the value that it holds.
fn request(operation: &Operation, instance: &Value, as_text: bool) -> Map<String, Value> {
    let members = operation.members().filter_map(|(name, holds_json)| {
        let value = instance.get(name)?;
        let text = || Value::from(value.to_string());
        Some((name.to_owned(), if as_text && holds_json { text() } else { value.clone() }))
    });
    members.collect()
}

#[test]
fn compiled_validators_agree_with_json_schema() {
    let instances = number("RANDOM_INSTANCES", 200);
    let mut disagreements = Vec::new();
    let (mut judged, mut valid) = (0, 0);
    for random in RANDOM {
        let operation = Operation::new(&mut Rng::with_seed(random.seed), random.id);
        let oracle = Schemas::of(&specs("random", &operation.files)).oracle();
        let mut rng = Rng::with_seed(random.seed);
        for _ in 0..instances {
            let instance = operation.instance(&mut rng);
            let members = request(&operation, &instance, false);
            let theirs = oracle.is_valid(&instance);
            judged += 1;
            valid += u64::from(theirs);
            if (random.accepts)(members.into(), &instance) != theirs {
                disagreements.push(format!("{} {}: {instance}", random.id, random.seed));
            }
        }
    }
    println!(
        "compiled: {} schemas, {judged} instances, {valid} of them valid, {} disagreements",
        RANDOM.len(),
        disagreements.len(),
    );
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(valid * 20 > judged && valid < judged, "one verdict is too rare");
}

#[test]
fn formulas_agree_with_json_schema() {
    let pairs = number("RANDOM_PAIRS", 20_000);
    let mut seed = number("RANDOM_SEED", 1) << 32;
    let mut disagreements = Vec::new();
    let mut unread = 0;
    let (mut judged, mut valid, mut schemas) = (0, 0, 0);
    while judged < pairs {
        seed += 1;
        let mut rng = Rng::with_seed(seed);
        let operation = Operation::new(&mut rng, "Random");
        let specs = specs("random", &operation.files);
        let judge = match judge(&specs, "Random") {
            Ok(judge) => judge.expect("there is such an operation"),
            Err(diagnostics) => {
                let codes: BTreeSet<Code> = diagnostics.iter().map(|found| found.code()).collect();
                let expected = [Code::InvalidValue, Code::TooComplex, Code::Unsatisfiable];
                let is_expected = codes.iter().all(|code| expected.contains(code));
                assert!(is_expected, "seed {seed}:\n{diagnostics}");
                unread += 1;
                continue;
            }
        };
        schemas += 1;
        let oracle = Schemas::of(&specs).oracle();
        for _ in 0..INSTANCES {
            let instance = operation.instance(&mut rng);
            let mut merged = instance.clone();
            let members = request(&operation, &instance, true);
            merged.as_object_mut().expect("it is an object").extend(members);
            let theirs = oracle.is_valid(&instance);
            judged += 1;
            valid += u64::from(theirs);
            if judge.violations(&merged).is_empty() != theirs {
                disagreements.push(format!("seed {seed}: {instance}"));
            }
        }
    }
    println!(
        "formulas: {judged} pairs of {schemas} schemas, {valid} of them valid, {} disagreements; \
         {unread} more schemas refused",
        disagreements.len(),
    );
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(valid * 20 > judged && valid < judged, "one verdict is too rare");
    assert!(unread * 4 < schemas, "too many schemas are refused");
}

/// The members that no valid request has and those that every one has; nothing at all when there is
/// no valid request.
type Extremes = Option<(BTreeSet<String>, BTreeSet<String>)>;

/// What the analysis says, when it comes to say something.
fn analysed(specs: &alibabacloud_codegen::Specs) -> Option<Extremes> {
    let mut extremes = (BTreeSet::new(), BTreeSet::new());
    let Err(diagnostics) = generate(specs) else { return Some(Some(extremes)) };
    for found in &diagnostics {
        let name = found.message().split('`').nth(1).unwrap_or_default().to_owned();
        match found.code() {
            Code::NeverGiven => extremes.0.insert(name),
            Code::AlwaysRequired => extremes.1.insert(name),
            Code::Unsatisfiable => return Some(None),
            Code::NeverHolds | Code::AlwaysHolds | Code::VacuousCondition => false,
            _ => return None,
        };
    }
    Some(Some(extremes))
}

#[test]
fn analysis_says_what_trying_all_requests_says() {
    let count = number("RANDOM_ANALYSES", 300);
    let (mut judged, mut extreme, mut impossible) = (0, 0, 0);
    let mut seed = number("RANDOM_SEED", 1) << 33;
    while judged < count {
        seed += 1;
        let operation = Operation::finite(&mut Rng::with_seed(seed), "Random");
        let specs = specs("random", &operation.files);
        let Some(found) = analysed(&specs) else { continue };
        let schemas = Schemas::of(&specs);
        let oracle = schemas.oracle();
        let required: BTreeSet<&str> = schemas.request()["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut valid = operation.all_instances();
        valid.retain(|instance| oracle.is_valid(&Value::from(instance.clone())));
        let members = || operation.members().map(|(name, _)| name);
        let optional = || members().filter(|name| !required.contains(name));
        let all = |wanted: &dyn Fn(&Map<String, Value>, &str) -> bool| {
            let names = optional().filter(|name| valid.iter().all(|found| wanted(found, name)));
            names.map(str::to_owned).collect::<BTreeSet<String>>()
        };
        let expected: Extremes = (!valid.is_empty()).then(|| {
            let never = all(&|found, name| !found.contains_key(name));
            (never, all(&|found, name| found.contains_key(name)))
        });
        judged += 1;
        extreme += u64::from(
            expected
                .as_ref()
                .is_some_and(|(never, always)| !never.is_empty() || !always.is_empty()),
        );
        impossible += u64::from(expected.is_none());
        assert_eq!(found, expected, "seed {seed}");
    }
    println!(
        "analysis: {judged} schemas, {extreme} of them with a member that is never or always given, \
         {impossible} that no request meets, 0 disagreements"
    );
    assert!(extreme * 20 > judged && impossible > 0, "there is too little to find");
}
