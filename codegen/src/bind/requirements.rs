//! What objects that are sent have to meet, where everything that it names could be read.

use super::conditions::scope::Scope;
use super::conditions::{Binder, Extent};
use super::references::Resolved;
use crate::bound::{Effect, Operation, Requirements, Subject, Types};
use crate::diagnostic::Sink;
use crate::dialect;
use crate::model::{Role, TypeId};
use crate::read::schema::Schema;
use crate::source::{FileId, Spanned};

/// The requirements of all types, in their order; none of what nobody checks.
pub(super) fn bind(
    resolved: &Resolved,
    operations: &[Operation],
    types: &Types,
    sink: &mut Sink,
) -> Vec<Option<Requirements>> {
    let troubled = sink.files();
    sink.each(0..types.0.len(), |index, sink| {
        let id = TypeId(index);
        let (file, schema) = checked(resolved, types, id)?;
        let context = match types.item(id).role {
            Role::Request(operation) => operations[operation.0].context,
            Role::Response(_) | Role::Shared => None,
        };
        let scope = Scope::of(types, id, context);
        // Rules about a member that could not be read would look like rules about nothing.
        let is_whole = scope.members() == schema.properties.len()
            && schema.rules().context.is_some() == context.is_some()
            && !schema.origin.is_some_and(|start| sink.has_gap_in(start))
            && types.item(id).files.iter().all(|other| *other == file || !troubled.contains(other));
        is_whole.then(|| requirements(resolved, types, scope, schema, sink))
    })
}

/// The schema of an object that is checked before it is sent, and its file.
fn checked<'r>(resolved: &'r Resolved, types: &Types, id: TypeId) -> Option<(FileId, &'r Schema)> {
    let item = types.item(id);
    match item.role {
        Role::Request(operation) => {
            let (file, item) = resolved.operations.get(operation.0)?;
            Some((*file, &item.request))
        }
        Role::Shared if item.usage.in_requests && types.values(id).is_none() => {
            let named = resolved.types().get(id.0)?;
            Some((named.file, &named.schema))
        }
        Role::Shared | Role::Response(_) => None,
    }
}

fn requirements(
    resolved: &Resolved,
    types: &Types,
    scope: Scope<'_>,
    schema: &Schema,
    sink: &mut Sink,
) -> Requirements {
    let mut binder = Binder { resolved, types, scope, sink };
    let mut own = Vec::with_capacity(schema.properties.len());
    let mut effects = Vec::new();
    for (index, property) in schema.properties.iter().enumerate() {
        let schema = &property.schema;
        let asks = schema.keywords.iter().any(|(keyword, _)| dialect::asks_of_value(keyword));
        own.push(
            asks.then(|| {
                Box::new(binder.value(Subject::Request(index), schema, Extent::Uncovered))
            }),
        );
        if let (Some(condition), Some(origin)) =
            (&schema.effective_when, schema.keyword("x-effective-when"))
        {
            let when = Spanned { value: binder.object(condition), origin };
            effects.push(Effect { member: index, when });
        }
    }
    let whole = binder.root(schema);
    let documented = documented(schema, effects.len());
    Requirements { own, effects, whole, documented }
}

/// How many rules an object states: each part of its `allOf`, every other keyword that combines
/// members, and each condition of an effect.
fn documented(schema: &Schema, effects: usize) -> usize {
    let keywords = schema.keywords.iter().map(|(keyword, _)| *keyword);
    let combining = keywords.filter(|keyword| dialect::is_rule(keyword));
    schema.rules().all_of.len() + combining.count() + effects
}
