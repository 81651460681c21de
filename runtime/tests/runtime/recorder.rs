//! What a recorder writes, what it leaves out, and what is played back.

use std::fs;

use alibabacloud_runtime::mock::{Recorder, Replay};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::scripted::{Reply, Scripted};
use crate::service::operations::{
    CreateGetDbListFromAgentTaskRequest as Start, ModifyBackupSourceEndpointRequest as Modify,
};
use crate::service::transport::{
    HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use crate::service::types::SourceEndpointInstanceType;
use crate::service::{BoxFuture, Client, Credentials, ErrorKind};

const SECRET: &str = "planted-key-secret";
const TOKEN: &str = "planted-security-token";
const PASSWORD: &str = "planted-p4ssw0rd";

/// A folder, and a client whose calls are recorded in a file in it.
fn recording(transport: impl Transport + 'static) -> (TempDir, Client) {
    let folder = tempfile::tempdir().expect("there is room");
    let recorder = Recorder::new(transport, folder.path().join("calls")).expect("it is writable");
    let builder = Client::builder().region("cn-hangzhou").transport(recorder);
    let credentials = Credentials::new("planted-key-id", SECRET).with_security_token(TOKEN);
    let builder = builder.credentials(credentials).pauses(Default::default(), Default::default());
    (folder, builder.build().expect("the settings are acceptable"))
}

fn text(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("calls")).expect("it was written")
}

fn lines(folder: &TempDir) -> Vec<Value> {
    text(folder).lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect()
}

fn replay(folder: &TempDir) -> (Replay, Client) {
    let replay = Replay::open(folder.path().join("calls")).expect("it is a recording");
    let client = Client::builder().session(&replay.session()).build();
    (replay, client.expect("the settings are acceptable"))
}

fn response(status: u16, body: &Value) -> Reply {
    Ok(HttpResponse::new(status, body.to_string()).with_header("x-acs-request-id", "r-1"))
}

#[tokio::test]
async fn what_was_said_is_said_again() {
    let failed = TransportError::new(TransportErrorKind::NoResponse, "cut");
    let transport = Scripted::new([
        response(429, &json!({ "Code": "Throttling.User", "Message": "slow down" })),
        Err(failed),
        response(200, &json!({ "Success": "true", "TaskId": "7", "RequestId": "r-3", "New": 1 })),
        response(200, &json!({ "Success": false, "ErrCode": "Task.Exists" })),
        response(200, &json!({ "Success": true, "TaskId": 8 })),
    ]);
    let (folder, client) = recording(transport);
    let ask = async |client: &Client| {
        let mut said = Vec::new();
        for gateway in [1, 1, 2] {
            let answer = client.create_get_db_list_from_agent_task(Start::new(gateway)).await;
            said.push(match answer {
                Ok(answer) => format!("{answer:?}"),
                Err(error) => format!("{error:?}"),
            });
        }
        said
    };
    let said = ask(&client).await;
    assert!(said[0].contains("task_id: Some(7)"), "{said:?}");
    let written = lines(&folder);
    assert_eq!(written.len(), 5);
    assert_eq!(written[1]["failure"], "no response");
    let expected = json!({
        "action": "CreateGetDBListFromAgentTask",
        "version": "2019-03-06",
        "method": "POST",
        "path": "/",
        "parameters": { "BackupGatewayId": 1 },
        "status": 200,
        "headers": { "x-acs-request-id": "r-1" },
        "answer": { "Success": true, "TaskId": 7, "RequestId": "r-3" },
    });
    assert_eq!(written[2], expected);
    let (replay, client) = replay(&folder);
    assert_eq!(ask(&client).await, said);
    assert_eq!(replay.left(), 0);
}

#[tokio::test]
async fn what_was_not_recorded_is_an_error_that_says_so() {
    let (folder, client) = recording(Scripted::new([response(200, &json!({ "TaskId": 1 }))]));
    client.create_get_db_list_from_agent_task(Start::new(1)).await.expect("it is answered");
    let (replay, client) = replay(&folder);
    let error = async |gateway| {
        let answer = client.create_get_db_list_from_agent_task(Start::new(gateway)).await;
        answer.map(drop).map_err(|error| (error.to_string(), error.attempts()))
    };
    let other = "cannot connect: the recording has no more of `CreateGetDBListFromAgentTask` with \
                 these parameters";
    assert_eq!(error(2).await, Err((other.to_owned(), 1)));
    assert_eq!(replay.left(), 1);
    assert_eq!(error(1).await, Ok(()));
    let none = "cannot connect: the recording has no more of `CreateGetDBListFromAgentTask`";
    assert_eq!(error(1).await, Err((none.to_owned(), 1)));
}

#[test]
fn what_is_no_recording_is_refused_by_its_line() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("calls");
    let good = r#"{"action":"A","version":"1","parameters":{},"status":200,"headers":{}}"#;
    for bad in [
        "",
        "planted",
        "{}",
        r#"{"action":"A","version":"1","parameters":{}}"#,
        r#"{"action":"A","version":"1","parameters":{},"status":70000,"headers":{}}"#,
        r#"{"action":"A","version":"1","parameters":{},"failure":"planted","permanent":false}"#,
    ] {
        fs::write(&path, format!("{good}\n{bad}\n{good}\n")).expect("there is room");
        let error = Replay::open(&path).expect_err("it is none").to_string();
        assert_eq!(error, "line 2 is none of a recording", "{bad}");
    }
    assert!(Replay::open(folder.path().join("missing")).is_err());
    assert!(Recorder::new(Scripted::new([]), folder.path()).is_err(), "it is a folder");
}

/// Repeats all that it is sent, as a service does that refuses a signature.
#[derive(Debug)]
struct Echo(u16);

impl Transport for Echo {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Reply> {
        let headers: Vec<String> =
            request.expose_headers().map(|(name, value)| format!("{name}: {value}")).collect();
        let said = format!("{} {}", request.expose_url(), headers.join(" "));
        let signature = said.rsplit_once("Signature=").map_or("", |(_, rest)| rest);
        let signature = signature.split(' ').next().unwrap_or_default();
        let body = json!({
            "Success": self.0 == 200,
            "Code": "SignatureDoesNotMatch",
            "Message": said,
            "ErrMessage": format!("yours is {signature}"),
            "RequestId": "r-1",
            "BackupPlanId": format!("plan of {PASSWORD}"),
            "Unknown": "planted-unknown",
        });
        let response = HttpResponse::new(self.0, body.to_string());
        let response = response.with_header("x-acs-request-id", format!("{TOKEN} r-1"));
        Box::pin(std::future::ready(Ok(response.with_header("x-other", "planted-header"))))
    }
}

#[tokio::test]
async fn no_secret_is_written() {
    for status in [200, 400] {
        let (folder, client) = recording(Echo(status));
        let request = Modify::new("dbs1", SourceEndpointInstanceType::Rds)
            .source_endpoint_password(PASSWORD)
            .source_endpoint_ip(format!("{PASSWORD}@192.0.2.1"));
        let call = || client.modify_backup_source_endpoint(request.clone());
        let first = call().await.map(drop).map_err(|error| error.status());
        let written = text(&folder);
        for hidden in ["planted", "p4ssw0rd", "ACS3-HMAC-SHA256 C"] {
            assert!(!written.contains(hidden), "{hidden}: {written}");
        }
        let line = &lines(&folder)[0];
        assert_eq!(line["parameters"]["SourceEndpointPassword"], "[REDACTED]");
        assert_eq!(line["parameters"]["BackupPlanId"], "dbs1");
        let kept: Vec<&String> = line["answer"].as_object().expect("it is one").keys().collect();
        let expected: &[&str] = match status {
            200 => &["BackupPlanId", "ErrMessage", "RequestId", "Success"],
            _ => &["Code", "ErrMessage", "Message", "RequestId", "Success"],
        };
        assert_eq!(kept, expected);
        assert_eq!(line["answer"]["ErrMessage"], "yours is [REDACTED]");
        let (_, replayed) = replay(&folder);
        let again = replayed.modify_backup_source_endpoint(request.clone()).await;
        assert_eq!(again.map(drop).map_err(|error| error.status()), first);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_not_written() {
    let transport = Scripted::new([
        Ok(HttpResponse::new(200, "planted text")),
        Ok(HttpResponse::new(502, "<html>planted page</html>")),
    ]);
    let (folder, client) = recording(transport);
    let call = async |client: &Client| {
        let request = Modify::new("dbs1", SourceEndpointInstanceType::Rds);
        client.modify_backup_source_endpoint(request.client_token("t")).await
    };
    let error = call(&client).await.expect_err("it is no JSON");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
    call(&client).await.expect_err("it is no answer");
    assert!(!text(&folder).contains("planted"), "{}", text(&folder));
    let (_, client) = replay(&folder);
    let error = call(&client).await.expect_err("there is nothing");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
    assert_eq!(call(&client).await.expect_err("it is no answer").status(), Some(502));
}
