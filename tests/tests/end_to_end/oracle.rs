//! Output validators against an independent JSON Schema validator that reads the same specs.

use alibabacloud_dbs::operations::CreateGetDbListFromAgentTaskRequest;
use alibabacloud_dbs::{Fields, to_value};
use jsonschema::Validator;
use serde_json::Value;
use tests::documented::oracle;

use crate::cases;

/// Says how the two disagree, if they do.
fn disagreement(
    oracle: &Validator,
    merged: &Value,
    verdict: Result<(), alibabacloud_dbs::Violations>,
) -> Option<String> {
    match (oracle.validate(merged), verdict) {
        (Ok(()), Err(violations)) => Some(format!("only we refuse it: {violations}")),
        (Err(error), Ok(())) => Some(format!("only the oracle refuses it: {error}")),
        (Ok(()), Ok(())) | (Err(_), Err(_)) => None,
    }
}

/// The request as the rules see it: its members and the facts that are known.
fn merged(request: &impl Fields, database: Option<&str>) -> Value {
    let mut merged = to_value(request);
    if let Some(database) = database {
        merged["DatabaseType"] = database.into();
    }
    merged
}

fn agrees_on(cases: impl Iterator<Item = cases::Case>, count: usize, valid: usize) {
    let oracle = oracle("ModifyBackupSourceEndpoint");
    let mut passed = 0;
    cases::check(cases, count, |case| {
        let request = case.request();
        let verdict = request.validate_in(&case.context());
        passed += usize::from(verdict.is_ok());
        disagreement(&oracle, &merged(&request, case.database), verdict)
    });
    assert_eq!(passed, valid);
}

#[test]
fn agrees_on_every_case_that_the_document_tells_apart() {
    agrees_on(cases::all(), cases::COUNT, cases::VALID);
}

#[test]
fn agrees_on_values_that_no_document_lists() {
    // An undocumented instance type breaks its enum whatever else is given.
    let instance_types = &["rds", ""];
    agrees_on(cases::of(instance_types, &[None, Some("MSSQL"), Some("Redis")]), 2 * 3 * 1024, 0);

    // An undocumented database is known and not one of the exceptions: user name and password are
    // required beside what the instance type asks for, which leaves 2^4 and 2^5 sets.
    agrees_on(cases::of(&["Agent", "RDS"], &[Some("Kingbase")]), 2 * 1024, 16 + 32);
}

#[test]
fn agrees_on_client_tokens_and_database_types() {
    let oracle = oracle("CreateGetDBListFromAgentTask");
    let tails = ["", "\u{0}", "\n", "~", "\u{7f}", "\u{80}", "é", "e\u{301}", "€", "𝄞", "🇩🇪"];
    let mut tokens = vec![None];
    for length in [0, 1, 62, 63, 64, 65] {
        for tail in tails {
            tokens.push(Some("t".repeat(length) + tail));
            tokens.push(Some(tail.repeat(length)));
        }
    }
    let databases = [
        (None, true),
        (Some("MySQL"), true),
        (Some("MSSQL"), true),
        (Some("Oracle"), true),
        (Some("MariaDB"), true),
        (Some("PostgreSQL"), true),
        (Some("DRDS"), true),
        (Some("MongoDB"), true),
        (Some("Redis"), true),
        (Some("mysql"), false),
        (Some("Kingbase"), false),
        (Some(""), false),
    ];
    for token in &tokens {
        for (database, documented) in databases {
            let mut request = CreateGetDbListFromAgentTaskRequest::new(160_813);
            request.client_token = token.clone();
            request.database_type = database.map(Into::into);
            let verdict = request.validate();
            let expected = documented
                && token.as_ref().is_none_or(|token| token.is_ascii() && token.len() <= 64);
            assert_eq!(verdict.is_ok(), expected, "{request:?}");
            assert_eq!(disagreement(&oracle, &to_value(&request), verdict), None, "{request:?}");
        }
    }
}
