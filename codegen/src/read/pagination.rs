//! JSON → [`PaginationItem`]: how an operation hands out a list in pages.

use crate::diagnostic::{Code, Sink};
use crate::json::Json;
use crate::read::reader::Reader;
use crate::read::schema::whole_number;
use crate::source::Spanned;

/// How an operation that lists things hands them out in pages. The request's members stand by their
/// names, the response's as JSON pointers.
#[derive(Debug)]
pub(crate) struct PaginationItem {
    pub(crate) turn: TurnItem,
    pub(crate) items: Spanned<String>,
    pub(crate) total_items: Option<Spanned<String>>,
}

/// How one page leads to the next.
#[derive(Debug)]
pub(crate) enum TurnItem {
    Number(NumberItem),
    Token(TokenItem),
}

/// Pages that are asked for by their numbers.
#[derive(Debug)]
pub(crate) struct NumberItem {
    pub(crate) page_number: Spanned<String>,
    pub(crate) page_size: Spanned<String>,
    pub(crate) first_page: i64,
    pub(crate) total_pages: Option<Spanned<String>>,
}

/// Pages of which each has the token of the next.
#[derive(Debug)]
pub(crate) struct TokenItem {
    pub(crate) token: Spanned<String>,
    pub(crate) page_size: Option<Spanned<String>>,
    pub(crate) next_token: Spanned<String>,
    pub(crate) has_more: Option<Spanned<String>>,
}

/// What only pages with numbers have.
const OF_NUMBERS: &[&str] = &["pageNumber", "firstPage", "totalPages"];

/// What only pages with tokens have.
const OF_TOKENS: &[&str] = &["token", "nextToken", "hasMore"];

/// Reads the value of `x-pagination`.
pub(super) fn pagination(json: &Json, sink: &mut Sink) -> Option<PaginationItem> {
    let mut reader = Reader::open(json, "x-pagination object", sink)?;
    let turn = if has(&reader, OF_TOKENS) {
        for member in reader.refused(OF_NUMBERS) {
            let message = format!("pages that have tokens have no `{}`", member.key);
            let help = "leave it out, or leave out `token`, `nextToken` and `hasMore`";
            sink.error_with_help(Code::InvalidValue, member.key_origin, message, help);
        }
        by_token(&mut reader, sink).map(TurnItem::Token)
    } else {
        by_number(&mut reader, sink).map(TurnItem::Number)
    };
    let items = reader.required_string("items", sink);
    let total_items = reader.string("totalItems", sink);
    reader.finish(sink);
    Some(PaginationItem { turn: turn?, items: items?, total_items })
}

fn has(reader: &Reader<'_>, keys: &[&str]) -> bool {
    reader.members().iter().any(|member| keys.contains(&member.key.as_str()))
}

fn by_number(reader: &mut Reader<'_>, sink: &mut Sink) -> Option<NumberItem> {
    let page_number = reader.required_string("pageNumber", sink);
    let page_size = reader.required_string("pageSize", sink);
    let first_page = reader.required("firstPage", sink).and_then(|json| whole_number(json, sink));
    let total_pages = reader.string("totalPages", sink);
    Some(NumberItem {
        page_number: page_number?,
        page_size: page_size?,
        first_page: first_page?,
        total_pages,
    })
}

fn by_token(reader: &mut Reader<'_>, sink: &mut Sink) -> Option<TokenItem> {
    let token = reader.required_string("token", sink);
    let page_size = reader.string("pageSize", sink);
    let next_token = reader.required_string("nextToken", sink);
    let has_more = reader.string("hasMore", sink);
    Some(TokenItem { token: token?, page_size, next_token: next_token?, has_more })
}
