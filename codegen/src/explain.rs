//! What an operation requires, as text for a terminal.
//!
//! Says nothing that the rules do not say: the sentences and cells are those of docs and messages.

mod given;
mod idl;

use std::fmt::Write as _;

use crate::bound::condition::Literal;
use crate::english::nearest;
use crate::english::{any_of, code, joined};
use crate::findings::Findings;
use crate::model::security::Security;
use crate::model::{Field, OperationId, TypeId};
use crate::rules::guide::table::{Cell, Column, ContextTable, Table};
use crate::rules::logic::formula::Formula;
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::States;
use crate::rules::rule::{Effect, Rule};
use crate::travel::{Media, Place};
use given::{Fact, Verdict, decide};

/// How wide a line is.
const WIDTH: usize = 80;

/// Explains an operation: its table, or what is left to decide once some parameters are given.
///
/// `given` are parameters or facts of the context, with or without a value.
pub(crate) fn explain(
    findings: &Findings,
    operation: &str,
    given: &[(String, Option<String>)],
) -> Result<String, String> {
    let id = find(findings, operation)?;
    let space = Space::of(&findings.api, id).closed(&findings.rules);
    let rules = findings.rules(findings.api.operation(id).request);
    let mut text = String::new();
    wrapped(&mut text, &format!("{operation}: {}", findings.api.operation(id).summary), "");
    let security = &findings.api.operation(id).security;
    if *security != Security::Key {
        wrapped(&mut text, &format!("It takes {}.", security.words()), "");
    }
    if given.is_empty() {
        places(&mut text, findings.api.fields(findings.api.operation(id).request));
        table(&mut text, &findings.guide(id).table);
        let effects = findings.effects(findings.api.operation(id).request);
        sentences(&mut text, rules.iter(), effects);
        inside(&mut text, findings, findings.api.operation(id).request, &mut Vec::new());
        return Ok(text);
    }
    let mut known = Vec::new();
    for (name, value) in given {
        let fact = fact(&space, name, value.as_deref())?;
        if known.iter().any(|known: &Fact| known.subject == fact.subject) {
            return Err(format!("{} is given twice", code(name)));
        }
        known.push(fact);
    }
    decided(&mut text, &space, rules, &known);
    if space.is_exhausted() {
        return Err(format!("the rules of {} have too many combinations", code(operation)));
    }
    Ok(text)
}

/// What an operation requires, as dependencies in IDL, a line each; then, as comments, which of its rules
/// the language cannot say, and why.
pub(crate) fn as_idl(findings: &Findings, operation: &str) -> Result<String, String> {
    let id = find(findings, operation)?;
    let idl::Written { dependencies, left } = idl::written(findings, id);
    let left = left.iter().map(|(rule, reason)| format!("// not in IDL, for {reason}: {rule}"));
    let lines = dependencies.into_iter().chain(left);
    Ok(lines.map(|line| format!("{line}\n")).collect())
}

/// Where most parameters stand.
const IN_QUERY: &str = "In the query";

/// Where parameters travel, unless all of them stand in the query.
fn places(text: &mut String, fields: &[Field]) {
    let mut places: Vec<(&str, Vec<String>)> = Vec::new();
    for field in fields {
        let place = field.travel.map_or(Place::Query, |travel| travel.place);
        let words = match place {
            Place::Query => IN_QUERY,
            Place::Form => "In the form",
            Place::Header => "As headers",
            Place::Path => "In the path",
            Place::WholePath => "As the path",
            Place::Member => "In the JSON body",
            Place::Body(Media::Json) => "As the body, which is JSON",
            Place::Body(Media::Text) => "As the body, which is text",
            Place::Body(Media::Bytes) => "As the body",
        };
        let is_renamed = field.label() != field.wire.value && !matches!(place, Place::Body(_));
        let wire = is_renamed.then(|| format!(" (called {} there)", code(&field.wire.value)));
        let name = format!("{}{}", field.label(), wire.unwrap_or_default());
        match places.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.push(name),
            None => places.push((words, vec![name])),
        }
    }
    if places.iter().all(|(words, _)| *words == IN_QUERY) {
        return;
    }
    text.push('\n');
    for (words, names) in places {
        wrapped(text, &format!("{words}: {}", joined(&names, "and")), "");
    }
}

/// The rules of the objects that the fields of a struct hold, each object once.
fn inside(text: &mut String, findings: &Findings, id: TypeId, told: &mut Vec<TypeId>) {
    for object in findings.api.fields(id).iter().filter_map(|field| field.type_.named()) {
        if told.contains(&object) || findings.api.is_enum(object) {
            continue;
        }
        told.push(object);
        let effects = findings.effects(object);
        if !findings.rules(object).is_empty() || !effects.is_empty() {
            let _ = writeln!(text, "\nIn each {}:", findings.api.type_(object).name.value);
            sentences(text, findings.rules(object).iter(), effects);
        }
        inside(text, findings, object, told);
    }
}

fn find(findings: &Findings, operation: &str) -> Result<OperationId, String> {
    let ids: Vec<String> =
        findings.api.operations.iter().map(|operation| operation.id.value.clone()).collect();
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
fn fact(space: &Space<'_>, name: &str, value: Option<&str>) -> Result<Fact, String> {
    let subject = space.find(name).ok_or_else(|| unknown("parameter", name, space.names()))?;
    let Some(value) = value else { return Ok(Fact::present(subject)) };
    if let Some(values) = space.values(subject).filter(|values| !values.contains(&value)) {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        let (name, value) = (code(name), code(value));
        return Err(format!("{name} cannot be {value}; it is {}", any_of(&values)));
    }
    let of = |literal| Fact::in_states(subject, States::only(vec![literal]));
    let fact = match space.domain(subject) {
        Domain::Int32 => {
            value.parse::<i32>().ok().map(|number| of(Literal::Integer(number.into())))
        }
        Domain::Int64 => value.parse().ok().map(|number| of(Literal::Integer(number))),
        Domain::Boolean => value.parse().ok().map(|boolean| of(Literal::Boolean(boolean))),
        Domain::Enum(_) | Domain::Text => Some(of(Literal::Text(value.to_owned()))),
        Domain::Double => {
            value.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| {
                let formula = Formula::test(subject, Predicate::Equals(number));
                Fact { formula, ..Fact::present(subject) }
            })
        }
        Domain::Opaque => return Ok(Fact::present(subject)),
    };
    fact.filter(|fact| space.is_satisfiable(&fact.formula))
        .ok_or_else(|| format!("{} cannot be {}", code(name), code(value)))
}

fn table(text: &mut String, table: &Table) {
    match &table.decider {
        Some(decider) => required_by(text, decider, &table.columns, &table.rows),
        None => {
            let _ = writeln!(text, "\nParameters:\n");
            let name = longest(&table.rows);
            for (parameter, cells) in &table.rows {
                let cells: Vec<&str> = cells.iter().map(|cell| cell.as_str()).collect();
                let _ = writeln!(text, "{parameter:<name$} {}", cells.join(" "));
            }
        }
    }
    for ContextTable { fact, columns, rows } in &table.by_context {
        required_by(text, fact, columns, rows);
    }
}

fn longest(rows: &[(String, Vec<Cell>)]) -> usize {
    rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default()
}

fn required_by(text: &mut String, by: &str, columns: &[Column], rows: &[(String, Vec<Cell>)]) {
    let short = |cell: &Cell| match cell {
        Cell::Required => "yes",
        Cell::Optional => "-",
        Cell::NotAllowed => "never",
        Cell::Depends => "depends",
    };
    let name = longest(rows);
    let widths: Vec<usize> = columns.iter().map(|column| column.as_str().len().max(7)).collect();
    let fits = name + widths.iter().map(|width| width + 1).sum::<usize>() <= WIDTH;
    let _ = writeln!(text, "\nRequired, by {by}:\n");
    if !fits {
        for (name, cells) in rows {
            let columns = columns.iter().zip(cells);
            let said: Vec<String> = columns
                .map(|(column, cell)| format!("{} {}", column.as_str(), short(cell)))
                .collect();
            wrapped(text, &format!("{name}: {}", said.join(", ")), "  ");
        }
        return;
    }
    let heading = columns.iter().zip(&widths);
    let heading: String =
        heading.map(|(column, width)| format!(" {:<width$}", column.as_str())).collect();
    let _ = writeln!(text, "{:name$}{}", "", heading.trim_end());
    for (parameter, cells) in rows {
        let cells = cells.iter().zip(&widths);
        let cells: String =
            cells.map(|(cell, width)| format!(" {:<width$}", short(cell))).collect();
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

fn decided(text: &mut String, space: &Space<'_>, rules: &[Rule], facts: &[Fact]) {
    let decided = decide(space, rules, facts);
    let (mut required, mut optional, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut open = Vec::new();
    for (subject, verdict) in decided.verdicts {
        let name = space.name(subject).to_owned();
        match verdict {
            Verdict::Required => required.push(name),
            Verdict::Optional => optional.push(name),
            Verdict::NotAllowed => refused.push(name),
            Verdict::Open(on) => {
                let on: Vec<String> = on.iter().map(|on| space.name(*on).to_owned()).collect();
                open.push(format!("{name}, which depends on {}", joined(&on, "and")));
            }
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
    if !decided.broken.is_empty() {
        text.push_str("\nBroken by what is given:\n");
        sentences(text, decided.broken.into_iter(), &[]);
    }
    sentences(text, decided.others.into_iter(), &[]);
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
