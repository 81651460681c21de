//! Responses.

use super::comments::Comments;
use super::markdown::paragraphs;
use super::{Part, received_struct};
use crate::blueprint::operation::Response;

/// ```text
/// /// docs
/// pub struct XResponse { … }
///
/// alibabacloud_runtime::private::received! {
///     XResponse + PartialEq:
///     err_code = "ErrCode",
///     task_id = "TaskId",
/// }
/// ```
pub(super) fn response(response: &Response<'_>, comments: &Comments) -> [Part; 2] {
    let mut lines = vec![format!("What the service answers to a [`{}`].", response.request)];
    if let Some(description) = response.description {
        lines.push(String::new());
        lines.extend(paragraphs(description));
    }
    let structure = &response.structure;
    let definition = received_struct::definition(structure, lines, comments);
    [Part::Items(definition), received_struct::list(structure, "received")]
}
