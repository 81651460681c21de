//! Restores databases of a plan to an instance of ApsaraDB RDS: creates a restore task, waits for its
//! precheck, starts it, and waits until it has ended.
//!
//! ```sh
//! DESTINATION_PASSWORD=… cargo run -p tests --example restore_database -- \
//!     --region cn-hangzhou --plan dbs1h****usfa --time 1768262400000 \
//!     --instance rm-bp1p8c29479jv**** --user restore --database orders --as orders_restored
//! ```
//!
//! `--time` is in milliseconds since 1970. `--pause 5` is the longest time between two questions in seconds, and
//! `--endpoint http://127.0.0.1:PORT` calls another host instead of the region's. The keys come from the
//! environment or from the files of the official tools.

use std::process::ExitCode;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::{
    CreateRestoreTaskRequest, DescribePreCheckProgressListRequest, DescribeRestoreTaskListRequest,
    StartRestoreTaskRequest,
};
use alibabacloud_dbs::types::{DestinationEndpointInstanceType, RestoreObject};

#[path = "arguments/mod.rs"]
mod arguments;

use arguments::Arguments;

const KNOWN: &[&str] =
    &["endpoint", "region", "plan", "time", "instance", "user", "database", "as", "pause"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    arguments::exit(run(std::env::args().skip(1)).await)
}

/// Makes the calls; returns what is to be printed.
pub async fn run(arguments: impl Iterator<Item = String>) -> arguments::Outcome {
    let arguments = Arguments::parse(arguments, KNOWN)?;
    let client = arguments.connect(Client::builder()).build()?;
    let plan: String = arguments.required("plan")?;
    let database: String = arguments.required("database")?;
    let object = RestoreObject::new()
        .db_name(&database)
        .new_db_name(arguments.get("as").unwrap_or(&database));
    let mut request = CreateRestoreTaskRequest::new(
        &plan,
        DestinationEndpointInstanceType::Rds,
        format!("restore {database}"),
    )
    .destination_endpoint_region(arguments.get("region").unwrap_or("cn-hangzhou"))
    .destination_endpoint_instance_id(arguments.required::<String>("instance")?)
    .restore_objects([object])
    .restore_time(arguments.required("time")?);
    if let Some(user) = arguments.get("user") {
        request = request.destination_endpoint_user_name(user);
    }
    // Other users of the machine can see arguments, but not the environment.
    if let Ok(password) = std::env::var("DESTINATION_PASSWORD") {
        request = request.destination_endpoint_password(password);
    }
    let response = client.create_restore_task(request).await?;
    let task = response.restore_task_id.ok_or("the service gave no task id")?;

    let pause = arguments.pause()?;
    let request = DescribePreCheckProgressListRequest::new().restore_task_id(&task);
    client.wait_until_precheck_passed(request).pauses(pause, pause).await?;
    client.start_restore_task(StartRestoreTaskRequest::new(&task)).await?;

    let request = DescribeRestoreTaskListRequest::new().restore_task_id(&task);
    match client.wait_until_restored(request).pauses(pause, pause).await {
        Ok(_) => Ok(format!("task {task} has restored {database}")),
        Err(error) => {
            let items = error.answer().and_then(|answer| answer.items.as_ref());
            let detail = items.and_then(|items| items.restore_task_detail.first());
            let reason = detail.and_then(|detail| detail.err_message.as_deref());
            Err(format!("task {task}: {error} {}", reason.unwrap_or_default()).into())
        }
    }
}
