//! Schema → the formula that holds when an object satisfies it.

use crate::diagnostic::Code;
use crate::dialect::Place;
use crate::read::schema::{RelationItem, Schema};
use crate::model::Type;
use crate::rules::compile::Compiler;
use crate::rules::compile::readings::Reading;
use crate::rules::logic::formula::{Count, Formula, Operator, Relation};
use crate::rules::logic::space::Subject;
use crate::rules::logic::verdict;
use crate::rules::rule::Condition;
use crate::source::Spanned;

impl<'c> Compiler<'c, '_> {
    /// The formula that holds when the object satisfies the schema.
    pub(in crate::rules) fn formula(&mut self, schema: &Schema) -> Formula {
        if let Some(holds) = schema.boolean {
            return Formula::constant(holds);
        }
        schema.check_keywords(Place::Condition, "a condition", self.sink);
        let mut parts = Vec::new();
        if let Some(target) = self.target(schema) {
            parts.push(self.formula(target));
        }
        parts.extend(self.typed(&["object"], schema));
        parts.extend(self.listed(schema));
        for name in &schema.required {
            parts.extend(self.find(name).map(Formula::present));
        }
        for property in &schema.properties {
            if let Some(subject) = self.find(&property.name) {
                parts.push(self.member(subject, &property.schema));
            }
        }
        for (trigger, names) in &schema.rules().dependent_required {
            let Some(trigger) = self.find(trigger) else { continue };
            let names: Vec<_> = names.iter().filter_map(|name| self.find(name)).collect();
            let all = names.into_iter().map(Formula::present).collect();
            parts.push(Formula::absent(trigger).or(Formula::All(all)));
        }
        for property in &schema.rules().dependent_schemas {
            if let Some(trigger) = self.find(&property.name) {
                let formula = self.formula(&property.schema);
                parts.push(Formula::absent(trigger).or(formula));
            }
        }
        parts.extend(schema.rules().relations.iter().filter_map(|item| self.relation(item)));
        parts.push(self.counted(schema));
        parts.extend(self.misnamed(schema).into_iter().map(Formula::absent));
        self.shared(schema, &mut parts, &mut Self::formula);
        Formula::All(parts)
    }

    /// What `const` and `enum` say of the object as a whole.
    pub(in crate::rules) fn listed(&mut self, schema: &Schema) -> Option<Formula> {
        let constant = schema.constant.as_ref().map(|json| self.lone_equals(json));
        if schema.keyword("enum").is_none() {
            return constant;
        }
        let any = schema.enumeration.iter().map(|json| self.lone_equals(json)).collect();
        Some(constant.unwrap_or(Formula::True).and(Formula::Any(any)))
    }

    /// The schema file that a condition refers to.
    pub(in crate::rules) fn target(&self, schema: &Schema) -> Option<&'c Schema> {
        self.resolved.schema(schema.reference.as_ref()?)
    }

    /// What a member's schema says of the object: nothing, when the member is not there.
    pub(in crate::rules) fn member(&mut self, subject: Subject, schema: &Schema) -> Formula {
        let value = self.value(subject, schema);
        match self.reading {
            // Who writes `false` means that the member is not there, and `true` means nothing.
            Reading::Strict if schema.boolean.is_none() => value,
            Reading::AsSchema | Reading::Related | Reading::Demanded | Reading::Strict => {
                Formula::absent(subject).or(value)
            }
        }
    }

    /// What `minProperties` and `maxProperties` say; context facts count as the members they are.
    pub(in crate::rules) fn counted(&self, schema: &Schema) -> Formula {
        let limit = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let min = schema.limits().min_properties.as_ref().map(|min| limit(min.value));
        let max = schema.limits().max_properties.as_ref().map(|max| limit(max.value));
        if min.is_none() && max.is_none() {
            return Formula::True;
        }
        let of = self.space.subjects().map(Formula::present).collect();
        Formula::Count(Count { of, min: min.unwrap_or(0), max, negated: false })
    }

    /// What an entry of `x-relations` says: nothing, when one of the two is not there, unless it is
    /// read as if it asked for both.
    pub(in crate::rules) fn relation(&mut self, item: &RelationItem) -> Option<Formula> {
        let operators = Operator::ALL.iter();
        let operator = operators.clone().find(|(text, _)| *text == item.relation.value);
        if operator.is_none() {
            let message = format!("`{}` is not a relation", item.relation.value);
            let known: Vec<String> = operators.map(|(text, _)| (*text).to_owned()).collect();
            let help = format!("write {}", crate::english::any_of(&known));
            self.sink.error_with_help(Code::InvalidValue, item.relation.origin, message, help);
        }
        let (left, right) = (self.number(&item.left), self.number(&item.right));
        let (left, right, (_, operator)) = (left?, right?, operator?);
        // "Not both given, or so" is "not: both given and the opposite".
        let (operator, negated) = match self.reading {
            Reading::AsSchema => (operator.opposite(), true),
            Reading::Related | Reading::Demanded | Reading::Strict => (*operator, false),
        };
        Some(Formula::Relation(Relation { left, operator, right, plus: item.plus, negated }))
    }

    /// A parameter that can be compared with another.
    fn number(&mut self, name: &Spanned<String>) -> Option<Subject> {
        let subject = self.find(name)?;
        if matches!(self.space.type_(subject), Type::Int32 | Type::Int64) {
            return Some(subject);
        }
        let message = format!("`{}` is not an integer, so it cannot be compared", name.value);
        self.sink.error(Code::InvalidValue, name.origin, message);
        None
    }

    /// The members whose names `propertyNames` refuses.
    pub(in crate::rules) fn misnamed(&mut self, schema: &Schema) -> Vec<Subject> {
        let Some(names) = &schema.limits().property_names else { return Vec::new() };
        let formula =
            self.inside(&Type::String, |compiler| compiler.value(Subject::Request(0), names));
        let space = self.space.inner(&Type::String);
        let refused = |subject: &Subject| {
            let name = serde_json::Value::from(self.space.name(*subject));
            !verdict::holds(&space, &formula, &|_| Some(&name))
        };
        self.space.subjects().filter(refused).collect()
    }

    /// Compiles something about a value inside the present one.
    pub(in crate::rules) fn inside(
        &mut self,
        type_: &Type,
        compile: impl FnOnce(&mut Compiler<'_, '_>) -> Formula,
    ) -> Formula {
        let space = self.space.inner(type_);
        let mut compiler = Compiler::new(&space, self.resolved, self.reading, self.sink);
        let formula = space.minimal(&compile(&mut compiler));
        let noted = compiler.conditions.into_iter().map(|condition| Condition {
            inside: condition.inside.or_else(|| Some(type_.clone())),
            ..condition
        });
        self.conditions.extend(noted);
        formula
    }

    /// The keywords that combine schemas, whatever the schemas are about.
    pub(in crate::rules) fn shared(
        &mut self,
        schema: &Schema,
        parts: &mut Vec<Formula>,
        inner: &mut dyn FnMut(&mut Self, &Schema) -> Formula,
    ) {
        self.report_lone_branches(schema);
        if let Some(condition) = &schema.rules().if_ {
            let condition = self.condition(schema, condition, inner);
            if let Some(then) = &schema.rules().then {
                let then = inner(self, then);
                parts.push(condition.negated().or(then));
            }
            if let Some(otherwise) = &schema.rules().else_ {
                let otherwise = inner(self, otherwise);
                parts.push(condition.or(otherwise));
            }
        }
        if let Some(excluded) = &schema.rules().not {
            parts.push(inner(self, excluded).negated());
        }
        parts.extend(schema.rules().all_of.iter().map(|part| inner(self, part)));
        if !schema.rules().any_of.is_empty() {
            parts.push(Formula::Any(
                schema.rules().any_of.iter().map(|part| inner(self, part)).collect(),
            ));
        }
        if !schema.rules().one_of.is_empty() {
            let of = schema.rules().one_of.iter().map(|part| inner(self, part)).collect();
            parts.push(Formula::exactly_one(of));
        }
    }

    pub(in crate::rules) fn alternatives(&mut self, keyword: &str, parts: &[Schema]) -> Formula {
        let of: Vec<Formula> = parts.iter().map(|part| self.formula(part)).collect();
        if keyword == "oneOf" { Formula::exactly_one(of) } else { Formula::Any(of) }
    }

    /// Reports a keyword that has no effect without another.
    pub(in crate::rules) fn report_lone(&mut self, schema: &Schema, keyword: &str, needed: &str) {
        if schema.keyword(needed).is_none()
            && let Some(origin) = schema.keyword(keyword)
        {
            let message = format!("`{keyword}` has no effect without `{needed}`");
            self.sink.error(Code::MissingKey, origin, message);
        }
    }
}
