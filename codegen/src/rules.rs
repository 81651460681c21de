//! Conditions between parameters: conditions → formulas → rules with their sentences and tables.
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

use crate::bound::Bound;
use crate::diagnostic::{Code, Sink};
use crate::model::{Api, Direction, Role, TypeId};
use crate::source::FileId;
use logic::space::Space;
use rule::ObjectRules;

/// Compiles the rules of all structs, in the order of the types.
pub(crate) fn compile(bound: &Bound, api: &Api, sink: &mut Sink) -> Vec<ObjectRules> {
    sink.each(bound.types.ids().zip(&bound.types.0).collect::<Vec<_>>(), |(id, item), sink| {
        let Some(requirements) = &item.requirements else { return ObjectRules::default() };
        let space = Space::of_struct(api, id);
        let rules = compile::compile(&space, requirements, sink);
        report_exhausted(&space, api, id, sink);
        rules
    })
}

/// Reports every example that breaks a rule about its value or about what is inside it.
pub(crate) fn check_examples(bound: &Bound, api: &Api, rules: &[ObjectRules], sink: &mut Sink) {
    sink.each(0..api.types.len(), |index, sink| {
        let id = TypeId(index);
        let is_checked = match api.type_(id).role {
            Role::Request(_) => true,
            Role::Shared => api.type_(id).usage.is(Direction::Sent),
            Role::Response(_) => false,
        };
        if is_checked {
            guide::chosen::check(api, id, rules, bound.types.members(id), sink);
        }
    });
}

/// Whether everything that a type is made of was read, for all types in their order.
pub(crate) fn whole(bound: &Bound, troubled: &BTreeSet<FileId>) -> Vec<bool> {
    bound.types.0.iter().map(|item| item.files.is_disjoint(troubled)).collect()
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
