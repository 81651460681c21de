//! What a call costs besides the network: calls one after the other on one connection, and bare
//! `reqwest` posts of the same bytes.
//!
//! Run with `cargo bench -p tests --bench loopback`; the last line compares the two.

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest as Request;
use alibabacloud_dbs::types::{BackupObject, SourceEndpointInstanceType};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tests::fast::Service;
use tests::loopback::{Server, builder};
use tests::ratio;
use tokio::runtime;

const BODY: &str = r#"{ "HttpStatusCode": 200, "RequestId": "D6E068C3-25BC-455A-85FE-45F0B22E****",
    "Success": true, "BackupPlanId": "dbs1h****usfa", "NeedPrecheck": false }"#;

fn request() -> Request {
    Request::new("dbs1h****usfa", SourceEndpointInstanceType::Rds)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-bp1p8c29479jv****")
        .source_endpoint_user_name("backup")
        .source_endpoint_password("correct horse battery staple")
        .backup_objects([BackupObject::new().db_name("shop")])
        .client_token("9f1c2d3e-0000-4000-8000-000000000001")
}

/// The target and the headers of a call, as they travel.
async fn recorded() -> (String, HeaderMap) {
    let server = Server::answering(200, &[], BODY.as_bytes());
    let call = server.client().modify_backup_source_endpoint(request());
    call.await.expect("it is answered");
    let seen = server.seen();
    let (line, headers) = seen[0].split_once("\r\n").expect("there is a request line");
    let target = line.split(' ').nth(1).expect("there is a target").to_owned();
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    let headers = headers.filter(|(name, _)| *name != "host").map(|(name, value)| {
        let name: HeaderName = name.parse().expect("it was sent as a header");
        (name, HeaderValue::from_str(value).expect("it was sent as a header"))
    });
    (target, headers.collect())
}

fn loopback(criterion: &mut Criterion) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime starts");
    let service = Service::start(|_| BODY.to_owned());
    let client = builder(&service.endpoint()).max_connections(1).build().expect("acceptable");
    let (target, headers) = runtime.block_on(recorded());
    let url = service.endpoint() + &target;
    // The endpoint is plain, so no certificate is ever looked at.
    let roots = rustls::RootCertStore::empty();
    let provider = rustls::crypto::ring::default_provider().into();
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let bare = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build();
    let bare = bare.expect("a client is built");

    let call = || {
        let call = client.modify_backup_source_endpoint(request());
        let answer = runtime.block_on(call.into_future()).expect("it is answered");
        assert_eq!(answer.success, Some(true));
    };
    let post = || {
        runtime.block_on(async {
            let sent = bare.post(&url).headers(headers.clone()).send().await;
            let answer = sent.expect("it is answered").bytes().await.expect("it is complete");
            assert_eq!(answer.len(), BODY.len());
        });
    };
    let mut group = criterion.benchmark_group("one after the other");
    group.throughput(Throughput::Elements(1));
    group.bench_function("calls", |bencher| bencher.iter(call));
    group.bench_function("bare posts", |bencher| bencher.iter(post));
    group.finish();
    ratio::print("calls and bare posts", 100, call, post);
}

criterion_group!(benches, loopback);
criterion_main!(benches);
