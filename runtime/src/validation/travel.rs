//! What cannot travel, whatever the documents say of it: texts that no path or no header can have.

use super::report::Report;
use super::words::code;
use crate::field::{Fields, Value};
use crate::path::is_path_of;
use crate::scalar;
use crate::travel::Place;

/// Reports the fields of a request that have no form in the place where they stand; a whole path has to be
/// like `template`.
pub(super) fn check(request: &dyn Fields, template: &str, report: &mut Report<'_>) {
    request.show(&mut |names, values| {
        for (name, field) in names.iter().zip(values) {
            let must = match field.travel().place {
                Place::Path => path(field.as_value()).map(str::to_owned),
                Place::WholePath => whole_path(field.as_value(), template),
                Place::Header => header(field.as_value()).map(str::to_owned),
                Place::Query
                | Place::Form
                | Place::Member
                | Place::Json
                | Place::Text
                | Place::Bytes => None,
            };
            if let Some(must) = must {
                let sentence = format!("{} {must}", code(name));
                report.unsendable(name, sentence, field.as_value());
            }
        }
    });
}

/// What a value of a path that would lead elsewhere must be.
fn path(value: Value<'_>) -> Option<&'static str> {
    let leads_elsewhere = matches!(scalar::text(value).as_str(), "" | "." | "..");
    leads_elsewhere.then_some("stands in the path and must not be empty, `.` or `..`")
}

/// What a value must be that is sent as the path, and is none of the operation's.
fn whole_path(value: Value<'_>, template: &str) -> Option<String> {
    let template_shown = code(template);
    (!is_path_of(template, &scalar::text(value))).then(|| {
        format!("is the whole path and must be like {template_shown}, escaped as URLs are, and no part empty, `.` or `..`")
    })
}

/// What a value of a header that cannot be sent, or would come as another, must be.
fn header(value: Value<'_>) -> Option<&'static str> {
    unsendable_in_header(&scalar::text(value))
}

/// What a text must be that stands in a header and cannot be sent, or would come as another.
pub(crate) fn unsendable_in_header(text: &str) -> Option<&'static str> {
    let is_sendable = |found: char| !found.is_ascii_control() && u8::try_from(found).is_ok();
    if !text.chars().all(is_sendable) {
        return Some(
            "stands in a header and must have characters of Latin-1 only, and no control \
                     characters",
        );
    }
    (text.trim_matches(' ') != text)
        .then_some("stands in a header and must not start or end with a space")
}
