//! The crate of Short Message Service: failures that come with the HTTP status 200, parameters in the form,
//! lists, and verification codes, which nothing may show.

use alibabacloud_codegen::Specs;
use alibabacloud_dysmsapi::operations::{
    AddSmsSignRequest, CreateSmsSignRequest, CreateSmsTemplateRequest, QuerySendDetailsRequest,
    SendBatchSmsRequest, SendSmsRequest,
};
use alibabacloud_dysmsapi::types::{SignFile, SmsSendDetailDto};
use alibabacloud_dysmsapi::{Client, ErrorKind, ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tests::checkout::root;
use tests::fixtures::generate;
use tests::head::Head;
use tests::logs;
use tests::loopback::{PLANTED, Reply, SECRET, Server, credentials, response};

const CODE: &str = "planted-code";

fn client(server: &Server) -> Client {
    let builder = Client::builder().endpoint(server.endpoint()).credentials(credentials());
    builder.build().expect("the settings are acceptable")
}

fn send_sms() -> SendSmsRequest {
    let values = [("code".to_owned(), SecretString::from(CODE))];
    SendSmsRequest::new("13900001234", "Example", "SMS_1").template_param(values)
}

/// What a form or a query says, parsed.
fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(text.as_bytes());
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn ok_is_a_success() {
    let body = json!({ "Code": "OK", "Message": "OK", "BizId": "900619^0", "RequestId": "F655" });
    let server = Server::answering(200, &[], body.to_string().as_bytes());
    let response = client(&server).send_sms(send_sms()).await.expect("it is answered");
    assert_eq!(response.biz_id.as_deref(), Some("900619^0"));
    assert_eq!(response.code.as_deref(), Some("OK"));

    let head = Head::parse(&server.seen()[0]);
    head.check_signature("exampleKeyId", SECRET);
    assert_eq!(head.header("x-acs-action"), "SendSms");
    assert_eq!(head.header("x-acs-version"), "2017-05-25");
    let sent = [
        ("PhoneNumbers", "13900001234"),
        ("SignName", "Example"),
        ("TemplateCode", "SMS_1"),
        ("TemplateParam", r#"{"code":"planted-code"}"#),
    ];
    assert_eq!(pairs(head.query()), expected(&sent));
}

#[tokio::test]
async fn any_other_code_is_a_failure_that_is_not_repeated() {
    logs::record();
    let code = "isv.BUSINESS_LIMIT_CONTROL";
    for message in ["触发小时级流控Permits:5".to_owned(), format!("no more of {CODE}")] {
        let body = json!({ "Code": code, "Message": message, "RequestId": "CE50" });
        let server = Server::answering(200, &[], body.to_string().as_bytes());
        let error = client(&server).send_sms(send_sms()).await.expect_err("it has failed");
        assert_eq!(error.request_id(), Some("CE50"));
        assert_eq!(error.attempts(), 1);
        let shown = format!("{error} {error:?} {error:#?}");
        let ErrorKind::Service(error) = error.into_kind() else { panic!("{shown}") };
        assert_eq!((error.status, error.code.as_deref()), (200, Some(code)));
        assert_eq!(error.message, Some(message.replace(CODE, "[REDACTED]")));
        assert!(!shown.contains(PLANTED), "{shown}");
        assert_eq!(server.seen().len(), 1);
    }
    let shown = format!("{:?}", send_sms());
    assert!(shown.contains("13900001234") && !shown.contains(PLANTED), "{shown}");
    let leak = logs::text().lines().find(|line| line.contains(PLANTED)).map(str::to_owned);
    assert!(leak.is_none(), "{leak:?}");
}

#[tokio::test]
async fn a_message_that_may_have_been_sent_is_not_sent_again() {
    for reply in [Reply::Bytes(response(503, &[], b"{}")), Reply::Bytes(Vec::new())] {
        let server = Server::start(vec![reply]);
        let error = client(&server).send_sms(send_sms()).await.expect_err("there is no answer");
        assert_eq!((error.attempts(), server.seen().len()), (1, 1), "{error}");
    }
}

#[tokio::test]
async fn parameters_of_the_form_travel_in_the_form() {
    let body = json!({ "Code": "OK", "SignName": "Example" });
    let server = Server::answering(200, &[], body.to_string().as_bytes());
    let files = ["jpg", "png"].map(|suffix| SignFile::new("R0lG+/==", suffix));
    let request = AddSmsSignRequest::new("Example", 1, "why", files).sign_type(0);
    client(&server).add_sms_sign(request).await.expect("it is answered");
    let request = SendBatchSmsRequest::new(
        "SMS_1",
        ["13900001234".to_owned(), "13900005678".to_owned()],
        ["A".to_owned(), "B".to_owned()],
    );
    let values = ["1", "2"].map(|value| [("n".to_owned(), SecretString::from(value))].into());
    client(&server)
        .send_batch_sms(request.template_param_json(values))
        .await
        .expect("it is answered");

    let files = [
        ("SignFileList.1.FileContents", "R0lG+/=="),
        ("SignFileList.1.FileSuffix", "jpg"),
        ("SignFileList.2.FileContents", "R0lG+/=="),
        ("SignFileList.2.FileSuffix", "png"),
    ];
    let lists = [
        ("PhoneNumberJson", r#"["13900001234","13900005678"]"#),
        ("SignNameJson", r#"["A","B"]"#),
        ("TemplateParamJson", r#"[{"n":"1"},{"n":"2"}]"#),
    ];
    let sign = [("Remark", "why"), ("SignName", "Example"), ("SignSource", "1"), ("SignType", "0")];
    let requests = server.requests();
    for (request, query, form) in [
        (&requests[0], &sign[..], &files[..]),
        (&requests[1], &[("TemplateCode", "SMS_1")][..], &lists[..]),
    ] {
        let head = Head::parse(&request.head);
        head.check_signature_with(&request.body, "exampleKeyId", SECRET);
        assert_eq!(head.header("content-type"), "application/x-www-form-urlencoded");
        assert_eq!(pairs(head.query()), expected(query));
        let body = std::str::from_utf8(&request.body).expect("it is text");
        assert_eq!(pairs(body), expected(form));
    }
}

#[tokio::test]
async fn files_that_show_more_travel_as_json() {
    let server = Server::answering(200, &[], br#"{ "Code": "OK", "OrderId": "2004" }"#);
    let request = CreateSmsSignRequest::new("Example", 2004393, 1);
    let request = request.more_data(["1/a.png".to_owned(), "1/b.png".to_owned()]).third_party(true);
    let response = client(&server).create_sms_sign(request).await.expect("it is answered");
    assert_eq!(response.order_id.as_deref(), Some("2004"));
    let head = Head::parse(&server.seen()[0]);
    head.check_signature("exampleKeyId", SECRET);
    let sent = [
        ("MoreData", r#"["1/a.png","1/b.png"]"#),
        ("QualificationId", "2004393"),
        ("SignName", "Example"),
        ("SignSource", "1"),
        ("ThirdParty", "true"),
    ];
    assert_eq!(pairs(head.query()), expected(&sent));
}

#[tokio::test]
async fn messages_of_all_pages_come_and_do_not_show_their_texts() {
    let page = |numbers: &[&str]| {
        let message = |number| json!({ "PhoneNum": number, "Content": CODE, "SendStatus": 3 });
        let messages: Vec<_> = numbers.iter().map(message).collect();
        let body = json!({ "Code": "OK", "TotalCount": "3",
                           "SmsSendDetailDTOs": { "SmsSendDetailDTO": messages } });
        Reply::Bytes(response(200, &[], body.to_string().as_bytes()))
    };
    let server = Server::start(vec![page(&["1", "2"]), page(&["3"])]);
    let request = QuerySendDetailsRequest::new("13900001234", "20261127", 2, 1);
    let items = client(&server).query_send_details(request).items().try_collect().await;
    let items: Vec<SmsSendDetailDto> = items.expect("it is answered");
    let numbers: Vec<_> = items.iter().filter_map(|item| item.phone_num.as_deref()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    let content = items[0].content.as_ref().expect("there is one");
    assert_eq!(content.expose_secret(), CODE);
    assert!(!format!("{items:?}").contains(PLANTED));

    let page = |head: &String| Head::parse(head).parameters()["CurrentPage"].to_owned();
    let pages: Vec<String> = server.seen().iter().map(page).collect();
    assert_eq!(pages, ["1", "2"]);
}

#[test]
fn a_template_needs_what_its_kind_needs() {
    let request = |kind| CreateSmsTemplateRequest::new("Name", "Text", kind);
    let missing = |request: CreateSmsTemplateRequest| {
        let violations = request.validate().expect_err("something is missing");
        violations.iter().map(|violation| violation.sentence().to_owned()).collect::<Vec<_>>()
    };
    for kind in 0..=2 {
        assert!(missing(request(kind))[0].contains("`RelatedSignName`"), "{kind}");
        assert!(request(kind).related_sign_name("Example").validate().is_ok(), "{kind}");
    }
    assert!(missing(request(3))[0].contains("`IntlType`"));
    assert!(request(3).intl_type(0).validate().is_ok());
}

#[test]
fn the_counts_are_those_of_the_sources() {
    let specs = Specs::read(&root(), "specs/dysmsapi-2017-05-25").expect("they can be read");
    let summary = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}")).summary;
    let sources = std::fs::read_to_string(root().join("tests/sources.json"));
    let sources: Value =
        serde_json::from_str(&sources.expect("it is in the repository")).expect("it is JSON");
    let total = |what: &str| sources["dysmsapi-2017-05-25"][what].as_u64();
    for (what, count) in [
        ("operations", summary.operations),
        ("parameters", summary.parameters),
        ("elements", summary.elements),
        ("rules", summary.rules),
    ] {
        assert_eq!(total(what), Some(count as u64), "{what}");
    }
}
