//! Limits of fields → constants of the runtime's types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::number;
use crate::model::limit::{Bound, Check, Comparison};

/// `validation::Limit::MaxLength(64)`
pub(super) fn limit(check: &Check) -> TokenStream {
    let limit = match check {
        Check::Documented(values) => quote! { OneOf(&[#(#values),*]) },
        Check::MinLength(limit) => {
            let limit = number(*limit);
            quote! { MinLength(#limit) }
        }
        Check::MaxLength(limit) => {
            let limit = number(*limit);
            quote! { MaxLength(#limit) }
        }
        Check::Characters { pattern, ranges, min } => {
            let ranges = ranges.iter().map(|(first, last)| quote! { (#first, #last) });
            let min = number(*min);
            quote! { Characters(#pattern, #min, &[#(#ranges),*]) }
        }
        Check::Pattern(pattern) => {
            quote! { Pattern(alibabacloud_runtime::private::pattern!(#pattern)) }
        }
        Check::Compare(how, bound) => comparison(*how, bound),
    };
    quote! { validation::Limit::#limit }
}

/// `Minimum(validation::Bound::Integer(1024))`
pub(super) fn comparison(how: Comparison, bound: &Bound) -> TokenStream {
    let bound = self::bound(bound);
    match how {
        Comparison::AtLeast => quote! { Minimum(#bound) },
        Comparison::AtMost => quote! { Maximum(#bound) },
        Comparison::MoreThan => quote! { ExclusiveMinimum(#bound) },
        Comparison::LessThan => quote! { ExclusiveMaximum(#bound) },
    }
}

/// `validation::Bound::Integer(1024)`
pub(super) fn bound(bound: &Bound) -> TokenStream {
    match bound {
        Bound::Integer(integer) => {
            let integer = number(*integer);
            quote! { validation::Bound::Integer(#integer) }
        }
        Bound::Number(double) => {
            let double = Literal::f64_unsuffixed(*double);
            quote! { validation::Bound::Number(#double) }
        }
    }
}
