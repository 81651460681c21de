//! What objects that are sent have to meet, where everything that it names could be read.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::conditions::scope::Scope;
use super::conditions::{Binder, Extent};
use super::references::Resolved;
use crate::bound::{Effect, Requirements, Shape, Subject, TypeItem, Types};
use crate::diagnostic::Sink;
use crate::dialect;
use crate::idl::tree::Dependency;
use crate::model::{Direction, TypeId};
use crate::read::request::RequestItem;
use crate::read::schema::Schema;
use crate::source::{FileId, Spanned};
use crate::travel::Place;

/// The requirements of a request.
pub(super) fn of_request(
    resolved: &Resolved,
    types: &Types,
    file: FileId,
    request: &RequestItem,
    sent: &TypeItem,
    context: Option<TypeId>,
    sink: &mut Sink,
) -> Option<Requirements> {
    let troubled = sink.files();
    let facts = context.map_or(&[][..], |context| types.members(context));
    let scope = Scope::of(sent.members(), facts);
    let members = request.parts.iter().flat_map(|part| match part.place {
        Place::Body(_) => vec![&part.schema],
        Place::Query
        | Place::Form
        | Place::Header
        | Place::Path
        | Place::WholePath
        | Place::Member => schemas(&part.schema),
    });
    let dependencies = request.dependencies.as_ref();
    let checked = Checked { members: members.collect(), root: request.root(), dependencies };
    let names_context = checked.root.is_some_and(|root| root.rules().context.is_some());
    let is_whole =
        names_context == context.is_some() && checked.is_whole(sent, file, &troubled, sink);
    is_whole.then(|| sink.as_stage(|sink| requirements(resolved, types, scope, &checked, sink)))
}

/// An object that is checked before it is sent.
struct Checked<'r> {
    /// The schema of each member.
    members: Vec<&'r Schema>,
    /// What says something of the whole.
    root: Option<&'r Schema>,
    /// What says more of the whole.
    dependencies: Option<&'r Spanned<Vec<Dependency>>>,
}

impl Checked<'_> {
    /// Rules about a member that could not be read would look like rules about nothing.
    fn is_whole(
        &self,
        item: &TypeItem,
        file: FileId,
        troubled: &BTreeSet<FileId>,
        sink: &Sink,
    ) -> bool {
        let start = self.root.and_then(|root| root.origin);
        let wholes = start.into_iter().chain(self.dependencies.map(|texts| texts.origin));
        item.members().len() == self.members.len()
            && !wholes.into_iter().any(|whole| sink.has_gap_in(whole))
            && item.files.iter().all(|other| *other == file || !troubled.contains(other))
    }
}

fn schemas(object: &Schema) -> Vec<&Schema> {
    object.properties.iter().map(|property| &property.schema).collect()
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
        let members = schemas(schema);
        let checked = Checked { members, root: Some(schema), dependencies: None };
        let is_whole = is_checked && checked.is_whole(item, named.file, &troubled, sink);
        is_whole.then(|| {
            let scope = Scope::of(item.members(), &[]);
            requirements(resolved, types, scope, &checked, sink)
        })
    })
}

fn requirements(
    resolved: &Resolved,
    types: &Types,
    scope: Scope<'_>,
    checked: &Checked<'_>,
    sink: &mut Sink,
) -> Requirements {
    let mut binder = Binder { resolved, types, scope, sink };
    let mut own = Vec::with_capacity(checked.members.len());
    let mut effects = Vec::new();
    for (index, schema) in checked.members.iter().enumerate() {
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
    let mut whole = checked.root.map(|root| binder.root(root)).unwrap_or_default();
    let dependencies = checked.dependencies.map_or(&[][..], |texts| &texts.value);
    let asked = dependencies.iter().map(|dependency| binder.dependency(dependency));
    whole.combined.all_of.extend(asked);
    let documented = checked.root.map_or(0, documented) + effects.len() + dependencies.len();
    Requirements { own, effects, whole, documented }
}

/// How many rules an object states besides those that members state: each part of its `allOf`, and
/// every other keyword that combines members.
fn documented(root: &Schema) -> usize {
    let keywords = root.keywords.iter().map(|(keyword, _)| *keyword);
    let combining = keywords.filter(|keyword| dialect::is_rule(keyword));
    root.rules().all_of.len() + combining.count()
}
