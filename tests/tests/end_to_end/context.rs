//! Facts that a request does not carry: told where rules need them, and nowhere else.

use alibabacloud_dbs::operations::{
    CreateGetDbListFromAgentTaskRequest, ModifyBackupSourceEndpointRequest,
};
use alibabacloud_dbs::types::{BackupPlanContext, DatabaseType, SourceEndpointInstanceType};
use alibabacloud_dbs::{ContextOf, ErrorKind, Operation};
use tests::loopback::Server;

/// Two traits with one function: which one is meant is only clear for a type without a context.
trait Contextless<A> {
    fn is_clear() {}
}

impl<T> Contextless<()> for T {}
impl<T: Operation> Contextless<u8> for T where T::Context: ContextOf<T> {}

#[test]
fn an_operation_without_such_rules_takes_no_context() {
    // It would not compile if the request had a context.
    <CreateGetDbListFromAgentTaskRequest as Contextless<_>>::is_clear();
}

#[tokio::test]
async fn rules_are_checked_as_far_as_the_facts_are_known() {
    let server = Server::answering(200, &[], b"{}");
    let client = server.client();
    let request = ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Rds)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-1")
        .backup_objects([]);
    let call = || client.modify_backup_source_endpoint(request.clone());
    call().await.expect("nothing is known of the plan");
    call().context(BackupPlanContext::new()).await.expect("nothing is known of the plan");
    let redis = BackupPlanContext::new().database_type(DatabaseType::Redis);
    call().context(&redis).await.expect("Redis needs no user");
    assert_eq!(server.seen().len(), 3);

    let mysql = BackupPlanContext::new().database_type(DatabaseType::MySql);
    let error = call().context(&mysql).await.expect_err("MySQL needs a user");
    let ErrorKind::Invalid(violations) = error.kind() else { panic!("{error:?}") };
    let parameters: Vec<&str> = violations.iter().map(|found| found.parameter()).collect();
    assert_eq!(parameters, ["SourceEndpointUserName", "SourceEndpointPassword"]);
    // What is told last holds.
    call().context(mysql).context(redis).await.expect("Redis needs no user");
    assert_eq!(server.seen().len(), 4);
}
