//! What requests say of who sends them.

use std::env::consts::{ARCH, OS};

use crate::head::Head;
use crate::loopback::{Server, builder, credentials};
use crate::service::credentials::CredentialsUri;
use crate::service::error::EndpointError;
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::{Client, ErrorKind};
use alibabacloud_runtime::session::Session;

fn usual() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("AlibabaCloud ({OS}; {ARCH}) Rust alibabacloud-runtime/{version}")
}

async fn said(client: &Client, server: &Server) -> String {
    let call = client.create_get_db_list_from_agent_task(Request::new(160_813));
    call.await.expect("it is answered");
    let seen = server.seen();
    let head = Head::parse(seen.last().expect("it was called"));
    let said = head.headers.iter().filter(|(name, _)| name == "user-agent");
    assert_eq!(said.count(), 1);
    assert!(!head.header("authorization").contains("user-agent"), "the official SDKs sign none");
    head.header("user-agent").to_owned()
}

#[tokio::test]
async fn it_has_the_official_form_and_ends_with_what_somebody_adds() {
    let server = Server::answering(200, &[], b"{}");
    assert_eq!(said(&server.client(), &server).await, usual());
    let session = Session::builder().user_agent_suffix("shop/1.2 (of the session)").build();
    let client = server.builder().session(&session).build().expect("it is acceptable");
    assert_eq!(said(&client, &server).await, usual() + " shop/1.2 (of the session)");
    let own = server.builder().session(&session).user_agent_suffix("own");
    let own = own.build().expect("it is acceptable");
    assert_eq!(said(&own, &server).await, usual() + " own");
}

#[tokio::test]
async fn whoever_hands_out_credentials_is_told_too() {
    let keys = Server::answering(404, &[], b"");
    let session = Session::builder().user_agent_suffix("shop/1.2").build();
    let source = CredentialsUri::new(keys.endpoint() + "/keys").session(&session);
    let client = Client::builder().endpoint(keys.endpoint()).credentials(source);
    let client = client.build().expect("it is acceptable");
    let call = client.create_get_db_list_from_agent_task(Request::new(160_813));
    call.await.expect_err("there are no keys");
    let seen = keys.seen();
    assert!(seen[0].starts_with("GET /keys "), "{seen:?}");
    assert_eq!(Head::parse(&seen[0]).header("user-agent"), usual() + " shop/1.2");
}

#[test]
fn what_no_header_can_have_is_refused() {
    let long = "x".repeat(257);
    for (suffix, reason) in [
        ("", "it is empty, or starts or ends with a space"),
        (" shop", "it is empty, or starts or ends with a space"),
        ("shop ", "it is empty, or starts or ends with a space"),
        ("shop\r\nx-evil: 1", "it has a character that is neither visible ASCII nor a space"),
        ("shop\t1", "it has a character that is neither visible ASCII nor a space"),
        ("läden/1", "it has a character that is neither visible ASCII nor a space"),
        (&*long, "it has more than 256 characters"),
    ] {
        let builder = builder("https://dbs.example.com").credentials(credentials());
        let error = builder.user_agent_suffix(suffix).build().expect_err(suffix);
        let ErrorKind::Endpoint(error) = error.kind() else { panic!("{error:?}") };
        let named_by = ".user_agent_suffix(…)";
        assert_eq!(**error, EndpointError::Setting { named_by, reason });
    }
    let longest = builder("https://dbs.example.com").user_agent_suffix(&long[..256]);
    longest.build().expect("it is acceptable");
}
