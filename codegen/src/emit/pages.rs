//! What a request tells of the list that its answers are pages of.

use super::field_type::{owned, text};
use super::{Part, call};
use crate::blueprint::pages::{Pages, Turn};
use crate::naming::Name;

/// ```text
/// alibabacloud_runtime::private::paged! {
///     XRequest -> XResponse: Thing;
///     items: thing of items, idempotency_token: client_token;
///     page_number: page_num, page_size: page_size, first_page: 0,
///     full_page: page_size, total_items: total, total_pages: total_pages,
/// }
/// ```
///
/// or, in the place of the last two lines,
///
/// ```text
///     token: next_token as String, next_token: next_token, has_more: is_truncated,
/// ```
pub(super) fn pages(pages: &Pages<'_>) -> Part {
    let once = pages.idempotency_token.map(|ident| format!(", idempotency_token: {ident}"));
    let member = |name: &str, members: &Option<Vec<&Name>>| {
        let path = members.as_ref().map(|members| path(members));
        path.map(|path| format!("{name}: {path},"))
    };
    let mut lines = vec![
        format!("{} -> {}: {};", pages.request, pages.response, text(&owned(&pages.item))),
        format!("items: {}{};", path(&pages.items), once.unwrap_or_default()),
    ];
    match &pages.turn {
        Turn::Number {
            page_number,
            page_size,
            first_page,
            full_page,
            total_items,
            total_pages,
        } => {
            lines.push(format!(
                "page_number: {page_number}, page_size: {page_size}, first_page: {first_page},"
            ));
            let totals = [
                member("full_page", full_page),
                member("total_items", total_items),
                member("total_pages", total_pages),
            ];
            lines.push(totals.into_iter().flatten().collect::<Vec<_>>().join(" "));
        }
        Turn::Token { token, type_, next_token, has_more } => {
            let type_ = text(&owned(type_));
            let more = member("has_more", has_more).map(|more| format!(" {more}"));
            lines.push(format!(
                "token: {token} as {type_}, next_token: {},{}",
                path(next_token),
                more.unwrap_or_default()
            ));
        }
    }
    lines.retain(|line| !line.is_empty());
    call("paged", lines)
}

/// `thing of items`: a member, and the way to it when it stands inside others.
fn path(members: &[&Name]) -> String {
    match members.split_last() {
        Some((last, [])) => last.to_string(),
        Some((last, outer)) => {
            let outer: Vec<String> = outer.iter().map(ToString::to_string).collect();
            format!("{last} of {}", outer.join("."))
        }
        None => String::new(),
    }
}
