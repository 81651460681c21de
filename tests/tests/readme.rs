//! The README shows what there is.

use std::path::Path;

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::{BackupPlanContext, DatabaseType, SourceEndpointInstanceType};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(path).expect("the file is in the repository")
}

#[test]
fn its_programs_are_the_examples_that_compile() {
    for example in ["refused", "form"] {
        let example = read(&format!("tests/examples/{example}.rs"));
        let (_, program) = example.split_once("\n\n").expect("a line of documentation comes first");
        assert!(read("README.md").contains(&format!("```rust\n{program}```")));
    }
}

#[test]
fn its_output_is_what_the_program_prints() {
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Agent)
            .source_endpoint_region("cn-hangzhou")
            .source_endpoint_ip("192.0.2.10");
    let plan = BackupPlanContext::new().database_type(DatabaseType::Mssql);
    let violations = request.validate_in(&plan).expect_err("it is refused");
    assert!(read("README.md").contains(&format!("```text\n{violations}\n```")));
}

#[test]
fn ci_runs_the_test_command_that_it_gives() {
    let command = "cargo test --workspace";
    assert!(read("README.md").lines().any(|line| line == command));
    assert!(read(".ci/run").lines().any(|line| line == command));
}
