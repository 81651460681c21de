//! The READMEs show what there is.

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::{
    BackupObject, BackupPlanContext, DatabaseType, SourceEndpointInstanceType,
};
use tests::checkout::root;
use tests::loopback::Server;

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(path).expect("the file is in the repository")
}

#[test]
fn its_programs_are_the_examples_that_compile() {
    let shown = [
        ("README.md", ["call"].as_slice(), ["list"].as_slice()),
        ("runtime/README.md", &["refused", "form", "session", "by_name", "transport"], &[]),
        ("codegen/README.md", &["generate"], &[]),
    ];
    for (readme, whole, parts) in shown {
        let text = read(readme);
        for example in whole {
            let program = read(&format!("tests/examples/{example}.rs"));
            let (_, program) = program.split_once("\n\n").expect("documentation comes first");
            assert!(text.contains(&format!("```rust\n{program}```")), "{example}");
        }
        let blocks = text.split("```rust\n").skip(1);
        let blocks: Vec<&str> = blocks.filter_map(|block| block.split("```").next()).collect();
        for example in parts {
            let program = flush(&read(&format!("tests/examples/{example}.rs")));
            let is_part = |block: &&str| program.contains(&flush(block));
            assert!(blocks.iter().any(is_part), "{example}");
        }
        assert_eq!(blocks.len(), whole.len() + parts.len(), "{readme}");
    }
}

/// The lines of code, wherever they start.
fn flush(code: &str) -> String {
    code.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

#[test]
fn its_output_is_what_the_program_prints() {
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Agent)
            .source_endpoint_region("cn-hangzhou")
            .source_endpoint_ip("192.0.2.10");
    let plan = BackupPlanContext::new().database_type(DatabaseType::Mssql);
    let violations = request.validate_in(&plan).expect_err("it is refused");
    assert!(read("runtime/README.md").contains(&format!("```text\n{violations}\n```")));
}

#[tokio::test]
async fn the_call_prints_what_is_wrong_and_sends_nothing() {
    let server = Server::answering(200, &[], br#"{"Success": true, "NeedPrecheck": true}"#);
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Rds)
            .source_endpoint_region("cn-hangzhou")
            .source_endpoint_instance_id("rm-bp1p8c29479jv****")
            .source_endpoint_user_name("backup")
            .source_endpoint_password("correct horse battery staple")
            .backup_objects([BackupObject::new().db_name("orders")]);
    let plan = BackupPlanContext::new().database_type(DatabaseType::Oracle);
    let call = |request| server.client().modify_backup_source_endpoint(request).context(&plan);
    let error = call(request.clone()).await.expect_err("it is refused");
    assert!(read("README.md").contains(&format!("```text\n{error}\n```")));
    assert!(server.seen().is_empty());
    let response = call(request.source_endpoint_oracle_sid("orcl")).await;
    assert_eq!(response.expect("it is complete").need_precheck, Some(true));
}

#[test]
fn ci_runs_the_test_command_that_they_give() {
    let command = "cargo test --workspace";
    assert!(read("tests/README.md").contains(&format!("`{command}`")));
    assert!(read(".ci/run").lines().any(|line| line == command));
}

#[test]
fn the_table_of_keywords_is_the_generator_s() {
    let guide = read("specs/README.md");
    let table = alibabacloud_codegen::keyword_table();
    assert!(guide.contains(&table), "specs/README.md does not have:\n{table}");
}
