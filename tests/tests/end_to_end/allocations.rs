//! What validation costs: a request that breaks no rule is checked without touching the heap.

use std::hint::black_box;

use alibabacloud_dbs::operations::{
    CreateGetDbListFromAgentTaskRequest, ModifyBackupSourceEndpointRequest,
};
use alibabacloud_dbs::types::{
    BackupObject, BackupObjectTable, BackupPlanContext, DatabaseType, SourceEndpointInstanceType,
};

/// Counts the allocations of one call on this thread.
fn allocations<T>(call: impl FnOnce() -> T) -> u64 {
    allocation_counter::measure(|| {
        black_box(call());
    })
    .count_total
}

fn modify() -> ModifyBackupSourceEndpointRequest {
    ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", SourceEndpointInstanceType::Express)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-bp1p8c29479jv****")
        .source_endpoint_ip("192.0.2.1")
        .source_endpoint_port(3306)
        .source_endpoint_database_name("test")
        .source_endpoint_user_name("test")
        .source_endpoint_password("test")
        .backup_gateway_id(21_321_323_213)
        .backup_objects([
            BackupObject::new().db_name("database_name"),
            BackupObject::new()
                .db_name("другая")
                .table_includes([BackupObjectTable::new().table_name("table_name")])
                .table_excludes([BackupObjectTable::new().table_name("excluded_table_name")]),
        ])
        .source_endpoint_oracle_sid("test")
        .client_token("ETnLKlblzczshOTUbOCzxxxxxxx")
}

#[test]
fn a_valid_request_is_checked_without_allocating() {
    let request = modify();
    let context = BackupPlanContext::new().database_type(DatabaseType::Oracle);
    assert_eq!(allocations(|| request.validate_in(&context)), 0);
    assert_eq!(request.validate_in(&context), Ok(()));

    assert_eq!(allocations(|| request.validate()), 0);
    assert_eq!(request.validate(), Ok(()));
}

#[test]
fn limits_that_hold_are_checked_without_allocating() {
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813)
        .database_type(DatabaseType::MySql)
        .source_endpoint_port(3306)
        .client_token("t".repeat(64));
    assert_eq!(allocations(|| request.validate()), 0);
    assert_eq!(request.validate(), Ok(()));
}

/// Without this, a counter that counts nothing would make the other tests pass.
#[test]
fn a_request_that_is_refused_allocates_its_report() {
    let request = modify();
    let context = BackupPlanContext::new().database_type(DatabaseType::Oracle);
    let without_sid = {
        let mut request = request.clone();
        request.source_endpoint_oracle_sid = None;
        request
    };
    assert!(without_sid.validate_in(&context).is_err());
    assert!(allocations(|| without_sid.validate_in(&context)) > 0);
    assert!(allocations(|| request.clone()) > 0);
}
