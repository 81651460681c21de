//! What a struct that is sent has to satisfy, as statements that report to `report`.

use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens as _, quote};

use super::check::Checks;
use super::{fields, limits};
use crate::model::limit::{Check, Limit};
use crate::model::{Field, Model, Type, TypeId};
use crate::rules::logic::formula::{Formula, Test};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::Subject;
use crate::rules::logic::states::{Literal, States, Values};
use crate::rules::rule::{Kind, Rule};

/// ```text
/// note.limits("ClientToken", &self.client_token, &[…]);
/// note.inside("BackupObjects", &self.backup_objects);
/// if self.port.is_none() && … {
///     note.required("Port", "`Port` is required when …");
/// }
/// ```
fn statements(model: &Model, id: TypeId, context: Option<TypeId>) -> TokenStream {
    let checks = Checks::new(model, id, context);
    let members = model.api.fields(id).iter().enumerate();
    let limits = members.map(|(index, field)| {
        let limits = limit(model, id, index, field, &checks);
        let ident = &model.names.type_(id).members[index];
        let name = &field.wire.value;
        let inside =
            model.checked_inside(field).map(|_| quote! { note.inside(#name, &self.#ident); });
        quote! { #limits #inside }
    });
    let rules = model.rules(id).iter().map(|rule| check(model, id, &checks, rule));
    quote! {
        #(#limits)*
        #(#rules)*
    }
}

/// ```text
/// impl validation::Checked for X {
///     type Context = validation::NoContext;
///
///     fn check(&self, _: &Self::Context, note: &mut validation::Report<'_>) { … }
/// }
/// ```
// Checks are inlined: a caller then pays for comparisons, and for calls when one of them fails.
pub(super) fn checked(model: &Model, id: TypeId, context: Option<TypeId>) -> TokenStream {
    let ident = &model.names.type_(id).ident;
    let statements = statements(model, id, context);
    let note = if statements.is_empty() {
        quote! { _ }
    } else {
        quote! { note }
    };
    let named = |rule: &Rule| rule.broken.subjects().iter().any(|subject| subject.is_context());
    let facts = if model.rules(id).iter().any(named) {
        quote! { context }
    } else {
        quote! { _ }
    };
    let context = match context {
        Some(context) => model.names.type_(context).ident.to_token_stream(),
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

fn limit(
    model: &Model,
    id: TypeId,
    index: usize,
    field: &Field,
    checks: &Checks<'_>,
) -> TokenStream {
    let name = &field.wire.value;
    let ident = &model.names.type_(id).members[index];
    let documented =
        model.takes_all_values(field).then(|| quote! { note.documented(#name, &self.#ident); });
    let list: Vec<_> =
        field.limits.iter().filter_map(|limit| limits::limit(model, field, limit)).collect();
    let common = limits::common(&field.limits, name, &quote! { &self.#ident });
    let others = if let Some(common) = common {
        quote! { note.#common; }
    } else if list.is_empty() {
        TokenStream::new()
    } else if limits::need_static(&field.limits) {
        quote! {{
            static LIMITS: &[validation::Limit] = &[#(#list),*];
            note.limits(#name, &self.#ident, LIMITS);
        }}
    } else {
        quote! { note.limits(#name, &self.#ident, &[#(#list),*]); }
    };
    // Variants compare faster than the texts that `Limit::OneOf` has.
    let guard = some_values(model, field).map(|states| {
        let broken = checks.condition(&Formula::Is(Subject::Request(index), states));
        quote! { if #broken }
    });
    let others = match guard {
        Some(guard) => quote! { #guard { #others } },
        None => others,
    };
    quote! { #documented #others }
}

/// The values that one enum must not have, where it takes but some of those that it documents.
fn some_values(model: &Model, field: &Field) -> Option<States> {
    match field.limits.as_slice() {
        [Limit { check: Check::Documented(values), .. }]
            if matches!(field.type_, Type::Named(_)) && !model.takes_all_values(field) =>
        {
            let values = values.iter().map(|value| Literal::Text(value.clone())).collect();
            Some(States { absent: false, values: Values::Except(values) })
        }
        _ => None,
    }
}

/// What checks use of the runtime; no types, since shared ones may have any name that is a type's.
pub(super) fn imports() -> TokenStream {
    quote! { use alibabacloud_runtime::private::validation; }
}

fn check(model: &Model, id: TypeId, checks: &Checks<'_>, rule: &Rule) -> TokenStream {
    let condition = checks.condition(&rule.broken);
    let index = rule.target.index();
    let parameter = &model.api.fields(id)[index].wire.value;
    let sentence = &rule.sentence;
    let statement = match rule.kind {
        Kind::Required => quote! { note.required(#parameter, #sentence) },
        Kind::NotAllowed => quote! { note.not_allowed(#parameter, #sentence) },
        Kind::Combination => quote! { note.combination(#parameter, #sentence) },
        Kind::Value => {
            let kind = violation(rule);
            let value = fields::value(model, id, index);
            quote! {
                note.value(#parameter, validation::ViolationKind::#kind, #sentence, #value)
            }
        }
    };
    quote! {
        if #condition {
            #statement;
        }
    }
}

/// The runtime's kind of a rule about one value: that of the limit which it states, if it states
/// one and no more.
fn violation(rule: &Rule) -> TokenStream {
    match &rule.holds {
        Formula::Test(Test { predicate, negated: false, .. }) => {
            stated(predicate).unwrap_or_else(|| quote! { Value })
        }
        Formula::Is(Subject::Request(_), States { values: Values::Only(values), .. }) => {
            let texts: Option<Vec<&str>> = values.iter().map(text).collect();
            match texts {
                Some(texts) => quote! { Enum(&[#(#texts),*]) },
                None => quote! { Value },
            }
        }
        _ => quote! { Value },
    }
}

fn text(literal: &Literal) -> Option<&str> {
    match literal {
        Literal::Text(text) => Some(text),
        Literal::Integer(_) | Literal::Boolean(_) => None,
    }
}

fn stated(predicate: &Predicate) -> Option<TokenStream> {
    let count = |limit: u64| Token::u64_unsuffixed(limit);
    Some(match predicate {
        Predicate::MinItems(limit) => {
            let limit = count(*limit);
            quote! { MinItems(#limit) }
        }
        Predicate::MaxItems(limit) => {
            let limit = count(*limit);
            quote! { MaxItems(#limit) }
        }
        Predicate::UniqueItems => quote! { UniqueItems },
        Predicate::MultipleOf(divisor) => {
            let divisor = limits::bound(divisor);
            quote! { MultipleOf(#divisor) }
        }
        Predicate::Limit(Check::MinLength(limit)) => {
            let limit = count(*limit);
            quote! { MinLength(#limit) }
        }
        Predicate::Limit(Check::MaxLength(limit)) => {
            let limit = count(*limit);
            quote! { MaxLength(#limit) }
        }
        Predicate::Limit(Check::Pattern(pattern) | Check::Characters { pattern, .. }) => {
            quote! { Pattern(#pattern) }
        }
        Predicate::Limit(Check::Compare(comparison, bound)) => limits::bound_of(*comparison, bound),
        _ => return None,
    })
}
