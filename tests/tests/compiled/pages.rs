//! Lists that come in pages: which pages are asked for, and where the list ends.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use alibabacloud_runtime::error::{Error, ErrorKind};
use alibabacloud_runtime::pages::ByNumber;
use futures_core::Stream;
use serde_json::{Value, json};

use tests::generated::operation_pages::operations::OperationPagesRequest;
use tests::generated::operation_pages::types::Thing;
use tests::generated::operation_pages_required::operations::OperationPagesRequiredRequest;
use tests::generated::operation_pages_without_totals::operations::OperationPagesWithoutTotalsRequest;
use tests::generated::{
    operation_pages, operation_pages_full_page, operation_pages_required,
    operation_pages_without_totals,
};
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
    let id = |item: Result<Thing, Error>| item.expect("it is one").id.expect("it has one");
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

/// The ids of the items, and the error that the list ends with, if it does.
async fn read(server: &Server, request: OperationPagesRequest) -> (Vec<String>, Option<Error>) {
    let items = all(client!(operation_pages, server).operation_pages(request).items()).await;
    let (mut ids, mut end) = (Vec::new(), None);
    for item in items {
        assert!(end.is_none(), "something comes after the error");
        match item {
            Ok(thing) => ids.push(thing.id.expect("it has one")),
            Err(error) => end = Some(error),
        }
    }
    (ids, end)
}

/// A page with totals of whatever kind, or without.
fn odd(ids: &[&str], total: Value, pages: Value) -> Value {
    let mut page = page(ids, 0, 0);
    page["Total"] = total;
    page["TotalPages"] = pages;
    page
}

#[tokio::test]
async fn a_server_that_repeats_pages_is_found_out() {
    let (ab, cd, ef) = (["a", "b"], ["c", "d"], ["e", "f"]);
    for (pages, repeated, first) in [
        // For ever the same one, whatever it says of the end.
        (vec![page(&ab, 6, 3)], 1, 0),
        (vec![page(&ab, 0, 0)], 1, 0),
        (vec![odd(&ab, Value::Null, Value::Null)], 1, 0),
        // The last one again and again.
        (vec![page(&ab, 9, 9), page(&cd, 9, 9)], 2, 1),
        // The same items in another order, and with another total.
        (vec![page(&ab, 6, 3), page(&["b", "a"], 8, 4)], 1, 0),
        // In a circle.
        (vec![page(&ab, 0, 0), page(&cd, 0, 0), page(&ef, 0, 0), page(&ab, 0, 0)], 3, 0),
    ] {
        let server = serving(&pages);
        let (ids, end) = read(&server, OperationPagesRequest::new()).await;
        let Some(ErrorKind::Repeated(error)) = end.as_ref().map(Error::kind) else {
            panic!("{pages:?}: {end:?}")
        };
        assert_eq!((error.page, error.first), (repeated, first), "{pages:?}");
        assert!(error.to_string().contains(&format!("page {repeated}")), "{error}");
        let mut once = ids.clone();
        once.dedup();
        assert_eq!((ids.len(), ids), (2 * server.seen().len() - 2, once), "each came once");
    }
}

#[tokio::test]
async fn a_server_that_gives_smaller_pages_than_asked_for_loses_nothing() {
    let all_of_them = ["a", "b", "c", "d", "e"];
    for (total, pages, calls) in [
        (json!(5), Value::Null, 3),
        // By the size that was asked for there is one page.
        (json!(5), json!(1), 3),
        (Value::Null, json!(3), 3),
        // Nothing tells where it ends but an empty page.
        (Value::Null, Value::Null, 4),
        (json!(0), json!(0), 4),
        (json!(-1), json!(-1), 4),
        // More has come already.
        (json!(1), Value::Null, 4),
        (json!(3), json!(0), 4),
        // Less will come.
        (json!(7), json!(1), 4),
    ] {
        let page = |ids: &[&str]| odd(ids, total.clone(), pages.clone());
        let server = serving(&[page(&["a", "b"]), page(&["c", "d"]), page(&["e"]), page(&[])]);
        let (ids, end) = read(&server, OperationPagesRequest::new().page_size(100)).await;
        assert!(end.is_none(), "{total} {pages}: {end:?}");
        assert_eq!(ids, all_of_them, "{total} {pages}");
        assert_eq!(server.seen().len(), calls, "{total} {pages}");
    }
}

#[tokio::test]
async fn of_totals_that_disagree_the_one_that_says_more_is_followed() {
    for (total, pages) in [(json!(4), json!(3)), (json!(5), json!(2)), (json!("5"), json!("1"))] {
        let page = |ids: &[&str]| odd(ids, total.clone(), pages.clone());
        let server = serving(&[page(&["a", "b"]), page(&["c", "d"]), page(&["e"]), page(&[])]);
        let (ids, end) = read(&server, OperationPagesRequest::new().page_size(2)).await;
        assert_eq!((ids.len(), end.is_none()), (5, true), "{total} {pages}");
    }
}

#[tokio::test]
async fn after_a_full_page_one_total_is_not_enough_to_end_the_list() {
    for (total, pages) in [(json!(2), Value::Null), (Value::Null, json!(1)), (json!(2), json!(0))] {
        let page = |ids: &[&str]| odd(ids, total.clone(), pages.clone());
        let server = serving(&[page(&["a", "b"]), page(&["c", "d"]), page(&["e"]), page(&[])]);
        let (ids, end) = read(&server, OperationPagesRequest::new().page_size(2)).await;
        assert_eq!((ids.len(), end.is_none()), (5, true), "{total} {pages}");
    }
    let server = serving(&[page(&["a", "b"], 4, 2), page(&["c", "d"], 4, 2)]);
    let (ids, end) = read(&server, OperationPagesRequest::new().page_size(2)).await;
    assert_eq!((ids.len(), end.is_none(), server.seen().len()), (4, true, 2));
}

#[tokio::test]
async fn a_last_page_that_comes_again_is_no_error_where_it_was_said_to_be_the_last() {
    let page = |ids: &[&str]| odd(ids, json!(4), Value::Null);
    let server = serving(&[page(&["a", "b"]), page(&["c", "d"])]);
    let request = OperationPagesRequest::new().page_size(2);
    let pages = all(client!(operation_pages, server).operation_pages(request).pages()).await;
    assert_eq!((pages.len(), pages.iter().all(Result::is_ok)), (2, true));
}

#[tokio::test]
async fn a_list_that_starts_later_ends_by_its_totals_too() {
    // Of five, in pages of two, those from the second page on; a hundred were asked for.
    let page = |ids: &[&str]| odd(ids, json!(5), Value::Null);
    let server = serving(&[page(&["c", "d"]), page(&["e"]), page(&[])]);
    let (ids, end) = read(&server, OperationPagesRequest::new().page_num(1).page_size(100)).await;
    assert_eq!((ids.len(), end.is_none(), server.seen().len()), (3, true, 2));
}

#[tokio::test]
async fn the_size_in_the_answer_tells_which_page_is_short() {
    type Request = operation_pages_full_page::operations::OperationPagesFullPageRequest;
    let page =
        |names: &[&str], size: Value| json!({ "Data": { "Names": names, "PageSize": size } });
    for (size, calls) in [(json!(2), 3), (json!("2"), 3), (json!(100), 4), (json!(0), 4)] {
        let page = |names: &[&str]| page(names, size.clone());
        let server = serving(&[page(&["a", "b"]), page(&["c", "d"]), page(&["e"]), page(&[])]);
        let client = client!(operation_pages_full_page, server);
        let request = Request::new().page_size(100);
        let items = all(client.operation_pages_full_page(request).items()).await;
        assert!(items.iter().all(Result::is_ok), "{size}: {items:?}");
        assert_eq!((items.len(), server.seen().len()), (5, calls), "{size}");
    }
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

/// What comes of a list from a page on, two names to a page.
async fn required(server: &Server, page: i64) -> Vec<Result<String, Error>> {
    let request = OperationPagesRequiredRequest::new(page, 2);
    all(client!(operation_pages_required, server).operation_pages_required(request).items()).await
}

#[tokio::test]
async fn a_number_that_is_required_and_has_64_bits_is_counted_on() {
    let ab = json!({ "Names": ["a", "b"], "TotalCount": "5" });
    let c = json!({ "Names": ["c"], "TotalCount": "3" });
    for first in [1, i64::from(i32::MAX), i64::MAX - 1, -3] {
        let server = serving(&[ab.clone(), c.clone()]);
        let items = required(&server, first).await;
        let found: Vec<String> = items.into_iter().map(|item| item.expect("it is one")).collect();
        assert_eq!(found, ["a", "b", "c"], "{first}");
        let asked: Vec<i64> = sent(&server, "CurrentPage")
            .into_iter()
            .map(|number| number.expect("it is sent").parse().expect("it is a number"))
            .collect();
        assert_eq!(asked, [first, first + 1]);
        let sizes = sent(&server, "PageSize");
        assert!(sizes.iter().all(|size| size.as_deref() == Some("2")), "{sizes:?}");
    }
}

#[tokio::test]
async fn a_list_ends_with_the_largest_number() {
    let server = serving(&[names(&["a", "b"]), names(&["c", "d"])]);
    let items = required(&server, i64::MAX).await;
    assert_eq!((items.len(), server.seen().len()), (2, 1));
    assert!(items.iter().all(Result::is_ok), "{items:?}");

    let server = serving(&[page(&["a", "b"], 9, 0), page(&["c", "d"], 9, 0)]);
    let request = OperationPagesRequest::new().page_num(i32::MAX);
    let items = all(client!(operation_pages, server).operation_pages(request).items()).await;
    assert_eq!((items.len(), server.seen().len()), (2, 1));
    assert!(items.iter().all(Result::is_ok), "{items:?}");
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
