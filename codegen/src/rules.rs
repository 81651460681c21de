//! Conditions between parameters: schema → formulas → rules with their sentences and tables.
//!
//! Everything that is said of a rule (the check, the sentence, the table) comes from one formula.

pub(crate) mod compile;
mod condition;
pub(crate) mod formula;
pub(crate) mod judge;
pub(crate) mod predicate;
pub(crate) mod sentence;
pub(crate) mod simplify;
pub(crate) mod solve;
pub(crate) mod space;
pub(crate) mod states;
pub(crate) mod table;
mod value;
mod words;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Sink};
use crate::load::json::Json;
use crate::model::{Api, OperationId};
use crate::resolve::Resolved;
use crate::source::Origin;
use formula::Formula;
use space::{Space, Subject};
use table::Table;

/// The rules of one operation.
#[derive(Debug)]
pub(crate) struct OperationRules {
    /// In the order of the parameters that they are about.
    pub(crate) rules: Vec<Rule>,
    /// Every `if` that a rule hangs on.
    pub(crate) conditions: Vec<Condition>,
    pub(crate) table: Table,
    /// The parameters of the example in the docs, in the order of the fields, when the examples of
    /// the spec make a valid request.
    pub(crate) example: Option<Vec<Subject>>,
}

/// A condition that every request has to meet.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// The parameter that a violation names.
    pub(crate) target: Subject,
    pub(crate) kind: Kind,
    /// When the rule is broken.
    pub(crate) broken: Formula,
    /// When the rule asks for something.
    pub(crate) when: Formula,
    /// The parameters of which it asks something.
    pub(crate) about: BTreeSet<Subject>,
    /// The rule in words.
    pub(crate) sentence: String,
    /// Facts that must be known for the rule to be judged, in words.
    pub(crate) unknown: Option<String>,
    pub(crate) origin: Origin,
}

/// The condition of an `if`.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) origin: Origin,
    /// When the `if` is looked at.
    pub(crate) outer: Formula,
    /// When it holds, as JSON Schema reads it.
    pub(crate) formula: Formula,
    /// When it would hold if `properties` asked for the members that it names.
    pub(crate) strict: Formula,
}

/// What a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// That the target is given.
    Required,
    /// That the target is not given.
    NotAllowed,
    /// Something about several parameters, or about a value.
    Combination,
}

/// Compiles the rules of all operations, in their order.
pub(crate) fn compile(resolved: &Resolved, api: &Api, sink: &mut Sink) -> Vec<OperationRules> {
    let troubled = sink.files();
    api.operation_ids()
        .zip(&resolved.operations)
        .map(|(id, (file, item))| {
            let space = Space::of(api, id);
            // Rules about a property that could not be read would look like rules about nothing.
            let is_whole = space.request().count() == item.request.properties.len()
                && item.request.context.is_some() == api.operation(id).context.is_some()
                && !item.request.origin.is_some_and(|start| sink.has_gap_in(start))
                && resolved
                    .files_of(id.0)
                    .iter()
                    .all(|other| other == file || !troubled.contains(other));
            let (rules, conditions) = if is_whole {
                compile::compile(&space, resolved, &item.request, sink)
            } else {
                (Vec::new(), Vec::new())
            };
            let table = Table::of(&space, &rules);
            let example = example(&space, &rules, api, id);
            report_exhausted(&space, api, id, sink);
            OperationRules { rules, conditions, table, example }
        })
        .collect()
}

/// The required parameters and those that the rules ask for once the required ones have the values
/// of their examples.
fn example(space: &Space<'_>, rules: &[Rule], api: &Api, id: OperationId) -> Option<Vec<Subject>> {
    let fields = api.fields(api.operation(id).request);
    let given = |subject: Subject| fields[subject.index()].required;
    let mut chosen: Vec<Subject> = space.request().filter(|subject| given(*subject)).collect();
    let value = |subject: Subject| match subject {
        Subject::Request(index) => fields[index].example.as_ref(),
        Subject::Context(_) => None,
    };
    loop {
        let facts = |subject| value_of(&chosen, subject, &value);
        let missing = rules.iter().find(|rule| {
            rule.kind == Kind::Required
                && !chosen.contains(&rule.target)
                && judge::holds(space, &rule.broken, &facts)
        });
        let Some(rule) = missing else { break };
        chosen.push(rule.target);
    }
    chosen.sort();
    let facts = |subject| value_of(&chosen, subject, &value);
    let is_valid = chosen.iter().all(|subject| value(*subject).is_some())
        && !rules.iter().any(|rule| judge::holds(space, &rule.broken, &facts));
    is_valid.then_some(chosen)
}

/// The example of a parameter that has been chosen; one without an example is `null`, which is no
/// value that a rule names.
fn value_of<'v>(
    chosen: &[Subject],
    subject: Subject,
    example: &dyn Fn(Subject) -> Option<&'v serde_json::Value>,
) -> Option<&'v serde_json::Value> {
    chosen.contains(&subject).then(|| example(subject).unwrap_or(&serde_json::Value::Null))
}

/// Reports that the rules of an operation took too many questions to judge.
pub(crate) fn report_exhausted(space: &Space<'_>, api: &Api, id: OperationId, sink: &mut Sink) {
    if space.is_exhausted() {
        sink.error_with_help(
            Code::TooComplex,
            api.operation(id).id.origin,
            "the rules of this operation have too many combinations to be judged",
            "split conditions over many parameters, or over many multiples of one, into several rules",
        );
    }
}

/// A literal of a condition as the formula keeps it.
fn literal_of(json: &Json) -> Option<states::Literal> {
    states::Literal::from_value(&json.to_value())
}
