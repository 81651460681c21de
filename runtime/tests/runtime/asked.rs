//! What programs ask of an error, and what one is that ends a program.

use std::time::Duration;

use alibabacloud_runtime::credentials::CredentialsError;

use crate::scripted::{Reply, Scripted, builder, client, request};
use crate::service::transport::{HttpResponse, TransportError, TransportErrorKind};
use crate::service::{Client, Error};

/// What is true of an error.
fn told(error: &Error) -> Vec<&'static str> {
    let all = [
        ("throttling", error.is_throttling()),
        ("expired token", error.is_expired_token()),
        ("access denied", error.is_access_denied()),
        ("timeout", error.is_timeout()),
        ("not sent", error.is_not_sent()),
    ];
    all.into_iter().filter_map(|(name, is)| is.then_some(name)).collect()
}

fn answer(status: u16, body: &str) -> Reply {
    Ok(HttpResponse::new(status, body))
}

async fn of(attempts: u32, reply: Reply) -> Error {
    let transport = Scripted::new([reply]);
    let client = builder::<Client>(&transport).max_attempts(attempts).build();
    let client = client.expect("the settings are acceptable");
    client.create_get_db_list_from_agent_task(request()).await.expect_err("it fails for good")
}

#[tokio::test(start_paused = true)]
async fn what_codes_say_is_told_whichever_service_says_it() {
    let cases: [(u16, &str, &[&str]); 9] = [
        (400, r#"{"Code": "Throttling.User"}"#, &["throttling"]),
        (429, "{}", &["throttling"]),
        (403, r#"{"Code": "InvalidSecurityToken.Expired"}"#, &["expired token"]),
        (403, r#"{"Code": "NoPermission"}"#, &["access denied"]),
        (403, r#"{"Code": "Forbidden.RAM"}"#, &["access denied"]),
        (
            403,
            r#"{"Code": "Odd", "AccessDeniedDetail": {"AuthAction": "a:b"}}"#,
            &["access denied"],
        ),
        (403, r#"{"Code": "Request.Forbidden"}"#, &[]),
        (404, r#"{"Code": "InvalidThing.NotFound"}"#, &[]),
        (500, r#"{"Code": "InternalError"}"#, &[]),
    ];
    for (status, body, expected) in cases {
        assert_eq!(told(&of(1, answer(status, body)).await), expected, "{status} {body}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_was_sent_where_that_is_certain() {
    let failed = |kind| Err(TransportError::new(kind, "on purpose"));
    assert_eq!(told(&of(1, failed(TransportErrorKind::Connect)).await), ["not sent"]);
    assert!(told(&of(2, failed(TransportErrorKind::Connect)).await).is_empty());
    assert!(told(&of(1, failed(TransportErrorKind::NoResponse)).await).is_empty());
    let mut slow = Scripted::new([answer(200, "{}")]);
    slow.takes = Duration::from_secs(60);
    let call = client(&slow).create_get_db_list_from_agent_task(request());
    assert_eq!(told(&call.await.expect_err("it takes too long")), ["timeout"]);
}

#[tokio::test(start_paused = true)]
async fn debug_is_the_message_and_the_long_form_shows_members() {
    let body = r#"{"Code": "Request.Forbidden", "Message": "No", "RequestId": "1"}"#;
    let error = of(1, answer(403, body)).await;
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(error.to_string().contains("Request.Forbidden"), "{error}");
    let long = format!("{error:#?}");
    assert!(long.contains("request_id: Some("), "{long}");
}

#[test]
fn debug_of_what_credentials_lack_is_the_message_and_the_long_form_shows_members() {
    let error = CredentialsError::new("the vault is closed").retryable(true);
    assert_eq!(format!("{error:?}"), "the vault is closed");
    assert_eq!(format!("{:?}", Error::from(error.clone())), Error::from(error.clone()).to_string());
    let long = format!("{error:#?}");
    assert!(long.contains("message: \"the vault is closed\""), "{long}");
}
