//! The validator of `ModifyBackupSourceEndpoint` against its document, on every case there is.

use alibabacloud_dbs::ViolationKind;

mod cases;

/// A part of a document's sentence: both lists have to hold the case's values; `None` asks nothing.
struct Condition {
    databases: Option<&'static [&'static str]>,
    instance_types: Option<&'static [&'static str]>,
}

/// How the document ties a parameter to conditions, any one of which is enough.
enum Requirement {
    /// It must be given when one holds.
    When(&'static [Condition]),
    /// It must be given unless one holds.
    Except(&'static [Condition]),
}

use Requirement::{Except, When};

/// The document's sentences, in the order of its parameters.
const TABLE: [(&str, Requirement); 10] = [
    ("SourceEndpointRegion", When(&[types(&["RDS", "ECS", "DDS", "Express", "Agent"])])),
    ("SourceEndpointInstanceID", When(&[types(&["RDS", "ECS", "DDS", "Express"])])),
    ("SourceEndpointIP", When(&[types(&["Express", "Agent", "Other"])])),
    ("SourceEndpointPort", When(&[types(&["Express", "Agent", "Other", "ECS"])])),
    (
        "SourceEndpointDatabaseName",
        When(&[databases(&["PostgreSQL", "MongoDB"]), both(&["MSSQL"], &["Agent"])]),
    ),
    ("SourceEndpointUserName", Except(&[databases(&["Redis"]), both(&["MSSQL"], &["Agent"])])),
    ("SourceEndpointPassword", Except(&[databases(&["Redis"]), both(&["MSSQL"], &["Agent"])])),
    ("BackupGatewayId", When(&[types(&["Agent"])])),
    ("BackupObjects", Except(&[types(&["Agent"])])),
    ("SourceEndpointOracleSID", When(&[databases(&["Oracle"])])),
];

const fn types(instance_types: &'static [&'static str]) -> Condition {
    Condition { databases: None, instance_types: Some(instance_types) }
}

const fn databases(databases: &'static [&'static str]) -> Condition {
    Condition { databases: Some(databases), instance_types: None }
}

const fn both(
    databases: &'static [&'static str],
    instance_types: &'static [&'static str],
) -> Condition {
    Condition { databases: Some(databases), instance_types: Some(instance_types) }
}

/// Whether the sentence asks for its parameter; one that speaks of a database which nobody knows
/// asks for nothing.
fn asks(requirement: &Requirement, case: &cases::Case) -> bool {
    let (When(conditions) | Except(conditions)) = requirement;
    if case.database.is_none() && conditions.iter().any(|condition| condition.databases.is_some()) {
        return false;
    }
    let listed = |list: Option<&[&str]>, value: &str| list.is_none_or(|list| list.contains(&value));
    let met = conditions.iter().any(|condition| {
        listed(condition.databases, case.database.unwrap_or_default())
            && listed(condition.instance_types, case.instance_type)
    });
    match requirement {
        When(_) => met,
        Except(_) => !met,
    }
}

#[test]
fn violations_name_what_the_document_asks_for_and_the_request_lacks() {
    let mut valid = 0;
    cases::check(cases::all(), cases::COUNT, |case| {
        let expected: Vec<&str> = TABLE
            .iter()
            .filter(|(name, requirement)| asks(requirement, case) && !case.gives(name))
            .map(|(name, _)| *name)
            .collect();
        let violations = case.request().validate_in(&case.context()).err();
        valid += usize::from(violations.is_none());
        let found: Vec<&str> =
            violations.iter().flatten().map(|violation| violation.parameter()).collect();
        let required = |kind: &ViolationKind| *kind == ViolationKind::Required;
        if violations.iter().flatten().any(|violation| !required(violation.kind())) {
            return Some(format!("not all of kind `Required`: {violations:?}"));
        }
        (found != expected).then(|| format!("expected {expected:?}, found {found:?}"))
    });
    assert_eq!(valid, cases::VALID);
}
