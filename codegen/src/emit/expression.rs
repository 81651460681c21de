//! Formulas → Rust expressions on typed fields.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::field_type::variant;
use super::number;
use super::value_expression::{Spot, is_junction, predicate};
use crate::blueprint::field_type::FieldType;
use crate::blueprint::parameters::{Parameter, Parameters, Stands};
use crate::bound::Subject;
use crate::bound::condition::{Literal, Operator, Term};
use crate::moment::TimeFormat;
use crate::rules::logic::formula::{Count, Formula, Relation, Test};
use crate::rules::logic::predicate::Inner;
use crate::rules::logic::states::{States, Values};

/// Writes conditions about parameters.
pub(super) struct Expressions<'s> {
    parameters: &'s Parameters<'s>,
    /// What has the parameters as fields or, where that is no struct, a reference to the one value.
    base: TokenStream,
}

/// A parameter as an expression.
struct Place<'s> {
    /// A place of the parameter's own type.
    place: TokenStream,
    /// Something that methods can be called on.
    receiver: TokenStream,
    /// A reference to it, where it is always there.
    reference: TokenStream,
    type_: FieldType<'s>,
    required: bool,
}

impl<'s> Expressions<'s> {
    /// About the fields of `self`, and about those of `context`.
    pub(super) fn of(parameters: &'s Parameters<'s>) -> Self {
        Self { parameters, base: quote! { self } }
    }

    /// The condition on a value behind a reference of this name.
    pub(super) fn inner(&self, inner: &Inner, reference: TokenStream) -> TokenStream {
        let parameters = self.parameters.inside(inner);
        Expressions { parameters: &parameters, base: reference }.condition(&inner.formula)
    }

    /// `self.port.is_none() && matches!(self.kind, Kind::Express | Kind::Agent)`
    pub(super) fn condition(&self, formula: &Formula) -> TokenStream {
        match formula {
            Formula::True => quote! { true },
            Formula::False => quote! { false },
            Formula::Is(subject, states) => self.atom(*subject, states),
            Formula::Test(test) => self.test(test),
            Formula::Relation(relation) => self.relation(relation),
            Formula::All(formulas) => {
                let parts = formulas.iter().map(|part| self.grouped(part));
                quote! { #(#parts)&&* }
            }
            Formula::Any(formulas) => {
                let parts = formulas.iter().map(|part| self.grouped(part));
                quote! { #(#parts)||* }
            }
            Formula::Count(count) => self.count(count),
        }
    }

    fn grouped(&self, formula: &Formula) -> TokenStream {
        let condition = self.condition(formula);
        let is_compound = match formula {
            Formula::All(_) | Formula::Any(_) => true,
            // An optional value is judged in a closure of its own.
            Formula::Test(test) => {
                is_junction(&test.predicate) && self.place(test.subject).required
            }
            Formula::True
            | Formula::False
            | Formula::Is(..)
            | Formula::Relation(_)
            | Formula::Count(_) => false,
        };
        if is_compound {
            quote! { (#condition) }
        } else {
            condition
        }
    }

    fn count(&self, count: &Count) -> TokenStream {
        let parts = count.of.iter().map(|part| self.condition(part));
        let held = quote! { [#(#parts),*].into_iter().filter(|holds| *holds).count() };
        let min = Token::usize_unsuffixed(count.min);
        match (count.max.map(Token::usize_unsuffixed), count.negated) {
            (None, false) => quote! { #held >= #min },
            (None, true) => quote! { #held < #min },
            (Some(max), false) if count.max == Some(count.min) => quote! { #held == #max },
            (Some(max), true) if count.max == Some(count.min) => quote! { #held != #max },
            (Some(max), false) if count.min == 0 => quote! { #held <= #max },
            (Some(max), true) if count.min == 0 => quote! { #held > #max },
            (Some(max), false) => quote! { (#min..=#max).contains(&#held) },
            (Some(max), true) => quote! { !(#min..=#max).contains(&#held) },
        }
    }

    fn place(&self, subject: Subject) -> Place<'s> {
        let Parameter { stands, type_, is_required: required, .. } = self.parameters.find(subject);
        let base = &self.base;
        let place = match stands {
            Stands::Field(ident) => quote! { #base.#ident },
            Stands::ContextField(ident) => quote! { context.#ident },
            Stands::Alone => {
                let (receiver, reference) = (base.clone(), base.clone());
                return Place { place: quote! { *#base }, receiver, reference, type_, required };
            }
        };
        let reference = quote! { &#place };
        Place { receiver: place.clone(), reference, place, type_, required }
    }

    /// `self.port.is_some_and(|value| value >= 1024)`
    fn test(&self, test: &Test) -> TokenStream {
        let Place { place, receiver, reference, type_, required } = self.place(test.subject);
        let is_secret = matches!(type_, FieldType::Secret);
        // A condition is about the number as the wire spells it.
        let spelled = |place| match type_ {
            FieldType::Float => quote! { validation::spelled(#place) },
            FieldType::Text
            | FieldType::Secret
            | FieldType::Boolean
            | FieldType::Int32
            | FieldType::Int64
            | FieldType::Double
            | FieldType::Enum(_)
            | FieldType::Struct(_)
            | FieldType::List(_)
            | FieldType::Map(_)
            | FieldType::Bytes
            | FieldType::Any => place,
        };
        if required {
            let value = Spot { place: spelled(place), receiver, reference, is_secret };
            return predicate(self, &test.predicate, &value, test.negated);
        }
        let is_copy = matches!(
            type_,
            FieldType::Int32 | FieldType::Int64 | FieldType::Float | FieldType::Double
        );
        let (given, place) = if is_copy {
            (receiver, quote! { value })
        } else {
            (quote! { #receiver.as_ref() }, quote! { *value })
        };
        let (receiver, reference) = (quote! { value }, quote! { value });
        let value = Spot { place: spelled(place), receiver, reference, is_secret };
        let holds = predicate(self, &test.predicate, &value, test.negated);
        if test.absent {
            quote! { #given.is_none_or(|value| #holds) }
        } else {
            quote! { #given.is_some_and(|value| #holds) }
        }
    }

    /// `self.low.zip(self.high).is_some_and(|(left, right)| left < right)`
    fn relation(&self, relation: &Relation) -> TokenStream {
        let compared = relation.of_given();
        let operator = match compared.operator {
            Operator::Less => quote! { < },
            Operator::AtMost => quote! { <= },
            Operator::Equal => quote! { == },
            Operator::NotEqual => quote! { != },
            Operator::AtLeast => quote! { >= },
            Operator::More => quote! { > },
        };
        let where_given = if relation.negated {
            quote! { is_none_or }
        } else {
            quote! { is_some_and }
        };
        let constant = Token::i64_unsuffixed(compared.constant);
        if let Some((left, right)) = compared.pair() {
            let (left, right) = (self.number(left), self.number(right));
            let compared = match compared.constant {
                0 => quote! { left #operator right },
                // Wide enough that nothing overflows.
                _ => quote! { i128::from(left) #operator i128::from(right) + #constant },
            };
            return quote! { #left.zip(#right).#where_given(|(left, right)| #compared) };
        }
        let terms = compared.terms.iter().map(|Term { coefficient, subject }| {
            let coefficient = Token::i32_unsuffixed(*coefficient);
            let number = self.number(*subject);
            quote! { (#coefficient, #number) }
        });
        quote! { validation::sum([#(#terms),*]).#where_given(|sum| sum #operator #constant) }
    }

    /// A number, if it is given, as wide as all are; or the date or time that a text says.
    fn number(&self, subject: Subject) -> TokenStream {
        let Place { place, receiver, type_, required, .. } = self.place(subject);
        if let Some(format) = self.parameters.find(subject).time_format {
            let read = match format {
                TimeFormat::Date => quote! { date },
                TimeFormat::DateTime => quote! { date_time },
                TimeFormat::Time => quote! { time },
            };
            let text = if required {
                quote! { Some(#receiver.as_str()) }
            } else {
                quote! { #receiver.as_deref() }
            };
            return quote! { validation::#read(#text) };
        }
        let is_wide = matches!(type_, FieldType::Int64);
        match (required, is_wide) {
            (true, true) => quote! { Some(#place) },
            (true, false) => quote! { Some(i64::from(#place)) },
            (false, true) => place,
            (false, false) => quote! { #place.map(i64::from) },
        }
    }

    fn atom(&self, subject: Subject, states: &States) -> TokenStream {
        let Place { place, receiver, reference, type_, required } = self.place(subject);
        let (values, negated) = match &states.values {
            Values::Only(values) => (values, false),
            Values::Except(values) => (values, true),
        };
        if values.is_empty() {
            return if states.absent {
                quote! { #receiver.is_none() }
            } else {
                quote! { #receiver.is_some() }
            };
        }
        let place = match (&type_, required) {
            (FieldType::Text, true) => quote! { #receiver.as_str() },
            (FieldType::Text, false) => quote! { #receiver.as_deref() },
            (FieldType::Secret, true) => {
                quote! { alibabacloud_runtime::ExposeSecret::expose_secret(#reference) }
            }
            (FieldType::Secret, false) => quote! {
                #receiver.as_ref().map(alibabacloud_runtime::ExposeSecret::expose_secret)
            },
            // Patterns see through references.
            (FieldType::Enum(_) | FieldType::Struct(_), _) => receiver,
            (
                FieldType::Boolean
                | FieldType::Int32
                | FieldType::Int64
                | FieldType::Float
                | FieldType::Double
                | FieldType::List(_)
                | FieldType::Map(_)
                | FieldType::Bytes
                | FieldType::Any,
                _,
            ) => place,
        };
        if let (FieldType::Boolean, true, [Literal::Boolean(value)]) =
            (&type_, required, values.as_slice())
        {
            let not = (*value == negated).then(|| quote! { ! });
            return quote! { #not #place };
        }
        // What the pattern names is the set itself or, negated, what the set leaves out.
        let names_absent = !required && states.absent != negated;
        let patterns: Vec<_> = values.iter().map(|value| pattern(&type_, value)).collect();
        // A variant is matched, which asks for no text.
        let is_variant = matches!(type_, FieldType::Enum(_));
        if let ([value], false, false) = (patterns.as_slice(), names_absent, is_variant) {
            let value = if required {
                value.clone()
            } else {
                quote! { Some(#value) }
            };
            let relation = if negated {
                quote! { != }
            } else {
                quote! { == }
            };
            return quote! { #place #relation #value };
        }
        let none = names_absent.then(|| quote! { None | });
        let alternatives = if required {
            quote! { #(#patterns)|* }
        } else {
            quote! { #none Some(#(#patterns)|*) }
        };
        let not = negated.then(|| quote! { ! });
        quote! { #not matches!(#place, #alternatives) }
    }
}

fn pattern(type_: &FieldType<'_>, value: &Literal) -> TokenStream {
    match (type_, value) {
        (FieldType::Enum(type_), Literal::Text(text)) => variant(type_, text),
        (
            FieldType::Text
            | FieldType::Secret
            | FieldType::Boolean
            | FieldType::Int32
            | FieldType::Int64
            | FieldType::Float
            | FieldType::Double
            | FieldType::Struct(_)
            | FieldType::List(_)
            | FieldType::Map(_)
            | FieldType::Bytes
            | FieldType::Any,
            Literal::Text(text),
        ) => quote! { #text },
        (_, Literal::Boolean(boolean)) => quote! { #boolean },
        (_, Literal::Integer(integer)) => {
            let integer = number(*integer);
            quote! { #integer }
        }
    }
}
