//! Conditions between parameters: schema → formulas → rules with their sentences and tables.
//!
//! Everything that is said of a rule (the check, the sentence, the table) comes from one formula.
//! [`compile`] makes it, [`logic`] is what formulas are, [`solve`] answers whether they can hold,
//! [`words`] says them, and [`guide`] is what people are shown of the rules of an operation.

pub(crate) mod compile;
pub(crate) mod guide;
pub(crate) mod logic;
pub(crate) mod rule;
pub(crate) mod solve;
pub(crate) mod words;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Sink};
use crate::read::schema::Schema;
use crate::model::{Api, Role, TypeId};
use crate::resolve::{Resolved, SchemaId};
use crate::source::FileId;
use logic::space::Space;
use rule::ObjectRules;

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
            guide::example::check(api, id, rules, schema, sink);
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
fn files_of(resolved: &Resolved, api: &Api, id: TypeId) -> BTreeSet<FileId> {
    match api.type_(id).role {
        Role::Request(operation) | Role::Response(operation) => resolved.files_of(operation.0),
        Role::Shared => resolved.files_of_schema(SchemaId(id.0)),
    }
}

/// Whether everything that a type is made of was read, for all types in their order.
pub(crate) fn whole(resolved: &Resolved, api: &Api, troubled: &BTreeSet<FileId>) -> Vec<bool> {
    let is_whole = |id| troubled.is_empty() || files_of(resolved, api, id).is_disjoint(troubled);
    api.type_ids().map(is_whole).collect()
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
