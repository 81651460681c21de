//! Lists that a service hands out in pages.
//!
//! A page is fetched when it is asked for and not before. The pages end with an empty one, or earlier
//! where what the service says of the end agrees with what has come: its totals, or, without totals,
//! a page that is shorter than the full ones. What it says is not believed when more has come already.
//! After a full page one total is not enough to end the list, only two that agree are.
//! A list that shrinks meanwhile just ends sooner. A page that came before ends the list with an
//! error, unless the totals had said that it would end; and so does any other error.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use sha2::{Digest as _, Sha256};

use crate::BoxFuture;
use crate::call::Call;
use crate::error::{Error, Repeated};
use crate::field::{List, Value};
use crate::json::{Json, Purpose};
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

    /// The items of a page, when it has any.
    fn list(page: &Self::Response) -> Option<&dyn List>;

    /// The items of a page.
    fn into_items(page: Self::Response) -> Vec<Self::Item>;

    /// How many items a full page has, when the page says.
    fn full_page(page: &Self::Response) -> Option<i64>;

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
    /// What has come so far.
    seen: Seen,
}

/// What has come of a list so far.
struct Seen {
    /// How many pages lie before the first that was asked for.
    skipped: i64,
    /// How many items a page has by the request.
    asked: Option<i64>,
    items: i64,
    /// How many items the largest page had.
    largest: i64,
    /// Whether a page was as large as the request or the service says that a full one is.
    is_full_known: bool,
    /// Whether the totals of the last page say that nothing follows.
    is_said_to_end: bool,
    /// What each page held, and the page's number.
    pages: BTreeMap<[u8; 32], i32>,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: Call<O>) -> Self {
        let request = call.request();
        let number = request.page_number().unwrap_or(O::FIRST_PAGE);
        let before = i64::from(number) - i64::from(O::FIRST_PAGE);
        let seen = Seen {
            skipped: before.max(0),
            asked: request.page_size().map(i64::from),
            items: 0,
            largest: 0,
            is_full_known: false,
            is_said_to_end: false,
            pages: BTreeMap::new(),
        };
        Self { next: Some(call), running: None, before, seen }
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

    /// Takes note of a page that has been fetched.
    fn note(&mut self, page: &O::Response) -> Result<Place, Error> {
        let number = i64::from(O::FIRST_PAGE) + self.before;
        self.before += 1;
        let Some(list) = O::list(page).filter(|list| list.item(0).is_some()) else {
            return Ok(Place::Last);
        };
        if let Err(repeated) = self.seen.add(list, i32::try_from(number).unwrap_or(i32::MAX)) {
            // Some services give their last page for every number behind it.
            return if self.seen.is_said_to_end {
                Ok(Place::Beyond)
            } else {
                Err(Error::from(repeated).after(1))
            };
        }
        let (count, is_full) = self.seen.count(list, O::full_page(page));
        let more_items = self.seen.leaves_items(O::total_items(page));
        // There are not fewer pages than those that had items.
        let pages = O::total_pages(page).filter(|pages| *pages >= self.before);
        let more_pages = pages.map(|pages| pages > self.before);
        let more = match (more_items, more_pages) {
            (None, None) => !(self.seen.is_full_known && count < self.seen.largest),
            (items, pages) => items == Some(true) || pages == Some(true),
        };
        self.seen.is_said_to_end = !more;
        let is_sure = !is_full || (more_items, more_pages) == (Some(false), Some(false));
        Ok(if more || !is_sure { Place::Inside } else { Place::Last })
    }
}

/// Where in the list a page stands.
enum Place {
    /// Others may follow.
    Inside,
    Last,
    /// Behind the last one, whose items it has again.
    Beyond,
}

impl Seen {
    /// Remembers what a page holds.
    fn add(&mut self, list: &dyn List, number: i32) -> Result<(), Repeated> {
        match self.pages.insert(digest(list), number) {
            Some(first) => Err(Repeated { page: number, first }),
            None => Ok(()),
        }
    }

    /// Counts the items of a page, which says how many a full one has, or does not; returns whether it
    /// is one, too.
    fn count(&mut self, list: &dyn List, full: Option<i64>) -> (i64, bool) {
        let count = i64::try_from(list.iter().count()).unwrap_or(i64::MAX);
        self.items = self.items.saturating_add(count);
        self.largest = self.largest.max(count);
        let mut full = self.asked.into_iter().chain(full).filter(|size| *size > 0);
        let is_full = full.any(|size| count >= size);
        self.is_full_known |= is_full;
        (count, is_full)
    }

    /// Whether there are more items than those that came, and those before them; none when the
    /// total is not to be believed. Of pages that were skipped nobody knows how many items they had,
    /// but they had rather as many as the largest that came than fewer.
    fn leaves_items(&self, total: Option<i64>) -> Option<bool> {
        let had = self.skipped.saturating_mul(self.largest).saturating_add(self.items);
        total.filter(|total| *total >= had).map(|total| total > had)
    }
}

/// What a page holds, in whatever order; not what comes with it, such as the id of the request.
fn digest(list: &dyn List) -> [u8; 32] {
    let mut items: Vec<[u8; 32]> = list.iter().map(digest_of).collect();
    items.sort_unstable();
    Sha256::digest(items.concat()).into()
}

fn digest_of(value: Value<'_>) -> [u8; 32] {
    Sha256::digest(&*Json { value, purpose: Purpose::Wire }.text()).into()
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
        let page = page.and_then(|page| Ok((self.note(&page)?, page)));
        if !matches!(page, Ok((Place::Inside, _))) {
            self.next = None;
        }
        Poll::Ready(match page {
            Ok((Place::Beyond, _)) => None,
            page => Some(page.map(|(_, page)| page)),
        })
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
/// alibabacloud_runtime::private::paged! {
///     ListRequest -> ListResponse: Thing;
///     page_number: page_num, page_size: page_size, first_page: 0, token: client_token,
///     items: thing of items, full_page: page_size, total_items: total, total_pages: total_pages,
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __paged {
    (
        $request:ident -> $response:ident: $item:ty;
        page_number: $number:ident, page_size: $size:ident, first_page: $first:literal,
        $(token: $token:ident,)?
        items: $list:ident $(of $($outer:ident).+)?,
        $(full_page: $full:ident $(of $($full_outer:ident).+)?,)?
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

            fn list(page: &$response) -> ::std::option::Option<&dyn $crate::private::field::List> {
                ::std::option::Option::Some(page)
                    $($(.and_then(|page| page.$outer.as_ref()))+)?
                    .map(|page| &page.$list as &dyn $crate::private::field::List)
            }

            fn into_items(page: $response) -> ::std::vec::Vec<$item> {
                ::std::option::Option::Some(page)
                    $($(.and_then(|page| page.$outer))+)?
                    .map(|page| page.$list)
                    .unwrap_or_default()
            }

            fn full_page(_page: &$response) -> ::std::option::Option<i64> {
                $crate::private::paged! { @number _page $($full $(of $($full_outer).+)?)? }
            }

            fn total_items(_page: &$response) -> ::std::option::Option<i64> {
                $crate::private::paged! { @number _page $($items $(of $($items_outer).+)?)? }
            }

            fn total_pages(_page: &$response) -> ::std::option::Option<i64> {
                $crate::private::paged! { @number _page $($pages $(of $($pages_outer).+)?)? }
            }
        }
    };
    (@number $page:ident) => {
        ::std::option::Option::None
    };
    (@number $page:ident $number:ident $(of $($outer:ident).+)?) => {
        ::std::option::Option::Some($page)
            $($(.and_then(|page| page.$outer.as_ref()))+)?
            .and_then(|page| page.$number)
            .map(i64::from)
    };
}
