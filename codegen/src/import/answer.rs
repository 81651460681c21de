//! What an operation answers → `responses`.

use super::node::Node;
use super::published::{Operation, Schema};
use super::report::Report;
use super::types::{At, Side, Types};
use crate::travel::Media;

/// The response of success.
pub(super) fn responses<'p>(
    operation: &'p Operation,
    types: &mut Types<'p>,
    report: &mut Report,
) -> Node {
    let mut members = vec![("description".to_owned(), Node::text("Success."))];
    if let Some(schema) = success(operation) {
        let at = At::new(format!("{}Response", operation.name), &operation.name, Side::Received);
        let is_text =
            types.target(schema).is_some_and(|schema| schema.type_.as_deref() == Some("string"));
        let (media, value) = match types.members_of(schema) {
            Some(properties) => (Media::Json, types.members(properties, &at, report)),
            None => match types.media(schema) {
                // Texts stand there as they are; what else is no object is JSON.
                Media::Text if is_text => {
                    (Media::Text, types.value("body", schema, &at.member("Body"), report))
                }
                Media::Bytes => (Media::Bytes, Vec::new()),
                Media::Text | Media::Json => {
                    (Media::Json, types.value("body", schema, &at.member("Body"), report))
                }
            },
        };
        let content = Node::member("schema", Node::Object(value));
        members.push(("content".to_owned(), Node::member(media.type_(), content)));
    }
    Node::member("200", Node::Object(members))
}

/// What 200 says, or else the first other status of success.
pub(super) fn success(operation: &Operation) -> Option<&Schema> {
    let is_success = |(status, _): &&(String, Option<Schema>)| status.starts_with('2');
    let mut found = operation.responses.iter().filter(is_success).collect::<Vec<_>>();
    found.sort_by_key(|(status, _)| status != "200");
    found.first().and_then(|(_, schema)| schema.as_ref())
}
