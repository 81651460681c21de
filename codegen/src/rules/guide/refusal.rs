//! A request that breaks one rule, to show what is said of it.

use crate::bound::Subject;
use crate::model::{Api, OperationId};
use crate::rules::logic::space::Space;
use crate::rules::logic::verdict;
use crate::rules::rule::{Kind, Rule};

/// What a request is that breaks a rule and is otherwise as it should be.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The parameters that it has, in the order of the fields, with the values of their examples.
    pub(crate) given: Vec<Subject>,
    /// The rule, by its position.
    pub(crate) rule: usize,
}

/// The valid example without one of its parameters or with one more, whichever breaks just one rule first; of that,
/// people are told a sentence and no values.
pub(in crate::rules) fn of(
    space: &Space<'_>,
    rules: &[Rule],
    api: &Api,
    id: OperationId,
    example: &[Subject],
) -> Option<Refusal> {
    let fields = api.fields(api.operation(id).request);
    let value = |subject: Subject| match subject {
        Subject::Request(index) => fields[index].example.as_ref(),
        Subject::Context(_) => None,
    };
    let without = example.iter().filter(|subject| !space.is_required(**subject));
    let without = without.map(|left_out| {
        example.iter().copied().filter(|subject| subject != left_out).collect::<Vec<_>>()
    });
    let addable = |subject: &Subject| {
        let field = space.field(*subject);
        !example.contains(subject) && field.example.is_some() && !field.is_deprecated
    };
    let with = space.request().filter(addable).map(|added| {
        let mut given: Vec<Subject> = example.iter().copied().chain([added]).collect();
        given.sort();
        given
    });
    without.chain(with).find_map(|given| {
        let facts = |subject| value(subject).filter(|_| given.contains(&subject));
        let mut broken = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| verdict::holds(space, &rule.broken, &facts));
        let (rule, found) = broken.next()?;
        let is_alone = broken.next().is_none() && found.kind != Kind::Value;
        is_alone.then_some(Refusal { given, rule })
    })
}
