//! A planted password is searched for wherever a request can be shown.

use std::fmt::{Debug, Display};

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::{BackupPlanContext, DatabaseType, SourceEndpointInstanceType};
use alibabacloud_dbs::{Fields, Query, SecretString, Violations, to_value};
use alibabacloud_runtime::private::field::{self, AsValue, Limit, Pattern, Visit};
use alibabacloud_runtime::private::validation::{self, Checked, NoContext, Report, ViolationKind};

/// What is searched for: it has no character that any escaping would change.
const PLANTED: &str = "hunter2-planted";

/// The password, with characters that the wire has to escape.
const PASSWORD: &str = "hunter2-planted &\"é";

/// The password as the wire carries it.
const ENCODED: &str = "hunter2-planted%20%26%22%C3%A9";

fn hides(what: &str, shown: &str) {
    assert!(!shown.is_empty(), "{what} shows nothing, so it proves nothing");
    assert!(!shown.contains(PLANTED), "{what} shows the password: {shown}");
}

fn debug_hides(what: &str, value: &impl Debug) {
    hides(what, &format!("{value:?}"));
    hides(what, &format!("{value:#?}"));
}

fn display_hides(what: &str, value: &impl Display) {
    hides(what, &value.to_string());
    hides(what, &format!("{value:#}"));
}

fn violations_hide(violations: &Violations) {
    debug_hides("Violations", violations);
    display_hides("Violations", violations);
    for violation in violations {
        debug_hides("Violation", violation);
        display_hides("Violation", violation);
        hides("parameter", violation.parameter());
        hides("sentence", violation.sentence());
        debug_hides("kind", violation.kind());
    }
    let error: Box<dyn std::error::Error> = Box::new(violations.clone());
    debug_hides("error", &error);
    display_hides("error", &error);
    assert!(error.source().is_none(), "a source would have to be searched, too");
}

fn query_hides_all_but_the_wire(request: &impl Fields, times: usize) {
    let query = Query::encode(request);
    debug_hides("Query", &query);
    debug_hides("Query", &query.clone());
    assert_eq!(query.expose().matches(PLANTED).count(), times);
}

fn request() -> ModifyBackupSourceEndpointRequest {
    ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Rds)
        .source_endpoint_password(PASSWORD)
}

#[test]
fn a_generated_request_hides_its_password() {
    let request = request();
    debug_hides("request", &request);
    debug_hides("field", &request.source_endpoint_password);
    debug_hides("clone", &request.clone());
    display_hides("to_value", &to_value(&request));
    display_hides("serde", &serde_json::to_value(&request).expect("JSON"));

    let context = BackupPlanContext::new().database_type(DatabaseType::Oracle);
    violations_hide(&request.validate_in(&context).expect_err("most of it is missing"));
}

#[test]
fn the_query_carries_the_password_once_and_escaped() {
    let request = request();
    query_hides_all_but_the_wire(&request, 1);
    let expected = format!(
        "BackupPlanId=dbs1h%2A%2A%2A%2Ausfa&SourceEndpointInstanceType=RDS\
         &SourceEndpointPassword={ENCODED}"
    );
    assert_eq!(Query::encode(&request).expose(), expected);
}

#[test]
fn the_error_of_a_file_that_is_no_request_hides_the_password() {
    for (password, why) in [
        (r#""hunter2-planted", "Unheard": 1"#, "unknown member"),
        (r#""hunter2-planted", "SourceEndpointPassword": "hunter2-planted""#, "twice"),
        (r#""hunter2-planted", "SourceEndpointPort": true"#, "another member is wrong"),
        (r#""hunter2-planted"#, "cut off"),
        (r#"["hunter2-planted"]"#, "in a list"),
        (r#"{ "hunter2-planted": 1 }"#, "in an object"),
    ] {
        let file = format!(
            r#"{{ "BackupPlanId": "p", "SourceEndpointInstanceType": "RDS",
                 "SourceEndpointPassword": {password} }}"#
        );
        let error = serde_json::from_str::<ModifyBackupSourceEndpointRequest>(&file)
            .expect_err("not a request");
        debug_hides(why, &error);
        display_hides(why, &error);
    }
}

#[test]
fn the_error_of_a_password_without_quotes_hides_it() {
    for number in ["20190306271828", "-20190306271828", "2.0190306271828", "20190306271828e3"] {
        let file = format!(
            r#"{{ "BackupPlanId": "p", "SourceEndpointInstanceType": "RDS",
                 "SourceEndpointPassword": {number} }}"#
        );
        let shown = match serde_json::from_str::<ModifyBackupSourceEndpointRequest>(&file) {
            Ok(request) => format!("{request:?}"),
            Err(error) => format!("{error:?} {error}"),
        };
        assert!(!shown.contains("0190306271828"), "the password is shown: {shown}");
    }
}

/// Stands in for operations to come: secrets with limits, in lists, in objects and in JSON text.
#[derive(Debug, Clone)]
struct Login {
    password: SecretString,
    former: Vec<SecretString>,
    account: Account,
    accounts: Vec<Account>,
}

#[derive(Debug, Clone)]
struct Account {
    password: Option<SecretString>,
}

static DIGITS: Pattern = Pattern::new("^[0-9]+$");

/// Limits that [`PASSWORD`] breaks, one of every kind that text can break.
static LIMITS: [Limit; 4] = [
    Limit::MinLength(100),
    Limit::MaxLength(8),
    Limit::Pattern(&DIGITS),
    Limit::Characters("^[0-9]*$", 0, &[('0', '9')]),
];

impl Fields for Login {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(
            &["Password", "Former", "Account", "Accounts", "AccountText", "FormerText"],
            &[
                &self.password,
                &self.former,
                &self.account,
                &self.accounts,
                &field::json_text(&self.account),
                &field::json_text(&self.former),
            ],
        );
    }
}

impl Fields for Account {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(&["Password"], &[&self.password]);
    }
}

impl Checked for Account {
    type Context = NoContext;

    fn check(&self, _: &NoContext, report: &mut Report<'_>) {
        report.limits("Password", &self.password, &LIMITS);
    }
}

impl AsValue for Account {
    fn as_value(&self) -> field::Value<'_> {
        field::Value::Object(self)
    }
}

alibabacloud_runtime::private::serialize!(Login: alibabacloud_runtime::private::kept::serialize);

fn login() -> Login {
    let account = || Account { password: Some(PASSWORD.into()) };
    Login {
        password: PASSWORD.into(),
        former: vec![PASSWORD.into(), PASSWORD.into()],
        account: account(),
        accounts: vec![account(), Account { password: None }],
    }
}

#[test]
fn a_secret_that_breaks_its_limits_is_not_shown() {
    let login = login();
    let result = validation::validate(&login, &tests::operation_of("Login"), |login, report| {
        report.limits("Password", &login.password, &LIMITS);
        report.limits("Former", &login.former, &LIMITS);
        report.inside("Account", &login.account);
        report.inside("Accounts", &login.accounts);
        report.inside("AccountText", &login.account);
        report.limits("FormerText", &login.former, &LIMITS);
    });
    let violations = result.expect_err("limits are broken");
    violations_hide(&violations);

    let places = [
        "Password",
        "Former[0]",
        "Former[1]",
        "Account.Password",
        "Accounts[0].Password",
        "AccountText.Password",
        "FormerText[0]",
        "FormerText[1]",
    ];
    let expected: Vec<&str> = places.iter().flat_map(|place| [*place; LIMITS.len()]).collect();
    let found: Vec<&str> = violations.iter().map(|violation| violation.parameter()).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_form_with_a_secret_does_not_show_it() {
    use tests::generated::request_forms::operations::request_forms::{RequestFormsRequest, When};
    let form =
        When::Remote { id: "i".into(), port: 1, password: PASSWORD.into(), names: Vec::new() };
    debug_hides("form", &form);
    debug_hides("request", &RequestFormsRequest::from(form));
}

#[test]
fn a_secret_that_breaks_a_rule_about_its_value_is_not_shown() {
    let login = login();
    let kinds = [ViolationKind::Value, ViolationKind::Enum(&["x"]), ViolationKind::MinLength(99)];
    let result = validation::validate(&login, &tests::operation_of("Login"), |login, report| {
        for kind in kinds {
            report.value("Password", kind, "`Password` is wrong", field::value(&login.password));
            report.value("Former", kind, "`Former` is wrong", field::value(&login.former));
            let text = field::value::json_text(&login.account);
            report.value("AccountText", kind, "it is wrong", text);
        }
    });
    let violations = result.expect_err("rules are broken");
    violations_hide(&violations);
}

#[test]
fn nested_secrets_are_hidden_everywhere_but_on_the_wire() {
    let login = login();
    debug_hides("request", &login);
    display_hides("to_value", &to_value(&login));
    display_hides("serde", &serde_json::to_value(&login).expect("JSON"));
    query_hides_all_but_the_wire(&login, 8);
    assert_eq!(
        Query::encode(&login).expose(),
        format!(
            "Account.Password={ENCODED}\
             &AccountText=%7B%22Password%22%3A%22hunter2-planted%20%26%5C%22%C3%A9%22%7D\
             &Accounts.1.Password={ENCODED}\
             &Former.1={ENCODED}&Former.2={ENCODED}\
             &FormerText=%5B%22hunter2-planted%20%26%5C%22%C3%A9%22%2C\
             %22hunter2-planted%20%26%5C%22%C3%A9%22%5D\
             &Password={ENCODED}"
        ),
    );
}
