//! What the service sends, parsed: the documents' examples, looser spellings, failures, and garbage.

use std::error::Error;
use std::fmt::Debug;

use alibabacloud_dbs::operations::{
    CreateGetDbListFromAgentTaskResponse, ModifyBackupSourceEndpointResponse,
};
use alibabacloud_dbs::{Response, ResponseError};
use tests::generated;

const MODIFY: &str = r#"{
  "HttpStatusCode": 200,
  "RequestId": "D6E068C3-25BC-455A-85FE-45F0B22E****",
  "ErrCode": "Param.NotFound",
  "Success": true,
  "ErrMessage": "The specified parameter %s value is not valid. ",
  "BackupPlanId": "dbs1h****usfa",
  "NeedPrecheck": false
}"#;

const CREATE: &str = r#"{
  "HttpStatusCode": 400,
  "RequestId": "EB4DFD5E-3618-498D-BE35-4DBEA0072122",
  "ErrCode": "InvalidParameter",
  "Success": true,
  "ErrMessage": "This backupPlan can't support this action",
  "TaskId": 123456
}"#;

fn modify(body: &str) -> Result<ModifyBackupSourceEndpointResponse, ResponseError> {
    Response::from_json(body.as_bytes())
}

fn create(body: &str) -> Result<CreateGetDbListFromAgentTaskResponse, ResponseError> {
    Response::from_json(body.as_bytes())
}

#[test]
fn the_example_of_modify_backup_source_endpoint_reads_as_documented() {
    // The document shows an error code beside `Success: true`; the latter decides.
    let response = modify(MODIFY).expect("`Success` is true");
    assert_eq!(response.http_status_code, Some(200));
    assert_eq!(response.request_id.as_deref(), Some("D6E068C3-25BC-455A-85FE-45F0B22E****"));
    assert_eq!(response.err_code.as_deref(), Some("Param.NotFound"));
    assert_eq!(response.success, Some(true));
    let message = "The specified parameter %s value is not valid. ";
    assert_eq!(response.err_message.as_deref(), Some(message));
    assert_eq!(response.backup_plan_id.as_deref(), Some("dbs1h****usfa"));
    assert_eq!(response.need_precheck, Some(false));
}

#[test]
fn the_example_of_create_get_db_list_from_agent_task_reads_as_documented() {
    // Even 400 inside the body does not make it a failure while it says `Success: true`.
    let response = create(CREATE).expect("`Success` is true");
    assert_eq!(response.http_status_code, Some(400));
    assert_eq!(response.request_id.as_deref(), Some("EB4DFD5E-3618-498D-BE35-4DBEA0072122"));
    assert_eq!(response.err_code.as_deref(), Some("InvalidParameter"));
    assert_eq!(response.success, Some(true));
    let message = "This backupPlan can't support this action";
    assert_eq!(response.err_message.as_deref(), Some(message));
    assert_eq!(response.task_id, Some(123_456));
}

#[test]
fn members_that_nobody_knows_are_passed_over() {
    let known = modify(MODIFY).expect("the document's example");
    for unknown in [r#""New": 1,"#, r#""New": null,"#, r#""New": [{"Deep": [[{}]]}, "x"],"#] {
        let body = MODIFY.replacen('{', &format!("{{{unknown}"), 1);
        assert_eq!(modify(&body).expect("unknown members do no harm"), known);
    }
    // Names are taken as spelled, so another spelling is another, unknown member.
    let response = modify(r#"{"needprecheck": true, "NEEDPRECHECK": "?"}"#).expect("unknown names");
    assert_eq!(response, ModifyBackupSourceEndpointResponse::default());
}

#[test]
fn scalars_may_be_spelled_as_another_kind() {
    for status in ["200", r#""200""#, "200.0", "2e2"] {
        let response = modify(&format!(r#"{{"HttpStatusCode": {status}}}"#));
        assert_eq!(response.expect(status).http_status_code, Some(200), "{status}");
    }
    for (spelled, precheck) in [
        ("true", true),
        ("false", false),
        (r#""true""#, true),
        (r#""false""#, false),
        (r#""True""#, true),
        (r#""FALSE""#, false),
    ] {
        let response = modify(&format!(r#"{{"NeedPrecheck": {spelled}}}"#));
        assert_eq!(response.expect(spelled).need_precheck, Some(precheck), "{spelled}");
    }
    for (spelled, text) in
        [(r#""x""#, "x"), (r#""""#, ""), ("404", "404"), ("-1", "-1"), ("true", "true")]
    {
        let response = modify(&format!(r#"{{"ErrCode": {spelled}}}"#));
        assert_eq!(response.expect(spelled).err_code.as_deref(), Some(text), "{spelled}");
    }
    for (spelled, id) in [
        ("-9223372036854775808", i64::MIN),
        ("9223372036854775807", i64::MAX),
        (r#""9223372036854775807""#, i64::MAX),
        // One more than 2^53: a detour through a float would lose it.
        ("9007199254740993", 9_007_199_254_740_993),
        (r#""9007199254740993""#, 9_007_199_254_740_993),
    ] {
        let response = create(&format!(r#"{{"TaskId": {spelled}}}"#));
        assert_eq!(response.expect(spelled).task_id, Some(id), "{spelled}");
    }
}

#[test]
fn null_and_missing_members_are_none() {
    let empty = ModifyBackupSourceEndpointResponse::default();
    assert_eq!(modify("{}").expect("nothing is required"), empty);
    let nulls = r#"{ "HttpStatusCode": null, "RequestId": null, "ErrCode": null, "Success": null,
                     "ErrMessage": null, "BackupPlanId": null, "NeedPrecheck": null }"#;
    assert_eq!(modify(nulls).expect("null is like missing"), empty);

    let nulls = r#"{"TaskId": null, "Success": null}"#;
    let empty = CreateGetDbListFromAgentTaskResponse::default();
    assert_eq!(create(nulls).expect("null is like missing"), empty);
}

#[test]
fn success_false_is_a_failure_that_says_why() {
    for spelled in ["false", r#""false""#, r#""False""#] {
        for body in [MODIFY, CREATE] {
            let body = body.replace(r#""Success": true"#, &format!(r#""Success": {spelled}"#));
            let error = modify(&body).expect_err("`Success` is false");
            let ResponseError::Failure(failure) = &error else { panic!("{error:?}") };
            let displayed = error.to_string();
            for (found, name) in [
                (&failure.code, "ErrCode"),
                (&failure.message, "ErrMessage"),
                (&failure.request_id, "RequestId"),
            ] {
                let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
                let sent = body[name].as_str().expect("the examples have all three");
                assert_eq!(found.as_deref(), Some(sent));
                assert!(displayed.contains(sent), "{displayed}");
            }
        }
    }
}

#[test]
fn a_failure_without_reasons_is_still_a_failure() {
    let error = create(r#"{"Success": false, "TaskId": 1}"#).expect_err("`Success` is false");
    let ResponseError::Failure(failure) = &error else { panic!("{error:?}") };
    assert_eq!((&failure.code, &failure.message, &failure.request_id), (&None, &None, &None));
    assert!(!error.to_string().is_empty());
}

fn refuses<R: Response + Debug>(body: &[u8]) {
    let shown = String::from_utf8_lossy(&body[..body.len().min(80)]);
    match R::from_json(body) {
        Err(error @ ResponseError::Decode(_)) => {
            // Where in the body it went wrong is in the source, not in the message.
            assert!(error.source().is_some(), "{shown}");
            assert!(!error.to_string().is_empty(), "{shown}");
        }
        other => panic!("{shown}: {other:?}"),
    }
}

fn both_refuse(body: &[u8]) {
    refuses::<ModifyBackupSourceEndpointResponse>(body);
    refuses::<CreateGetDbListFromAgentTaskResponse>(body);
}

#[test]
fn what_is_no_json_object_is_a_decode_error() {
    for body in [
        "",
        " \n",
        "<html><body><h1>502 Bad Gateway</h1></body></html>",
        "null",
        "true",
        "0",
        r#""Success""#,
        "{} {}",
        "{},",
        "{'Success': true}",
        "\u{feff}{}",
    ] {
        both_refuse(body.as_bytes());
    }
    both_refuse(b"{\"RequestId\": \"\xff\"}");
    both_refuse("[".repeat(100_000).as_bytes());
    both_refuse(format!("{{\"New\": {}", "[".repeat(100_000)).as_bytes());
}

#[test]
fn an_array_is_a_decode_error() {
    for body in ["[]", "[ ]", "[{}]", r#"[200, "D6E068C3"]"#, "[null]"] {
        both_refuse(body.as_bytes());
    }
}

#[test]
fn every_truncated_body_is_a_decode_error() {
    for body in [MODIFY, CREATE] {
        for length in 0..body.len() {
            both_refuse(&body.as_bytes()[..length]);
        }
    }
}

#[test]
fn values_that_no_spelling_explains_are_decode_errors() {
    for status in ["[]", "{}", "true", r#""two hundred""#, "200.5", "2147483648", "1e300"] {
        both_refuse(format!(r#"{{"HttpStatusCode": {status}}}"#).as_bytes());
    }
    for success in ["[]", "{}", r#""maybe""#, "2"] {
        both_refuse(format!(r#"{{"Success": {success}}}"#).as_bytes());
    }
    for code in ["[]", "{}", r#"["x"]"#] {
        both_refuse(format!(r#"{{"ErrCode": {code}}}"#).as_bytes());
    }
}

#[test]
fn success_as_text_is_read_as_well() {
    type Response = generated::response_success_text::operations::ResponseSuccessTextResponse;
    let failed = br#"{"Success":"false","ErrorCode":"Role.Exists","ErrMessage":"There is one."}"#;
    let Err(ResponseError::Failure(failure)) = Response::from_json(failed) else {
        panic!("it is a failure");
    };
    assert_eq!(failure.code.as_deref(), Some("Role.Exists"));
    assert_eq!(failure.message.as_deref(), Some("There is one."));
    assert!(Response::from_json(br#"{"Success":"true"}"#).is_ok());
    assert!(Response::from_json(br#"{"Success":"perhaps"}"#).is_ok());
    assert!(Response::from_json(b"{}").is_ok());
}

#[test]
fn documented_values_are_read_in_any_case_and_from_responses_only() {
    use generated::response_enum_case::operations::{
        ResponseEnumCaseRequest as Request, ResponseEnumCaseResponse as Response,
    };
    use generated::response_enum_case::types::Mode;

    let body = br#"{"Mode":"rds","Modes":["ECS","Ecs","aBC","new",""]}"#;
    let response = Response::from_json(body).expect("it can be read");
    assert_eq!(response.mode, Some(Mode::Rds));
    let modes = [Mode::Ecs, Mode::Ecs, Mode::Abc, Mode::from("new"), Mode::from("")];
    assert_eq!(response.modes, modes);
    let nothing = Response::from_json(br#"{"Mode":null,"Modes":null}"#).expect("it can be read");
    assert_eq!((nothing.mode, nothing.modes), (None, Vec::new()));
    assert!(Response::from_json(br#"{"Mode":1}"#).is_err());

    assert_eq!(Mode::from("rds").as_str(), "rds");
    assert_ne!("rds".parse(), Ok(Mode::Rds));
    let request: Request = serde_json::from_str(r#"{"Mode":"rds"}"#).expect("it can be read");
    assert!(request.validate().is_err());
}
