//! Conditions between parameters: schema → formulas → rules with their sentences and tables.
//!
//! Everything that is said of a rule (the check, the sentence, the table) comes from one formula.

pub(crate) mod compile;
mod condition;
mod examples;
pub(crate) mod forms;
pub(crate) mod formula;
mod insides;
pub(crate) mod judge;
mod numbers;
mod phrase;
pub(crate) mod predicate;
mod readings;
mod relations;
pub(crate) mod sentence;
pub(crate) mod simplify;
mod situations;
pub(crate) mod solve;
pub(crate) mod space;
pub(crate) mod states;
pub(crate) mod table;
mod texts;
mod value;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Sink};
use crate::load::json::Json;
use crate::load::schema::Schema;
use crate::model::{Api, OperationId, Role, Type, TypeId};
use crate::resolve::{Resolved, SchemaId};
use crate::source::{FileId, Origin};
use forms::Forms;
use formula::Formula;
use space::{Space, Subject};
use table::Table;

/// The rules of one object: of a request, or of an object inside one.
#[derive(Debug, Default)]
pub(crate) struct ObjectRules {
    /// In the order of the members that they are about.
    pub(crate) rules: Vec<Rule>,
    /// Those that ask for the same as one of them.
    pub(crate) repeated: Vec<Rule>,
    /// Every `if`, those inside other conditions and inside values included.
    pub(crate) conditions: Vec<Condition>,
    /// What rules ask for that compares parameters.
    pub(crate) demands: Vec<Demand>,
    /// What is written as a rule and asks for nothing.
    pub(crate) idle: Vec<Idle>,
    /// When members have an effect; not a request that breaks it is refused.
    pub(crate) effects: Vec<Effect>,
    /// How many rules the author wrote, whatever they were compiled to.
    pub(crate) documented: usize,
    /// For each member what its own schema asks of its value, besides its limits.
    pub(crate) own: Vec<Formula>,
}

impl ObjectRules {
    /// When no rule is broken.
    pub(crate) fn valid(&self) -> Formula {
        match self.rules.as_slice() {
            [] => Formula::True,
            rules => Formula::All(rules.iter().map(|rule| rule.broken.negated()).collect()),
        }
    }
}

/// What people are told of an operation's rules.
#[derive(Debug)]
pub(crate) struct Guide {
    pub(crate) table: Table,
    /// The parameters of the example in the docs, in the order of the fields, when the examples of
    /// the spec make a valid request.
    pub(crate) example: Option<Vec<Subject>>,
    /// What each value of the enum asks for on which most turns.
    pub(crate) forms: Option<Forms>,
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
    /// What the rule asks for, then; of a value that is given, when that is what it is about.
    pub(crate) holds: Formula,
    /// The parameters of which it asks something.
    pub(crate) about: BTreeSet<Subject>,
    /// The rule in words.
    pub(crate) sentence: String,
    /// What the author says of it besides.
    pub(crate) note: Option<String>,
    /// Facts that must be known for the rule to be judged, in words.
    pub(crate) unknown: Option<String>,
    pub(crate) origin: Origin,
    /// Which of the things that are written as rules it is part of; 0 for what a property says of
    /// itself.
    pub(crate) unit: usize,
}

impl Rule {
    /// Whether the rule says something of this parameter's value and of nothing else.
    fn is_about_only(&self, subject: Subject) -> bool {
        self.kind == Kind::Value && self.broken.subjects().iter().eq([&subject])
    }
}

/// Something that is written as a rule and asks for nothing.
#[derive(Debug, Clone)]
pub(crate) struct Idle {
    pub(crate) origin: Origin,
    /// When it is looked at.
    pub(crate) when: Formula,
    /// The positions of the conditions in it.
    pub(crate) conditions: Range<usize>,
}

/// That a parameter has an effect only when a condition holds.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    pub(crate) target: Subject,
    /// The condition in words, with what it is about.
    pub(crate) sentence: String,
}

/// The condition of an `if`.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) origin: Origin,
    /// The type of the value inside the object that it is about, when it is not about the object.
    pub(crate) inside: Option<Type>,
    /// When the `if` is looked at.
    pub(crate) outer: Formula,
    /// When it holds, as JSON Schema reads it.
    pub(crate) formula: Formula,
    /// When it would hold if `x-relations` asked for the members that it names.
    pub(crate) related: Formula,
    /// When it would hold if `properties` did so, too.
    pub(crate) strict: Formula,
}

/// What a rule asks for that compares parameters.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    pub(crate) origin: Origin,
    /// When it is asked for, and what is asked for beside it.
    pub(crate) within: Formula,
    /// When it is met, as it stands.
    pub(crate) holds: Formula,
    /// When it would be met if `x-relations` asked for the members that it names.
    pub(crate) related: Formula,
}

impl Condition {
    /// The parameters that the condition is about.
    pub(crate) fn space<'a>(&self, of: &Space<'a>) -> Space<'a> {
        self.inside.as_ref().map_or_else(|| of.clone(), |type_| of.inner(type_))
    }
}

/// What a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// That the target is given.
    Required,
    /// That the target is not given.
    NotAllowed,
    /// Something about the value of the target, wherever it is given.
    Value,
    /// Something about several parameters.
    Combination,
}

impl Kind {
    /// Whether no cell of a requirement table can show a rule of this kind.
    pub(crate) fn is_shown_apart(self) -> bool {
        matches!(self, Self::Value | Self::Combination)
    }
}

/// Compiles the rules of all structs, in the order of the types.
pub(crate) fn compile(resolved: &Resolved, api: &Api, sink: &mut Sink) -> Vec<ObjectRules> {
    let troubled = sink.files();
    sink.each(0..api.types.len(), |index, sink| {
        let id = TypeId(index);
        let Some((file, schema)) = judged(resolved, api, id) else {
            return ObjectRules::default();
        };
        let space = Space::of_struct(api, id);
        let has_context = match api.type_(id).role {
            Role::Request(operation) => api.operation(operation).context.is_some(),
            Role::Response(_) | Role::Shared => false,
        };
        // Rules about a property that could not be read would look like rules about nothing.
        let is_whole = space.request().count() == schema.properties.len()
            && schema.rules().context.is_some() == has_context
            && !schema.origin.is_some_and(|start| sink.has_gap_in(start))
            && files_of(resolved, api, id)
                .iter()
                .all(|other| *other == file || !troubled.contains(other));
        if !is_whole {
            return ObjectRules::default();
        }
        let rules = compile::compile(&space, resolved, schema, sink);
        report_exhausted(&space, api, id, sink);
        rules
    })
}

/// Reports every example that breaks a rule about its value or about what is inside it.
pub(crate) fn check_examples(
    resolved: &Resolved,
    api: &Api,
    rules: &[ObjectRules],
    sink: &mut Sink,
) {
    sink.each(0..api.types.len(), |index, sink| {
        let id = TypeId(index);
        if let Some((_, schema)) = judged(resolved, api, id) {
            examples::check(api, id, rules, schema, sink);
        }
    });
}

/// The schema of a struct that is checked before it is sent, and its file.
fn judged<'r>(resolved: &'r Resolved, api: &Api, id: TypeId) -> Option<(FileId, &'r Schema)> {
    let type_ = api.type_(id);
    match type_.role {
        Role::Request(operation) => {
            let (file, item) = resolved.operations.get(operation.0)?;
            Some((*file, &item.request))
        }
        Role::Shared if type_.usage.in_requests && !api.is_enum(id) => {
            let named = resolved.types().get(id.0)?;
            Some((named.file, &named.schema))
        }
        Role::Shared | Role::Response(_) => None,
    }
}

/// The files that a type is made of.
pub(crate) fn files_of(resolved: &Resolved, api: &Api, id: TypeId) -> BTreeSet<FileId> {
    match api.type_(id).role {
        Role::Request(operation) | Role::Response(operation) => resolved.files_of(operation.0),
        Role::Shared => resolved.files_of_schema(SchemaId(id.0)),
    }
}

/// What to tell people of each operation, in their order.
pub(crate) fn guide(api: &Api, rules: &[ObjectRules], sink: &mut Sink) -> Vec<Guide> {
    sink.each(0..api.operations.len(), |index, sink| {
        let id = OperationId(index);
        let space = Space::of(api, id).closed(rules);
        let request = api.operation(id).request;
        let rules = &rules[request.0].rules;
        let table = Table::of(&space, rules);
        let example = examples::choose(&space, rules, api, id);
        report_exhausted(&space, api, request, sink);
        let forms = forms::of(&space, api, id, &table);
        Guide { table, example, forms }
    })
}

/// Reports that the rules of an object took too many questions to judge.
pub(crate) fn report_exhausted(space: &Space<'_>, api: &Api, id: TypeId, sink: &mut Sink) {
    if space.is_exhausted() {
        let type_ = api.type_(id);
        let whose = match type_.role {
            Role::Shared => "object",
            Role::Request(_) | Role::Response(_) => "operation",
        };
        sink.error_with_help(
            Code::TooComplex,
            type_.name.origin,
            format!("the rules of this {whose} have too many combinations to be judged"),
            "split conditions over many parameters, or over many multiples of one, into several rules",
        );
    }
}

/// A literal of a condition as the formula keeps it.
fn literal_of(json: &Json) -> Option<states::Literal> {
    states::Literal::from_value(&json.to_value())
}
