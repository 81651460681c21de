//! What validating a request costs: the generated validator, the two of the `jsonschema` crate on the same
//! data as JSON, the one that it prepares and the one that its macro writes, and `if`s written by hand on the
//! same struct.
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

/// What the `jsonschema` crate writes of the same schema when this is compiled.
#[jsonschema::validator(
    schema = r#"{ "$ref": "specs:///operations/ModifyBackupSourceEndpoint.json#/post/parameters/0/content/application~1x-www-form-urlencoded/schema" }"#,
    draft = Draft202012,
    resources = {
        "specs:///operations/ModifyBackupSourceEndpoint.json" => { path = "../specs/dbs-2019-03-06/operations/ModifyBackupSourceEndpoint.json" },
        "specs:///schemas/BackupGatewayId.json" => { path = "../specs/dbs-2019-03-06/schemas/BackupGatewayId.json" },
        "specs:///schemas/BackupObject.json" => { path = "../specs/dbs-2019-03-06/schemas/BackupObject.json" },
        "specs:///schemas/BackupObjectTable.json" => { path = "../specs/dbs-2019-03-06/schemas/BackupObjectTable.json" },
        "specs:///schemas/BackupPlanContext.json" => { path = "../specs/dbs-2019-03-06/schemas/BackupPlanContext.json" },
        "specs:///schemas/BackupPlanId.json" => { path = "../specs/dbs-2019-03-06/schemas/BackupPlanId.json" },
        "specs:///schemas/BackupMethod.json" => { path = "../specs/dbs-2019-03-06/schemas/BackupMethod.json" },
        "specs:///schemas/ClientToken.json" => { path = "../specs/dbs-2019-03-06/schemas/ClientToken.json" },
        "specs:///schemas/CrossAliyunId.json" => { path = "../specs/dbs-2019-03-06/schemas/CrossAliyunId.json" },
        "specs:///schemas/CrossRoleName.json" => { path = "../specs/dbs-2019-03-06/schemas/CrossRoleName.json" },
        "specs:///schemas/DatabaseType.json" => { path = "../specs/dbs-2019-03-06/schemas/DatabaseType.json" },
        "specs:///schemas/ErrCode.json" => { path = "../specs/dbs-2019-03-06/schemas/ErrCode.json" },
        "specs:///schemas/ErrMessage.json" => { path = "../specs/dbs-2019-03-06/schemas/ErrMessage.json" },
        "specs:///schemas/HttpStatusCode.json" => { path = "../specs/dbs-2019-03-06/schemas/HttpStatusCode.json" },
        "specs:///schemas/NeedPrecheck.json" => { path = "../specs/dbs-2019-03-06/schemas/NeedPrecheck.json" },
        "specs:///schemas/RequestId.json" => { path = "../specs/dbs-2019-03-06/schemas/RequestId.json" },
        "specs:///schemas/SourceEndpointInstanceType.json" => { path = "../specs/dbs-2019-03-06/schemas/SourceEndpointInstanceType.json" },
        "specs:///schemas/SslCaPem.json" => { path = "../specs/dbs-2019-03-06/schemas/SslCaPem.json" },
        "specs:///schemas/Success.json" => { path = "../specs/dbs-2019-03-06/schemas/Success.json" },
    }
)]
struct Written;

fn validate(criterion: &mut Criterion) {
    let request = request();
    let context = BackupPlanContext::new().database_type(DatabaseType::MySql);
    let mut merged = to_value(&request);
    merged["DatabaseType"] = "MySQL".into();
    let prepared = oracle("ModifyBackupSourceEndpoint");
    assert!(request.validate_in(&context).is_ok());
    assert!(by_hand(&request, &context));
    assert!(prepared.is_valid(&merged));
    assert!(Written::is_valid(&merged));
    let lacking = serde_json::json!({ "BackupPlanId": "dbs1h****usfa" });
    assert!(!Written::is_valid(&lacking) && !prepared.is_valid(&lacking));

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
    group.bench_function("jsonschema, compiled", |bencher| {
        bencher.iter(|| Written::is_valid(black_box(&merged)));
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
    ratio::print(
        "`jsonschema`, compiled, and generated",
        10_000,
        || {
            black_box(Written::is_valid(black_box(&merged)));
        },
        generated,
    );
}

criterion_group!(benches, validate);
criterion_main!(benches);
