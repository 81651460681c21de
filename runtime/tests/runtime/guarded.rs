//! Calls whose every trace is searched for secrets.

use std::error::Error as _;

use crate::service::error::{DecodeError, ServiceError};
use crate::service::operations::{
    ModifyBackupSourceEndpointRequest as Request, ModifyBackupSourceEndpointResponse as Response,
};
use crate::service::types::{BackupObject, SourceEndpointInstanceType};
use crate::service::{Client, Error, ErrorKind};

use crate::logs;
use crate::loopback::{PASSWORD, PLANTED, Server};

/// A body of success.
pub const OK: &[u8] = br#"{"RequestId": "id-in-body", "Success": true, "NeedPrecheck": true}"#;
/// A header with the id of the request.
pub const ID: (&str, &str) = ("x-acs-request-id", "id-in-header");

/// A request with a planted password.
pub fn request() -> Request {
    Request::new("p", SourceEndpointInstanceType::Other)
        .source_endpoint_ip("192.0.2.10")
        .source_endpoint_port(3306)
        .source_endpoint_password(PASSWORD)
        .backup_objects([BackupObject::new().db_name("orders")])
}

/// Calls with [`request`], and searches for secrets in whatever is shown and logged.
///
/// # Errors
///
/// Those of the call.
///
/// # Panics
///
/// When a secret is found.
pub async fn call(client: &Client) -> Result<Response, Error> {
    logs::record();
    let result = client.modify_backup_source_endpoint(request()).await;
    if let Err(error) = &result {
        let mut shown = vec![format!("{error}"), format!("{error:#}"), format!("{error:?}")];
        shown.push(format!("{error:#?}"));
        let mut source = error.source();
        while let Some(error) = source {
            shown.extend([error.to_string(), format!("{error:?}")]);
            source = error.source();
        }
        shown.extend(error.code().map(str::to_owned));
        shown.extend(error.request_id().map(str::to_owned));
        for text in shown {
            assert!(!text.contains(PLANTED), "{text}");
        }
    }
    let log = logs::text();
    assert!(log.contains("ModifyBackupSourceEndpoint"), "nothing is logged: {log}");
    let leak = log.lines().find(|line| line.contains(PLANTED));
    assert!(leak.is_none(), "{leak:?}");
    result
}

/// The error of a call.
///
/// # Panics
///
/// When there is none.
pub async fn failure(server: &Server) -> Error {
    let error = call(&server.client()).await.expect_err("the server makes it fail");
    assert_eq!(error.attempts(), u32::try_from(server.seen().len()).expect("there are few"));
    error
}

/// The [`ServiceError`] of a call.
///
/// # Panics
///
/// When it ends in another way.
pub async fn service_error(server: &Server) -> ServiceError {
    match failure(server).await.into_kind() {
        ErrorKind::Service(error) => *error,
        other => panic!("{other:?}"),
    }
}

/// The [`DecodeError`] of a call that was sent once.
///
/// # Panics
///
/// When it ends in another way.
pub async fn decode_error(server: &Server) -> DecodeError {
    match failure(server).await.into_kind() {
        ErrorKind::Decode(error) => {
            assert_eq!(server.seen().len(), 1, "it is not sent again");
            *error
        }
        other => panic!("{other:?}"),
    }
}
