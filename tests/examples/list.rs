//! The program of the README that lists backup plans.

use alibabacloud_dbs::operations::DescribeBackupPlanListRequest;
use alibabacloud_dbs::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::builder().region("cn-hangzhou").build()?;
    let mut plans = client.describe_backup_plan_list(DescribeBackupPlanListRequest::new()).items();
    while let Some(plan) = plans.next().await {
        let plan = plan?;
        println!("{:?} {:?}", plan.backup_plan_id, plan.backup_plan_status);
    }
    Ok(())
}
