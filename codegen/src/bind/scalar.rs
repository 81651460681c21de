//! References to files that hold a scalar: what the file says stands in their place.
//!
//! Such a file is no type of its own. It is a name for "a page's size", say, so that several
//! operations state its type, limits and meaning once; each of them may say more beside its `$ref`.

use std::collections::BTreeSet;

use super::reach::references_of;
use super::references::{Resolved, SchemaId};
use crate::diagnostic::{Code, Sink};
use crate::dialect::{self, Group};
use crate::model::Direction;
use crate::read::schema::{Property, Schema};
use crate::source::Origin;
use crate::travel::{Answer, Place};

/// Replaces every reference of a property, or of what is inside one, that names a scalar's file.
pub(super) fn replace(resolved: &mut Resolved, sink: &mut Sink) {
    report_named(resolved, sink);
    let received = received(resolved);
    let mut operations = std::mem::take(&mut resolved.operations);
    for (_, item) in &mut operations {
        for part in &mut item.request.parts {
            if let Place::Body(_) = part.place {
                in_schema(resolved, &mut part.schema, Direction::Sent, true, sink);
            } else {
                in_properties(resolved, &mut part.schema.properties, Direction::Sent, sink);
            }
        }
        match item.response.answer {
            Answer::Object | Answer::Nothing => {
                let properties = &mut item.response.schema.properties;
                in_properties(resolved, properties, Direction::Received, sink);
            }
            Answer::Whole(_) => {
                in_schema(resolved, &mut item.response.schema, Direction::Received, true, sink);
            }
        }
    }
    resolved.operations = operations;
    for index in 0..resolved.types {
        let id = SchemaId(index);
        let direction = if received.contains(&id) { Direction::Received } else { Direction::Sent };
        let mut properties = std::mem::take(&mut resolved.schemas[index].schema.properties);
        in_properties(resolved, &mut properties, direction, sink);
        resolved.schemas[index].schema.properties = properties;
    }
}

/// A scalar's file is no type, so that it has no name in Rust.
fn report_named(resolved: &Resolved, sink: &mut Sink) {
    for named in &resolved.schemas[resolved.types..] {
        if let Some(origin) = named.schema.keyword(NAME) {
            let message = format!("the generator has no code for `{NAME}` in a scalar");
            let help =
                "a scalar is no type: write it beside the `$ref` of the property that it names";
            sink.error_with_help(Code::UnsupportedKeyword, origin, message, help);
        }
    }
}

/// The schema files that responses reach.
fn received(resolved: &Resolved) -> BTreeSet<SchemaId> {
    let responses = resolved.operations.iter().map(|(_, item)| &item.response.schema);
    let mut open: Vec<_> = responses.flat_map(references_of).collect();
    let mut found = BTreeSet::new();
    while let Some(reference) = open.pop() {
        let Some(id) = resolved.target(&reference) else { continue };
        if found.insert(id) {
            open.extend(references_of(&resolved.schemas[id.0].schema));
        }
    }
    found
}

fn in_properties(
    resolved: &Resolved,
    properties: &mut [Property],
    direction: Direction,
    sink: &mut Sink,
) {
    for property in properties {
        in_schema(resolved, &mut property.schema, direction, false, sink);
    }
}

fn in_schema(
    resolved: &Resolved,
    schema: &mut Schema,
    direction: Direction,
    is_inside: bool,
    sink: &mut Sink,
) {
    let target = schema.reference.as_ref().and_then(|reference| resolved.target(reference));
    if let Some(id) = target.filter(|id| resolved.is_scalar(*id) && resolved.is_read(*id)) {
        *schema = merged(schema, &resolved.schemas[id.0].schema, direction, sink);
        if is_inside {
            schema.examples.clear();
            schema.default = None;
            drop_keywords(schema, &["examples", "default"]);
        }
    }
    // Elsewhere than in a map, only the names of an object's own members stand there.
    if schema.entries.is_some() {
        for property in &mut schema.properties {
            in_schema(resolved, &mut property.schema, direction, true, sink);
        }
    }
    let inner = [&mut schema.items, &mut schema.entries, &mut schema.content_schema];
    for inner in inner.into_iter().flatten() {
        in_schema(resolved, inner, direction, true, sink);
    }
}

/// What informs people, and may be said better beside the reference than in the file.
const WORDS: &[&str] =
    &["title", "description", "examples", "default", "deprecated", "x-document", "$comment"];

/// What a property says of itself and not of its values.
const MARKS: &[&str] = &["x-idempotency-token", "x-effective-when"];

/// What the property is called in Rust.
const NAME: &str = "x-name";

/// The file's schema, with what stands beside the reference.
fn merged(own: &Schema, file: &Schema, direction: Direction, sink: &mut Sink) -> Schema {
    let is_sent = direction == Direction::Sent;
    let here = dialect::Place::ScalarReference { is_sent };
    own.check_keywords(here, "a reference to a scalar", sink);
    let mut schema = match direction {
        Direction::Sent | Direction::Facts => file.clone(),
        Direction::Received => informing(file),
    };
    schema.origin = own.origin;
    schema.whole = own.whole;
    schema.replaced = own.reference.clone().map(Box::new);
    prefer(&mut schema.title, &own.title);
    prefer(&mut schema.description, &own.description);
    prefer(&mut schema.deprecated, &own.deprecated);
    // The file is no type, and each of those that refer to it has a name of its own.
    schema.rust_name.clone_from(&own.rust_name);
    if own.note.is_some() {
        schema.note.clone_from(&own.note);
        schema.elsewhere.clone_from(&own.elsewhere);
    }
    if !own.examples.is_empty() {
        schema.examples.clone_from(&own.examples);
    }
    let mut said = WORDS.to_vec();
    said.push(NAME);
    if direction == Direction::Sent {
        prefer(&mut schema.default, &own.default);
        prefer(&mut schema.idempotency_token, &own.idempotency_token);
        prefer(&mut schema.effective_when, &own.effective_when);
        said.extend(MARKS);
        if schema.constant.is_none() {
            schema.constant.clone_from(&own.constant);
            said.push("const");
        }
        // A scalar's file has no `enum`; one beside the reference is all there is.
        schema.enumeration.clone_from(&own.enumeration);
        said.push("enum");
    }
    let (better, rest): (Vec<_>, Vec<_>) =
        own.keywords.iter().copied().partition(|(name, _)| said.contains(name));
    drop_keywords(&mut schema, &better.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    schema.keywords.extend(better);
    let is_rule = |(name, _): &(&str, Origin)| {
        is_sent && matches!(dialect::group(name), Some(Group::Literals | Group::Combining))
    };
    let rest: Vec<_> = rest.into_iter().filter(is_rule).collect();
    if let Some((_, origin)) = rest.first() {
        // Both hold: what the file says, and what is said beside the reference.
        if schema.keyword("allOf").is_none() {
            schema.keywords.push(("allOf", *origin));
        }
        let constant = own.constant.clone().filter(|_| !said.contains(&"const"));
        schema.rules.get_or_insert_default().all_of.push(Schema {
            keywords: rest,
            constant,
            reference: None,
            properties: Vec::new(),
            enumeration: Vec::new(),
            default: None,
            idempotency_token: None,
            deprecated: None,
            rust_name: None,
            effective_when: None,
            note: None,
            elsewhere: None,
            ..own.clone()
        });
    }
    schema
}

/// What a scalar says of values that nobody checks.
fn informing(file: &Schema) -> Schema {
    let kept = ["type", "format", "contentMediaType", "contentSchema"];
    let is_kept = |name: &&str| kept.contains(name) || WORDS.contains(name) && *name != "default";
    Schema {
        keywords: file.keywords.iter().filter(|(name, _)| is_kept(name)).copied().collect(),
        type_: file.type_.clone(),
        format: file.format.clone(),
        title: file.title.clone(),
        description: file.description.clone(),
        examples: file.examples.clone(),
        deprecated: file.deprecated.clone(),
        note: file.note.clone(),
        elsewhere: file.elsewhere.clone(),
        content_media_type: file.content_media_type.clone(),
        content_schema: file.content_schema.clone(),
        ..Schema::default()
    }
}

fn prefer<T: Clone>(said: &mut Option<T>, own: &Option<T>) {
    if own.is_some() {
        said.clone_from(own);
    }
}

fn drop_keywords(schema: &mut Schema, names: &[&str]) {
    schema.keywords.retain(|(name, _)| !names.contains(name));
}
