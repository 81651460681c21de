//! The section of a request's docs that says what is required.

use super::docs::{sections, titled};
use crate::blueprint::request_docs::{RequestDocs, RequirementTable, Requirements};
use crate::english::code;
use crate::rules::guide::table::Column;

/// The requirements, with a title where there is something to look up, and notes on them.
pub(super) fn requirements(request: &RequestDocs<'_>) -> Vec<String> {
    let mut lines = match &request.requirements {
        Requirements::Fixed { required, optional } => fixed(required, optional),
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
fn fixed(required: &[&str], optional: &[&str]) -> Vec<String> {
    let groups = [("Required", required), ("Optional", optional)];
    let groups = groups.into_iter().filter(|(_, names)| !names.is_empty());
    let said: Vec<String> =
        groups.map(|(what, names)| format!("{what}: {}.", listed(names))).collect();
    if said.is_empty() { said } else { vec![said.join(" ")] }
}

/// The table; rules that no cell shows and parameters that are free follow it.
fn table(table: &RequirementTable<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if !table.rows.is_empty() {
        let headings = match table.decider {
            Some(decider) => {
                lines.push(format!("By {}:", code(decider)));
                lines.push(String::new());
                table.columns.iter().map(heading).collect()
            }
            None => vec!["Given".to_owned()],
        };
        lines.push(format!("| Parameter | {} |", headings.join(" | ")));
        lines.push(format!("|---|{}", "---|".repeat(headings.len())));
        for (name, cells) in &table.rows {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.as_str()).collect();
            lines.push(format!("| {} | {} |", code(name), cells.join(" | ")));
        }
    }
    let combinations = table.combinations.iter().map(|sentence| format!("- {sentence}"));
    let mut free = Vec::new();
    if !table.free.is_empty() {
        free.push(format!("Always optional: {}.", listed(&table.free)));
    }
    sections([lines, combinations.collect(), free])
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
