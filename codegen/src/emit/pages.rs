//! What a request tells of the list that its answers are pages of.

use super::types::{owned, text};
use super::{Part, call};
use crate::model::{Model, OperationId, Step};

/// ```text
/// alibabacloud_runtime::private::paged! {
///     XRequest -> XResponse: Thing;
///     page_number: page_num, page_size: page_size, first_page: 0, token: client_token,
///     items: thing of items, full_page: page_size, total_items: total, total_pages: total_pages,
/// }
/// ```
pub(super) fn pages(model: &Model, id: OperationId) -> Option<Part> {
    let operation = model.api.operation(id);
    let pagination = operation.pagination.as_ref()?;
    let names = model.names.type_(operation.request);
    let request = &names.ident;
    let response = &model.names.type_(operation.response).ident;
    let item = text(&owned(model, &pagination.item));
    let number = &names.members[pagination.page_number];
    let size = &names.members[pagination.page_size];
    let mut fields = model.api.fields(operation.request).iter().zip(&names.members);
    let is_token = |wire: &str| operation.idempotency_parameter.as_deref() == Some(wire);
    let token = fields.find(|(field, _)| is_token(&field.wire.value));
    let token = token.map(|(_, ident)| format!(" token: {ident},"));
    let member = |name: &str, steps: &Option<Vec<Step>>| {
        let path = steps.as_ref().map(|steps| path(model, steps));
        path.map(|path| format!(" {name}: {path},")).unwrap_or_default()
    };
    let lines = [
        format!("{request} -> {response}: {item};"),
        format!(
            "page_number: {number}, page_size: {size}, first_page: {},{}",
            pagination.first_page,
            token.unwrap_or_default()
        ),
        format!(
            "items: {},{}{}{}",
            path(model, &pagination.items),
            member("full_page", &pagination.full_page),
            member("total_items", &pagination.total_items),
            member("total_pages", &pagination.total_pages)
        ),
    ];
    Some(call("paged", lines))
}

/// `thing of items`: a member, and the way to it when it stands inside others.
fn path(model: &Model, steps: &[Step]) -> String {
    let member = |step: &Step| model.names.type_(step.owner).members[step.member].to_string();
    match steps.split_last() {
        Some((last, [])) => member(last),
        Some((last, outer)) => {
            let outer: Vec<String> = outer.iter().map(member).collect();
            format!("{} of {}", member(last), outer.join("."))
        }
        None => String::new(),
    }
}
