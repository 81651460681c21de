//! Limits of fields → constants of the runtime's types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::limit::{Bound, Check, Comparison, Limit};

/// Whether the limits need a `static` of their own, because a compiled pattern is kept in them.
pub(super) fn need_static(limits: &[Limit]) -> bool {
    limits.iter().any(|limit| matches!(limit.check, Check::Pattern(_)))
}

/// `field::Limit { check: field::Check::MaxLength(64), sentence: "…" }`
pub(super) fn limit(limit: &Limit) -> TokenStream {
    let check = check(&limit.check);
    let sentence = &limit.sentence;
    quote! { field::Limit { check: field::Check::#check, sentence: #sentence } }
}

fn check(check: &Check) -> TokenStream {
    match check {
        Check::Documented(values) => quote! { Documented(&[#(#values),*]) },
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
            quote! { Characters { pattern: #pattern, ranges: &[#(#ranges),*], min: #min } }
        }
        Check::Pattern(pattern) => quote! { Pattern(alibabacloud_runtime::pattern!(#pattern)) },
        Check::Compare(comparison, bound) => {
            let comparison = match comparison {
                Comparison::AtLeast => quote! { AtLeast },
                Comparison::AtMost => quote! { AtMost },
                Comparison::MoreThan => quote! { MoreThan },
                Comparison::LessThan => quote! { LessThan },
            };
            let bound = self::bound(bound);
            quote! { Compare(field::Comparison::#comparison, #bound) }
        }
    }
}

/// `field::Bound::Integer(1024)`
pub(super) fn bound(bound: &Bound) -> TokenStream {
    match bound {
        Bound::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote! { field::Bound::Integer(#number) }
        }
        Bound::Number(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote! { field::Bound::Number(#number) }
        }
    }
}
