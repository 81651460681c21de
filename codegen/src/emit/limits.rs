//! Limits of fields → constants of the runtime's types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::limit::{Bound, Check, Comparison, Limit};
use crate::model::{Field, Model};

/// Whether the limits need a `static` of their own, because a compiled pattern is kept in them.
pub(super) fn need_static(limits: &[Limit]) -> bool {
    limits.iter().any(|limit| matches!(limit.check, Check::Pattern(_)))
}

/// `max_length("Name", &self.name, 64)` for the limits that are stated most.
pub(super) fn common(limits: &[Limit], name: &str, value: &TokenStream) -> Option<TokenStream> {
    let integer = |number: &i64| Literal::i64_unsuffixed(*number);
    let checks: Vec<&Check> = limits.iter().map(|limit| &limit.check).collect();
    Some(match checks.as_slice() {
        [Check::MaxLength(max)] => {
            let max = Literal::u64_unsuffixed(*max);
            quote! { max_length(#name, #value, #max) }
        }
        [Check::MinLength(min), Check::MaxLength(max)] => {
            let (min, max) = (Literal::u64_unsuffixed(*min), Literal::u64_unsuffixed(*max));
            quote! { length(#name, #value, #min, #max) }
        }
        [Check::Compare(Comparison::AtLeast, Bound::Integer(min))] => {
            let min = integer(min);
            quote! { at_least(#name, #value, #min) }
        }
        [
            Check::Compare(Comparison::AtLeast, Bound::Integer(min)),
            Check::Compare(Comparison::AtMost, Bound::Integer(max)),
        ] => {
            let (min, max) = (integer(min), integer(max));
            quote! { between(#name, #value, #min, #max) }
        }
        _ => return None,
    })
}

/// `validation::Limit::MaxLength(64)`; none for all values of an enum, which it knows itself.
pub(super) fn limit(model: &Model, field: &Field, limit: &Limit) -> Option<TokenStream> {
    let limit = match &limit.check {
        Check::Documented(_) if model.takes_all_values(field) => return None,
        Check::Documented(values) => quote! { OneOf(&[#(#values),*]) },
        Check::MinLength(limit) => {
            let limit = Literal::u64_unsuffixed(*limit);
            quote! { MinLength(#limit) }
        }
        Check::MaxLength(limit) => {
            let limit = Literal::u64_unsuffixed(*limit);
            quote! { MaxLength(#limit) }
        }
        Check::Characters { pattern, ranges, min } => {
            let ranges = ranges.iter().map(|(first, last)| quote! { (#first, #last) });
            let min = Literal::u64_unsuffixed(*min);
            quote! { Characters(#pattern, #min, &[#(#ranges),*]) }
        }
        Check::Pattern(pattern) => {
            quote! { Pattern(alibabacloud_runtime::private::pattern!(#pattern)) }
        }
        Check::Compare(comparison, bound) => bound_of(*comparison, bound),
    };
    Some(quote! { validation::Limit::#limit })
}

/// `Minimum(validation::Bound::Integer(1024))`
pub(super) fn bound_of(comparison: Comparison, bound: &Bound) -> TokenStream {
    let bound = self::bound(bound);
    match comparison {
        Comparison::AtLeast => quote! { Minimum(#bound) },
        Comparison::AtMost => quote! { Maximum(#bound) },
        Comparison::MoreThan => quote! { ExclusiveMinimum(#bound) },
        Comparison::LessThan => quote! { ExclusiveMaximum(#bound) },
    }
}

/// `validation::Bound::Integer(1024)`
pub(super) fn bound(bound: &Bound) -> TokenStream {
    match bound {
        Bound::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote! { validation::Bound::Integer(#number) }
        }
        Bound::Number(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote! { validation::Bound::Number(#number) }
        }
    }
}
