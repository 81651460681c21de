//! What an operation answers → `responses`.

use super::errors::errors;
use super::ledger::Fate;
use super::node::Node;
use super::published::{Operation, Response, Schema};
use super::reasons::LeftOut;
use super::report::Report;
use super::types::{At, Side, Types};
use crate::travel::Media;

/// The status of success, under which specs have what is answered.
const SUCCESS: &str = "200";

/// The response of success, and the codes of failures.
pub(super) fn responses<'p>(
    operation: &'p Operation,
    types: &mut Types<'p>,
    report: &mut Report,
) -> Node {
    let said = chosen(operation).and_then(|response| types.said(response, report));
    let said = said.unwrap_or_else(|| "Success.".to_owned());
    let mut members = vec![("description".to_owned(), Node::Text(said))];
    leave_out_others(operation, report);
    let mut failures = Vec::new();
    for (status, codes) in errors(operation, types.has_texts, report) {
        let codes = ("x-error-codes".to_owned(), Node::List(codes));
        if status == SUCCESS {
            members.push(codes);
        } else {
            let said = ("description".to_owned(), Node::text("Failure."));
            failures.push((status, Node::Object(vec![said, codes])));
        }
    }
    if let Some(schema) = success(operation) {
        let at = At::new(format!("{}Response", operation.name), Side::Received);
        let is_text =
            types.target(schema).is_some_and(|schema| schema.type_.as_deref() == Some("string"));
        let (media, mut value) = match types.members_of(schema) {
            Some(properties) => {
                types.reach(schema, at.side, report);
                (Media::Json, types.members(properties, &at, report))
            }
            None => match types.media(schema) {
                // Texts stand there as they are; what else is no object is JSON.
                Media::Text if is_text => {
                    (Media::Text, types.value("body", schema, &at.member("Body").whole(), report))
                }
                Media::Bytes => {
                    types.reach(schema, at.side, report);
                    report.carry_key(schema.spot, "format");
                    (Media::Bytes, Vec::new())
                }
                Media::Text | Media::Json => {
                    (Media::Json, types.value("body", schema, &at.member("Body"), report))
                }
            },
        };
        value.extend(types.answer(operation, schema, report));
        let content = Node::member("schema", Node::Object(value));
        members.push(("content".to_owned(), Node::member(media.type_(), content)));
    }
    let success = (SUCCESS.to_owned(), Node::Object(members));
    Node::Object(std::iter::once(success).chain(failures).collect())
}

/// What 200 says, or else the first other status of success.
pub(super) fn success(operation: &Operation) -> Option<&Schema> {
    chosen(operation).and_then(|response| response.schema.as_ref())
}

fn chosen(operation: &Operation) -> Option<&Response> {
    let is_success = |response: &&Response| response.status.starts_with('2');
    operation.responses.iter().filter(is_success).min_by_key(|response| response.status != SUCCESS)
}

/// What other statuses say: errors are read alike, whoever answers them.
fn leave_out_others(operation: &Operation, report: &mut Report) {
    let chosen = chosen(operation).map(|response| &response.status);
    for response in &operation.responses {
        let is_failure = response.status.starts_with(['4', '5']);
        let reason = if is_failure { LeftOut::FailureAnswer } else { LeftOut::SecondAnswer };
        if Some(&response.status) != chosen {
            report.mark(response.spot.own, Fate::LeftOut(reason));
        }
    }
}
