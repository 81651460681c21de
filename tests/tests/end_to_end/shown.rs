//! `Debug` and `PartialEq` of generated structs come from the list of their fields, `Debug` and `Hash`
//! of enums from the list of their values: they are what the compiler's own derives are.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::operations::modify_backup_source_endpoint::When;
use alibabacloud_dbs::types::{DatabaseType, SourceEndpointInstanceType};
use alibabacloud_runtime::private::field::{self, AsValue, Fields, Value, Visit};

#[derive(Debug, Clone, PartialEq)]
struct Inner {
    names: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Outer {
    r#type: Option<String>,
    size: i32,
    count: Option<i64>,
    ratio: f64,
    is_new: bool,
    engine: Option<DatabaseType>,
    lists: Vec<Vec<i32>>,
    inner: Option<Inner>,
    text: Vec<Inner>,
}

impl Fields for Inner {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(&["Names"], &[&self.names]);
    }
}

impl AsValue for Inner {
    fn as_value(&self) -> Value<'_> {
        Value::Object(self)
    }
}

impl Fields for Outer {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(
            &["Type", "Size", "Count", "Ratio", "IsNew", "Engine", "Lists", "Inner", "Text"],
            &[
                &self.r#type,
                &self.size,
                &self.count,
                &self.ratio,
                &self.is_new,
                &self.engine,
                &self.lists,
                &self.inner,
                &field::json_text(&self.text),
            ],
        );
    }
}

/// Shown as generated structs are.
struct Shown<'o>(&'o Outer);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let idents = stringify!(r#type size count ratio is_new engine lists inner text);
        field::debug(self.0, "Outer", idents, formatter)
    }
}

/// Values that differ from the first in one place each.
fn outers() -> Vec<Outer> {
    let inner = |names: &[&str]| Inner { names: names.iter().map(|&name| name.into()).collect() };
    let first = Outer {
        r#type: Some("a\"b".into()),
        size: 1,
        count: Some(0),
        ratio: 0.5,
        is_new: false,
        engine: Some(DatabaseType::MySql),
        lists: vec![vec![1, 2], vec![]],
        inner: Some(inner(&["x"])),
        text: vec![inner(&[]), inner(&["y", "z"])],
    };
    let mut all = vec![first.clone()];
    let mut add = |change: fn(&mut Outer)| {
        let mut other = first.clone();
        change(&mut other);
        all.push(other);
    };
    add(|outer| outer.r#type = None);
    add(|outer| outer.r#type = Some(String::new()));
    add(|outer| outer.size = -1);
    add(|outer| outer.count = None);
    add(|outer| outer.ratio = f64::NAN);
    add(|outer| outer.is_new = true);
    add(|outer| outer.engine = None);
    add(|outer| outer.engine = Some(DatabaseType::Redis));
    add(|outer| outer.engine = Some(DatabaseType::from("mysql")));
    add(|outer| outer.lists.clear());
    add(|outer| outer.lists.truncate(1));
    add(|outer| outer.lists[1].push(3));
    add(|outer| outer.lists[0].swap(0, 1));
    add(|outer| outer.inner = None);
    add(|outer| outer.inner = Some(Inner { names: Vec::new() }));
    add(|outer| outer.text[1].names[1] = "y".into());
    add(|outer| outer.text.reverse());
    all
}

#[test]
fn two_are_equal_where_the_derive_finds_them_equal() {
    let outers = outers();
    for left in &outers {
        for right in &outers {
            assert_eq!(field::equal(left, right), left == right, "{left:?}\n{right:?}");
        }
    }
}

#[test]
fn debug_output_is_that_of_the_derive() {
    for outer in outers() {
        assert_eq!(format!("{:?}", Shown(&outer)), format!("{outer:?}"));
        assert_eq!(format!("{:#?}", Shown(&outer)), format!("{outer:#?}"));
    }
}

#[test]
fn each_of_many_values_has_its_name() {
    let request = ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Rds)
        .source_endpoint_password("secret")
        .source_endpoint_oracle_home("home");
    let shown = "ModifyBackupSourceEndpointRequest { backup_plan_id: \"p\", \
        source_endpoint_instance_type: Rds, source_endpoint_region: None, \
        source_endpoint_instance_id: None, source_endpoint_ip: None, source_endpoint_port: None, \
        source_endpoint_database_name: None, source_endpoint_user_name: None, \
        source_endpoint_password: Some(SecretBox<str>([REDACTED])), backup_gateway_id: None, \
        backup_objects: None, source_endpoint_oracle_sid: None, cross_aliyun_id: None, \
        cross_role_name: None, client_token: None, enable_source_endpoint_ssl: None, \
        ssl_ca_pem: None, source_endpoint_oracle_home: Some(\"home\") }";
    assert_eq!(format!("{request:?}"), shown);
}

#[test]
fn generated_structs_are_shown_so() {
    let body = r#"{ "Success": "true", "Item": { "ErrorCode": "E-1" }, "RequestId": "id" }"#;
    let read = || -> alibabacloud_dbs::operations::DescribeJobErrorCodeResponse {
        serde_json::from_str(body).expect("it is a response")
    };
    let (response, mut other) = (read(), read());
    assert_eq!(response, other);
    let item = other.item.as_mut().expect("it was in the response");
    item.error_code = Some("E-2".into());
    assert_ne!(response, other);
    let shown = format!("{response:?}");
    let start = "DescribeJobErrorCodeResponse { err_code: None, err_message: None, \
                 http_status_code: None, item: Some(JobError { ";
    assert!(shown.starts_with(start), "{shown}");
    assert!(shown.ends_with(r#"request_id: Some("id"), success: Some(true) }"#), "{shown}");
}

#[test]
fn enums_are_shown_as_the_derive_shows_them() {
    #[derive(Debug)]
    enum Derived<T> {
        MySql,
        Unknown(T),
    }
    let unknown = SourceEndpointInstanceType::from("Cloud");
    let SourceEndpointInstanceType::Unknown(value) = unknown.clone() else { panic!("documented") };
    let derived = Derived::Unknown(value);
    assert_eq!(format!("{unknown:?}"), format!("{derived:?}"));
    assert_eq!(format!("{unknown:#?}"), format!("{derived:#?}"));
    let mysql = Derived::<()>::MySql;
    assert_eq!(format!("{:?}", DatabaseType::MySql), format!("{mysql:?}"));
    let all = SourceEndpointInstanceType::VALUES;
    assert_eq!(format!("{all:?}"), "[Rds, Ecs, Express, Agent, Dds, Other, Dg]");
}

#[test]
fn equal_values_of_an_enum_have_one_hash_and_others_have_another() {
    let hash =
        |value: &DatabaseType| BuildHasherDefault::<DefaultHasher>::default().hash_one(value);
    let unknown = ["Newer", "Newest"].map(DatabaseType::from);
    let values = || DatabaseType::VALUES.iter().chain(&unknown);
    let hashes: BTreeSet<u64> = values().map(hash).collect();
    assert_eq!(hashes.len(), values().count());
    for value in values() {
        assert_eq!(hash(&DatabaseType::from(value.as_str())), hash(value), "{value}");
    }
}

#[test]
fn what_becomes_a_request_shows_nothing_but_its_name() {
    let form = When::Rds {
        backup_plan_id: "p".into(),
        source_endpoint_region: "cn-hangzhou".into(),
        source_endpoint_instance_id: "rm-1".into(),
        backup_objects: Vec::new(),
    };
    assert_eq!(format!("{form:?}"), "When { .. }");
}
