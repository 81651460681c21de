//! How names of the documents are spelled in Rust, one by one.

use std::collections::BTreeMap;

use alibabacloud_codegen::{SpecFile, Specs};

use crate::fixtures::generate;

/// A name on the wire, and what it is as a field.
const FIELDS: &[(&str, &str)] = &[
    ("BackupPlanId", "backup_plan_id"),
    ("DBName", "db_name"),
    ("DBSRecoverRange", "dbs_recover_range"),
    ("DestDatabaseInstanceVSwitch", "dest_database_instance_vswitch"),
    ("DestinationEndpointInstanceID", "destination_endpoint_instance_id"),
    ("GetDBList", "get_db_list"),
    ("HTTPSPort", "https_port"),
    ("IPv4Address", "ipv4_address"),
    ("IPv6Address", "ipv6_address"),
    ("HostIPv6", "host_ipv6"),
    ("InternetIPs", "internet_ips"),
    ("IntranetIP", "intranet_ip"),
    ("IDsOfHosts", "ids_of_hosts"),
    ("ECSInstance2", "ecs_instance2"),
    ("NewDBName", "new_db_name"),
    ("OSSBucketName", "oss_bucket_name"),
    ("SourceEndpointOracleSID", "source_endpoint_oracle_sid"),
    ("URLs", "urls"),
    ("VpcIPs", "vpc_ips"),
    ("Tag.1.Key", "tag_1_key"),
    ("tag-key", "tag_key"),
    ("as", "r#as"),
    ("async", "r#async"),
    ("crate", "crate_"),
    ("dyn", "r#dyn"),
    ("fn", "r#fn"),
    ("gen", "r#gen"),
    ("Self", "self_"),
    ("super", "super_"),
    ("try", "r#try"),
    ("type", "r#type"),
    ("union", "union"),
    ("yield", "r#yield"),
    ("New", "new_"),
    ("Validate", "validate_"),
    ("Option", "option"),
];

/// A value on the wire, and what it is as a variant.
const VARIANTS: &[(&str, &str)] = &[
    ("RDS", "Rds"),
    ("MySQL", "MySql"),
    ("PostgreSQL", "PostgreSql"),
    ("MSSQL", "Mssql"),
    ("cn-hangzhou", "CnHangzhou"),
    ("check_pass", "CheckPass"),
    ("8Core64GB", "V8Core64Gb"),
    ("5.7", "V5_7"),
    ("57", "V57"),
    ("11.2.0", "V11_2_0"),
    ("Self", "Self_"),
    ("Unknown", "Unknown_"),
    ("ERR", "Err"),
    ("type", "Type"),
    ("IPv6", "Ipv6"),
];

#[test]
fn names_of_fields_read_well() {
    // Each in a request of its own, so that none stands in another's way.
    for (wire, expected) in FIELDS {
        let code = request_with(&format!("\"{wire}\": {{ \"type\": \"string\" }}"), None);
        let field = format!("    pub {expected}: Option<String>,");
        assert!(code.lines().any(|line| line == field), "{wire} is not `{expected}` in\n{code}");
        let shown = format!("/// `{wire}`, optional.");
        assert!(code.contains(&shown), "the docs do not show {wire}");
    }
}

#[test]
fn names_of_values_read_well() {
    let values: Vec<String> = VARIANTS.iter().map(|(wire, _)| format!("\"{wire}\"")).collect();
    let schema = format!("{{ \"type\": \"string\", \"enum\": [{}] }}", values.join(", "));
    let property = "\"Mode\": { \"$ref\": \"../schemas/Mode.json\" }";
    let code = request_with(property, Some(schema));
    for (wire, expected) in VARIANTS {
        let arm = format!("    {expected} = \"{wire}\",");
        assert!(code.contains(&arm), "{wire} is not `{expected}` in\n{code}");
    }
}

/// The generated code for a request with this property, the schema `Mode` beside it.
fn request_with(property: &str, mode: Option<String>) -> String {
    let request = format!("{{ \"type\": \"object\", \"properties\": {{ {property} }} }}");
    let operation = include_str!("../frame/operation.json").replace("\"REQUEST\"", &request);
    let mut files = BTreeMap::from([
        ("openapi.json", include_str!("../frame/openapi.json").to_owned()),
        ("operations/Example.json", operation),
    ]);
    files.extend(mode.map(|mode| ("schemas/Mode.json", mode)));
    let files = files.into_iter().map(|(path, text)| SpecFile { path: path.to_owned(), text });
    let specs = Specs::new("specs/example", files.collect());
    let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    let is_inner =
        |path: &str| path.starts_with("src/operations/") || path.starts_with("src/types/");
    let inner = generated.files.into_iter().filter(|file| is_inner(&file.path));
    inner.map(|file| file.text).collect()
}
