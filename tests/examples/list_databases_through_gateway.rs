//! Lists the databases behind a backup gateway: starts the task that collects them, asks for its result
//! until there is one, and prints the names.
//!
//! ```sh
//! cargo run -p tests --example list_databases_through_gateway -- \
//!     --region cn-hangzhou --gateway 160813 --database-type MySQL
//! ```
//!
//! `--pause 5` is the longest time between two questions in seconds, and `--endpoint http://127.0.0.1:PORT` calls
//! another host instead of the region's. The keys come from the environment or from the files of the
//! official tools.

use std::process::ExitCode;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::{
    CreateGetDbListFromAgentTaskRequest, GetDbListFromAgentRequest,
};

#[path = "arguments/mod.rs"]
mod arguments;

use arguments::Arguments;

const KNOWN: &[&str] = &["endpoint", "region", "gateway", "database-type", "pause"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    arguments::exit(run(std::env::args().skip(1)).await)
}

/// Makes the calls; returns what is to be printed.
pub async fn run(arguments: impl Iterator<Item = String>) -> arguments::Outcome {
    let arguments = Arguments::parse(arguments, KNOWN)?;
    let client = arguments.connect(Client::builder()).build()?;
    let gateway: i64 = arguments.required("gateway")?;
    let mut request = CreateGetDbListFromAgentTaskRequest::new(gateway);
    if let Some(database_type) = arguments.get("database-type") {
        request = request.database_type(database_type.into());
    }
    let response = client.create_get_db_list_from_agent_task(request).await?;
    let task = response.task_id.ok_or("the service gave no task id")?;
    let request = GetDbListFromAgentRequest::new().backup_gateway_id(gateway).task_id(task);
    let pause = arguments.pause()?;
    let answer = client.wait_until_databases_listed(request).pauses(pause, pause).await?;
    Ok(answer.db_list.map(|list| list.db_name.join("\n")).unwrap_or_default())
}
