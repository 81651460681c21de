//! The paths of operations: templates, and the parameters that stand in them.

use std::collections::BTreeMap;

use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::Type;
use crate::read::request::RequestItem;
use crate::source::Spanned;
use crate::travel::Place;

/// Reports parameters that the template of a path lacks, and those that it has and nobody declares.
pub(super) fn check(template: &Spanned<String>, request: &RequestItem, sink: &mut Sink) {
    let Some(names) = parameters_of(&template.value) else {
        let message = format!("the braces of {} do not fit together", code(&template.value));
        let help = "write `{`, the name of a parameter, and `}`";
        sink.error_with_help(Code::InvalidValue, template.origin, message, help);
        return;
    };
    let mut segments = template.value.split('/');
    let starts_at_root = segments.next() == Some("");
    if !starts_at_root || segments.any(|segment| segment == "." || segment == "..") {
        let message = format!("{} is no path of a call", code(&template.value));
        let help = "write it from `/` on, without `.` and `..`";
        sink.error_with_help(Code::InvalidValue, template.origin, message, help);
        return;
    }
    if request.whole_path.is_some() {
        return;
    }
    if template.value.split('/').any(|segment| segment == "*") {
        let message = format!("nothing says what `*` of {} is", code(&template.value));
        let help =
            "add a parameter of the path, and `x-whole-path` beside `operationId`, which names it";
        sink.error_with_help(Code::UnknownParameter, template.origin, message, help);
        return;
    }
    let mut declared = declared(request);
    for name in names.iter().filter(|name| !declared.contains_key(**name)) {
        let message = format!("nothing says what {} of this path is", code(name));
        let help = "add a parameter with `\"in\": \"path\"` of this name";
        sink.error_with_help(Code::UnknownParameter, template.origin, message, help);
    }
    declared.retain(|name, _| !names.contains(name));
    for (name, place) in declared {
        let message = format!("the path {} has no {}", code(&template.value), code(name));
        let help = format!("write `{{{name}}}` where it stands in the path, or leave it out");
        sink.error_with_help(Code::UnknownParameter, place.origin, message, help);
    }
}

/// Reports all parameters of the path `/`, which the RPC style has.
pub(super) fn check_rpc(request: &RequestItem, sink: &mut Sink) {
    for (name, place) in declared(request) {
        let message = format!("{} stands in a path, and the RPC style has none", code(name));
        let help = "move it into the query, or write `\"x-style\": \"ROA\"` in `openapi.json`";
        sink.error_with_help(Code::InvalidValue, place.origin, message, help);
    }
}

/// Reports what `x-whole-path` cannot name, and examples of what it names that are no paths of the
/// template.
pub(super) fn check_whole(
    template: Option<&Spanned<String>>,
    whole: &Spanned<String>,
    members: &[Member],
    sink: &mut Sink,
) {
    let shown = code(&whole.value);
    let Some(template) = template else {
        let message = format!("{shown} cannot be the path, since the RPC style has none");
        let help = "leave it out, or write `\"x-style\": \"ROA\"` in `openapi.json`";
        sink.error_with_help(Code::InvalidValue, whole.origin, message, help);
        return;
    };
    let stands_in =
        |member: &Member, wanted| member.travel.map(|travel| travel.place) == Some(wanted);
    let Some(member) = members.iter().find(|member| stands_in(member, Place::WholePath)) else {
        let is_elsewhere = members.iter().any(|member| member.name.value == whole.value);
        if is_elsewhere {
            let message = format!("{shown} does not stand in the path");
            let help = "write `\"in\": \"path\"` in that parameter, or name another one";
            sink.error_with_help(Code::InvalidValue, whole.origin, message, help);
        } else {
            let message = format!("there is no parameter {shown}");
            let nearest = nearest(&whole.value, members.iter().map(|one| one.name.value.as_str()));
            sink.error_with_nearest(Code::UnknownParameter, whole.origin, message, nearest);
        }
        return;
    };
    if member.type_ != Type::String {
        let message = format!("{shown} is the whole path, and no string");
        let help = "write `\"type\": \"string\"` in its schema";
        sink.error_with_help(Code::InvalidValue, member.name.origin, message, help);
    }
    for part in members.iter().filter(|member| stands_in(member, Place::Path)) {
        let message = format!("{} is part of the whole path {shown}", code(&part.name.value));
        let help = "leave it out: who calls writes it there";
        sink.error_with_help(Code::InvalidValue, part.name.origin, message, help);
    }
    for example in &member.examples {
        if !example.value.as_str().is_some_and(|path| is_path_of(&template.value, path)) {
            let message = format!("the example is no path like {}", code(&template.value));
            sink.error(Code::InvalidExample, example.origin, message);
        }
    }
}

/// Whether a text is a path of a template: segment by segment, of which `{name}` and `*` may be any, and a
/// `*` at the end one or more.
fn is_path_of(template: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (template.split('/').peekable(), path.split('/'));
    if (wanted.next(), found.next()) != (Some(""), Some("")) {
        return false;
    }
    while let Some(segment) = wanted.next() {
        let is_last = wanted.peek().is_none();
        let (before, after) = match (segment.split_once('{'), segment.rsplit_once('}')) {
            (Some((before, _)), Some((_, after))) => (before, after),
            _ if segment == "*" => ("", ""),
            _ => (segment, ""),
        };
        let is_open = segment == "*" || segment.contains('{');
        let is_like = |path: &str| {
            is_segment(path)
                && path.starts_with(before)
                && path.ends_with(after)
                && (path.len() > before.len() + after.len()) == is_open
        };
        if !found.next().is_some_and(is_like) {
            return false;
        }
        if is_last && segment == "*" {
            return found.all(is_segment);
        }
    }
    found.next().is_none()
}

/// Whether a URL has a segment as it is written, and nobody takes it for a way up or down.
fn is_segment(segment: &str) -> bool {
    let dots = segment.replace("%2e", ".").replace("%2E", ".");
    let bytes = segment.as_bytes();
    let is_plain = |(position, byte): (usize, &u8)| match byte {
        b'%' => {
            let digits = bytes.get(position + 1..position + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        }
        byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(byte),
    };
    !matches!(dots.as_str(), "" | "." | "..") && bytes.iter().enumerate().all(is_plain)
}

fn declared(request: &RequestItem) -> BTreeMap<&str, &Spanned<String>> {
    let parts = request.parts.iter().filter(|part| part.place == Place::Path);
    let properties = parts.flat_map(|part| &part.schema.properties);
    properties.map(|one| (one.name.value.as_str(), &one.name)).collect()
}

/// The names between braces, unless these do not fit together.
fn parameters_of(template: &str) -> Option<Vec<&str>> {
    let mut parts = template.split('{');
    let is_closed = !parts.next().unwrap_or_default().contains('}');
    let names: Option<Vec<&str>> = parts
        .map(|part| {
            let (name, rest) = part.split_once('}')?;
            (!name.is_empty() && !rest.contains('}')).then_some(name)
        })
        .collect();
    names.filter(|_| is_closed)
}
