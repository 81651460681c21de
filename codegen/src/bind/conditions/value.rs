//! Schema → what is asked of the value of one parameter.

use super::{Binder, Extent};
use crate::bind::{limits, usual};
use crate::bound::Subject;
use crate::bound::condition::{Contains, InnerCondition, ListCondition, TypeTest, ValueCondition};
use crate::decimal::Decimal;
use crate::diagnostic::Code;
use crate::dialect::{Place, Sort};
use crate::model::Type;
use crate::model::limit::{Bound, Check};
use crate::read::schema::Schema;
use crate::source::Spanned;

impl<'b> Binder<'b, '_> {
    /// What a schema asks of a parameter's value.
    pub(in crate::bind) fn value(
        &mut self,
        subject: Subject,
        schema: &Schema,
        extent: Extent,
    ) -> ValueCondition {
        if schema.boolean.is_some() {
            return ValueCondition { constant: schema.boolean, ..ValueCondition::default() };
        }
        let type_ = self.scope.type_(subject);
        let mut condition = match extent {
            Extent::Whole => self.covered(subject, type_, schema),
            Extent::Uncovered => ValueCondition::default(),
        };
        condition.values = self.values(subject, schema, extent);
        condition.divisor = self.divisor(schema, type_);
        if let Type::List(item) = type_ {
            condition.list = self.list(item, schema, extent).map(Box::new);
        }
        condition.combined = self
            .combined(schema, &mut |binder, schema| binder.value(subject, schema, Extent::Whole));
        condition
    }

    /// What the type and the limits of a member say of its value, and what it is made of.
    fn covered(&mut self, subject: Subject, type_: &'b Type, schema: &Schema) -> ValueCondition {
        let place = format!("a condition on `{}`", self.scope.name(subject));
        schema.check_keywords(Place::ValueCondition(self.sort(type_)), &place, self.sink);
        let reference = self.target(schema);
        let reference = reference.map(|schema| self.value(subject, schema, Extent::Whole));
        let type_test = self.type_test(type_, schema);
        let mut checks = limits::checks(schema, type_, self.sink);
        // A length of at least 0 says nothing.
        checks.retain(|check| *check != Check::MinLength(0));
        let object = self.is_object(type_).then(|| self.inside(type_).members(schema));
        ValueCondition {
            reference: reference.map(Box::new),
            type_: type_test,
            checks,
            object: object.map(Box::new),
            ..ValueCondition::default()
        }
    }

    pub(super) fn is_object(&self, type_: &Type) -> bool {
        matches!(type_, Type::Named(id) if self.types.values(*id).is_none())
    }

    /// What keywords can say something of in a value of this type.
    fn sort(&self, type_: &Type) -> Sort {
        match type_ {
            Type::String => Sort::Text,
            Type::Secret => Sort::Secret,
            Type::Int32 | Type::Int64 | Type::Float | Type::Double => Sort::Number,
            Type::List(_) => Sort::List,
            Type::Named(_) if self.is_object(type_) => Sort::Object,
            Type::Named(_) => Sort::Text,
            Type::Boolean => Sort::Boolean,
            Type::Map(_) => Sort::Map,
            Type::Bytes => Sort::Bytes,
            Type::Any => Sort::Any,
            Type::JsonText(_) => Sort::Json,
        }
    }

    /// What `type` says of the present value.
    fn type_test(&mut self, type_: &Type, schema: &Schema) -> Option<TypeTest> {
        let names: &[&str] = match type_ {
            Type::String | Type::Secret | Type::JsonText(_) => &["string"],
            Type::Named(_) if self.is_object(type_) => &["object"],
            Type::Named(_) => &["string"],
            Type::Boolean => &["boolean"],
            Type::Int32 | Type::Int64 => &["integer", "number"],
            Type::Float | Type::Double => &["number"],
            Type::List(_) => &["array"],
            Type::Map(_) => &["object"],
            // Nothing is known of it, so `type` has been refused.
            Type::Bytes | Type::Any => return None,
        };
        let is_so = self.typed(names, schema)?;
        let wants_whole = schema.type_names()?.iter().any(|name| name.value == "integer");
        Some(match is_so {
            true => TypeTest::Always,
            false if wants_whole && matches!(type_, Type::Float | Type::Double) => TypeTest::Whole,
            false => TypeTest::Never,
        })
    }

    /// Whether `type` lists one of the names that a value's type has.
    pub(super) fn typed(&mut self, names: &[&str], schema: &Schema) -> Option<bool> {
        let wanted = schema.type_names()?;
        let known = ["string", "object", "boolean", "integer", "number", "array", "null"];
        for wanted in wanted.iter().filter(|wanted| !known.contains(&wanted.value.as_str())) {
            // A condition has no formats.
            usual::report_type(wanted, true, self.sink);
        }
        let is_listed = |wanted: &&Spanned<String>| names.contains(&wanted.value.as_str());
        Some(wanted.iter().any(is_listed))
    }

    fn divisor(&mut self, schema: &Schema, type_: &Type) -> Option<Bound> {
        let digits = schema.limits().multiple_of.as_ref()?;
        let decimal = Decimal::parse(&digits.value);
        let divisor = match type_ {
            Type::Float | Type::Double => {
                finite(&digits.value).filter(|number| *number > 0.0).map(Bound::Number)
            }
            _ => decimal.and_then(Decimal::least_whole_multiple).map(Bound::Integer),
        };
        if divisor.is_none() {
            let message =
                format!("`{}` is not a number above 0 that can be divided by", digits.value);
            self.sink.error(Code::InvalidValue, digits.origin, message);
        }
        // Every integer is a multiple of 1, of 0.5 and of 0.1, so that says nothing.
        divisor.filter(|divisor| *divisor != Bound::Integer(1))
    }

    fn list(&mut self, item: &'b Type, schema: &Schema, extent: Extent) -> Option<ListCondition> {
        let limits = schema.limits();
        let is_unique = limits.unique_items.as_ref().is_some_and(|unique| unique.value);
        if let Some(origin) = schema.keyword("uniqueItems")
            && self.types.holds_secret(item)
        {
            let message = "items that hold a secret cannot be compared";
            self.sink.error(Code::UnsupportedKeyword, origin, message);
        }
        self.report_lone(schema, "minContains", "contains");
        self.report_lone(schema, "maxContains", "contains");
        let each = schema.items.as_deref().and_then(|items| match extent {
            Extent::Whole => Some(self.inside(item).lone(items)),
            // What objects ask of themselves is asked wherever they are.
            Extent::Uncovered if self.is_object(item) => None,
            Extent::Uncovered => {
                let value = self.inside(item).value(Subject::Request(0), items, extent);
                Some(InnerCondition::Value(Box::new(value)))
            }
        });
        let contains = limits.contains.as_deref().map(|contains| Contains {
            item: self.inside(item).lone(contains),
            min: limits.min_contains.as_ref().map_or(1, |min| min.value),
            max: limits.max_contains.as_ref().map(|max| max.value),
        });
        let list = ListCondition {
            min_items: limits.min_items.as_ref().map(|min| min.value).filter(|min| *min > 0),
            max_items: limits.max_items.as_ref().map(|max| max.value),
            is_unique,
            each,
            contains,
        };
        let says_something = list.min_items.is_some()
            || list.max_items.is_some()
            || list.is_unique
            || list.each.is_some()
            || list.contains.is_some();
        says_something.then_some(list)
    }
}

pub(super) fn finite(digits: &str) -> Option<f64> {
    digits.parse().ok().filter(|number: &f64| number.is_finite())
}
