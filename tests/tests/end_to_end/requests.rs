//! Requests as their callers meet them: made, encoded, shown, kept in files, and explained.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use alibabacloud_dbs::endpoints::ENDPOINTS;
use alibabacloud_dbs::operations::{
    CreateGetDbListFromAgentTaskRequest, ModifyBackupSourceEndpointRequest,
    create_get_db_list_from_agent_task, modify_backup_source_endpoint,
};
use alibabacloud_dbs::types::{
    BackupObject, BackupObjectTable, BackupPlanContext, DatabaseType, SourceEndpointInstanceType,
};
use alibabacloud_dbs::{ExposeSecret, Query, ViolationKind, Violations, to_value};
use alibabacloud_runtime::meta::{Access, Answer, Method, Network, OperationMeta};
use alibabacloud_runtime::private::field::{self, Fields, Limit};
use alibabacloud_runtime::private::validation;
use serde_json::{Value, json};
use tests::checkout::root;

/// Every parameter given, each with a value that the wire has to escape somewhere.
fn full() -> ModifyBackupSourceEndpointRequest {
    ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Express)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-bp1p8c29479jv****")
        .source_endpoint_ip("100.*.*.10:3306")
        .source_endpoint_port(3306)
        .source_endpoint_database_name("a b")
        .source_endpoint_user_name("名前")
        .source_endpoint_password("p@ss+w~rd")
        .backup_gateway_id(21_321_323_213)
        .backup_objects([
            BackupObject::new()
                .db_name("database \"name\"")
                .schema_name("schéma")
                .table_includes([BackupObjectTable::new().table_name("table_name")])
                .table_excludes([
                    BackupObjectTable::new().table_name("excluded*"),
                    BackupObjectTable::new(),
                ]),
            BackupObject::new(),
        ])
        .source_endpoint_oracle_sid("")
        .cross_aliyun_id("2xxx7778xxxxxxxxxx")
        .cross_role_name("test123")
        .client_token("ETnLKlblzczshOTUbOCzxxxxxxx")
        .enable_source_endpoint_ssl("true")
        .ssl_ca_pem("-----BEGIN CERTIFICATE-----\n…")
        .source_endpoint_oracle_home("/home/test")
}

/// The backup objects of [`full`], as JSON.
fn full_objects() -> Value {
    json!([
        {
            "DBName": "database \"name\"",
            "SchemaName": "schéma",
            "TableIncludes": [{ "TableName": "table_name" }],
            "TableExcludes": [{ "TableName": "excluded*" }, {}],
        },
        {},
    ])
}

/// The other members of [`full`], without the password.
fn full_scalars() -> Value {
    json!({
        "BackupPlanId": "dbs1h****usfa",
        "SourceEndpointInstanceType": "Express",
        "SourceEndpointRegion": "cn-hangzhou",
        "SourceEndpointInstanceID": "rm-bp1p8c29479jv****",
        "SourceEndpointIP": "100.*.*.10:3306",
        "SourceEndpointPort": 3306,
        "SourceEndpointDatabaseName": "a b",
        "SourceEndpointUserName": "名前",
        "BackupGatewayId": 21_321_323_213_i64,
        "SourceEndpointOracleSID": "",
        "CrossAliyunId": "2xxx7778xxxxxxxxxx",
        "CrossRoleName": "test123",
        "ClientToken": "ETnLKlblzczshOTUbOCzxxxxxxx",
        "EnableSourceEndpointSsl": "true",
        "SslCaPem": "-----BEGIN CERTIFICATE-----\n…",
        "SourceEndpointOracleHome": "/home/test",
    })
}

fn minimal() -> ModifyBackupSourceEndpointRequest {
    ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Rds)
}

fn exposed(request: &ModifyBackupSourceEndpointRequest) -> String {
    Query::encode(request).expose().to_owned()
}

#[test]
fn new_takes_what_is_required_and_leaves_the_rest_out() {
    let request = minimal();
    assert_eq!(request.backup_plan_id, "p");
    assert_eq!(request.source_endpoint_instance_type, SourceEndpointInstanceType::Rds);
    assert_eq!(exposed(&request), "BackupPlanId=p&SourceEndpointInstanceType=RDS");

    let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
    assert_eq!(request.backup_gateway_id, 160_813);
    assert_eq!(Query::encode(&request).expose(), "BackupGatewayId=160813");
}

#[test]
fn setters_fill_the_fields_of_their_name() {
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813)
        .database_type(DatabaseType::MySql)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_ip(String::from("123.0.XX.XX"))
        .source_endpoint_port(3306)
        .client_token("token");
    assert_eq!(request.database_type, Some(DatabaseType::MySql));
    assert_eq!(request.source_endpoint_region.as_deref(), Some("cn-hangzhou"));
    assert_eq!(request.source_endpoint_ip.as_deref(), Some("123.0.XX.XX"));
    assert_eq!(request.source_endpoint_port, Some(3306));
    assert_eq!(request.client_token.as_deref(), Some("token"));

    let request = full();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    assert_eq!(text(&request.source_endpoint_region), "cn-hangzhou");
    assert_eq!(text(&request.source_endpoint_instance_id), "rm-bp1p8c29479jv****");
    assert_eq!(text(&request.source_endpoint_ip), "100.*.*.10:3306");
    assert_eq!(request.source_endpoint_port, Some(3306));
    assert_eq!(text(&request.source_endpoint_database_name), "a b");
    assert_eq!(text(&request.source_endpoint_user_name), "名前");
    let password = request.source_endpoint_password.as_ref().map(ExposeSecret::expose_secret);
    assert_eq!(password, Some("p@ss+w~rd"));
    assert_eq!(request.backup_gateway_id, Some(21_321_323_213));
    assert_eq!(request.backup_objects.as_ref().map(Vec::len), Some(2));
    assert_eq!(request.source_endpoint_oracle_sid.as_deref(), Some(""));
    assert_eq!(text(&request.cross_aliyun_id), "2xxx7778xxxxxxxxxx");
    assert_eq!(text(&request.cross_role_name), "test123");
    assert_eq!(text(&request.client_token), "ETnLKlblzczshOTUbOCzxxxxxxx");
    assert_eq!(text(&request.enable_source_endpoint_ssl), "true");
    assert_eq!(text(&request.ssl_ca_pem), "-----BEGIN CERTIFICATE-----\n…");
    assert_eq!(text(&request.source_endpoint_oracle_home), "/home/test");
}

#[test]
fn fields_are_public_and_can_be_emptied_again() {
    let mut request = minimal().source_endpoint_port(3306);
    request.source_endpoint_port = None;
    request.source_endpoint_region = Some("r".into());
    let expected = "BackupPlanId=p&SourceEndpointInstanceType=RDS&SourceEndpointRegion=r";
    assert_eq!(exposed(&request), expected);
}

/// The inverse of percent-encoding.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).expect("two hexadecimal digits"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_full_request_is_encoded_in_code_point_order() {
    let query = exposed(&full());
    let pairs: Vec<&str> = query.split('&').collect();
    // The members of the JSON text have no order, so it is compared as a structure.
    let (objects, others): (Vec<&str>, Vec<&str>) =
        pairs.iter().partition(|pair| pair.starts_with("BackupObjects="));
    assert_eq!(
        others,
        [
            "BackupGatewayId=21321323213",
            "BackupPlanId=dbs1h%2A%2A%2A%2Ausfa",
            "ClientToken=ETnLKlblzczshOTUbOCzxxxxxxx",
            "CrossAliyunId=2xxx7778xxxxxxxxxx",
            "CrossRoleName=test123",
            "EnableSourceEndpointSsl=true",
            "SourceEndpointDatabaseName=a%20b",
            "SourceEndpointIP=100.%2A.%2A.10%3A3306",
            "SourceEndpointInstanceID=rm-bp1p8c29479jv%2A%2A%2A%2A",
            "SourceEndpointInstanceType=Express",
            "SourceEndpointOracleHome=%2Fhome%2Ftest",
            "SourceEndpointOracleSID=",
            "SourceEndpointPassword=p%40ss%2Bw~rd",
            "SourceEndpointPort=3306",
            "SourceEndpointRegion=cn-hangzhou",
            "SourceEndpointUserName=%E5%90%8D%E5%89%8D",
            "SslCaPem=-----BEGIN%20CERTIFICATE-----%0A%E2%80%A6",
        ],
    );
    assert_eq!(pairs.iter().position(|pair| pair.starts_with("BackupObjects=")), Some(1));
    let [objects] = objects[..] else { panic!("{objects:?}") };
    let text = decoded(objects.trim_start_matches("BackupObjects="));
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON text"), full_objects());
}

#[test]
fn values_are_escaped_as_the_signature_wants_them() {
    for (value, escaped) in [
        ("", ""),
        (" ", "%20"),
        ("+", "%2B"),
        ("*", "%2A"),
        ("~", "~"),
        ("%41", "%2541"),
        ("a=b&c", "a%3Db%26c"),
        ("/?#[]@!$'(),;:", "%2F%3F%23%5B%5D%40%21%24%27%28%29%2C%3B%3A"),
        ("\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("\0\t\n\x7f", "%00%09%0A%7F"),
        ("é", "%C3%A9"),
        ("名", "%E5%90%8D"),
        ("𝄞", "%F0%9D%84%9E"),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~",
        ),
    ] {
        let query = exposed(&minimal().cross_role_name(value));
        let expected =
            format!("BackupPlanId=p&CrossRoleName={escaped}&SourceEndpointInstanceType=RDS");
        assert_eq!(query, expected, "{value:?}");
    }
}

#[test]
fn integers_are_sent_in_decimal() {
    for (port, id) in [(0, 0), (-1, -1), (i32::MIN, i64::MIN), (i32::MAX, i64::MAX)] {
        let request = CreateGetDbListFromAgentTaskRequest::new(id).source_endpoint_port(port);
        let expected = format!("BackupGatewayId={id}&SourceEndpointPort={port}");
        assert_eq!(Query::encode(&request).expose(), expected);
    }
}

#[test]
fn an_empty_list_is_given_and_an_absent_one_is_not() {
    let query = exposed(&minimal().backup_objects([]));
    assert_eq!(query, "BackupObjects=%5B%5D&BackupPlanId=p&SourceEndpointInstanceType=RDS");
    assert!(!exposed(&minimal()).contains("BackupObjects"));
}

#[test]
fn the_json_view_shows_what_the_schema_describes() {
    let mut view = to_value(&full());
    let objects = view.as_object_mut().and_then(|members| members.remove("BackupObjects"));
    let objects = objects.as_ref().and_then(Value::as_str).expect("JSON text is shown as text");
    assert_eq!(serde_json::from_str::<Value>(objects).expect("JSON text"), full_objects());
    let mut expected = full_scalars();
    expected["SourceEndpointPassword"] = "[REDACTED]".into();
    assert_eq!(view, expected);

    let view = to_value(&minimal());
    assert_eq!(view, json!({ "BackupPlanId": "p", "SourceEndpointInstanceType": "RDS" }));
}

#[test]
fn the_operations_say_what_a_caller_has_to_know() {
    let modify = OperationMeta {
        action: "ModifyBackupSourceEndpoint",
        version: "2019-03-06",
        envelope: &alibabacloud_dbs::envelope::ENVELOPE,
        answer: Answer::Object,
        method: Method::Post,
        path: "/",
        ram_action: Some("dbs:ModifyBackupSourceEndpoint"),
        access: Access::Write,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: Some("ClientToken"),
    };
    assert_eq!(modify_backup_source_endpoint::META, modify);
    let create = OperationMeta {
        action: "CreateGetDBListFromAgentTask",
        version: "2019-03-06",
        envelope: &alibabacloud_dbs::envelope::ENVELOPE,
        answer: Answer::Object,
        method: Method::Post,
        path: "/",
        ram_action: Some("dbs:CreateGetDBListFromAgentTask"),
        access: Access::Write,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: Some("ClientToken"),
    };
    assert_eq!(create_get_db_list_from_agent_task::META, create);
}

const SHARED: &str = "dbs-api.cn-hangzhou.aliyuncs.com";

/// Every region and its public host, from the official API metadata and the official SDK.
const PUBLIC: [(&str, &str); 24] = [
    ("ap-northeast-1", "dbs-api.ap-northeast-1.aliyuncs.com"),
    ("ap-south-1", "dbs-api.ap-south-1.aliyuncs.com"),
    ("ap-southeast-1", "dbs-api.ap-southeast-1.aliyuncs.com"),
    ("ap-southeast-2", "dbs-api.ap-southeast-2.aliyuncs.com"),
    ("ap-southeast-3", "dbs-api.ap-southeast-3.aliyuncs.com"),
    ("ap-southeast-5", "dbs-api.ap-southeast-5.aliyuncs.com"),
    ("cn-beijing", SHARED),
    ("cn-chengdu", "dbs-api.cn-chengdu.aliyuncs.com"),
    ("cn-hangzhou", SHARED),
    ("cn-hangzhou-finance", SHARED),
    ("cn-hongkong", SHARED),
    ("cn-huhehaote", "dbs-api.cn-huhehaote.aliyuncs.com"),
    ("cn-qingdao", SHARED),
    ("cn-shanghai", SHARED),
    ("cn-shanghai-finance-1", SHARED),
    ("cn-shenzhen", SHARED),
    ("cn-shenzhen-finance-1", SHARED),
    ("cn-wulanchabu", "dbs-api.cn-wulanchabu.aliyuncs.com"),
    ("cn-zhangjiakou", "dbs-api.cn-zhangjiakou.aliyuncs.com"),
    ("eu-central-1", "dbs-api.eu-central-1.aliyuncs.com"),
    ("eu-west-1", "dbs-api.eu-west-1.aliyuncs.com"),
    ("me-east-1", "dbs-api.me-east-1.aliyuncs.com"),
    ("us-east-1", SHARED),
    ("us-west-1", SHARED),
];

/// The regions without a host inside a VPC; every other region has one of its own.
const WITHOUT_VPC: [&str; 4] = ["ap-south-1", "ap-southeast-2", "cn-hangzhou-finance", "me-east-1"];

/// Every pair of a region and a host in a network, sorted by region.
fn hosts(network: Network) -> Vec<(&'static str, String)> {
    let mut hosts: Vec<_> = ENDPOINTS
        .iter()
        .filter(|endpoint| endpoint.network == network)
        .flat_map(|endpoint| {
            endpoint.regions.iter().map(|region| (*region, endpoint.host.to_owned()))
        })
        .collect();
    hosts.sort();
    hosts
}

#[test]
fn every_region_has_one_public_host() {
    assert_eq!(hosts(Network::Public), PUBLIC.map(|(region, host)| (region, host.to_owned())));
}

#[test]
fn a_host_inside_a_vpc_serves_its_own_region() {
    let expected: Vec<_> = PUBLIC
        .iter()
        .map(|(region, _)| *region)
        .filter(|region| !WITHOUT_VPC.contains(region))
        .map(|region| (region, format!("dbs-api-vpc.{region}.aliyuncs.com")))
        .collect();
    assert_eq!(hosts(Network::Vpc), expected);
}

#[test]
fn no_endpoint_repeats_another_or_itself() {
    let hosts: BTreeSet<_> = ENDPOINTS.iter().map(|endpoint| endpoint.host).collect();
    assert_eq!(hosts.len(), ENDPOINTS.len());
    for endpoint in ENDPOINTS {
        assert!(!endpoint.regions.is_empty(), "{endpoint:?}");
        assert!(endpoint.regions.is_sorted_by(|left, right| left < right), "{endpoint:?}");
    }
}

fn check_enum<T>(values: &[T], as_str: fn(&T) -> &str, wire: &[&str], is_unknown: fn(&T) -> bool)
where
    T: Debug + Display + PartialEq + FromStr<Err = Infallible> + for<'a> From<&'a str>,
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let spelled: Vec<&str> = values.iter().map(as_str).collect();
    assert_eq!(spelled, wire);
    let others = ["", " ", "Kingbase", "MYSQL", "rds", "RDS ", "Unknown", "é\n"];
    for text in wire.iter().chain(&others) {
        let value = T::from(text);
        assert_eq!(as_str(&value), *text);
        assert_eq!(value.to_string(), *text);
        assert_eq!(text.parse::<T>().as_ref(), Ok(&value));
        assert_eq!(values.contains(&value), wire.contains(text), "{text:?}");
        assert_eq!(is_unknown(&value), !wire.contains(text), "{text:?}");
        let json = serde_json::to_value(&value).expect("a string");
        assert_eq!(json, **text);
        assert_eq!(serde_json::from_value::<T>(json).expect("any string"), value);
    }
    assert_eq!(format!("[{:>12}]", values[0]), format!("[{:>12}]", wire[0]));
    assert!(serde_json::from_value::<T>(json!(1)).is_err());
}

#[test]
fn enums_know_their_values_and_keep_the_others() {
    check_enum(
        DatabaseType::VALUES,
        DatabaseType::as_str,
        &["MySQL", "MSSQL", "Oracle", "MariaDB", "PostgreSQL", "DRDS", "MongoDB", "Redis"],
        |value| matches!(value, DatabaseType::Unknown(_)),
    );
    check_enum(
        SourceEndpointInstanceType::VALUES,
        SourceEndpointInstanceType::as_str,
        &["RDS", "ECS", "Express", "Agent", "DDS", "Other", "dg"],
        |value| matches!(value, SourceEndpointInstanceType::Unknown(_)),
    );
}

/// The parameters that violations name, with their kinds.
fn named(violations: &Violations) -> Vec<(&str, &ViolationKind)> {
    violations.iter().map(|violation| (violation.parameter(), violation.kind())).collect()
}

#[test]
fn a_value_that_no_document_lists_is_a_violation() {
    let request = ModifyBackupSourceEndpointRequest::new("p", "rds".into());
    let violations = request.validate().expect_err("`rds` is not documented");
    assert_eq!(
        named(&violations),
        [
            (
                "SourceEndpointInstanceType",
                &ViolationKind::Enum(&["RDS", "ECS", "Express", "Agent", "DDS", "Other"]),
            ),
            ("BackupObjects", &ViolationKind::Required),
        ],
    );
    assert_eq!(
        violations.to_string(),
        "invalid ModifyBackupSourceEndpoint request:\n\
         - `SourceEndpointInstanceType` must be `RDS`, `ECS`, `Express`, `Agent`, `DDS` or `Other`, \
         but is `rds`; did you mean `RDS`?\n\
         - `BackupObjects` is required unless `SourceEndpointInstanceType` is `Agent`",
    );
    assert_eq!(violations.operation(), "ModifyBackupSourceEndpoint");

    // What the service takes one day can be sent today, by a caller who skips the check.
    let query = "BackupPlanId=p&SourceEndpointInstanceType=rds";
    assert_eq!(exposed(&request), query);
}

#[test]
fn limits_are_violations_with_their_bounds() {
    let pattern = ViolationKind::Pattern("^[\\x00-\\x7F]*$");
    for (token, kinds, endings) in [
        ("t".repeat(64), vec![], vec![]),
        ("t".repeat(65), vec![ViolationKind::MaxLength(64)], vec!["but has 65"]),
        ("é".repeat(64), vec![pattern], vec!["ééé`", "ééé…`"]),
        ("é".repeat(65), vec![ViolationKind::MaxLength(64), pattern], vec!["but has 65", "é…`"]),
    ] {
        let request = CreateGetDbListFromAgentTaskRequest::new(1).client_token(token);
        let violations = request.validate().err();
        let found: Vec<_> = violations.iter().flatten().collect();
        assert_eq!(found.iter().map(|violation| *violation.kind()).collect::<Vec<_>>(), kinds);
        for violation in found {
            assert_eq!(violation.parameter(), "ClientToken");
            let text = violation.to_string();
            assert!(endings.iter().any(|ending| text.ends_with(ending)), "{text}");
        }
    }
}

/// A request whose limits stand before and behind a parameter that a rule asks for. No operation has
/// one yet, and limits are judged before rules.
struct Sandwich {
    names: Vec<String>,
}

impl Fields for Sandwich {
    fn show(&self, visit: &mut field::Visit<'_>) {
        let absent: &Option<String> = &None;
        visit(&["First", "Second", "Third", "Fourth"], &[&self.names, absent, &self.names, absent]);
    }
}

#[test]
fn violations_come_in_the_order_of_the_fields() {
    let request = Sandwich { names: vec!["long".into(), "x".into(), "longer".into()] };
    static SHORT: [Limit; 1] = [Limit::MaxLength(1)];
    let result =
        validation::validate(&request, &tests::operation_of("Sandwich"), |request, report| {
            report.limits("Third", &request.names, &SHORT);
            report.limits("First", &request.names, &SHORT);
            report.required("Fourth", "`Fourth` is required");
            report.required("Second", "`Second` is required");
        });
    let violations = result.expect_err("six rules are broken");
    let (long, required) = (&ViolationKind::MaxLength(1), &ViolationKind::Required);
    assert_eq!(
        named(&violations),
        [
            ("First[0]", long),
            ("First[2]", long),
            ("Second", required),
            ("Third[0]", long),
            ("Third[2]", long),
            ("Fourth", required),
        ],
    );
}

/// What a file holds of [`full`].
fn full_file() -> Value {
    let mut file = full_scalars();
    file["BackupObjects"] = full_objects();
    file
}

#[test]
fn a_request_is_kept_in_a_file_without_its_password() {
    assert_eq!(serde_json::to_value(full()).expect("JSON"), full_file());
    let file = serde_json::to_value(minimal()).expect("JSON");
    assert_eq!(file, json!({ "BackupPlanId": "p", "SourceEndpointInstanceType": "RDS" }));
}

#[test]
fn a_request_is_read_from_a_file_with_its_password() {
    let mut file = full_file();
    let read: ModifyBackupSourceEndpointRequest =
        serde_json::from_value(file.clone()).expect("what was written");
    assert!(read.source_endpoint_password.is_none());
    file["SourceEndpointPassword"] = "p@ss+w~rd".into();
    let read: ModifyBackupSourceEndpointRequest = serde_json::from_value(file).expect("a request");
    assert_eq!(exposed(&read), exposed(&full()));

    let request = CreateGetDbListFromAgentTaskRequest::new(160_813)
        .database_type("Kingbase".into())
        .client_token("");
    let file = serde_json::to_string(&request).expect("JSON");
    let read: CreateGetDbListFromAgentTaskRequest = serde_json::from_str(&file).expect("a request");
    assert_eq!(read, request);
}

#[test]
fn null_in_a_file_is_like_missing() {
    let file = json!({ "BackupGatewayId": 1, "DatabaseType": null, "SourceEndpointPort": null });
    let read: CreateGetDbListFromAgentTaskRequest = serde_json::from_value(file).expect("null");
    assert_eq!(read, CreateGetDbListFromAgentTaskRequest::new(1));
}

#[test]
fn a_file_that_is_no_request_is_refused_by_name() {
    for (change, named) in [
        (json!({ "SourceEndpointPrt": 3306 }), "SourceEndpointPrt"),
        (json!({ "source_endpoint_port": 3306 }), "source_endpoint_port"),
        (json!({ "BackupObjects": [{ "DbName": "x" }] }), "DbName"),
        (json!({ "BackupObjects": [{ "TableIncludes": [{ "Name": "x" }] }] }), "Name"),
        (json!({ "SourceEndpointPort": 2_147_483_648_i64 }), "2147483648"),
        (json!({ "SourceEndpointPort": "3306" }), "3306"),
    ] {
        let mut file = full_file();
        let members = change.as_object().cloned().unwrap_or_default();
        file.as_object_mut().expect("an object").extend(members);
        let error = serde_json::from_value::<ModifyBackupSourceEndpointRequest>(file)
            .expect_err("not a request");
        assert!(error.to_string().contains(named), "{error}");
    }
    let error = serde_json::from_value::<ModifyBackupSourceEndpointRequest>(json!({}))
        .expect_err("what is required is missing");
    assert!(error.to_string().contains("BackupPlanId"), "{error}");
}

fn repository_file(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn generated_operation() -> String {
    repository_file("generated/dbs/src/operations/modify_backup_source_endpoint.rs")
}

#[test]
fn the_sentence_of_a_rule_reads_as_the_design_has_it() {
    let sentence = "`SourceEndpointPort` is required when `SourceEndpointInstanceType` is \
                    `Express`, `Agent`, `Other` or `ECS`";
    for instance_type in ["Express", "Agent", "Other", "ECS"] {
        let request = ModifyBackupSourceEndpointRequest::new("p", instance_type.into());
        let violations = request.validate().expect_err("no port");
        let port = violations
            .iter()
            .find(|violation| violation.parameter() == "SourceEndpointPort")
            .expect("the port is missing");
        assert_eq!(port.sentence(), sentence);
        assert_eq!(port.to_string(), sentence);
        assert!(violations.to_string().contains(&format!("\n- {sentence}")), "{violations}");
    }
}

#[test]
fn violations_docs_and_validator_use_the_same_words() {
    let generated = generated_operation();
    let (docs, code): (Vec<&str>, Vec<&str>) =
        generated.lines().map(str::trim).partition(|line| line.starts_with("///"));
    let mut explained = BTreeSet::new();
    for (instance_type, database) in [
        ("Express", None),
        ("Agent", None),
        ("RDS", Some(DatabaseType::PostgreSql)),
        ("RDS", Some(DatabaseType::Oracle)),
    ] {
        let mut context = BackupPlanContext::new();
        context.database_type = database;
        let request = ModifyBackupSourceEndpointRequest::new("p", instance_type.into());
        let violations = request.validate_in(&context).expect_err("everything is missing");
        for violation in &violations {
            explained.insert(violation.parameter().to_owned());
            let item = format!("/// - {}", violation.sentence());
            // Where a rule needs to know the plan, the docs go on to say so.
            let documented =
                |line: &&str| **line == item || line.starts_with(&format!("{item} (not checked"));
            assert!(docs.iter().any(documented), "{item}");
            let literal = format!("\"{}\"", violation.sentence());
            assert!(code.iter().any(|line| line.contains(&literal)), "{literal}");
        }
    }
    assert_eq!(explained.len(), 10, "{explained:?}");
}

#[test]
fn the_generators_readme_shows_the_generated_requirement_tables() {
    let generated = generated_operation();
    let lines: Vec<&str> =
        generated.lines().map(|line| line.strip_prefix("/// ").unwrap_or_default()).collect();
    let tables = lines.chunk_by(|one, next| one.starts_with('|') == next.starts_with('|'));
    let tables: Vec<_> = tables.filter(|table| table[0].starts_with('|')).collect();
    // Eight parameters by the request's own and four by the plan's, below a heading and its line.
    let lengths: Vec<usize> = tables.iter().map(|table| table.len()).collect();
    assert_eq!(lengths, [10, 6], "{tables:#?}");
    let readme = repository_file("codegen/README.md");
    for table in tables {
        let table = table.join("\n");
        assert!(readme.contains(&table), "codegen/README.md lacks\n{table}");
    }
}

#[test]
fn a_form_has_all_that_its_value_requires() {
    use alibabacloud_dbs::operations::modify_backup_source_endpoint::When;
    let agent = When::Agent {
        backup_plan_id: "p".into(),
        source_endpoint_region: "cn-hangzhou".into(),
        source_endpoint_ip: "192.0.2.10".into(),
        source_endpoint_port: 3306,
        backup_gateway_id: 1,
    };
    let request = ModifyBackupSourceEndpointRequest::from(agent);
    assert_eq!(request.source_endpoint_instance_type, SourceEndpointInstanceType::Agent);
    assert_eq!(request.source_endpoint_port, Some(3306));
    assert!(request.validate().is_ok());

    let other = When::Other {
        backup_plan_id: "p".into(),
        source_endpoint_ip: "192.0.2.10".into(),
        source_endpoint_port: 3306,
        backup_objects: Vec::new(),
    };
    let request = ModifyBackupSourceEndpointRequest::from(other).source_endpoint_user_name("u");
    assert!(request.validate().is_ok());
}
