//! What an operation requires, as text for a terminal.
//!
//! Says nothing that the rules do not say: the sentences and cells are those of docs and messages.

use std::fmt::Write as _;

use crate::english::{any_of, code, joined};
use crate::load::reader::nearest;
use crate::model::{Model, OperationId, TypeId};
use crate::rules::formula::Formula;
use crate::rules::simplify::assume;
use crate::rules::space::{Domain, Space, Subject};
use crate::rules::states::{Literal, States};
use crate::rules::table::{Cell, Table};
use crate::rules::{Effect, Kind, Rule};

/// How wide a line is.
const WIDTH: usize = 80;

/// Explains an operation: its table, or what is left to decide once some parameters are given.
///
/// `given` are parameters or facts of the context, with or without a value.
pub(crate) fn explain(
    model: &Model,
    operation: &str,
    given: &[(String, Option<String>)],
) -> Result<String, String> {
    let id = find(model, operation)?;
    let space = Space::of(&model.api, id).closed(&model.rules);
    let rules = model.rules(model.api.operation(id).request);
    let mut text = String::new();
    wrapped(&mut text, &format!("{operation}: {}", model.api.operation(id).summary), "");
    if given.is_empty() {
        table(&mut text, &model.guide(id).table);
        let effects = &model.rules[model.api.operation(id).request.0].effects;
        sentences(&mut text, rules.iter(), effects);
        inside(&mut text, model, model.api.operation(id).request, &mut Vec::new());
        return Ok(text);
    }
    let mut known = Vec::new();
    for (name, value) in given {
        known.push(fact(&space, name, value.as_deref())?);
    }
    decided(&mut text, &space, rules, &known);
    Ok(text)
}

/// The rules of the objects that the fields of a struct hold, each object once.
fn inside(text: &mut String, model: &Model, id: TypeId, told: &mut Vec<TypeId>) {
    for object in model.api.fields(id).iter().filter_map(|field| field.type_.named()) {
        if told.contains(&object) || model.api.is_enum(object) {
            continue;
        }
        told.push(object);
        let effects = &model.rules[object.0].effects;
        if !model.rules(object).is_empty() || !effects.is_empty() {
            let _ = writeln!(text, "\nIn each {}:", model.api.type_(object).name.value);
            sentences(text, model.rules(object).iter(), effects);
        }
        inside(text, model, object, told);
    }
}

fn find(model: &Model, operation: &str) -> Result<OperationId, String> {
    let ids: Vec<String> =
        model.api.operations.iter().map(|operation| operation.id.value.clone()).collect();
    let position = ids.iter().position(|id| id == operation);
    position
        .map(OperationId)
        .ok_or_else(|| unknown("operation", operation, ids.iter().map(String::as_str)))
}

/// That there is no such thing, and what there is that looks like it.
fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let hint = nearest(name, known).map(|known| format!("; did you mean {}?", code(known)));
    format!("there is no {what} {}{}", code(name), hint.unwrap_or_default())
}

/// What `--given` says of a parameter.
fn fact(space: &Space<'_>, name: &str, value: Option<&str>) -> Result<(Subject, States), String> {
    let subject = space.find(name).ok_or_else(|| unknown("parameter", name, space.names()))?;
    let Some(value) = value else { return Ok((subject, States::present())) };
    if let Some(values) = space.values(subject).filter(|values| !values.contains(&value)) {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        let (name, value) = (code(name), code(value));
        return Err(format!("{name} cannot be {value}; it is {}", any_of(&values)));
    }
    let literal = match space.domain(subject) {
        Domain::Int32 | Domain::Int64 => value.parse().ok().map(Literal::Integer),
        Domain::Boolean => value.parse().ok().map(Literal::Boolean),
        Domain::Enum(_) | Domain::Text => Some(Literal::Text(value.to_owned())),
        Domain::Double | Domain::Opaque => return Ok((subject, States::present())),
    };
    let literal = literal.ok_or_else(|| format!("{} cannot be {}", code(name), code(value)))?;
    Ok((subject, States::only(vec![literal])))
}

fn table(text: &mut String, table: &Table) {
    let short = |cell: &Cell| match cell {
        _ if table.decider.is_none() => cell.as_str(),
        Cell::Required => "yes",
        Cell::Optional => "-",
        Cell::NotAllowed => "never",
        Cell::Depends => "depends",
    };
    let name = table.rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let widths: Vec<usize> = table.columns.iter().map(|column| column.len().max(7)).collect();
    let fits = name + widths.iter().map(|width| width + 1).sum::<usize>() <= WIDTH;
    let _ = match &table.decider {
        Some(decider) => writeln!(text, "\nRequired, by {decider}:\n"),
        None => writeln!(text, "\nParameters:\n"),
    };
    if !fits {
        for (name, cells) in &table.rows {
            let columns = table.columns.iter().zip(cells);
            let said: Vec<String> =
                columns.map(|(column, cell)| format!("{column} {}", short(cell))).collect();
            wrapped(text, &format!("{name}: {}", said.join(", ")), "  ");
        }
        return;
    }
    let heading = table.columns.iter().zip(&widths);
    let heading: String = heading.map(|(column, width)| format!(" {column:<width$}")).collect();
    if !heading.is_empty() {
        let _ = writeln!(text, "{:name$}{}", "", heading.trim_end());
    }
    for (parameter, cells) in &table.rows {
        let widths = widths.iter().copied().chain(std::iter::repeat(11));
        let cells: String = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!(" {:<width$}", short(cell)))
            .collect();
        let _ = writeln!(text, "{}", format!("{parameter:<name$}{cells}").trim_end());
    }
}

fn sentences<'r>(text: &mut String, rules: impl Iterator<Item = &'r Rule>, effects: &'r [Effect]) {
    let rules = rules.map(|rule| &rule.sentence);
    let mut said = rules.chain(effects.iter().map(|effect| &effect.sentence)).peekable();
    if said.peek().is_some() {
        text.push('\n');
    }
    for sentence in said {
        wrapped(text, sentence, "- ");
    }
}

fn decided(text: &mut String, space: &Space<'_>, rules: &[Rule], known: &[(Subject, States)]) {
    let given = |formula: &Formula| {
        let known = known.iter().fold(formula.clone(), |formula, (subject, states)| {
            assume(&formula, *subject, states).into_owned()
        });
        space.minimal(&known)
    };
    let is_known = |subject: &Subject| known.iter().any(|(found, _)| found == subject);
    let (mut required, mut optional, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut open = Vec::new();
    for subject in space.request().filter(|subject| !is_known(subject)) {
        let name = space.name(subject).to_owned();
        let condition = |kind| {
            let about = rules.iter().filter(|rule| rule.kind == kind && rule.target == subject);
            given(&Formula::Any(about.map(|rule| rule.when.clone()).collect()))
        };
        let (wanted, unwanted) = (condition(Kind::Required), condition(Kind::NotAllowed));
        if space.is_required(subject) || space.is_tautology(&wanted) {
            required.push(name);
        } else if space.is_tautology(&unwanted) {
            refused.push(name);
        } else if wanted == Formula::False && unwanted == Formula::False {
            optional.push(name);
        } else {
            let facts = wanted.or(unwanted).subjects();
            let facts: Vec<String> =
                facts.into_iter().map(|fact| space.name(fact).to_owned()).collect();
            open.push(format!("{name}, which depends on {}", joined(&facts, "and")));
        }
    }
    for (heading, names) in [
        ("Required", required),
        ("Optional", optional),
        ("Not allowed", refused),
        ("Not yet decidable", open),
    ] {
        if !names.is_empty() {
            let _ = writeln!(text, "\n{heading}:");
            names.iter().for_each(|name| wrapped(text, name, "  "));
        }
    }
    let others = rules
        .iter()
        .filter(|rule| rule.kind.is_shown_apart() && given(&rule.broken) != Formula::False);
    sentences(text, others, &[]);
}

/// Writes words in lines of bounded width; further lines are indented as far as the first.
fn wrapped(text: &mut String, words: &str, lead: &str) {
    let indent = " ".repeat(lead.len());
    let mut line = lead.to_owned();
    for word in words.split(' ') {
        let starts = line.len() == lead.len();
        if !starts && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            line.clone_from(&indent);
            line.push_str(word);
        } else {
            if !starts {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let _ = writeln!(text, "{line}");
}
