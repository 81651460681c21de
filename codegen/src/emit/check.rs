//! Formulas → Rust expressions on typed fields.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::model::{Model, OperationId, Type, TypeId};
use crate::rules::formula::Formula;
use crate::rules::space::Subject;
use crate::rules::states::{Literal, States, Values};

/// Emits conditions of one operation's rules.
pub(super) struct Checks<'m> {
    model: &'m Model,
    request: TypeId,
    context: Option<TypeId>,
}

impl<'m> Checks<'m> {
    pub(super) fn new(model: &'m Model, id: OperationId) -> Self {
        let operation = model.api.operation(id);
        Self { model, request: operation.request, context: operation.context }
    }

    /// `self.port.is_none() && matches!(self.kind, Kind::Express | Kind::Agent)`
    pub(super) fn condition(&self, formula: &Formula) -> TokenStream {
        match formula {
            Formula::True => quote! { true },
            Formula::False => quote! { false },
            Formula::Is(subject, states) => self.atom(*subject, states),
            Formula::All(formulas) => {
                let parts = formulas.iter().map(|part| self.grouped(part));
                quote! { #(#parts)&&* }
            }
            Formula::Any(formulas) => {
                let parts = formulas.iter().map(|part| self.grouped(part));
                quote! { #(#parts)||* }
            }
            Formula::One { of, negated } => {
                let parts = of.iter().map(|part| self.condition(part));
                let relation = if *negated {
                    quote! { != }
                } else {
                    quote! { == }
                };
                quote! { [#(#parts),*].into_iter().filter(|holds| *holds).count() #relation 1 }
            }
        }
    }

    fn grouped(&self, formula: &Formula) -> TokenStream {
        let condition = self.condition(formula);
        match formula {
            Formula::All(_) | Formula::Any(_) => quote! { (#condition) },
            _ => condition,
        }
    }

    fn atom(&self, subject: Subject, states: &States) -> TokenStream {
        let (owner, base) = match (subject, self.context) {
            (Subject::Request(_), _) | (Subject::Context(_), None) => {
                (self.request, quote! { self })
            }
            (Subject::Context(_), Some(context)) => (context, quote! { context }),
        };
        let field = &self.model.api.fields(owner)[subject.index()];
        let ident = &self.model.names.type_(owner).members[subject.index()];
        let place = quote! { #base.#ident };
        let (values, negated) = match &states.values {
            Values::Only(values) => (values, false),
            Values::Except(values) => (values, true),
        };
        if values.is_empty() {
            return if states.absent {
                quote! { #place.is_none() }
            } else {
                quote! { #place.is_some() }
            };
        }
        let is_text = field.type_ == Type::String;
        let place = match (is_text, field.required) {
            (false, _) => place,
            (true, true) => quote! { #place.as_str() },
            (true, false) => quote! { #place.as_deref() },
        };
        // What the pattern names is the set itself or, negated, what the set leaves out.
        let names_absent = !field.required && states.absent != negated;
        let patterns: Vec<_> =
            values.iter().map(|value| self.pattern(&field.type_, value)).collect();
        if let (Type::Boolean, true, [Literal::Boolean(value)]) =
            (&field.type_, field.required, values.as_slice())
        {
            return if *value == negated {
                quote! { !#place }
            } else {
                place
            };
        }
        if let ([value], false) = (patterns.as_slice(), names_absent) {
            let relation = if negated {
                quote! { != }
            } else {
                quote! { == }
            };
            return if field.required {
                quote! { #place #relation #value }
            } else {
                quote! { #place #relation Some(#value) }
            };
        }
        let none = names_absent.then(|| quote! { None | });
        let alternatives = if field.required {
            quote! { #(#patterns)|* }
        } else {
            quote! { #none Some(#(#patterns)|*) }
        };
        let not = negated.then(|| quote! { ! });
        quote! { #not matches!(#place, #alternatives) }
    }

    fn pattern(&self, type_: &Type, value: &Literal) -> TokenStream {
        match (type_, value) {
            (Type::Named(id), Literal::Text(text)) => self.variant(*id, text),
            (_, Literal::Text(text)) => quote! { #text },
            (_, Literal::Boolean(boolean)) => quote! { #boolean },
            (_, Literal::Integer(number)) => {
                let number = Token::i64_unsuffixed(*number);
                quote! { #number }
            }
        }
    }

    fn variant(&self, id: TypeId, wire: &str) -> TokenStream {
        super::enumeration::variant(self.model, id, wire)
    }
}
