//! The program of the README whose clients of two crates share a session.

use std::time::Duration;

use alibabacloud_dbs::operations::DescribeRegionsRequest;
use alibabacloud_dbs::{Error, Session};
use alibabacloud_sts::operations::GetCallerIdentityRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    // Once: keys, region, connections and limits are those of the machine, or as they are set here.
    let session = Session::builder().max_attempts(5).build();
    let backups = alibabacloud_dbs::Client::builder().session(&session).build()?;
    // What a client sets itself goes before.
    let tokens = alibabacloud_sts::Client::builder()
        .session(&session)
        .region("cn-hangzhou")
        .timeout(Duration::from_secs(5))
        .build()?;
    let caller = tokens.get_caller_identity(GetCallerIdentityRequest::new()).await?;
    let regions = backups.describe_regions(DescribeRegionsRequest::new()).await?;
    println!("{:?} may use {:?}", caller.arn, regions.regions);
    Ok(())
}
