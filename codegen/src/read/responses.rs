//! JSON → what an operation answers: the response of success, and the codes of errors.

use crate::diagnostic::{Code, Sink};
use crate::facts::ErrorCode;
use crate::json::{Json, Kind};
use crate::read::reader::{Reader, expected};
use crate::read::request::{Content, media_type};
use crate::read::schema::Schema;

/// The response of success.
#[derive(Debug, Default)]
pub(crate) struct ResponseItem {
    pub(crate) schema: Schema,
    pub(crate) example: Option<Json>,
}

/// Reads the responses of an operation, by their status.
pub(super) fn responses(json: &Json, sink: &mut Sink) -> Option<(ResponseItem, Vec<ErrorCode>)> {
    let mut success = None;
    let mut errors = Vec::new();
    let Kind::Object(members) = &json.kind else {
        return expected(json, "an object", sink);
    };
    for member in members {
        let mut reader = Reader::open(&member.value, "response", sink)?;
        reader.text("description", sink);
        if member.key == "200" {
            success = reader.required("content", sink).and_then(|json| json_content(json, sink));
        } else if is_error_status(&member.key) {
            for error in error_codes(&mut reader, sink) {
                errors.extend(error_item(&member.key, error, sink));
            }
        } else {
            let message = format!("`{}` is not a status that a response can have here", member.key);
            let help = "write `200` for success, `4xx` and `5xx` numbers for errors";
            sink.error_with_help(Code::UnknownKey, member.key_origin, message, help);
        }
        reader.finish(sink);
    }
    if !members.iter().any(|member| member.key == "200") {
        sink.error(Code::MissingKey, json.origin, "the responses have no `200`");
    }
    let success = success?;
    Some((ResponseItem { schema: success.schema, example: success.example }, errors))
}

/// The one media type of answers.
fn json_content(json: &Json, sink: &mut Sink) -> Option<Content> {
    let mut content = Reader::open(json, "content map", sink)?;
    let json = content.required("application/json", sink);
    content.finish(sink);
    media_type(json?, false, sink)
}

/// The documented error codes of a status, when there are any.
fn error_codes<'j>(reader: &mut Reader<'j>, sink: &mut Sink) -> &'j [Json] {
    match reader.value("x-error-codes") {
        Some(_) => reader.filled("x-error-codes", sink).unwrap_or_default(),
        None => &[],
    }
}

fn is_error_status(key: &str) -> bool {
    key.len() == 3
        && key.bytes().all(|byte| byte.is_ascii_digit())
        && key.parse::<u16>().is_ok_and(|status| (400..600).contains(&status))
}

fn error_item(status: &str, json: &Json, sink: &mut Sink) -> Option<ErrorCode> {
    let mut reader = Reader::open(json, "error code", sink)?;
    let code = reader.required_text("code", sink);
    let message = reader.required_string("message", sink);
    reader.finish(sink);
    Some(ErrorCode { status: status.to_owned(), code: code?.value, message: message?.value })
}
