//! A user's own test: the service is a mock, as another library makes it.

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::SourceEndpointInstanceType;
use tests::loopback;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_mocked_service_answers() {
    let service = MockServer::start().await;
    let body = r#"{ "RequestId": "D6E068C3", "Success": true, "NeedPrecheck": true, "New": 1 }"#;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string(body))
        .mount(&service)
        .await;
    let client = loopback::builder(&service.uri()).build().expect("the settings are acceptable");
    let request = ModifyBackupSourceEndpointRequest::new("p", SourceEndpointInstanceType::Rds)
        .source_endpoint_region("cn-hangzhou")
        .source_endpoint_instance_id("rm-1")
        .backup_objects([]);
    let response = client.modify_backup_source_endpoint(request).await.expect("it is answered");
    assert_eq!(response.need_precheck, Some(true));
    assert_eq!(response.request_id.as_deref(), Some("D6E068C3"));

    let received = service.received_requests().await.expect("requests are recorded");
    let [request] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(request.url.path(), "/");
    assert!(request.body.is_empty());
    assert_eq!(request.headers["x-acs-action"], "ModifyBackupSourceEndpoint");
    assert_eq!(request.headers["x-acs-version"], "2019-03-06");
}
