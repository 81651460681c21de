//! What `cargo xtask explain` prints.

use std::collections::BTreeSet;

use alibabacloud_codegen::{Specs, explain};
use fastrand::Rng;
use serde_json::{Map, Value};

use crate::fixtures::{self, cases};
use crate::random::Operation;
use crate::schemas::Schemas;
use crate::specs;

/// What is printed for an operation, given `NAME=VALUE` or `NAME`.
fn told(specs: &Specs, operation: &str, given: &[&str]) -> Result<String, String> {
    let given: Vec<(String, Option<String>)> = given
        .iter()
        .map(|given| match given.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => ((*given).to_owned(), None),
        })
        .collect();
    let text = explain(specs, operation, &given).unwrap_or_else(|refusal| panic!("{refusal}"));
    for line in text.iter().flat_map(|text| text.lines()) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    text
}

#[test]
fn without_facts_it_is_the_table_and_every_rule() {
    let text =
        told(&specs(), "ModifyBackupSourceEndpoint", &[]).expect("there is such an operation");
    insta::assert_snapshot!(text.lines().take(12).collect::<Vec<_>>().join("\n"), @r"
    ModifyBackupSourceEndpoint: Changes where a backup plan reads its data from.

    Required, by SourceEndpointInstanceType:

                               RDS     ECS     Express Agent   DDS     Other
    BackupPlanId               yes     yes     yes     yes     yes     yes
    SourceEndpointInstanceType yes     yes     yes     yes     yes     yes
    SourceEndpointRegion       yes     yes     yes     yes     yes     -
    SourceEndpointInstanceID   yes     yes     yes     -       yes     -
    SourceEndpointIP           -       -       yes     yes     -       yes
    SourceEndpointPort         -       yes     yes     yes     -       yes
    SourceEndpointDatabaseName depends depends depends depends depends depends
    ");
    assert_eq!(text.lines().filter(|line| line.starts_with("- ")).count(), 10);
}

#[test]
fn with_facts_it_is_what_they_decide() {
    let given = ["SourceEndpointInstanceType=Express", "DatabaseType"];
    let text = told(&specs(), "ModifyBackupSourceEndpoint", &given);
    insta::assert_snapshot!(text.expect("there is such an operation"), @r"
    ModifyBackupSourceEndpoint: Changes where a backup plan reads its data from.

    Required:
      BackupPlanId
      SourceEndpointRegion
      SourceEndpointInstanceID
      SourceEndpointIP
      SourceEndpointPort
      BackupObjects

    Optional:
      BackupGatewayId
      CrossAliyunId
      CrossRoleName
      ClientToken
      EnableSourceEndpointSsl
      SslCaPem
      SourceEndpointOracleHome

    Not yet decidable:
      SourceEndpointDatabaseName, which depends on DatabaseType
      SourceEndpointUserName, which depends on DatabaseType
      SourceEndpointPassword, which depends on DatabaseType
      SourceEndpointOracleSID, which depends on DatabaseType
    ");
}

#[test]
fn rules_inside_objects_are_told_too() {
    let case = cases("accepted").into_iter().find(|case| case.name == "object_rules");
    let case = case.expect("there is such a fixture");
    let text = told(&case.specs, "ObjectRules", &[]).expect("there is such an operation");
    insta::assert_snapshot!(text, @r"
    ObjectRules: Has rules in an object that several parameters hold.

    Parameters:

    Part  optional
    Parts optional
    Text  optional

    In each Part:

    - `Size` must be a multiple of 5
    - `Size` is required when `Kind` is `Large`
    - `Size` must be at least 10 when `Kind` is `Large`
    - `Name` is required when `Size` is given
    - `Name` and `Tags` cannot be given together
    - `Tags` must have at most 2 items
    ");
}

#[test]
fn rules_over_several_places_are_told_with_the_places() {
    insta::assert_snapshot!(told_of("place_rules", "ChangeDisk", &[]), @r"
    ChangeDisk: Has rules over the path, a header, the query and the body.

    In the path: id
    As headers: x-acs-kind
    In the query: region and dryRun
    In the JSON body: size, key, tags, note and new_id (called `id` there)

    Required, by x-acs-kind:

               Plain   Local   Remote
    id         yes     yes     yes
    x-acs-kind yes     yes     yes
    region     -       -       yes
    dryRun     -       -       -
    size       -       yes     yes
    key        -       -       yes
    tags       -       -       -
    note       depends depends depends
    new_id     depends depends depends

    - `region` is required when `x-acs-kind` is `Remote`
    - `new_id` and `region` cannot be given together
    - `size` is required when `x-acs-kind` is `Local` or `Remote`
    - `key` is required when `x-acs-kind` is `Remote`
    - `note` is required when `dryRun` is given
    - `new_id` is not allowed when `id` is `system`
    ");
    let given = ["id=system", "x-acs-kind=Plain", "dryRun"];
    insta::assert_snapshot!(told_of("place_rules", "ChangeDisk", &given), @r"
    ChangeDisk: Has rules over the path, a header, the query and the body.

    Required:
      note

    Optional:
      region
      size
      key
      tags

    Not allowed:
      new_id

    - `new_id` and `region` cannot be given together
    ");
    // A name that stands in two places is that of the one without a name of its own.
    let renamed = told_of("place_rules", "ChangeDisk", &["new_id=d-2", "id=d-1"]);
    assert_eq!(listed(&renamed, "Not allowed"), BTreeSet::from(["region".to_owned()]), "{renamed}");
}

#[test]
fn what_is_not_there_is_said_to_be_not_there() {
    let specs = specs();
    let refused = |operation: &str, given: &[&str]| {
        told(&specs, operation, given).expect_err("there is nothing to explain")
    };
    insta::assert_snapshot!(refused("Backup", &[]), @"there is no operation `Backup`");
    insta::assert_snapshot!(refused("ModifyBackupSourceEndpiont", &[]), @"there is no operation `ModifyBackupSourceEndpiont`; did you mean `ModifyBackupSourceEndpoint`?");
    insta::assert_snapshot!(refused("ModifyBackupSourceEndpoint", &["Port=1"]), @"there is no parameter `Port`");
    let given = ["SourceEndpointInstanceType=Agnet"];
    insta::assert_snapshot!(refused("ModifyBackupSourceEndpoint", &given), @"`SourceEndpointInstanceType` cannot be `Agnet`; it is `RDS`, `ECS`, `Express`, `Agent`, `DDS` or `Other`");
    let given = ["SourceEndpointPort=many"];
    insta::assert_snapshot!(refused("ModifyBackupSourceEndpoint", &given), @"`SourceEndpointPort` cannot be `many`");
}

/// What is printed for an accepted fixture.
fn told_of(fixture: &str, operation: &str, given: &[&str]) -> String {
    let case = cases("accepted").into_iter().find(|case| case.name == fixture);
    let case = case.expect("there is such a fixture");
    told(&case.specs, operation, given).expect("there is such an operation")
}

/// The names below a heading.
fn listed(text: &str, heading: &str) -> BTreeSet<String> {
    let lines = text.lines().skip_while(|line| *line != format!("{heading}:")).skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    lines
        .filter_map(|line| line.split([' ', ',']).find(|word| !word.is_empty()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn relations_are_decided_when_both_values_are_given() {
    let told = |given: &[&str]| told_of("relation_less", "RelationLess", given);
    assert!(listed(&told(&["From=5", "Port=5"]), "Required").contains("Note"));
    assert!(listed(&told(&["From=5", "Port=6"]), "Optional").contains("Note"));
    let open = told(&["From=5"]);
    assert!(open.contains("  Note, which depends on Port\n"), "{open}");
    let broken = told(&["From=5", "To=1"]);
    let sentence = "Broken by what is given:\n\n- `From` must be less than `To`\n";
    assert!(broken.contains(sentence), "{broken}");
    let sums = told_of("relation_sum", "RelationSum", &["Offset=900", "Limit=101"]);
    let sentence = "- the sum of `Offset` and `Limit` must be at most 1000\n";
    assert!(sums.contains(&format!("Broken by what is given:\n\n{sentence}")), "{sums}");
    let fact = told_of("relation_context", "RelationContext", &["Low=5", "Most=4"]);
    assert!(fact.contains("- `Low` must be at most the plan's `Most`\n"), "{fact}");
}

#[test]
fn rules_about_several_parameters_decide_about_the_others() {
    let told = |given: &[&str]| told_of("rule_one_of", "RuleOneOf", given);
    insta::assert_snapshot!(told(&["Id"]), @r"
    RuleOneOf: Needs exactly one of several parameters.

    Not allowed:
      Name
      Tag

    - exactly one of `Id`, `Name` and `Tag` is required
    ");
    insta::assert_snapshot!(told(&["Id", "Name"]), @r"
    RuleOneOf: Needs exactly one of several parameters.

    Not allowed:
      Name
      Tag

    Broken by what is given:

    - exactly one of `Id`, `Name` and `Tag` is required
    ");
    let together = told_of("rule_not_together", "RuleNotTogether", &["Host"]);
    assert!(listed(&together, "Not allowed").contains("Port"), "{together}");
}

#[test]
fn a_parameter_that_is_given_and_not_allowed_is_said_to_be_so() {
    let text = told_of("rule_not_allowed", "RuleNotAllowed", &["Mode=Slow", "Port=1"]);
    assert_eq!(text, told_of("rule_not_allowed", "RuleNotAllowed", &["Port=1", "Mode=Slow"]));
    insta::assert_snapshot!(text, @r"
    RuleNotAllowed: Refuses a parameter when another one has a value.

    Optional:
      Host

    Not allowed:
      Port

    Broken by what is given:

    - `Port` is not allowed when `Mode` is `Fast` or `Slow`
    ");
}

#[test]
fn values_that_no_request_has_are_refused() {
    let case = cases("accepted").into_iter().find(|case| case.name == "limit_numbers");
    let case = case.expect("there is such a fixture");
    let refused = |given: &str| {
        told(&case.specs, "LimitNumbers", &[given]).expect_err("there is nothing to explain")
    };
    assert_eq!(refused("Small=11"), "`Small` cannot be `11`");
    assert_eq!(refused("Small=9999999999"), "`Small` cannot be `9999999999`");
    assert_eq!(refused("Ratio=1"), "`Ratio` cannot be `1`");
    let twice = told(&case.specs, "LimitNumbers", &["Small=1", "Small=2"]);
    assert_eq!(twice.expect_err("there is nothing to explain"), "`Small` is given twice");
}

/// Some of an instance, at random.
fn some_of(rng: &mut Rng, instance: &Map<String, Value>) -> Map<String, Value> {
    let some = instance.iter().filter(|_| rng.bool());
    some.map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn arguments(given: &Map<String, Value>) -> Vec<String> {
    let shown = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    given.iter().map(|(name, value)| format!("{name}={}", shown(value))).collect()
}

/// The members that all of the valid instances have beside what is given, and those that none has;
/// nothing when no valid instance has what is given.
fn tried(
    operation: &Operation,
    valid: &[Map<String, Value>],
    given: &Map<String, Value>,
) -> Option<[BTreeSet<String>; 2]> {
    let has_all = |found: &&Map<String, Value>| {
        given.iter().all(|(name, value)| found.get(name) == Some(value))
    };
    let extending: Vec<&Map<String, Value>> = valid.iter().filter(has_all).collect();
    let absent =
        || operation.members().map(|(name, _)| name).filter(|name| !given.contains_key(*name));
    let has = |name: &str| extending.iter().filter(|found| found.contains_key(name)).count();
    let always = absent().filter(|name| has(name) == extending.len()).map(str::to_owned).collect();
    let never = absent().filter(|name| has(name) == 0).map(str::to_owned).collect();
    (!extending.is_empty()).then_some([always, never])
}

#[test]
fn it_decides_what_trying_all_requests_decides() {
    let (mut seed, mut judged, mut broken, mut decided) = (1 << 34, 0, 0, 0);
    while judged < 60 {
        seed += 1;
        let mut rng = Rng::with_seed(seed);
        let operation = Operation::finite(&mut rng, "Random");
        let specs = fixtures::specs("random", &operation.files);
        // Rules that contradict each other are refused before they are explained.
        if explain(&specs, "Random", &[]).is_err() {
            continue;
        }
        judged += 1;
        let oracle = Schemas::of(&specs).oracle();
        let mut valid = operation.all_instances();
        valid.retain(|instance| oracle.is_valid(&Value::from(instance.clone())));
        for _ in 0..5 {
            let all = operation.all_instances();
            let chosen = rng.usize(..all.len());
            let given = some_of(&mut rng, &all[chosen]);
            let arguments = arguments(&given);
            if arguments.is_empty() {
                continue;
            }
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let expected = tried(&operation, &valid, &given);
            let Ok(text) = told(&specs, "Random", &arguments) else {
                // A value that the parameter's own schema excludes.
                assert_eq!(expected, None, "seed {seed}, {arguments:?}");
                broken += 1;
                continue;
            };
            let place = format!("seed {seed}, {arguments:?}:\n{text}");
            let is_broken = text.contains("\nBroken by what is given:\n");
            assert_eq!(is_broken, expected.is_none(), "{place}");
            match expected {
                None => broken += 1,
                Some(expected) => {
                    decided += expected.iter().map(BTreeSet::len).sum::<usize>();
                    let found = ["Required", "Not allowed"].map(|heading| listed(&text, heading));
                    assert_eq!(found, expected, "{place}");
                }
            }
        }
    }
    println!(
        "explained: {judged} schemas, {decided} parameters decided, {broken} requests refused"
    );
    assert!(decided > 20 && broken > 5, "there is too little to find");
}
