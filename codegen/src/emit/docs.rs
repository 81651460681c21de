//! Doc comments: the lines, in the fixed order that readers come to know.

use serde_json::Value;

use super::DEPRECATED;
use super::doctest;
use super::errors;
use super::markdown::{inline, paragraphs, unlinked};
use super::required::requirements;
use super::waits;
use crate::blueprint::enumeration::{Requirement, Variant};
use crate::blueprint::field_docs::{FieldDocs, Presence, Statement};
use crate::blueprint::field_type::{NamesDocs, WireForm};
use crate::blueprint::links::Links;
use crate::blueprint::received_struct::ReceivedField;
use crate::blueprint::request_docs::{PageDocs, PointedDocs, RequestDocs};
use crate::english::{code, joined, visible};
use crate::facts::{KnownName, Ram};
use crate::model::security::Security;
use crate::travel::{Encoding, Media, Place, Travel};

/// A paragraph as one text, for a macro that makes a comment of it.
pub(super) fn text(paragraph: &str, links: Links<'_>) -> String {
    visible(&paragraphs(paragraph, links).join(" ")).into_owned()
}

/// Sections of lines, with an empty line between those that say something.
pub(super) fn sections(sections: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines = Vec::new();
    for section in sections.into_iter().filter(|section| !section.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(section);
    }
    lines
}

/// A field that is sent: meaning; wire name; limits; when it is required; example.
pub(super) fn field(field: &FieldDocs<'_>, links: Links<'_>) -> Vec<String> {
    let presence = match field.presence {
        Presence::Required => ", required",
        Presence::Optional => ", optional",
        Presence::Ruled => "",
    };
    let mut facts = code(field.wire);
    if let Some(label) = field.label {
        facts.push_str(&format!(", here {}", code(label)));
    }
    facts.push_str(presence);
    if field.is_asked_for {
        facts.push_str(", though documents ask for it");
    }
    if let Some(words) = &field.made_of {
        facts.push_str(", ");
        facts.push_str(words);
    }
    facts.push_str(&field.names.map(named).unwrap_or_default());
    match field.wire_form {
        WireForm::Plain => {}
        WireForm::JsonText => facts.push_str(", travels as JSON text"),
    }
    facts.push_str(field.travel.map_or("", place));
    facts.push_str(field.travel.map_or("", encoding));
    if field.is_secret {
        facts.push_str(", secret: never part of `Debug` output or of messages");
    }
    let statements = field.statements.iter().map(|said| statement(said, links));
    let default = field.default.iter();
    let default = default.map(|value| format!("- Default of the service: {}", shown(value)));
    let known = field.known_names.iter().map(|name| known(name, links));
    let sentences: Vec<String> = known.chain(statements).chain(default).collect();
    let lines = match (sentences.is_empty(), field.example.map(shown)) {
        (true, Some(example)) => vec![format!("{facts}. Example: {example}.")],
        (true, None) => vec![format!("{facts}.")],
        (false, example) => {
            let example = example.map(|example| format!("- Example: {example}"));
            std::iter::once(facts).chain(sentences).chain(example).collect()
        }
    };
    sections([meaning(field.description, field.wire, links), lines])
}

/// Where values of a text have names.
fn named(names: NamesDocs<'_>) -> String {
    let NamesDocs { ident, is_beside } = names;
    let module = if is_beside { "super" } else { "super::super::types" };
    format!(", of which [`{ident}`]({module}::{ident}) has names")
}

/// In which place a field travels that does not stand in the query.
fn place(travel: Travel) -> &'static str {
    match travel.place {
        Place::Query => "",
        Place::Form => ", sent in the form",
        Place::Header => ", sent as a header",
        Place::Path => ", part of the path: not empty, `.` or `..`",
        Place::WholePath => ", sent as the path, as it stands",
        Place::Member => ", sent in the JSON body",
        Place::Body(Media::Json) => ", sent as the body, which is JSON",
        Place::Body(Media::Text) => ", sent as the body, which is text",
        Place::Body(Media::Bytes) => {
            ", sent as the body, as it is; `Debug` shows its length, files have base64"
        }
    }
}

/// How a field is written that is not written as most are.
fn encoding(travel: Travel) -> &'static str {
    match travel.encoding {
        Encoding::Indexed => "",
        Encoding::Json => ", written as JSON",
        Encoding::Comma => ", written with commas",
    }
}

fn statement(statement: &Statement<'_>, links: Links<'_>) -> String {
    let unknown = statement.unknown.map(lower_first);
    let said: Vec<String> =
        unknown.into_iter().chain(statement.note.map(|note| inline(note, links))).collect();
    if said.is_empty() {
        format!("- {}", statement.sentence)
    } else {
        format!("- {} ({})", statement.sentence, said.join("; "))
    }
}

/// A field that is received: meaning; wire name; example.
pub(super) fn received(field: &ReceivedField<'_>, links: Links<'_>) -> Vec<String> {
    let made_of = field.made_of.as_ref().map(|words| format!(", {words}"));
    let named = field.names.map(named).unwrap_or_default();
    let wire = format!("{}{}{named}", code(field.wire), made_of.unwrap_or_default());
    let facts = match field.example.map(shown) {
        Some(example) => format!("{wire}, such as {example}."),
        None => format!("{wire}."),
    };
    // Responses have many fields and little to say of each: one paragraph.
    let known = field.known_names.iter().map(|name| known(name, links));
    meaning(field.description, field.wire, links).into_iter().chain([facts]).chain(known).collect()
}

/// A name that a map is known to have.
fn known(known: &KnownName, links: Links<'_>) -> String {
    let name = code(&known.name);
    match &known.description {
        Some(description) => format!("- {name}: {}", inline(description, links)),
        None => format!("- {name}"),
    }
}

/// A value of an enum: meaning; how the wire spells it; what it makes required.
pub(super) fn value(value: &Variant<'_>, links: Links<'_>) -> Vec<String> {
    let meaning = value.meaning.map(|text| paragraphs(text, links)).unwrap_or_default();
    let requirements = value.requirements.iter().map(|Requirement { operation, parameters }| {
        let parameters: Vec<String> = parameters.iter().map(|name| code(name)).collect();
        format!("- {} then requires {}", code(operation), joined(&parameters, "and"))
    });
    let spelled = std::iter::once(code(value.wire));
    sections([meaning, spelled.chain(requirements).collect()])
}

fn meaning(description: Option<&str>, wire: &str, links: Links<'_>) -> Vec<String> {
    match description {
        Some(description) => paragraphs(description, links),
        None => vec![format!("The member {}.", code(wire))],
    }
}

fn shown(value: &Value) -> String {
    code(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// An operation's request: what it does, its pages, the requirements, RAM, error codes, example, document.
pub(super) fn request(request: &RequestDocs<'_>, links: Links<'_>) -> Vec<String> {
    let mut what = paragraphs(request.summary, links);
    if let Some(description) = request.description {
        what.push(String::new());
        what.extend(paragraphs(description, links));
    }
    let document = request.document.map(|document| match &document.last_updated {
        Some(date) => format!("Written after <{}>, last updated {date}.", document.url),
        None => format!("Written after <{}>.", document.url),
    });
    let document = document.into_iter().collect();
    let ram = authorization(request);
    let example = titled("Examples", doctest::call(&request.call));
    let errors = errors::docs(&request.errors, links);
    let pages = request.pages.as_ref().map(pages).unwrap_or_default();
    let deprecation = request.deprecation.as_deref().map(deprecation).unwrap_or_default();
    let progress = request
        .progress
        .map(|found| format!("The call starts a task: {} tells how far it is.", pointed(found)));
    let progress = progress.into_iter().collect();
    let waiting =
        request.waits.as_ref().map(|found| waits::section(found, links)).unwrap_or_default();
    let facts = [pages, progress, document, requirements(request), ram, errors, example, waiting];
    sections([deprecation, what].into_iter().chain(facts))
}

/// That an operation is not to be used any more.
fn deprecation(instead: &[PointedDocs<'_>]) -> Vec<String> {
    let instead: Vec<String> = instead.iter().copied().map(pointed).collect();
    match instead.as_slice() {
        [] => vec!["**Deprecated**, as its documents say.".to_owned()],
        [..] => vec![format!("**Deprecated**: use {}.", joined(&instead, "or"))],
    }
}

/// The same in plain text, for the compiler to show.
pub(super) fn note(instead: &[PointedDocs<'_>]) -> String {
    let instead: Vec<String> = instead
        .iter()
        .map(|found| match found {
            PointedDocs::Own { operation, .. } => code(operation),
            PointedDocs::Other { .. } => pointed(*found),
        })
        .collect();
    match instead.as_slice() {
        [] => DEPRECATED.to_owned(),
        [..] => format!("use {}", joined(&instead, "or")),
    }
}

/// An operation, with a link if the crate has it.
fn pointed(pointed: PointedDocs<'_>) -> String {
    match pointed {
        // Requests stand beside each other, whichever module somebody reads.
        PointedDocs::Own { operation, request } => {
            format!("[{}](super::{request})", code(operation))
        }
        PointedDocs::Other { product, version, operation } => {
            format!("{} of {} {version}", code(operation), unlinked(product))
        }
    }
}

/// How to follow the list that an answer is a page of.
fn pages(pages: &PageDocs<'_>) -> Vec<String> {
    let page = format!("{} says which page", code(pages.page));
    let size = pages.size.map(|size| format!("{} how many items it has", code(size)));
    let said: Vec<String> = std::iter::once(page).chain(size).collect();
    let total = pages.total.map(|total| format!(", {} how many there are in all", code(total)));
    vec![
        "The answer is a page of a list, which `pages()` and `items()` of the call follow:"
            .to_owned(),
        format!("{}{}.", joined(&said, "and"), total.unwrap_or_default()),
    ]
}

/// A section with a title, unless it is empty.
pub(super) fn titled(title: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return lines;
    }
    [format!("# {title}"), String::new()].into_iter().chain(lines).collect()
}

/// Who may call, where that is not any key, and what a RAM policy has to allow.
fn authorization(request: &RequestDocs<'_>) -> Vec<String> {
    let words = request.security.words();
    let who = match request.security {
        Security::Key => Vec::new(),
        Security::Anonymous => vec!["Anybody may call: no credentials are asked for.".to_owned()],
        Security::Bearer | Security::KeyOrBearer => vec![format!("Takes {words}.")],
        Security::Unsupported(_) => {
            vec![format!("Takes {words}, which this crate cannot give: a call is refused.")]
        }
    };
    let ram = request.ram.map(ram).unwrap_or_default();
    titled("Authorization", sections([who, ram]))
}

fn ram(ram: &Ram) -> Vec<String> {
    let heading =
        format!("RAM action {}, access level {}, on:", code(&ram.action), code(&ram.access_level));
    let resources = ram.resources.iter().map(|resource| {
        let required = if resource.required { "required" } else { "optional" };
        format!("- {} ({required}): {}", unlinked(&resource.kind), code(&resource.arn))
    });
    std::iter::once(heading).chain(resources).collect()
}
