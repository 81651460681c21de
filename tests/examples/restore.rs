//! A program that tests can mock: it creates a restore task, and starts it after its precheck.

use alibabacloud_dbs::operations::{
    CreateRestoreTaskRequest, DescribePreCheckProgressListRequest, StartRestoreTaskRequest,
};
use alibabacloud_dbs::types::{DestinationEndpointInstanceType, PreCheckStatus, RestoreObject};
use alibabacloud_dbs::{Client, Error};

/// How often a precheck is asked for its state.
const QUESTIONS: u32 = 3;

/// Creates a restore task, and starts it once its precheck is done; says which task it is, if it
/// started.
pub async fn restore(client: &Client, plan: &str, instance: &str) -> Result<Option<String>, Error> {
    let request =
        CreateRestoreTaskRequest::new(plan, DestinationEndpointInstanceType::Rds, "nightly")
            .destination_endpoint_region("cn-hangzhou")
            .destination_endpoint_instance_id(instance)
            .restore_objects([RestoreObject::new().db_name("orders")])
            .restore_time(1_768_262_400_000);
    let created = client.create_restore_task(request).await?;
    let Some(task) = created.restore_task_id else { return Ok(None) };
    for _ in 0..QUESTIONS {
        let request = DescribePreCheckProgressListRequest::new().restore_task_id(&task);
        match client.describe_pre_check_progress_list(request).await?.status {
            Some(PreCheckStatus::Finish) => {
                client.start_restore_task(StartRestoreTaskRequest::new(&task)).await?;
                return Ok(Some(task));
            }
            Some(PreCheckStatus::Failed) => return Ok(None),
            _ => {}
        }
    }
    Ok(None)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::builder().region("cn-hangzhou").build()?;
    match restore(&client, "dbs1h****usfa", "rm-bp1p8c29479jv****").await? {
        Some(task) => println!("task {task} has started"),
        None => println!("nothing has started"),
    }
    Ok(())
}
