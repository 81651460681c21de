//! Pages of which each has the token of the next.
//!
//! The list ends with a page that has no token, or one that is empty or the number 0, or that says
//! that nothing follows. A page without items that has a token is one like any other: some services
//! choose from what they have read already. A token that leads back to a page that came before ends
//! the list with an error, behind that page's items.

use std::collections::BTreeMap;
use std::fmt;

use super::{Paged, Place, Turn};
use crate::error::{Error, Repeated};

/// A request that names its page by what the page before it said. Generated crates implement it.
pub trait ByToken: Paged {
    /// What the request and the answer have for it.
    type Token: Token;

    /// The token of the page that the request asks for, when it does not ask for the first.
    fn token(&self) -> Option<&Self::Token>;

    /// Asks for another page. What makes the request safe to repeat is left out: another page is
    /// another request.
    fn turn_to(&mut self, token: Self::Token);

    /// The token of the page that follows, when the page has one.
    fn next_token(page: &Self::Response) -> Option<Self::Token>;

    /// Whether a page follows, when the page says.
    fn has_more(page: &Self::Response) -> Option<bool>;
}

/// The name of a page that only the service understands.
pub trait Token: Clone + Ord + Send + 'static {
    /// Whether it stands for no page.
    fn is_none(&self) -> bool;
}

impl Token for String {
    fn is_none(&self) -> bool {
        self.is_empty()
    }
}

impl Token for i32 {
    fn is_none(&self) -> bool {
        *self == 0
    }
}

impl Token for i64 {
    fn is_none(&self) -> bool {
        *self == 0
    }
}

/// What has come of a list whose pages have tokens.
pub struct Tokens<T> {
    /// How many pages have come.
    count: i64,
    /// The token of the page that follows.
    next: Option<T>,
    /// Each token, and which page it led to: 1 is the first that was asked for.
    pages: BTreeMap<T, i64>,
}

/// Tokens are the service's, which may keep in them what it likes.
impl<T> fmt::Debug for Tokens<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tokens").field("count", &self.count).finish_non_exhaustive()
    }
}

impl<O: ByToken> Turn<O> for Tokens<O::Token> {
    fn start(request: &O) -> Self {
        let first = request.token().filter(|token| !token.is_none());
        Self {
            count: 0,
            next: None,
            pages: first.map(|token| (token.clone(), 1)).into_iter().collect(),
        }
    }

    fn note(&mut self, page: &O::Response) -> Result<Place, Error> {
        self.count = self.count.saturating_add(1);
        self.next = O::next_token(page).filter(|token| !token.is_none());
        let is_last = self.next.is_none() || O::has_more(page) == Some(false);
        Ok(if is_last { Place::Last } else { Place::Inside })
    }

    fn turn(&mut self, request: &mut O) -> Result<bool, Error> {
        let Some(token) = self.next.take() else { return Ok(false) };
        let page = self.count.saturating_add(1);
        if let Some(first) = self.pages.insert(token.clone(), page) {
            return Err(Repeated { page, first }.into());
        }
        request.turn_to(token);
        Ok(true)
    }
}
