//! What signing costs: preparing and signing a request of 18 parameters, and the bare SHA-256 and
//! HMAC over the same bytes.
//!
//! Run with `cargo bench -p tests --bench sign`; the last line compares the two.

use std::hint::black_box;

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest as Request;
use alibabacloud_dbs::operations::modify_backup_source_endpoint::META;
use alibabacloud_dbs::types::{BackupObject, BackupObjectTable, SourceEndpointInstanceType};
use alibabacloud_dbs::{Credentials, ExposeSecret};
use alibabacloud_runtime::encoded::Encoded;
use alibabacloud_runtime::signature::Signable;
use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use tests::ratio;

const HOST: &str = "dbs-api.cn-hangzhou.aliyuncs.com";
const DATE: &str = "2026-11-24T08:09:10Z";
const NONCE: &str = "5a2f5cf117905f37553a3a39ef40cd2b";

/// All 18 parameters, with values as long as they usually are.
fn request() -> Request {
    let tables = ["orders", "line_items", "customers"];
    let tables = tables.map(|name| BackupObjectTable::new().table_name(name));
    let objects = BackupObject::new().db_name("shop").schema_name("public").table_includes(tables);
    Request::new("dbs1h****usfa", SourceEndpointInstanceType::Agent)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-bp1p8c29479jv****")
        .source_endpoint_ip("192.0.2.10")
        .source_endpoint_port(5432)
        .source_endpoint_database_name("shop")
        .source_endpoint_user_name("backup")
        .source_endpoint_password("correct horse battery staple")
        .backup_gateway_id(160_813)
        .backup_objects([objects])
        .source_endpoint_oracle_sid("orcl")
        .cross_aliyun_id("2xxx7778xxxxxxxxxx")
        .cross_role_name("backup-role")
        .client_token("9f1c2d3e-0000-4000-8000-000000000001")
        .enable_source_endpoint_ssl("true")
        .ssl_ca_pem("-----BEGIN CERTIFICATE----- ... -----END CERTIFICATE-----")
        .source_endpoint_oracle_home("/opt/oracle")
}

fn prepare_and_sign(request: &Request, credentials: &Credentials) -> (Encoded, Option<String>) {
    let encoded = Encoded::new(&META, request, None);
    let signable = Signable::new(&META, &encoded, HOST, DATE, NONCE, credentials);
    let authorization = signable.authorization(credentials);
    (encoded, authorization)
}

fn hash_and_authenticate(canonical: &[u8], to_sign: &[u8], key: &[u8]) -> impl Sized {
    let hash = Sha256::digest(canonical);
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    hmac.update(to_sign);
    (hash, hmac.finalize().into_bytes())
}

fn sign(criterion: &mut Criterion) {
    let request = request();
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret012345678901");
    let encoded = Encoded::new(&META, &request, None);
    assert_eq!(encoded.query().expose().matches('=').count(), 18);
    let signable = Signable::new(&META, &encoded, HOST, DATE, NONCE, &credentials);
    let canonical = signable.canonical_request();
    let canonical = canonical.expose_secret().as_bytes();
    let to_sign = signable.string_to_sign();
    let key = credentials.access_key_secret().expect("it is a key").expose_secret().as_bytes();
    println!("{} bytes are hashed, {} are authenticated", canonical.len(), to_sign.len());

    let prepare_and_sign = || {
        black_box(prepare_and_sign(black_box(&request), black_box(&credentials)));
    };
    let bare = || {
        let to_sign = black_box(to_sign.as_bytes());
        black_box(hash_and_authenticate(black_box(canonical), to_sign, key));
    };
    let mut group = criterion.benchmark_group("18 parameters");
    group.bench_function("prepare and sign", |bencher| bencher.iter(prepare_and_sign));
    group.bench_function("bare SHA-256 and HMAC", |bencher| bencher.iter(bare));
    group.finish();
    ratio::print("prepare and sign, and bare SHA-256 and HMAC", 1_000, prepare_and_sign, bare);
}

criterion_group!(benches, sign);
criterion_main!(benches);
