//! The program of the README that calls the service.

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::{
    BackupObject, BackupPlanContext, DatabaseType, SourceEndpointInstanceType,
};
use alibabacloud_dbs::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::builder().region("cn-hangzhou").build()?;
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Rds)
            .source_endpoint_region("cn-hangzhou")
            .source_endpoint_instance_id("rm-bp1p8c29479jv****")
            .source_endpoint_user_name("backup")
            .source_endpoint_password("correct horse battery staple")
            .backup_objects([BackupObject::new().db_name("orders")])
            .source_endpoint_oracle_sid("orcl");
    let plan = BackupPlanContext::new().database_type(DatabaseType::Oracle);
    match client.modify_backup_source_endpoint(request).context(plan).await {
        Ok(response) => println!("precheck needed: {:?}", response.need_precheck),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
