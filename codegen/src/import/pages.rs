//! Which operations hand out lists in pages → `x-pagination`, by the names that services have for it.

use super::node::Node;
use super::published::{Operation, Schema};
use super::request::Request;
use super::types::Types;
use crate::bind::is_spelled;
use crate::json::escaped;

/// Parameters that say which page is asked for.
const NUMBERS: [&str; 6] = ["PageNumber", "PageNo", "PageNum", "CurrentPage", "PageIndex", "Page"];

/// Parameters that say how many items a page has.
const SIZES: [&str; 4] = ["PageSize", "MaxResults", "MaxResult", "Size"];

const TOTALS: [&str; 6] =
    ["TotalCount", "Total", "TotalRecordCount", "TotalItems", "TotalNum", "TotalElements"];

const PAGES: [&str; 2] = ["TotalPages", "TotalPageCount"];

/// Parameters with a token, and what the answer calls that of the next page.
const TOKENS: [(&str, &[&str]); 4] = [
    ("NextToken", &["NextToken"]),
    ("Marker", &["NextMarker", "Marker"]),
    ("PageToken", &["NextPageToken"]),
    ("NextPageToken", &["NextPageToken"]),
];

const MORE: [&str; 2] = ["IsTruncated", "HasMore"];

/// Whether a text of this name leads to another page, or makes repeating a call harmless.
pub(super) fn is_token(wire: &str) -> bool {
    let mut tokens = TOKENS.iter().flat_map(|(name, next)| next.iter().chain([name]));
    wire == "ClientToken" || tokens.any(|name| is_spelled(name, wire))
}

/// How deep the list may stand in the answer.
const DEPTH: usize = 4;

/// How an operation hands out its list, if it surely does: by one list and the usual names.
pub(super) fn pagination<'p>(
    operation: &'p Operation,
    request: &Request<'p>,
    types: &Types<'p>,
) -> Option<Node> {
    if request.has_required_token() {
        return None;
    }
    let root = types.members_of(super::answer::success(operation)?)?;
    let mut found = Vec::new();
    lists(root, "", DEPTH, types, &mut found);
    let objects: Vec<&Found<'_>> = found.iter().filter(|found| found.is_of_objects).collect();
    let list = match (found.as_slice(), objects.as_slice()) {
        ([only], _) => only,
        (_, [only]) => only,
        _ => return None,
    };
    let beside = |names: &[&str], kind: &str| -> Option<Node> {
        let at_root = root.iter().map(|member| ("", member));
        let beside = list.beside.iter().map(|member| (list.parent.as_str(), member));
        let mut members = at_root.chain(beside);
        let (parent, (name, _)) = members.find(|(_, (name, schema))| {
            names.iter().any(|known| is_spelled(known, name))
                && schema.type_.as_deref() == Some(kind)
        })?;
        Some(Node::Text(format!("{parent}/{}", escaped(name))))
    };
    let size = request.named(&SIZES, "integer");
    let mut members: Vec<(String, Node)> = Vec::new();
    let number = request.named(&NUMBERS, "integer").zip(size.clone());
    if let Some(((number, schema), (size, _))) = number {
        let starts_at =
            |text: &Option<String>| text.as_deref().is_some_and(|text| text.trim() == "0");
        let first = i32::from(!(starts_at(&schema.minimum) || starts_at(&schema.default)));
        members.push(("pageNumber".to_owned(), Node::Text(number)));
        members.push(("pageSize".to_owned(), Node::Text(size)));
        members.push(("firstPage".to_owned(), Node::bare(first)));
        members.push(("items".to_owned(), Node::text(&list.pointer)));
        let totals =
            [("totalItems", beside(&TOTALS, "integer")), ("totalPages", beside(&PAGES, "integer"))];
        let named = totals.into_iter().filter_map(|(key, found)| Some((key.to_owned(), found?)));
        members.extend(named);
    } else {
        let (token, next) = TOKENS.iter().find_map(|(name, next)| {
            let (token, schema) = request.named(&[name], "string")?;
            (!schema.required).then_some(())?;
            Some((token, beside(next, "string")?))
        })?;
        members.push(("token".to_owned(), Node::Text(token)));
        members.push(("nextToken".to_owned(), next));
        members.extend(size.map(|(size, _)| ("pageSize".to_owned(), Node::Text(size))));
        members.push(("items".to_owned(), Node::text(&list.pointer)));
        let rest =
            [("totalItems", beside(&TOTALS, "integer")), ("hasMore", beside(&MORE, "boolean"))];
        members.extend(rest.into_iter().filter_map(|(key, found)| Some((key.to_owned(), found?))));
    }
    Some(Node::Object(members))
}

/// A list in an answer.
struct Found<'p> {
    pointer: String,
    /// What it stands in, and the members of that.
    parent: String,
    beside: &'p [(String, Schema)],
    is_of_objects: bool,
}

fn lists<'p>(
    members: &'p [(String, Schema)],
    parent: &str,
    depth: usize,
    types: &Types<'p>,
    found: &mut Vec<Found<'p>>,
) {
    for (name, schema) in members {
        let pointer = format!("{parent}/{}", escaped(name));
        let Some(target) = types.target(schema) else { continue };
        if target.type_.as_deref() == Some("array") {
            let items = target.items.as_deref();
            found.push(Found {
                pointer,
                parent: parent.to_owned(),
                beside: members,
                is_of_objects: items.is_some_and(|items| types.members_of(items).is_some()),
            });
        } else if let Some(inner) = types.members_of(target).filter(|_| depth > 1) {
            lists(inner, &pointer, depth - 1, types, found);
        }
    }
}
