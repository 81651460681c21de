//! Lists that a service hands out in pages.
//!
//! A page is fetched when it is asked for and not before. Some services have [numbers](ByNumber) for
//! their pages, others give each page the [token](ByToken) of the next; whoever follows a list sees no
//! difference. Any error ends the list, and so does one of its own: a page that came before.

mod field;
mod numbers;
mod paged;
mod tokens;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::BoxFuture;
use crate::call::Call;
use crate::error::Error;
use crate::operation::Operation;

#[doc(hidden)]
pub use field::PageField;
pub use numbers::{ByNumber, Numbers};
pub use tokens::{ByToken, Token, Tokens};

/// A request whose answer is one page of a list. Generated crates implement it.
pub trait Paged: Operation + Clone {
    /// What the list holds.
    type Item: Send + 'static;

    /// How one page leads to the next: [`Numbers`] or [`Tokens`].
    type Turn: Turn<Self>;

    /// The items of a page.
    fn into_items(page: Self::Response) -> Vec<Self::Item>;
}

/// What has come of a list, and which page follows.
#[doc(hidden)]
pub trait Turn<O: Paged>: Send + Sized {
    /// Before the first page has come.
    fn start(request: &O) -> Self;

    /// Takes note of a page that has come, and says where in the list it stands.
    fn note(&mut self, page: &O::Response) -> Result<Place, Error>;

    /// Makes a request ask for the page that follows; false when there is none.
    fn turn(&mut self, request: &mut O) -> Result<bool, Error>;
}

/// Where in the list a page stands.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Others may follow.
    Inside,
    Last,
    /// Behind the last one, whose items it has again.
    Beyond,
}

/// The pages of a list, fetched one by one.
#[must_use = "no page is fetched before it is asked for"]
pub struct Pages<O: Paged> {
    /// The call for the page that follows, or why there is none.
    next: Option<Result<Call<O>, Error>>,
    running: Option<Running<O>>,
    turn: O::Turn,
}

/// A page that is being fetched.
struct Running<O: Paged> {
    page: BoxFuture<'static, Result<O::Response, Error>>,
    /// The same call, for the page that follows.
    again: Call<O>,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: Call<O>) -> Self {
        let turn = O::Turn::start(call.request());
        Self { next: Some(Ok(call)), running: None, turn }
    }

    /// Fetches the next page; `None` behind the last one, and after an error.
    ///
    /// It may be dropped before it is done: what it waited for is waited for by the next one.
    pub async fn next(&mut self) -> Option<Result<O::Response, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The items of all pages instead of the pages.
    pub fn items(self) -> Items<O> {
        Items { pages: self, items: Vec::new().into_iter() }
    }

    /// Looks where a page stands that has come, and from there to the next.
    fn turn(&mut self, page: &O::Response, mut again: Call<O>) -> Result<Place, Error> {
        let place = self.turn.note(page)?;
        if place == Place::Inside {
            self.next = match self.turn.turn(again.request_mut()) {
                Ok(true) => Some(Ok(again)),
                Ok(false) => None,
                Err(error) => Some(Err(error)),
            };
        }
        Ok(place)
    }
}

/// Nothing in it is pinned in place.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => match self.next.take() {
                Some(Ok(call)) => {
                    let again = call.again();
                    Running { page: call.into_future(), again }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            },
        };
        let Poll::Ready(page) = running.page.as_mut().poll(context) else {
            self.running = Some(running);
            return Poll::Pending;
        };
        let page = page.and_then(|page| Ok((self.turn(&page, running.again)?, page)));
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

impl<O: Paged> Items<O> {
    /// The next item, from a page that is fetched when there is need; `None` behind the last one, and
    /// after an error.
    ///
    /// It may be dropped before it is done: what it waited for is waited for by the next one.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items that are left, such as in a `Vec`.
    ///
    /// # Errors
    ///
    /// The first one of a page; what has come until then is lost. [`next`](Self::next) keeps it.
    pub async fn try_collect<C: Default + Extend<O::Item>>(mut self) -> Result<C, Error> {
        let mut found = C::default();
        while let Some(item) = self.next().await {
            found.extend([item?]);
        }
        Ok(found)
    }
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
        formatter.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
