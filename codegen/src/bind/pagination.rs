//! `x-pagination` → the members of request and response that it names.

use super::operation::Own;
use super::way;
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::model::{PageTurn, Pagination, Step, Type};
use crate::read::pagination::{NumberItem, PaginationItem, TokenItem, TurnItem};
use crate::source::Spanned;

/// What numbers of pages, sizes and totals are.
const INTEGERS: &[Type] = &[Type::Int32, Type::Int64];

/// Finds what a pagination names; reports what is not there or of another type. Pages drop the
/// idempotency token.
pub(super) fn bind(
    own: &Own<'_>,
    item: &PaginationItem,
    idempotency_parameter: Option<&str>,
    sink: &mut Sink,
) -> Option<Pagination> {
    way::require_optional_token(own, idempotency_parameter, ("page", "x-pagination"), sink);
    let items =
        way::of_response(own, &item.items, None, sink).and_then(|(steps, type_)| match type_ {
            Type::List(item) => Some((steps, *item)),
            _ => {
                report_kind(&item.items, "a list", sink);
                None
            }
        });
    let total_items = optional(&item.total_items, |pointer| integer(own, pointer, sink));
    let turn = match &item.turn {
        TurnItem::Number(item) => {
            let total = total_items.iter().flatten();
            let beside = total.chain(items.as_ref().map(|(steps, _)| steps)).cloned().collect();
            by_number(own, item, beside, sink)
        }
        TurnItem::Token(item) => by_token(own, item, idempotency_parameter, sink),
    };
    let (items, item) = items?;
    Some(Pagination { turn: turn?, items, item, total_items: total_items? })
}

/// Pages with numbers; `beside` is where else the response says something of them.
fn by_number(
    own: &Own<'_>,
    item: &NumberItem,
    beside: Vec<Vec<Step>>,
    sink: &mut Sink,
) -> Option<PageTurn> {
    let page_number = parameter(own, &item.page_number, is_integer, "an integer", sink);
    let page_size = parameter(own, &item.page_size, is_integer, "an integer", sink);
    let first_page = i32::try_from(item.first_page).ok();
    if first_page.is_none() {
        let message = "the number of the first page is not an int32";
        sink.error(Code::InvalidValue, item.page_number.origin, message);
    }
    let total_pages = optional(&item.total_pages, |pointer| integer(own, pointer, sink));
    let ways = total_pages.iter().flatten().chain(&beside);
    // What the response repeats, it calls as the wire does.
    let size = page_size.map(|index| own.sent.1.members()[index].name.value.as_str());
    let full_page = size.and_then(|size| full_page(own, size, ways));
    Some(PageTurn::Number {
        page_number: page_number?,
        page_size: page_size?,
        first_page: first_page?,
        full_page,
        total_pages: total_pages?,
    })
}

/// Pages with tokens, which the request and the response have in one type.
fn by_token(
    own: &Own<'_>,
    item: &TokenItem,
    idempotency_parameter: Option<&str>,
    sink: &mut Sink,
) -> Option<PageTurn> {
    // The first page is asked for without one, and a secret would be compared and kept.
    let is_token =
        |member: &Member| !member.required && (member.type_ == Type::String || is_integer(member));
    let kind = "an optional text or integer that is no secret";
    let token = parameter(own, &item.token, is_token, kind, sink);
    if idempotency_parameter == Some(item.token.value.as_str()) {
        let message = format!("`{}` is the idempotency token, which pages drop", item.token.value);
        let help = "name the parameter that says which page is asked for";
        sink.error_with_help(Code::InvalidValue, item.token.origin, message, help);
    }
    let page_size =
        optional(&item.page_size, |name| parameter(own, name, is_integer, "an integer", sink));
    let next_token = way::of_response(own, &item.next_token, None, sink);
    if let (Some(token), Some((_, type_))) = (token, &next_token)
        && own.sent.1.members()[token].type_ != *type_
    {
        let (sent, received) = (&item.token.value, &item.next_token.value);
        let message = format!("`{received}` has another type than `{sent}`");
        let help = "write the parameter's type here, too: numbers are read from texts as well, and \
                    texts from numbers";
        sink.error_with_help(Code::InvalidValue, item.next_token.origin, message, help);
        return None;
    }
    let has_more = optional(&item.has_more, |pointer| {
        received(own, pointer, &[Type::Boolean], "a boolean", sink)
    });
    Some(PageTurn::Token {
        token: token?,
        page_size: page_size?,
        next_token: next_token?.0,
        has_more: has_more?,
    })
}

/// What is found of something that may be left out; nothing when it is there and cannot be found.
fn optional<T>(
    named: &Option<Spanned<String>>,
    find: impl FnOnce(&Spanned<String>) -> Option<T>,
) -> Option<Option<T>> {
    match named {
        Some(named) => find(named).map(Some),
        None => Some(None),
    }
}

/// The member of the response that repeats the parameter of the page's size, when there is one: at the
/// root, or beside what the pagination names.
fn full_page<'w>(
    own: &Own<'_>,
    name: &str,
    ways: impl Iterator<Item = &'w Vec<Step>>,
) -> Option<Vec<Step>> {
    let beside = ways.filter_map(|steps| steps.split_last());
    let beside = beside.map(|(last, outer)| (last.owner, outer.to_vec()));
    std::iter::once((own.received.0, Vec::new())).chain(beside).find_map(|(owner, mut steps)| {
        let is_size = |member: &Member| member.name.value == name && is_integer(member);
        let member = own.members(owner).iter().position(is_size)?;
        steps.push(Step { owner, member });
        Some(steps)
    })
}

fn is_integer(member: &Member) -> bool {
    INTEGERS.contains(&member.type_)
}

/// The parameter of a name, which has to be one of a kind.
fn parameter(
    own: &Own<'_>,
    name: &Spanned<String>,
    is_one: impl Fn(&Member) -> bool,
    kind: &str,
    sink: &mut Sink,
) -> Option<usize> {
    let members = own.sent.1.members();
    let Some(index) = members.iter().position(|member| member.label() == name.value) else {
        way::report_unknown(name, &name.value, members.iter().map(Member::label), sink);
        return None;
    };
    if !is_one(&members[index]) {
        let message = format!("`{}` is not {kind}, which pages need", name.value);
        sink.error(Code::InvalidValue, name.origin, message);
        return None;
    }
    Some(index)
}

/// The way to an integer of the response.
fn integer(own: &Own<'_>, pointer: &Spanned<String>, sink: &mut Sink) -> Option<Vec<Step>> {
    received(own, pointer, INTEGERS, "an integer", sink)
}

/// The way to a member of the response that has one of these types.
fn received(
    own: &Own<'_>,
    pointer: &Spanned<String>,
    types: &[Type],
    kind: &str,
    sink: &mut Sink,
) -> Option<Vec<Step>> {
    let (steps, type_) = way::of_response(own, pointer, None, sink)?;
    if !types.contains(&type_) {
        report_kind(pointer, kind, sink);
        return None;
    }
    Some(steps)
}

fn report_kind(pointer: &Spanned<String>, kind: &str, sink: &mut Sink) {
    let message = format!("`{}` is not {kind}", pointer.value);
    sink.error(Code::InvalidValue, pointer.origin, message);
}
