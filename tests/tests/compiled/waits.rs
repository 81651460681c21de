//! Waiting as the generator writes it: by elements of lists, by values of each type, and of an answer that
//! is a list itself.

use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_runtime::wait::WaitError;

use tests::generated::operation_waits::operations::ListThingsRequest;
use tests::generated::operation_waits_of_a_list::operations::ListNamesRequest;
use tests::generated::{operation_waits, operation_waits_of_a_list};
use tests::loopback::credentials;

/// What one question comes to.
fn verdict<R>(end: Result<R, WaitError<R>>) -> &'static str {
    match end {
        Ok(_) => "succeeded",
        Err(error) if error.is_failure() => "failed",
        Err(error) if error.is_timeout() => "open",
        Err(error) => panic!("{error}"),
    }
}

/// A service that always says the same.
#[derive(Debug)]
struct Always(String);

impl Transport for Always {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let answer = HttpResponse::new(200, self.0.clone());
        Box::pin(async { Ok(answer) })
    }
}

#[tokio::test(start_paused = true)]
async fn each_state_of_a_generated_wait_is_told_apart() {
    let thing = |members: &str| format!(r#"{{"Things": {{"Thing": [{members}]}}}}"#);
    let done = r#"{"State": "done", "End": 1}"#;
    for (body, all_done, any_named, label_set, counted) in [
        ("{}".to_owned(), "open", "open", "open", "open"),
        (thing(done), "succeeded", "open", "open", "open"),
        (thing(&format!(r#"{done}, {{"State": "done"}}"#)), "open", "open", "open", "open"),
        (thing(&format!(r#"{done}, {{"State": "failed"}}"#)), "failed", "open", "open", "open"),
        (thing(r#"{"Name": "x"}, {"Name": "a \"b\""}"#), "open", "succeeded", "open", "open"),
        (r#"{"Labels": ["ready", "x"]}"#.to_owned(), "open", "open", "succeeded", "open"),
        (r#"{"Labels": ["x", "ready"]}"#.to_owned(), "open", "open", "open", "open"),
        (
            r#"{"Count": 0, "IsFull": false, "Mode": "new"}"#.to_owned(),
            "open",
            "open",
            "open",
            "succeeded",
        ),
        (
            r#"{"Count": 1, "IsFull": false, "Mode": "new"}"#.to_owned(),
            "open",
            "open",
            "open",
            "open",
        ),
        (
            r#"{"Labels": ["x"], "Things": {}, "Count": 0, "IsFull": false, "Mode": "new"}"#
                .to_owned(),
            "open",
            "open",
            "open",
            "failed",
        ),
    ] {
        let client = operation_waits::Client::builder().endpoint("https://fixture.example.com");
        let client = client.transport(Always(body.clone()));
        let client = client.credentials(credentials()).build().expect("the endpoint is acceptable");
        let request = ListThingsRequest::new;
        let found = [
            verdict(client.wait_until_all_done(request()).await),
            verdict(client.wait_until_any_named(request()).await),
            verdict(client.wait_until_label_set(request()).await),
            verdict(client.wait_until_counted(request()).await),
        ];
        assert_eq!(found, [all_done, any_named, label_set, counted], "{body}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_a_list_tells_of_its_elements() {
    for (body, expected) in
        [(r#"["a", "done"]"#, "succeeded"), (r#"["a"]"#, "open"), ("[]", "open")]
    {
        let client = operation_waits_of_a_list::Client::builder();
        let client =
            client.endpoint("https://fixture.example.com").transport(Always(body.to_owned()));
        let client = client.credentials(credentials()).build().expect("the endpoint is acceptable");
        let wait = client.wait_until_named(ListNamesRequest::new());
        assert_eq!(verdict(wait.await), expected, "{body}");
    }
}
