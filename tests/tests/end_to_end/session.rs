//! Clients of two crates that share a session: what they share, and where each differs.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alibabacloud_dbs::credentials::{CredentialsError, DefaultChain, ProvideCredentials, Source};
use alibabacloud_dbs::operations::DescribeRegionsRequest;
use alibabacloud_dbs::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_dbs::{BoxFuture, Credentials, Session};
use alibabacloud_sts::operations::GetCallerIdentityRequest;
use tests::fast::Service;
use tests::loopback::{PLANTED, Server, credentials};

/// Counts how often it is asked.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl ProvideCredentials for Counting {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(credentials()) })
    }
}

/// Keeps the URL and a header of each request.
#[derive(Debug, Default)]
struct Tell {
    urls: Mutex<Vec<String>>,
    dates: Mutex<Vec<String>>,
    sizes: Mutex<Vec<usize>>,
    authorizations: Mutex<Vec<String>>,
}

impl Transport for Tell {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let header = |name: &str| {
            let found = request.expose_headers().find(|(found, _)| *found == name);
            found.expect("there is one").1.to_owned()
        };
        let url = request.expose_url().split('?').next().expect("there is a host").to_owned();
        self.urls.lock().expect("no holder panics").push(url);
        self.dates.lock().expect("no holder panics").push(header("x-acs-date"));
        self.sizes.lock().expect("no holder panics").push(request.max_response_size());
        self.authorizations.lock().expect("no holder panics").push(header("authorization"));
        Box::pin(async { Ok(HttpResponse::new(200, "{}")) })
    }
}

fn dbs(session: &Session, endpoint: &str) -> alibabacloud_dbs::Client {
    let builder = alibabacloud_dbs::Client::builder().session(session).endpoint(endpoint);
    builder.build().expect("the settings are acceptable")
}

fn sts(session: &Session, endpoint: &str) -> alibabacloud_sts::Client {
    let builder = alibabacloud_sts::Client::builder().session(session).endpoint(endpoint);
    builder.build().expect("the settings are acceptable")
}

async fn call_both(dbs: &alibabacloud_dbs::Client, sts: &alibabacloud_sts::Client) {
    dbs.describe_regions(DescribeRegionsRequest::new()).await.expect("it is answered");
    sts.get_caller_identity(GetCallerIdentityRequest::new()).await.expect("it is answered");
}

#[path = "../../examples/transport.rs"]
#[expect(dead_code, reason = "a program's `main` is not called here")]
mod transport;

/// The README's transport, on a client that trusts nobody and needs nobody's certificate.
#[tokio::test]
async fn clients_of_one_session_share_a_transport_of_its_own() {
    let service = Service::start(answer);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build();
    let own = transport::Own(client.expect("a client is built"));
    let session = Session::builder().transport(own).credentials(credentials()).build();
    let clients = (dbs(&session, &service.endpoint()), sts(&session, &service.endpoint()));
    for _ in 0..3 {
        call_both(&clients.0, &clients.1).await;
    }
    assert_eq!(service.connections(), 1, "one connection carries the calls of both");
}

fn answer(_: &str) -> String {
    "{}".to_owned()
}

#[tokio::test]
async fn clients_of_one_session_share_its_provider_and_its_connections() {
    let service = Service::start(answer);
    let provider = Arc::new(Counting::default());
    let session = Session::builder().credentials(Arc::clone(&provider)).build();
    let clients = (dbs(&session, &service.endpoint()), sts(&session, &service.endpoint()));
    for _ in 0..3 {
        call_both(&clients.0, &clients.1).await;
    }
    assert_eq!(provider.0.load(Ordering::SeqCst), 6, "one provider is asked for every call");
    assert_eq!(service.connections(), 1, "one connection carries the calls of both");
}

/// Keys that are handed out once for the calls of both, by a source that has them from a server.
#[tokio::test]
async fn clients_of_one_session_share_the_keys_that_it_was_given() {
    const KEYS: &str = r#"{"Code": "Success", "AccessKeyId": "STS.a", "AccessKeySecret": "planted",
        "SecurityToken": "planted", "Expiration": "2999-01-01T00:00:00Z"}"#;
    let (service, keys) = (Service::start(answer), Server::answering(200, &[], KEYS.as_bytes()));
    let uri = keys.endpoint() + "/keys";
    let variables =
        move |name: &str| (name == "ALIBABA_CLOUD_CREDENTIALS_URI").then(|| uri.clone());
    let chain = DefaultChain::with_environment(variables).only([Source::CredentialsUri]);
    let session = Session::builder().credentials(chain).no_environment().build();
    let clients = (dbs(&session, &service.endpoint()), sts(&session, &service.endpoint()));
    for _ in 0..3 {
        call_both(&clients.0, &clients.1).await;
    }
    assert_eq!((keys.seen().len(), service.connections()), (1, 1));
}

#[tokio::test]
async fn connections_are_shared_whatever_order_hosts_are_named_in() {
    let services = [Service::start(answer), Service::start(answer)];
    let session = Session::builder().credentials(credentials()).build();
    for _ in 0..2 {
        for service in &services {
            let clients = (dbs(&session, &service.endpoint()), sts(&session, &service.endpoint()));
            call_both(&clients.0, &clients.1).await;
        }
    }
    assert_eq!(services.map(|service| service.connections()), [1, 1]);
}

#[tokio::test]
async fn clients_without_a_session_share_nothing() {
    let service = Service::start(answer);
    for _ in 0..2 {
        let builder = alibabacloud_dbs::Client::builder().endpoint(service.endpoint());
        let client = builder.credentials(credentials()).build().expect("it is acceptable");
        client.describe_regions(DescribeRegionsRequest::new()).await.expect("it is answered");
    }
    assert_eq!(service.connections(), 2);
}

#[tokio::test]
async fn a_client_with_connections_of_its_own_shares_the_rest() {
    let service = Service::start(answer);
    let provider = Arc::new(Counting::default());
    let session = Session::builder().credentials(Arc::clone(&provider)).build();
    let builder = alibabacloud_dbs::Client::builder().endpoint(service.endpoint());
    // Its own settings count whether they stand before the session or after it.
    let own = builder.max_connections(1).session(&session).build().expect("it is acceptable");
    call_both(&own, &sts(&session, &service.endpoint())).await;
    assert_eq!((service.connections(), provider.0.load(Ordering::SeqCst)), (2, 2));
}

/// A runtime that rests drives no connection, so that whoever waits for it from outside must not be
/// given one of its.
#[test]
fn a_blocking_call_inside_a_runtime_does_not_wait_for_its_connections() {
    let service = Service::start(answer);
    let session = Session::builder().credentials(credentials()).max_attempts(1).build();
    let waiting = alibabacloud_sts::Client::builder().session(&session);
    let waiting = waiting.endpoint(service.endpoint()).build().expect("it is acceptable");
    let blocking = alibabacloud_dbs::blocking::Client::builder().session(&session);
    let blocking = blocking.endpoint(service.endpoint()).build().expect("it is acceptable");
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().expect("there are threads")
    };
    let (first, second) = (runtime(), runtime());
    let identity = || waiting.get_caller_identity(GetCallerIdentityRequest::new()).into_future();
    first.block_on(async {
        identity().await.expect("it is answered");
        blocking.describe_regions(DescribeRegionsRequest::new()).send().expect("it is answered");
    });
    second.block_on(identity()).expect("the first runtime rests");
    first.block_on(identity()).expect("its own connection is still there");
    assert_eq!(service.connections(), 3);
}

#[tokio::test]
async fn each_client_may_differ_in_region_credentials_and_limits() {
    let tell = Arc::new(Tell::default());
    let session = Session::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("ofTheSession", "secret"))
        .transport(Arc::clone(&tell))
        .max_response_size(1000)
        .build();
    let same = alibabacloud_dbs::Client::builder().session(&session).build().expect("a region");
    let other = alibabacloud_sts::Client::builder()
        .region("ap-northeast-1")
        .credentials(Credentials::new("ofTheClient", "secret"))
        .session(&session)
        .max_response_size(2000)
        .build()
        .expect("a region");
    call_both(&same, &other).await;
    let urls = tell.urls.lock().expect("no holder panics").clone();
    assert_eq!(
        urls,
        ["https://dbs-api.cn-hangzhou.aliyuncs.com/", "https://sts.ap-northeast-1.aliyuncs.com/"]
    );
    assert_eq!(*tell.sizes.lock().expect("no holder panics"), [1000, 2000]);
    let authorizations = tell.authorizations.lock().expect("no holder panics").clone();
    assert!(authorizations[0].contains("Credential=ofTheSession,"), "{authorizations:?}");
    assert!(authorizations[1].contains("Credential=ofTheClient,"), "{authorizations:?}");
}

#[derive(Debug)]
struct Never;

impl Transport for Never {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn each_client_may_differ_in_its_timeout() {
    let session = Session::builder()
        .region("cn-hangzhou")
        .credentials(credentials())
        .transport(Never)
        .timeout(Duration::from_secs(7))
        .build();
    let same = alibabacloud_dbs::Client::builder().session(&session).build().expect("a region");
    let other = alibabacloud_sts::Client::builder().session(&session);
    let other = other.timeout(Duration::from_secs(9)).build().expect("a region");
    let error = same.describe_regions(DescribeRegionsRequest::new()).await;
    assert!(error.expect_err("nobody answers").to_string().contains("within 7s"));
    let error = other.get_caller_identity(GetCallerIdentityRequest::new()).await;
    assert!(error.expect_err("nobody answers").to_string().contains("within 9s"));
}

/// Refuses the time of every first request with a date of its own, and reads the dates.
#[derive(Debug, Default)]
struct Late(Mutex<Vec<(String, String)>>);

impl Transport for Late {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let header = |name: &str| {
            let found = request.expose_headers().find(|(found, _)| *found == name);
            found.expect("there is one").1.to_owned()
        };
        let (host, date) = (header("host"), header("x-acs-date"));
        let is_first = date.starts_with("2024");
        self.0.lock().expect("no holder panics").push((host.clone(), date));
        let response = if is_first && host.starts_with("dbs") {
            HttpResponse::new(400, r#"{"Code": "InvalidTimeStamp.Expired"}"#)
                .with_header("date", "Wed, 01 Jan 2025 00:00:00 GMT")
        } else {
            HttpResponse::new(200, "{}")
        };
        Box::pin(async move { Ok(response) })
    }
}

#[tokio::test]
async fn a_clock_that_one_service_corrects_is_not_the_others() {
    let late = Arc::new(Late::default());
    let now: SystemTime = UNIX_EPOCH + Duration::from_secs(1_704_067_200);
    let session = Session::builder()
        .region("cn-hangzhou")
        .credentials(credentials())
        .transport(Arc::clone(&late))
        .clock(move || now)
        .build();
    let dbs = || alibabacloud_dbs::Client::builder().session(&session).build().expect("a region");
    let sts = alibabacloud_sts::Client::builder().session(&session).build().expect("a region");
    call_both(&dbs(), &sts).await;
    // Another client of the same host knows what the first one was told.
    dbs().describe_regions(DescribeRegionsRequest::new()).await.expect("it is answered");
    let seen = late.0.lock().expect("no holder panics").clone();
    let seen: Vec<(&str, &str)> =
        seen.iter().map(|(host, date)| (&host[..3], &date[..4])).collect();
    assert_eq!(seen, [("dbs", "2024"), ("dbs", "2025"), ("sts", "2024"), ("dbs", "2025")]);
}

#[test]
fn a_session_shows_no_secret() {
    let session = Session::builder()
        .credentials(credentials())
        .proxy("http://user:planted@127.0.0.1:1")
        .region("cn-hangzhou");
    let shown = format!("{session:?} {session:#?}");
    assert!(shown.contains("cn-hangzhou") && !shown.contains(PLANTED), "{shown}");
    let session = session.build();
    let client = sts(&session, "http://127.0.0.1:1");
    let shown = format!("{session:?} {session:#?} {client:?}");
    assert!(shown.contains("cn-hangzhou") && !shown.contains(PLANTED), "{shown}");
}

#[test]
fn a_proxy_of_the_session_is_looked_at_when_a_client_is_built() {
    let session = Session::builder().credentials(credentials()).proxy("ftp://planted").build();
    let builder = alibabacloud_dbs::Client::builder().session(&session).region("cn-hangzhou");
    let error = builder.build().expect_err("no such proxy");
    assert!(error.to_string().contains(".proxy(…)"), "{error}");
    assert!(!format!("{error} {error:?}").contains(PLANTED), "{error:?}");
    let builder = alibabacloud_dbs::Client::builder().session(&session).region("cn-hangzhou");
    builder.no_proxy().build().expect("the client's own choice counts");
}

/// A proxy that forwards whatever it is told, and counts its connections.
#[tokio::test]
async fn clients_share_the_connections_to_a_proxy() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let address = listener.local_addr().expect("it is bound");
    let accepted = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&accepted);
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.expect("loopback connects");
            counter.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                let mut buffer = [0; 8192];
                while connection.read(&mut buffer).is_ok_and(|length| length > 0) {
                    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                    if connection.write_all(reply).is_err() {
                        return;
                    }
                }
            });
        }
    });
    let session = Session::builder().credentials(credentials()).proxy(format!("http://{address}"));
    let session = session.build();
    let builder = alibabacloud_dbs::Client::builder().session(&session).allow_http(true);
    let dbs = builder.endpoint("http://one.example.invalid").build().expect("it is acceptable");
    let builder = alibabacloud_sts::Client::builder().session(&session).allow_http(true);
    let sts = builder.endpoint("http://one.example.invalid").build().expect("it is acceptable");
    call_both(&dbs, &sts).await;
    assert_eq!(accepted.load(Ordering::SeqCst), 1);
}
