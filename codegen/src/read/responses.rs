//! JSON → what an operation answers: the response of success, and the codes of errors.

use crate::diagnostic::{Code, Sink};
use crate::facts::ErrorCode;
use crate::json::{Json, Kind};
use crate::read::reader::{Reader, expected};
use crate::read::request::{Content, media_type};
use crate::read::schema::Schema;
use crate::source::Origin;
use crate::travel::{Answer, Media};

/// The response of success.
#[derive(Debug)]
pub(crate) struct ResponseItem {
    pub(crate) answer: Answer,
    /// What the text calls its media type, where it has one.
    pub(crate) origin: Option<Origin>,
    pub(crate) schema: Schema,
    pub(crate) example: Option<Json>,
}

impl Default for ResponseItem {
    fn default() -> Self {
        Self { answer: Answer::Nothing, origin: None, schema: Schema::default(), example: None }
    }
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
            success = match reader.value("content") {
                Some(json) => content(json, sink),
                None => Some(ResponseItem::default()),
            };
        }
        // A failure may come with the status of success.
        if member.key == "200" || is_error_status(&member.key) {
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
    Some((success?, errors))
}

/// The media types of answers, and what they are.
const ANSWERS: [(&str, Answer); 3] = [
    (Media::Json.type_(), Answer::Object),
    (Media::Text.type_(), Answer::Whole(Media::Text)),
    (Media::Bytes.type_(), Answer::Whole(Media::Bytes)),
];

/// What stands in a response.
fn content(json: &Json, sink: &mut Sink) -> Option<ResponseItem> {
    let mut content = Reader::open(json, "content map", sink)?;
    let mut found = Vec::new();
    for (name, answer) in ANSWERS {
        found.extend(content.member(name).map(|member| (member, answer)));
    }
    content.finish(sink);
    let (member, answer) = match found.as_slice() {
        [found] => *found,
        [] => {
            let names = ANSWERS.map(|(name, _)| name.to_owned());
            let message = "the response has no media type that can be read";
            let help = format!(
                "write {}, or leave `content` out where there is no body",
                crate::english::any_of(&names)
            );
            sink.error_with_help(Code::MissingKey, json.opening(), message, help);
            return None;
        }
        [_, (second, _), ..] => {
            let message = "a response has one media type";
            let help = "keep the one that the service documents";
            sink.error_with_help(Code::InvalidValue, second.key_origin, message, help);
            return None;
        }
    };
    let content = media_type(&member.value, false, sink)?;
    let answer = match answer {
        Answer::Object if !content.is_object() => Answer::Whole(Media::Json),
        answer => answer,
    };
    let Content { schema, example, .. } = content;
    Some(ResponseItem { answer, origin: Some(member.key_origin), schema, example })
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
