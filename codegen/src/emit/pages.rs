//! What a request tells of the list that its answers are pages of.

use super::field_type::{owned, text};
use super::{Part, call};
use crate::blueprint::pages::Pages;
use crate::naming::Name;

/// ```text
/// alibabacloud_runtime::private::paged! {
///     XRequest -> XResponse: Thing;
///     page_number: page_num, page_size: page_size, first_page: 0, token: client_token,
///     items: thing of items, full_page: page_size, total_items: total, total_pages: total_pages,
/// }
/// ```
pub(super) fn pages(pages: &Pages<'_>) -> Part {
    let token = pages.token.map(|ident| format!(" token: {ident},"));
    let member = |name: &str, members: &Option<Vec<&Name>>| {
        let path = members.as_ref().map(|members| path(members));
        path.map(|path| format!(" {name}: {path},")).unwrap_or_default()
    };
    let lines = [
        format!("{} -> {}: {};", pages.request, pages.response, text(&owned(&pages.item))),
        format!(
            "page_number: {}, page_size: {}, first_page: {},{}",
            pages.page_number,
            pages.page_size,
            pages.first_page,
            token.unwrap_or_default()
        ),
        format!(
            "items: {},{}{}{}",
            path(&pages.items),
            member("full_page", &pages.full_page),
            member("total_items", &pages.total_items),
            member("total_pages", &pages.total_pages)
        ),
    ];
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
