//! Predicates → Rust expressions about one value.

use proc_macro2::{Ident, Literal as Token, Span, TokenStream};
use quote::quote;

use super::expression::Expressions;
use crate::model::limit::{Bound, Check, Comparison};
use crate::rules::logic::predicate::{Inner, Predicate};

/// A value as expressions.
pub(super) struct Spot {
    /// A place of the value's own type.
    pub(super) place: TokenStream,
    /// Something to call methods on.
    pub(super) receiver: TokenStream,
    /// A reference to the value.
    pub(super) reference: TokenStream,
    pub(super) is_secret: bool,
}

impl Spot {
    /// The value as `&str`.
    fn text(&self) -> TokenStream {
        let Self { receiver, reference, .. } = self;
        if self.is_secret {
            quote! { alibabacloud_runtime::ExposeSecret::expose_secret(#reference) }
        } else {
            quote! { #receiver.as_str() }
        }
    }
}

/// Whether the expression of a predicate consists of several, joined.
pub(super) fn is_junction(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Object(_) => true,
        Predicate::Limit(Check::Characters { min, .. }) => *min > 0,
        Predicate::Limit(
            Check::Documented(_)
            | Check::MinLength(_)
            | Check::MaxLength(_)
            | Check::Pattern(_)
            | Check::Compare(..),
        )
        | Predicate::MultipleOf(_)
        | Predicate::Whole
        | Predicate::Equals(_)
        | Predicate::MinItems(_)
        | Predicate::MaxItems(_)
        | Predicate::UniqueItems
        | Predicate::Contains { .. }
        | Predicate::Each(_)
        | Predicate::Items(_) => false,
    }
}

/// The expression that is true when the predicate holds or, negated, when it does not.
pub(super) fn predicate(
    expressions: &Expressions<'_>,
    predicate: &Predicate,
    value: &Spot,
    negated: bool,
) -> TokenStream {
    let Spot { place, receiver, reference, .. } = value;
    let not = negated.then(|| quote! { ! });
    match predicate {
        Predicate::Limit(limit) => self::limit(limit, value, negated),
        Predicate::Whole if negated => quote! { #place.fract() != 0.0 },
        Predicate::Whole => quote! { #place.fract() == 0.0 },
        Predicate::MultipleOf(Bound::Number(divisor)) => {
            let divisor = Token::f64_unsuffixed(*divisor);
            quote! { #not validation::is_multiple(#place, #divisor) }
        }
        Predicate::MultipleOf(Bound::Integer(divisor)) => {
            let divisor = Token::i64_unsuffixed(*divisor);
            let relation = if negated {
                quote! { != }
            } else {
                quote! { == }
            };
            quote! { #place % #divisor #relation 0 }
        }
        Predicate::Equals(number) => {
            let number = Token::f64_unsuffixed(*number);
            let relation = if negated {
                quote! { != }
            } else {
                quote! { == }
            };
            quote! { #place #relation #number }
        }
        Predicate::MinItems(1) => {
            let not = (!negated).then(|| quote! { ! });
            quote! { #not #receiver.is_empty() }
        }
        Predicate::MaxItems(0) => quote! { #not #receiver.is_empty() },
        Predicate::MinItems(limit) => at_least(quote! { #receiver.len() }, *limit, negated),
        Predicate::MaxItems(limit) => at_most(quote! { #receiver.len() }, *limit, negated),
        Predicate::UniqueItems => {
            quote! { #not validation::is_unique(#reference) }
        }
        Predicate::Contains { item, min: 1, max: None } => {
            let holds = expressions.inner(item, quote! { item });
            quote! { #not #receiver.iter().any(|item| #holds) }
        }
        Predicate::Contains { item, min, max } => {
            let holds = expressions.inner(item, quote! { item });
            let held = quote! { #receiver.iter().filter(|&item| #holds).count() };
            match max {
                None => at_least(held, *min, negated),
                Some(max) if *min == 0 => at_most(held, *max, negated),
                Some(max) if min == max => {
                    let count = Token::u64_unsuffixed(*max);
                    let relation = if negated {
                        quote! { != }
                    } else {
                        quote! { == }
                    };
                    quote! { #held #relation #count }
                }
                Some(max) => {
                    let (min, max) = (Token::u64_unsuffixed(*min), Token::u64_unsuffixed(*max));
                    quote! { #not (#min..=#max).contains(&#held) }
                }
            }
        }
        Predicate::Each(item) => {
            let holds = expressions.inner(item, quote! { item });
            quote! { #not #receiver.iter().all(|item| #holds) }
        }
        Predicate::Items(items) => {
            let name = |index: usize| Ident::new(&format!("item_{index}"), Span::call_site());
            let names: Vec<Ident> = (0..items.len()).map(name).collect();
            let holds = items.iter().zip(&names).map(|(item, name)| {
                let holds = expressions.inner(item, quote! { #name });
                quote! { (#holds) }
            });
            let guard = (!items.is_empty()).then(|| quote! { if #(#holds)&&* });
            quote! { #not matches!(#receiver.as_slice(), [#(#names),*] #guard) }
        }
        Predicate::Object(object) => {
            let formula =
                if negated { object.formula.negated() } else { (*object.formula).clone() };
            let object = Inner::new(&object.type_, formula);
            expressions.inner(&object, receiver.clone())
        }
    }
}

fn limit(limit: &Check, value: &Spot, negated: bool) -> TokenStream {
    let (place, text) = (&value.place, value.text());
    let not = negated.then(|| quote! { ! });
    match limit {
        // A condition names the values themselves.
        Check::Documented(values) => quote! { #not [#(#values),*].contains(&#text) },
        Check::MinLength(1) => {
            let not = (!negated).then(|| quote! { ! });
            quote! { #not #text.is_empty() }
        }
        Check::MaxLength(0) => quote! { #not #text.is_empty() },
        Check::MinLength(limit) => at_least(quote! { #text.chars().count() }, *limit, negated),
        Check::MaxLength(limit) => at_most(quote! { #text.chars().count() }, *limit, negated),
        Check::Characters { ranges, min, .. } => {
            let ranges = ranges.iter().map(|(first, last)| quote! { #first..=#last });
            let all = quote! { #text.chars().all(|found| matches!(found, #(#ranges)|*)) };
            let min_length = Check::MinLength(*min);
            let enough = self::limit(&min_length, value, negated);
            match (*min, negated) {
                (0, _) => quote! { #not #all },
                (_, false) => quote! { #enough && #all },
                (_, true) => quote! { #enough || !#all },
            }
        }
        Check::Pattern(pattern) => {
            quote! { #not alibabacloud_runtime::private::pattern!(#pattern).is_match(#text) }
        }
        Check::Compare(comparison, bound) => {
            let bound = match bound {
                Bound::Integer(number) => Token::i64_unsuffixed(*number),
                Bound::Number(number) => Token::f64_unsuffixed(*number),
            };
            let relation = match (comparison, negated) {
                (Comparison::AtLeast, false) | (Comparison::LessThan, true) => quote! { >= },
                (Comparison::AtMost, false) | (Comparison::MoreThan, true) => quote! { <= },
                (Comparison::MoreThan, false) | (Comparison::AtMost, true) => quote! { > },
                (Comparison::LessThan, false) | (Comparison::AtLeast, true) => quote! { < },
            };
            quote! { #place #relation #bound }
        }
    }
}

fn at_least(count: TokenStream, limit: u64, negated: bool) -> TokenStream {
    let limit = Token::u64_unsuffixed(limit);
    if negated {
        quote! { #count < #limit }
    } else {
        quote! { #count >= #limit }
    }
}

fn at_most(count: TokenStream, limit: u64, negated: bool) -> TokenStream {
    if limit == 0 {
        return if negated {
            quote! { #count > 0 }
        } else {
            quote! { #count == 0 }
        };
    }
    let limit = Token::u64_unsuffixed(limit);
    if negated {
        quote! { #count > #limit }
    } else {
        quote! { #count <= #limit }
    }
}
