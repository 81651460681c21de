//! Starts the task that lists the databases behind a backup gateway, and prints its id.
//!
//! ```sh
//! cargo run -p tests --example list_databases_through_gateway -- \
//!     --region cn-hangzhou --gateway 160813 --database-type MySQL
//! ```
//!
//! `--endpoint http://127.0.0.1:PORT` calls another host instead of the region's. The keys come from the environment or from
//! the files of the official tools.

use std::process::ExitCode;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::CreateGetDbListFromAgentTaskRequest;

#[path = "arguments/mod.rs"]
mod arguments;

use arguments::Arguments;

const KNOWN: &[&str] = &["endpoint", "region", "gateway", "database-type"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    arguments::exit(run(std::env::args().skip(1)).await)
}

/// Makes the call; returns what is to be printed.
pub async fn run(arguments: impl Iterator<Item = String>) -> arguments::Outcome {
    let arguments = Arguments::parse(arguments, KNOWN)?;
    let client = arguments.connect(Client::builder()).build()?;
    let mut request = CreateGetDbListFromAgentTaskRequest::new(arguments.required("gateway")?);
    if let Some(database_type) = arguments.get("database-type") {
        request = request.database_type(database_type.into());
    }
    let response = client.create_get_db_list_from_agent_task(request).await?;
    let task = response.task_id.ok_or("the service gave no task id")?;
    Ok(format!("task {task} collects the list; `GetDBListFromAgent` fetches it"))
}
