//! The examples of a spec: which of them make a request, and which break a rule.

use crate::bound::{Member, Subject};
use crate::diagnostic::Sink;
use crate::lower::fits::{report, shown};
use crate::model::{Api, OperationId, TypeId};
use crate::rules::logic::space::Space;
use crate::rules::logic::verdict;
use crate::rules::rule::{Kind, ObjectRules, Rule};

/// Reports every example and default of a struct's members that breaks a rule about its value alone, or a rule of
/// an object inside it.
pub(in crate::rules) fn check(
    api: &Api,
    id: TypeId,
    rules: &[ObjectRules],
    members: &[Member],
    sink: &mut Sink,
) {
    let space = Space::of_struct(api, id);
    for (subject, member) in space.request().zip(members) {
        for (what, shown) in shown(member) {
            let value = &shown.value;
            let own = rules[id.0].rules.iter().filter(|rule| rule.is_about_only(subject));
            let broken = own.filter(|rule| verdict::holds(&space, &rule.broken, &|_| Some(value)));
            let inside = verdict::first_broken(api, rules, space.type_(subject), value);
            for sentence in
                broken.map(|rule| &rule.sentence).chain(inside.map(|rule| &rule.sentence))
            {
                report(shown.origin, what, space.field(subject), sentence, sink);
            }
        }
    }
}

/// The required parameters and those that the rules ask for once the required ones have the values
/// of their examples.
pub(in crate::rules) fn choose(
    space: &Space<'_>,
    rules: &[Rule],
    api: &Api,
    id: OperationId,
) -> Option<Vec<Subject>> {
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
                && verdict::holds(space, &rule.broken, &facts)
        });
        let Some(rule) = missing else { break };
        chosen.push(rule.target);
    }
    chosen.sort();
    let facts = |subject| value_of(&chosen, subject, &value);
    let is_valid = chosen.iter().all(|subject| value(*subject).is_some())
        && !rules.iter().any(|rule| verdict::holds(space, &rule.broken, &facts));
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
