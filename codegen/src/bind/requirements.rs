//! What objects that are sent have to meet, where everything that it names could be read.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::conditions::scope::Scope;
use super::conditions::{Binder, Extent};
use super::references::Resolved;
use crate::bound::{Effect, Requirements, Shape, Subject, TypeItem, Types};
use crate::diagnostic::Sink;
use crate::dialect;
use crate::model::{Direction, TypeId};
use crate::read::schema::Schema;
use crate::source::{FileId, Spanned};

/// The requirements of a request.
pub(super) fn of_request(
    resolved: &Resolved,
    types: &Types,
    file: FileId,
    schema: &Schema,
    request: &TypeItem,
    context: Option<TypeId>,
    sink: &mut Sink,
) -> Option<Requirements> {
    let troubled = sink.files();
    let facts = context.map_or(&[][..], |context| types.members(context));
    let scope = Scope::of(request.members(), facts);
    let names_context = schema.rules().context.is_some();
    let is_whole =
        names_context == context.is_some() && is_whole(schema, request, file, &troubled, sink);
    is_whole.then(|| sink.as_stage(|sink| requirements(resolved, types, scope, schema, sink)))
}

/// The requirements of the types that are schema files, in their order; none of what nobody checks.
pub(super) fn shared(
    resolved: &Resolved,
    types: &Types,
    sink: &mut Sink,
) -> Vec<Option<Requirements>> {
    let troubled = sink.files();
    sink.each(resolved.types().par_iter().zip(&types.0), |(named, item), sink| {
        let schema = &named.schema;
        let is_checked = match &item.shape {
            Shape::Object(_) => item.usage.is(Direction::Sent),
            Shape::Enum(_) => false,
        };
        let is_whole = is_checked && is_whole(schema, item, named.file, &troubled, sink);
        is_whole.then(|| {
            let scope = Scope::of(item.members(), &[]);
            requirements(resolved, types, scope, schema, sink)
        })
    })
}

/// Rules about a member that could not be read would look like rules about nothing.
fn is_whole(
    schema: &Schema,
    item: &TypeItem,
    file: FileId,
    troubled: &BTreeSet<FileId>,
    sink: &Sink,
) -> bool {
    item.members().len() == schema.properties.len()
        && !schema.origin.is_some_and(|start| sink.has_gap_in(start))
        && item.files.iter().all(|other| *other == file || !troubled.contains(other))
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
