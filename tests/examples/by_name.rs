//! A call of an operation that the crate does not have.

use alibabacloud_dbs::serde_json::Value;
use alibabacloud_dbs::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::builder().region("cn-hangzhou").build()?;
    let answer = client.request("DescribeThings").query("PageSize", 10).read_only().await?;
    let things: Value = answer.json()?;
    println!("{things}");
    Ok(())
}
