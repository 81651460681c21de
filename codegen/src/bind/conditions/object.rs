//! Schema → what is asked of an object.

use super::{Binder, Extent, listing};
use crate::bound::Subject;
use crate::bound::condition::{Count, Dependent, ObjectCondition, Operator, Relation, Term};
use crate::diagnostic::Code;
use crate::dialect::Place;
use crate::english::any_of;
use crate::model::Type;
use crate::read::schema::{RelationItem, Schema};
use crate::source::Spanned;

impl Binder<'_, '_> {
    /// What a condition asks of the object.
    pub(in crate::bind) fn object(&mut self, schema: &Schema) -> ObjectCondition {
        let (origin, note) = (schema.origin, schema.note.clone());
        if schema.boolean.is_some() {
            let constant = schema.boolean;
            return ObjectCondition { origin, note, constant, ..ObjectCondition::default() };
        }
        schema.check_keywords(Place::Condition, "a condition", self.sink);
        let reference = self.target(schema).map(|target| Box::new(self.object(target)));
        let type_ = self.typed(&["object"], schema);
        let type_ = type_.zip(schema.keyword("type"));
        let values = self.lone_values(schema).zip(listing(schema));
        let members = self.members(schema);
        let combined = self.combined(schema, &mut Self::object);
        ObjectCondition {
            origin,
            note,
            type_: type_.map(|(value, origin)| Spanned { value, origin }),
            values: values.map(|(value, origin)| Spanned { value, origin }),
            reference,
            combined,
            ..members
        }
    }

    /// What the schema of a request, or of an object in one, asks of the whole: its members' own
    /// schemas are read apart.
    pub(in crate::bind) fn root(&mut self, schema: &Schema) -> ObjectCondition {
        let combined = self.combined(schema, &mut Self::object);
        ObjectCondition { required: self.required(schema), combined, ..self.counting(schema) }
    }

    /// The keywords about members.
    pub(super) fn members(&mut self, schema: &Schema) -> ObjectCondition {
        let mut members = Vec::new();
        for property in &schema.properties {
            if let Some(subject) = self.find(&property.name) {
                let value = self.value(subject.value, &property.schema, Extent::Whole);
                members.push((subject, value));
            }
        }
        ObjectCondition { required: self.required(schema), members, ..self.counting(schema) }
    }

    fn required(&mut self, schema: &Schema) -> Vec<Spanned<Subject>> {
        schema.required.iter().filter_map(|name| self.find(name)).collect()
    }

    /// The keywords about several members at a time.
    fn counting(&mut self, schema: &Schema) -> ObjectCondition {
        let dependent_required = schema.keyword("dependentRequired").map(|origin| {
            let mut value = Vec::new();
            for (trigger, names) in &schema.rules().dependent_required {
                let Some(on) = self.find(trigger) else { continue };
                let asks = names.iter().filter_map(|name| self.find(name)).collect();
                value.push(Dependent { on, asks });
            }
            Spanned { value, origin }
        });
        let dependent = schema.keyword("dependentSchemas").map(|origin| {
            let mut value = Vec::new();
            for property in &schema.rules().dependent_schemas {
                let Some(on) = self.find(&property.name) else { continue };
                value.push(Dependent { on, asks: self.object(&property.schema) });
            }
            Spanned { value, origin }
        });
        let relations = &schema.rules().relations;
        let relations = relations.iter().filter_map(|item| self.relation(item)).collect();
        let names = schema.limits().property_names.as_deref().zip(schema.keyword("propertyNames"));
        let names = names.map(|(names, origin)| {
            let mut binder = self.inside(&Type::String);
            let value = Box::new(binder.value(Subject::Request(0), names, Extent::Whole));
            Spanned { value, origin }
        });
        ObjectCondition {
            dependent_required,
            dependent,
            relations,
            count: count(schema),
            names,
            ..ObjectCondition::default()
        }
    }

    fn relation(&mut self, item: &RelationItem) -> Option<Spanned<Relation>> {
        let operators = Operator::ALL.iter();
        let operator = operators.clone().find(|(text, _)| *text == item.relation.value);
        if operator.is_none() {
            let message = format!("`{}` is not a relation", item.relation.value);
            let known: Vec<String> = operators.map(|(text, _)| (*text).to_owned()).collect();
            let help = format!("write {}", any_of(&known));
            self.sink.error_with_help(Code::InvalidValue, item.relation.origin, message, help);
        }
        let (left, right) = (self.number(&item.left), self.number(&item.right));
        let (left, right, (_, operator)) = (left?, right?, operator?);
        let term = |coefficient, subject| Term { coefficient, subject };
        let terms = vec![term(1, left), term(-1, right)];
        let value = Relation { terms, operator: *operator, constant: item.plus };
        Some(Spanned { value, origin: item.relation.origin })
    }

    /// A parameter that can be compared with another.
    pub(super) fn number(&mut self, name: &Spanned<String>) -> Option<Subject> {
        let subject = self.find(name)?.value;
        if matches!(self.scope.type_(subject), Type::Int32 | Type::Int64) {
            return Some(subject);
        }
        let message = format!("`{}` is not an integer, so it cannot be compared", name.value);
        self.sink.error(Code::InvalidValue, name.origin, message);
        None
    }
}

/// How many members `minProperties` and `maxProperties` ask for; context facts count as the members
/// they are.
fn count(schema: &Schema) -> Option<Spanned<Count>> {
    let origin = schema.keyword("minProperties").or(schema.keyword("maxProperties"))?;
    let limit = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
    let min = schema.limits().min_properties.as_ref().map_or(0, |min| limit(min.value));
    let max = schema.limits().max_properties.as_ref().map(|max| limit(max.value));
    Some(Spanned { value: Count { min, max }, origin })
}
