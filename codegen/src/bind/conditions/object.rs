//! Schema → what is asked of an object.

use super::{Binder, Extent, listing};
use crate::bound::Subject;
use crate::bound::condition::{Count, Dependent, ObjectCondition, Operator, Relation, Term};
use crate::diagnostic::Code;
use crate::dialect::Place;
use crate::english::any_of;
use crate::model::Type;
use crate::read::relations::{RelationItem, TermItem};
use crate::read::schema::Schema;
use crate::source::{Origin, Spanned};

/// How many times a member can be in one side of a sum: twice as many have 32 bits, too.
pub(super) const MOST_TIMES: i32 = 1_000_000_000;

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
        let left = item.left.iter().map(|term| (1, term));
        let right = item.right.iter().map(|term| (-1, term));
        let terms: Vec<Option<Term>> =
            left.chain(right).map(|(sign, term)| self.term(sign, term)).collect();
        let terms = terms.into_iter().collect::<Option<Vec<Term>>>();
        let terms = self.added(terms?, item)?;
        self.check_moments(&terms, item.plus, item.relation.origin)?;
        let value = Relation { terms, operator: operator?.1, constant: item.plus };
        Some(Spanned { value, origin: item.relation.origin })
    }

    /// A number, so many times; on the right with the other sign.
    fn term(&mut self, sign: i32, item: &TermItem) -> Option<Term> {
        let subject = self.number(&item.name);
        let Spanned { value, origin } = item.coefficient;
        let name = &item.name.value;
        if value == 0 {
            let message = format!("0 times `{name}` is nothing");
            let help = format!("leave `{name}` out");
            self.sink.error_with_help(Code::InvalidValue, origin, message, help);
            return None;
        }
        let coefficient = whole_times(value.into());
        if coefficient.is_none() {
            let message = format!("{value} times `{name}` is more than a sum can have");
            let help = format!("coefficients go to {MOST_TIMES}, so that no sum overflows");
            self.sink.error_with_help(Code::InvalidValue, origin, message, help);
        }
        Some(Term { coefficient: sign * coefficient?, subject: subject? })
    }

    /// The terms with each parameter once; reports what both sides have, so that nothing is left.
    fn added(&mut self, terms: Vec<Term>, item: &RelationItem) -> Option<Vec<Term>> {
        let mut added: Vec<Term> = Vec::new();
        for Term { coefficient, subject } in terms {
            match added.iter_mut().find(|term| term.subject == subject) {
                // There are two at most, one of each side.
                Some(known) => known.coefficient += coefficient,
                None => added.push(Term { coefficient, subject }),
            }
        }
        let cancelled = added.iter().find(|term| term.coefficient == 0);
        let Some(Term { subject, .. }) = cancelled else { return Some(added) };
        let name = self.scope.name(*subject);
        let last = item.right.iter().rfind(|term| term.name.value == name);
        let origin = last.map_or(item.relation.origin, |term| term.name.origin);
        let message = format!("`{name}` stands on both sides as many times, so it does not matter");
        self.sink.error_with_help(Code::InvalidValue, origin, message, "leave it out on both");
        None
    }

    /// Reports dates and times that are not simply compared with one of the same format.
    pub(super) fn check_moments(
        &mut self,
        terms: &[Term],
        constant: i64,
        origin: Origin,
    ) -> Option<()> {
        let format = |term: &Term| self.scope.time_format(term.subject);
        let moment = terms.iter().find_map(|term| Some((term, format(term)?)));
        let Some((moment, known)) = moment else { return Some(()) };
        let other = terms.iter().find(|term| format(term) != Some(known));
        let of = |term: &Term| {
            let name = self.scope.name(term.subject);
            let kind = format(term).map_or("an integer".to_owned(), |it| it.name().to_owned());
            format!("`{name}` is {kind}")
        };
        let (message, help) = match (terms, other) {
            ([Term { coefficient: 1, .. }, Term { coefficient: -1, .. }], None)
                if constant == 0 =>
            {
                return Some(());
            }
            (_, Some(other)) => (
                format!("{}, and {}, so they cannot be compared", of(moment), of(other)),
                "compare two of the same `format`",
            ),
            (_, None) => (
                format!("{}, so nothing can be added to it", of(moment)),
                "name one of the same `format` on each side, and nothing else",
            ),
        };
        self.sink.error_with_help(Code::InvalidValue, origin, message, help);
        None
    }

    /// A parameter that can be compared with another.
    pub(super) fn number(&mut self, name: &Spanned<String>) -> Option<Subject> {
        let subject = self.find(name)?.value;
        let is_moment = self.scope.time_format(subject).is_some();
        if is_moment || matches!(self.scope.type_(subject), Type::Int32 | Type::Int64) {
            return Some(subject);
        }
        let message =
            format!("`{}` is no integer, date or time, so it cannot be compared", name.value);
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

/// How many times a member is in a sum, where a sum can have it as often.
pub(super) fn whole_times(times: i128) -> Option<i32> {
    i32::try_from(times).ok().filter(|times| (-MOST_TIMES..=MOST_TIMES).contains(times))
}
