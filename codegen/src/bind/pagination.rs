//! `x-pagination` → the members of request and response that it names.

use super::operation::Own;
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::{Pagination, Step, Type};
use crate::read::operation::PaginationItem;
use crate::source::Spanned;
use crate::travel::Answer;

/// Finds what a pagination names; reports what is not there or of another type.
pub(super) fn bind(own: &Own<'_>, item: &PaginationItem, sink: &mut Sink) -> Option<Pagination> {
    let page_number = parameter(own, &item.page_number, sink);
    let page_size = parameter(own, &item.page_size, sink);
    let first_page = i32::try_from(item.first_page).ok();
    if first_page.is_none() {
        let message = "the number of the first page is not an int32";
        sink.error(Code::InvalidValue, item.page_number.origin, message);
    }
    let list = member(own, &item.items, sink).and_then(|(steps, type_)| match type_ {
        Type::List(item) => Some((steps, *item)),
        _ => {
            let message = format!("`{}` is not a list", item.items.value);
            sink.error(Code::InvalidValue, item.items.origin, message);
            None
        }
    });
    let mut total = |pointer: &Option<Spanned<String>>| {
        let Some(pointer) = pointer else { return Some(None) };
        let (steps, type_) = member(own, pointer, sink)?;
        if !matches!(type_, Type::Int32 | Type::Int64) {
            let message = format!("`{}` is not an integer", pointer.value);
            sink.error(Code::InvalidValue, pointer.origin, message);
            return None;
        }
        Some(Some(steps))
    };
    let (total_items, total_pages) = (total(&item.total_items), total(&item.total_pages));
    let (items, of) = list?;
    let totals = [&total_items, &total_pages].into_iter().flatten().flatten();
    let ways = totals.chain(std::iter::once(&items));
    let full_page = full_page(own, &item.page_size.value, ways);
    Some(Pagination {
        page_number: page_number?,
        page_size: page_size?,
        first_page: first_page?,
        items,
        item: of,
        full_page,
        total_items: total_items?,
        total_pages: total_pages?,
    })
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
        let is_size = |member: &Member| {
            member.name.value == name && matches!(member.type_, Type::Int32 | Type::Int64)
        };
        let member = own.members(owner).iter().position(is_size)?;
        steps.push(Step { owner, member });
        Some(steps)
    })
}

/// Reports an idempotency token that later pages, which are calls of their own, cannot drop.
pub(super) fn require_optional(own: &Own<'_>, token: Option<&str>, sink: &mut Sink) {
    let is_token = |member: &&Member| Some(member.name.value.as_str()) == token;
    if let Some(member) = own.sent.1.members().iter().find(is_token)
        && member.required
    {
        let name = &member.name.value;
        let message = format!("the idempotency token `{name}` is required, and pages drop theirs");
        let help = "make it optional, or leave `x-pagination` out: each page is a call of its own";
        sink.error_with_help(Code::InvalidValue, member.name.origin, message, help);
    }
}

/// An optional parameter that holds an int32.
fn parameter(own: &Own<'_>, name: &Spanned<String>, sink: &mut Sink) -> Option<usize> {
    let members = own.sent.1.members();
    let Some(index) = members.iter().position(|member| member.name.value == name.value) else {
        report_unknown(name, &name.value, members.iter().map(|member| &*member.name.value), sink);
        return None;
    };
    if members[index].type_ != Type::Int32 || members[index].required {
        let message = format!("`{}` is not an optional int32, which pages need", name.value);
        sink.error(Code::InvalidValue, name.origin, message);
        return None;
    }
    Some(index)
}

/// The way to a member of the response, and the member's type.
fn member(own: &Own<'_>, pointer: &Spanned<String>, sink: &mut Sink) -> Option<(Vec<Step>, Type)> {
    if let ("", Answer::Whole(_), [body]) = (&*pointer.value, own.answer, own.received.1.members())
    {
        return Some((vec![Step { owner: own.received.0, member: 0 }], body.type_.clone()));
    }
    let Some(path) = pointer.value.strip_prefix('/') else {
        let message = format!("{} is not a JSON pointer into this response", code(&pointer.value));
        let help = "write `/` before the name of each member on the way";
        sink.error_with_help(Code::InvalidValue, pointer.origin, message, help);
        return None;
    };
    let (mut steps, mut type_) = (Vec::new(), Type::Named(own.received.0));
    for name in path.split('/') {
        let owner = match type_ {
            Type::Named(id) => id,
            _ => {
                let message = format!("nothing stands inside a list or a scalar: `{name}`");
                sink.error(Code::InvalidValue, pointer.origin, message);
                return None;
            }
        };
        let members = own.members(owner);
        let Some(member) = members.iter().position(|member| member.name.value == name) else {
            report_unknown(pointer, name, members.iter().map(|member| &*member.name.value), sink);
            return None;
        };
        steps.push(Step { owner, member });
        type_ = members[member].type_.clone();
    }
    Some((steps, type_))
}

fn report_unknown<'n>(
    place: &Spanned<String>,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    sink: &mut Sink,
) {
    let message = format!("there is no member `{name}`");
    sink.error_with_nearest(Code::UnknownParameter, place.origin, message, nearest(name, known));
}
