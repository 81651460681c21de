//! Lists that a service hands out in pages.
//!
//! A page is fetched when it is asked for and not before. The pages end where the service says that
//! they do: with an empty page, with the last one by its totals, or, without totals, with one that is
//! shorter than the others. A list that shrinks meanwhile just ends sooner. An error ends it, too.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::BoxFuture;
use crate::call::Call;
use crate::error::Error;
use crate::operation::Operation;

/// A request whose answer is one page of a list. Generated crates implement it.
pub trait Paged: Operation + Clone {
    /// What the list holds.
    type Item: Send + 'static;

    /// The number of the first page.
    const FIRST_PAGE: i32;

    /// The number of the page that the request asks for, when it says.
    fn page_number(&self) -> Option<i32>;

    /// How many items the request asks for, when it says.
    fn page_size(&self) -> Option<i32>;

    /// Asks for another page. What makes the request safe to repeat is left out: another page is
    /// another request.
    fn turn_to(&mut self, page: i32);

    /// How many items a page has.
    fn count(page: &Self::Response) -> usize;

    /// The items of a page.
    fn into_items(page: Self::Response) -> Vec<Self::Item>;

    /// How many items the list has, when the page says.
    fn total_items(page: &Self::Response) -> Option<i64>;

    /// How many pages the list has, when the page says.
    fn total_pages(page: &Self::Response) -> Option<i64>;
}

/// The pages of a list, fetched one by one.
#[must_use = "no page is fetched before it is asked for"]
pub struct Pages<O: Paged> {
    next: Option<Call<O>>,
    running: Option<BoxFuture<'static, Result<O::Response, Error>>>,
    /// How many pages lie before the one that is fetched next.
    before: i64,
    /// What a full page has, as far as is known.
    size: i64,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: Call<O>) -> Self {
        let request = call.request();
        let number = request.page_number().unwrap_or(O::FIRST_PAGE);
        let before = i64::from(number) - i64::from(O::FIRST_PAGE);
        let size = request.page_size().unwrap_or(0).into();
        Self { next: Some(call), running: None, before, size }
    }

    /// The items of all pages instead of the pages.
    pub fn items(self) -> Items<O> {
        Items { pages: self, items: Vec::new().into_iter() }
    }

    /// Starts to fetch the next page; false when there is none.
    fn start(&mut self) -> bool {
        let Some(call) = self.next.take() else { return false };
        let following = i64::from(O::FIRST_PAGE) + self.before + 1;
        self.next = i32::try_from(following).ok().map(|page| call.turned_to(page));
        self.running = Some(call.into_future());
        true
    }

    /// Whether a page that has been fetched is the last one.
    fn is_last(&mut self, page: &O::Response) -> bool {
        let count = i64::try_from(O::count(page)).unwrap_or(i64::MAX);
        let asked = self.size;
        self.size = self.size.max(count);
        let had = self.before.saturating_mul(self.size).saturating_add(count);
        self.before += 1;
        if count == 0 {
            return true;
        }
        match (O::total_pages(page), O::total_items(page)) {
            (Some(pages), _) => self.before >= pages,
            (None, Some(items)) => had >= items,
            (None, None) => count < asked,
        }
    }
}

/// Nothing in it is pinned in place.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.running.is_none() && !self.start() {
            return Poll::Ready(None);
        }
        let Some(running) = self.running.as_mut() else { return Poll::Ready(None) };
        let page = ready!(running.as_mut().poll(context));
        self.running = None;
        let is_last = match &page {
            Ok(page) => self.is_last(page),
            Err(_) => true,
        };
        if is_last {
            self.next = None;
        }
        Poll::Ready(Some(page))
    }
}

/// The items of a list, whose pages are fetched one by one.
#[must_use = "no page is fetched before it is asked for"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    items: vec::IntoIter<O::Item>,
}

/// Nothing in it is pinned in place.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = O::into_items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").field("before", &self.before).finish_non_exhaustive()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// Makes a request [`Paged`]: names the members that its pages hang on. A list or a total that stands
/// inside other members is the last of a path that starts at the response.
///
/// ```text
/// alibabacloud_runtime::paged! {
///     ListRequest -> ListResponse: Thing;
///     page_number: page_num, page_size: page_size, first_page: 0, token: client_token,
///     items: thing of items, total_items: total, total_pages: total_pages,
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! paged {
    (
        $request:ident -> $response:ident: $item:ty;
        page_number: $number:ident, page_size: $size:ident, first_page: $first:literal,
        $(token: $token:ident,)?
        items: $list:ident $(of $($outer:ident).+)?,
        $(total_items: $items:ident $(of $($items_outer:ident).+)?,)?
        $(total_pages: $pages:ident $(of $($pages_outer:ident).+)?,)?
    ) => {
        impl $crate::pages::Paged for $request {
            type Item = $item;

            const FIRST_PAGE: i32 = $first;

            fn page_number(&self) -> ::std::option::Option<i32> {
                self.$number
            }

            fn page_size(&self) -> ::std::option::Option<i32> {
                self.$size
            }

            fn turn_to(&mut self, page: i32) {
                self.$number = ::std::option::Option::Some(page);
                $(self.$token = ::std::option::Option::None;)?
            }

            fn count(page: &$response) -> usize {
                ::std::option::Option::Some(page)
                    $($(.and_then(|page| page.$outer.as_ref()))+)?
                    .map_or(0, |page| page.$list.len())
            }

            fn into_items(page: $response) -> ::std::vec::Vec<$item> {
                ::std::option::Option::Some(page)
                    $($(.and_then(|page| page.$outer))+)?
                    .map(|page| page.$list)
                    .unwrap_or_default()
            }

            fn total_items(_page: &$response) -> ::std::option::Option<i64> {
                ::std::option::Option::None
                    $(.or(::std::option::Option::Some(_page)
                        $($(.and_then(|page| page.$items_outer.as_ref()))+)?
                        .and_then(|page| page.$items)
                        .map(i64::from)))?
            }

            fn total_pages(_page: &$response) -> ::std::option::Option<i64> {
                ::std::option::Option::None
                    $(.or(::std::option::Option::Some(_page)
                        $($(.and_then(|page| page.$pages_outer.as_ref()))+)?
                        .and_then(|page| page.$pages)
                        .map(i64::from)))?
            }
        }
    };
}
