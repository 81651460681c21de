//! The crate of STS from the request to the answer, and its secrets, which nothing may show.

use alibabacloud_sts::credentials::{CredentialsError, ProvideCredentials};
use alibabacloud_sts::operations::{
    AssumeRoleRequest, AssumeRoleWithOidcRequest, AssumeRoleWithSamlRequest,
    GetCallerIdentityRequest,
};
use alibabacloud_sts::types::IdentityType;
use alibabacloud_sts::{BoxFuture, Client, Credentials, ExposeSecret as _, to_value};
use tests::head::Head;
use tests::logs;
use tests::loopback::{PLANTED, SECRET, Server, credentials};

fn client(server: &Server) -> Client {
    let builder = Client::builder().endpoint(server.endpoint()).credentials(credentials());
    builder.max_attempts(1).build().expect("the settings are acceptable")
}

/// What a client has that is to get its first credentials.
#[derive(Debug)]
struct Nothing;

impl ProvideCredentials for Nothing {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        panic!("there is no need for credentials");
    }
}

fn client_without_credentials(server: &Server) -> Client {
    let builder = Client::builder().endpoint(server.endpoint()).credentials(Nothing);
    builder.max_attempts(1).build().expect("the settings are acceptable")
}

/// The service's documented answers.
const ASSUMED: &str = r#"{
    "RequestId": "6894B13B-6D71-4EF5-88FA-F32781734A7F",
    "AssumedRoleUser": {
        "AssumedRoleId": "34458433936495****:alice",
        "Arn": "acs:ram::123456789012****:role/adminrole/alice"
    },
    "Credentials": {
        "SecurityToken": "planted-security-token",
        "Expiration": "2015-04-09T11:52:19Z",
        "AccessKeySecret": "planted-key-secret",
        "AccessKeyId": "STS.L4aBSCSJVMuKg5U1****"
    }
}"#;
const WITH_OIDC: &str = r#"{
    "RequestId": "3D57EAD2-8723-1F26-B69C-F8707D8B565D",
    "OIDCTokenInfo": {
        "Subject": "KryrkIdjylZb7agUgCEf****",
        "Issuer": "https://dev-xxxxxx.okta.com",
        "ClientIds": "496271242565057****",
        "ExpirationTime": "2021-10-20T04:27:09Z",
        "IssuanceTime": "2021-10-20T03:27:09Z",
        "VerificationInfo": "Success"
    },
    "AssumedRoleUser": {
        "AssumedRoleId": "33157794895460****",
        "Arn": "acs:ram::113511544585****:role/testoidc/TestOidcAssumedRoleSession"
    },
    "Credentials": {
        "SecurityToken": "planted-security-token",
        "Expiration": "2021-10-20T04:27:09Z",
        "AccessKeySecret": "planted-key-secret",
        "AccessKeyId": "STS.NUgYrLnoC37mZZCNnAbez****"
    }
}"#;
const WITH_SAML: &str = r#"{
    "SAMLAssertionInfo": {
        "SubjectType": "persistent",
        "Subject": "alice@example.com",
        "Issuer": "http://example.com/adfs/services/trust",
        "Recipient": "https://signin.aliyun.com/saml-role/SSO"
    },
    "Credentials": { "AccessKeySecret": "planted-key-secret", "AccessKeyId": "STS.L4aBSCSJVMuKg5U1****" }
}"#;
const IDENTITY: &str = r#"{
    "IdentityType": "RAMUser",
    "AccountId": "196813200012****",
    "RequestId": "3C87BF47-3724-5443-ADC1-5AEAD9A03EB1",
    "PrincipalId": "28877424437521****",
    "UserId": "216959339000****",
    "Arn": "acs:ram::196813200012****:user/admin",
    "RoleId": "33537620082992****"
}"#;

fn assume_role() -> AssumeRoleRequest {
    AssumeRoleRequest::new("acs:ram::123456789012****:role/adminrole", "alice")
}

#[tokio::test]
async fn assume_role_gives_out_credentials_that_are_not_shown() {
    logs::record();
    let server = Server::answering(200, &[], ASSUMED.as_bytes());
    let request = assume_role().duration_seconds(900).external_id("abcd1234");
    let response = client(&server).assume_role(request).await.expect("it is answered");

    let head = Head::parse(&server.seen()[0]);
    head.check_signature("exampleKeyId", SECRET);
    assert_eq!(head.header("x-acs-action"), "AssumeRole");
    assert_eq!(head.header("x-acs-version"), "2015-04-01");
    assert_eq!(
        head.query(),
        "DurationSeconds=900&ExternalId=abcd1234\
         &RoleArn=acs%3Aram%3A%3A123456789012%2A%2A%2A%2A%3Arole%2Fadminrole&RoleSessionName=alice"
    );

    let shown = format!("{response:?} {response:#?}");
    assert!(shown.contains("STS.L4aBSCSJVMuKg5U1****") && !shown.contains(PLANTED), "{shown}");
    assert_eq!(response.request_id.as_deref(), Some("6894B13B-6D71-4EF5-88FA-F32781734A7F"));
    let user = response.assumed_role_user.expect("there is one");
    assert_eq!(user.assumed_role_id.as_deref(), Some("34458433936495****:alice"));
    assert_eq!(user.arn.as_deref(), Some("acs:ram::123456789012****:role/adminrole/alice"));
    let given = response.credentials.expect("there are some");
    let exposed = |secret: Option<alibabacloud_sts::SecretString>| {
        secret.expect("there is one").expose_secret().to_owned()
    };
    assert_eq!(exposed(given.security_token), "planted-security-token");
    assert_eq!(exposed(given.access_key_secret), "planted-key-secret");
    assert_eq!(given.access_key_id.as_deref(), Some("STS.L4aBSCSJVMuKg5U1****"));
    assert_eq!(given.expiration.as_deref(), Some("2015-04-09T11:52:19Z"));
    logs_hide();
}

/// Nothing else is logged in this process that has the word.
fn logs_hide() {
    let log = logs::text();
    assert!(log.contains("AssumeRole"), "the log shows nothing, so it proves nothing");
    let leak = log.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
}

/// Expects a call that nothing proves but what its form has; returns the form.
fn form_of_anybody(server: &Server, action: &str) -> String {
    let requests = server.requests();
    let [request] = requests.as_slice() else { panic!("{} requests", requests.len()) };
    assert!(!request.head.contains(PLANTED), "{}", request.head);
    let head = Head::parse(&request.head);
    assert_eq!(head.header("x-acs-action"), action);
    assert_eq!(head.header("content-type"), "application/x-www-form-urlencoded");
    for name in ["authorization", "x-acs-security-token", "x-acs-bearer-token"] {
        assert!(head.headers.iter().all(|(found, _)| found != name), "{name}");
    }
    String::from_utf8(request.body.clone()).expect("it is a form")
}

#[tokio::test]
async fn a_token_of_openid_connect_gets_credentials_without_any() {
    logs::record();
    let server = Server::answering(200, &[], WITH_OIDC.as_bytes());
    let request = AssumeRoleWithOidcRequest::new("arn:p", "arn:r", "alice", "planted-token.a-b_c");
    let response = client_without_credentials(&server).assume_role_with_oidc(request.clone()).await;
    let response = response.expect("it is answered");
    assert_eq!(form_of_anybody(&server, "AssumeRoleWithOIDC"), "OIDCToken=planted-token.a-b_c");
    assert_eq!(
        Head::parse(&server.seen()[0]).query(),
        "OIDCProviderArn=arn%3Ap&RoleArn=arn%3Ar&RoleSessionName=alice"
    );
    let shown = format!("{request:?} {} {response:?}", to_value(&request));
    assert!(shown.contains("OIDCToken") && !shown.contains(PLANTED), "{shown}");
    let info = response.oidc_token_info.expect("there is some");
    assert_eq!(info.verification_info.as_deref(), Some("Success"));
    assert_eq!(info.client_ids.as_deref(), Some("496271242565057****"));
    let given = response.credentials.and_then(|given| given.security_token);
    assert_eq!(given.expect("there is one").expose_secret(), "planted-security-token");
    logs_hide();
}

#[tokio::test]
async fn the_longest_assertion_travels_in_the_form_and_is_struck_out_of_messages() {
    logs::record();
    let assertion = format!("planted+/{}==", "QUJD".repeat(24_997)) + "A";
    assert_eq!(assertion.len(), 100_000);
    let request = || AssumeRoleWithSamlRequest::new("arn:p", "arn:r", assertion.as_str());
    let server = Server::answering(200, &[], WITH_SAML.as_bytes());
    let response = client_without_credentials(&server).assume_role_with_saml(request()).await;
    let info = response.expect("it is answered").saml_assertion_info.expect("there is some");
    assert_eq!(info.subject.as_deref(), Some("alice@example.com"));
    let form = form_of_anybody(&server, "AssumeRoleWithSAML");
    let escaped = assertion.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    assert!(form == format!("SAMLAssertion={escaped}"), "{} bytes", form.len());

    let too_long = AssumeRoleWithSamlRequest::new("arn:p", "arn:r", format!("{assertion}A"));
    let violations = too_long.validate().expect_err("it is too long").to_string();
    assert!(violations.contains("at most 100000 characters"), "{violations}");
    assert!(!violations.contains(PLANTED));

    let refused = format!(r#"{{"Code":"InvalidParameter","Message":"no: {assertion} is odd"}}"#);
    let server = Server::answering(400, &[], refused.as_bytes());
    let error = client_without_credentials(&server).assume_role_with_saml(request()).await;
    let error = error.expect_err("it is refused");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("no: [REDACTED]"), "{} characters", shown.len());
    assert!(!shown.contains(PLANTED) && !shown.contains("QUJDQUJD"));
    logs_hide();
}

#[tokio::test]
async fn get_caller_identity_tells_who_calls() {
    let server = Server::answering(200, &[], IDENTITY.as_bytes());
    let call = client(&server).get_caller_identity(GetCallerIdentityRequest::new());
    let response = call.await.expect("it is answered");
    let head = Head::parse(&server.seen()[0]);
    head.check_signature("exampleKeyId", SECRET);
    assert_eq!((head.header("x-acs-action"), head.query()), ("GetCallerIdentity", ""));
    assert_eq!(response.identity_type, Some(IdentityType::RamUser));
    let texts = [
        response.account_id,
        response.request_id,
        response.principal_id,
        response.user_id,
        response.arn,
        response.role_id,
    ];
    assert_eq!(
        texts.map(|text| text.expect("it is there")),
        [
            "196813200012****",
            "3C87BF47-3724-5443-ADC1-5AEAD9A03EB1",
            "28877424437521****",
            "216959339000****",
            "acs:ram::196813200012****:user/admin",
            "33537620082992****"
        ]
    );
}

#[tokio::test]
async fn no_error_shows_the_secrets_of_an_answer() {
    logs::record();
    let secrets = r#""AccessKeySecret":"planted-1","SecurityToken":"planted-2""#;
    let long = format!(r#"{{"Credentials":{{{secrets}}},"RequestId":"#);
    for (status, body) in [
        // Other members that nobody can read.
        (200, format!(r#"{{"Credentials":{{{secrets}}},"AssumedRoleUser":7}}"#)),
        (200, format!(r#"{{"Credentials":{{{secrets},"Expiration":[]}}}}"#)),
        // Secrets that nobody can read.
        (200, r#"{"Credentials":{"AccessKeySecret":["planted"]}}"#.to_owned()),
        (200, r#"{"Credentials":{"SecurityToken":{"planted":"planted"}}}"#.to_owned()),
        (200, r#"{"Credentials":"planted"}"#.to_owned()),
        (200, r#"["planted"]"#.to_owned()),
        (200, r#""planted""#.to_owned()),
        // No JSON, or not all of it.
        (200, long.clone()),
        (200, format!("AccessKeySecret: planted\n{long}")),
        (200, r#"{"Credentials":{"AccessKeySecret":"planted"#.to_owned()),
        // Failures that say nothing, but have secrets in them.
        (200, format!(r#"{{"Code":"Denied","Credentials":{{{secrets}}}}}"#)),
        (500, format!(r#"{{"Credentials":{{{secrets}}}}}"#)),
        (302, long),
    ] {
        let server = Server::answering(status, &[], body.as_bytes());
        let error = client(&server).assume_role(assume_role()).await;
        let error = error.expect_err("that is no answer");
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains(PLANTED), "{body}: {shown}");
        assert!(error.status() == Some(status), "{error}");
    }
    logs_hide();
}
