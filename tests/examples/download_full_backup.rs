//! Downloads the newest full backup of a plan: looks through its full backups, has the newest made ready
//! for download, waits, and prints the address.
//!
//! ```sh
//! cargo run -p tests --example download_full_backup -- --region cn-hangzhou --plan dbs1h****usfa
//! ```
//!
//! `--pause 5` is the longest time between two questions in seconds, and `--endpoint http://127.0.0.1:PORT` calls
//! another host instead of the region's. The keys come from the environment or from the files of the
//! official tools.

use std::process::ExitCode;

use alibabacloud_dbs::Client;
use alibabacloud_dbs::operations::{
    CreateFullBackupSetDownloadRequest, DescribeBackupSetDownloadTaskListRequest,
    DescribeBackupSetDownloadTaskListResponse, DescribeFullBackupListRequest,
};
use alibabacloud_dbs::types::BackupSetDownloadTaskDetail;

#[path = "arguments/mod.rs"]
mod arguments;

use arguments::Arguments;

const KNOWN: &[&str] = &["endpoint", "region", "plan", "pause"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    arguments::exit(run(std::env::args().skip(1)).await)
}

/// Makes the calls; returns what is to be printed.
pub async fn run(arguments: impl Iterator<Item = String>) -> arguments::Outcome {
    let arguments = Arguments::parse(arguments, KNOWN)?;
    let client = arguments.connect(Client::builder()).build()?;
    let plan: String = arguments.required("plan")?;

    let request = DescribeFullBackupListRequest::new(&plan);
    let backups: Vec<_> = client.describe_full_backup_list(request).items().try_collect().await?;
    let finished = backups.into_iter().filter(|backup| backup.finish_time.is_some());
    let newest = finished.max_by_key(|backup| backup.finish_time);
    let backup = newest.and_then(|backup| backup.backup_set_id);
    let backup = backup.ok_or_else(|| format!("plan {plan} has no full backup yet"))?;

    let request = CreateFullBackupSetDownloadRequest::new(backup);
    let response = client.create_full_backup_set_download(request).await?;
    let task = response.backup_set_download_task_id.ok_or("the service gave no task id")?;
    let request =
        DescribeBackupSetDownloadTaskListRequest::new().backup_set_download_task_id(&task);
    let pause = arguments.pause()?;
    let wait = client.wait_until_download_ready(request).pauses(pause, pause);
    match wait.await {
        Ok(answer) => {
            let address = detail(Some(&answer)).backup_set_download_internet_url;
            Ok(address.unwrap_or_else(|| format!("task {task} has finished")))
        }
        Err(error) => {
            let reason = detail(error.answer()).err_message.unwrap_or_default();
            Err(format!("task {task}: {error} {reason}").into())
        }
    }
}

/// The one task that an answer tells of.
fn detail(
    answer: Option<&DescribeBackupSetDownloadTaskListResponse>,
) -> BackupSetDownloadTaskDetail {
    let items = answer.and_then(|answer| answer.items.as_ref());
    let details = items.map(|items| items.backup_set_download_task_detail.as_slice());
    details.and_then(<[_]>::first).cloned().unwrap_or_default()
}
