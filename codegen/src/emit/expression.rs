//! Formulas → Rust expressions on typed fields.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::value_expression::{Spot, is_junction, predicate};
use crate::model::{Field, Model, Type, TypeId};
use crate::rules::logic::formula::{Count, Formula, Operator, Relation, Test};
use crate::rules::logic::predicate::Inner;
use crate::rules::logic::space::Subject;
use crate::rules::logic::states::{Literal, States, Values};

/// Emits conditions about the fields of something, and about those of its context.
pub(super) struct Checks<'m> {
    pub(super) model: &'m Model,
    owner: Owner<'m>,
    context: Option<TypeId>,
}

/// What the parameters of a formula are.
enum Owner<'m> {
    /// The fields of a struct, which stands at this place.
    Struct(TypeId, TokenStream),
    /// One value that is no struct, behind a reference of this name.
    Lone(&'m Type, TokenStream),
}

/// A parameter as an expression.
struct Place {
    /// A place of the parameter's own type.
    place: TokenStream,
    /// Something that methods can be called on.
    receiver: TokenStream,
    type_: Type,
    required: bool,
}

impl<'m> Checks<'m> {
    pub(super) fn new(model: &'m Model, id: TypeId, context: Option<TypeId>) -> Self {
        Self { model, owner: Owner::Struct(id, quote! { self }), context }
    }

    /// The condition on a value behind a reference of this name.
    pub(super) fn inner(&self, inner: &Inner, reference: TokenStream) -> TokenStream {
        let owner = match &inner.type_ {
            Type::Named(id) if !self.model.api.is_enum(*id) => Owner::Struct(*id, reference),
            type_ => Owner::Lone(type_, reference),
        };
        Checks { model: self.model, owner, context: None }.condition(&inner.formula)
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
            _ => false,
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

    fn place(&self, subject: Subject) -> Place {
        let (id, base) = match (subject, &self.owner, self.context) {
            (Subject::Context(_), _, Some(context)) => (context, quote! { context }),
            (_, Owner::Struct(id, base), _) => (*id, base.clone()),
            (_, Owner::Lone(type_, name), _) => {
                let place = quote! { *#name };
                let type_ = (*type_).clone();
                return Place { place, receiver: name.clone(), type_, required: true };
            }
        };
        let Field { type_, required, .. } = &self.model.api.fields(id)[subject.index()];
        let ident = &self.model.names.type_(id).members[subject.index()];
        let place = quote! { #base.#ident };
        Place { receiver: place.clone(), place, type_: type_.clone(), required: *required }
    }

    /// A reference to a parameter that is always there.
    fn reference(&self, place: &TokenStream, receiver: &TokenStream) -> TokenStream {
        match &self.owner {
            Owner::Struct(..) => quote! { &#place },
            Owner::Lone(..) => receiver.clone(),
        }
    }

    /// `self.port.is_some_and(|value| value >= 1024)`
    fn test(&self, test: &Test) -> TokenStream {
        let Place { place, receiver, type_, required } = self.place(test.subject);
        if required {
            let reference = self.reference(&place, &receiver);
            let value = Spot { place, receiver, reference, is_secret: type_ == Type::Secret };
            return predicate(self, &test.predicate, &value, test.negated);
        }
        let is_copy = matches!(type_, Type::Int32 | Type::Int64 | Type::Double);
        let (given, place) = if is_copy {
            (receiver, quote! { value })
        } else {
            (quote! { #receiver.as_ref() }, quote! { *value })
        };
        let (receiver, reference) = (quote! { value }, quote! { value });
        let value = Spot { place, receiver, reference, is_secret: type_ == Type::Secret };
        let holds = predicate(self, &test.predicate, &value, test.negated);
        if test.absent {
            quote! { #given.is_none_or(|value| #holds) }
        } else {
            quote! { #given.is_some_and(|value| #holds) }
        }
    }

    /// `self.low.zip(self.high).is_some_and(|(left, right)| left < right)`
    fn relation(&self, relation: &Relation) -> TokenStream {
        let side = |subject| {
            let Place { place, type_, required, .. } = self.place(subject);
            let wide = match (required, type_) {
                (true, Type::Int64) => return quote! { Some(#place) },
                (true, _) => return quote! { Some(i64::from(#place)) },
                (false, Type::Int64) => None,
                (false, _) => Some(quote! { .map(i64::from) }),
            };
            quote! { #place #wide }
        };
        let (left, right) = (side(relation.left), side(relation.right));
        let operator =
            if relation.negated { relation.operator.opposite() } else { relation.operator };
        let operator = match operator {
            Operator::Less => quote! { < },
            Operator::AtMost => quote! { <= },
            Operator::Equal => quote! { == },
            Operator::NotEqual => quote! { != },
            Operator::AtLeast => quote! { >= },
            Operator::More => quote! { > },
        };
        let compared = if relation.plus == 0 {
            quote! { left #operator right }
        } else {
            // Wide enough that nothing overflows.
            let plus = Token::i64_unsuffixed(relation.plus);
            quote! { i128::from(left) #operator i128::from(right) + #plus }
        };
        if relation.negated {
            quote! { #left.zip(#right).is_none_or(|(left, right)| #compared) }
        } else {
            quote! { #left.zip(#right).is_some_and(|(left, right)| #compared) }
        }
    }

    fn atom(&self, subject: Subject, states: &States) -> TokenStream {
        let Place { place, receiver, type_, required } = self.place(subject);
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
            (Type::String, true) => quote! { #receiver.as_str() },
            (Type::String, false) => quote! { #receiver.as_deref() },
            (Type::Secret, true) => {
                let reference = self.reference(&place, &receiver);
                quote! { alibabacloud_runtime::ExposeSecret::expose_secret(#reference) }
            }
            (Type::Secret, false) => quote! {
                #receiver.as_ref().map(alibabacloud_runtime::ExposeSecret::expose_secret)
            },
            // Patterns see through references.
            (Type::Named(_), _) => receiver,
            _ => place,
        };
        if let (Type::Boolean, true, [Literal::Boolean(value)]) =
            (&type_, required, values.as_slice())
        {
            let not = (*value == negated).then(|| quote! { ! });
            return quote! { #not #place };
        }
        // What the pattern names is the set itself or, negated, what the set leaves out.
        let names_absent = !required && states.absent != negated;
        let patterns: Vec<_> = values.iter().map(|value| self.pattern(&type_, value)).collect();
        // A variant is matched, which asks for no text.
        let is_variant = matches!(type_, Type::Named(_));
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

    fn pattern(&self, type_: &Type, value: &Literal) -> TokenStream {
        match (type_, value) {
            (Type::Named(id), Literal::Text(text)) => {
                super::enumeration::variant(self.model, *id, text)
            }
            (_, Literal::Text(text)) => quote! { #text },
            (_, Literal::Boolean(boolean)) => quote! { #boolean },
            (_, Literal::Integer(number)) => {
                let number = Token::i64_unsuffixed(*number);
                quote! { #number }
            }
        }
    }
}
