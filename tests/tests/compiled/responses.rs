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
    Response::from_body(body.as_bytes())
}

fn create(body: &str) -> Result<CreateGetDbListFromAgentTaskResponse, ResponseError> {
    Response::from_body(body.as_bytes())
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
    for status in ["200", r#""200""#, "200.0", "2e2", r#""200.0""#, r#""2e2""#] {
        let response = modify(&format!(r#"{{"Success": true, "HttpStatusCode": {status}}}"#));
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
        let response = modify(&format!(r#"{{"ErrMessage": {spelled}}}"#));
        assert_eq!(response.expect(spelled).err_message.as_deref(), Some(text), "{spelled}");
    }
    for (spelled, id) in [
        ("-9223372036854775808", i64::MIN),
        ("9223372036854775807", i64::MAX),
        (r#""9223372036854775807""#, i64::MAX),
        // One more than 2^53: a detour through a float would lose it.
        ("9007199254740993", 9_007_199_254_740_993),
        ("12.0", 12),
        (r#""12.0""#, 12),
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

fn code_of(body: &str) -> Option<String> {
    match modify(body) {
        Ok(_) => None,
        Err(ResponseError::Failure(failure)) => Some(failure.code.unwrap_or_default()),
        Err(error) => panic!("{body}: {error:?}"),
    }
}

#[test]
fn without_success_a_code_decides() {
    for success in ["", r#""Success": null,"#, r#""Success": "","#, r#""success": null,"#] {
        for name in ["ErrCode", "errCode", "ErrorCode", "errorCode", "Code", "code"] {
            let body = |code: &str| format!(r#"{{{success} "{name}": {code}, "RequestId": "R"}}"#);
            for (bad, text) in [
                (r#""Param.Wrong""#, "Param.Wrong"),
                ("500", "500"),
                ("400.0", "400"),
                (r#""Succeeded""#, "Succeeded"),
                (r#""2000""#, "2000"),
            ] {
                assert_eq!(code_of(&body(bad)).as_deref(), Some(text), "{}", body(bad));
            }
            for good in [
                "200",
                "200.0",
                r#""200""#,
                r#""OK""#,
                r#""ok""#,
                r#""Success""#,
                r#""SUCCESS""#,
                r#"" ""#,
                r#""""#,
                "null",
            ] {
                assert_eq!(code_of(&body(good)), None, "{}", body(good));
            }
        }
    }
}

#[test]
fn of_several_codes_the_first_that_is_there_decides() {
    assert_eq!(code_of(r#"{"Code": "200", "ErrCode": "Wrong"}"#).as_deref(), Some("Wrong"));
    assert_eq!(code_of(r#"{"ErrCode": "OK", "Code": "Wrong"}"#), None);
    assert_eq!(code_of(r#"{"ErrCode": "", "Code": "Wrong"}"#).as_deref(), Some("Wrong"));
    // Of a failure the one that is not good is shown first.
    let failed = r#"{"Success": false, "ErrCode": "OK", "Code": "Wrong"}"#;
    assert_eq!(code_of(failed).as_deref(), Some("Wrong"));
    assert_eq!(code_of(r#"{"Code": "", "code": "Wrong"}"#).as_deref(), Some("Wrong"));
    assert_eq!(code_of(r#"{"Code": "200", "ErrCode": "OK"}"#), None);
}

#[test]
fn what_says_outright_whether_it_succeeded_decides() {
    for failed in [
        r#"{"success": false}"#,
        r#"{"success": "False", "Code": "200"}"#,
        r#"{"Success": null, "success": false}"#,
        r#"{"Success": "FALSE ", "NeedPrecheck": true}"#,
    ] {
        assert!(code_of(failed).is_some(), "{failed}");
    }
    for succeeded in [
        r#"{"Success": true, "ErrCode": "Param.NotFound"}"#,
        r#"{"success": true, "Code": "Param.NotFound"}"#,
        r#"{"Success": "true", "HttpStatusCode": 400}"#,
    ] {
        assert_eq!(code_of(succeeded), None, "{succeeded}");
    }
    // Where neither says anything, a status of failure does.
    assert_eq!(code_of(r#"{"HttpStatusCode": 500}"#).as_deref(), Some(""));
    assert_eq!(code_of(r#"{"HttpStatusCode": 200, "ErrMessage": "nope"}"#), None);
}

#[test]
fn a_failure_is_one_although_another_member_is_odd() {
    for odd in [r#""BackupPlanId": {"id": 1}"#, r#""HttpStatusCode": 4000000000"#] {
        let body = format!(r#"{{{odd}, "Success": false, "ErrCode": "Param.Wrong"}}"#);
        assert_eq!(code_of(&body).as_deref(), Some("Param.Wrong"), "{body}");
        refuses::<ModifyBackupSourceEndpointResponse>(body.replace("false", "true").as_bytes());
        // What breaks off may go on to say that it succeeded.
        refuses::<ModifyBackupSourceEndpointResponse>(&body.as_bytes()[..body.len() - 1]);
    }
}

#[test]
fn codes_are_those_that_the_documents_mean() {
    use generated::response_code_alone::operations::ResponseCodeAloneResponse as Alone;
    use generated::response_code_and_message::operations::ResponseCodeAndMessageResponse as Both;

    let currency = Alone::from_body(br#"{"Code": "CNY", "Success": 3}"#).expect("a currency");
    assert_eq!((currency.code.as_deref(), currency.success), (Some("CNY"), Some(3)));
    // Nothing is said of what success looks like, so the HTTP status alone tells.
    for body in [r#"{"Code": "CNY", "ErrCode": "Param.Wrong"}"#, r#"{"success": "0"}"#] {
        assert!(Alone::from_body(body.as_bytes()).is_ok(), "{body}");
    }

    let Err(ResponseError::Failure(failure)) = Both::from_body(br#"{"code":404,"Message":"no"}"#)
    else {
        panic!("it is a failure");
    };
    assert_eq!((failure.code.as_deref(), failure.message.as_deref()), (Some("404"), Some("no")));
    let good = Both::from_body(br#"{"code": 200, "Message": "done"}"#).expect("200 is good");
    assert_eq!(good.envelope().code.as_deref(), Some("200"));
}

#[test]
fn a_failure_keeps_what_else_it_says() {
    let body = r#"{"success": false, "Code": "NoPermission", "Message": "no", "HttpStatusCode": "403",
        "ErrCode": "Throttling.User", "HostId": "h", "Recommend": "https://example.com",
        "AccessDeniedDetail": {"AuthAction": "dbs:Start"}}"#;
    let Err(ResponseError::Failure(failure)) = modify(body) else { panic!("it is a failure") };
    assert_eq!(failure.code.as_deref(), Some("Throttling.User"));
    assert_eq!(failure.other_codes, ["NoPermission"]);
    assert_eq!(failure.http_status, Some(403));
    assert_eq!(failure.host_id.as_deref(), Some("h"));
    assert_eq!(failure.recommend.as_deref(), Some("https://example.com"));
    assert_eq!(failure.denied_action.as_deref(), Some("dbs:Start"));
    assert_eq!(failure.access_denied_detail.as_deref(), Some(r#"{"AuthAction":"dbs:Start"}"#));
}

#[test]
fn empty_values_of_another_kind_are_absent() {
    use generated::response_code_and_message::operations::ResponseCodeAndMessageResponse as Response;

    for empty in [r#""""#, "[]", "{}", "null"] {
        let body = format!(r#"{{"Thing": {empty}, "Things": {empty}}}"#);
        let response = Response::from_body(body.as_bytes()).expect(empty);
        assert!(response.things.is_empty(), "{body}");
        assert!(response.thing.is_none_or(|thing| thing.id.is_none()), "{body}");
        let body = format!(r#"{{"Things": [{{"Id": "12.0", "Tags": {empty}}}]}}"#);
        let things = Response::from_body(body.as_bytes()).expect(empty).things;
        assert_eq!((things[0].id, things[0].tags.len()), (Some(12), 0));
    }
    // What is not empty is not absent, and neither is an item of a list.
    for body in [
        r#"{"Thing": [{}]}"#,
        r#"{"Thing": " "}"#,
        r#"{"Things": {"Id": 1}}"#,
        r#"{"Things": "[]"}"#,
        r#"{"Things": [""]}"#,
        r#"{"Things": [[]]}"#,
    ] {
        let read = Response::from_body(body.as_bytes());
        assert!(matches!(read, Err(ResponseError::Decode(_))), "{body}: {read:?}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(
        modify(&format!("\u{feff}{MODIFY}")).expect("JSON follows"),
        modify(MODIFY).expect("JSON")
    );
    assert_eq!(code_of("\u{feff}{\"Success\": false}").as_deref(), Some(""));
}

#[test]
fn what_a_failure_says_is_shown_on_one_line_and_bounded() {
    let message = format!("a\\nb\\u202ec\\u2028{}", "é".repeat(1 << 20));
    let body = format!(r#"{{"Success": false, "ErrCode": "x\ty", "ErrMessage": "{message}"}}"#);
    let error = modify(&body).expect_err("it failed");
    let shown = error.to_string();
    assert!(shown.starts_with("the service refused the call: x y: a b c éé"), "{}", &shown[..80]);
    for shown in [shown, format!("{error:?}")] {
        assert!(shown.len() < 9 << 10, "{} bytes", shown.len());
        assert!(!shown.contains(['\n', '\u{202e}', '\u{2028}']) && shown.contains("é…"));
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
    match R::from_body(body) {
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
        "\u{feff}",
        "\u{feff}\u{feff}{}",
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
        both_refuse(format!(r#"{{"Success": true, "HttpStatusCode": {status}}}"#).as_bytes());
    }
    for success in ["[]", "{}"] {
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
    let Err(ResponseError::Failure(failure)) = Response::from_body(failed) else {
        panic!("it is a failure");
    };
    assert_eq!(failure.code.as_deref(), Some("Role.Exists"));
    assert_eq!(failure.message.as_deref(), Some("There is one."));
    assert!(Response::from_body(br#"{"Success":"true"}"#).is_ok());
    assert!(Response::from_body(br#"{"Success":"True"}"#).is_ok());
    // What is not one of the good values is none of them, whatever it means.
    for body in [r#"{"Success":"perhaps"}"#, r#"{"success":1}"#] {
        let read = Response::from_body(body.as_bytes());
        assert!(matches!(read, Err(ResponseError::Failure(_))), "{body}: {read:?}");
    }
    assert!(Response::from_body(b"{}").is_ok());
}

#[test]
fn an_operation_says_itself_where_its_answer_says_how_the_call_went() {
    use generated::response_envelope::operations::ResponseEnvelopeResponse as Response;

    let failed = br#"{"ErrCode": "0000", "ErrMessage": "no", "traceId": 7, "Code": "Other"}"#;
    let Err(ResponseError::Failure(failure)) = Response::from_body(failed) else {
        panic!("`0000` is not 0");
    };
    assert_eq!((failure.code.as_deref(), failure.message.as_deref()), (Some("0000"), Some("no")));
    assert_eq!(failure.request_id.as_deref(), Some("7"));
    assert_eq!(failure.other_codes, ["Other"], "the gateway's code counts after the service's");
    for body in ["{}", r#"{"errCode": 0}"#, r#"{"ErrCode": "ok"}"#, r#"{"Success": "TRUE"}"#] {
        let response = Response::from_body(body.as_bytes());
        response.unwrap_or_else(|error| panic!("{body}: {error}"));
    }
    let read = Response::from_body(br#"{"Success": true, "ErrCode": "7", "TraceId": "t"}"#);
    let envelope = read.expect("the first marker decides").envelope();
    assert_eq!((envelope.success, envelope.code.as_deref()), (Some(true), Some("7")));
    assert_eq!((envelope.message, envelope.request_id.as_deref()), (None, Some("t")));
}

#[test]
fn documented_values_are_read_in_any_case_and_from_responses_only() {
    use generated::response_enum_case::operations::{
        ResponseEnumCaseRequest as Request, ResponseEnumCaseResponse as Response,
    };
    use generated::response_enum_case::types::Mode;

    let body = br#"{"Mode":"rds","Modes":["ECS","Ecs","aBC","new",""]}"#;
    let response = Response::from_body(body).expect("it can be read");
    assert_eq!(response.mode, Some(Mode::Rds));
    let modes = [Mode::Ecs, Mode::Ecs, Mode::Abc, Mode::from("new"), Mode::from("")];
    assert_eq!(response.modes, modes);
    let nothing = Response::from_body(br#"{"Mode":null,"Modes":null}"#).expect("it can be read");
    assert_eq!((nothing.mode, nothing.modes), (None, Vec::new()));
    assert!(Response::from_body(br#"{"Mode":1}"#).is_err());

    assert_eq!(Mode::from("rds").as_str(), "rds");
    assert_ne!("rds".parse(), Ok(Mode::Rds));
    let request: Request = serde_json::from_str(r#"{"Mode":"rds"}"#).expect("it can be read");
    assert!(request.validate().is_err());
}
