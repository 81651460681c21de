//! Schema → the formula that holds when a parameter is given and its value satisfies it.

use crate::diagnostic::Code;
use crate::dialect::{Place, Sort};
use crate::decimal::Decimal;
use crate::json::{Json, Kind};
use crate::english::nearest;
use crate::read::schema::{Limits, Rules, Schema};
use crate::lower::{limits, usual};
use crate::model::Type;
use crate::model::limit::{Bound, Check};
use crate::rules::compile::Compiler;
use crate::rules::logic::formula::Formula;

use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::space::{Domain, Subject};
use crate::rules::logic::states::{Literal, States};
use crate::source::Spanned;

/// Whether keywords that the field's own limits cover are left to them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Uncovered,
    /// What is uncovered, without what combines schemas.
    Own,
}

impl Compiler<'_, '_> {
    /// The formula that holds when the parameter is given and its value satisfies the schema.
    pub(in crate::rules) fn value(&mut self, subject: Subject, schema: &Schema) -> Formula {
        self.value_to(subject, schema, Extent::Whole)
    }

    /// What a property says of its value beyond its type and the limits of the field.
    pub(in crate::rules) fn uncovered(&mut self, subject: Subject, schema: &Schema) -> Formula {
        Formula::absent(subject).or(self.value_to(subject, schema, Extent::Uncovered))
    }

    /// The plain part of [`Self::uncovered`]: what analysis takes for granted.
    pub(in crate::rules) fn own(&mut self, subject: Subject, schema: &Schema) -> Formula {
        Formula::absent(subject).or(self.value_to(subject, schema, Extent::Own))
    }

    fn value_to(&mut self, subject: Subject, schema: &Schema, extent: Extent) -> Formula {
        if let Some(holds) = schema.boolean {
            return if holds { Formula::present(subject) } else { Formula::False };
        }
        let type_ = self.space.type_(subject).clone();
        let mut parts = vec![Formula::present(subject)];
        if extent == Extent::Whole {
            let place = format!("a condition on `{}`", self.space.name(subject));
            let sort = self.sort(subject, &type_);
            schema.check_keywords(Place::ValueCondition(sort), &place, self.sink);
            if let Some(target) = self.target(schema) {
                parts.push(self.value(subject, target));
            }
            parts.extend(self.typed_value(subject, &type_, schema));
            let checks = limits::checks(schema, &type_, self.sink);
            // A length of at least 0 says nothing.
            let checks = checks.into_iter().filter(|check| *check != Check::MinLength(0));
            parts.extend(checks.map(|check| Formula::test(subject, Predicate::Limit(check))));
        }
        if let Some(constant) = &schema.constant {
            parts.push(self.equals(subject, constant));
        }
        // One beside a reference to an enum narrows the field's own values.
        let is_narrowing = matches!(&type_, Type::Named(id) if self.space.is_enum(*id))
            && schema.reference.is_some()
            && extent != Extent::Whole;
        if schema.keyword("enum").is_some() && !is_narrowing {
            let any = schema.enumeration.iter().map(|json| self.equals(subject, json)).collect();
            parts.push(Formula::Any(any));
        }
        parts.extend(self.multiple(schema, &type_).map(|divisor| Formula::test(subject, divisor)));
        match &type_ {
            Type::List(item) => self.list(subject, item, schema, extent, &mut parts),
            Type::Named(id) if !self.space.is_enum(*id) && extent == Extent::Whole => {
                self.object(subject, &type_, schema, &mut parts);
            }
            _ => {}
        }
        if extent != Extent::Own {
            let outer = self.outer.clone();
            self.outer = outer.clone().and(Formula::present(subject));
            let mut inner = |compiler: &mut Self, schema: &Schema| compiler.value(subject, schema);
            self.shared(schema, &mut parts, &mut inner);
            self.outer = outer;
        }
        Formula::All(parts)
    }

    /// What keywords can say something of in a value of this type.
    fn sort(&self, subject: Subject, type_: &Type) -> Sort {
        match type_ {
            Type::String => Sort::Text,
            Type::Secret => Sort::Secret,
            Type::Int32 | Type::Int64 | Type::Double => Sort::Number,
            Type::List(_) => Sort::List,
            Type::Named(_) if self.space.domain(subject) == Domain::Opaque => Sort::Object,
            Type::Named(_) => Sort::Text,
            Type::Boolean => Sort::Boolean,
            Type::JsonText(_) => Sort::Json,
        }
    }

    /// What `type` says of the present value.
    fn typed_value(&mut self, subject: Subject, type_: &Type, schema: &Schema) -> Option<Formula> {
        let names: &[&str] = match type_ {
            Type::String | Type::Secret | Type::JsonText(_) => &["string"],
            Type::Named(id) if self.space.is_enum(*id) => &["string"],
            Type::Named(_) => &["object"],
            Type::Boolean => &["boolean"],
            Type::Int32 | Type::Int64 => &["integer", "number"],
            Type::Double => &["number"],
            Type::List(_) => &["array"],
        };
        let formula = self.typed(names, schema)?;
        let may_be_whole = *type_ == Type::Double && formula == Formula::False;
        let wants_whole = schema.type_names()?.iter().any(|name| name.value == "integer");
        Some(if may_be_whole && wants_whole {
            Formula::test(subject, Predicate::Whole)
        } else {
            formula
        })
    }

    /// Whether `type` lists one of the names that a value's type has.
    pub(in crate::rules) fn typed(&mut self, names: &[&str], schema: &Schema) -> Option<Formula> {
        let wanted = schema.type_names()?;
        let known = ["string", "object", "boolean", "integer", "number", "array", "null"];
        for wanted in wanted.iter().filter(|wanted| !known.contains(&wanted.value.as_str())) {
            // A condition has no formats.
            usual::report_type(wanted, true, self.sink);
        }
        let is_listed = |wanted: &&Spanned<String>| names.contains(&wanted.value.as_str());
        Some(Formula::constant(wanted.iter().any(is_listed)))
    }

    fn multiple(&mut self, schema: &Schema, type_: &Type) -> Option<Predicate> {
        let digits = schema.limits().multiple_of.as_ref()?;
        let decimal = Decimal::parse(&digits.value);
        let divisor = match type_ {
            Type::Double => finite(&digits.value).filter(|number| *number > 0.0).map(Bound::Number),
            _ => decimal.and_then(Decimal::least_whole_multiple).map(Bound::Integer),
        };
        if divisor.is_none() {
            let message =
                format!("`{}` is not a number above 0 that can be divided by", digits.value);
            self.sink.error(Code::InvalidValue, digits.origin, message);
        }
        // Every integer is a multiple of 1, of 0.5 and of 0.1, so that says nothing.
        divisor.filter(|divisor| *divisor != Bound::Integer(1)).map(Predicate::MultipleOf)
    }

    fn list(
        &mut self,
        subject: Subject,
        item: &Type,
        schema: &Schema,
        extent: Extent,
        parts: &mut Vec<Formula>,
    ) {
        let lengths = [
            schema
                .limits()
                .min_items
                .as_ref()
                .filter(|limit| limit.value > 0)
                .map(|limit| Predicate::MinItems(limit.value)),
            schema.limits().max_items.as_ref().map(|limit| Predicate::MaxItems(limit.value)),
            schema
                .limits()
                .unique_items
                .as_ref()
                .filter(|unique| unique.value)
                .map(|_| Predicate::UniqueItems),
        ];
        let tests = lengths.into_iter().flatten();
        parts.extend(tests.map(|predicate| Formula::test(subject, predicate)));
        if let Some(origin) = schema.keyword("uniqueItems")
            && self.space.holds_secret(item)
        {
            let message = "items that hold a secret cannot be compared";
            self.sink.error(Code::UnsupportedKeyword, origin, message);
        }
        if let Some(items) = &schema.items {
            let formula = self.inside(item, |inside| match extent {
                Extent::Whole => inside.lone(items),
                Extent::Uncovered | Extent::Own => inside.lone_uncovered(items, extent),
            });
            let inner = Inner::new(item, formula);
            parts.push(Formula::test(subject, Predicate::Each(inner)));
        }
        self.report_lone(schema, "minContains", "contains");
        self.report_lone(schema, "maxContains", "contains");
        if let Some(contains) = &schema.limits().contains {
            let formula = self.inside(item, |inside| inside.lone(contains));
            let inner = Inner::new(item, formula);
            let min = schema.limits().min_contains.as_ref().map_or(1, |min| min.value);
            let max = schema.limits().max_contains.as_ref().map(|max| max.value);
            parts.push(Formula::test(subject, Predicate::Contains { item: inner, min, max }));
        }
    }

    fn object(
        &mut self,
        subject: Subject,
        type_: &Type,
        schema: &Schema,
        parts: &mut Vec<Formula>,
    ) {
        let members = Schema {
            keywords: Vec::new(),
            properties: schema.properties.clone(),
            required: schema.required.clone(),
            limits: Some(Box::new(Limits {
                min_properties: schema.limits().min_properties.clone(),
                max_properties: schema.limits().max_properties.clone(),
                property_names: schema.limits().property_names.clone(),
                ..Limits::default()
            })),
            rules: Some(Box::new(Rules {
                dependent_required: schema.rules().dependent_required.clone(),
                dependent_schemas: schema.rules().dependent_schemas.clone(),
                relations: schema.rules().relations.clone(),
                ..Rules::default()
            })),
            ..Schema::default()
        };
        let formula = self.inside(type_, |inside| inside.formula(&members));
        let inner = Inner::new(type_, formula);
        parts.push(Formula::test(subject, Predicate::Object(inner)));
    }

    /// The formula about the one value that this compiler is about, object or not.
    fn lone(&mut self, schema: &Schema) -> Formula {
        if self.space.is_object() {
            self.formula(schema)
        } else {
            self.value(Subject::Request(0), schema)
        }
    }

    fn lone_uncovered(&mut self, schema: &Schema, extent: Extent) -> Formula {
        if self.space.is_object() {
            Formula::True
        } else {
            self.value_to(Subject::Request(0), schema, extent)
        }
    }

    /// The formula that holds when the parameter is given and is this value.
    fn equals(&mut self, subject: Subject, json: &Json) -> Formula {
        let type_ = self.space.type_(subject).clone();
        match (&type_, &json.kind) {
            (Type::List(item), Kind::Array(items)) => {
                let mut inner = Vec::new();
                for json in items {
                    let formula = self.inside(item, |inside| inside.lone_equals(json));
                    inner.push(Inner::new(item, formula));
                }
                Formula::test(subject, Predicate::Items(inner))
            }
            (Type::Named(id), Kind::Object(_)) if !self.space.is_enum(*id) => {
                let formula = self.inside(&type_, |inside| inside.lone_equals(json));
                let inner = Inner::new(&type_, formula);
                Formula::test(subject, Predicate::Object(inner))
            }
            (Type::Double, Kind::Number(digits)) => self.double(subject, digits, json),
            _ => match self.literal(subject, json) {
                Some(literal) => Formula::Is(subject, States::only(vec![literal])),
                None => Formula::False,
            },
        }
    }

    fn double(&mut self, subject: Subject, digits: &str, json: &Json) -> Formula {
        let message = match finite(digits) {
            Some(number) if limits::beside_doubles(digits, number).is_none() => {
                return Formula::test(subject, Predicate::Equals(number));
            }
            Some(_) => format!("`{digits}` lies between two floating-point numbers"),
            None => format!("`{digits}` is more than a floating-point number holds"),
        };
        self.sink.error(Code::InvalidValue, json.origin, message);
        Formula::False
    }

    /// The formula that holds when the one value that this compiler is about is this one.
    pub(in crate::rules) fn lone_equals(&mut self, json: &Json) -> Formula {
        if !self.space.is_object() {
            return self.equals(Subject::Request(0), json);
        }
        let Kind::Object(members) = &json.kind else {
            let message = "an object never has this value";
            self.sink.error(Code::InvalidValue, json.origin, message);
            return Formula::False;
        };
        let mut parts = Vec::new();
        for subject in self.space.subjects() {
            let name = self.space.name(subject);
            parts.push(match members.iter().find(|member| member.key == name) {
                Some(member) => self.equals(subject, &member.value),
                None => Formula::absent(subject),
            });
        }
        for member in members.iter().filter(|member| self.space.find(&member.key).is_none()) {
            let message = format!("there is no member `{}`", member.key);
            self.sink.error(Code::UnknownParameter, member.key_origin, message);
        }
        Formula::All(parts)
    }

    /// The literal, when the parameter can have it as its value.
    pub(in crate::rules) fn literal(&mut self, subject: Subject, json: &Json) -> Option<Literal> {
        let name = self.space.name(subject);
        let domain = self.space.domain(subject);
        let literal = Literal::from_value(&json.to_value());
        let expected = match (&domain, &literal) {
            (Domain::Text, Some(Literal::Text(_)))
            | (Domain::Int64, Some(Literal::Integer(_)))
            | (Domain::Boolean, Some(Literal::Boolean(_))) => return literal,
            (Domain::Int32, Some(Literal::Integer(number))) if i32::try_from(*number).is_ok() => {
                return literal;
            }
            (Domain::Enum(values), Some(Literal::Text(text))) => {
                if values.contains(&text.as_str()) {
                    return literal;
                }
                let message = format!("`{text}` is not a documented value of `{name}`");
                let help = match nearest(text, values.iter().copied()) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => {
                        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                        format!("write {}", crate::english::any_of(&values))
                    }
                };
                self.sink.error_with_help(Code::InvalidValue, json.origin, message, help);
                return None;
            }
            (Domain::Opaque, _) => {
                self.sink.error_with_help(
                    Code::UnsupportedKeyword,
                    json.origin,
                    format!("the generator cannot compare `{name}` with a value"),
                    "ask only whether it is given, with `required`",
                );
                return None;
            }
            (Domain::Text | Domain::Enum(_), _) => "a string",
            (Domain::Int32, _) => "an int32",
            (Domain::Int64, _) => "an int64",
            (Domain::Boolean, _) => "a boolean",
            (Domain::Double, _) => "a number",
        };
        let message = format!("`{name}` is {expected}, so it never has this value");
        self.sink.error(Code::InvalidValue, json.origin, message);
        None
    }
}

fn finite(digits: &str) -> Option<f64> {
    digits.parse().ok().filter(|number: &f64| number.is_finite())
}
