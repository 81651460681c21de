//! The program of runtime/README.md.

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::{BackupPlanContext, DatabaseType, SourceEndpointInstanceType};

fn main() {
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Agent)
            .source_endpoint_region("cn-hangzhou")
            .source_endpoint_ip("192.0.2.10");
    let plan = BackupPlanContext::new().database_type(DatabaseType::Mssql);
    match request.validate_in(&plan) {
        Ok(()) => println!("ready to send"),
        Err(violations) => println!("{violations}"),
    }
}
