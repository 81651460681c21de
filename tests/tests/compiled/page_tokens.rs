//! Lists whose pages have tokens: which pages are asked for, and where the list ends.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::error::{Error, ErrorKind};
use alibabacloud_runtime::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use fastrand::Rng;
use serde_json::{Value, json};

use tests::generated::operation_pages_by_integer::operations::OperationPagesByIntegerRequest;
use tests::generated::operation_pages_by_token::operations::OperationPagesByTokenRequest;
use tests::generated::{operation_pages_by_integer, operation_pages_by_token};
use tests::loopback::credentials;

/// A service that has a page for each token; the first page has the empty one.
#[derive(Debug, Clone, Default)]
struct Service {
    pages: BTreeMap<String, Value>,
    /// The parameters of the requests that came, in their order.
    seen: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
}

impl Service {
    fn new<'t>(pages: impl IntoIterator<Item = (&'t str, Value)>) -> Self {
        let pages = pages.into_iter().map(|(token, page)| (token.to_owned(), page));
        Self { pages: pages.collect(), seen: Arc::default() }
    }

    fn seen(&self) -> Vec<BTreeMap<String, String>> {
        self.seen.lock().expect("no holder panics").clone()
    }

    /// What the requests said of a parameter; nothing is an empty text.
    fn sent(&self, name: &str) -> Vec<String> {
        let said = |seen: &BTreeMap<String, String>| seen.get(name).cloned().unwrap_or_default();
        self.seen().iter().map(said).collect()
    }
}

impl Transport for Service {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let (_, query) = request.expose_url().split_once('?').unwrap_or_default();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let seen: BTreeMap<String, String> =
            pairs.map(|(name, value)| (name.to_owned(), unescaped(value))).collect();
        let token = ["NextToken", "StartFrom"].into_iter().find_map(|name| seen.get(name));
        let page = self.pages.get(token.map_or("", String::as_str));
        let answer = page.map_or_else(
            || HttpResponse::new(400, json!({ "Code": "InvalidToken" }).to_string()),
            |page| HttpResponse::new(200, page.to_string()),
        );
        self.seen.lock().expect("no holder panics").push(seen);
        Box::pin(async { Ok(answer) })
    }
}

/// A text without the escapes of a URL.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).expect("it is escaped"));
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// A client of a fixture for a service.
macro_rules! client {
    ($case:ident, $service:expr) => {
        $case::Client::builder()
            .endpoint("https://service.example")
            .credentials(credentials())
            .transport($service.clone())
            .pauses(Duration::ZERO, Duration::ZERO)
            .build()
            .expect("the settings are acceptable")
    };
}

/// A page with ids and the token of the next one.
fn page(ids: &[&str], next: impl Into<Value>) -> Value {
    let things: Vec<Value> = ids.iter().map(|id| json!({ "Id": id })).collect();
    json!({ "Things": { "Thing": things, "NextToken": next.into() } })
}

fn saying(mut page: Value, has_more: bool) -> Value {
    page["IsTruncated"] = has_more.into();
    page
}

/// The ids of the items, and the error that the list ends with, if it does.
async fn read(
    service: &Service,
    request: OperationPagesByTokenRequest,
) -> (Vec<String>, Option<Error>) {
    let client = client!(operation_pages_by_token, service);
    let mut items = client.operation_pages_by_token(request).items();
    let (mut ids, mut end) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        assert!(end.is_none(), "something comes after the error");
        assert!(ids.len() < 1_000, "the list has no end");
        match item {
            Ok(thing) => ids.push(thing.id.expect("it has one")),
            Err(error) => end = Some(error),
        }
    }
    assert!(items.next().await.is_none());
    (ids, end)
}

fn whole() -> OperationPagesByTokenRequest {
    OperationPagesByTokenRequest::new()
}

#[tokio::test]
async fn each_page_is_asked_for_by_the_token_of_the_one_before() {
    let service = Service::new([
        ("", page(&["a", "b"], "x")),
        ("x", page(&["c"], "y")),
        ("y", page(&["d"], "")),
    ]);
    let (ids, end) = read(&service, whole().max_results(2)).await;
    assert!(end.is_none(), "{end:?}");
    assert_eq!(ids, ["a", "b", "c", "d"]);
    assert_eq!(service.sent("NextToken"), ["", "x", "y"]);
    assert_eq!(service.sent("MaxResults"), ["2", "2", "2"]);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let service = Service::new([("", page(&["a"], "x")), ("x", page(&["b"], Value::Null))]);
    let client = client!(operation_pages_by_token, service);
    let mut pages = client.operation_pages_by_token(whole()).pages();
    let asked = service.clone();
    // On another thread, as lists may be followed anywhere.
    let followed = tokio::spawn(async move {
        for calls in 1..=2 {
            assert_eq!(asked.seen().len(), calls - 1);
            assert!(pages.next().await.is_some_and(|page| page.is_ok()));
        }
        assert!(pages.next().await.is_none() && pages.next().await.is_none());
    });
    followed.await.expect("it is done");
    assert_eq!(service.seen().len(), 2);
}

#[tokio::test]
async fn a_token_that_is_absent_null_or_empty_ends_the_list() {
    let mut absent = page(&["b"], "");
    absent["Things"].as_object_mut().expect("it is one").remove("NextToken");
    let without_things = json!({ "Total": 0 });
    for (last, count) in [
        (absent, 2),
        (page(&["b"], Value::Null), 2),
        (page(&["b"], ""), 2),
        (page(&[], ""), 1),
        (without_things, 1),
        // What says that nothing follows is believed, whatever token there is.
        (saying(page(&["b"], "more"), false), 2),
        (saying(page(&["b"], ""), true), 2),
    ] {
        let service = Service::new([("", page(&["a"], "x")), ("x", last.clone())]);
        let (ids, end) = read(&service, whole()).await;
        assert_eq!((ids.len(), end.is_none(), service.seen().len()), (count, true, 2), "{last}");
    }
}

#[tokio::test]
async fn pages_without_items_are_gone_over() {
    let service = Service::new([
        ("", page(&[], "x")),
        ("x", page(&[], "y")),
        ("y", saying(page(&["a"], "z"), true)),
        ("z", page(&[], Value::Null)),
    ]);
    let (ids, end) = read(&service, whole()).await;
    assert_eq!((ids, end.is_none(), service.seen().len()), (vec!["a".to_owned()], true, 4));
}

#[tokio::test]
async fn a_token_that_came_before_ends_the_list_behind_the_items_of_its_page() {
    for (pages, request, ids, (page, first)) in [
        // The same one for ever, with items and without.
        (vec![("", page(&["a"], "x")), ("x", page(&["b"], "x"))], whole(), "ab", (3, 2)),
        (vec![("", page(&[], "x")), ("x", page(&[], "x"))], whole(), "", (3, 2)),
        // In a circle.
        (
            vec![("", page(&["a"], "x")), ("x", page(&["b"], "y")), ("y", page(&["c"], "x"))],
            whole(),
            "abc",
            (4, 2),
        ),
        // The one that the request starts with.
        (vec![("x", page(&["b"], "x"))], whole().next_token("x"), "b", (2, 1)),
        (
            vec![("x", page(&["b"], "y")), ("y", page(&["c"], "x"))],
            whole().next_token("x"),
            "bc",
            (3, 1),
        ),
    ] {
        let service = Service::new(pages);
        let (found, end) = read(&service, request).await;
        assert_eq!(found.concat(), ids);
        let Some(ErrorKind::Repeated(error)) = end.as_ref().map(Error::kind) else {
            panic!("{ids}: {end:?}")
        };
        assert_eq!((error.page, error.first), (page, first), "{ids}");
        assert!(error.to_string().contains(&format!("page {page} is page {first}")), "{error}");
    }
}

#[tokio::test]
async fn a_list_goes_on_from_the_token_of_the_request() {
    let service = Service::new([("x", page(&["c"], "y")), ("y", page(&["d"], ""))]);
    let (ids, end) = read(&service, whole().next_token("x")).await;
    assert_eq!((ids.concat().as_str(), end.is_none()), ("cd", true));
    assert_eq!(service.sent("NextToken"), ["x", "y"]);
}

#[tokio::test]
async fn each_page_has_an_idempotency_token_of_its_own() {
    let service = Service::new([("", page(&["a"], "x")), ("x", page(&["b"], ""))]);
    read(&service, whole().client_token("mine")).await;
    let tokens = service.sent("ClientToken");
    assert_eq!(tokens[0], "mine");
    assert!(!tokens[1].is_empty() && tokens[1] != tokens[0], "{tokens:?}");
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let service = Service::new([("", page(&["a"], "unknown"))]);
    let (ids, end) = read(&service, whole()).await;
    assert_eq!(ids, ["a"]);
    assert_eq!(end.as_ref().and_then(Error::code), Some("InvalidToken"));
}

#[tokio::test]
async fn numbers_are_tokens_and_zero_is_none() {
    let page = |names: &[&str], next: Value| json!({ "Names": names, "NextStart": next });
    for end in [json!(0), json!("0"), Value::Null, json!("")] {
        let service = Service::new([
            ("", page(&["a"], json!(i64::MAX))),
            ("9223372036854775807", page(&[], json!("-7"))),
            ("-7", page(&["b"], end.clone())),
        ]);
        let client = client!(operation_pages_by_integer, service);
        let items =
            client.operation_pages_by_integer(OperationPagesByIntegerRequest::new()).items();
        let names: Vec<String> = items.try_collect().await.expect("the list has an end");
        assert_eq!(
            (names, service.seen().len()),
            (vec!["a".to_owned(), "b".to_owned()], 3),
            "{end}"
        );
    }
}

/// What tokens are made of that a URL has to escape, and a little more.
const ODD: [char; 12] = ['a', 'Z', '0', '+', '/', '=', '&', ' ', '%', 'é', '"', '~'];

/// A list in random pages, some without items, whose tokens are random texts.
fn random(random: &mut Rng) -> (Service, Vec<String>) {
    let ids: Vec<String> = (0..random.usize(..20)).map(|id| id.to_string()).collect();
    let token = |random: &mut Rng, position: usize| {
        let odd: String = (0..random.usize(..8)).map(|_| ODD[random.usize(..ODD.len())]).collect();
        format!("{odd}{position}")
    };
    let (mut pages, mut own, mut rest) = (Vec::new(), String::new(), ids.as_slice());
    loop {
        let (here, behind) = rest.split_at(random.usize(..=rest.len().min(3)));
        rest = behind;
        let here: Vec<&str> = here.iter().map(String::as_str).collect();
        let is_last = rest.is_empty() && random.bool();
        let next = if is_last { String::new() } else { token(random, pages.len()) };
        let mut found = page(&here, next.as_str());
        if random.bool() {
            found = saying(found, !is_last);
        }
        // Nobody counts.
        found["Total"] = random.i64(-1..30).into();
        pages.push((own, found));
        if is_last {
            break;
        }
        own = next;
    }
    (Service::new(pages.iter().map(|(token, page)| (token.as_str(), page.clone()))), ids)
}

#[tokio::test]
async fn every_item_of_a_random_list_comes_once() {
    const LISTS: u64 = 300;
    let mut pages = 0;
    for seed in 0..LISTS {
        let (service, ids) = random(&mut Rng::with_seed(seed));
        let (found, end) = read(&service, whole()).await;
        assert!(end.is_none(), "list {seed}: {end:?}");
        assert_eq!(found, ids, "list {seed}");
        assert_eq!(service.seen().len(), service.pages.len(), "list {seed}");
        pages += service.pages.len();
    }
    println!("{LISTS} lists, {pages} pages");
}

#[test]
fn blocking_clients_iterate() {
    let service = Service::new([("", page(&["a"], "x")), ("x", page(&["b"], ""))]);
    let client = operation_pages_by_token::blocking::Client::builder()
        .endpoint("https://service.example")
        .credentials(credentials())
        .transport(service.clone())
        .build()
        .expect("the settings are acceptable");
    let mut items = client.operation_pages_by_token(whole()).items();
    assert!(items.next().is_some_and(|item| item.is_ok()));
    assert_eq!(service.seen().len(), 1);
    assert_eq!(items.filter(Result::is_ok).count(), 1);
}

mod beside_other_crates {
    use futures_util::{StreamExt as _, TryStreamExt as _};

    use super::*;

    /// The methods of lists are found before those of the traits, and can be used alike.
    #[tokio::test]
    async fn methods_of_lists_do_not_get_in_the_way_of_those_of_streams() {
        let service = Service::new([("", page(&["a"], "x")), ("x", page(&["b", "c"], ""))]);
        let client = client!(operation_pages_by_token, service);
        let list = || client.operation_pages_by_token(whole());
        let mut pages = list().pages();
        assert!(pages.next().await.is_some_and(|page| page.is_ok()));
        assert!(pages.try_next().await.is_ok_and(|page| page.is_some()));
        let mut items = list().items();
        assert!(items.next().await.is_some_and(|item| item.is_ok()));
        assert_eq!(items.try_collect::<Vec<_>>().await.map(|rest| rest.len()).ok(), Some(2));
        assert_eq!(list().items().filter(|_| std::future::ready(true)).count().await, 3);
    }
}
