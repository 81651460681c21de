//! Pages that are asked for by their numbers.
//!
//! The pages end with an empty one, or earlier where what the service says of the end agrees with what
//! has come: its totals, or, without totals, a page that is shorter than the full ones. What it says is
//! not believed when more has come already. After a full page one total is not enough to end the list,
//! only two that agree are. A list that shrinks meanwhile just ends sooner. A page that came before ends
//! the list with an error, unless the totals had said that it would end.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::{Paged, Place, Turn};
use crate::error::{Error, Repeated};
use crate::field::{List, Value};
use crate::json::{Json, Purpose};

/// A request that names its page by a number. Generated crates implement it.
pub trait ByNumber: Paged {
    /// The number of the first page.
    const FIRST_PAGE: i32;

    /// The number of the page that the request asks for, when it says.
    fn page_number(&self) -> Option<i64>;

    /// How many items the request asks for, when it says.
    fn page_size(&self) -> Option<i64>;

    /// Asks for another page; false when the request has no such number. What makes the request safe to
    /// repeat is left out: another page is another request.
    fn turn_to(&mut self, page: i64) -> bool;

    /// The items of a page, when it has any.
    fn list(page: &Self::Response) -> Option<&dyn List>;

    /// How many items a full page has, when the page says.
    fn full_page(page: &Self::Response) -> Option<i64>;

    /// How many items the list has, when the page says.
    fn total_items(page: &Self::Response) -> Option<i64>;

    /// How many pages the list has, when the page says.
    fn total_pages(page: &Self::Response) -> Option<i64>;
}

/// What has come of a list whose pages have numbers.
#[derive(Debug)]
pub struct Numbers {
    /// How many pages lie before the one that is fetched next: the difference of two numbers that are
    /// as wide as they may be on the wire.
    before: i128,
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
    pages: BTreeMap<[u8; 32], i64>,
}

impl<O: ByNumber> Turn<O> for Numbers {
    fn start(request: &O) -> Self {
        let first = i128::from(O::FIRST_PAGE);
        let before = request.page_number().map_or(first, i128::from) - first;
        Self {
            before,
            skipped: i64::try_from(before.max(0)).unwrap_or(i64::MAX),
            asked: request.page_size(),
            items: 0,
            largest: 0,
            is_full_known: false,
            is_said_to_end: false,
            pages: BTreeMap::new(),
        }
    }

    fn note(&mut self, page: &O::Response) -> Result<Place, Error> {
        let number = i128::from(O::FIRST_PAGE) + self.before;
        self.before += 1;
        let Some(list) = O::list(page).filter(|list| list.item(0).is_some()) else {
            return Ok(Place::Last);
        };
        if let Err(repeated) = self.add(list, i64::try_from(number).unwrap_or(i64::MAX)) {
            // Some services give their last page for every number behind it.
            return if self.is_said_to_end {
                Ok(Place::Beyond)
            } else {
                Err(Error::from(repeated).after(1))
            };
        }
        let (count, is_full) = self.count(list, O::full_page(page));
        let more_items = self.leaves_items(O::total_items(page));
        // There are not fewer pages than those that had items.
        let pages = O::total_pages(page).map(i128::from).filter(|pages| *pages >= self.before);
        let more_pages = pages.map(|pages| pages > self.before);
        let more = match (more_items, more_pages) {
            (None, None) => !(self.is_full_known && count < self.largest),
            (items, pages) => items == Some(true) || pages == Some(true),
        };
        self.is_said_to_end = !more;
        let is_sure = !is_full || (more_items, more_pages) == (Some(false), Some(false));
        Ok(if more || !is_sure { Place::Inside } else { Place::Last })
    }

    fn turn(&mut self, request: &mut O) -> Result<bool, Error> {
        let following = i64::try_from(i128::from(O::FIRST_PAGE) + self.before);
        Ok(following.is_ok_and(|page| request.turn_to(page)))
    }
}

impl Numbers {
    /// Remembers what a page holds.
    fn add(&mut self, list: &dyn List, number: i64) -> Result<(), Repeated> {
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
