//! Doc comments: the lines, in the fixed order that readers come to know.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{inline, paragraphs};
use crate::english::{code, visible};
use crate::model::{Field, Model, OperationId, Type, TypeId};
use crate::rules::space::Subject;
use crate::rules::table::{Cell, Table};
use crate::rules::{Effect, Kind, Rule};

/// Lines → `#[doc = "…"]`, one each, so that they become `///` comments.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#[doc = #lines])* }
}

/// Lines → `#![doc = "…"]`.
pub(super) fn inner_attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#![doc = #lines])* }
}

/// A paragraph as one text, for a macro that makes a comment of it.
pub(super) fn text(paragraph: &str) -> String {
    visible(&paragraphs(paragraph).join(" "))
}

fn doc_text(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {}", visible(line)) }
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

/// A field: meaning; wire name; limits; when it is required; example.
pub(super) fn field(
    field: &Field,
    rules: &[&Rule],
    effects: &[&Effect],
    is_request: bool,
) -> Vec<String> {
    let meaning = match &field.description {
        Some(description) => paragraphs(description),
        None => vec![format!("The member {}.", code(&field.wire.value))],
    };
    let mut facts = vec![format!("- Wire name: {}", code(&field.wire.value))];
    if field.type_.innermost() == &Type::Secret {
        facts.push("- Secret: never part of `Debug` output or of messages".to_owned());
    }
    if let Type::JsonText(_) = field.type_ {
        facts.push("- Travels as JSON text".to_owned());
    }
    facts.extend(field.limits.iter().map(|limit| format!("- {}", limit.sentence)));
    if is_request {
        facts.extend(requirement(field, rules));
        facts.extend(effects.iter().map(|effect| format!("- {}", effect.sentence)));
    }
    let shown = |value: &serde_json::Value| {
        code(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    if is_request {
        facts.extend(
            field.default.iter().map(|value| format!("- Default of the service: {}", shown(value))),
        );
    }
    facts.extend(field.example.iter().map(|value| format!("- Example: {}", shown(value))));
    sections([meaning, facts])
}

fn requirement(field: &Field, rules: &[&Rule]) -> Vec<String> {
    let asked = rules.iter().map(|rule| {
        let unknown = rule.unknown.as_ref().map(|unknown| lower_first(unknown));
        let said: Vec<String> =
            unknown.into_iter().chain(rule.note.as_deref().map(inline)).collect();
        if said.is_empty() {
            format!("- {}", rule.sentence)
        } else {
            format!("- {} ({})", rule.sentence, said.join("; "))
        }
    });
    let presence = if field.required {
        Some(format!("- {} is required", code(&field.wire.value)))
    } else {
        // What is said of a value says nothing of whether there is one.
        let is_free = rules.iter().all(|rule| rule.kind == Kind::Value);
        is_free.then(|| "- Optional".to_owned())
    };
    presence.into_iter().chain(asked).collect()
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The rules about a field.
pub(super) fn rules_of(model: &Model, id: TypeId, index: usize) -> Vec<&Rule> {
    let field = Subject::Request(index);
    model
        .rules(id)
        .iter()
        .filter(|rule| rule.target == field || rule.about.contains(&field))
        .collect()
}

/// When a field has an effect.
pub(super) fn effects_of(model: &Model, id: TypeId, index: usize) -> Vec<&Effect> {
    let effects = model.rules[id.0].effects.iter();
    effects.filter(|effect| effect.target == Subject::Request(index)).collect()
}

/// The requirement table; rules that no cell shows and parameters that are free follow it.
pub(super) fn table(table: &Table) -> Vec<String> {
    let turns = |cells: &[Cell]| cells.iter().any(|cell| *cell != Cell::Optional);
    let rows: Vec<_> = table.rows.iter().filter(|(_, cells)| turns(cells)).collect();
    let mut lines = Vec::new();
    if !rows.is_empty() {
        let headings = match &table.decider {
            Some(decider) => {
                lines.push(format!("By {}:", code(decider)));
                lines.push(String::new());
                table.columns.iter().map(|value| column(value)).collect()
            }
            None => vec!["Given".to_owned()],
        };
        lines.push(format!("| Parameter | {} |", headings.join(" | ")));
        lines.push(format!("|---|{}", "---|".repeat(headings.len())));
        for (name, cells) in rows {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.as_str()).collect();
            lines.push(format!("| {} | {} |", code(name), cells.join(" | ")));
        }
    }
    let combinations = table.combinations.iter().map(|sentence| format!("- {sentence}"));
    let mut free = Vec::new();
    if !table.free.is_empty() {
        let names: Vec<String> = table.free.iter().map(|name| code(name)).collect();
        free.push(format!("Always optional: {}.", names.join(", ")));
    }
    sections([lines, combinations.collect(), free])
}

/// A column's heading; "not given" is no value.
fn column(value: &str) -> String {
    if value == "not given" { value.to_owned() } else { code(value) }
}

/// An operation's request: what it does, the requirements, RAM, error codes, example, document.
pub(super) fn request(model: &Model, id: OperationId, example: Vec<String>) -> Vec<String> {
    let operation = model.api.operation(id);
    let rules = model.rules(operation.request);
    let guide = model.guide(id);
    let mut what = paragraphs(&operation.summary);
    if let Some(description) = &operation.description {
        what.push(String::new());
        what.extend(paragraphs(description));
    }
    let table = table(&guide.table);
    let mut requirements = Vec::new();
    if !table.is_empty() {
        requirements.extend(["# Requirements".to_owned(), String::new()]);
        requirements.extend(table);
    }
    let mut notes: Vec<String> = Vec::new();
    if guide.table.rows.iter().any(|(_, cells)| cells.contains(&Cell::Depends)) {
        notes.push("Where it *depends*, the parameter's own docs say on what.".to_owned());
    }
    if super::forms::exist(model, id) {
        notes.push(
            "The structs in [`when`] let the compiler ask for what a value requires.".to_owned(),
        );
    }
    for unknown in rules.iter().filter_map(|rule| rule.unknown.as_ref()) {
        let note = format!("{unknown}.");
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    if !notes.is_empty() {
        requirements.push(String::new());
        requirements.push(notes.join(" "));
    }
    let mut ram = vec![
        "# Authorization".to_owned(),
        String::new(),
        format!(
            "RAM action {}, access level {}, on:",
            code(&operation.ram.action),
            code(&operation.ram.access_level)
        ),
        String::new(),
    ];
    ram.extend(operation.ram.resources.iter().map(|resource| {
        let required = if resource.required { "required" } else { "optional" };
        format!("- {} ({required}): {}", inline(&resource.kind), code(&resource.arn))
    }));
    let mut errors = Vec::new();
    if !operation.errors.is_empty() {
        errors.extend(["# Error codes".to_owned(), String::new()]);
        errors.extend(operation.errors.iter().map(|error| {
            format!("- {} {}: {}", error.status, code(&error.code), inline(&error.message))
        }));
    }
    let document = vec![
        "# Source".to_owned(),
        String::new(),
        format!("<{}>, last updated {}.", operation.document.url, operation.document.last_updated),
    ];
    sections([what, requirements, ram, errors, example, document])
}
