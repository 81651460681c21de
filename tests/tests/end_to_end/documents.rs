//! What the document of `ModifyBackupSourceEndpoint` asks for, written from the document.

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
fn asks(requirement: &Requirement, instance_type: &str, database: Option<&str>) -> bool {
    let (When(conditions) | Except(conditions)) = requirement;
    if database.is_none() && conditions.iter().any(|condition| condition.databases.is_some()) {
        return false;
    }
    let listed = |list: Option<&[&str]>, value: &str| list.is_none_or(|list| list.contains(&value));
    let met = conditions.iter().any(|condition| {
        listed(condition.databases, database.unwrap_or_default())
            && listed(condition.instance_types, instance_type)
    });
    match requirement {
        When(_) => met,
        Except(_) => !met,
    }
}

/// The parameters that the document asks for, in its order.
pub fn asked_for(
    instance_type: &str,
    database: Option<&str>,
) -> impl Iterator<Item = &'static str> {
    TABLE
        .iter()
        .filter(move |(_, requirement)| asks(requirement, instance_type, database))
        .map(|(name, _)| *name)
}
