//! The second program of runtime/README.md.

use alibabacloud_dbs::operations::modify_backup_source_endpoint::{
    ModifyBackupSourceEndpointRequest, When,
};

fn main() {
    // Leave a member out, and it does not compile.
    let agent = When::Agent {
        backup_plan_id: "dbs1h****usfa".into(),
        source_endpoint_region: "cn-hangzhou".into(),
        source_endpoint_ip: "192.0.2.10".into(),
        source_endpoint_port: 3306,
        backup_gateway_id: 160_813,
    };
    let request =
        ModifyBackupSourceEndpointRequest::from(agent).source_endpoint_user_name("backup");
    assert!(request.validate().is_ok());
}
