//! The paths of operations: templates, and the parameters that stand in them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Sink};
use crate::english::code;
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
