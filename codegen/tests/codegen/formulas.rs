//! Random schemas as formulas: what the generator makes and says of them against an independent JSON
//! Schema validator.
//!
//! By default a small share with fixed seeds. More of it:
//! `RANDOM_PAIRS=1000000 cargo test -p alibabacloud-codegen formulas -- --nocapture`, and another
//! `RANDOM_SEED` for other schemas.

use std::collections::BTreeSet;

use alibabacloud_codegen::{Code, Judge, Specs, explain, judge};
use fastrand::Rng;
use serde_json::{Map, Value};

use crate::drawn::{Drawn, number, refused_because_unknown, request};
use crate::fixtures::{generate, specs};
use crate::random::Operation;
use crate::schemas::Schemas;

/// How many instances each schema is tried with.
const INSTANCES: u64 = 50;

/// The rules of a random operation; nothing when they cannot be read, for reasons that are expected.
fn readable(specs: &Specs, seed: u64) -> Option<Judge> {
    let diagnostics = match judge(specs, "Random") {
        Ok(judge) => return Some(judge.expect("there is such an operation")),
        Err(diagnostics) => diagnostics,
    };
    let codes: BTreeSet<Code> = diagnostics.iter().map(|found| found.code()).collect();
    let expected = [Code::InvalidValue, Code::TooComplex, Code::Unsatisfiable];
    let is_expected = codes.iter().all(|code| expected.contains(code));
    assert!(is_expected, "seed {seed}:\n{diagnostics}");
    None
}

#[test]
fn formulas_agree_with_json_schema() {
    let pairs = number("RANDOM_PAIRS", 20_000);
    let mut seed = number("RANDOM_SEED", 1) << 32;
    let mut disagreements = Vec::new();
    let mut unread = 0;
    let (mut judged, mut valid, mut schemas) = (0, 0, 0);
    let (mut drawn, mut sensible, mut unknown) = (Drawn::default(), 0, 0);
    while judged < pairs {
        seed += 1;
        let mut rng = Rng::with_seed(seed);
        let operation = Operation::new(&mut rng, "Random");
        let specs = specs("random", &operation.files);
        let Some(judge) = readable(&specs, seed) else {
            unread += 1;
            continue;
        };
        schemas += 1;
        drawn.add(&operation);
        let oracle = Schemas::of(&specs).oracle();
        // Only of rules that make sense it is promised that they wait for facts.
        let is_sensible = operation.has_facts() && explain(&specs, "Random", &[]).is_ok();
        sensible += u64::from(is_sensible);
        for _ in 0..INSTANCES {
            let instance = operation.instance(&mut rng);
            // What no path and no header can have is told by the runtime, and by no rule.
            if !operation.can_travel(&instance) {
                continue;
            }
            let accepts = |instance: &Value| {
                let mut merged = instance.clone();
                let members = request(&operation, instance, true);
                merged.as_object_mut().expect("it is an object").extend(members);
                judge.violations(&merged).is_empty()
            };
            if is_sensible {
                let (wrong, looked) =
                    refused_because_unknown(&operation, &mut rng, &instance, &accepts);
                unknown += looked;
                let wrong = wrong.iter().map(|known| format!("seed {seed} only knows: {known}"));
                disagreements.extend(wrong);
            }
            let theirs = oracle.is_valid(&instance);
            judged += 1;
            valid += u64::from(theirs);
            if accepts(&instance) != theirs {
                disagreements.push(format!("seed {seed}: {instance}"));
            }
        }
    }
    println!(
        "formulas: {judged} pairs of {schemas} schemas, {drawn}, {valid} of them valid; {unknown} \
         refusals with an unknown fact by {sensible} schemas; {} disagreements; {unread} more schemas \
         refused",
        disagreements.len(),
    );
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(valid * 20 > judged && valid < judged, "one verdict is too rare");
    assert!(unread * 4 < schemas, "too many schemas are refused");
    assert!(drawn.of_facts > 0 && unknown > 0, "there is too little to find");
    assert!(drawn.sums * 10 > drawn.relations, "too few relations are sums");
    assert!(drawn.of_moments * 20 > drawn.relations, "too few relations are of dates and times");
    assert!(drawn.spread * 4 > schemas, "too few are over several places");
}

/// What the analysis says, or trying all requests.
#[derive(Debug, Default, PartialEq)]
struct Findings {
    /// No request is valid.
    impossible: bool,
    never: BTreeSet<String>,
    always: BTreeSet<String>,
    /// Members with values that they never have.
    dead: BTreeSet<(String, String)>,
    /// Members that are never given together.
    together: BTreeSet<BTreeSet<String>>,
    /// Something is asked for because a fact is unknown.
    unknown: bool,
    /// Something is asked for because a member is absent.
    vacuous: bool,
}

/// What the analysis says; nothing when the rules cannot be read.
fn analysed(specs: &Specs) -> Option<Findings> {
    let mut found = Findings::default();
    let Err(diagnostics) = generate(specs) else { return Some(found) };
    for problem in &diagnostics {
        let message = problem.message();
        let names = || message.split('`').skip(1).step_by(2).map(str::to_owned);
        let name = || names().next().unwrap_or_default();
        match problem.code() {
            Code::NeverGiven if message.contains("with the value") => {
                found.dead.insert((name(), names().nth(1).unwrap_or_default()));
            }
            // What hangs on a condition is not looked at here.
            Code::NeverGiven if message.contains(" when ") || message.contains(" unless ") => {}
            Code::NeverGiven if names().count() > 1 => {
                found.together.insert(names().collect());
            }
            Code::NeverGiven => {
                found.never.insert(name());
            }
            Code::AlwaysRequired => {
                found.always.insert(name());
            }
            Code::Unsatisfiable => found.impossible = true,
            Code::UnknownFact => found.unknown = true,
            Code::VacuousCondition => found.vacuous = true,
            Code::NeverHolds | Code::AlwaysHolds | Code::DuplicateRule => {}
            _ => return None,
        }
    }
    Some(found)
}

/// What trying all requests says.
fn tried(operation: &Operation, schemas: &Schemas) -> Findings {
    let oracle = schemas.oracle();
    let required = schemas.request()["required"].as_array();
    let required: BTreeSet<&str> =
        required.into_iter().flatten().filter_map(Value::as_str).collect();
    let is_valid = |instance: &Map<String, Value>| oracle.is_valid(&Value::from(instance.clone()));
    let (valid, refused): (Vec<_>, Vec<_>) =
        operation.all_instances().into_iter().partition(is_valid);
    if valid.is_empty() {
        return Findings { impossible: true, ..Findings::default() };
    }
    let members: Vec<&str> = operation.members().map(|(name, _)| name).collect();
    let given = |names: &[&str]| {
        valid.iter().any(|found| names.iter().all(|name| found.contains_key(*name)))
    };
    let is_always = |name: &&&str| {
        !required.contains(**name) && valid.iter().all(|found| found.contains_key(**name))
    };
    let mut found = Findings::default();
    found.never.extend(members.iter().filter(|name| !given(&[name])).map(ToString::to_string));
    found.always.extend(members.iter().filter(is_always).map(ToString::to_string));
    for (name, values) in operation.documented_values().filter(|(name, _)| given(&[name])) {
        let has = |value: &Value| valid.iter().any(|found| found.get(name) == Some(value));
        let shown = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
        let dead = values.iter().filter(|value| !has(value));
        found.dead.extend(dead.map(|value| (name.to_owned(), shown(value))));
    }
    let all: Vec<&str> = members.iter().copied().chain(operation.facts()).collect();
    for set in 1_u32..1 << all.len() {
        let chosen = all.iter().enumerate().filter(|(index, _)| set & (1 << index) != 0);
        let names: Vec<&str> = chosen.map(|(_, name)| *name).collect();
        if !given(&names) {
            found.together.insert(names.into_iter().map(str::to_owned).collect());
        }
    }
    let facts: Vec<&str> = operation.facts().collect();
    let is_accident = |refused: &Map<String, Value>| {
        let unknown: Vec<&&str> =
            facts.iter().filter(|fact| !refused.contains_key(**fact)).collect();
        unknown.iter().any(|fact| {
            valid.iter().any(|valid| {
                let mut less = valid.clone();
                less.remove(**fact).is_some() && less == *refused
            })
        })
    };
    found.unknown = refused.iter().any(is_accident);
    found
}

#[test]
fn analysis_says_what_trying_all_requests_says() {
    let count = number("RANDOM_ANALYSES", 300);
    let (mut judged, mut extreme, mut impossible, mut dead, mut apart, mut unknown) =
        (0, 0, 0, 0, 0, 0);
    let mut drawn = Drawn::default();
    let mut seed = number("RANDOM_SEED", 1) << 33;
    while judged < count {
        seed += 1;
        let operation = Operation::finite(&mut Rng::with_seed(seed), "Random");
        let specs = specs("random", &operation.files);
        let Some(found) = analysed(&specs) else { continue };
        drawn.add(&operation);
        let expected = tried(&operation, &Schemas::of(&specs));
        judged += 1;
        extreme += u64::from(!expected.never.is_empty() || !expected.always.is_empty());
        impossible += u64::from(expected.impossible);
        unknown += u64::from(expected.unknown);
        dead += found.dead.len();
        apart += found.together.len();
        assert_eq!(found.impossible, expected.impossible, "seed {seed}");
        if expected.impossible {
            continue;
        }
        assert_eq!(found.never, expected.never, "seed {seed}");
        // What is required by accident is told as an accident.
        let is_right = if found.vacuous {
            found.always.is_subset(&expected.always)
        } else {
            found.always == expected.always
        };
        assert!(is_right, "seed {seed}: {found:?} {expected:?}");
        // A rule about one member alone may exclude a value, and rules may exclude each other.
        assert!(found.dead.is_subset(&expected.dead), "seed {seed}: {found:?} {expected:?}");
        assert!(found.together.is_subset(&expected.together), "seed {seed}: {found:?}");
        assert!(found.unknown || !expected.unknown, "seed {seed}: a fact is missed");
    }
    println!(
        "analysis: {judged} schemas, {drawn}; {extreme} with a member that is never or always given, \
         {dead} dead values, {apart} sets that are never given together, {impossible} schemas that no \
         request meets, {unknown} that ask for something because a fact is unknown, 0 disagreements"
    );
    assert!(extreme * 20 > judged && impossible > 0, "there is too little to find");
    assert!(dead > 0 && apart > 0 && unknown > 0, "there is too little to find");
    assert!(drawn.spread * 5 > judged, "too few are over several places");
}
