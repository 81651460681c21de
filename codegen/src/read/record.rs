//! JSON → the records that specs keep of documents: the page, what RAM has to allow, what other
//! sources say.

use crate::diagnostic::Sink;
use crate::facts::{DocumentPage, Elsewhere, Ram, RamResource};
use crate::json::Json;
use crate::read::reader::{Reader, check_form};

/// Reads `x-document`, which records what a document says besides: the note, for people, and what
/// programs can compare.
pub(crate) fn x_document(reader: &mut Reader<'_>, sink: &mut Sink) -> Option<(String, Elsewhere)> {
    let json = reader.value("x-document")?;
    let mut record = Reader::open(json, "x-document object", sink)?;
    let required = record.boolean("required", sink).map(|required| required.value);
    let values = record.strings("values", sink);
    let values = values.map(|values| values.into_iter().map(|value| value.value).collect());
    let note = record.required_text("note", sink);
    record.finish(sink);
    note.map(|note| (note.value, Elsewhere { required, values }))
}

pub(super) fn document_page(json: &Json, sink: &mut Sink) -> Option<DocumentPage> {
    let mut reader = Reader::open(json, "externalDocs object", sink)?;
    let url = reader.required_string("url", sink);
    let last_updated = reader.string("x-last-updated", sink);
    reader.string("description", sink);
    reader.finish(sink);
    let url = url?;
    let plain = |found: char| found.is_ascii_graphic() && !"<>\"\\`{}|^".contains(found);
    let is_url = |text: &str| text.starts_with("https://") && text.chars().all(plain);
    check_form(&url, is_url, "the URL of a page, which starts with `https://`", sink);
    if let Some(date) = &last_updated {
        check_form(date, is_date, "a date, such as `2026-03-30`", sink);
    }
    Some(DocumentPage { url: url.value, last_updated: last_updated.map(|date| date.value) })
}

fn is_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>, allowed: std::ops::RangeInclusive<u16>| {
        let digits = text.get(range).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|text| text.parse().ok()).is_some_and(|number| allowed.contains(&number))
    };
    text.len() == 10
        && (text.get(4..5), text.get(7..8)) == (Some("-"), Some("-"))
        && number(0..4, 2000..=9999)
        && number(5..7, 1..=12)
        && number(8..10, 1..=31)
}

/// The access levels that the service's documents know.
const ACCESS_LEVELS: [&str; 5] = ["create", "list", "get", "update", "delete"];

pub(super) fn ram(json: &Json, sink: &mut Sink) -> Option<Ram> {
    let mut reader = Reader::open(json, "x-ram object", sink)?;
    let action = reader.required_text("action", sink);
    let access_level = reader.required_string("accessLevel", sink);
    if let Some(level) = &access_level {
        let form = "an access level: `create`, `list`, `get`, `update` or `delete`";
        check_form(level, |text| ACCESS_LEVELS.contains(&text), form, sink);
    }
    let resources = reader.filled("resources", sink);
    let resources =
        resources.unwrap_or_default().iter().filter_map(|json| ram_resource(json, sink)).collect();
    reader.finish(sink);
    Some(Ram { action: action?.value, access_level: access_level?.value, resources })
}

fn ram_resource(json: &Json, sink: &mut Sink) -> Option<RamResource> {
    let mut reader = Reader::open(json, "RAM resource", sink)?;
    let kind = reader.required_text("type", sink);
    reader.required("required", sink);
    let required = reader.boolean("required", sink);
    let arn = reader.required_text("arn", sink);
    reader.finish(sink);
    Some(RamResource { kind: kind?.value, required: required?.value, arn: arn?.value })
}
