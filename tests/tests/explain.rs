//! What `cargo xtask explain` prints.

use alibabacloud_codegen::{Specs, explain};
use tests::fixtures::cases;
use tests::specs;

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
