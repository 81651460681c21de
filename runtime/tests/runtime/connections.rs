//! The settings of connections: who is trusted, what is shown to servers that ask, how old TLS and
//! connections may be, and for how long nothing may come.

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs, thread};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{ProtocolVersion, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use std::io::{Read as _, Write as _};

use crate::deadlines::{LONG, within};
use crate::loopback::{PLANTED, Reply, Server, builder, read, response};
use crate::process;
use crate::service::error::EndpointError;
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::transport::{TlsVersion, TransportErrorKind};
use crate::service::{Client, ClientBuilder, Error, ErrorKind};

const BODY: &[u8] = br#"{"TaskId": 7}"#;

/// A certificate that vouches for itself, and its key, both as servers and as files have them.
struct Own {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl Own {
    fn new(name: &str) -> Self {
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
        Self { certificate: made.cert.der().clone(), key: made.signing_key.serialize_der() }
    }

    fn pem(&self) -> String {
        pem("CERTIFICATE", &self.certificate)
    }

    fn key_pem(&self) -> String {
        pem("PRIVATE KEY", &self.key)
    }

    fn trusted(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("it is a certificate");
        roots
    }
}

fn pem(what: &str, bytes: &[u8]) -> String {
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", STANDARD.encode(bytes))
}

/// What a TLS server asks for.
#[derive(Default)]
struct Asks<'a> {
    /// TLS 1.2 and nothing newer.
    old: bool,
    /// A certificate that this one vouches for.
    client: Option<&'a Own>,
}

/// A TLS server on this machine, and what it knows of those who called it.
struct Tls {
    endpoint: String,
    own: Own,
    seen: Arc<Mutex<Vec<Seen>>>,
}

struct Seen {
    version: Option<ProtocolVersion>,
    certificates: Vec<Vec<u8>>,
}

impl Tls {
    fn start(asks: &Asks<'_>) -> Self {
        let own = Own::new("localhost");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = if asks.old { &[&TLS12][..] } else { &[&TLS12, &TLS13][..] };
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions)
            .expect("there are versions");
        let config = match asks.client {
            None => config.with_no_client_auth(),
            Some(client) => {
                let roots = Arc::new(client.trusted());
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                config.with_client_cert_verifier(verifier.build().expect("there is a root"))
            }
        };
        let key = PrivatePkcs8KeyDer::from(own.key.clone());
        let config = config.with_single_cert(vec![own.certificate.clone()], key.into());
        let config = Arc::new(config.expect("the key is the certificate's"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
        let port = listener.local_addr().expect("it is bound").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let callers = Arc::clone(&seen);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let connection = connection.expect("loopback connects");
                let session = ServerConnection::new(Arc::clone(&config)).expect("it is acceptable");
                let mut stream = StreamOwned::new(session, connection);
                // Whoever does not trust the certificate, or is not trusted, goes away.
                let mut head = [0; 4096];
                if stream.read(&mut head).is_ok_and(|length| length > 0) {
                    let certificates = stream.conn.peer_certificates().unwrap_or_default();
                    let certificates = certificates.iter().map(|found| found.to_vec()).collect();
                    let version = stream.conn.protocol_version();
                    callers.lock().expect("no holder panics").push(Seen { version, certificates });
                    let _ = stream.write_all(&response(200, &[], BODY));
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                }
            }
        });
        Self { endpoint: format!("https://localhost:{port}"), own, seen }
    }

    /// Who called, without those of before.
    fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.seen.lock().expect("no holder panics"))
    }

    fn builder(&self) -> ClientBuilder<Client> {
        builder(&self.endpoint).max_attempts(1)
    }
}

async fn call(client: ClientBuilder<Client>) -> Result<Option<i64>, Error> {
    let shown = format!("{client:?} {client:#?}");
    assert!(!shown.contains(PLANTED), "{shown}");
    let client = client.build()?;
    let call = client.create_get_db_list_from_agent_task(Request::new(160_813));
    let answer = within(LONG, "a call", async { call.await }).await?;
    Ok(answer.task_id)
}

/// Nothing was sent, and would not be the next time.
fn assert_refused(called: Result<Option<i64>, Error>) {
    let error = called.expect_err("it is refused");
    let ErrorKind::Transport(inner) = error.kind() else { panic!("{error:?}") };
    assert!(inner.is_permanent(), "{error}");
}

#[tokio::test]
async fn who_is_trusted_can_be_added_and_replaced() {
    let (tls, other) = (Tls::start(&Asks::default()), Own::new("localhost"));
    let both = other.pem() + &tls.own.pem();
    assert_eq!(call(tls.builder().ca_certificates(tls.own.pem())).await.ok(), Some(Some(7)));
    assert_eq!(call(tls.builder().ca_certificates(&both)).await.ok(), Some(Some(7)));
    assert_eq!(call(tls.builder().only_ca_certificates(&both)).await.ok(), Some(Some(7)));
    let last = tls.builder().only_ca_certificates(other.pem()).only_ca_certificates(tls.own.pem());
    assert_eq!(call(last).await.ok(), Some(Some(7)));
    assert_eq!(tls.seen().len(), 4);
    assert_refused(call(tls.builder()).await);
    assert_refused(call(tls.builder().ca_certificates(other.pem())).await);
    assert_refused(call(tls.builder().only_ca_certificates(other.pem())).await);
    assert!(tls.seen().is_empty());
}

/// Not a test of its own: two servers are called, one of which the platform trusts.
#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn child() {
    let (theirs, mine) = (Tls::start(&Asks::default()), Tls::start(&Asks::default()));
    fs::write(env::var("SSL_CERT_FILE").expect("it is told"), theirs.own.pem()).expect("room");
    let trusting = |tls: &Tls, only: bool| match only {
        true => tls.builder().only_ca_certificates(mine.own.pem()),
        false => tls.builder().ca_certificates(mine.own.pem()),
    };
    for only in [false, true] {
        for (name, tls) in [("theirs", &theirs), ("mine", &mine)] {
            let answered = call(trusting(tls, only)).await.is_ok();
            println!("{name}, only mine: {only}, answered: {answered}");
        }
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "the system's own store decides")]
fn those_of_the_platform_are_trusted_besides_unless_they_are_replaced() {
    let home = tempfile::tempdir().expect("there is room");
    let file = home.path().join("trusted.pem");
    let variables = [("SSL_CERT_FILE", file.to_str().expect("it is Unicode"))];
    let shown = process::run(module_path!(), "child", home.path(), &variables);
    for (name, only, answered) in [
        ("theirs", false, true),
        ("mine", false, true),
        ("theirs", true, false),
        ("mine", true, true),
    ] {
        let expected = format!("{name}, only mine: {only}, answered: {answered}");
        assert!(shown.contains(&expected), "{expected}: {shown}");
    }
}

#[tokio::test]
async fn a_certificate_is_shown_to_a_server_that_asks() {
    let (me, somebody) = (Own::new("client"), Own::new("client"));
    let tls = Tls::start(&Asks { client: Some(&me), ..Asks::default() });
    let builder = || tls.builder().only_ca_certificates(tls.own.pem());
    let shown = builder().client_certificate(me.pem(), me.key_pem());
    assert_eq!(call(shown).await.ok(), Some(Some(7)));
    assert_eq!(tls.seen()[0].certificates, [me.certificate.to_vec()]);
    // TLS 1.3 tells whoever is not let in only once the request is on its way.
    for refused in [builder(), builder().client_certificate(somebody.pem(), somebody.key_pem())] {
        call(refused).await.expect_err("nobody is let in");
    }
    // Who asks for none is not shown any.
    let tls = Tls::start(&Asks::default());
    let builder = tls.builder().only_ca_certificates(tls.own.pem());
    let shown = builder.client_certificate(me.pem(), me.key_pem());
    assert_eq!(call(shown).await.ok(), Some(Some(7)));
    assert!(tls.seen()[0].certificates.is_empty());
}

#[test]
fn what_cannot_be_used_is_said_and_shows_nothing_of_a_key() {
    let builder = || builder("https://dbs.example.invalid").no_proxy();
    let (me, other) = (Own::new("client"), Own::new("client"));
    let key = |text: &str| pem("PRIVATE KEY", text.as_bytes());
    let no_key = "the key is none in PEM form";
    let odd_key = "the key is of a kind that is not known, or not the certificate's";
    let none = "it has no certificate in PEM form";
    let broken = "-----BEGIN CERTIFICATE-----\nplanted";
    let certified = |pem: &str, key: String| builder().client_certificate(pem, key);
    for (builder, setting, reason) in [
        (builder().ca_certificates("planted"), ".ca_certificates(…)", none),
        (builder().ca_certificates(me.key_pem()), ".ca_certificates(…)", none),
        (builder().ca_certificates(broken), ".ca_certificates(…)", "it is not in PEM form"),
        (builder().only_ca_certificates(""), ".only_ca_certificates(…)", none),
        (
            builder().only_ca_certificates(pem("CERTIFICATE", b"planted")),
            ".only_ca_certificates(…)",
            "a certificate cannot be read",
        ),
        (certified("planted", me.key_pem()), ".client_certificate(…)", none),
        (certified(&me.pem(), "planted".to_owned()), ".client_certificate(…)", no_key),
        (certified(&me.pem(), me.pem()), ".client_certificate(…)", no_key),
        (certified(&me.pem(), key("planted")), ".client_certificate(…)", odd_key),
        (certified(&me.pem(), other.key_pem()), ".client_certificate(…)", odd_key),
    ] {
        let shown = format!("{builder:?}");
        let error = builder.build().expect_err(reason);
        let ErrorKind::Endpoint(inner) = error.kind() else { panic!("{error:?}") };
        assert_eq!(**inner, EndpointError::Setting { named_by: setting, reason });
        assert_eq!(error.to_string(), format!("`{setting}` cannot be used: {reason}"));
        let shown = format!("{shown} {error} {error:?}");
        let keys = [me.key_pem(), other.key_pem(), key("planted")];
        let bodies = keys.iter().map(|key| key.lines().nth(1).expect("it has a body"));
        for secret in bodies.chain([PLANTED]) {
            assert!(!shown.contains(&secret[..secret.len().min(16)]), "{shown}");
        }
    }
}

#[tokio::test]
async fn the_oldest_tls_is_1_2_or_what_is_said() {
    for (old, min, version) in [
        (false, None, Some(ProtocolVersion::TLSv1_3)),
        (false, Some(TlsVersion::Tls12), Some(ProtocolVersion::TLSv1_3)),
        (false, Some(TlsVersion::Tls13), Some(ProtocolVersion::TLSv1_3)),
        (true, None, Some(ProtocolVersion::TLSv1_2)),
        (true, Some(TlsVersion::Tls12), Some(ProtocolVersion::TLSv1_2)),
        (true, Some(TlsVersion::Tls13), None),
    ] {
        let tls = Tls::start(&Asks { old, ..Asks::default() });
        let mut builder = tls.builder().only_ca_certificates(tls.own.pem());
        if let Some(min) = min {
            builder = builder.min_tls_version(min);
        }
        let called = call(builder).await;
        if version.is_none() {
            assert_refused(called);
        } else {
            called.expect("it is answered");
        }
        assert_eq!(tls.seen().first().and_then(|seen| seen.version), version, "{old} {min:?}");
    }
}

#[tokio::test]
async fn nothing_may_come_for_so_long_and_no_longer() {
    let begun = response(200, &[("x-acs-request-id", "r")], BODY);
    let half = begun[..begun.len() - 3].to_vec();
    for (sent, kind) in [
        (Vec::new(), TransportErrorKind::NoResponse),
        (begun[..20].to_vec(), TransportErrorKind::NoResponse),
        (half, TransportErrorKind::Incomplete),
    ] {
        let server = Server::start(vec![Reply::Hang(sent)]);
        let builder = server.builder().max_attempts(1).timeout(LONG);
        let error = call(builder.read_timeout(Duration::from_millis(20))).await;
        let error = error.expect_err("nothing more comes");
        let ErrorKind::Transport(inner) = error.kind() else { panic!("{error:?}") };
        assert_eq!((inner.kind(), inner.is_permanent()), (kind, false));
        assert!(error.to_string().contains("timed out"), "{error}");
    }
}

/// A server whose connections stay open, and how many were made to it.
fn lasting() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.expect("loopback connects");
            counter.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                while read(&mut connection).is_some() {
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", BODY.len());
                    let _ = connection.write_all(&[head.as_bytes(), BODY].concat());
                }
            });
        }
    });
    (endpoint, connections)
}

#[tokio::test]
async fn connections_become_no_older_than_they_may() {
    const HOUR: Duration = Duration::from_secs(3600);
    for (age, expected) in [
        (None, [1, 1, 1]),
        (Some(3 * HOUR), [1, 1, 1]),
        (Some(HOUR), [1, 1, 2]),
        (Some(Duration::ZERO), [1, 2, 3]),
    ] {
        let (endpoint, connections) = lasting();
        let mut builder = builder(&endpoint).pool_idle_timeout(100 * HOUR);
        if let Some(age) = age {
            builder = builder.max_connection_age(age);
        }
        let client = builder.build().expect("it is acceptable");
        for (position, expected) in expected.into_iter().enumerate() {
            if position == 2 {
                tokio::time::pause();
                tokio::time::advance(2 * HOUR).await;
                tokio::time::resume();
            }
            let call = client.create_get_db_list_from_agent_task(Request::new(160_813));
            call.await.expect("it is answered");
            assert_eq!(connections.load(Ordering::SeqCst), expected, "{age:?}, {position}");
        }
    }
}

/// For how long the system waits before it asks the other side of a connection from this port, in
/// hundredths of a second.
#[cfg(target_os = "linux")]
fn keepalive_of(port: u16) -> u64 {
    let end = std::time::Instant::now() + LONG;
    loop {
        let table = fs::read_to_string("/proc/net/tcp").expect("the system tells");
        let row = table.lines().find(|row| {
            let local = row.split_whitespace().nth(1).unwrap_or_default();
            local.ends_with(&format!(":{port:04X}"))
        });
        // The timer of a connection; 02 is this one. Another runs until all that was sent has arrived.
        let timer = row.and_then(|row| row.split_whitespace().nth(5)).unwrap_or_default();
        if let Some(("02", left)) = timer.split_once(':') {
            return u64::from_str_radix(left, 16).expect("it is a number");
        }
        assert!(std::time::Instant::now() < end, "no such timer runs: {row:?}");
        thread::yield_now();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_system_asks_whether_the_other_side_is_still_there() {
    for (set, at_most, at_least) in [(None, 1500, 0), (Some(7200), 720_000, 360_000)] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
        let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
        let server = thread::spawn(move || {
            let (mut connection, caller) = listener.accept().expect("loopback connects");
            read(&mut connection).expect("there is a request");
            let left = keepalive_of(caller.port());
            let _ = connection.write_all(&response(200, &[], BODY));
            left
        });
        let mut builder = builder(&endpoint);
        if let Some(seconds) = set {
            builder = builder.tcp_keepalive(Duration::from_secs(seconds));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let called = runtime.expect("a runtime starts").block_on(call(builder));
        called.expect("it is answered");
        let left = server.join().expect("the server has run");
        assert!((at_least..=at_most).contains(&left), "{left}");
    }
}
