//! Responses.

use super::comments::Comments;
use super::markdown::paragraphs;
use super::{Part, received_struct};
use crate::blueprint::operation::Response;
use crate::travel::{Answer, Media};

/// ```text
/// /// docs
/// pub struct XResponse { … }
///
/// alibabacloud_runtime::private::received! {
///     XResponse + PartialEq:
///     err_code: impl Into<String> = "ErrCode",
///     task_id: i64 = "TaskId",
/// }
/// ```
pub(super) fn response(response: &Response<'_>, comments: &Comments<'_>) -> [Part; 2] {
    let mut lines = vec![format!("What the service answers to a [`{}`].", response.request)];
    if let Some(description) = response.description {
        lines.push(String::new());
        lines.extend(paragraphs(description, comments.links));
    }
    let said = match response.answer {
        Answer::Object | Answer::Whole(Media::Json) => None,
        Answer::Whole(Media::Text) => Some("The answer is text, which is taken as it is."),
        Answer::Whole(Media::Bytes) => Some("The answer is bytes, which are taken as they are."),
        Answer::Nothing => Some("Nothing is documented of the answer but that there is one."),
    };
    lines.extend(said.iter().flat_map(|said| [String::new(), (*said).to_owned()]));
    let structure = &response.structure;
    let definition = received_struct::definition(structure, lines, comments);
    let list = match response.answer {
        Answer::Object => received_struct::list(structure, "received"),
        Answer::Whole(_) | Answer::Nothing => received_struct::whole(structure),
    };
    [Part::Items(definition), list]
}
