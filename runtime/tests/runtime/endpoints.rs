//! Where requests go: the hosts of regions, endpoints by name, and what is refused.

use std::env;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use crate::deadlines::{LONG, within};
use crate::loopback::{builder, response};
use crate::process;
use crate::service::error::EndpointError;
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::transport::{
    HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use crate::service::{BoxFuture, Client, ClientBuilder, Credentials, Error, ErrorKind, Network};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Tells where requests go instead of sending them.
#[derive(Debug)]
struct Tell(mpsc::Sender<(String, String)>);

impl Transport for Tell {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let (url, _) = request.expose_url().split_once('?').expect("there is a query");
        let host = request.expose_headers().find(|(name, _)| *name == "host");
        let host = host.expect("there is a host").1.to_owned();
        self.0.send((url.to_owned(), host)).expect("somebody listens");
        Box::pin(async { Ok(HttpResponse::new(200, "{}")) })
    }
}

/// The URL and the `host` header of a call.
async fn called(builder: ClientBuilder<Client>) -> Result<(String, String), Error> {
    let (sender, receiver) = mpsc::channel();
    let builder = builder.credentials(Credentials::new("id", "secret")).transport(Tell(sender));
    builder.build()?.create_get_db_list_from_agent_task(Request::new(1)).await?;
    Ok(receiver.recv().expect("it was called"))
}

async fn goes_to(builder: ClientBuilder<Client>, url: &str, host: &str) {
    let called = called(builder).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(called, (url.to_owned(), host.to_owned()));
}

fn refused(builder: ClientBuilder<Client>) -> EndpointError {
    let error = builder.build().expect_err("it is refused");
    assert_eq!((error.attempts(), error.is_retryable()), (0, false));
    match error.into_kind() {
        ErrorKind::Endpoint(error) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_region_has_a_host_in_each_network() {
    let public = "dbs-api.cn-hangzhou.aliyuncs.com";
    goes_to(Client::builder().region("cn-beijing"), &format!("https://{public}/"), public).await;
    let vpc = "dbs-api-vpc.cn-beijing.aliyuncs.com";
    let builder = Client::builder().region("cn-beijing").network(Network::Vpc);
    goes_to(builder, &format!("https://{vpc}/"), vpc).await;
}

#[tokio::test]
async fn an_endpoint_goes_before_the_region() {
    for (endpoint, url, host) in [
        ("dbs.example.com", "https://dbs.example.com/", "dbs.example.com"),
        ("https://DBS.Example.com/", "https://dbs.example.com/", "dbs.example.com"),
        ("HTTPS://dbs.example.com:443", "https://dbs.example.com/", "dbs.example.com"),
        ("dbs.example.com:8443", "https://dbs.example.com:8443/", "dbs.example.com:8443"),
        ("dbs.example.com:08443", "https://dbs.example.com:8443/", "dbs.example.com:8443"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"),
        // What is signed is what the HTTP library makes of it.
        ("https://[2001:DB8:0::1]", "https://[2001:db8::1]/", "[2001:db8::1]"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://127.9.9.9:80/", "http://127.9.9.9/", "127.9.9.9"),
        ("http://localhost", "http://localhost/", "localhost"),
        ("http://[::1]:8080", "http://[::1]:8080/", "[::1]:8080"),
    ] {
        goes_to(Client::builder().region("nowhere").endpoint(endpoint), url, host).await;
    }
    let allowed = Client::builder().endpoint("http://dbs.example.com").allow_http(true);
    goes_to(allowed, "http://dbs.example.com/", "dbs.example.com").await;
}

#[test]
fn neither_region_nor_endpoint() {
    let error = refused(Client::builder().no_environment());
    let help = "name a region with `.region(…)` or a host with `.endpoint(…)`";
    let missing = EndpointError::Missing { tried: Vec::new() };
    assert_eq!((error.to_string().as_str(), error), (help, missing));
}

#[test]
fn an_unknown_region_names_those_that_are_known() {
    let error = refused(Client::builder().region("cn-hangzou")).to_string();
    let start = "no host is known for the region `cn-hangzou`; known are `ap-northeast-1`, `ap-";
    assert!(error.starts_with(start), "{error}");
    assert!(error.contains("`cn-hangzhou`"), "{error}");
    assert!(error.ends_with("; name any other host with `.endpoint(…)`"), "{error}");

    let error = refused(Client::builder().region("ap-south-1").network(Network::Vpc));
    let EndpointError::UnknownRegion { known, .. } = &error else { panic!("{error:?}") };
    assert!(!known.contains(&"ap-south-1") && known.is_sorted(), "{known:?}");
    assert!(error.to_string().starts_with("no host in the VPC network is known"), "{error}");
}

#[test]
fn plain_http_over_a_network_has_to_be_allowed() {
    for host in
        ["dbs.example.com", "192.0.2.1", "10.0.0.1:8080", "[2001:db8::1]", "localhost.example.com"]
    {
        let error = refused(Client::builder().endpoint(format!("http://{host}")));
        assert_eq!(error, EndpointError::Plain { host: host.to_owned() });
        assert!(error.to_string().contains("passwords in the clear"), "{error}");
    }
}

#[test]
fn what_is_no_endpoint_is_refused_and_shows_no_password() {
    for endpoint in [
        "",
        "https://",
        "ftp://dbs.example.com",
        "file:///etc/passwd",
        "https://dbs.example.com/path",
        "https://user:planted@dbs.example.com",
        "https://dbs.example.com?password=planted",
        "https://dbs.example.com#planted",
        "dbs.example.com:port",
        "dbs.example.com:0",
        "dbs.example.com:65536",
        "dbs.example.com:+443",
        "dbs..example.com",
        "dbs example.com",
        "dbs.exam\nple.com",
        "%64bs.example.com",
        "https://dbs.example.com:",
        "dbs.example.com\r\nx-evil: 1",
        "bücher.example",
        "[::1",
        "[::1]x",
        "::1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "http://127.1",
    ] {
        let error = refused(Client::builder().endpoint(endpoint));
        assert!(matches!(error, EndpointError::Invalid { .. }), "{endpoint}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
    }
}

/// A certificate that vouches for itself, and a TLS server's settings with it.
fn certificate(name: &str) -> (Vec<u8>, Arc<ServerConfig>) {
    let key = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let private = PrivatePkcs8KeyDer::from(key.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_no_client_auth()
        .with_single_cert(vec![key.cert.der().clone()], private.into())
        .expect("the key is the certificate's");
    (key.cert.der().to_vec(), Arc::new(config))
}

/// A TLS server that nobody trusts; tells what it received once the handshake was done.
fn untrusted() -> (String, thread::JoinHandle<io::Result<Vec<u8>>>) {
    let (_, config) = certificate("localhost");
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let port = listener.local_addr().expect("it is bound").port();
    let received = thread::spawn(move || {
        let (connection, _) = listener.accept()?;
        let session = ServerConnection::new(config).map_err(io::Error::other)?;
        let mut received = Vec::new();
        StreamOwned::new(session, connection).read_to_end(&mut received)?;
        Ok(received)
    });
    (format!("https://localhost:{port}"), received)
}

/// A TLS server with a certificate for a name; answers each request with success.
fn serve(name: &str) -> (String, Vec<u8>) {
    let (certificate, config) = certificate(name);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let connection = connection.expect("loopback connects");
            let session = ServerConnection::new(Arc::clone(&config)).expect("it is acceptable");
            let mut stream = StreamOwned::new(session, connection);
            // Whoever does not trust the certificate goes away.
            let mut head = [0; 4096];
            if stream.read(&mut head).is_ok() {
                let _ = stream.write_all(&response(200, &[], br#"{"TaskId": 7}"#));
            }
        }
    });
    (format!("https://localhost:{port}"), certificate)
}

/// A certificate as files have it.
fn pem(certificate: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for bytes in certificate.chunks(3) {
        let byte = |at: usize| u32::from(bytes.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            let is_there = digit <= bytes.len();
            text.push(if is_there { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn call_the_endpoint() {
    let endpoint = env::var("ENDPOINT").expect("it is told");
    let client = builder(&endpoint).build().expect("there are certificates");
    let called = client.create_get_db_list_from_agent_task(Request::new(1)).await;
    match called {
        Ok(response) => println!("answered: {:?}", response.task_id),
        Err(error) => {
            println!("{error}; {} attempts, {}", error.attempts(), error.is_retryable());
        }
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "the system's own store decides")]
fn a_certificate_of_ones_own_is_trusted_for_its_own_name() {
    for (name, outcome) in
        [("localhost", "answered: Some(7)"), ("other.example", "; 1 attempts, false")]
    {
        let (endpoint, certificate) = serve(name);
        let home = tempfile::tempdir().expect("there is room");
        let file = home.path().join("certificate.pem");
        fs::write(&file, pem(&certificate)).expect("there is room");
        let file = file.to_str().expect("the path is text");
        let variables = [("ENDPOINT", &*endpoint), ("SSL_CERT_FILE", file)];
        let shown = process::run(module_path!(), "call_the_endpoint", home.path(), &variables);
        assert!(shown.contains(outcome), "{name}: {shown}");
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_no_request() {
    let (endpoint, received) = untrusted();
    let client = builder(&endpoint).build();
    let client = client.expect("this machine has certificates to check others with");
    let call = client.create_get_db_list_from_agent_task(Request::new(1));
    let error = within(LONG, "a certificate that nobody vouches for", async { call.await }).await;
    let error = error.expect_err("the certificate is refused");
    let ErrorKind::Transport(inner) = error.kind() else { panic!("{error:?}") };
    assert_eq!((inner.kind(), inner.is_permanent()), (TransportErrorKind::Connect, true));
    // It would be the same certificate the next time.
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    assert!(error.to_string().contains("certificate"), "{error}");
    let received = received.join().expect("the server has run");
    assert!(!received.is_ok_and(|received| !received.is_empty()), "it was sent");
}

#[tokio::test]
async fn no_clock_is_too_odd_to_check_a_certificate_by() {
    let far = Duration::from_secs(i64::MAX as u64);
    for time in [UNIX_EPOCH - Duration::from_secs(1), UNIX_EPOCH - far, UNIX_EPOCH + far] {
        let (endpoint, _) = untrusted();
        let client = builder(&endpoint).max_attempts(1).clock(move || time).build();
        let client = client.expect("this machine has certificates to check others with");
        let error = client.create_get_db_list_from_agent_task(Request::new(1)).await;
        assert!(
            matches!(error.as_ref().map_err(Error::kind), Err(ErrorKind::Transport(_))),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn what_speaks_no_tls_gets_no_request() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let endpoint = format!("https://{}", listener.local_addr().expect("it is bound"));
    let greeting = thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("loopback connects");
        let mut greeting = [0; 3];
        connection.read_exact(&mut greeting).expect("the client speaks first");
        greeting
    });
    let client = builder(&endpoint).max_attempts(1).build();
    let client = client.expect("this machine has certificates to check others with");
    let error = client.create_get_db_list_from_agent_task(Request::new(1)).await;
    assert!(
        matches!(error.as_ref().map_err(Error::kind), Err(ErrorKind::Transport(_))),
        "{error:?}"
    );
    // A handshake record of TLS 1.
    assert_eq!(greeting.join().expect("it was greeted"), [22, 3, 1]);
}

/// What a client makes of a server that answers its greeting with these bytes.
async fn greeted_with(answer: &'static [u8]) -> (Error, usize) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let endpoint = format!("https://{}", listener.local_addr().expect("it is bound"));
    let greeted = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&greeted);
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.expect("loopback connects");
            counter.fetch_add(1, Ordering::SeqCst);
            let mut greeting = [0; 4096];
            // Whoever greets may be gone already; what it makes of that is what the test is about.
            let _ = connection.read(&mut greeting);
            let _ = connection.write_all(answer);
        }
    });
    let client = builder(&endpoint).build();
    let client = client.expect("this machine has certificates to check others with");
    let call = client.create_get_db_list_from_agent_task(Request::new(1));
    let error = within(LONG, "a server with other manners", async { call.await }).await;
    (error.expect_err("there is no TLS"), greeted.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_server_that_refuses_tls_is_not_asked_again() {
    for answer in [
        &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
        // Alerts: `handshake_failure`, `unrecognized_name`, `protocol_version`, `access_denied`.
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"\x15\x03\x03\x00\x02\x02\x70",
        b"\x15\x03\x03\x00\x02\x02\x46",
        b"\x15\x03\x03\x00\x02\x02\x31",
    ] {
        let (error, greeted) = greeted_with(answer).await;
        assert_eq!((error.attempts(), greeted, error.is_retryable()), (1, 1, false), "{error}");
    }
    // Going away, or `internal_error`, may be over the next time.
    for answer in [&b""[..], b"\x15\x03\x03\x00\x02\x02\x50"] {
        let (error, greeted) = greeted_with(answer).await;
        assert_eq!((error.attempts(), greeted, error.is_retryable()), (3, 3, true), "{error}");
    }
}

#[test]
fn a_host_that_no_resolver_takes_is_refused_at_once() {
    let long = "x".repeat(64);
    for host in [format!("{long}.example.com"), "x.".repeat(127) + "com", "-x.example".to_owned()] {
        let error = refused(Client::builder().endpoint(host));
        assert!(matches!(error, EndpointError::Invalid { .. }), "{error:?}");
    }
}
