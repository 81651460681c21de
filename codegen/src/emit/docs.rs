//! Doc comments: the lines, in the fixed order that readers come to know.

use super::markdown::{inline, paragraphs};
use crate::bound::Subject;
use crate::english::{code, visible};
use crate::facts::Ram;
use crate::model::{EnumValue, Field, Model, OperationId, Type, TypeId};
use crate::rules::guide::table::{Cell, Table};
use crate::rules::rule::{Effect, Kind, Rule};

/// A paragraph as one text, for a macro that makes a comment of it.
pub(super) fn text(paragraph: &str) -> String {
    visible(&paragraphs(paragraph).join(" ")).into_owned()
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
pub(super) fn field(field: &Field, rules: &[&Rule], effects: &[&Effect]) -> Vec<String> {
    let presence = if field.required {
        ", required"
    } else if rules.iter().all(|rule| rule.kind == Kind::Value) {
        // What is said of a value says nothing of whether there is one.
        ", optional"
    } else {
        ""
    };
    let mut facts = format!("{}{presence}", code(&field.wire.value));
    if field.type_.innermost() == &Type::Secret {
        facts.push_str(", secret: never part of `Debug` output or of messages");
    }
    if let Type::JsonText(_) = field.type_ {
        facts.push_str(", travels as JSON text");
    }
    let limits = field.limits.iter().map(|limit| format!("- {}", limit.sentence));
    let rules = rules.iter().map(|rule| {
        let unknown = rule.unknown.as_ref().map(|unknown| lower_first(unknown));
        let said: Vec<String> =
            unknown.into_iter().chain(rule.note.as_deref().map(inline)).collect();
        if said.is_empty() {
            format!("- {}", rule.sentence)
        } else {
            format!("- {} ({})", rule.sentence, said.join("; "))
        }
    });
    let default = field.default.iter();
    let default = default.map(|value| format!("- Default of the service: {}", shown(value)));
    let effects = effects.iter().map(|effect| format!("- {}", effect.sentence));
    let sentences: Vec<String> = limits.chain(rules).chain(effects).chain(default).collect();
    let lines = match (sentences.is_empty(), example(field)) {
        (true, Some(example)) => vec![format!("{facts}. Example: {example}.")],
        (true, None) => vec![format!("{facts}.")],
        (false, example) => {
            let example = example.map(|example| format!("- Example: {example}"));
            std::iter::once(facts).chain(sentences).chain(example).collect()
        }
    };
    sections([meaning(field), lines])
}

/// A field that is received: meaning; wire name; example.
pub(super) fn received(field: &Field) -> Vec<String> {
    let wire = code(&field.wire.value);
    let facts = match example(field) {
        Some(example) => format!("{wire}, such as {example}."),
        None => format!("{wire}."),
    };
    // Responses have many fields and little to say of each: one paragraph.
    meaning(field).into_iter().chain([facts]).collect()
}

/// A value of an enum: meaning; how the wire spells it; what it makes required.
pub(super) fn value(value: &EnumValue, requirements: Vec<String>) -> Vec<String> {
    let meaning = value.meaning.as_deref().map(paragraphs).unwrap_or_default();
    let spelled = vec![code(&value.wire.value)];
    sections([meaning, spelled.into_iter().chain(requirements).collect()])
}

fn meaning(field: &Field) -> Vec<String> {
    match &field.description {
        Some(description) => paragraphs(description),
        None => vec![format!("The member {}.", code(&field.wire.value))],
    }
}

fn example(field: &Field) -> Option<String> {
    field.example.as_ref().map(shown)
}

fn shown(value: &serde_json::Value) -> String {
    code(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
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
    if is_plain(table) {
        return plain(table);
    }
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

/// Whether nothing depends on anything, so that there is nothing to look up.
fn is_plain(table: &Table) -> bool {
    let is_fixed = |cell: &Cell| matches!(cell, Cell::Required | Cell::Optional);
    let mut cells = table.rows.iter().flat_map(|(_, cells)| cells);
    table.decider.is_none() && table.combinations.is_empty() && cells.all(is_fixed)
}

/// `Required: …. Optional: ….`
fn plain(table: &Table) -> Vec<String> {
    let rows = |wanted: Cell| {
        let rows = table.rows.iter().filter(move |(_, cells)| cells.contains(&wanted));
        rows.map(|(name, _)| name)
    };
    let required: Vec<String> = rows(Cell::Required).map(|name| code(name)).collect();
    let bound = rows(Cell::Optional).filter(|name| !table.free.contains(name));
    let optional: Vec<String> = bound.chain(&table.free).map(|name| code(name)).collect();
    let groups = [("Required", required), ("Optional", optional)];
    let said = groups.into_iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> =
        said.map(|(what, names)| format!("{what}: {}.", names.join(", "))).collect();
    if said.is_empty() { said } else { vec![said.join(" ")] }
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
    let is_plain = is_plain(&guide.table);
    let table = table(&guide.table);
    let mut requirements = Vec::new();
    if !table.is_empty() && !is_plain {
        requirements.extend(["# Requirements".to_owned(), String::new()]);
    }
    requirements.extend(table);
    let mut notes: Vec<String> = Vec::new();
    if guide.table.rows.iter().any(|(_, cells)| cells.contains(&Cell::Depends)) {
        notes.push("Where it *depends*, the parameter's own docs say on what.".to_owned());
    }
    if guide.forms.is_some() {
        notes.push("[`When`] lets the compiler ask for what a value requires.".to_owned());
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
    let ram = operation.ram.as_ref().map(authorization).unwrap_or_default();
    let mut errors = Vec::new();
    if !operation.errors.is_empty() {
        errors.extend(["# Error codes".to_owned(), String::new()]);
        errors.extend(operation.errors.iter().map(|error| {
            format!("- {} {}: {}", error.status, code(&error.code), inline(&error.message))
        }));
    }
    let document = operation.document.as_ref().map(|document| match &document.last_updated {
        Some(date) => format!("Written after <{}>, last updated {date}.", document.url),
        None => format!("Written after <{}>.", document.url),
    });
    let document = document.into_iter().collect();
    sections([what, document, requirements, ram, errors, example])
}

/// What a RAM policy has to allow.
fn authorization(ram: &Ram) -> Vec<String> {
    let mut lines = vec![
        "# Authorization".to_owned(),
        String::new(),
        format!("RAM action {}, access level {}, on:", code(&ram.action), code(&ram.access_level)),
    ];
    lines.extend(ram.resources.iter().map(|resource| {
        let required = if resource.required { "required" } else { "optional" };
        format!("- {} ({required}): {}", inline(&resource.kind), code(&resource.arn))
    }));
    lines
}
