//! The file of a new operation, with what every operation has, and the index with its line.
//!
//! What only the document page tells stands there as empty text, which the generator refuses.

use crate::diagnostic::{Diagnostics, Sink};
use crate::json::size::Bounds;
use crate::json::{self, Json, Kind};
use crate::source::{SpecFile, Specs, is_operation_id};

/// What [`skeleton`] adds to the specs.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// The file of the operation.
    pub operation: SpecFile,
    /// `openapi.json` with the line of the operation; every other byte is as it was.
    pub index: SpecFile,
}

/// The file of a new operation, to be filled in from its document page, and its line in the index.
///
/// Until it is filled in, [`generate`](crate::generate) refuses it and says where something is missing.
///
/// # Errors
///
/// What keeps `openapi.json` from being read, or a sentence when the operation is there already, its name
/// is none, or operations of the service have paths.
pub fn skeleton<'s>(
    specs: &'s Specs,
    operation: &str,
) -> Result<Result<Skeleton, String>, Diagnostics<'s>> {
    if !is_operation_id(operation)
        || !operation.starts_with(|first: char| first.is_ascii_uppercase())
    {
        return Ok(Err(format!(
            "`{operation}` is not the name of an operation, such as `DescribeRegions`"
        )));
    }
    let path = format!("operations/{operation}.json");
    if specs.find(&path).is_some() {
        return Ok(Err(format!("{}/{path} is there already", specs.folder())));
    }
    let Some(index) = specs.find("openapi.json") else {
        return Ok(Err(format!("`{}` has no `openapi.json`", specs.folder())));
    };
    let mut sink = Sink::default();
    let Some(root) = json::parse(specs, index, Bounds::INDEX, &mut sink) else {
        return Err(Diagnostics::new(specs, sink));
    };
    let is_roa = |style: &Json| matches!(&style.kind, Kind::String(style) if style == "ROA");
    if root.at("/info/x-style").is_some_and(is_roa) {
        return Ok(Err(format!(
            "the operations of `{}` have paths: write the file and its line by hand",
            specs.folder()
        )));
    }
    let line = format!("\"/{operation}\": {{ \"$ref\": \"{path}\" }}");
    let text = specs.text(index);
    let Some(text) = with_line(text, &root, &format!("/{operation}"), &line) else {
        return Ok(Err(format!("{}/openapi.json has no `paths` with operations", specs.folder())));
    };
    Ok(Ok(Skeleton {
        operation: SpecFile { path, text: text_of(specs, operation) },
        index: SpecFile { path: "openapi.json".to_owned(), text },
    }))
}

/// The index with one more line, in front of the first whose name is greater.
fn with_line(text: &str, root: &Json, name: &str, line: &str) -> Option<String> {
    let Kind::Object(members) = &root.at("/paths")?.kind else { return None };
    let last = members.last()?;
    let start = last.key_origin.range().start;
    let indent = &text[text[..start].rfind('\n').map_or(0, |end| end + 1)..start];
    let between = if indent.trim().is_empty() { format!(",\n{indent}") } else { ", ".to_owned() };
    let next = members.iter().find(|member| member.key.as_str() > name);
    let (place, added) = match next {
        Some(next) => (next.key_origin.range().start, format!("{line}{between}")),
        None => (last.value.origin.range().end, format!("{between}{line}")),
    };
    Some(format!("{}{added}{}", &text[..place], &text[place..]))
}

/// The elements that tell how a call went, and the parameter that makes repeating one harmless, as far
/// as the specs have files for them.
const ENVELOPE: [&str; 5] = ["HttpStatusCode", "RequestId", "ErrCode", "Success", "ErrMessage"];
const TOKEN: [&str; 1] = ["ClientToken"];

fn text_of(specs: &Specs, operation: &str) -> String {
    TEMPLATE
        .replace("@operation@", operation)
        .replace("@parameters@", &references(specs, &TOKEN))
        .replace("@elements@", &references(specs, &ENVELOPE))
}

/// `{ "Name": { "$ref": "../schemas/Name.json" } }`, a line each.
fn references(specs: &Specs, names: &[&str]) -> String {
    let indent = " ".repeat(16);
    let lines: Vec<String> = names
        .iter()
        .filter(|name| specs.find(&format!("schemas/{name}.json")).is_some())
        .map(|name| format!("{indent}\"{name}\": {{ \"$ref\": \"../schemas/{name}.json\" }}"))
        .collect();
    if lines.is_empty() {
        return "{}".to_owned();
    }
    format!("{{\n{}\n{}}}", lines.join(",\n"), " ".repeat(14))
}

const TEMPLATE: &str = include_str!("skeleton.json");
