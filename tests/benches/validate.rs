//! What validating a request costs: the generated validator, the `jsonschema` crate's prepared
//! validator on the same data as JSON, and `if`s written by hand on the same struct.
//!
//! Run with `cargo bench -p tests --bench validate`; the last lines compare them.

use std::hint::black_box;

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest as Request;
use alibabacloud_dbs::to_value;
use alibabacloud_dbs::types::{
    BackupObject, BackupPlanContext, DatabaseType, SourceEndpointInstanceType as Location,
};
use criterion::{Criterion, criterion_group, criterion_main};
use tests::documented::oracle;
use tests::ratio;

fn request() -> Request {
    Request::new("dbs1h****usfa", Location::Express)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-bp1p8c29479jv****")
        .source_endpoint_ip("192.0.2.10")
        .source_endpoint_port(3306)
        .source_endpoint_user_name("backup")
        .source_endpoint_password("secret")
        .backup_objects([BackupObject::new().db_name("orders")])
        .client_token("ETnLKlblzczshOTUbOCzxxxxxxx")
}

/// The rules as somebody would write them who has only this operation to check.
fn by_hand(request: &Request, context: &BackupPlanContext) -> bool {
    use Location::{Agent, Dds, Ecs, Express, Other, Rds};
    let location = &request.source_endpoint_instance_type;
    let database = context.database_type.as_ref();
    let gateway = matches!(location, Agent);
    let login = match database {
        None | Some(DatabaseType::Redis) => false,
        Some(DatabaseType::Mssql) => !gateway,
        Some(_) => true,
    };
    let database_name = match database {
        Some(DatabaseType::PostgreSql | DatabaseType::MongoDb) => true,
        Some(DatabaseType::Mssql) => gateway,
        _ => false,
    };
    let missing = matches!(location, Location::Unknown(_))
        || (request.source_endpoint_region.is_none()
            && matches!(location, Rds | Ecs | Dds | Express | Agent))
        || (request.source_endpoint_instance_id.is_none()
            && matches!(location, Rds | Ecs | Dds | Express))
        || (request.source_endpoint_ip.is_none() && matches!(location, Express | Agent | Other))
        || (request.source_endpoint_port.is_none()
            && matches!(location, Express | Agent | Other | Ecs))
        || (request.source_endpoint_database_name.is_none() && database_name)
        || (request.source_endpoint_user_name.is_none() && login)
        || (request.source_endpoint_password.is_none() && login)
        || (request.backup_gateway_id.is_none() && gateway)
        || (request.backup_objects.is_none() && !gateway)
        || (request.source_endpoint_oracle_sid.is_none()
            && matches!(database, Some(DatabaseType::Oracle)));
    !missing
}

fn validate(criterion: &mut Criterion) {
    let request = request();
    let context = BackupPlanContext::new().database_type(DatabaseType::MySql);
    let mut merged = to_value(&request);
    merged["DatabaseType"] = "MySQL".into();
    let prepared = oracle("ModifyBackupSourceEndpoint");
    assert!(request.validate_in(&context).is_ok());
    assert!(by_hand(&request, &context));
    assert!(prepared.is_valid(&merged));

    // The counter replaces the allocator of this program; it costs the other two as much.
    let counted = allocation_counter::measure(|| {
        assert!(black_box(&request).validate_in(black_box(&context)).is_ok());
    });
    println!("a valid request with context: {} allocations", counted.count_total);
    assert_eq!(counted.count_total, 0);

    let mut group = criterion.benchmark_group("a valid request with context");
    group.bench_function("generated", |bencher| {
        bencher.iter(|| black_box(&request).validate_in(black_box(&context)).is_ok());
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| by_hand(black_box(&request), black_box(&context)));
    });
    group.bench_function("jsonschema", |bencher| {
        bencher.iter(|| prepared.is_valid(black_box(&merged)));
    });
    group.finish();
    let generated = || {
        black_box(black_box(&request).validate_in(black_box(&context)).is_ok());
    };
    ratio::print("generated and by hand", 100_000, generated, || {
        black_box(by_hand(black_box(&request), black_box(&context)));
    });
    ratio::print(
        "`jsonschema` and generated",
        10_000,
        || {
            black_box(prepared.is_valid(black_box(&merged)));
        },
        generated,
    );
}

criterion_group!(benches, validate);
criterion_main!(benches);
