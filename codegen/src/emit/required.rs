//! The section of a request's docs that says what is required.

use super::docs::{sections, titled};
use crate::blueprint::request_docs::{RequestDocs, RequirementTable, Requirements};
use crate::english::code;
use crate::rules::guide::table::{Cell, Column};

/// The requirements, with a title where there is something to look up, and notes on them.
pub(super) fn requirements(request: &RequestDocs<'_>) -> Vec<String> {
    let mut lines = match &request.requirements {
        Requirements::Fixed { required, optional } => {
            groups(&[("Required", required.clone()), ("Optional", optional.clone())])
        }
        Requirements::Table(table) => titled("Requirements", self::table(table)),
    };
    let depends = request
        .has_depends
        .then(|| "Where it *depends*, the parameter's own docs say on what.".to_owned());
    let forms = request
        .has_forms
        .then(|| "[`When`] lets the compiler ask for what a value requires.".to_owned());
    let unknown = request.unknown.iter().map(|unknown| format!("{unknown}."));
    let notes: Vec<String> = depends.into_iter().chain(forms).chain(unknown).collect();
    if !notes.is_empty() {
        lines.push(String::new());
        lines.push(notes.join(" "));
    }
    lines
}

/// `Required: …. Optional: ….`
fn groups(groups: &[(&str, Vec<&str>)]) -> Vec<String> {
    let groups = groups.iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> =
        groups.map(|(what, names)| format!("{what}: {}.", listed(names))).collect();
    if said.is_empty() { said } else { vec![said.join(" ")] }
}

/// The tables; rules that no cell shows and parameters that are free follow them.
fn table(table: &RequirementTable<'_>) -> Vec<String> {
    let rows = &table.rows;
    let first = match table.decider {
        Some(decider) => grid(&code(decider), table.columns, rows),
        None => alike(rows),
    };
    let by_context = table.by_context.iter().map(|found| {
        let rows = found.rows.iter().map(|(name, cells)| (name.as_str(), cells.as_slice()));
        grid(&found.fact, &found.columns, &rows.collect::<Vec<_>>())
    });
    let combinations = table.combinations.iter().map(|sentence| format!("- {sentence}")).collect();
    let mut free = Vec::new();
    if !table.free.is_empty() {
        free.push(format!("Always optional: {}.", listed(&table.free)));
    }
    sections(std::iter::once(first).chain(by_context).chain([combinations, free]))
}

/// `By …:`, and a table of what is required for each value; nothing without rows.
fn grid(by: &str, columns: &[Column], rows: &[(&str, &[Cell])]) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let headings: Vec<String> = columns.iter().map(heading).collect();
    let mut lines = vec![
        format!("By {by}:"),
        String::new(),
        format!("| Parameter | {} |", headings.join(" | ")),
        format!("|---|{}", "---|".repeat(headings.len())),
    ];
    for (name, cells) in rows {
        let cells: Vec<&str> = cells.iter().map(|cell| cell.as_str()).collect();
        lines.push(format!("| {} | {} |", code(name), cells.join(" | ")));
    }
    lines
}

/// What is so in every case, in a line: `Required: …. Not allowed: ….`
fn alike(rows: &[(&str, &[Cell])]) -> Vec<String> {
    let said = [("Required", Cell::Required), ("Not allowed", Cell::NotAllowed)];
    let said = said.map(|(what, cell)| {
        let rows = rows.iter().filter(|(_, cells)| cells.contains(&cell));
        (what, rows.map(|(name, _)| *name).collect::<Vec<&str>>())
    });
    groups(&said)
}

/// Not being given is no value.
fn heading(column: &Column) -> String {
    match column {
        Column::Value(value) => code(value),
        Column::NotGiven => column.as_str().to_owned(),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}
