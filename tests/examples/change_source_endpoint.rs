//! Changes where a backup plan reads its data from, to an instance of ApsaraDB RDS, and starts the plan again
//! where that needs its precheck.
//!
//! ```sh
//! SOURCE_PASSWORD=… cargo run -p tests --example change_source_endpoint -- \
//!     --region cn-hangzhou --plan dbs1h****usfa --instance rm-bp1p8c29479jv**** \
//!     --database orders --user backup --database-type MySQL
//! ```
//!
//! `--endpoint http://127.0.0.1:PORT` calls another host instead of the region's. The keys come from
//! the environment or from the files of the official tools.

use std::process::ExitCode;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::{ModifyBackupSourceEndpointRequest, StartBackupPlanRequest};
use alibabacloud_dbs::types::{BackupObject, BackupPlanContext, SourceEndpointInstanceType};

#[path = "arguments/mod.rs"]
mod arguments;

use arguments::Arguments;

const KNOWN: &[&str] =
    &["endpoint", "region", "plan", "instance", "database", "user", "database-type"];

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
    let mut request =
        ModifyBackupSourceEndpointRequest::new(&plan, SourceEndpointInstanceType::Rds)
            .source_endpoint_region(arguments.get("region").unwrap_or("cn-hangzhou"))
            .source_endpoint_instance_id(arguments.required::<String>("instance")?)
            .source_endpoint_database_name(&*database)
            .backup_objects([BackupObject::new().db_name(database)]);
    if let Some(user) = arguments.get("user") {
        request = request.source_endpoint_user_name(user);
    }
    // Other users of the machine can see arguments, but not the environment.
    if let Ok(password) = std::env::var("SOURCE_PASSWORD") {
        request = request.source_endpoint_password(password);
    }
    let mut facts = BackupPlanContext::new();
    if let Some(database_type) = arguments.get("database-type") {
        facts = facts.database_type(database_type.into());
    }
    let response = client.modify_backup_source_endpoint(request).context(facts).await?;
    if response.need_precheck != Some(true) {
        return Ok("changed".to_owned());
    }
    client.start_backup_plan(StartBackupPlanRequest::new(plan)).await?;
    Ok("changed, and started again for its precheck".to_owned())
}
