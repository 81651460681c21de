//! Values that are compared with → the same in the type of what is compared.

use super::value::finite;
use super::{Binder, Extent};
use crate::bind::limits;
use crate::bound::Subject;
use crate::bound::condition::{Equals, Listed, Literal};
use crate::decimal;
use crate::diagnostic::Code;
use crate::english::{any_of, nearest};
use crate::json::{Json, Kind};
use crate::model::Type;
use crate::read::schema::Schema;

/// How many bits a floating-point number has.
#[derive(Debug, Clone, Copy)]
enum Width {
    Float,
    Double,
}

impl<'b> Binder<'b, '_> {
    /// What `const` and `enum` say of a parameter's value.
    pub(super) fn values(
        &mut self,
        subject: Subject,
        schema: &Schema,
        extent: Extent,
    ) -> Option<Listed> {
        let type_ = self.scope.type_(subject);
        // One beside a reference to an enum narrows the member's own values.
        let is_narrowing = matches!(type_, Type::Named(_))
            && !self.is_object(type_)
            && schema.reference.is_some()
            && extent != Extent::Whole;
        self.listed(schema, !is_narrowing, &mut |binder, json| binder.equals(subject, json))
    }

    /// What `const` and `enum` say of the one value that this is about.
    pub(super) fn lone_values(&mut self, schema: &Schema) -> Option<Listed> {
        self.listed(schema, true, &mut Self::lone_equals)
    }

    fn listed(
        &mut self,
        schema: &Schema,
        with_enum: bool,
        equals: &mut dyn FnMut(&mut Self, &Json) -> Equals,
    ) -> Option<Listed> {
        let constant = schema.constant.as_deref().map(|json| equals(self, json));
        let any = schema.keyword("enum").filter(|_| with_enum);
        let any = any.map(|_| schema.enumeration.iter().map(|json| equals(self, json)).collect());
        (constant.is_some() || any.is_some()).then_some(Listed { constant, any })
    }

    fn equals(&mut self, subject: Subject, json: &Json) -> Equals {
        let type_ = self.scope.type_(subject);
        match (type_, &json.kind) {
            (Type::List(item), Kind::Array(items)) => {
                Equals::List(items.iter().map(|json| self.inside(item).lone_equals(json)).collect())
            }
            (Type::Named(_), Kind::Object(_)) if self.is_object(type_) => {
                self.inside(type_).lone_equals(json)
            }
            (Type::Float, Kind::Number(digits)) => self.floating(digits, Width::Float, json),
            (Type::Double, Kind::Number(digits)) => self.floating(digits, Width::Double, json),
            _ => self.literal(subject, type_, json).map_or(Equals::Nothing, Equals::Literal),
        }
    }

    fn floating(&mut self, digits: &str, width: Width, json: &Json) -> Equals {
        let is_one = |number: f64| match width {
            Width::Float => decimal::as_float(number) == Some(number),
            Width::Double => limits::beside_doubles(digits, number).is_none(),
        };
        let message = match finite(digits) {
            Some(number) if is_one(number) => return Equals::Double(number),
            Some(_) => format!("`{digits}` lies between two floating-point numbers"),
            None => format!("`{digits}` is more than a floating-point number holds"),
        };
        self.sink.error(Code::InvalidValue, json.origin, message);
        Equals::Nothing
    }

    /// The one value that this is about.
    fn lone_equals(&mut self, json: &Json) -> Equals {
        if !self.scope.is_object() {
            return self.equals(Subject::Request(0), json);
        }
        let Kind::Object(members) = &json.kind else {
            let message = "an object never has this value";
            self.sink.error(Code::InvalidValue, json.origin, message);
            return Equals::Nothing;
        };
        for member in members.iter().filter(|member| self.scope.find(&member.key).is_none()) {
            let message = format!("there is no member `{}`", member.key);
            self.sink.error(Code::UnknownParameter, member.key_origin, message);
        }
        let mut of = Vec::new();
        for subject in self.scope.subjects() {
            let name = self.scope.name(subject);
            let member = members.iter().find(|member| member.key == name);
            of.push(member.map(|member| self.equals(subject, &member.value)));
        }
        Equals::Object(of)
    }

    /// The literal, when the parameter can have it as its value.
    fn literal(&mut self, subject: Subject, type_: &Type, json: &Json) -> Option<Literal> {
        let name = self.scope.name(subject);
        let literal = Literal::from_value(&json.to_value());
        let expected = match (type_, &literal) {
            (Type::String | Type::Secret, Some(Literal::Text(_)))
            | (Type::Int64, Some(Literal::Integer(_)))
            | (Type::Boolean, Some(Literal::Boolean(_))) => return literal,
            (Type::Int32, Some(Literal::Integer(number))) if i32::try_from(*number).is_ok() => {
                return literal;
            }
            (Type::Named(id), found) => match self.types.values(*id) {
                None => return self.incomparable(name, json),
                Some(values) => {
                    let Some(Literal::Text(text)) = found else {
                        return self.mistyped(name, "a string", json);
                    };
                    let values = || values.iter().map(|value| value.wire.value.as_str());
                    if values().any(|value| value == text) {
                        return literal;
                    }
                    let message = format!("`{text}` is not a documented value of `{name}`");
                    let help = match nearest(text, values()) {
                        Some(known) => format!("did you mean `{known}`?"),
                        None => {
                            let values: Vec<String> = values().map(str::to_owned).collect();
                            format!("write {}", any_of(&values))
                        }
                    };
                    self.sink.error_with_help(Code::InvalidValue, json.origin, message, help);
                    return None;
                }
            },
            (Type::List(_) | Type::Map(_) | Type::Bytes | Type::Any | Type::JsonText(_), _) => {
                return self.incomparable(name, json);
            }
            (Type::String | Type::Secret, _) => "a string",
            (Type::Int32, _) => "an int32",
            (Type::Int64, _) => "an int64",
            (Type::Boolean, _) => "a boolean",
            (Type::Float | Type::Double, _) => "a number",
        };
        self.mistyped(name, expected, json)
    }

    fn incomparable(&mut self, name: &str, json: &Json) -> Option<Literal> {
        self.sink.error_with_help(
            Code::UnsupportedKeyword,
            json.origin,
            format!("the generator cannot compare `{name}` with a value"),
            "ask only whether it is given, with `required`",
        );
        None
    }

    fn mistyped(&mut self, name: &str, expected: &str, json: &Json) -> Option<Literal> {
        let message = format!("`{name}` is {expected}, so it never has this value");
        self.sink.error(Code::InvalidValue, json.origin, message);
        None
    }
}
