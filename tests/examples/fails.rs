//! A program that ends with an error: its request breaks rules, so it is refused and nothing is sent.

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::SourceEndpointInstanceType;
use alibabacloud_dbs::{Client, Error};

/// Asks for what is refused. Public for a test that runs it.
#[tokio::main(flavor = "current_thread")]
pub async fn main() -> Result<(), Error> {
    let client = Client::builder().region("cn-hangzhou").build()?;
    let request =
        ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Agent)
            .source_endpoint_region("cn-hangzhou");
    client.modify_backup_source_endpoint(request).await?;
    println!("changed");
    Ok(())
}
