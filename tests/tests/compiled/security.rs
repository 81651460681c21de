//! Who may call what the generator makes of specs that say it.

use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::credentials::{Credentials, CredentialsError, ProvideCredentials};
use alibabacloud_runtime::error::ErrorKind;
use alibabacloud_runtime::meta::Security;

use tests::generated::document_security::operations::{DocumentSecurityRequest, document_security};
use tests::generated::operation_security::operations::{
    AnybodyMayCallRequest, NobodyMayCallRequest, anybody_may_call, either_may_call, key_may_call,
    nobody_may_call, operation_security,
};
use tests::generated::{self, request_empty};
use tests::head::Head;
use tests::loopback::{Server, credentials};

#[test]
fn the_facts_are_those_of_the_specs() {
    for (meta, security) in [
        (request_empty::operations::request_empty::META, Security::Key),
        (document_security::META, Security::Anonymous),
        (operation_security::META, Security::Bearer),
        (anybody_may_call::META, Security::Anonymous),
        (either_may_call::META, Security::KeyOrBearer),
        (key_may_call::META, Security::Key),
        (nobody_may_call::META, Security::Unsupported(&["APP", "Login"])),
    ] {
        assert_eq!(meta.security, security, "{}", meta.action);
    }
}

/// What clients without credentials have.
#[derive(Debug)]
struct Nothing;

impl ProvideCredentials for Nothing {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        panic!("there is no need for credentials");
    }
}

#[tokio::test]
async fn who_has_no_credentials_calls_what_anybody_may_call() {
    let server = Server::answering(200, &[], b"{}");
    let client = generated::document_security::Client::builder()
        .endpoint(server.endpoint())
        .credentials(Nothing)
        .build()
        .expect("the settings are acceptable");
    client.document_security(DocumentSecurityRequest::new()).await.expect("it is answered");
    let seen = server.seen();
    let head = Head::parse(&seen[0]);
    let proves = |name: &str| {
        ["authorization", "x-acs-security-token", "x-acs-bearer-token"].contains(&name)
    };
    assert!(head.headers.iter().all(|(name, _)| !proves(name)), "{:?}", head.headers);
}

#[tokio::test]
async fn what_nobody_here_can_prove_is_refused_by_name() {
    let server = Server::answering(200, &[], b"{}");
    let client = generated::operation_security::Client::builder()
        .endpoint(server.endpoint())
        .credentials(credentials())
        .build()
        .expect("the settings are acceptable");
    let error =
        client.nobody_may_call(NobodyMayCallRequest::new()).await.expect_err("it is refused");
    assert!(matches!(error.kind(), ErrorKind::Credentials(_)), "{error:?}");
    assert!(error.to_string().contains("but `APP` or `Login`"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn where_nobody_signs_the_header_of_signatures_is_a_secret_parameter() {
    const TOKEN: &str = "Bearer planted-7c1f";
    let server = Server::answering(200, &[], b"{}");
    let client = generated::operation_security::Client::builder()
        .endpoint(server.endpoint())
        .credentials(Nothing)
        .build()
        .expect("the settings are acceptable");
    let request = || AnybodyMayCallRequest::new().authorization(TOKEN);
    assert!(!format!("{:?}", request()).contains("planted"));
    client.anybody_may_call(request()).await.expect("it is answered");
    let seen = server.seen();
    let head = Head::parse(&seen[0]);
    let sent: Vec<&str> = head
        .headers
        .iter()
        .filter(|(name, _)| name == "authorization")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(sent, [TOKEN]);
}
