//! How calls may fail → `x-error-codes`, by the status with which an answer says so.

use super::node::Node;
use super::published::Operation;
use super::reasons::{LeftOut, Repair};
use super::report::Report;

/// The documented error codes by their status, in the order of the metadata.
pub(super) fn errors(
    operation: &Operation,
    has_texts: bool,
    report: &mut Report,
) -> Vec<(String, Vec<Node>)> {
    let mut errors: Vec<(String, Vec<Node>)> = Vec::new();
    for error in &operation.told.errors {
        let code = error.code.trim();
        if code.is_empty() {
            report.leave_out(error.own, LeftOut::Nameless);
            continue;
        }
        if !is_status(&error.status) {
            report.leave_out(error.own, LeftOut::Status);
            continue;
        }
        let message = if has_texts { error.message.trim() } else { "" };
        let listed = Node::Object(vec![
            ("code".to_owned(), Node::text(code)),
            ("message".to_owned(), Node::text(message)),
        ]);
        let position = errors.iter().position(|(status, _)| *status == error.status);
        let position = position.unwrap_or_else(|| {
            errors.push((error.status.clone(), Vec::new()));
            errors.len() - 1
        });
        let known = &mut errors[position].1;
        if known.contains(&listed) {
            report.merge(error.own, Repair::ListedTwice);
        } else {
            report.carry(error.own);
            known.push(listed);
        }
    }
    errors
}

/// Whether an answer tells of failures with this status: with that of success, too.
fn is_status(status: &str) -> bool {
    let is_number = status.len() == 3 && status.bytes().all(|byte| byte.is_ascii_digit());
    status == "200" || is_number && status.starts_with(['4', '5'])
}
