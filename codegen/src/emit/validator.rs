//! What a struct that is sent has to satisfy, as statements that report to `report`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::expression::Expressions;
use super::limit_constants::{self, bound, comparison};
use super::number;
use crate::blueprint::field_type::WireForm;
use crate::blueprint::validator::{MemberChecks, MemberLimits, RuleCheck, ShortLimits, Validator};
use crate::blueprint::violation::{ValueKind, Violation};
use crate::naming::Name;

/// What checks use of the runtime; no types, since shared ones may have any name that is a type's.
pub(super) fn imports() -> TokenStream {
    quote! { use alibabacloud_runtime::private::validation; }
}

/// ```text
/// impl validation::Checked for X {
///     type Context = validation::NoContext;
///
///     fn check(&self, _: &Self::Context, note: &mut validation::Report<'_>) { … }
/// }
/// ```
// Checks are inlined: a caller then pays for comparisons, and for calls when one of them fails.
pub(super) fn checked(validator: &Validator<'_>) -> TokenStream {
    let ident = validator.ident;
    let statements = statements(validator);
    let note = if statements.is_empty() {
        quote! { _ }
    } else {
        quote! { note }
    };
    let facts = if validator.context.as_ref().is_some_and(|context| context.is_asked) {
        quote! { context }
    } else {
        quote! { _ }
    };
    let context = match &validator.context {
        Some(context) => context.ident.to_token_stream(),
        None => quote! { validation::NoContext },
    };
    quote! {
        impl validation::Checked for #ident {
            type Context = #context;

            #[inline]
            fn check(&self, #facts: &Self::Context, #note: &mut validation::Report<'_>) {
                #statements
            }
        }
    }
}

/// ```text
/// note.limits("ClientToken", &self.client_token, &[…]);
/// note.inside("BackupObjects", &self.backup_objects);
/// if self.port.is_none() && … {
///     note.required("Port", "`Port` is required when …");
/// }
/// ```
fn statements(validator: &Validator<'_>) -> TokenStream {
    let expressions = Expressions::of(&validator.parameters);
    let members = validator.members.iter().map(|member| self::member(member, &expressions));
    let rules = validator.rules.iter().map(|rule| self::rule(rule, &expressions));
    quote! {
        #(#members)*
        #(#rules)*
    }
}

fn member(member: &MemberChecks<'_>, expressions: &Expressions<'_>) -> TokenStream {
    let MemberChecks { ident, label, .. } = member;
    let documented =
        member.is_documented.then(|| quote! { note.documented(#label, &self.#ident); });
    let limits = limits(member);
    let limits = match &member.guard {
        Some(guard) => {
            let broken = expressions.condition(guard);
            quote! { if #broken { #limits } }
        }
        None => limits,
    };
    let inside = member.has_inside.then(|| quote! { note.inside(#label, &self.#ident); });
    quote! { #documented #limits #inside }
}

fn limits(member: &MemberChecks<'_>) -> TokenStream {
    let MemberChecks { ident, label, .. } = member;
    match &member.limits {
        MemberLimits::None => TokenStream::new(),
        MemberLimits::Short(short) => short_limits(*short, member),
        MemberLimits::Listed(checks) => {
            let list = checks.iter().map(|check| limit_constants::limit(check));
            quote! { note.limits(#label, &self.#ident, &[#(#list),*]); }
        }
        MemberLimits::Kept(checks) => {
            let list = checks.iter().map(|check| limit_constants::limit(check));
            quote! {{
                static LIMITS: &[validation::Limit] = &[#(#list),*];
                note.limits(#label, &self.#ident, LIMITS);
            }}
        }
    }
}

/// `note.max_length("Name", &self.name, 64);`
fn short_limits(short: ShortLimits, member: &MemberChecks<'_>) -> TokenStream {
    let MemberChecks { ident, label, .. } = member;
    match short {
        ShortLimits::MaxLength(max) => {
            let max = number(max);
            quote! { note.max_length(#label, &self.#ident, #max); }
        }
        ShortLimits::Length(min, max) => {
            let (min, max) = (number(min), number(max));
            quote! { note.length(#label, &self.#ident, #min, #max); }
        }
        ShortLimits::AtLeast(min) => {
            let min = number(min);
            quote! { note.at_least(#label, &self.#ident, #min); }
        }
        ShortLimits::Between(min, max) => {
            let (min, max) = (number(min), number(max));
            quote! { note.between(#label, &self.#ident, #min, #max); }
        }
    }
}

fn rule(rule: &RuleCheck<'_>, expressions: &Expressions<'_>) -> TokenStream {
    let RuleCheck { parameter, sentence, .. } = rule;
    let broken = expressions.condition(rule.broken);
    let statement = match &rule.violation {
        Violation::Required => quote! { note.required(#parameter, #sentence) },
        Violation::NotAllowed => quote! { note.not_allowed(#parameter, #sentence) },
        Violation::Combination => quote! { note.combination(#parameter, #sentence) },
        Violation::Value { kind, ident, wire_form } => {
            let kind = value_kind(kind);
            let value = value(ident, *wire_form);
            quote! {
                note.value(#parameter, validation::ViolationKind::#kind, #sentence, #value)
            }
        }
    };
    quote! {
        if #broken {
            #statement;
        }
    }
}

/// `field::value(&self.a)`
fn value(ident: &Name, wire_form: WireForm) -> TokenStream {
    match wire_form {
        WireForm::Plain => quote! { alibabacloud_runtime::private::field::value(&self.#ident) },
        WireForm::JsonText => {
            quote! { alibabacloud_runtime::private::field::value::json_text(&self.#ident) }
        }
    }
}

/// `MinItems(1)`
fn value_kind(kind: &ValueKind<'_>) -> TokenStream {
    match kind {
        ValueKind::Value => quote! { Value },
        ValueKind::Enum(texts) => quote! { Enum(&[#(#texts),*]) },
        ValueKind::MinItems(limit) => {
            let limit = number(*limit);
            quote! { MinItems(#limit) }
        }
        ValueKind::MaxItems(limit) => {
            let limit = number(*limit);
            quote! { MaxItems(#limit) }
        }
        ValueKind::UniqueItems => quote! { UniqueItems },
        ValueKind::MultipleOf(divisor) => {
            let divisor = bound(divisor);
            quote! { MultipleOf(#divisor) }
        }
        ValueKind::MinLength(limit) => {
            let limit = number(*limit);
            quote! { MinLength(#limit) }
        }
        ValueKind::MaxLength(limit) => {
            let limit = number(*limit);
            quote! { MaxLength(#limit) }
        }
        ValueKind::Pattern(pattern) => quote! { Pattern(#pattern) },
        ValueKind::Compare(how, bound) => comparison(*how, bound),
    }
}
