//! What an operation answers: the members of an object, one value, or nothing.

use super::members;
use super::operation::object_only;
use super::references::Resolved;
use super::request::BODY;
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::dialect::{Holder, Place};
use crate::model::Type;
use crate::read::responses::ResponseItem;
use crate::read::schema::Property;
use crate::source::Spanned;
use crate::travel::{Answer, Media};

/// Reports keywords that have no meaning where they stand.
pub(super) fn check(response: &ResponseItem, sink: &mut Sink) {
    match response.answer {
        Answer::Object => {
            object_only(&response.schema, "response", sink);
            response.schema.check_keywords(Place::Response, "a response", sink);
        }
        // Its keywords are those of a value.
        Answer::Whole(_) | Answer::Nothing => {}
    }
}

/// The members of the response, in the order of the text.
pub(super) fn members(
    resolved: &Resolved,
    response: &ResponseItem,
    sink: &mut Sink,
) -> Vec<Member> {
    match response.answer {
        Answer::Object => members::bind(resolved, &response.schema, Holder::Response, sink),
        Answer::Whole(media) => whole(resolved, media, response, sink).into_iter().collect(),
        Answer::Nothing => Vec::new(),
    }
}

/// The member that the whole body is.
fn whole(
    resolved: &Resolved,
    media: Media,
    response: &ResponseItem,
    sink: &mut Sink,
) -> Option<Member> {
    let origin = response.origin?;
    let name = Spanned { value: BODY.to_owned(), origin };
    let property = Property { name, schema: response.schema.clone() };
    let member = members::bind_body(resolved, &property, (media, false), Holder::Response, sink)?;
    match (media, &member.type_) {
        (Media::Json | Media::Bytes, _) | (Media::Text, Type::String | Type::Secret) => {
            Some(member)
        }
        (Media::Text, _) => {
            let message = "an answer that is text is a string";
            let help = "write `{ \"type\": \"string\" }`, or `application/json` for what is JSON";
            sink.error_with_help(Code::UnknownType, origin, message, help);
            None
        }
    }
}
