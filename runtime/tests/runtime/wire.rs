//! What travels: the request line and the headers, byte by byte, and a signature that fits them.

use crate::service::operations::{
    CreateGetDbListFromAgentTaskRequest, CreateGetDbListFromAgentTaskResponse,
};
use crate::service::{Access, Answer, EnvelopeMembers, Fields, Method, OperationMeta};
use alibabacloud_runtime::client;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::private::field::Visit;
use alibabacloud_runtime::private::validation::{Checked, NoContext, Report};

use crate::head::Head;
use crate::loopback::{SECRET, Server};
use crate::vectors::{self, Parameters, Vector};

/// A vector's parameters as a request that can be called.
struct Dynamic(Parameters);

impl Fields for Dynamic {
    fn show(&self, visit: &mut Visit<'_>) {
        self.0.show(visit);
    }
}

impl Operation for Dynamic {
    type Response = CreateGetDbListFromAgentTaskResponse;

    const META: OperationMeta = OperationMeta {
        action: "Dynamic",
        version: "2026-11-24",
        envelope: &EnvelopeMembers::USUAL,
        answer: Answer::Object,
        method: Method::Post,
        path: "/",
        ram_action: Some("dbs:Dynamic"),
        access: Access::Read,
        security: alibabacloud_runtime::meta::Security::Key,
        idempotency_parameter: None,
    };
}

impl Checked for Dynamic {
    type Context = NoContext;

    fn check(&self, _: &NoContext, _: &mut Report<'_>) {}
}

#[tokio::test]
async fn what_is_sent_is_what_the_vectors_say() {
    let vectors: Vec<Vector> = vectors::read(&vectors::own());
    for vector in vectors {
        let server = Server::answering(200, &[], b"{}");
        let client: client::Client = client::Builder::new(&[])
            .endpoint(server.endpoint())
            .credentials(vector.credentials())
            .build()
            .expect("the settings are acceptable");
        client.call(Dynamic(Parameters(vector.params.clone()))).await.expect("it is answered");

        let seen = server.seen();
        let head = Head::parse(&seen[0]);
        let query = &vector.expected.canonical_query;
        let target = if query.is_empty() { "/".to_owned() } else { format!("/?{query}") };
        assert_eq!(head.request_line, format!("POST {target} HTTP/1.1"), "{}", vector.name);
        head.check_signature(&vector.access_key_id, &vector.access_key_secret);

        let mut names: Vec<&str> = head.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let signed = vector.expected_minimal.signed_headers.keys().map(String::as_str);
        let besides =
            ["accept", "accept-encoding", "authorization", "content-length", "user-agent"];
        let mut expected: Vec<&str> = signed.chain(besides).collect();
        expected.sort_unstable();
        assert_eq!(names, expected, "{}", vector.name);
        assert_eq!(head.header("content-length"), "0");
        assert_eq!(head.header("x-acs-action"), "Dynamic");
        assert_eq!(head.header("x-acs-version"), "2026-11-24");
        let token = vector.expected_minimal.signed_headers.get("x-acs-security-token");
        if let Some(token) = token {
            assert_eq!(head.header("x-acs-security-token"), token);
        }
    }
}

#[tokio::test]
async fn the_date_is_utc_to_the_second_and_the_host_has_its_port() {
    let server = Server::answering(200, &[], b"{}");
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
    server.client().create_get_db_list_from_agent_task(request).await.expect("it is answered");
    let seen = server.seen();
    let head = Head::parse(&seen[0]);
    assert_eq!(format!("http://{}", head.header("host")), server.endpoint());
    let date = head.header("x-acs-date");
    let shape: String =
        date.chars().map(|found| if found.is_ascii_digit() { '9' } else { found }).collect();
    assert_eq!(shape, "9999-99-99T99:99:99Z");
}

#[tokio::test]
async fn a_token_is_made_up_where_none_is_given() {
    let server = Server::answering(200, &[], b"{}");
    let client = server.client();
    let request = CreateGetDbListFromAgentTaskRequest::new(160_813);
    for _ in 0..2 {
        let call = client.create_get_db_list_from_agent_task(request.clone());
        call.await.expect("it is answered");
    }
    let own = request.client_token("my-own-token");
    client.create_get_db_list_from_agent_task(own).await.expect("it is answered");
    let seen = server.seen();
    let heads: Vec<Head> = seen.iter().map(|head| Head::parse(head)).collect();
    let tokens: Vec<&str> = heads.iter().map(|head| head.parameters()["ClientToken"]).collect();
    assert_ne!(tokens[0], tokens[1], "calls are different");
    assert_eq!((tokens[0].len(), tokens[0].as_bytes()[14]), (36, b'4'), "it is a UUID v4");
    assert_eq!(tokens[2], "my-own-token");
    let nonces: Vec<&str> = heads.iter().map(|head| head.header("x-acs-signature-nonce")).collect();
    assert_ne!(nonces[0], nonces[1]);
    for head in &heads {
        head.check_signature("exampleKeyId", SECRET);
    }
}
