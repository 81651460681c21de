//! Schemas that say something of a request, or of a value in one → [`crate::bound::condition`].

mod arithmetic;
mod dependency;
mod equals;
mod object;
pub(super) mod scope;
mod value;

use super::references::Resolved;
use crate::bound::condition::{Branches, Combined, InnerCondition};
use crate::bound::{Subject, Types};
use crate::diagnostic::{Code, Sink};
use crate::english::nearest;
use crate::model::Type;
use crate::read::schema::Schema;
use crate::source::{Origin, Spanned};
use scope::Scope;

/// Whether keywords that a member's own type and limits cover are left to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Uncovered,
}

/// Binds schemas about one object, or about one value that is none.
pub(super) struct Binder<'b, 's> {
    pub(super) resolved: &'b Resolved,
    pub(super) types: &'b Types,
    pub(super) scope: Scope<'b>,
    pub(super) sink: &'s mut Sink,
}

impl<'b> Binder<'b, '_> {
    /// Binds schemas about a value of this type inside the present one.
    fn inside(&mut self, type_: &'b Type) -> Binder<'b, '_> {
        let scope = Scope::inside(self.types, type_);
        Binder { resolved: self.resolved, types: self.types, scope, sink: self.sink }
    }

    /// What a schema asks of the one value that this is about, object or not.
    fn lone(&mut self, schema: &Schema) -> InnerCondition {
        if self.scope.is_object() {
            InnerCondition::Object(Box::new(self.object(schema)))
        } else {
            let value = self.value(Subject::Request(0), schema, Extent::Whole);
            InnerCondition::Value(Box::new(value))
        }
    }

    /// The schema that a condition refers to.
    fn target(&self, schema: &Schema) -> Option<&'b Schema> {
        self.resolved.schema(schema.reference.as_ref()?)
    }

    fn find(&mut self, name: &Spanned<String>) -> Option<Spanned<Subject>> {
        let found = self.scope.find(&name.value);
        if found.is_none() {
            let message = format!("there is no parameter `{}`", name.value);
            let nearest = nearest(&name.value, self.scope.names());
            self.sink.error_with_nearest(Code::UnknownParameter, name.origin, message, nearest);
        }
        found.map(|value| Spanned { value, origin: name.origin })
    }

    /// The keywords that combine schemas, whatever the schemas are about.
    fn combined<C>(
        &mut self,
        schema: &Schema,
        inner: &mut dyn FnMut(&mut Self, &Schema) -> C,
    ) -> Combined<C> {
        self.report_lone_branches(schema);
        let rules = schema.rules();
        let mut condition = |schema: &Schema| inner(self, schema);
        let branches = rules.if_.as_ref().zip(schema.keyword("if")).map(|(if_, origin)| {
            Box::new(Branches {
                condition: condition(if_),
                origin,
                then: rules.then.as_deref().map(&mut condition),
                otherwise: rules.else_.as_deref().map(&mut condition),
            })
        });
        let mut any = |keyword: &str, parts: &[Schema]| {
            let origin = schema.keyword(keyword).filter(|_| !parts.is_empty())?;
            Some(Spanned { value: parts.iter().map(&mut condition).collect(), origin })
        };
        let (any_of, one_of) = (any("anyOf", &rules.any_of), any("oneOf", &rules.one_of));
        let not = rules.not.as_deref().zip(schema.keyword("not"));
        Combined {
            branches,
            all_of: rules.all_of.iter().map(&mut condition).collect(),
            any_of,
            one_of,
            at_most_one: None,
            all_or_none: None,
            not: not.map(|(not, origin)| Spanned { value: Box::new(condition(not)), origin }),
        }
    }

    /// JSON Schema ignores `then` and `else` without `if`; their author did not mean that.
    fn report_lone_branches(&mut self, schema: &Schema) {
        for keyword in ["then", "else"] {
            self.report_lone(schema, keyword, "if");
        }
        if schema.rules().then.is_none()
            && schema.rules().else_.is_none()
            && let Some(origin) = schema.keyword("if")
        {
            let message = "`if` has no effect without `then` or `else`";
            self.sink.error(Code::MissingKey, origin, message);
        }
    }

    /// Reports a keyword that has no effect without another.
    fn report_lone(&mut self, schema: &Schema, keyword: &str, needed: &str) {
        if schema.keyword(needed).is_none()
            && let Some(origin) = schema.keyword(keyword)
        {
            let message = format!("`{keyword}` has no effect without `{needed}`");
            self.sink.error(Code::MissingKey, origin, message);
        }
    }
}

/// Where a schema says which values are meant.
fn listing(schema: &Schema) -> Option<Origin> {
    schema.keyword("enum").or(schema.keyword("const"))
}
