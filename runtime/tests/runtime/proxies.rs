//! Proxies: of the environment and of the builder, the hosts that are called without, refusals, and
//! what nobody may see of a proxy's password.

use std::env;

use crate::deadlines::{LONG, within};
use crate::head::Head;
use crate::logs;
use crate::loopback::{PLANTED, Server, builder};
use crate::process;
use crate::service::error::EndpointError;
use crate::service::operations::CreateGetDbListFromAgentTaskRequest;
use crate::service::transport::TransportErrorKind;
use crate::service::{Client, ClientBuilder, Error, ErrorKind};
use crate::sources::nobody;

/// An endpoint that nothing answers for; only a proxy is ever asked for it.
const ENDPOINT: &str = "https://dbs.example.invalid";

/// Calls, and searches for the proxy's password in whatever is shown and logged.
async fn fails(client: ClientBuilder<Client>) -> Error {
    logs::record();
    assert!(!format!("{client:?} {client:#?}").contains(PLANTED), "{client:?}");
    let client = client.build().expect("it is acceptable");
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
    let called = client.create_get_db_list_from_agent_task(request);
    let called = within(LONG, "a proxy that refuses", async { called.await }).await;
    let error = called.expect_err("the proxy refuses");
    let log = logs::text();
    let encoded = "cGxhbnRlZ"; // What a password that starts with `planted` begins with in Base64.
    for text in [&format!("{error} {error:?} {client:?}"), &log] {
        let leak = text.lines().find(|line| line.contains(PLANTED) || line.contains(encoded));
        assert!(leak.is_none(), "{leak:?}");
    }
    error
}

#[tokio::test]
async fn a_refusal_says_that_it_is_the_proxys_and_its_status() {
    for (status, attempts, retryable) in [
        (400, 1, false),
        (403, 1, false),
        (405, 1, false),
        (407, 1, false),
        (429, 3, true),
        (502, 3, true),
        (503, 3, true),
    ] {
        let proxy = Server::answering(status, &[], b"the proxy's page");
        let error = fails(builder(ENDPOINT).proxy(proxy.endpoint())).await;
        let address = proxy.endpoint().replace("http://", "");
        let refuses = format!("cannot connect: the proxy `{address}` refuses with HTTP {status}");
        assert!(error.to_string().starts_with(&refuses), "{error}");
        let ErrorKind::Transport(inner) = error.kind() else { panic!("{error:?}") };
        assert_eq!((inner.kind(), error.status()), (TransportErrorKind::Connect, Some(status)));
        assert_eq!((error.attempts(), error.is_retryable()), (attempts, retryable), "{status}");
        for head in proxy.seen() {
            assert!(head.starts_with("CONNECT dbs.example.invalid:443 HTTP/1.1\r\n"), "{head}");
            assert!(!head.contains("exampleKeyId") && !head.contains("x-acs-"), "{head}");
        }
    }
}

#[tokio::test]
async fn a_proxy_gets_its_password_and_nobody_else() {
    for (url, sent) in [
        ("http://user:planted-p@HOST", "Basic dXNlcjpwbGFudGVkLXA="),
        ("user:planted-p@HOST", "Basic dXNlcjpwbGFudGVkLXA="),
        // `%40` is `@`, and an `@` may be one, too.
        ("http://user:planted%40p@HOST/", "Basic dXNlcjpwbGFudGVkQHA="),
        ("http://user:planted@p@HOST", "Basic dXNlcjpwbGFudGVkQHA="),
        ("http://user:planted!$&'()*+,;=:%@HOST", "Basic dXNlcjpwbGFudGVkISQmJygpKissOz06JQ=="),
        ("http://user:planted\"<>[]^`{|}é@HOST", "Basic dXNlcjpwbGFudGVkIjw+W11eYHt8fcOp"),
        ("http://planted-user@HOST", "Basic cGxhbnRlZC11c2VyOg=="),
    ] {
        for status in [403, 407] {
            let proxy = Server::answering(status, &[], b"");
            let url = url.replace("HOST", &proxy.endpoint().replace("http://", ""));
            let error = fails(builder(ENDPOINT).proxy(url.clone())).await;
            assert!(error.to_string().contains(&format!("HTTP {status}")), "{error}");
            for head in proxy.seen() {
                assert_eq!(Head::parse(&head).header("proxy-authorization"), sent, "{url}");
            }
        }
    }
}

#[tokio::test]
async fn without_tls_the_proxy_forwards_and_its_407_is_its_own() {
    let proxy = Server::answering(407, &[], b"");
    let builder = builder("http://dbs.example.invalid").allow_http(true);
    let address = proxy.endpoint().replace("http://", "user:planted-p@");
    let error = fails(builder.proxy(address)).await;
    assert!(error.to_string().contains("the proxy"), "{error}");
    assert_eq!((error.status(), error.attempts(), error.is_retryable()), (Some(407), 1, false));
    let head = Head::parse(&proxy.seen()[0]);
    assert!(head.request_line.starts_with("POST http://dbs.example.invalid/?"), "the whole URL");
    assert_eq!(head.header("proxy-authorization"), "Basic dXNlcjpwbGFudGVkLXA=");
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let address = nobody().replace("http://", "");
    let error = fails(builder(ENDPOINT).proxy(format!("user:planted-p@{address}"))).await;
    assert!(error.to_string().contains(&format!("the proxy `{address}`")), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
    assert_eq!((error.attempts(), error.is_retryable()), (3, true));
}

/// Values that name no proxy.
const MALFORMED: [&str; 19] = [
    "no url",
    "http://",
    "http:///",
    "http://:8080",
    "http:/planted:8080",
    "://proxy.example",
    "http//planted.example:8080",
    "\"http://proxy.example:8080\"",
    "http://proxy.example:port",
    "http://proxy.example:",
    "http://proxy.example:99999",
    "http://user:planted/secret@proxy.example:8080",
    "http://user:1234/planted@proxy.example:8080",
    "http://user:planted#1@proxy.example:8080",
    "http://user:planted@proxy example:8080",
    "http://user:planted@proxy.example:8080?x",
    "socks5://user:planted@proxy.example:1080",
    "ftp://user:planted@proxy.example",
    "3128",
];

#[test]
fn what_is_no_proxy_is_refused_and_shows_no_password() {
    for value in MALFORMED {
        let error = builder(ENDPOINT).proxy(value).build().expect_err(value);
        assert_eq!((error.attempts(), error.is_retryable()), (0, false));
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("`.proxy(…)` names no proxy: "), "{shown}");
        assert!(!shown.contains(PLANTED), "{shown}");
        let ErrorKind::Endpoint(error) = error.kind() else { panic!("{error:?}") };
        assert!(matches!(**error, EndpointError::Proxy { .. }), "{error:?}");
    }
}

/// Not a test of its own: builds a client as the variables say, and calls if it is told to.
#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn child() {
    let endpoint = env::var("ENDPOINT").expect("it is told");
    let mut builder = builder(&endpoint).allow_http(true);
    if env::var_os("DIRECT").is_some() {
        builder = builder.no_proxy();
    }
    match builder.build() {
        Err(error) => println!("refused: {error} {error:?} {}", error.is_retryable()),
        Ok(client) if env::var_os("CALL").is_some() => {
            let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
            println!("{:?}", client.create_get_db_list_from_agent_task(request).await);
        }
        Ok(_) => println!("built"),
    }
}

/// Runs the child with these variables and nothing else; no password is in what it prints.
fn run(endpoint: &str, variables: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().expect("there is room");
    let mut variables = variables.to_vec();
    variables.push(("ENDPOINT", endpoint));
    let shown = process::run(module_path!(), "child", home.path(), &variables);
    assert!(!shown.contains(PLANTED), "{shown}");
    shown
}

/// Refused with the name of a variable.
fn assert_refused(shown: &str, name: &str) {
    assert!(shown.contains(&format!("refused: `{name}` names no proxy: ")), "{shown}");
    assert!(shown.contains(" false\n"), "{shown}");
}

#[test]
fn a_malformed_variable_is_an_error_and_is_named() {
    for value in MALFORMED {
        assert_refused(&run(ENDPOINT, &[("HTTPS_PROXY", value)]), "HTTPS_PROXY");
    }
    for name in ["https_proxy", "ALL_PROXY", "all_proxy"] {
        assert_refused(&run(ENDPOINT, &[(name, MALFORMED[0])]), name);
    }
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        assert_refused(&run("http://dbs.example.invalid", &[(name, MALFORMED[0])]), name);
    }
}

#[test]
fn a_variable_that_does_not_count_may_say_anything() {
    let wrong = MALFORMED[0];
    for (endpoint, variables) in [
        (ENDPOINT, vec![("HTTP_PROXY", wrong), ("http_proxy", wrong)]),
        ("http://dbs.example.invalid", vec![("HTTPS_PROXY", wrong)]),
        ("http://127.0.0.1:8080", vec![("HTTP_PROXY", wrong), ("ALL_PROXY", wrong)]),
        ("https://localhost", vec![("HTTPS_PROXY", wrong)]),
        (ENDPOINT, vec![("HTTPS_PROXY", "proxy.example:8080"), ("ALL_PROXY", wrong)]),
        (ENDPOINT, vec![("HTTPS_PROXY", ""), ("ALL_PROXY", "")]),
        (ENDPOINT, vec![("HTTPS_PROXY", wrong), ("DIRECT", "1")]),
        // A visitor of a web server sets it, not the one who runs it.
        ("http://dbs.example.invalid", vec![("HTTP_PROXY", wrong), ("REQUEST_METHOD", "GET")]),
    ] {
        let shown = run(endpoint, &variables);
        assert!(shown.contains("built"), "{endpoint} {variables:?}: {shown}");
    }
    let empty = [("HTTPS_PROXY", ""), ("https_proxy", wrong)];
    assert_refused(&run(ENDPOINT, &empty), "https_proxy");
}

#[test]
fn no_proxy_names_hosts_that_are_called_without() {
    let host = "https://dbs-api.cn-hangzhou.example.invalid";
    for (endpoint, list, excepted) in [
        (host, "*", true),
        (host, "*.example.invalid", true),
        (host, "*.invalid", true),
        (host, ".example.invalid", true),
        (host, "example.invalid", true),
        (host, "dbs-api.cn-hangzhou.example.invalid", true),
        (host, "DBS-API.CN-Hangzhou.Example.INVALID.", true),
        (host, "localhost, 127.0.0.1 ,\t*.example.invalid", true),
        (host, "localhost *.example.invalid", true),
        (host, "*.example.invalid:443", true),
        (host, "example.invalid:443", true),
        (host, "example.invalid:8443", false),
        (host, "*:8443", false),
        (host, "ample.invalid", false),
        (host, "*.ample.invalid", false),
        (host, "api.cn-hangzhou.example.invalid", false),
        (host, "example", false),
        (host, "", false),
        (host, " , ,", false),
        (host, ".", false),
        (host, "192.0.2.0/24", false),
        ("https://dbs.example.invalid:8443", "example.invalid:8443", true),
        ("http://dbs.example.invalid", "example.invalid:80", true),
        ("https://192.0.2.7", "192.0.2.7", true),
        ("https://192.0.2.7", "192.0.2.7:443", true),
        ("https://192.0.2.7", "192.0.2.0/24", true),
        ("https://192.0.2.7", "0.0.0.0/0", true),
        ("https://192.0.2.7", "*", true),
        ("https://192.0.2.7", "192.0.2.8", false),
        ("https://192.0.2.7", "192.0.2.8/31,192.0.3.0/24,192.0.2.0/99,192.0.2.0/-1", false),
        ("https://192.0.2.7", "2001:db8::/32", false),
        ("https://192.0.2.7", "2.7", false),
        ("https://[2001:db8::7]:8443", "2001:db8::7", true),
        ("https://[2001:db8::7]:8443", "[2001:db8::7]:8443", true),
        ("https://[2001:db8::7]:8443", "2001:db8::/32", true),
        ("https://[2001:db8::7]:8443", "[2001:db8::7]:443", false),
        ("https://[2001:db8::7]:8443", "2001:db9::/32", false),
    ] {
        // Only a proxy that counts is looked at.
        let all = [("ALL_PROXY", MALFORMED[0])];
        for name in ["NO_PROXY", "no_proxy"] {
            let shown = run(endpoint, &[all[0], (name, list)]);
            let built = shown.contains("built");
            assert_eq!(built, excepted, "{endpoint}, {name} = `{list}`: {shown}");
        }
    }
}

#[test]
fn a_proxy_of_the_environment_is_used_for_whatever_is_not_excepted() {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let proxy = Server::answering(403, &[], b"");
        let address = proxy.endpoint().replace("http://", "user:planted-p@");
        let variables = [(name, &*address), ("NO_PROXY", "*.other.invalid"), ("CALL", "1")];
        let shown = run(ENDPOINT, &variables);
        assert!(shown.contains("refuses with HTTP 403"), "{shown}");
        let seen = proxy.seen();
        assert!(seen[0].starts_with("CONNECT dbs.example.invalid:443 HTTP/1.1\r\n"), "{seen:?}");
        assert!(seen[0].contains("Basic dXNlcjpwbGFudGVkLXA="), "{seen:?}");
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "the system's own store decides")]
fn a_machine_without_certificates_is_told_so_once() {
    let shown = run(ENDPOINT, &[("SSL_CERT_FILE", "/dev/null"), ("SSL_CERT_DIR", "/dev/null")]);
    assert!(shown.contains("refused: cannot connect: TLS is not available: "), "{shown}");
    assert!(shown.contains(" false\n"), "{shown}");
    // This machine can be called without them.
    let shown = run("http://127.0.0.1:8080", &[("SSL_CERT_FILE", "/dev/null")]);
    assert!(shown.contains("built"), "{shown}");
}
