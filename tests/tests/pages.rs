//! Lists that come in pages: which pages are asked for, and where the list ends.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use alibabacloud_runtime::pages::Paged;
use futures_core::Stream;
use serde_json::{Value, json};

use tests::generated::operation_pages::operations::OperationPagesRequest;
use tests::generated::operation_pages::types::Thing;
use tests::generated::operation_pages_without_totals::operations::OperationPagesWithoutTotalsRequest;
use tests::generated::{operation_pages, operation_pages_without_totals};
use tests::head::Head;
use tests::loopback::{Reply, Server, credentials, response};

/// A client of a fixture for a server.
macro_rules! client {
    ($case:ident, $server:expr) => {
        $case::Client::builder()
            .endpoint($server.endpoint())
            .credentials(credentials())
            .pauses(Duration::ZERO, Duration::ZERO)
            .build()
            .expect("the settings are acceptable")
    };
}

fn serving(pages: &[Value]) -> Server {
    let replies = pages.iter().map(|page| {
        Reply::Bytes(response(
            200,
            &[("content-type", "application/json")],
            page.to_string().as_bytes(),
        ))
    });
    Server::start(replies.collect())
}

fn page(ids: &[&str], total: i64, pages: i64) -> Value {
    let things: Vec<Value> = ids.iter().map(|id| json!({ "Id": id })).collect();
    json!({ "Items": { "Thing": things }, "Total": total, "TotalPages": pages })
}

fn names(names: &[&str]) -> Value {
    json!({ "Names": names })
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

async fn all<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
    let mut found = Vec::new();
    while let Some(item) = next(&mut stream).await {
        found.push(item);
        assert!(found.len() < 100, "the list has no end");
    }
    found
}

/// What each request says of a parameter.
fn sent(server: &Server, name: &str) -> Vec<Option<String>> {
    let value = |head: &String| Head::parse(head).parameters().get(name).map(ToString::to_string);
    server.seen().iter().map(value).collect()
}

fn numbers(numbers: &[&str]) -> Vec<Option<String>> {
    let number = |text: &&str| Some((*text).to_owned()).filter(|text| !text.is_empty());
    numbers.iter().map(number).collect()
}

#[tokio::test]
async fn items_of_all_pages_come_in_order() {
    let server = serving(&[page(&["a", "b"], 3, 2), page(&["c"], 3, 2)]);
    let items =
        client!(operation_pages, server).operation_pages(OperationPagesRequest::new()).items();
    let items = all(items).await;
    let id = |item: Result<Thing, alibabacloud_runtime::error::Error>| {
        item.expect("it is one").id.expect("it has one")
    };
    let ids: Vec<String> = items.into_iter().map(id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(sent(&server, "PageNum"), numbers(&["", "1"]));
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let server = serving(&[page(&["a"], 2, 2), page(&["b"], 2, 2)]);
    let mut pages =
        client!(operation_pages, server).operation_pages(OperationPagesRequest::new()).pages();
    assert!(server.seen().is_empty());
    next(&mut pages).await.expect("there is a page").expect("it can be read");
    assert_eq!(server.seen().len(), 1);
    next(&mut pages).await.expect("there is a page").expect("it can be read");
    assert!(next(&mut pages).await.is_none());
    assert!(next(&mut pages).await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_list_starts_at_the_page_of_the_request() {
    let server = serving(&[page(&["e", "f"], 7, 4), page(&["g"], 7, 4)]);
    let request = OperationPagesRequest::new().page_num(2).page_size(2);
    let pages = all(client!(operation_pages, server).operation_pages(request).pages()).await;
    assert_eq!(pages.len(), 2);
    assert_eq!(sent(&server, "PageNum"), numbers(&["2", "3"]));
    assert_eq!(sent(&server, "PageSize"), numbers(&["2", "2"]));
}

#[tokio::test]
async fn each_page_has_a_token_of_its_own() {
    let server = serving(&[page(&["a"], 2, 2), page(&["b"], 2, 2)]);
    let request = OperationPagesRequest::new().client_token("mine");
    all(client!(operation_pages, server).operation_pages(request).pages()).await;
    let tokens = sent(&server, "ClientToken");
    assert_eq!(tokens[0].as_deref(), Some("mine"));
    assert!(tokens[1].is_some() && tokens[1] != tokens[0], "{tokens:?}");
}

#[tokio::test]
async fn an_empty_list_is_one_page_without_items() {
    let server = serving(&[page(&[], 0, 0)]);
    let client = client!(operation_pages, server);
    assert_eq!(all(client.operation_pages(OperationPagesRequest::new()).pages()).await.len(), 1);
    assert!(all(client.operation_pages(OperationPagesRequest::new()).items()).await.is_empty());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_list_that_shrinks_ends_sooner() {
    let server = serving(&[page(&["a", "b"], 6, 3), page(&["c"], 3, 2)]);
    let items =
        client!(operation_pages, server).operation_pages(OperationPagesRequest::new()).items();
    assert_eq!(all(items).await.len(), 3);
    let server = serving(&[page(&["a", "b"], 6, 3), page(&[], 6, 3)]);
    let items =
        client!(operation_pages, server).operation_pages(OperationPagesRequest::new()).items();
    assert_eq!(all(items).await.len(), 2);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_server_that_ignores_the_number_is_asked_once_for_each_page() {
    let server = serving(&[page(&["a", "b"], 6, 3)]);
    let client = client!(operation_pages, server);
    let pages = all(client.operation_pages(OperationPagesRequest::new()).pages()).await;
    assert_eq!(pages.len(), 3);
}

#[tokio::test]
async fn the_number_of_items_is_enough_to_find_the_end() {
    let without = |ids: &[&str], total: i64| {
        let mut page = page(ids, total, 0);
        page.as_object_mut().expect("it is an object").remove("TotalPages");
        page
    };
    let server = serving(&[without(&["a", "b"], 4), without(&["c", "d"], 4)]);
    let items =
        client!(operation_pages, server).operation_pages(OperationPagesRequest::new()).items();
    assert_eq!(all(items).await.len(), 4);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn without_totals_a_short_page_is_the_last() {
    let server = serving(&[names(&["a", "b"]), names(&["c"])]);
    let client = client!(operation_pages_without_totals, server);
    let request = OperationPagesWithoutTotalsRequest::new().page_size(2);
    assert_eq!(all(client.operation_pages_without_totals(request).items()).await.len(), 3);
    assert_eq!(sent(&server, "PageNum"), numbers(&["", "2"]));
}

#[tokio::test]
async fn without_totals_and_size_an_empty_page_is_the_last() {
    let server = serving(&[names(&["a", "b"]), names(&["c", "d"]), names(&[])]);
    let client = client!(operation_pages_without_totals, server);
    let request = OperationPagesWithoutTotalsRequest::new();
    assert_eq!(all(client.operation_pages_without_totals(request).items()).await.len(), 4);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let first = page(&["a"], 3, 3).to_string();
    let server = Server::start(vec![
        Reply::Bytes(response(200, &[], first.as_bytes())),
        Reply::Bytes(response(403, &[], br#"{"Code":"Forbidden","Message":"No."}"#)),
    ]);
    let items =
        client!(operation_pages, server).operation_pages(OperationPagesRequest::new()).items();
    let items = all(items).await;
    assert_eq!(items.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false]);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_request_that_breaks_rules_is_not_sent_unless_validation_is_skipped() {
    let server = serving(&[page(&[], 0, 0)]);
    let client = client!(operation_pages, server);
    let request = || OperationPagesRequest::new().page_num(-1);
    let refused = all(client.operation_pages(request()).pages()).await;
    assert!(matches!(refused.as_slice(), [Err(_)]) && server.seen().is_empty());
    all(client.operation_pages(request()).skip_validation().pages()).await;
    assert_eq!(sent(&server, "PageNum"), numbers(&["-1"]));
}

#[test]
fn blocking_clients_iterate() {
    let server = serving(&[page(&["a", "b"], 3, 2), page(&["c"], 3, 2)]);
    let client = operation_pages::blocking::Client::builder()
        .endpoint(server.endpoint())
        .credentials(credentials())
        .build()
        .expect("the settings are acceptable");
    let mut items = client.operation_pages(OperationPagesRequest::new()).items();
    assert!(server.seen().is_empty());
    assert!(items.next().is_some_and(|item| item.is_ok()));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(items.filter(Result::is_ok).count(), 2);
}

#[test]
fn the_facts_are_those_of_the_spec() {
    assert_eq!(OperationPagesRequest::FIRST_PAGE, 0);
    assert_eq!(OperationPagesWithoutTotalsRequest::FIRST_PAGE, 1);
}
