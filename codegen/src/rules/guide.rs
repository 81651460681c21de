//! What people are shown of the rules of an operation: its table, its forms, its example.

pub(in crate::rules) mod chosen;
pub(crate) mod forms;
pub(crate) mod refusal;
pub(crate) mod table;

use crate::bound::Subject;
use crate::diagnostic::Sink;
use crate::model::{Api, OperationId};
use crate::rules::logic::space::Space;
use crate::rules::report_exhausted;
use crate::rules::rule::ObjectRules;
use forms::Forms;
use refusal::Refusal;
use table::Table;

/// What people are told of an operation's rules.
#[derive(Debug)]
pub(crate) struct Guide {
    pub(crate) table: Table,
    /// The parameters of the example in the docs, in the order of the fields, when the examples of
    /// the spec make a valid request.
    pub(crate) example: Option<Vec<Subject>>,
    /// A request much like the example that is refused, when a rule can be shown by one.
    pub(crate) refusal: Option<Refusal>,
    /// What each value of the enum asks for on which most turns.
    pub(crate) forms: Option<Forms>,
}

/// What to tell people of each operation, in their order.
pub(crate) fn guide(api: &Api, rules: &[ObjectRules], sink: &mut Sink) -> Vec<Guide> {
    sink.each(0..api.operations.len(), |index, sink| {
        let id = OperationId(index);
        let space = Space::of(api, id).closed(rules);
        let request = api.operation(id).request;
        let rules = &rules[request.0].rules;
        let table = Table::of(&space, rules);
        let example = chosen::choose(&space, rules, api, id);
        let refusal =
            example.as_ref().and_then(|example| refusal::of(&space, rules, api, id, example));
        report_exhausted(&space, api, request, sink);
        let forms = forms::of(&space, api, id, &table);
        Guide { table, example, refusal, forms }
    })
}
